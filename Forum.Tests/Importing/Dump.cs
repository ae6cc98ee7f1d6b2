using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Forum.Tests.Importing;

/// <summary>A small dump that a test writes, or one of the real ones beside the repository.</summary>
public sealed class Dump : IDisposable
{
    /// <summary>A folder of its own whose name is the site's host.</summary>
    public Dump(string site = "cooking.example.com")
    {
        Folder = Path.Combine(Directory.CreateTempSubdirectory("forum-dump-").FullName, site);
        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    /// <summary>Writes a file of rows, each as its attributes.</summary>
    public Dump With(string file, params string[] rows) => Raw(file + ".xml", Document(file, rows));

    /// <summary>The same, gzipped.</summary>
    public Dump Zipped(string file, params string[] rows)
    {
        using var stream = new GZipStream(File.Create(Path.Combine(Folder, file + ".xml.gz")), CompressionLevel.Fastest);
        stream.Write(Encoding.UTF8.GetBytes(Document(file, rows)));
        return this;
    }

    public Dump Raw(string file, string text)
    {
        File.WriteAllText(Path.Combine(Folder, file), text);
        return this;
    }

    /// <summary>The rows of a user, with what a test does not mention filled in.</summary>
    public static string User(long id, string name, int reputation = 1, string more = "") =>
        Invariant($"""Id="{id}" Reputation="{reputation}" CreationDate="2015-01-01T00:00:00.000" DisplayName="{Escape(name)}" LastAccessDate="2016-01-01T00:00:00.000" Views="3" UpVotes="4" DownVotes="1" AccountId="{id + 1000}" {more}""");

    public static string Question(long id, long by, string title, string html, string tags = "<soup>", int score = 0, string more = "") =>
        Invariant($"""Id="{id}" PostTypeId="1" CreationDate="2015-02-01T10:00:00.000" Score="{score}" ViewCount="7" Body="{Escape(html)}" OwnerUserId="{by}" LastActivityDate="2015-02-01T10:00:00.000" Title="{Escape(title)}" Tags="{Escape(tags)}" AnswerCount="0" CommentCount="0" {more}""");

    public static string Answer(long id, long to, long by, string html, int score = 0, string more = "") =>
        Invariant($"""Id="{id}" PostTypeId="2" ParentId="{to}" CreationDate="2015-02-02T10:00:00.000" Score="{score}" Body="{Escape(html)}" OwnerUserId="{by}" LastActivityDate="2015-02-02T10:00:00.000" CommentCount="0" {more}""");

    public static string History(long id, int type, long post, string guid, string text, long? by = 1, string at = "2015-02-01T10:00:00.000", string more = "") =>
        Invariant($"""Id="{id}" PostHistoryTypeId="{type}" PostId="{post}" RevisionGUID="{guid}" CreationDate="{at}" {(by is null ? "" : Invariant($"UserId=\"{by}\""))} Text="{Escape(text)}" {more}""");

    public static string Vote(long id, long post, int kind, string day = "2015-02-03", string more = "") =>
        Invariant($"""Id="{id}" PostId="{post}" VoteTypeId="{kind}" CreationDate="{day}T00:00:00.000" {more}""");

    public static string Comment(long id, long post, long by, string text, int score = 0) =>
        Invariant($"""Id="{id}" PostId="{post}" Score="{score}" Text="{Escape(text)}" CreationDate="2015-02-03T12:00:00.000" UserId="{by}" """);

    /// <summary>All that a database holds, as a hash for each table; not when imports ran.</summary>
    public static SortedDictionary<string, string> Content(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        var content = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in Strings(connection, "select name from sqlite_schema where type = 'table' and name not like '%_search%' and name not like 'sqlite_%'"))
        {
            var columns = table == "imports" ? "site, state, step, rows_done, last_row" : "*";
            content[table] = Hash(connection, $"select {columns} from {table}");
        }

        foreach (var index in (string[])["post_search", "title_search", "code_search"])
        {
            Run(connection, $"create virtual table temp.{index}_words using fts5vocab('main', '{index}', 'instance')");
            content[index] = Hash(connection, $"select term, doc, col, offset from temp.{index}_words order by doc, col, offset, term");
        }

        return content;
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    private static string Document(string file, string[] rows) =>
        $"\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<{file.ToLowerInvariant()}>\r\n{string.Concat(rows.Select(row => $"  <row {row} />\r\n"))}</{file.ToLowerInvariant()}>";

    private static string Escape(string text) => SecurityElement.Escape(text).Replace("\r", "&#xD;", StringComparison.Ordinal).Replace("\n", "&#xA;", StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static List<string> Strings(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var strings = new List<string>();
        while (reader.Read())
            strings.Add(reader.GetString(0));
        return strings;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Hash(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('\u0001', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "∅" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        rows.Sort(StringComparer.Ordinal);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u0002', rows)));
        return string.Create(CultureInfo.InvariantCulture, $"{rows.Count} rows {Convert.ToHexString(hash)}");
    }
}
