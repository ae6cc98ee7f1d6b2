using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Forum.Data;

/// <summary>Brings a database to the schema this program works with.</summary>
public static class Schema
{
    /// <summary>The newest version: that of <c>schema.sql</c>, which the highest numbered migration leads to.</summary>
    public static int Newest { get; } = Migrations().Select(m => m.Version).DefaultIfEmpty(1).Max();

    /// <summary>The text of <c>schema.sql</c>.</summary>
    public static string Text { get; } = Read("schema.sql");

    /// <summary>Makes the database if there is none, applies <c>schema.sql</c> to an empty one, and migrations to an older one.</summary>
    /// <exception cref="InvalidOperationException">The database was made by a newer program.</exception>
    public static void Apply(Database database)
    {
        using var connection = database.OpenPlain();
        // Beside a server that is writing, a command that finds all well asks for nothing. A copy of a database may have lost its
        // journal's mode: without it readers and the writer would shut each other out.
        if (Version(connection) == Newest && Ask<string>(connection, "pragma journal_mode") == "wal")
            return;

        Run(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off");
        Run(connection, "begin immediate");
        var version = Version(connection);
        if (version > Newest)
            throw new InvalidOperationException($"The database {database.Path} has schema {version}; this program knows up to {Newest}.");

        if (version == 0)
            Run(connection, Text);
        foreach (var migration in Migrations().Where(m => version > 0 && m.Version > version).OrderBy(m => m.Version))
        {
            Run(connection, migration.Text);
            Run(connection, $"update schema_version set version = {migration.Version}");
        }

        Run(connection, "commit");
        // Statistics of an empty database would be believed when it is no longer empty: without any, plans are those of a large one.
        if (version > 0)
            Run(connection, "pragma optimize");
    }

    /// <summary>The version a database is at; 0 when it is empty.</summary>
    internal static int Version(SqliteConnection connection) =>
        Ask<int>(connection, "select count(*) from sqlite_schema where name = 'schema_version'") == 0 ? 0 : Ask<int>(connection, "select version from schema_version");

    private static T Ask<T>(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)Convert.ChangeType(command.ExecuteScalar()!, typeof(T), CultureInfo.InvariantCulture);
    }

    private static IEnumerable<(int Version, string Text)> Migrations() =>
        from name in typeof(Schema).Assembly.GetManifestResourceNames()
        where name.StartsWith("Migrations/", StringComparison.Ordinal)
        select (int.Parse(name["Migrations/".Length..].Split('-')[0], CultureInfo.InvariantCulture), Read(name));

    private static string Read(string name)
    {
        using var stream = typeof(Schema).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
