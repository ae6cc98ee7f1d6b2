using FsCheck;
using FsCheck.Fluent;
using Forum.Core;
using Forum.Core.Editing;
using Forum.Core.Fairness;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Fairness;

/// <summary>Random votes, deletions and cancellations among a few people over several days.</summary>
public sealed class FairnessPropertyTests
{
    /// <summary>What somebody does, or that time passes.</summary>
    public enum Kind
    {
        VoteUp, VoteDown, Retract, Delete, Undelete, Invalidate, Restore, Minutes, Day, Months,
    }

    /// <summary>One act; who and what are taken modulo how many there are.</summary>
    public sealed record Act(Kind Kind, int Who, int What);

    private static readonly Arbitrary<Act[]> Acts = (
        from act in
            from kind in Gen.Frequency(
                (10, Gen.Constant(Kind.VoteUp)), (6, Gen.Constant(Kind.VoteDown)), (2, Gen.Constant(Kind.Retract)), (2, Gen.Constant(Kind.Delete)),
                (1, Gen.Constant(Kind.Undelete)), (4, Gen.Constant(Kind.Invalidate)), (3, Gen.Constant(Kind.Restore)), (1, Gen.Constant(Kind.Minutes)),
                (1, Gen.Constant(Kind.Day)), (1, Gen.Constant(Kind.Months)))
            from who in Gen.Choose(0, 4)
            from what in Gen.Choose(0, 5)
            select new Act(kind, who, what)
        select act).ArrayOf(40).ToArbitrary();

    [Test]
    public void Whatever_is_taken_out_and_put_back_everything_adds_up() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(Acts, acts => AddsUp(acts).GetAwaiter().GetResult()));

    [Test]
    public void Putting_everything_back_in_any_order_ends_where_it_began() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(
            Acts, Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (acts, seed) => ComesBack(acts, new Random(seed)).GetAwaiter().GetResult()));

    private static async Task<bool> AddsUp(Act[] acts)
    {
        await using var town = await Town.Found();
        foreach (var act in acts)
            await town.Do(act);

        await town.Forum.Verify();
        return true;
    }

    private static async Task<bool> ComesBack(Act[] acts, Random random)
    {
        await using var town = await Town.Found();
        foreach (var act in acts.Where(act => act.Kind is not (Kind.Invalidate or Kind.Restore)))
            await town.Do(act);
        var before = await InvalidateVotesTests.State(town.Forum);

        var pairs = Enumerable.Range(0, 25).OrderBy(_ => random.Next()).ToList();
        foreach (var pair in pairs)
            await town.Do(new Act(Kind.Invalidate, pair / 5, pair % 5));
        await town.Forum.Verify();
        Assert.That(await town.Forum.Value<int>("select count(*) from votes"), Is.Zero);
        foreach (var cancellation in (await town.Cancellations()).OrderBy(_ => random.Next()))
            await town.Forum.Send(new RestoreVotes(cancellation), town.Moderator);

        Assert.That(await InvalidateVotesTests.State(town.Forum), Is.EqualTo(before));
        await town.Forum.Verify();
        return true;
    }

    private sealed class Town : IAsyncDisposable
    {
        private long[] people = [];
        private long[] posts = [];

        public long Moderator { get; private set; }

        public TestForum Forum { get; } = new(("Forum:Preset", "PrivateBeta"), ("Forum:Reputation:DailyCap", "25"), ("Forum:Reputation:KeptFromScore", "1"));

        public static async Task<Town> Found()
        {
            var town = new Town();
            var make = town.Forum.Make;
            town.Moderator = await make.User(moderator: true);
            town.people = [await make.User(1), await make.User(1), await make.User(2), await make.User(12), await make.User(300)];
            var (first, second) = (await make.Question(by: town.people[0]), await make.Question(by: town.people[1]));
            town.posts =
            [
                first, second, await make.Answer(first, town.people[1]), await make.Answer(first, town.people[2]), await make.Answer(second, town.people[3]),
                await make.Answer(second, town.people[4]),
            ];
            town.Forum.Clock.Advance(TimeSpan.FromDays(1));
            return town;
        }

        public async Task Do(Act act)
        {
            var (person, post) = (people[act.Who % people.Length], posts[act.What % posts.Length]);
            Forum.Clock.Advance(TimeSpan.FromSeconds(1));
            try
            {
                await (act.Kind switch
                {
                    Kind.VoteUp => Forum.Send(new CastVote(post, Direction.Up), person),
                    Kind.VoteDown => Forum.Send(new CastVote(post, Direction.Down), person),
                    Kind.Retract => Forum.Send(new RetractVote(post), person),
                    Kind.Delete => Forum.Send(new DeletePost(post), Moderator),
                    Kind.Undelete => Forum.Send(new UndeletePost(post), Moderator),
                    Kind.Invalidate => Forum.Send(new InvalidateVotes(person, people[act.What % people.Length], ""), Moderator),
                    Kind.Restore => Forum.Send(new RestoreVotes(act.What + 1), Moderator),
                    Kind.Minutes => Pass(TimeSpan.FromMinutes(7)),
                    Kind.Day => Pass(TimeSpan.FromHours(24)),
                    Kind.Months => Pass(TimeSpan.FromDays(61)),
                });
            }
            catch (RefusedException)
            {
                // Not everything that comes to mind at random is allowed.
            }
            catch (ConflictException)
            {
                // There is nothing to take out, or it is back already.
            }
            catch (NotFoundException)
            {
                // Nothing was taken out yet.
            }
        }

        public Task<IReadOnlyList<long>> Cancellations() => Forum.Sql(db => db.Query<long>("select id from vote_cancellations where undone_at is null"));

        public ValueTask DisposeAsync() => Forum.DisposeAsync();

        private Task Pass(TimeSpan time)
        {
            Forum.Clock.Advance(time);
            return Task.CompletedTask;
        }
    }
}
