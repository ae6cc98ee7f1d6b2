using Forum.Core;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Voting;

public sealed class VoteForCommentTests
{
    [Test]
    public async Task A_comment_is_voted_for_once_by_each_and_the_vote_can_be_taken_back()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(15);
        var comment = await forum.Make.Comment(await forum.Make.Question());

        await forum.Send(new VoteForComment(comment), bob);
        await forum.Send(new VoteForComment(comment), bob);

        var seen = await forum.Send(new ShowCommentVotes(comment), bob);
        Assert.That((seen.Score, seen.IsMine), Is.EqualTo((1, true)));
        await forum.Verify();

        await forum.Send(new RetractCommentVote(comment), bob);
        await forum.Send(new RetractCommentVote(comment), bob);

        seen = await forum.Send(new ShowCommentVotes(comment), bob);
        Assert.That((seen.Score, seen.IsMine), Is.EqualTo((0, false)));
        await forum.Verify();
    }

    [Test]
    public async Task A_vote_for_a_comment_moves_no_reputation()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(20), await forum.Make.User(15));
        var comment = await forum.Make.Comment(await forum.Make.Question(), by: ada);

        await forum.Send(new VoteForComment(comment), bob);

        Assert.That(await forum.Value<int>("select reputation from users where id = @ada", new { ada }), Is.EqualTo(20));
    }

    [Test]
    public async Task A_refused_vote_for_a_comment_writes_nothing()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(15), await forum.Make.User(14));
        var question = await forum.Make.Question();
        var comment = await forum.Make.Comment(question, by: ada);

        Refused(forum, comment, ada, "voting.own-comment");
        Refused(forum, comment, bob, "privileges.vote-up.needs");
        Refused(forum, comment, null, "accounts.sign-in-first");
        await forum.Write("update posts set deleted_at = 1 where id = @question", new { question });
        Refused(forum, comment, bob, "voting.deleted-comment");

        Assert.That(await forum.Value<int>("select count(*) from comment_votes"), Is.Zero);
        Assert.That(await forum.Value<int>("select score from comments"), Is.Zero);
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new VoteForComment(4_711), bob));
    }

    private static void Refused(TestForum forum, long comment, long? user, string code) =>
        Assert.That(Assert.ThrowsAsync<RefusedException>(() => forum.Send(new VoteForComment(comment), user))!.Refusal.Code, Is.EqualTo(code));
}
