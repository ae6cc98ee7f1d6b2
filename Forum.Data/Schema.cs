using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forum.Data;

/// <summary>Brings a database to the schema this program works with.</summary>
public static class Schema
{
    /// <summary>The newest version: that of <c>schema.sql</c>, which the highest numbered migration leads to.</summary>
    public static int Newest { get; } = Migrations().Select(m => m.Version).DefaultIfEmpty(1).Max();

    /// <summary>The text of <c>schema.sql</c>.</summary>
    public static string Text { get; } = Read("schema.sql");

    /// <summary>Makes the database if there is none, applies <c>schema.sql</c> to an empty one, and migrations to an older one.</summary>
    /// <param name="database">Which.</param>
    /// <param name="log">Where it is said that migrations are under way: of a large database they take minutes, in which nothing else is heard.</param>
    /// <exception cref="InvalidOperationException">The database was made by a newer program.</exception>
    public static void Apply(Database database, ILogger? log = null)
    {
        log ??= NullLogger.Instance;
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
        var began = Stopwatch.GetTimestamp();
        var due = Migrations().Where(m => version > 0 && m.Version > version).OrderBy(m => m.Version).ToList();
        if (due.Count > 0)
            log.LogInformation("The database {Path} has schema {Version} and is brought to {Newest}; of a large one that takes minutes.", database.Path, version, Newest);
        foreach (var (place, migration) in due.Index())
        {
            log.LogInformation("Migration {Name} begins ({Place} of {Count}).", migration.Name, place + 1, due.Count);
            Run(connection, migration.Text);
            Run(connection, $"update schema_version set version = {migration.Version}");
        }

        Run(connection, "commit");
        // Statistics of an empty database would be believed when it is no longer empty: without any, plans are those of a large one.
        if (version > 0)
            Run(connection, "pragma optimize");
        if (due.Count > 0)
            log.LogInformation("The database {Path} has schema {Newest} now, after {Seconds:0.0} seconds.", database.Path, Newest, Stopwatch.GetElapsedTime(began).TotalSeconds);
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

    private static IEnumerable<(int Version, string Name, string Text)> Migrations() =>
        from path in typeof(Schema).Assembly.GetManifestResourceNames()
        where path.StartsWith("Migrations/", StringComparison.Ordinal)
        let name = Path.GetFileNameWithoutExtension(path)
        select (int.Parse(name.Split('-')[0], CultureInfo.InvariantCulture), name, Read(path));

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
