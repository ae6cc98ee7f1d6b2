using System.Globalization;
using System.Text.RegularExpressions;
using Forum.Core.Samples;
using Forum.Data;
using Forum.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Forum.Tests.Storage;

/// <summary>
/// Explains every statement that the suite has issued with the statistics of a large community: none reads a whole table
/// that grows or sorts one by itself, save those listed here with the reason. Runs alone, after everything else.
/// </summary>
[NonParallelizable]
public sealed partial class QueryPlanTests
{
    // Some hundred times the community that is made for it: some hundred thousand questions.
    private const int Scale = 200;
    private const int Questions = 1_000;

    private static readonly string[] Growing =
    [
        "posts", "users", "comments", "votes", "held_votes", "comment_votes", "legacy_votes", "revisions", "post_events", "question_tags", "tagged_posts", "post_links", "saves", "follows",
        "reputation_events", "reputation_days", "inbox", "events", "deliveries", "form_keys", "accounts", "user_badges", "bounties",
        "tag_scores", "cancelled_votes", "vote_cancellations", "tag_synonym_votes", "tag_events", "watched_tags", "saved_filters", "wiki_credits",
        "related_questions", "suggested_edits", "suggested_edit_skips", "flags", "reviews", "review_tasks", "moderation_acts", "moderation_votes", "close_vote_targets", "reopen_requests",
        "question_merges", "moved_answers", "merged_follows",
        "user_notes", "moderator_messages", "suspensions", "departures", "departed_addresses", "returned_people", "spam_words", "spam_learned", "site_figures", "address_sightings", "paces", "post_notices", "redactions", "redaction_supports", "redacted_revisions", "redacted_suggestions",
    ];

    /// <summary>Part of a statement → why it may read or sort as it does.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["select id, 0.0 as rank from posts order by id desc limit @passed"] = "a search without words, tag or person looks at so many of the newest posts by their ids",
        ["from users where is_administrator = 1"] = "reads an index of administrators alone",
        ["from bounties b join posts q on q.id = b.question_id where b.ended_at is null"] = "reads an index of running bounties alone",
        ["with looked as ("] = "reads the first so many questions of an index, in its order, and sorts those alone",
        ["select id as Id, link_count as Links from posts"] = "reads an index of questions that are linked to alone, beside requests",
        ["from suggested_edits where outcome is not null order by id desc"] = "reads the newest by their ids until a page is full; few of them wait",
        ["select id from posts indexed by posts_that_are_spam"] = "reads an index of spam alone, beside requests",
        ["delete from spam_learned"] = "what was learned is learned anew, by the command alone",
        ["where x.state = 0"] = "reads an index of proposals that wait alone",
        ["from flags f where f.state = 0"] = "reads an index of flags that wait alone",
        ["from flags f\n    where f.state = 0"] = "reads an index of flags that wait alone",
        ["from samples s"] = "has one row of samples at most, and nobody's but the sample's people come before it",
        [") page\njoin users u on u.id = page.id"] = "the page is limited within, in the order of its index; only its own rows are sorted",
    };

    [Test]
    public async Task No_statement_reads_or_sorts_a_whole_growing_table()
    {
        await using var forum = new TestForum();
        await forum.Send(new SeedQuestions(Questions));
        using var connection = forum.Database.OpenPlain();
        Run(connection, "analyze");
        foreach (var (table, index, stat) in Statistics(connection))
        {
            var numbers = stat.Split(' ');
            numbers[0] = (long.Parse(numbers[0], CultureInfo.InvariantCulture) * Scale).ToString(CultureInfo.InvariantCulture);
            Run(connection, $"update sqlite_stat1 set stat = '{string.Join(' ', numbers)}' where tbl = '{table}' and idx is {(index is null ? "null" : $"'{index}'")}");
        }

        Run(connection, "analyze sqlite_schema");
        var findings = TestForum.Statements.Keys
            .Where(IsOurs)
            .SelectMany(statement => Complaints(connection, statement).Select(complaint => $"{complaint}\n  {Space().Replace(statement, " ")}"))
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.That(findings, Is.Empty, string.Join('\n', findings));
    }

    private static bool IsOurs(string statement) =>
        Dml().IsMatch(statement.TrimStart()) && !WholeTables().IsMatch(statement) && !Allowed.Keys.Any(allowed => statement.Contains(allowed, StringComparison.Ordinal));

    private static IEnumerable<string> Complaints(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        var text = ListParameter().Replace(statement, " in (1, 2, 3)");
        command.CommandText = "explain query plan " + text;
        foreach (var name in Parameter().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal))
            command.Parameters.AddWithValue(name, 1);

        var lines = new List<string>();
        try
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
                lines.Add(reader.GetString(3));
        }
        catch (SqliteException e)
        {
            return [$"cannot be explained: {e.Message}"];
        }

        // An index that is read in its order until a limit is reached costs what is shown; to the end, or to be sorted, all of it.
        var aliases = Aliases(text);
        var readsAll = !Limit().IsMatch(text) || lines.Any(line => line.StartsWith("USE TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));
        return lines.Where(line => Scan().Match(line) is { Success: true } scan
            && IsGrowing(scan.Groups["table"].Value, aliases)
            && (readsAll || !scan.Groups["index"].Success));
    }

    private static bool IsGrowing(string name, Dictionary<string, string> aliases) =>
        Growing.Contains(aliases.GetValueOrDefault(name, name), StringComparer.Ordinal);

    private static Dictionary<string, string> Aliases(string statement)
    {
        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Alias().Matches(statement))
            aliases[match.Groups["alias"].Value] = match.Groups["table"].Value;
        return aliases;
    }

    private static List<(string Table, string? Index, string Stat)> Statistics(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select tbl, idx, stat from sqlite_stat1";
        using var reader = command.ExecuteReader();
        var rows = new List<(string, string?, string)>();
        while (reader.Read())
            rows.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2)));
        return rows;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"^SCAN (?<table>\w+)(?<index> USING (?:COVERING )?INDEX)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scan();

    [GeneratedRegex(@"\blimit\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Limit();

    // Where whole tables are read on purpose: the checks of verify, imports, samples, rendering everything again; and what tests ask for themselves.
    [GeneratedRegex(@"/\* (?:Verify\w*|RenderStale|\w*Checks?|\w*AddUp|QuestionsAreListed|BadgesAreCounted|KeptCounts|\w*Import\w*|Make\w*|Seed\w*|Test\w*|\w*Tests|Pages|Dump|Community\w*)\.cs:", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeTables();

    [GeneratedRegex(@"(?<![@\w])@\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@" in @\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListParameter();

    [GeneratedRegex(@"\b(?:from|join|,|update|into)\s+(?<table>[a-z_]+)\s+(?:as\s+)?(?<alias>[a-z]\w*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alias();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Space();

    // An insert of values reads nothing, though its "returning" is explained as a scan.
    [GeneratedRegex(@"^(?:select|insert(?![^;]*\)\s*values\s*\()|update|delete|with)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dml();
}
