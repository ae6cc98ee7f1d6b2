using Forum.Core.Tags;
using Forum.Tests.Support;

namespace Forum.Tests.Merging;

/// <summary>Everything of the database that somebody sees, to be compared with what it was.</summary>
internal static class Dump
{
    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["posts"] = "kind in (1, 2)",
        ["comments"] = "deleted_at is null",
        ["votes"] = "1 = 1",
        ["comment_votes"] = "1 = 1",
        ["saves"] = "1 = 1",
        ["follows"] = "1 = 1",
        ["revisions"] = "1 = 1",
        ["question_tags"] = "1 = 1",
        ["tagged_posts"] = "1 = 1",
        ["tags"] = "1 = 1",
        ["tag_scores"] = "1 = 1",
        ["totals"] = "1 = 1",
        ["post_links"] = "1 = 1",
        ["users"] = "1 = 1",
        ["reputation_events"] = "1 = 1",
        ["reputation_days"] = "1 = 1",
        ["user_badges"] = "1 = 1",
        // That people were told stays.
        ["inbox"] = "kind not in ('merged', 'answer-moved', 'answer-converted')",
    };

    /// <summary>The newest line of the log of moderation.</summary>
    public static Task<long> LastAct(TestForum forum) => forum.Value<long>("select max(id) from moderation_acts");

    /// <summary>A line for each row.</summary>
    public static async Task<IReadOnlyList<string>> Of(TestForum forum)
    {
        await forum.Settle();
        await forum.Service<KeepTagScores>().CatchUp(default);
        await forum.Verify();
        var lines = new List<string>();
        foreach (var (table, condition) in Tables)
        {
            var columns = await forum.Sql(db => db.Query<string>($"select name from pragma_table_info('{table}') where name not in ('related', 'view_count') order by name"));
            lines.AddRange(await forum.Sql(db => db.Query<string>($"select '{table} ' || json_array({string.Join(", ", columns)}) as line from {table} where {condition} order by line")));
        }

        lines.AddRange(await forum.Sql(db => db.Query<string>("select 'found ' || rowid from post_search order by rowid")));
        return lines;
    }
}
