using System.Net;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Merging;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Merging;

public sealed class ConvertCommentTests
{
    private const string Text = "There is a method for it in the library that reads one line after the other.";

    [Test]
    public async Task A_comment_becomes_an_answer_in_its_authors_name_and_comes_back_with_its_votes()
    {
        await using var forum = new TestForum();
        var town = await MergeTests.Town.Make(forum);
        var comment = await forum.Make.Comment(town.Source, town.Bob, Text);
        await forum.Send(new VoteForComment(comment), await forum.Make.User(500));
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var before = await forum.Send(new ShowQuestion(town.Source));

        var answer = await forum.Send(new ConvertComment(comment, Text), town.Moderator);

        var view = await forum.Send(new ShowQuestion(town.Source));
        Assert.That(view.Question.Comments.Select(c => c.Id), Does.Not.Contain(comment));
        var made = view.Answers.Items.Single(a => a.Id == answer);
        Assert.That((made.AuthorId, made.Html.Contains("reads one line", StringComparison.Ordinal)), Is.EqualTo(((long?)town.Bob, true)));
        Assert.That(made.CreatedAt, Is.EqualTo(before.Question.Comments.Single(c => c.Id == comment).CreatedAt));
        await forum.Settle();
        await forum.Verify();
        Assert.That(await forum.Value<long>("select user_id from inbox where kind = 'comment-converted' and post_id = @answer", new { answer }), Is.EqualTo(town.Bob));

        await forum.Send(new UndoAct(await Dump.LastAct(forum)), town.Moderator);

        view = await forum.Send(new ShowQuestion(town.Source));
        Assert.That(view.Answers.Items.Select(a => a.Id), Is.EquivalentTo(before.Answers.Items.Select(a => a.Id)));
        Assert.That(view.Question.Comments.Select(c => (c.Id, c.Score)), Is.EqualTo(before.Question.Comments.Select(c => (c.Id, c.Score))));
        await forum.Settle();
        await forum.Verify();
        Assert.That(await forum.Value<int>("select count(*) from inbox where kind = 'deleted' and post_id = @answer", new { answer }), Is.Zero, "it was not deleted for what it says");
    }

    [Test]
    public async Task What_is_too_short_for_an_answer_is_said_and_stays_in_the_form()
    {
        await using var site = new TestSite();
        var town = await MergeTests.Town.Make(site.Forum);
        var comment = await site.Forum.Make.Comment(town.Plain, town.Bob, "Use a reader for it.");
        using var moderator = await site.SignedInAs(town.Moderator);
        var page = await moderator.Get($"/comments/{comment}/to-answer");
        Assert.That(page.Value("Body"), Is.EqualTo("Use a reader for it."));

        var refused = await moderator.Submit(page);

        Assert.That((refused.Status, refused.MessagesAt("Body").Count, refused.Value("Body")), Is.EqualTo((HttpStatusCode.BadRequest, 1, "Use a reader for it.")));
        Assert.That((await moderator.Submit(page, null, ("Body", Text))).Location, Does.StartWith("/a/"));
        Assert.That(await site.Forum.Value<long>("select question_id from posts where id = (select max(id) from posts)"), Is.EqualTo(town.Source), "a comment on an answer answers the question");
        using var member = await site.SignedInAs(town.Bob);
        Assert.That((await member.Get($"/comments/{await site.Forum.Make.Comment(town.Plain, town.Bob)}/to-answer")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public void Moderators_make_answers_of_comments_that_somebody_wrote()
    {
        var (moderator, member) = (new Person { Id = 1, IsModerator = true }, new Person { Id = 2, Reputation = 100_000 });
        var (comment, question) = (new CommentFacts { Id = 4, AuthorId = 2 }, new PostFacts { Id = 3, Kind = 1 });

        Assert.That(MergingRules.WhyNotConvert(moderator, comment, question, question), Is.Null);
        Assert.That(MergingRules.WhyNotConvert(member, comment, question, question)?.Code, Is.EqualTo("moderation.moderators-only"));
        Assert.That(MergingRules.WhyNotConvert(moderator, comment with { AuthorId = -1 }, question, question)?.Code, Is.EqualTo("merging.comment-of-nobody"));
        Assert.That(MergingRules.WhyNotConvert(moderator, comment, question, question with { DeletedAt = DateTimeOffset.UnixEpoch })?.Code, Is.EqualTo("merging.deleted"));
        Assert.That(MergingRules.WhyNotConvert(moderator, comment, question, question with { Lock = LockKind.Merged })?.Code, Is.EqualTo("merging.target-merged"));
        Assert.That(MergingRules.WhyNotConvert(moderator, comment, question, question with { Lock = LockKind.WikiAnswer })?.Code, Is.EqualTo("locks.locked-post"));
    }
}
