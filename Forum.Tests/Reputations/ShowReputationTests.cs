using Forum.Core;
using Forum.Core.Reputations;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Reputations;

public sealed class ShowReputationTests
{
    [Test]
    public async Task A_person_sees_balances_by_day_and_the_newest_lines()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada, title: "How do I sort a list of names?");
        await forum.Send(new CastVote(question, Up), bob);

        var shown = await forum.Send(new ShowReputation(ada));

        Assert.That(shown.Reputation, Is.EqualTo(11));
        Assert.That(shown.Days.Select(d => (d.Date, d.Balance)), Is.EqualTo(new[] { (new DateOnly(2026, 3, 2), 11) }));
        Assert.That(shown.Lines.Select(l => (l.Key, l.Change, l.Title)), Is.EqualTo(new[] { ("reputations.question-upvoted", 10, (string?)"How do I sort a list of names?") }));
    }

    [Test]
    public async Task Nobody_else_learns_what_a_person_voted_down()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(1_000);
        var answer = await forum.Make.Answer(await forum.Make.Question());
        await forum.Send(new CastVote(answer, Down), bob);
        await forum.Send(new RetractVote(answer), bob);

        Assert.That((await forum.Send(new ShowReputation(bob), bob)).Lines.Select(l => l.Key),
            Is.EqualTo(new[] { "reputations.vote-undone", "reputations.answer-downvote-cast", "reputations.opening" }));
        Assert.That((await forum.Send(new ShowReputation(bob))).Lines.Select(l => l.Key), Is.EqualTo(new[] { "reputations.opening" }));
    }

    [Test]
    public async Task A_deleted_questions_title_is_not_shown()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question, by: ada);
        await forum.Send(new CastVote(answer, Up), bob);
        await forum.Write("update posts set deleted_at = 1 where id = @question", new { question });

        var lines = (await forum.Send(new ShowReputation(ada), ada)).Lines;

        Assert.That(lines.Single(), Has.Property("Title").Null.And.Property("PostId").Null);
    }

    [Test]
    public async Task Who_does_not_exist_has_none()
    {
        await using var forum = new TestForum();

        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowReputation(4_711)));
    }
}
