using Forum.Core;
using Forum.Core.Editing;
using Forum.Core.Inbox;
using Forum.Core.Questions;
using Forum.Core.Suggestions;
using Forum.Tests.Support;

namespace Forum.Tests.Suggestions;

public sealed class SuggestedEditTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";
    private const string Better = "I have a very large text file, and I want to read it line by line without loading the whole of it.";
    private const string Why = "Say how large it is";

    [Test]
    public async Task Two_reviewers_approve_an_edit_and_whoever_suggested_it_gets_2()
    {
        await using var forum = new TestForum();
        var (newcomer, question) = (await forum.Make.User(name: "New"), await forum.Make.Question(body: Text));
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var edit = await forum.Send(new SuggestEdit(question, Better, Comment: Why), newcomer);

        var first = await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), await forum.Make.User(1_000));
        Assert.That((first, await Body(forum, question), await Reputation(forum, newcomer)), Is.EqualTo(((SuggestionOutcome?)null, Text, 1)));
        var second = await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), await forum.Make.User(1_000));

        var newest = (await forum.Send(new ListRevisions(question))).Revisions.Items[0];
        Assert.That((second, await Body(forum, question), await Reputation(forum, newcomer)), Is.EqualTo((SuggestionOutcome.Approved, Better, 3)));
        Assert.That((newest.Number, newest.AuthorName, newest.Comment), Is.EqualTo((2, "New", Why)));
        await forum.Verify();
    }

    [Test]
    public async Task The_author_of_the_post_decides_alone()
    {
        await using var forum = new TestForum();
        var (author, newcomer) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: author, body: Text);
        var edit = await forum.Send(new SuggestEdit(question, Better, Comment: Why), newcomer);

        Assert.That(await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Reject, "intent"), author), Is.EqualTo(SuggestionOutcome.Rejected));

        Assert.That((await Body(forum, question), await Reputation(forum, newcomer)), Is.EqualTo((Text, 1)));
        Assert.That((await forum.Send(new ShowSuggestedEdit(edit))).Edit.Reason, Is.EqualTo("intent"));
        await forum.Verify();
    }

    [Test]
    public async Task Improving_it_approves_it_and_adds_an_edit()
    {
        await using var forum = new TestForum();
        var (newcomer, reviewer) = (await forum.Make.User(name: "New"), await forum.Make.User(1_000, name: "Rev"));
        var question = await forum.Make.Question(body: Text);
        var edit = await forum.Send(new SuggestEdit(question, Better, Comment: Why), newcomer);

        await forum.Send(new ImproveSuggestedEdit(edit, Verdict.Approve, Better + " Really."), reviewer);

        var history = (await forum.Send(new ListRevisions(question))).Revisions.Items;
        Assert.That(history.Select(r => (r.Number, r.AuthorName)), Is.EqualTo(new[] { (3, "Rev"), (2, "New"), (1, history[2].AuthorName) }));
        Assert.That((await Body(forum, question), await Reputation(forum, newcomer)), Is.EqualTo((Better + " Really.", 3)));
        await forum.Verify();
    }

    [Test]
    public async Task Rejecting_and_editing_keeps_only_the_reviewers_edit()
    {
        await using var forum = new TestForum();
        var (newcomer, reviewer) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(body: Text);
        var edit = await forum.Send(new SuggestEdit(question, Better, Comment: Why), newcomer);

        Assert.That(await forum.Send(new ImproveSuggestedEdit(edit, Verdict.Reject, Text + " Really."), reviewer), Is.EqualTo(SuggestionOutcome.Rejected));

        Assert.That((await Body(forum, question), await Reputation(forum, newcomer)), Is.EqualTo((Text + " Really.", 1)));
        await forum.Verify();
    }

    [Test]
    public async Task A_full_edit_overtakes_an_edit_that_waits()
    {
        await using var forum = new TestForum();
        var editor = await forum.Make.User(1_000);
        var question = await forum.Make.Question(body: Text);
        var edit = await forum.Send(new SuggestEdit(question, Better, Comment: Why), await forum.Make.User());

        await forum.Send(new EditPost(question, Text + " Really."), editor);

        Assert.That((await forum.Send(new ShowSuggestedEdit(edit))).Edit.Outcome, Is.EqualTo(SuggestionOutcome.Overtaken));
        Assert.That(await Said(() => forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), editor)), Is.EqualTo("suggestions.decided"));
    }

    [Test]
    public async Task One_edit_waits_for_a_post_at_a_time_and_its_author_may_take_it_back()
    {
        await using var forum = new TestForum();
        var (one, other) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(body: Text);
        var edit = await forum.Send(new SuggestEdit(question, Better, Comment: Why), one);

        Assert.That(await Said(() => forum.Send(new SuggestEdit(question, Better + " Too.", Comment: Why), other)), Is.EqualTo("suggestions.one-waits"));
        Assert.That(await Said(() => forum.Send(new WithdrawSuggestedEdit(edit), other)), Is.EqualTo("suggestions.not-yours"));
        await forum.Send(new WithdrawSuggestedEdit(edit), one);

        Assert.That(await forum.Send(new SuggestEdit(question, Better + " Too.", Comment: Why), other), Is.GreaterThan(edit));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Who_suggested_it_is_told_when_an_edit_or_a_deletion_cancels_it(bool byDeletion)
    {
        await using var forum = new TestForum();
        var (newcomer, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(body: Text);
        var answer = await forum.Make.Answer(question, body: Text);
        await forum.Send(new SuggestEdit(answer, Better, Comment: Why), newcomer);
        await forum.Settle();

        if (byDeletion)
            await forum.Send(new DeletePost(question), moderator);
        else
            await forum.Send(new EditPost(answer, Text + " Really."), moderator);
        await forum.Settle();

        var told = (await forum.Send(new ShowInbox(), newcomer)).Groups.SelectMany(g => g.Items).Single();
        Assert.That((told.Kind, told.ActorName), Is.EqualTo(("edit-cancelled", "")));
        Assert.That(await forum.Value<int>("select count(*) from suggested_edits where outcome is null"), Is.Zero);
        await forum.Verify();
    }

    [Test]
    public async Task Strangers_suggest_edits_only_where_the_settings_say_so()
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question(body: Text);
        forum.Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(await Said(() => forum.Send(new SuggestEdit(question, Better, Comment: Why))), Is.EqualTo("accounts.sign-in-first"));
        Assert.That(await Said(() => forum.Send(new ShowEditForm(question))), Is.EqualTo("accounts.sign-in-first"));
    }

    [Test]
    public async Task A_strangers_edit_carries_the_name_of_the_Community_user_and_earns_nobody_anything()
    {
        await using var forum = new TestForum(("Forum:Limits:AnonymousSuggestions", "true"), ("Forum:Limits:AnonymousSuggestionsWaiting", "1"));
        var author = await forum.Make.User();
        var (question, other) = (await forum.Make.Question(by: author, body: Text), await forum.Make.Question(body: Text));

        forum.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.That(await Said(() => forum.Send(new SuggestEdit(question, Better, Comment: Why))), Is.EqualTo("suggestions.too-new"));
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        var edit = await forum.Send(new SuggestEdit(question, Better, Comment: Why));
        Assert.That(await Said(() => forum.Send(new SuggestEdit(other, Better, Comment: Why))), Is.EqualTo("suggestions.too-many-strangers"));
        await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), author);
        await forum.Settle();
        await forum.Award();

        var newest = (await forum.Send(new ListRevisions(question))).Revisions.Items[0];
        Assert.That((newest.AuthorId, newest.Body), Is.EqualTo(((long?)-1, Better)));
        Assert.That(await Reputation(forum, -1), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select count(*) from inbox where user_id = -1") + await forum.Value<int>("select count(*) from user_badges where user_id = -1"), Is.Zero);
        await forum.Verify();
    }

    [Test]
    public async Task Who_is_suspended_suggests_nothing()
    {
        await using var forum = new TestForum(("Forum:Limits:AnonymousSuggestions", "true"));
        var (question, suspended) = (await forum.Make.Question(body: Text), await forum.Make.User());
        await forum.Write("update users set suspended_until = @until where id = @suspended", new { suspended, until = forum.Clock.GetUtcNow().AddDays(7) });

        Assert.That(await Said(() => forum.Send(new SuggestEdit(question, Better, Comment: Why), suspended)), Is.EqualTo("moderation.suspended"));
    }

    [TestCase("I have a large text file and want to read it line by line without loading all of i!.", "suggestions.too-small")]
    [TestCase(Text, "editing.nothing-changed")]
    public async Task An_edit_changes_enough_to_be_worth_a_look(string body, string code)
    {
        await using var forum = new TestForum();
        var question = await forum.Make.Question(body: Text);
        var newcomer = await forum.Make.User();

        Assert.That(await Said(() => forum.Send(new SuggestEdit(question, body, Comment: Why), newcomer)), Is.EqualTo(code));
    }

    [Test]
    public async Task Reviewers_have_the_privilege_one_verdict_and_not_suggested_it()
    {
        await using var forum = new TestForum();
        var (newcomer, reviewer) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(body: Text);
        var edit = await forum.Send(new SuggestEdit(question, Better, Comment: Why), newcomer);
        await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), reviewer);

        Assert.That(await Said(async () => await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), reviewer)), Is.EqualTo("suggestions.reviewed"));
        Assert.That(await Said(async () => await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), newcomer)), Is.EqualTo("suggestions.own"));
        var stranger = await forum.Make.User(999);
        Assert.That(await Said(async () => await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), stranger)), Is.EqualTo("privileges.edit-freely.needs"));
        Assert.That(await Said(async () => await forum.Send(new FindEditTask(), stranger)), Is.EqualTo("reviews.needs"));
        Assert.That(await forum.Send(new FindEditTask(), reviewer), Is.Null);
        Assert.That(await forum.Send(new FindEditTask(), await forum.Make.User(1_000)), Is.Not.Null);
    }

    [Test]
    public async Task Nobody_gets_more_than_1_000_by_suggesting()
    {
        await using var forum = new TestForum(("Forum:Reputation:SuggestedEditsAtMost", "2"));
        var (author, newcomer) = (await forum.Make.User(), await forum.Make.User());
        foreach (var times in new[] { 1, 2 })
        {
            var question = await forum.Make.Question(by: author, body: Text);
            var edit = await forum.Send(new SuggestEdit(question, Better + $" {times}.", Comment: Why), newcomer);
            await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), author);
            forum.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.That(await Reputation(forum, newcomer), Is.EqualTo(3));
        await forum.Verify();
    }

    [Test]
    public async Task When_the_post_is_deleted_the_reputation_for_editing_it_goes_and_a_waiting_edit_with_it()
    {
        await using var forum = new TestForum();
        var (author, newcomer, moderator) = (await forum.Make.User(), await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: author, body: Text);
        await forum.Send(new ReviewSuggestedEdit(await forum.Send(new SuggestEdit(question, Better, Comment: Why), newcomer), Verdict.Approve), author);
        var waiting = await forum.Send(new SuggestEdit(question, Better + " And more.", Comment: Why), newcomer);

        await forum.Send(new DeletePost(question), moderator);

        Assert.That(await Reputation(forum, newcomer), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select outcome from suggested_edits where id = @waiting", new { waiting }), Is.EqualTo((int)SuggestionOutcome.Overtaken));
        await forum.Verify();
    }

    [TestCase(5, 0, true)]
    [TestCase(4, 0, false)]
    [TestCase(5, 1, false)]
    [TestCase(6, 3, true)]
    public void Five_rejections_more_than_a_third_of_the_approvals_end_suggesting_for_a_week(int rejected, int approved, bool isBanned)
    {
        var now = new DateTimeOffset(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);
        List<(DateTimeOffset At, bool IsRejected)> decisions =
        [
            .. Enumerable.Range(0, approved).Select(i => (now.AddDays(-3).AddMinutes(i), false)),
            .. Enumerable.Range(0, rejected).Select(i => (now.AddDays(-2).AddMinutes(i), true)),
        ];

        var until = SuggestionRules.BannedUntil(decisions, new(), now);

        Assert.That(until, isBanned ? Is.EqualTo(now.AddDays(5).AddMinutes(rejected - 1)) : Is.Null);
        Assert.That(SuggestionRules.BannedUntil(decisions, new(), now.AddDays(6)), Is.Null);
    }

    [Test]
    public async Task The_author_of_the_post_and_whoever_suggested_it_are_told()
    {
        await using var forum = new TestForum();
        var (author, newcomer) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: author, body: Text);

        var edit = await forum.Send(new SuggestEdit(question, Better, Comment: Why), newcomer);
        await forum.Settle();
        await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Reject, "spam"), author);
        await forum.Settle();

        Assert.That(await Kinds(author), Does.Contain("suggested-edit"));
        Assert.That(await Kinds(newcomer), Is.EqualTo("edit-rejected"));

        Task<string> Kinds(long user) => forum.Value<string>("select coalesce(group_concat(kind, ' '), '') from inbox where user_id = @user", new { user });
    }

    private static Task<string> Body(TestForum forum, long question) => forum.Value<string>("select body from posts where id = @question", new { question });

    private static Task<int> Reputation(TestForum forum, long user) => forum.Value<int>("select reputation from users where id = @user", new { user });

    private static async Task<string> Said(Func<Task> act)
    {
        try
        {
            await act();
            return "";
        }
        catch (RefusedException refused)
        {
            return refused.Refusal.Code;
        }
    }
}
