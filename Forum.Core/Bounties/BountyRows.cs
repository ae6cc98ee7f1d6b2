using Forum.Core.Locks;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Bounties;

/// <summary>A bounty about to run.</summary>
internal sealed record NewBounty(long QuestionId, long SponsorId, int Amount, string Reason, string Note, DateTimeOffset Now);

/// <summary>Bounties, for the handlers of this room and whoever writes a past.</summary>
internal static class BountyRows
{
    private const string Running =
        """
        select b.id as Id, b.question_id as QuestionId, b.sponsor_id as SponsorId, q.author_id as AskerId, b.amount as Amount, b.started_at as StartedAt,
               b.ends_at as EndsAt, b.reminders as Reminders
        from bounties b
        join posts q on q.id = b.question_id
        where b.ended_at is null and b.legacy_id is null
        """;

    private const string AnswerColumns =
        """
        a.id as Id, a.question_id as QuestionId, a.author_id as AuthorId, a.created_at as CreatedAt, a.score as Score,
               a.deleted_at is not null or q.deleted_at is not null as IsDeleted, coalesce(q.accepted_answer_id = a.id, 0) as IsAccepted
        """;

    /// <summary>The bounty that runs on a question, or null.</summary>
    public static Task<RunningBounty?> BountyOn(this Db db, long questionId, CancellationToken token) =>
        db.Find<RunningBounty>($"{Running} and b.question_id = @questionId", new { questionId }, token);

    /// <summary>The bounty while it runs, or null.</summary>
    public static Task<RunningBounty?> Bounty(this Db db, long id, CancellationToken token) =>
        db.Find<RunningBounty>($"{Running} and b.id = @id", new { id }, token);

    /// <summary>Bounties whose time is over by some moment, the longest ended first.</summary>
    public static Task<IReadOnlyList<RunningBounty>> BountiesThatEndBy(this Db db, DateTimeOffset moment, CancellationToken token) =>
        db.Query<RunningBounty>($"{Running} and b.ends_at <= @moment order by b.ends_at", new { moment }, token);

    /// <summary>An answer.</summary>
    /// <exception cref="NotFoundException">There is no such answer.</exception>
    public static async Task<BountyAnswer> BountyAnswer(this Db db, long answerId, CancellationToken token) =>
        await db.Find<BountyAnswer>(
            $"select {AnswerColumns} from posts a join posts q on q.id = a.question_id where a.id = @answerId and a.kind = 2", new { answerId }, token)
        ?? throw new NotFoundException();

    /// <summary>All answers of a question.</summary>
    public static Task<IReadOnlyList<BountyAnswer>> BountyAnswers(this Db db, long questionId, CancellationToken token) =>
        db.Query<BountyAnswer>(
            $"select {AnswerColumns} from posts a join posts q on q.id = a.question_id where a.question_id = @questionId and a.kind = 2", new { questionId }, token);

    /// <summary>A question, as the rules see it for somebody who would offer a bounty.</summary>
    public static Task<BountyTarget> BountyTarget(this Db db, long questionId, long person, CancellationToken token) =>
        db.Get<BountyTarget>(
            $"""
            select q.id as QuestionId, q.created_at as AskedAt, q.deleted_at is not null as IsDeleted, q.closed_at is not null as IsClosed,
                   {LockColumns.Stops("q", "q", LockedAct.Bounty)} as IsLocked,
                   exists (select 1 from bounties b where b.question_id = q.id and b.ended_at is null) as HasBounty,
                   exists (select 1 from posts a where a.question_id = q.id and a.kind = 2 and a.deleted_at is null and a.author_id = @person) as HasAnswered,
                   (select count(*) from bounties b
                    where b.question_id = q.id and b.sponsor_id = @person and b.outcome is not {(int)BountyOutcome.Refunded}) as Earlier,
                   (select count(*) from bounties b where b.sponsor_id = @person and b.ended_at is null) as Running
            from posts q
            where q.id = @questionId
            """, new { questionId, person }, token);

    /// <summary>Writes a bounty, with the ledger's line of what it costs its sponsor, and returns its id.</summary>
    public static async Task<long> Offer(this Db db, NewBounty bounty, ForumSettings settings, CancellationToken token)
    {
        var id = await db.Get<long>(
            """
            insert into bounties (question_id, sponsor_id, amount, started_at, ends_at, reason, note)
            values (@QuestionId, @SponsorId, @Amount, @Now, @endsAt, @Reason, @Note)
            returning id
            """,
            new { bounty.QuestionId, bounty.SponsorId, bounty.Amount, bounty.Now, endsAt = bounty.Now + settings.Bounties.Runs, bounty.Reason, bounty.Note }, token);
        await db.Record(
            [new ReputationChange(bounty.SponsorId, ReputationKind.BountyStarted, bounty.QuestionId, bounty.SponsorId, -bounty.Amount)], settings.Reputation, bounty.Now, token);
        return id;
    }

    /// <summary>Ends a bounty, with the ledger's line for whoever gets of it.</summary>
    /// <param name="bounty">The bounty.</param>
    /// <param name="outcome">How it ends.</param>
    /// <param name="award">The answer that gets of it, or null.</param>
    public static async Task End(this Db db, RunningBounty bounty, BountyOutcome outcome, BountyAward? award, ReputationSettings rules, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute(
            "update bounties set ended_at = @now, outcome = @outcome, awarded_answer_id = @answer, awarded_amount = @amount where id = @Id",
            new { bounty.Id, now, outcome = (int)outcome, answer = award?.Answer.Id, amount = award?.Amount ?? 0 }, token);
        if (award is { Answer.AuthorId: { } author })
            await db.Record([Gain(author, bounty, outcome, award)], rules, now, token);
    }

    // Of one that goes by itself nobody is the cause but the one who acts when no person does.
    private static ReputationChange Gain(long author, RunningBounty bounty, BountyOutcome outcome, BountyAward award) =>
        outcome == BountyOutcome.Awarded
            ? new(author, ReputationKind.BountyAwarded, award.Answer.Id, bounty.SponsorId ?? People.Community, award.Amount)
            : new(author, ReputationKind.BountyAwardedByItself, award.Answer.Id, People.Community, award.Amount);
}
