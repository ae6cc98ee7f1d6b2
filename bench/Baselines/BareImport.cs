using System.Globalization;
using System.IO.Compression;
using System.Xml;
using Forum.Bench.Site;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Baselines;

/// <summary>
/// A dump's rows read by the XML reader and inserted as they are, a transaction a file, a column an attribute: no rendering, no index,
/// no rules. What reading and writing so many bytes takes at least.
/// </summary>
sealed class BareImport
{
    static readonly string[] Ends = [".xml", ".xml.gz"];
    static readonly string[] Tables = ["Badges", "Comments", "PostHistory", "PostLinks", "Posts", "Tags", "Users", "Votes"];

    readonly List<(string Table, string File, string[] Columns)> files = [];

    /// <summary>Looks through a dump: which files there are, which attributes their rows have, how many rows.</summary>
    public BareImport(string folder)
    {
        foreach (var table in Tables)
        {
            var file = Ends.Select(end => Path.Combine(folder, table + end)).FirstOrDefault(File.Exists);
            if (file is null)
                continue;
            var columns = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var row in Read(file))
            {
                Rows++;
                while (row.MoveToNextAttribute())
                    columns.Add(row.Name);
            }

            files.Add((table, file, [.. columns]));
        }

        if (Rows == 0)
            throw new WrongUseException($"{folder} holds no dump: Posts.xml and the other tables, plain or gzipped.");
    }

    /// <summary>Rows of all files.</summary>
    public long Rows { get; }

    /// <summary>Brings all of it into a new database.</summary>
    public void Run(string database)
    {
        using var connection = SeededDatabase.Open(database, SqliteOpenMode.ReadWriteCreate);
        connection.Execute("pragma journal_mode = wal");
        connection.Execute("pragma synchronous = full");
        foreach (var (table, file, columns) in files)
            Insert(connection, table, file, columns);
    }

    static void Insert(SqliteConnection connection, string table, string file, string[] columns)
    {
        connection.Execute($"create table {table} ({string.Join(", ", columns.Select(column => $"\"{column}\" text"))})");
        connection.Execute("begin");
        using (var insert = connection.CreateCommand())
        {
            insert.CommandText = string.Create(CultureInfo.InvariantCulture, $"insert into {table} values ({string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}")))})");
            var parameters = columns.Select((column, i) => (column, insert.Parameters.Add(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), SqliteType.Text)))
                .ToDictionary(pair => pair.column, pair => pair.Item2, StringComparer.Ordinal);
            foreach (var row in Read(file))
            {
                foreach (var parameter in parameters.Values)
                    parameter.Value = DBNull.Value;
                while (row.MoveToNextAttribute())
                    parameters[row.Name].Value = row.Value;
                insert.ExecuteNonQuery();
            }
        }

        connection.Execute("commit");
    }

    // The reader itself, at each row in turn.
    static IEnumerable<XmlReader> Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
        using var reader = XmlReader.Create(plain, new XmlReaderSettings { CheckCharacters = false, DtdProcessing = DtdProcessing.Prohibit });
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Name == "row")
                yield return reader;
        }
    }
}
