using System.Text.RegularExpressions;
using Forum.Core.Closing;
using Forum.Core.Flags;
using Forum.Core.Merging;
using Forum.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Moderation;

/// <summary>
/// A moderator who has never seen the site finds what they need from the desk within three clicks, sending a form counted as one, by the
/// visible words of links and buttons alone.
/// </summary>
public sealed class NewcomerWalkTests
{
    private const int Most = 3;

    // One town for all: no walk changes what another sees.
    private static Town town = null!;

    [OneTimeSetUp]
    public static async Task MakeTown() => town = await Town.Make();

    [OneTimeTearDown]
    public static async Task LeaveTown() => await town.DisposeAsync();

    [Test]
    public async Task All_open_flags_and_the_next_one_after_one_is_decided()
    {
        await using var walk = await Walk.From(town);

        await walk.Click("Open flags");

        await walk.Sees("It copies an answer from elsewhere.", "It is about two things at once.", "Somebody should look at this comment.");
        await walk.Click("All helpful");
        await walk.Sees("The flags were found helpful.", "It is about two things at once.");
        await walk.SeesNot("It copies an answer from elsewhere.");
        Assert.That(walk.Page.Url, Does.EndWith($"#post-{town.Target}"));
    }

    [Test]
    public async Task Why_a_question_was_closed_and_by_whom()
    {
        await using var walk = await Walk.From(town);

        await walk.Click("Closed questions");

        await walk.Sees("How do I do everything at once?", "Needs more focus", "Mira");
        await walk.Click("How do I do everything at once?");
        await walk.Sees("Closed: Needs more focus", "Closed by Mira");
    }

    [Test]
    public async Task Why_a_question_was_closed_for_a_reason_of_the_sites_own()
    {
        await using var walk = await Walk.From(town);

        await walk.Click("Closed questions");

        await walk.Sees("Where can I buy a keyboard?", "Not about programs");
    }

    [Test]
    public async Task What_a_person_did_last_week()
    {
        await using var walk = await Walk.From(town);

        await walk.Type("Person", "Bo");
        await walk.Click("Look up");
        await walk.Click("Bob");

        await walk.Sees("What they did in the last seven days", "How do I read a file line by line?");
        await walk.SeesNot("What was asked a month ago?");
    }

    [Test]
    public async Task A_wrong_merge_is_undone()
    {
        await using var walk = await Walk.From(town);

        await walk.Click("Merged questions");
        await walk.Sees("How do I read a file line by line?", "Reading the lines of a file");
        await walk.Click("Undo…");
        await walk.Click("Undo it");

        await walk.Sees("It was undone.");
        Assert.That(await town.Site.Forum.Value<long>("select question_id from posts where id = @Answer", new { town.Answer }), Is.EqualTo(town.Source));
        await town.Site.Forum.Verify();
    }

    [Test]
    public async Task What_can_be_done_with_a_post_is_in_one_menu()
    {
        await using var walk = await Walk.From(town, $"/q/{town.Target}");

        await walk.Click("Moderate");

        var menu = walk.Page.Locator("#question .f-post-tools");
        foreach (var act in new[] { "Close", "Protect", "Delete", "Lock", "Merge", "Wiki", "What was done to it", "Its author" })
            await Expect(menu.GetByRole(AriaRole.Link, new() { Name = act, Exact = true })).ToBeVisibleAsync();
        await walk.IsSound();
    }

    /// <summary>A site where something happened: flags wait, questions were closed and merged.</summary>
    private sealed record Town(TestSite Site, long Moderator, long Source, long Target, long Answer) : IAsyncDisposable
    {
        public static async Task<Town> Make()
        {
            var site = TestSite.OnPort();
            var (forum, make) = (site.Forum, site.Forum.Make);
            var (moderator, boss, bob, flagger) =
                (await make.User(moderator: true, name: "Mira"), await make.User(administrator: true, name: "Robin"), await make.User(100, "Bob"), await make.User(1_000, "Flo"));
            await make.Question(bob, "What was asked a month ago?");
            forum.Clock.Advance(TimeSpan.FromDays(30));
            var (source, target) = (await make.Question(bob, "How do I read a file line by line?"), await make.Question(title: "Reading the lines of a file"));
            var answer = await make.Answer(source);
            var comment = await make.Comment(target);
            await forum.Send(new FlagPost(answer, FlagKind.Plagiarism, "It copies an answer from elsewhere.", "https://example.com/source"), flagger);
            forum.Clock.Advance(TimeSpan.FromMinutes(1));
            await forum.Send(new FlagPost(target, FlagKind.Moderator, "It is about two things at once."), flagger);
            await forum.Send(new FlagComment(comment, FlagKind.CommentModerator, "Somebody should look at this comment."), flagger);
            await forum.Send(new CastCloseVote(await make.Question(title: "How do I do everything at once?"), "needs-focus"), moderator);
            var reason = await forum.Send(
                new WriteSiteReason(
                    null,
                    [new() { Language = "en", Title = "Not about programs", ForAsker = "Ask about programs here, please.", ForPublic = "It is about something else altogether.", ForClosers = "What is no program at all, but about a machine." }]), boss);
            await forum.Send(new CastCloseVote(await make.Question(title: "Where can I buy a keyboard?"), CloseReason.OfSite(reason)), moderator);
            await forum.Send(new MergeQuestions(source, target), moderator);
            await forum.Settle();
            return new Town(site, moderator, source, target, answer);
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }

    /// <summary>A moderator who reads and clicks.</summary>
    private sealed class Walk(IBrowserContext window, IPage page) : IAsyncDisposable
    {
        private int clicks;

        public IPage Page { get; } = page;

        private ILocator Main => Page.Locator("main");

        public static async Task<Walk> From(Town town, string address = "/mod")
        {
            var window = await Browser.Open(town.Site, town.Moderator);
            var page = await window.NewPageAsync();
            await page.GotoAsync(address);
            var walk = new Walk(window, page);
            await walk.IsSound();
            return walk;
        }

        public async Task Click(string words)
        {
            var named = new Regex(@"^\s*(\d+\+?\s*)?" + Regex.Escape(words), RegexOptions.None, TimeSpan.FromSeconds(1));
            var target = Main.Locator("a, button, summary").Filter(new() { HasTextRegex = named, Visible = true }).First;
            await target.ClickAsync();
            clicks++;
            Assert.That(clicks, Is.LessThanOrEqualTo(Most), $"'{words}' is a click too many");
            await Page.WaitForLoadStateAsync();
            await IsSound();
        }

        public Task Type(string field, string text) => Main.GetByLabel(field, new() { Exact = true }).First.FillAsync(text);

        public async Task Sees(params string[] words)
        {
            foreach (var said in words)
                await Expect(Main).ToContainTextAsync(new Regex(string.Join(@"\s+", said.Split(' ').Select(Regex.Escape)), RegexOptions.None, TimeSpan.FromSeconds(1)));
        }

        public async Task SeesNot(string words) => await Expect(Main).Not.ToContainTextAsync(words);

        public async Task IsSound() => Assert.That(await Browser.SeriousFindings(Page), Is.Empty, Page.Url);

        public ValueTask DisposeAsync() => window.DisposeAsync();
    }
}
