using Forum.Core;
using Forum.Core.Editing;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Tests.Support;

namespace Forum.Tests.Tags;

public sealed class TagTextTests
{
    private const string Excerpt = "For questions about reading and writing files, whatever the language.";
    private const string Better = "For questions about reading, writing and watching files, whatever the language.";
    private const string Wiki = "A **file** is a named sequence of bytes. Begin with the manual of your language.";
    private const string Why = "Say what it is for";

    [Test]
    public async Task Whoever_is_trusted_describes_a_tag_at_once_and_it_has_a_history()
    {
        await using var forum = new TestForum();
        var (trusted, other) = (await forum.Make.User(4_000, name: "Trusted"), await forum.Make.User(4_000));
        await forum.Make.Question(tags: "files");

        await forum.Send(new EditTagText("files", TagPart.Excerpt, Excerpt, Why), trusted);
        await forum.Send(new EditTagText("files", TagPart.Wiki, Wiki), trusted);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditTagText("files", TagPart.Excerpt, Better), other);

        var tag = await forum.Send(new ShowTag("files"));
        Assert.That((tag.Excerpt, tag.WikiHtml?.Trim()), Is.EqualTo((Better, "<p>A <strong>file</strong> is a named sequence of bytes. Begin with the manual of your language.</p>")));
        var history = (await forum.Send(new ListRevisions(tag.ExcerptPostId!.Value))).Revisions.Items;
        Assert.That(history.Select(r => (r.Number, r.Body)), Is.EqualTo(new[] { (3, Better), (2, Excerpt), (1, "") }));
        Assert.That((history[1].AuthorName, history[1].Comment), Is.EqualTo(("Trusted", Why)));
        Assert.That((await forum.Send(new ListTags())).Items.Single().Excerpt, Is.EqualTo(Better));
        await forum.Verify();
    }

    [TestCase(3_999, false, false, "tags.cannot-edit")]
    [TestCase(4_000, false, false, null)]
    [TestCase(1, true, false, null)]
    [TestCase(1, false, true, null)]
    public async Task Trusted_users_moderators_and_holders_of_the_gold_badge_edit_at_once(int reputation, bool moderates, bool hasGold, string? code)
    {
        await using var forum = new TestForum();
        var someone = await forum.Make.User(reputation, moderator: moderates);
        await forum.Make.Question(tags: "files");
        if (hasGold)
            await Gold(forum, someone, "files");

        if (code is not null)
            await forum.IsRefused(() => forum.Send(new EditTagText("files", TagPart.Excerpt, Excerpt), someone), code);
        else
            Assert.That(await forum.Send(new EditTagText("files", TagPart.Excerpt, Excerpt), someone), Is.EqualTo(2));
    }

    [Test]
    public async Task The_gold_badge_of_another_tag_is_not_enough()
    {
        await using var forum = new TestForum();
        var someone = await forum.Make.User();
        await forum.Make.Question(tags: "files linq");
        await Gold(forum, someone, "linq");

        await forum.IsRefused(() => forum.Send(new EditTagText("files", TagPart.Excerpt, Excerpt), someone), "tags.cannot-edit");
    }

    [Test]
    public async Task Others_suggest_and_two_reviewers_with_the_privilege_approve_which_brings_2()
    {
        await using var forum = new TestForum();
        var (newcomer, early) = (await forum.Make.User(name: "New"), await forum.Make.User(1_499));
        await forum.Make.Question(tags: "files");
        var edit = await forum.Send(new SuggestTagText("files", TagPart.Wiki, Wiki, Why), newcomer);

        Assert.That(await forum.Send(new FindEditTask(), early), Is.Null);
        await forum.IsRefused(() => forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), early), "privileges.review-tag-texts.needs");
        var reviewer = await forum.Make.User(1_500);
        var task = await forum.Send(new ShowEditTask((await forum.Send(new FindEditTask(), reviewer))!.Value), reviewer);
        var first = await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), reviewer);
        var second = await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), await forum.Make.User(1_500));

        var tag = await forum.Send(new ShowTag("files"));
        Assert.That((task.PostTitle, task.Post.TagPart, first, second), Is.EqualTo(("files", (TagPart?)TagPart.Wiki, (SuggestionOutcome?)null, SuggestionOutcome.Approved)));
        Assert.That(tag.WikiHtml, Does.Contain("<strong>file</strong>"));
        Assert.That((await forum.Send(new ListRevisions(tag.WikiPostId!.Value))).Revisions.Items[0].AuthorName, Is.EqualTo("New"));
        Assert.That(await forum.Value<int>("select reputation from users where id = @newcomer", new { newcomer }), Is.EqualTo(3));
        await forum.Verify();
    }

    [Test]
    public async Task A_moderator_decides_alone_and_whoever_may_not_edit_may_not_improve()
    {
        await using var forum = new TestForum();
        var (newcomer, reviewer, moderator) = (await forum.Make.User(), await forum.Make.User(1_500), await forum.Make.User(moderator: true));
        await forum.Make.Question(tags: "files");
        var edit = await forum.Send(new SuggestTagText("files", TagPart.Excerpt, Excerpt, Why), newcomer);

        await forum.IsRefused(() => forum.Send(new ImproveSuggestedEdit(edit, Verdict.Approve, Better), reviewer), "tags.cannot-edit");
        Assert.That((await forum.Send(new ShowSuggestedEdit(edit), reviewer)).MayImprove, Is.False);
        Assert.That((await forum.Send(new ShowSuggestedEdit(edit), moderator)).MayImprove, Is.True);
        Assert.That(await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Reject, "copied"), moderator), Is.EqualTo(SuggestionOutcome.Rejected));

        Assert.That((await forum.Send(new ShowSuggestedEdit(edit))).Edit.Reason, Is.EqualTo("copied"));
        Assert.That((await forum.Send(new ShowTag("files"))).Excerpt, Is.Empty);
        await forum.Verify();
    }

    [Test]
    public async Task An_edit_at_once_overtakes_one_that_waits()
    {
        await using var forum = new TestForum();
        await forum.Make.Question(tags: "files");
        var edit = await forum.Send(new SuggestTagText("files", TagPart.Excerpt, Excerpt, Why), await forum.Make.User());

        var second = await forum.Make.User();
        await forum.IsRefused(() => forum.Send(new SuggestTagText("files", TagPart.Excerpt, Better, Why), second), "suggestions.one-waits");
        await forum.Send(new EditTagText("files", TagPart.Excerpt, Better), await forum.Make.User(4_000));

        Assert.That((await forum.Send(new ShowSuggestedEdit(edit))).Edit.Outcome, Is.EqualTo(SuggestionOutcome.Overtaken));
    }

    [Test]
    public async Task Whoever_was_faster_wins_and_the_other_is_told()
    {
        await using var forum = new TestForum();
        var (one, other) = (await forum.Make.User(4_000), await forum.Make.User(4_000));
        await forum.Make.Question(tags: "files");
        var basis = (await forum.Send(new ShowTagForm("files"), one)).Texts[0].Basis;
        await forum.Send(new EditTagText("files", TagPart.Excerpt, Excerpt, Basis: basis), other);

        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new EditTagText("files", TagPart.Excerpt, Better, Basis: basis), one));
    }

    [TestCase(TagPart.Excerpt, 19, "limits.too-short")]
    [TestCase(TagPart.Excerpt, 20, null)]
    [TestCase(TagPart.Excerpt, 500, null)]
    [TestCase(TagPart.Excerpt, 501, "limits.too-long")]
    [TestCase(TagPart.Wiki, 29, "limits.too-short")]
    [TestCase(TagPart.Wiki, 30, null)]
    [TestCase(TagPart.Wiki, 30_001, "limits.too-long")]
    public async Task A_text_is_as_long_as_its_part_may_be(TagPart part, int length, string? code)
    {
        await using var forum = new TestForum();
        var trusted = await forum.Make.User(4_000);
        await forum.Make.Question(tags: "files");
        var edit = new EditTagText("files", part, new string('a', length));

        if (code is not null)
            await forum.IsBadlyFormed(() => forum.Send(edit, trusted), "Body", code);
        else
            Assert.That(await forum.Send(edit, trusted), Is.EqualTo(2));
    }

    [Test]
    public async Task There_is_nothing_to_say_of_a_tag_that_is_none()
    {
        await using var forum = new TestForum();
        var trusted = await forum.Make.User(4_000);

        await forum.FindsNothing(() => forum.Send(new EditTagText("files", TagPart.Excerpt, Excerpt), trusted));
        await forum.FindsNothing(() => forum.Send(new ShowTag("files")));
        await forum.FindsNothing(() => forum.Send(new ShowTagForm("files"), trusted));
    }

    internal static Task Gold(TestForum forum, long someone, string tag) =>
        forum.Write(
            """
            insert into badges (name, class, is_tag, award_count) values (@tag, 1, 1, 1);
            insert into user_badges (user_id, badge_id, class, awarded_at) values (@someone, (select id from badges where name = @tag and is_tag = 1 and class = 1), 1, 0);
            update users set gold = gold + 1 where id = @someone;
            """, new { someone, tag });
}
