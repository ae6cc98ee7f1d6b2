using System.Net;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Redactions;
using Forum.Core.Suggestions;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.Redactions;

public sealed class RedactionTests
{
    private const string Secret = "zqhunter2";
    private const string Clean = "The service does not let me in with my password, whichever browser I use for it.";

    [Test]
    public async Task What_two_moderators_hide_is_nowhere_to_be_read_and_comes_back_whole()
    {
        await using var site = new TestSite();
        var leak = await Leak.Make(site.Forum);
        var forum = site.Forum;
        var before = await forum.Sql(db => db.Query<string>("select json_array(number, title, body, tags, comment, author_id) from revisions where post_id = @Post order by number", new { leak.Post }));

        var id = await forum.Send(new ProposeRedaction(leak.Post, 2, "It has a password."), leak.One);
        Assert.That(await Leaks(site, leak), Is.Not.Empty, "one moderator hides nothing");
        await forum.IsRefused(() => forum.Send(new AgreeToRedaction(id), leak.One), "redactions.agreed-already");
        await forum.IsRefused(() => forum.Send(new ProposeRedaction(leak.Post, 1, "It has one too."), leak.Other), "redactions.one-waits");
        await forum.Send(new AgreeToRedaction(id), leak.Other);

        // Also the revision that left the text as it was, and the one that brought it back.
        Assert.That(await forum.Sql(db => db.Query<int>("select number from revisions where redaction_id is not null order by number")), Is.EqualTo(new[] { 2, 3, 5 }));
        Assert.That(await Leaks(site, leak), Is.Empty);
        Assert.That(await forum.Value<int>("select count(*) from revisions where title || coalesce(body, '') || coalesce(tags, '') || comment like '%zq%'"), Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from suggested_edits where body || comment like '%zq%'"), Is.Zero);
        using var stranger = site.Anonymous();
        Assert.That((await stranger.Get($"/posts/{leak.Post}/revisions")).Document.QuerySelectorAll(".f-redacted"), Has.Length.EqualTo(3));
        Assert.That((await stranger.Get($"/suggested-edits/{leak.Suggestion}")).Document.QuerySelectorAll(".f-redacted"), Has.Length.EqualTo(1));
        await forum.Settle();
        await forum.Verify();

        await forum.Send(new UndoAct(await forum.Value<long>("select max(id) from moderation_acts where action = 'redact'")), leak.One);

        Assert.That(
            await forum.Sql(db => db.Query<string>("select json_array(number, title, body, tags, comment, author_id) from revisions where post_id = @Post order by number", new { leak.Post })),
            Is.EqualTo(before));
        Assert.That(await Leaks(site, leak), Is.Not.Empty);
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task What_is_not_hidden_is_neither_looked_at_nor_brought_back()
    {
        await using var forum = new TestForum();
        var leak = await Leak.Make(forum);
        var id = await forum.Send(new ProposeRedaction(leak.Post, 2, "It has a password."), leak.One);

        await forum.IsRefused(() => forum.Send(new LookAtRedacted(id, "To see whether it does."), leak.Other), "redactions.not-hidden");
        await forum.IsRefused(() => forum.Send(new RestoreRedacted(id), leak.Other), "redactions.not-hidden");

        Assert.That(await forum.Value<int>("select state from redactions"), Is.EqualTo((int)RedactionState.Waiting));
        Assert.That(await forum.Value<int>("select count(*) from moderation_acts where action <> 'propose-redaction'"), Is.Zero);
    }

    [Test]
    public async Task What_the_post_still_says_is_edited_out_first_and_what_is_hidden_is_not_brought_back()
    {
        await using var forum = new TestForum();
        var leak = await Leak.Make(forum);
        await forum.IsRefused(() => forum.Send(new ProposeRedaction(leak.Post, 6, "It is the newest."), leak.One), "redactions.current");
        var id = await forum.Send(new ProposeRedaction(leak.Post, 2, "It has a password."), leak.One);

        // Somebody brings it back while it waits.
        var old = await forum.Send(new ShowRollback(leak.Post, 2), leak.Author);
        await forum.Send(old.Edit, leak.Author);
        await forum.IsRefused(() => forum.Send(new AgreeToRedaction(id), leak.Other), "redactions.current");
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditPost(leak.Post, Clean), leak.Author);
        await forum.Send(new AgreeToRedaction(id), leak.Other);

        await forum.IsRefused(() => forum.Send(new ShowRollback(leak.Post, 2), leak.Author), "redactions.no-rollback");
        await forum.IsRefused(() => forum.Send(new EditPost(leak.Post, Clean + " Why?", RollbackTo: 2), leak.Author), "redactions.no-rollback");
        await forum.IsRefused(() => forum.Send(new ProposeRedaction(leak.Post, 2, "Again."), leak.One), "redactions.hidden-already");
        await forum.IsRefused(() => forum.Send(new DropRedaction(id), leak.One), "redactions.decided");
    }

    [Test]
    public async Task An_administrator_hides_alone_and_one_moderator_where_one_is_enough()
    {
        await using var forum = new TestForum();
        var leak = await Leak.Make(forum);
        var administrator = await forum.Make.User(administrator: true, moderator: true);

        var id = await forum.Send(new ProposeRedaction(leak.Post, 2, "It has a password."), administrator);

        Assert.That(await forum.Value<int>("select state from redactions where id = @id", new { id }), Is.EqualTo((int)RedactionState.Done));
        Assert.That(RedactionRules.IsCarried(new Person { IsModerator = true }, 1, 1), Is.True);
        Assert.That(RedactionRules.IsCarried(new Person { IsModerator = true }, 1, 2), Is.False);
    }

    [Test]
    public async Task A_look_at_what_is_hidden_says_why_and_is_in_the_log()
    {
        await using var site = new TestSite();
        var leak = await Leak.Make(site.Forum);
        var id = await site.Forum.Send(new ProposeRedaction(leak.Post, 2, "It has a password."), leak.One);
        await site.Forum.Send(new AgreeToRedaction(id), leak.Other);
        using var moderator = await site.SignedInAs(leak.One);
        var page = await moderator.Get($"/redactions/{id}");
        Assert.That(page.Text, Does.Not.Contain(Secret));

        var refused = await moderator.Submit(page, "main form[action*=Look]");
        Assert.That((refused.Status, refused.MessagesAt("Reason").Count, refused.Text.Contains(Secret, StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.BadRequest, 1, false)));
        var seen = await moderator.Submit(page, "main form[action*=Look]", ("Reason", "To tell its owner which one."));

        Assert.That(seen.Text, Does.Contain(Secret));
        Assert.That(
            await site.Forum.Sql(db => db.Query<string>("select reason from moderation_acts where action = 'look-at-redacted'")), Is.EqualTo(new[] { "To tell its owner which one." }));
        using var member = await site.SignedInAs(leak.Author);
        Assert.That((await member.Get($"/redactions/{id}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await member.Get($"/posts/{leak.Post}/revisions/1/redact")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await moderator.Get($"/posts/{leak.Post}/revisions/99/redact")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Who_wrote_the_lines_of_a_wiki_stays_who_wrote_them()
    {
        await using var forum = new TestForum();
        var (author, one, other) = (await forum.Make.User(1_000), await forum.Make.User(moderator: true), await forum.Make.User(moderator: true));
        const string Lines = "It says that the password is wrong.\n\nIt is the one that I was given.\n\nThe service is in its newest version.";
        var post = await forum.Make.Question(author, body: Lines);
        await forum.Send(new EditPost(post, Lines + "\n\nThe password is zqhunter2."), one);
        await forum.Send(new EditPost(post, Lines), other);
        await forum.Send(new ChangeWiki(post, IsWiki: true), one);
        await forum.Settle();
        await forum.Service<CreditWiki>().CatchUp(default);
        var before = await forum.Sql(db => db.Query<string>("select json_array(editors, author_id, share) from wiki_credits"));
        Assert.That(before, Is.EqualTo(new[] { $"[3,{author},100]" }));

        await forum.Send(new AgreeToRedaction(await forum.Send(new ProposeRedaction(post, 2, "It has a password."), one)), other);
        await forum.Write("delete from wiki_credits; delete from watermarks where reader = 'wiki-credits'");
        await forum.Service<CreditWiki>().CatchUp(default);

        Assert.That(await forum.Sql(db => db.Query<string>("select json_array(editors, author_id, share) from wiki_credits")), Is.EqualTo(before));
        await forum.Verify();
    }

    [Test]
    public void What_also_stands_in_a_revision_that_stays_is_left_to_it()
    {
        RedactedText[] revisions =
        [
            new() { Number = 1, Title = "one", Body = "a", Tags = "x" },
            new() { Number = 2, Title = "two", Body = "secret" },
            new() { Number = 3, Tags = "y" },
            new() { Number = 4, Body = "clean" },
            new() { Number = 5, Title = "three" },
        ];

        Assert.That(RedactionRules.Named(revisions, 3), Is.EqualTo(new[] { 2, 3 }), "what has the same text goes with it");
        Assert.That(
            RedactionRules.Sealed(revisions, [2, 3]).Select(text => (text.Number, text.Title, text.Body, text.Tags)),
            Is.EqualTo(new (int, string?, string?, string?)[] { (2, null, "secret", null), (3, null, null, null) }), "title and tags stand in the fourth too");
        Assert.That(RedactionRules.Named(revisions, 4), Is.EqualTo(new[] { 4 }), "the text is the post's own, the title is not");
        Assert.That((RedactionRules.IsCurrent(revisions, 4), RedactionRules.IsCurrent(revisions, 5)), Is.EqualTo((false, true)));
    }

    private static async Task<IReadOnlyList<string>> Leaks(TestSite site, Leak leak)
    {
        var found = new List<string>();
        foreach (var viewer in new long?[] { null, leak.Author, leak.One })
        {
            using var client = viewer is { } id ? await site.SignedInAs(id) : site.Anonymous();
            string[] addresses =
            [
                $"/posts/{leak.Post}/revisions", $"/posts/{leak.Post}/revisions?view=source", $"/posts/{leak.Post}/revisions?view=side-by-side", $"/posts/{leak.Post}/timeline",
                $"/q/{leak.Post}", $"/suggested-edits/{leak.Suggestion}", $"/suggested-edits/{leak.Suggestion}?view=source", $"/suggested-edits/{leak.Suggestion}/improve", "/review/suggested-edits/history",
                $"/posts/{leak.Post}/revisions/2/rollback", $"/posts/{leak.Post}/revisions/5/rollback", $"/posts/{leak.Post}/edit", $"/users/{leak.Author}?tab=activity", "/mod/log", "/mod",
            ];
            foreach (var address in addresses)
            {
                if ((await client.Get(address)).Text.Contains(Secret, StringComparison.OrdinalIgnoreCase))
                    found.Add($"{address} as {viewer}");
            }
        }

        return found;
    }

    /// <summary>A question that said a secret: 1 clean, 2 secret, 3 other tags, 4 clean, 5 rolled back to 2, 6 clean; and an approved suggestion with it.</summary>
    private sealed record Leak(long Post, long Author, long One, long Other, long Suggestion)
    {
        public static async Task<Leak> Make(TestForum forum)
        {
            var (author, one, other) = (await forum.Make.User(1_000), await forum.Make.User(moderator: true), await forum.Make.User(moderator: true));
            await forum.Make.Tags("files streams");
            var post = await forum.Make.Question(author, "Why can I not sign in to the service?", "It says that the password is wrong, and it is not wrong at all.");
            forum.Clock.Advance(TimeSpan.FromHours(1));
            var suggester = await forum.Make.User(100);
            var suggestion = await forum.Send(
                new SuggestEdit(post, $"It says that the password {Secret} is wrong, and it is not wrong.", Comment: $"Say that it is {Secret}"), suggester);
            await forum.Send(new ReviewSuggestedEdit(suggestion, Verdict.Approve), author);
            forum.Clock.Advance(TimeSpan.FromHours(1));
            await forum.Send(new EditPost(post, $"It says that the password {Secret} is wrong, and it is not wrong.", Tags: "streams", Comment: $"Not about {Secret}"), author);
            forum.Clock.Advance(TimeSpan.FromHours(1));
            await forum.Send(new EditPost(post, Clean), author);
            forum.Clock.Advance(TimeSpan.FromHours(1));
            await forum.Send((await forum.Send(new ShowRollback(post, 2), author)).Edit, author);
            forum.Clock.Advance(TimeSpan.FromHours(1));
            await forum.Send(new EditPost(post, Clean), author);
            forum.Clock.Advance(TimeSpan.FromHours(1));
            await forum.Settle();
            return new Leak(post, author, one, other, suggestion);
        }
    }
}
