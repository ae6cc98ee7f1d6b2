using System.Net;
using Forum.Core.Closing;
using Forum.Tests.Support;

namespace Forum.Tests.Closing;

/// <summary>Strangers at duplicates that nobody answered.</summary>
public sealed class LedToOriginalsTests
{
    [Test]
    public async Task From_its_original_a_stranger_comes_to_a_duplicate_and_not_back()
    {
        await using var site = new TestSite();
        var (question, original) = (await site.Forum.Make.Question(), await ClosingTests.Original(site.Forum));
        await site.Forum.Send(new CastCloseVote(question, CloseReason.Duplicate, $"{original}"), await site.Forum.Make.User(moderator: true));
        using var stranger = site.Anonymous();
        var address = $"/questions/{question}/how-do-i-read-a-file-line-by-line";

        foreach (var page in (string[])[$"/questions/{original}/how-can-a-file-be-read-one-line-at-a-time", $"/questions/linked/{original}"])
            Assert.That((await stranger.Get(page)).Document.QuerySelector($"a[href='{address}?noredirect=1']"), Is.Not.Null, page);
        Assert.That((await stranger.Get(address + "?noredirect=1")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await stranger.Get($"/questions/linked/{question}")).Document.QuerySelector("a[href*='noredirect']"), Is.Null);
    }

    [Test]
    public async Task Nobody_is_led_in_a_circle_of_old_duplicates()
    {
        await using var site = new TestSite();
        var (one, two) = (await site.Forum.Make.Question(), await site.Forum.Make.Question(title: "How can a file be read one line at a time?"));
        await site.Forum.Write(
            """
            update posts set closed_at = created_at, close_reason = 'duplicate' where id in (@one, @two);
            insert into post_links (from_post_id, to_post_id, kind, created_at) values (@one, @two, 3, 0), (@two, @one, 3, 0);
            """, new { one, two });
        using var stranger = site.Anonymous();

        Assert.That((await stranger.Get($"/questions/{one}/how-do-i-read-a-file-line-by-line")).Status, Is.EqualTo(HttpStatusCode.OK));
    }
}
