using System.Globalization;
using Forum.Core.Search;
using Forum.Tests.Support;

namespace Forum.Tests.Search;

public sealed class MergeSearchIndexTests
{
    private const string Pieces = "select count(distinct segid) from post_search_idx";

    [Test]
    public async Task Who_posts_merges_nothing_and_the_server_does()
    {
        await using var forum = new TestForum();
        await Index(forum, 40, words: 20);

        Assert.That(await forum.Value<int>(Pieces), Is.EqualTo(40));

        await forum.Service<MergeSearchIndex>().Merge(default);

        Assert.That(await forum.Value<int>(Pieces), Is.LessThan(8));
        Assert.That(await forum.Service<MergeSearchIndex>().Merge(default), Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from post_search where post_search match 'common'"), Is.EqualTo(40));
    }

    [Test]
    public async Task What_is_large_is_merged_in_steps_between_which_people_write()
    {
        await using var forum = new TestForum();
        await Index(forum, 8, words: 12_000);
        var merging = forum.Service<MergeSearchIndex>().Merge(default);

        await Index(forum, 1, words: 5, from: 100);
        await forum.Write("delete from post_search where rowid = 3");

        Assert.That(await merging, Is.GreaterThan(2));
        Assert.That(await forum.Value<string>("select group_concat(rowid) from post_search where post_search match 'common'"), Is.EqualTo("1,2,4,5,6,7,8,100"));
    }

    private static async Task Index(TestForum forum, int count, int words, int from = 1)
    {
        for (var id = from; id < from + count; id++)
        {
            var text = string.Join(' ', Enumerable.Range(0, words).Select(i => string.Create(CultureInfo.InvariantCulture, $"w{id}x{i}")));
            await forum.Write("insert into post_search (rowid, title, body) values (@id, 'common', @text)", new { id, text });
        }
    }
}
