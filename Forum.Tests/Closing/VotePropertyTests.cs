using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Forum.Core;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Voting;
using Forum.Data;
using Forum.Tests.Support;

namespace Forum.Tests.Closing;

/// <summary>
/// Random acts of people who close, reopen, delete, undelete and protect, and of moderators who undo what they find in the log. What the log
/// says of every vote is compared with the table; then everything is taken back.
/// </summary>
public sealed class VotePropertyTests
{
    /// <summary>What somebody does to a post, or that time passes.</summary>
    public enum Kind
    {
        Close, CloseAsDuplicate, Confirm, Reopen, VoteDelete, VoteUndelete, Delete, Undelete, Retract, Protect, Undo, Hours, Weeks,
    }

    /// <summary>One act; who and what are taken modulo how many there are.</summary>
    public sealed record Deed(Kind Kind, int Who, int What, int How);

    private static readonly Arbitrary<Deed[]> Deeds = (
        from deed in
            from kind in Gen.Frequency(
                (7, Gen.Constant(Kind.Close)), (7, Gen.Constant(Kind.CloseAsDuplicate)), (1, Gen.Constant(Kind.Confirm)), (7, Gen.Constant(Kind.Reopen)),
                (9, Gen.Constant(Kind.VoteDelete)), (6, Gen.Constant(Kind.VoteUndelete)), (2, Gen.Constant(Kind.Delete)), (2, Gen.Constant(Kind.Undelete)),
                (3, Gen.Constant(Kind.Retract)), (1, Gen.Constant(Kind.Protect)), (3, Gen.Constant(Kind.Undo)), (2, Gen.Constant(Kind.Hours)), (1, Gen.Constant(Kind.Weeks)))
            from who in Gen.Choose(0, 59)
            from what in Gen.Choose(0, 59)
            from how in Gen.Choose(0, 59)
            select new Deed(kind, who, what, how)
        select deed).ArrayOf(60).ToArbitrary();

    [Test]
    public void Whatever_is_voted_the_log_replays_to_it_and_taking_all_back_ends_where_it_began() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(Deeds, deeds => Holds(deeds).GetAwaiter().GetResult()));

    private static async Task<bool> Holds(Deed[] deeds)
    {
        await using var town = await Town.Found();
        var before = await town.Visible();
        foreach (var deed in deeds)
            await town.Do(deed);
        await town.Forum.Verify();
        Assert.That(await town.Replayed(), Is.EqualTo(await town.Votes()));
        Assert.That(await town.Forum.Sql(db => db.Query<long>(
            """
            select q.id from posts q
            where q.close_reason = 'duplicate'
              and not exists (select 1 from post_links l join posts o on o.id = l.to_post_id where l.from_post_id = q.id and l.kind = 3 and o.close_reason is not 'duplicate')
            """)), Is.Empty, "duplicates without an original that is none");

        await town.TakeAllBack();

        Assert.That(await town.Replayed(), Is.EqualTo(await town.Votes()));
        Assert.That(await town.Visible(), Is.EqualTo(before));
        await town.Forum.Verify();
        return true;
    }

    private sealed class Town : IAsyncDisposable
    {
        private long moderator;
        private long[] people = [];
        private long[] questions = [];
        private long[] posts = [];

        public TestForum Forum { get; } = new(("Forum:Preset", "PrivateBeta"), ("Forum:Deletion:Votes", "2"), ("Forum:Deletion:UndeleteVotes", "2"));

        public static async Task<Town> Found()
        {
            var town = new Town();
            var make = town.Forum.Make;
            town.moderator = await make.User(moderator: true);
            town.people = [await make.User(300), await make.User(2_000), await make.User(2_500), await make.User(3_000), await make.User(4_000), await make.User(20)];
            await DuplicateTests.Gild(town.Forum, town.people[5], "files");
            town.questions =
            [
                await make.Question(by: town.people[0]), await make.Question(by: town.people[1], title: "How do I write a file line by line?"),
                await make.Question(by: town.people[0], title: "How do I copy a file line by line?"),
            ];
            var (good, bad) = (new List<long>(), new List<long>());
            foreach (var question in town.questions)
            {
                good.Add(await make.Answer(question, town.people[2]));
                bad.Add(await make.Answer(question, town.people[3]));
            }

            town.posts = [.. town.questions, .. good, .. bad];
            var voter = await make.User(1_000);
            foreach (var answer in good)
                await town.Forum.Send(new CastVote(answer, Direction.Up), voter);
            foreach (var answer in bad)
                await town.Forum.Send(new CastVote(answer, Direction.Down), voter);
            town.Forum.Clock.Advance(TimeSpan.FromDays(2));
            return town;
        }

        public async Task Do(Deed deed)
        {
            // No two acts of one instant.
            Forum.Clock.Advance(TimeSpan.FromSeconds(1));
            var who = deed.Who % (people.Length + 1) is var i && i < people.Length ? people[i] : moderator;
            var question = questions[deed.What % questions.Length];
            // Of what can be brought back there is little.
            var deleted = deed.Kind is Kind.VoteUndelete or Kind.Undelete ? await Forum.Sql(db => db.Query<long>("select id from posts where deleted_at is not null order by id")) : [];
            var post = deleted.Count > 0 ? deleted[deed.What % deleted.Count] : posts[deed.What % posts.Length];
            try
            {
                await (deed.Kind switch
                {
                    Kind.Close => Forum.Send(new CastCloseVote(question, CloseReason.General[deed.How % CloseReason.General.Count]), who),
                    Kind.CloseAsDuplicate => Forum.Send(new CastCloseVote(question, CloseReason.Duplicate, Original(question, deed.How)), who),
                    Kind.Confirm => Forum.Send(new ConfirmDuplicate(question), people[deed.How % 2]),
                    Kind.Reopen => Forum.Send(new CastReopenVote(question), who),
                    Kind.VoteDelete => Forum.Send(new CastDeleteVote(post), who),
                    Kind.VoteUndelete => Forum.Send(new CastUndeleteVote(post), who),
                    Kind.Delete => Forum.Send(new DeletePost(post), deed.How % 2 == 0 ? moderator : people[deed.How % 4]),
                    Kind.Undelete => Forum.Send(new UndeletePost(post), deed.How % 2 == 0 ? moderator : people[deed.How % 4]),
                    Kind.Retract => Retract(deed.How),
                    Kind.Protect => Forum.Send(new ProtectQuestion(question, deed.How % 2 == 0), who),
                    Kind.Undo => Undo(deed.How),
                    Kind.Hours => Wait(TimeSpan.FromHours(30)),
                    _ => Wait(TimeSpan.FromDays(15)),
                });
            }
            catch (Exception refused) when (refused is RefusedException or ConflictException or NotFoundException)
            {
                // What may not be done is not what is looked at here.
            }
        }

        public async Task TakeAllBack()
        {
            foreach (var question in questions)
            {
                await Do(() => Forum.Send(new UndeletePost(question), moderator));
                await Do(() => Forum.Send(new CastReopenVote(question), moderator));
                await Do(() => Forum.Send(new ProtectQuestion(question, false), moderator));
            }

            foreach (var answer in posts.Except(questions))
                await Do(() => Forum.Send(new UndeletePost(answer), moderator));
            Forum.Clock.Advance(TimeSpan.FromDays(15));
            await Forum.Service<LapseVotes>().Lapse(default);
            Assert.That(await Forum.Value<int>("select count(*) from moderation_votes where outcome is null"), Is.Zero);
        }

        /// <summary>What people see of posts, lists, tags, reputation and search.</summary>
        public Task<string> Visible() =>
            Forum.Sql(async db =>
            {
                var rows = new List<string>();
                foreach (var sql in (string[])
                [
                    "select * from posts order by id", "select * from question_tags order by question_id, tag_id", "select * from tags order by id", "select * from totals",
                    "select * from post_links where kind = 3 order by from_post_id, to_post_id", "select id, reputation, question_count, answer_count from users order by id",
                    "select * from tag_scores order by user_id, tag_id", "select id, body from comments where deleted_at is null order by id", "select rowid as id from post_search order by rowid",
                ])
                {
                    rows.AddRange((await db.Query<object>(sql)).Select(row => $"{row}"));
                }

                return string.Join('\n', rows);
            });

        public Task<IReadOnlyList<string>> Votes() =>
            Forum.Sql(db => db.Query<string>("select id || ' ' || kind || ' ' || post_id || ' ' || user_id || ' ' || coalesce(outcome, 0) from moderation_votes order by id"));

        /// <summary>The same of the log alone. What is done counts every vote for it that waits, and the one that decided.</summary>
        public async Task<IReadOnlyList<string>> Replayed()
        {
            string[] verbs = ["", "close", "reopen", "delete", "undelete"];
            var votes = new SortedDictionary<long, (int Kind, long Post, long User, int Outcome)>();
            foreach (var act in await Forum.Sql(db => db.Query<LoggedAct>($"select {LoggedAct.Columns} from moderation_acts a where a.subject_kind = 1 order by a.id")))
            {
                var words = act.Action.Split('-');
                if (Array.IndexOf(verbs, act.Action) is > 0 and var done)
                {
                    foreach (var (id, vote) in votes.Where(v => v.Value.Kind == done && v.Value.Post == act.SubjectId && v.Value.Outcome == 0).ToList())
                        votes[id] = vote with { Outcome = 1 };
                    if (act.Value("Vote") is { } alone)
                        votes[alone] = (done, act.SubjectId, act.ActorId!.Value, 1);
                }
                else if (act.Value("Vote") is { } cast && words is [var verb, "vote"])
                {
                    votes[cast] = (Array.IndexOf(verbs, verb), act.SubjectId, act.ActorId!.Value, 0);
                }
                else if (act.FormerValue("Vote") is { } ended)
                {
                    votes[ended] = votes[ended] with { Outcome = words[0] switch { "retract" => 2, "lapse" => 3, _ => 4 } };
                }
            }

            return [.. votes.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key} {v.Value.Kind} {v.Value.Post} {v.Value.User} {v.Value.Outcome}"))];
        }

        public ValueTask DisposeAsync() => Forum.DisposeAsync();

        private async Task Do(Func<Task> act)
        {
            Forum.Clock.Advance(TimeSpan.FromSeconds(1));
            try
            {
                await act();
            }
            catch (RefusedException)
            {
                // It is so already.
            }
        }

        private string Original(long question, int how) =>
            questions.Where(other => other != question).ElementAt(how % (questions.Length - 1)).ToString(CultureInfo.InvariantCulture);

        private async Task Retract(int how)
        {
            var waiting = await Forum.Sql(db => db.Query<long>("select id from moderation_votes where outcome is null order by id"));
            if (waiting.Count == 0)
                return;

            var id = waiting[how % waiting.Count];
            var post = await Forum.Value<long>("select post_id from moderation_votes where id = @id", new { id });
            var kind = await Forum.Value<int>("select kind from moderation_votes where id = @id", new { id });
            await Forum.Send(new RetractModerationVote(post, (ModerationVoteKind)kind), await Forum.Value<long>("select user_id from moderation_votes where id = @id", new { id }));
        }

        private async Task Undo(int how)
        {
            var acts = await Forum.Sql(db => db.Query<long>("select id from moderation_acts order by id desc limit 6"));
            if (acts.Count > 0)
                await Forum.Send(new UndoAct(acts[how % acts.Count]), moderator);
        }

        private async Task Wait(TimeSpan span)
        {
            Forum.Clock.Advance(span);
            await Forum.Service<LapseVotes>().Lapse(default);
        }
    }
}
