using Forum.Core.Bounties;
using Forum.Core.Reputations;
using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>
/// Votes.xml. Nobody knows who voted: votes wait in <c>import_votes</c>, added up by post, kind and day. Favourites, whose
/// user is known, become saves; the start and the end of a bounty become a bounty.
/// </summary>
internal sealed class ImportVotes(Db db, ImportRun run)
{
    internal const string File = "Votes";
    internal const int Accept = 1;
    internal const int Up = 2;
    internal const int Down = 3;
    private const int Favourite = 5;
    private const int BountyStart = 8;
    private const int BountyEnd = 9;
    private const int BatchSize = 1000;
    private static readonly TimeSpan BountyTime = TimeSpan.FromDays(7);

    // Days in a dump are cut to midnight, and after its time a bounty waits one day for its award.
    private static readonly TimeSpan BountyAtMost = BountyTime + TimeSpan.FromDays(3);

    internal Task Run(CancellationToken token) => run.Read(File, BatchSize, Parse, (rows, batch) => Prepare(rows, batch, token), token);

    private static Vote Parse(DumpRow row)
    {
        var kind = (int)row.Number("VoteTypeId");
        return new Vote
        {
            Id = row.Number("Id"),
            PostId = row.Number("PostId"),
            Kind = kind,
            UserId = row.OptionalNumber("UserId"),
            At = row.Time("CreationDate"),
            Amount = row.Count("BountyAmount") is var amount && amount == 0 && kind == BountyStart
                ? throw new BrokenRowException(new Refusal("importing.missing", "BountyAmount"))
                : amount,
        };
    }

    private async Task<Func<Task>> Prepare(IReadOnlyList<Vote> rows, ImportRun.Batch batch, CancellationToken token)
    {
        var posts = (await run.Look<Post>(
            "select p.id as Id, i.is_new as IsNew, coalesce(p.question_id, p.id) as QuestionId, p.kind as Kind from import_posts i join posts p on p.id = i.id where",
            "i.id", rows.Select(r => (long?)r.PostId))).ToDictionary(p => p.Id);
        var users = await run.Users(rows.Select(r => r.UserId));
        var counts = batch.Of(File);
        var sums = new SortedDictionary<(long Post, int Kind, long Day), int>();
        var rest = new List<(Vote Vote, Post Post)>();
        foreach (var row in rows)
        {
            if (row.Kind is not (Accept or Up or Down or Favourite or BountyStart or BountyEnd))
                counts.Skip(Skip.VoteKind);
            else if (posts.GetValueOrDefault(row.PostId) is not { } post)
                counts.Skip(Skip.NoPost);
            else if (row.Kind is Favourite && !(row.UserId is { } user && users.Contains(user)))
                counts.Skip(Skip.NoUser);
            else if (row.Kind is Accept or Up or Down)
            {
                var key = (row.PostId, row.Kind, DayBalance.Of(row.At));
                sums[key] = sums.GetValueOrDefault(key) + 1;
                if (!post.IsNew && run.IsOld(File, row.At))
                    counts.Already++;
                else
                    counts.Imported++;
            }
            else
                rest.Add((row.UserId is { } voter && users.Contains(voter) ? row : row with { UserId = null }, post));

            batch.Saw(row.At);
        }

        return async () =>
        {
            await db.Execute(
                """
                insert into import_votes (post_id, kind, day, votes) values (@Post, @Kind, @Day, @Votes)
                on conflict (post_id, kind, day) do update set votes = import_votes.votes + excluded.votes
                """, sums.Select(s => new { s.Key.Post, s.Key.Kind, s.Key.Day, Votes = s.Value }), token);
            foreach (var (vote, post) in rest)
                await Write(vote, post, counts, token);
        };
    }

    private async Task Write(Vote vote, Post post, FileReport counts, CancellationToken token)
    {
        // What the last import brought and is not here any more was taken back here.
        var isOld = !post.IsNew && run.IsOld(File, vote.At);
        var written = vote.Kind switch
        {
            _ when isOld => 0,
            Favourite => await db.Execute(
                "insert into saves (user_id, post_id, saved_at) values (@UserId, @PostId, @At) on conflict do nothing", vote, token),
            BountyStart => await db.Execute(
                """
                insert into bounties (question_id, sponsor_id, amount, started_at, ends_at, legacy_id)
                values (@QuestionId, @UserId, @Amount, @At, @EndsAt, @Id)
                on conflict (legacy_id) do nothing
                """, new { post.QuestionId, vote.UserId, vote.Amount, vote.At, EndsAt = vote.At + BountyTime, vote.Id }, token),
            _ => await db.Execute(
                $"""
                update bounties
                set ended_at = @At, awarded_answer_id = @answer, awarded_amount = @amount,
                    outcome = case
                        when @answer is null then {(int)BountyOutcome.Expired}
                        when @amount < amount then {(int)BountyOutcome.AwardedByItself}
                        else {(int)BountyOutcome.Awarded} end
                where id = (
                    select id from bounties
                    where question_id = @QuestionId and legacy_id is not null and (ended_at is null or outcome = {(int)BountyOutcome.Unrecorded})
                      and started_at between @earliest and @At
                    order by started_at desc, id desc
                    limit 1)
                """,
                new
                {
                    post.QuestionId, vote.At, earliest = vote.At - BountyAtMost,
                    answer = post.Kind == 2 ? vote.PostId : (long?)null, amount = post.Kind == 2 ? vote.Amount : 0,
                }, token),
        };
        if (written > 0)
            counts.Imported++;
        else if (vote.Kind == BountyEnd && !isOld && !await Ended(vote, post, token))
            counts.Skip(Skip.NoBounty);
        else
            counts.Already++;
    }

    private async Task<bool> Ended(Vote vote, Post post, CancellationToken token) =>
        await db.Find<int?>(
            "select 1 from bounties where question_id = @QuestionId and legacy_id is not null and ended_at = @At limit 1", new { post.QuestionId, vote.At }, token) is not null;

    private sealed record Vote
    {
        public long Id { get; init; }
        public long PostId { get; init; }
        public int Kind { get; init; }
        public long? UserId { get; init; }
        public DateTimeOffset At { get; init; }
        public int Amount { get; init; }
    }

    private sealed record Post
    {
        public long Id { get; init; }
        public bool IsNew { get; init; }
        public long QuestionId { get; init; }
        public int Kind { get; init; }
    }
}
