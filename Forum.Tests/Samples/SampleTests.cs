using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Samples;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Samples;

public sealed class SampleTests
{
    [Test]
    public async Task An_empty_database_gets_a_community_that_is_true_in_itself()
    {
        await using var forum = new TestForum();

        Assert.That(await forum.Send(new MakeSample()), Is.True);

        var list = await forum.Send(new ListQuestions(QuestionOrder.Active, []));
        Assert.That(list.Questions.Total, Is.EqualTo(12));
        Assert.That(await forum.Value<int>("select count(distinct reputation) from users where id > 0"), Is.GreaterThan(5));
        await forum.Verify();
    }

    [Test]
    public async Task A_database_that_somebody_uses_is_left_alone()
    {
        await using var forum = new TestForum();
        await forum.Make.Question();

        Assert.That(await forum.Send(new MakeSample()), Is.False);

        Assert.That(await forum.Value<int>("select count(*) from posts"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_sample_that_somebody_used_stays_used()
    {
        await using var forum = new TestForum();
        await forum.Send(new MakeSample());
        var question = await forum.Value<long>("select min(id) from posts where kind = 1");
        await forum.Send(new CastVote(question, Direction.Down), await forum.Make.User(200));
        await forum.Settle();
        forum.Clock.Advance(TimeSpan.FromDays(30));

        await forum.Service<Housekeeping>().Tidy(default);

        Assert.That(await forum.Value<bool>("select (select max(id) from events) > last_event from samples"), Is.True);
    }
}
