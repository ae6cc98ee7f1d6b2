using FsCheck;
using FsCheck.Fluent;
using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Fairness;
using Forum.Core.Voting;
using Forum.Tests.Fairness;
using Forum.Tests.Support;

namespace Forum.Tests.Reputations;

/// <summary>
/// Random acts of several people over several days. What the ledger says is compared with a fold written down here once
/// more, over the votes and accepts that stand, without looking at the ledger.
/// </summary>
public sealed class ReputationPropertyTests
{
    private const int Cap = 25;

    /// <summary>What somebody does to a post, or that time passes.</summary>
    public enum Kind
    {
        VoteUp, VoteDown, Retract, Accept, Unaccept, Edit, Delete, Undelete, Invalidate, Restore, Release, Minutes, Day, Months,
    }

    /// <summary>One act; who and what are taken modulo how many there are.</summary>
    public sealed record Act(Kind Kind, int Who, int What);

    private static readonly Arbitrary<Act[]> Acts = (
        from act in
            from kind in Gen.Frequency(
                (8, Gen.Constant(Kind.VoteUp)), (6, Gen.Constant(Kind.VoteDown)), (4, Gen.Constant(Kind.Retract)), (3, Gen.Constant(Kind.Accept)),
                (1, Gen.Constant(Kind.Unaccept)), (2, Gen.Constant(Kind.Edit)), (2, Gen.Constant(Kind.Delete)), (1, Gen.Constant(Kind.Undelete)),
                (3, Gen.Constant(Kind.Invalidate)), (2, Gen.Constant(Kind.Restore)), (4, Gen.Constant(Kind.Release)),
                (2, Gen.Constant(Kind.Minutes)), (1, Gen.Constant(Kind.Day)), (1, Gen.Constant(Kind.Months)))
            from who in Gen.Choose(0, 5)
            from what in Gen.Choose(0, 6)
            select new Act(kind, who, what)
        select act).ArrayOf(40).ToArbitrary();

    [Test]
    public void Whatever_happens_reputation_is_the_fold_and_scores_are_the_votes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Acts, acts => Holds(acts).GetAwaiter().GetResult()));

    [Test]
    public void Undoing_everything_in_any_order_ends_where_it_began() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(
            Acts, Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (acts, seed) => ComesBack(acts, seed).GetAwaiter().GetResult()));

    [Test]
    public void Putting_all_votes_back_that_were_taken_out_in_any_order_ends_where_it_began() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(
            Acts, Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (acts, seed) => IsPutBack(acts, new Random(seed)).GetAwaiter().GetResult()));

    private static async Task<bool> Holds(Act[] acts)
    {
        await using var town = await Town.Found();
        foreach (var act in acts)
            await town.Do(act);

        await town.Forum.Verify();
        await town.CompareWithVotes();
        return true;
    }

    private static async Task<bool> ComesBack(Act[] acts, int seed)
    {
        await using var town = await Town.Found();
        var before = await town.State();
        foreach (var act in acts)
            await town.Do(act);

        await town.UndoAll(new Random(seed));

        Assert.That(await town.State(), Is.EqualTo(before));
        await town.Forum.Verify();
        return true;
    }

    private static async Task<bool> IsPutBack(Act[] acts, Random random)
    {
        await using var town = await Town.Found();
        foreach (var act in acts.Where(act => act.Kind is not (Kind.Invalidate or Kind.Restore)))
            await town.Do(act);
        var before = await InvalidateVotesTests.State(town.Forum);

        foreach (var pair in Enumerable.Range(0, 36).OrderBy(_ => random.Next()).ToList())
            await town.Do(new Act(Kind.Invalidate, pair / 6, pair % 6));
        await town.Forum.Verify();
        foreach (var cancellation in (await town.Cancellations()).OrderBy(_ => random.Next()))
            await town.Do(new Act(Kind.Restore, 0, (int)cancellation - 1));

        Assert.That(await InvalidateVotesTests.State(town.Forum), Is.EqualTo(before));
        await town.Forum.Verify();
        return true;
    }

    private sealed class Town : IAsyncDisposable
    {
        private long moderator;
        private long[] people = [];
        private long[] posts = [];
        private int edits;

        public TestForum Forum { get; } = new(
            ("Forum:Preset", "PrivateBeta"), ("Forum:Reputation:DailyCap", Cap.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            // Votes wait an hour first, until the second of the months goes by.
            ("Forum:Fairness:Holds", "Always"), ("Forum:Fairness:YoungFor", "100.00:00:00"), ("Forum:Fairness:HoldFor", "01:00:00"));

        public static async Task<Town> Found()
        {
            var town = new Town();
            var make = town.Forum.Make;
            town.moderator = await make.User(moderator: true);
            // Some at the floor, where order matters most, some above it.
            town.people = [await make.User(1), await make.User(1), await make.User(1), await make.User(2), await make.User(12), await make.User(300)];
            var (first, second) = (await make.Question(by: town.people[0]), await make.Question(by: town.people[1]));
            town.posts =
            [
                first, second, await make.Answer(first, town.people[1]), await make.Answer(first, town.people[2]), await make.Answer(first, town.people[0]),
                await make.Answer(second, town.people[0]), await make.Answer(second, town.people[3]),
            ];
            // One answer is good and old enough for its author to keep what it brought when it is deleted.
            town.Forum.Clock.Advance(TimeSpan.FromDays(61));
            for (var i = 0; i < 4; i++)
            {
                town.Forum.Clock.Advance(TimeSpan.FromSeconds(1));
                await town.Forum.Send(new CastVote(town.posts[2], Direction.Up), await make.User(1));
            }

            town.Forum.Clock.Advance(TimeSpan.FromDays(1));
            await town.Release();
            return town;
        }

        public async Task Do(Act act)
        {
            var (person, post) = (people[act.Who % people.Length], posts[act.What % posts.Length]);
            // No two events of one instant: the order of events is that of their times.
            Forum.Clock.Advance(TimeSpan.FromSeconds(1));
            try
            {
                await (act.Kind switch
                {
                    Kind.VoteUp => Forum.Send(new CastVote(post, Direction.Up), person),
                    Kind.VoteDown => Forum.Send(new CastVote(post, Direction.Down), person),
                    Kind.Retract => Forum.Send(new RetractVote(post), person),
                    Kind.Accept => Forum.Send(new AcceptAnswer(post), await AskerOf(post)),
                    Kind.Unaccept => Forum.Send(new UnacceptAnswer(post), await AskerOf(post)),
                    Kind.Edit => Edit(post),
                    Kind.Delete => Forum.Send(new DeletePost(post), moderator),
                    Kind.Undelete => Forum.Send(new UndeletePost(post), moderator),
                    Kind.Invalidate => Forum.Send(new InvalidateVotes(person, people[act.What % people.Length], ""), moderator),
                    Kind.Restore => Forum.Send(new RestoreVotes(act.What + 1), moderator),
                    Kind.Release => Release(),
                    Kind.Minutes => Pass(TimeSpan.FromMinutes(7)),
                    Kind.Day => Pass(TimeSpan.FromHours(24)),
                    Kind.Months => Pass(TimeSpan.FromDays(31)),
                });
            }
            catch (RefusedException)
            {
                // Most of what comes to mind at random is not allowed; that it then changes nothing is part of the claim.
            }
            catch (NotFoundException)
            {
                // A question is no answer to accept, and not so often were votes taken out.
            }
            catch (ConflictException)
            {
                // There are no votes to take out, or they are back already.
            }
        }

        public async Task UndoAll(Random order)
        {
            foreach (var post in posts)
                await Do(new Act(Kind.Undelete, 0, Array.IndexOf(posts, post)));
            await Pass(TimeSpan.FromMinutes(10));
            foreach (var post in posts)
                await Edit(post);

            var undos = new List<Func<Task>>();
            foreach (var vote in (await Rows("select post_id as PostId, user_id as UserId from votes union all select post_id, user_id from held_votes")).Where(v => people.Contains(v.UserId)))
                undos.Add(() => Forum.Send(new RetractVote(vote.PostId), vote.UserId));
            foreach (var accept in await Rows("select accepted_answer_id as PostId, author_id as UserId from posts where accepted_answer_id is not null"))
                undos.Add(() => Forum.Send(new UnacceptAnswer(accept.PostId), accept.UserId));
            foreach (var undo in undos.OrderBy(_ => order.Next()).ToList())
            {
                Forum.Clock.Advance(TimeSpan.FromSeconds(1));
                await undo();
            }
        }

        public Task<IReadOnlyList<long>> Cancellations() => Forum.Sql(db => db.Query<long>("select id from vote_cancellations order by id"));

        public Task<string> State() =>
            Forum.Value<string>(
                """
                select (select group_concat(id || ':' || reputation, ' ') from (select id, reputation from users order by id))
                    || ' / ' || (select group_concat(user_id || ':' || day || ':' || balance, ' ') from (select * from reputation_days order by user_id, day))
                    || ' / ' || (select group_concat(id || ':' || score || ':' || is_answered || ':' || coalesce(accepted_answer_id, 0), ' ')
                                 from (select * from posts order by id))
                """);

        /// <summary>The ledger's results against those of the acts that stand.</summary>
        public async Task CompareWithVotes()
        {
            var standing = await Forum.Sql(db => db.Query<Standing>(
                """
                select v.post_id as PostId, v.user_id as UserId, v.direction as Direction, coalesce(v.counted_at, v.cast_at) as At from votes v
                union all
                select q.accepted_answer_id, q.author_id, 0, q.accepted_at from posts q where q.accepted_answer_id is not null
                """));
            var facts = (await Forum.Sql(db => db.Query<Post>(
                """
                select p.id as Id, p.kind as Kind, p.author_id as AuthorId, p.score as Score, p.created_at as CreatedAt, p.deleted_at as DeletedAt,
                       q.deleted_at as QuestionDeletedAt
                from posts p left join posts q on q.id = p.question_id
                """))).ToDictionary(p => p.Id);

            foreach (var post in facts.Values)
                Assert.That(post.Score, Is.EqualTo(standing.Where(s => s.PostId == post.Id).Sum(s => s.Direction)), $"score of {post.Id}");

            foreach (var person in people)
            {
                var events = new SortedList<DateTimeOffset, (int Worth, bool IsCapped)>();
                foreach (var act in standing)
                {
                    var post = facts[act.PostId];
                    if (!post.CountsFor(person))
                        continue;
                    if (post.AuthorId == person && act.Direction != 0)
                        events.Add(act.At, (act.Direction > 0 ? 10 : -2, true));
                    else if (act.UserId == person && act.Direction == -1 && post.Kind == 2)
                        events.Add(act.At, (-1, false));
                    else if (act.Direction == 0 && act.UserId != post.AuthorId && (post.AuthorId == person || act.UserId == person))
                        events.Add(act.At, (post.AuthorId == person ? 15 : 2, false));
                }

                var balance = 1 + await Forum.Value<int>("select coalesce(sum(nominal), 0) from reputation_events where user_id = @person and kind = 1", new { person });
                var capped = new Dictionary<DateTime, int>();
                foreach (var (at, (worth, isCapped)) in events)
                {
                    var sum = capped.GetValueOrDefault(at.UtcDateTime.Date);
                    var change = isCapped && worth > 0 ? Math.Clamp(Cap - sum, 0, worth) : Math.Max(worth, 1 - balance);
                    if (isCapped)
                        capped[at.UtcDateTime.Date] = sum + change;
                    balance += change;
                    Assert.That(balance, Is.GreaterThanOrEqualTo(1));
                }

                Assert.That(capped.Values, Is.All.LessThanOrEqualTo(Cap));
                Assert.That(await Forum.Value<int>("select reputation from users where id = @person", new { person }), Is.EqualTo(balance), $"reputation of {person}");
            }
        }

        public ValueTask DisposeAsync() => Forum.DisposeAsync();

        private Task<IReadOnlyList<Standing>> Rows(string sql) => Forum.Sql(db => db.Query<Standing>(sql));

        private Task<long> AskerOf(long post) =>
            Forum.Value<long>("select q.author_id from posts p join posts q on q.id = coalesce(p.question_id, p.id) where p.id = @post", new { post });

        private Task<int> Edit(long post) =>
            Forum.Send(new EditPost(post, $"The text of this post was improved for the {++edits}. time, which makes its votes free again."), moderator);

        // One after the other, so that no two count in one instant.
        private async Task Release()
        {
            Forum.Clock.Advance(TimeSpan.FromHours(1));
            foreach (var vote in await Rows("select post_id as PostId, user_id as UserId from held_votes order by cast_at"))
            {
                Forum.Clock.Advance(TimeSpan.FromSeconds(1));
                await Forum.Send(new CountHeldVote(vote.PostId, vote.UserId));
            }
        }

        private Task Pass(TimeSpan time)
        {
            Forum.Clock.Advance(time);
            return Task.CompletedTask;
        }
    }

    private sealed record Standing
    {
        public long PostId { get; init; }
        public long UserId { get; init; }
        public int Direction { get; init; }
        public DateTimeOffset At { get; init; }
    }

    private sealed record Post
    {
        public long Id { get; init; }
        public int Kind { get; init; }
        public long AuthorId { get; init; }
        public int Score { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? DeletedAt { get; init; }
        public DateTimeOffset? QuestionDeletedAt { get; init; }

        public bool CountsFor(long person)
        {
            var gone = new[] { DeletedAt, QuestionDeletedAt }.Min();
            return gone is null || (person == AuthorId && Score >= 3 && gone - CreatedAt >= TimeSpan.FromDays(60));
        }
    }
}
