using System.Globalization;
using System.Text;

namespace Forum.Tests.Support;

/// <summary>Everything a database holds, as text, so that a test can say that nothing was written or all is as before.</summary>
public static class TestContents
{
    /// <summary>What follows a deed and its undoing: the record that they happened.</summary>
    public static readonly string[] Records = ["events", "deliveries", "post_events", "reputation_events", "moderation_acts"];

    /// <summary>All rows of all tables but <paramref name="except"/>.</summary>
    public static Task<string> Of(TestForum forum, params string[] except)
    {
        ArgumentNullException.ThrowIfNull(forum);
        return forum.Sql(async db =>
        {
            var all = new StringBuilder();
            // How words are spelt is only ever added to.
            var tables = await db.Query<string>(
                "select name from sqlite_schema where type = 'table' and name not like '%_search%' and name <> 'search_words' and name not like 'sqlite%' order by name");
            foreach (var table in tables.Except(except, StringComparer.Ordinal))
                await Add(table, $"select * from {table}");
            foreach (var index in (string[])["post_search", "title_search", "code_search", "link_search"])
                await Add(index, $"select rowid as id from {index}");
            return all.ToString();

            async Task Add(string table, string sql)
            {
                foreach (var row in await db.Query<object>(sql))
                    all.AppendLine(CultureInfo.InvariantCulture, $"{table} {row}");
            }
        });
    }

    /// <summary>That <paramref name="act"/> is refused with this code and leaves the database as it was.</summary>
    public static async Task IsRefused(this TestForum forum, Func<Task> act, string code)
    {
        ArgumentNullException.ThrowIfNull(act);
        var before = await Of(forum);
        Assert.That(Assert.ThrowsAsync<Core.RefusedException>(async () => await act())!.Refusal.Code, Is.EqualTo(code));
        Assert.That(await Of(forum), Is.EqualTo(before));
    }

    /// <summary>That <paramref name="act"/> finds nothing and leaves the database as it was.</summary>
    public static async Task FindsNothing(this TestForum forum, Func<Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var before = await Of(forum);
        Assert.ThrowsAsync<Core.NotFoundException>(async () => await act());
        Assert.That(await Of(forum), Is.EqualTo(before));
    }

    /// <summary>That <paramref name="act"/> is badly formed at this field and leaves the database as it was.</summary>
    public static async Task IsBadlyFormed(this TestForum forum, Func<Task> act, string field, string code)
    {
        ArgumentNullException.ThrowIfNull(act);
        var before = await Of(forum);
        var failure = Assert.ThrowsAsync<FluentValidation.ValidationException>(async () => await act())!.Errors.First();
        Assert.That((failure.PropertyName, failure.ErrorCode), Is.EqualTo((field, code)));
        Assert.That(await Of(forum), Is.EqualTo(before));
    }
}
