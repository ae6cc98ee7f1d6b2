using Microsoft.Data.Sqlite;

namespace Forum.Data.Sqlite;

/// <summary>Copies of a whole database, consistent whatever is being written.</summary>
public static class DatabaseCopy
{
    /// <summary>Makes a copy at <paramref name="path"/>, in place of one that is there. It is there whole or not at all.</summary>
    public static void Make(Database database, string path)
    {
        ArgumentNullException.ThrowIfNull(database);
        var unfinished = path + ".part";
        File.Delete(unfinished);
        using (var from = database.OpenPlain())
        using (var to = Open(unfinished))
            from.BackupDatabase(to);
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Makes the database what the copy at <paramref name="path"/> is, in one transaction.</summary>
    public static void Restore(Database database, string path)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var from = Open(path);
        using var to = database.OpenPlain();
        from.BackupDatabase(to);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
