using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Departures;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Saves;
using Forum.Core.Samples;
using Forum.Core.Voting;
using Forum.Tests.Support;
using MediatR;

namespace Forum.Tests.Departures;

/// <summary>Whoever leaves, however, whatever happened before: every derived value is what it is derived from.</summary>
public sealed class DeparturePropertyTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    public async Task After_any_acts_and_any_ends_of_accounts_nothing_is_wrong(int seed)
    {
        await using var forum = new TestForum(
            ("Forum:Preset", "PrivateBeta"), ("Forum:Reputation:DailyCap", "25"), ("Forum:Limits:PacedBelowReputation", "0"), ("Forum:Departures:DestroysUpToReputation", "100000"),
            ("Forum:Departures:KeepsVotesFrom", seed % 3 == 0 ? "3" : "500"));
        var dice = new Random(seed);
        var administrator = await forum.Make.User(administrator: true);
        var people = new List<long>();
        foreach (var reputation in new[] { 1, 1, 2, 12, 300, 900, 1, 40 })
            people.Add(await forum.Make.User(reputation));
        var posts = new List<long>();
        foreach (var number in Enumerable.Range(1, 5))
        {
            posts.Add(await forum.Make.Question(Any(people), title: $"How do I read file number {number} by line?"));
            foreach (var way in Enumerable.Range(1, 3))
                posts.Add(await forum.Make.Answer(posts[^way], Any(people), $"Way number {way} is to read the lines of file {number} one at a time."));
        }

        var comments = new List<long>();
        foreach (var _ in Enumerable.Range(1, 6))
            comments.Add(await forum.Make.Comment(Any(posts), Any(people)));
        forum.Clock.Advance(TimeSpan.FromDays(61));
        var gone = new List<long>();
        foreach (var _ in Enumerable.Range(0, 160))
        {
            forum.Clock.Advance(TimeSpan.FromSeconds(dice.Next(1, 20_000)));
            var (me, post) = (Any(people), Any(posts));
            try
            {
                await (dice.Next(20) switch
                {
                    < 6 => forum.Send(new CastVote(post, Direction.Up), me),
                    < 10 => forum.Send(new CastVote(post, Direction.Down), me),
                    10 => forum.Send(new AcceptAnswer(post), await AskerOf(post)),
                    11 => forum.Send(new VoteForComment(Any(comments)), me),
                    12 => forum.Send(new SavePost(post), me),
                    13 => forum.Send(new FlagPost(post, dice.Next(2) == 0 ? FlagKind.Spam : FlagKind.VeryLowQuality), me),
                    14 => forum.Send(new DeletePost(post), administrator),
                    15 => forum.Send(new UndeletePost(post), administrator),
                    16 => forum.Send(new EditPost(post, $"This text was made better at {forum.Clock.GetUtcNow():O}, as texts can be."), me),
                    17 => forum.Send(new ChangeWiki(post, IsWiki: true), administrator),
                    18 => forum.Send(new Core.Fairness.InvalidateVotes(me, Any(people), ""), administrator),
                    _ => Leave(me),
                });
            }
            catch (Exception e) when (e is RefusedException or NotFoundException or ConflictException or FluentValidation.ValidationException)
            {
                // Most of what comes to mind at random is not allowed.
            }
        }

        foreach (var person in people.Take(2).ToList())
            await Leave(person);
        await DepartureTests.Finish(forum);
        await DepartureTests.Settled(forum);
        Assert.That(gone, Is.Not.Empty);
        Assert.That(await forum.Value<int>("select count(*) from posts p join users u on u.id = p.author_id and u.removed_at is not null"), Is.Zero);

        long Any(IReadOnlyList<long> some) => some[dice.Next(some.Count)];

        async Task Leave(long person)
        {
            if (people.Count < 3)
                return;
            people.Remove(person);
            gone.Add(person);
            switch (gone.Count % 3)
            {
                case 0:
                    await forum.Send(new DeleteAccount(person, "It was time.", IsSure: true), administrator);
                    break;
                case 1:
                    await forum.Send(new AskForMerge(person, Any(people), "It was time.", IsSure: true), administrator);
                    await forum.Send(new AgreeToMerge(person, IsSure: true), administrator);
                    break;
                default:
                    await forum.Send(new DestroyAccount(person, "It was time.", IsSure: true), administrator);
                    break;
            }

            // Half of them end while others go on.
            if (dice.Next(2) == 0)
                await DepartureTests.Finish(forum);
        }

        // Nobody accepts what somebody asked who is gone.
        Task<long?> AskerOf(long post) =>
            forum.Value<long?>("select q.author_id from posts p join posts q on q.id = coalesce(p.question_id, p.id) where p.id = @post", new { post });
    }

    [Test]
    public async Task A_whole_community_can_lose_its_best()
    {
        await using var forum = new TestForum(("Forum:Departures:DestroysUpToReputation", "1000000"));
        await forum.Send(new SeedQuestions(120));
        var administrator = await forum.Make.User(administrator: true);
        var best = await forum.Sql(db => db.Query<long>("select id from users where id > 0 and is_moderator = 0 and is_administrator = 0 order by reputation desc limit 4"));

        await forum.Send(new DeleteAccount(best[0], "It was time.", IsSure: true), administrator);
        await forum.Send(new AskForMerge(best[1], best[2], "It was time.", IsSure: true), administrator);
        await forum.Send(new AgreeToMerge(best[1], IsSure: true), administrator);
        await forum.Send(new DestroyAccount(best[3], "It was time.", IsSure: true), administrator);
        await DepartureTests.Finish(forum);

        await DepartureTests.Settled(forum);
    }
}
