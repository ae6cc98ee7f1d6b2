using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Comments;

public sealed class CommentTests
{
    private const string Text = "Which version of the library is this about?";

    [TestCase(49, false)]
    [TestCase(50, true)]
    public async Task Commenting_everywhere_needs_50(int reputation, bool may)
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(reputation);
        var question = await forum.Make.Question();

        if (may)
            await forum.Send(new PostComment(question, Text), bob);
        else
            await forum.IsRefused(() => forum.Send(new PostComment(question, Text), bob), "comments.comment-everywhere");
    }

    [Test]
    public async Task Everybody_comments_on_their_own_posts_and_on_answers_to_their_questions()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Make.Answer(question, by: bob);

        await forum.Send(new PostComment(question, Text), ada);
        await forum.Send(new PostComment(answer, Text), ada);
        await forum.Send(new PostComment(answer, Text), bob);

        await forum.IsRefused(() => forum.Send(new PostComment(question, Text), bob), "comments.comment-everywhere");
        Assert.That((await forum.Send(new ListComments(answer))).Comments, Has.Count.EqualTo(2));
        await forum.Verify();
    }

    [TestCase(14, "limits.too-short")]
    [TestCase(15, null)]
    [TestCase(600, null)]
    [TestCase(601, "limits.too-long")]
    public async Task A_comment_has_15_to_600_characters(int length, string? code)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada);
        var comment = new PostComment(question, new string('x', length));

        if (code is null)
            await forum.Send(comment, ada);
        else
            await forum.IsBadlyFormed(() => forum.Send(comment, ada), "Body", code);
    }

    [Test]
    public async Task A_comment_is_one_paragraph_with_inline_marks()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada);

        await forum.Send(new PostComment(question, "# Not a heading, *but* `code` and <b>no</b> HTML"), ada);

        var html = (await forum.Send(new ListComments(question))).Comments.Single().Html;
        Assert.That(html, Does.Contain("<em>but</em>").And.Contain("<code>code</code>").And.Contain("&lt;b&gt;").And.Not.Contain("<h1>"));
    }

    [Test]
    public async Task Nobody_comments_on_what_is_deleted_and_only_moderators_on_what_is_locked()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var (deleted, locked) = (await forum.Make.Question(by: ada), await forum.Make.Question(by: await forum.Make.User(500)));
        await forum.Send(new DeletePost(deleted), ada);
        await forum.Write("update posts set locked_at = created_at where id = @locked", new { locked });

        await forum.IsRefused(() => forum.Send(new PostComment(deleted, Text), ada), "comments.deleted-post");
        await forum.IsRefused(() => forum.Send(new PostComment(deleted, Text), moderator), "comments.deleted-post");
        await forum.IsRefused(async () => await forum.Send(new PostComment(locked, Text), await Author(forum, locked)), "comments.locked-post");
        await forum.Send(new PostComment(locked, Text), moderator);
    }

    [TestCase(299, false, true)]
    [TestCase(300, false, false)]
    [TestCase(300, true, true)]
    public async Task A_comment_is_changed_for_5_minutes_and_by_moderators_any_time(int seconds, bool moderator, bool may)
    {
        await using var forum = new TestForum();
        var (ada, mod) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: ada);
        var comment = await forum.Send(new PostComment(question, Text), ada);
        forum.Clock.Advance(TimeSpan.FromSeconds(seconds));

        var edit = new EditComment(comment, "Which version of the **tool** is it about?");
        if (!may)
        {
            await forum.IsRefused(() => forum.Send(edit, ada), "comments.too-late-to-edit");
            return;
        }

        await forum.Send(edit, moderator ? mod : ada);
        var shown = (await forum.Send(new ListComments(question))).Comments.Single();
        Assert.That(shown.Html, Does.Contain("<strong>tool</strong>"));
        Assert.That(shown.EditedAt, Is.EqualTo(forum.Clock.GetUtcNow()));
        await forum.Verify();
    }

    [Test]
    public async Task A_comment_is_saved_again_after_5_seconds()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var comment = await forum.Send(new PostComment(await forum.Make.Question(by: ada), Text), ada);
        await forum.Send(new EditComment(comment, Text + " And when?"), ada);

        forum.Clock.Advance(TimeSpan.FromSeconds(4));
        await forum.IsRefused(() => forum.Send(new EditComment(comment, Text + " And where?"), ada), "comments.edited-just-now");

        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        await forum.Send(new EditComment(comment, Text + " And where?"), ada);
    }

    [Test]
    public async Task Comments_of_others_are_left_alone()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(5_000));
        var comment = await forum.Send(new PostComment(await forum.Make.Question(by: ada), Text), ada);

        await forum.IsRefused(() => forum.Send(new EditComment(comment, Text + " And when?"), bob), "comments.not-yours-to-edit");
        await forum.IsRefused(() => forum.Send(new DeleteComment(comment), bob), "comments.not-yours-to-delete");
        await forum.IsRefused(() => forum.Send(new DeleteComment(comment)), "accounts.sign-in-first");
        await forum.IsBadlyFormed(() => forum.Send(new EditComment(comment, "short"), ada), "Body", "limits.too-short");
        await forum.FindsNothing(() => forum.Send(new DeleteComment(987_654_321), ada));
    }

    [Test]
    public async Task A_deleted_comment_is_gone_for_everybody()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: ada);
        var mine = await forum.Send(new PostComment(question, Text), ada);
        var theirs = await forum.Send(new PostComment(question, Text), ada);

        await forum.Send(new DeleteComment(mine), ada);
        await forum.Send(new DeleteComment(theirs), moderator);

        Assert.That((await forum.Send(new ListComments(question), moderator)).Comments, Is.Empty);
        await forum.FindsNothing(() => forum.Send(new ShowComment(mine), ada));
        await forum.FindsNothing(() => forum.Send(new EditComment(mine, Text), ada));
        await forum.Verify();
    }

    [Test]
    public async Task Of_own_comments_with_votes_20_a_day_are_deleted()
    {
        await using var forum = new TestForum(("Forum:Limits:VotedCommentDeletionsPerDay", "1"));
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(500));
        var question = await forum.Make.Question(by: ada);
        var first = await forum.Send(new PostComment(question, Text), ada);
        var second = await forum.Send(new PostComment(question, Text), ada);
        var plain = await forum.Send(new PostComment(question, Text), ada);
        await forum.Send(new VoteForComment(first), bob);
        await forum.Send(new VoteForComment(second), bob);
        await forum.Send(new DeleteComment(first), ada);

        await forum.IsRefused(() => forum.Send(new DeleteComment(second), ada), "comments.too-many-deletions");
        await forum.Send(new DeleteComment(plain), ada);

        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Send(new DeleteComment(second), ada);
        await forum.Verify();
    }

    [Test]
    public async Task Comments_of_a_deleted_post_show_only_to_those_who_see_the_post()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_999));
        var question = await forum.Make.Question(by: ada);
        var comment = await forum.Send(new PostComment(question, Text), ada);
        await forum.Send(new DeletePost(question), ada);

        await forum.FindsNothing(() => forum.Send(new ListComments(question), bob));
        await forum.FindsNothing(() => forum.Send(new FindComment(comment), bob));
        await forum.FindsNothing(() => forum.Send(new ShowComment(comment), bob));
        Assert.That((await forum.Send(new ListComments(question), ada)).Comments, Has.Count.EqualTo(1));
    }

    private static Task<long> Author(TestForum forum, long post) => forum.Value<long>("select author_id from posts where id = @post", new { post });
}
