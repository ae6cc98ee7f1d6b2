using Forum.Core.Flags;
using Forum.Tests.Support;

namespace Forum.Tests.Moderation;

/// <summary>The flags that wait, as moderators handle them at the desk (docs/rules/flags.md, section 6).</summary>
public sealed class FlagsPageTests
{
    [Test]
    public async Task A_moderator_sees_what_waits_and_says_that_it_was_helpful()
    {
        await using var site = new TestSite();
        var (post, moderator) = await Flagged(site);
        using var browser = await site.SignedInAs(moderator);
        Assert.That((await browser.Get("/")).Document.QuerySelector("header a.f-inbox[href='/mod']")!.TextContent, Does.Contain("1"), "the top bar counts");
        var list = await browser.Get("/mod/flags");
        Assert.That(list.Text, Does.Contain("It copies an answer from elsewhere."));

        var done = await browser.Follow(await browser.Submit(list, $"#post-{post} form[action$='handler=helpful']"));

        Assert.That(done.Text, Does.Contain("No flags wait."));
        Assert.That(await site.Forum.Value<int>("select state from flags"), Is.EqualTo((int)FlagState.Helpful));
    }

    [Test]
    public async Task Declining_in_words_that_are_too_short_keeps_what_was_typed()
    {
        await using var site = new TestSite();
        var (post, moderator) = await Flagged(site);
        var (another, _) = await Flagged(site);
        using var browser = await site.SignedInAs(moderator);

        var again = await browser.Submit(await browser.Get("/mod/flags"), $"#post-{post} form[action$='handler=decline']", ("Reply", "other"), ("Words", "no"));

        Assert.That((int)again.Status, Is.EqualTo(400));
        // The form is open, with what was chosen and typed; nobody typed anything into the other.
        var (meant, other) = (again.Document.QuerySelector($"#post-{post} details[open]"), again.Document.QuerySelector($"#post-{another} details"));
        Assert.That(meant?.QuerySelector("textarea[name=Words]")?.TextContent, Does.Contain("no"));
        Assert.That(meant?.QuerySelector("option[selected]")?.GetAttribute("value"), Is.EqualTo("other"));
        Assert.That(meant?.QuerySelector(".f-error-text"), Is.Not.Null);
        Assert.That(other?.HasAttribute("open"), Is.False);
        Assert.That(other?.QuerySelector("textarea[name=Words]")?.TextContent.Trim(), Is.Empty);
        Assert.That(other?.QuerySelector(".f-error-text"), Is.Null);
        Assert.That(await site.Forum.Value<int>("select max(state) from flags"), Is.Zero);
    }

    [Test]
    public async Task What_was_written_to_flags_that_another_decided_on_meanwhile_is_shown_again()
    {
        await using var site = new TestSite();
        var (post, moderator) = await Flagged(site);
        using var browser = await site.SignedInAs(moderator);
        var list = await browser.Get("/mod/flags");
        await site.Forum.Send(new DecideFlags(post, IsHelpful: true), await site.Forum.Make.User(moderator: true));

        var again = await browser.Submit(list, $"#post-{post} form[action$='handler=decline']", ("Reply", "other"), ("Words", "It names its source at the end."));

        Assert.That((int)again.Status, Is.EqualTo(409));
        Assert.That(again.Document.QuerySelector("#unsaid")?.TextContent, Is.EqualTo("It names its source at the end."));
    }

    [Test]
    public async Task Flags_that_one_moderator_took_offer_another_nothing()
    {
        await using var site = new TestSite();
        var (post, moderator) = await Flagged(site);
        using var browser = await site.SignedInAs(moderator);
        using var other = await site.SignedInAs(await site.Forum.Make.User(moderator: true));

        await browser.Submit(await browser.Get("/mod/flags"), $"#post-{post} form[action$='handler=claim']");

        Assert.That((await other.Get("/mod/flags")).Document.QuerySelector($"#post-{post} form"), Is.Null);
        var mine = await browser.Get("/mod/flags");
        await browser.Submit(mine, $"#post-{post} form[action$='handler=release']");
        Assert.That((await other.Get("/mod/flags")).Document.QuerySelector($"#post-{post} form"), Is.Not.Null);
    }

    private static async Task<(long Post, long Moderator)> Flagged(TestSite site)
    {
        var make = site.Forum.Make;
        var post = await make.Question();
        await site.Forum.Send(new FlagPost(post, FlagKind.Moderator, Words: "It copies an answer from elsewhere."), await make.User(1_000));
        return (post, await make.User(moderator: true));
    }
}
