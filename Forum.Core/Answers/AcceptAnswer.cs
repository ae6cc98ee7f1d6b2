using Forum.Core.Locks;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Answers;

/// <summary>
/// The asker marks the answer that helped, and the mark moves here if another answer has it: returns the id of that one,
/// or null. Accepting what is accepted changes nothing. Rules: <see cref="AcceptRules"/>.
/// </summary>
public sealed record AcceptAnswer(long AnswerId) : IRequest<long?>, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<AcceptAnswer, long?>
    {
        public async Task<long?> Handle(AcceptAnswer accept, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var answer = await db.Acceptable(accept.AnswerId, token);
            if (answer.IsAccepted && answer.AskerId == user.Required)
                return null;

            AcceptRules.WhyNot(user.Required, answer, settings.Windows, now)?.Throw();

            long? loser = null;
            if (answer.AcceptedId is { } previous)
            {
                loser = (await db.Acceptable(previous, token)).AnswererId;
                await db.UndoAccept(previous, user.Required, settings.Reputation, now, token);
            }

            await db.Execute(
                "update posts set accepted_answer_id = @AnswerId, accepted_at = @now where id = @QuestionId", new { answer.AnswerId, answer.QuestionId, now }, token);
            await db.Record(Accepts.Changes(user.Required, answer), settings.Reputation, now, token);
            await db.Relist(answer.QuestionId, token);
            happened.Note(new AnswerAccepted(answer.QuestionId, answer.AnswerId, answer.AnswererId, loser, user.Required));
            return answer.AcceptedId;
        }
    }
}

/// <summary>An asker accepted an answer.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="AnswerId">The answer.</param>
/// <param name="AnswererId">Who wrote it.</param>
/// <param name="LoserId">Who wrote the answer that had the mark before.</param>
/// <param name="AskerId">Whose question it is.</param>
public sealed record AnswerAccepted(long QuestionId, long AnswerId, long? AnswererId, long? LoserId, long AskerId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Relisted(QuestionId).Profile(AnswererId).Profile(LoserId).Profile(AskerId).People();
}

/// <summary>What accepting and its undoing share.</summary>
internal static class Accepts
{
    private static readonly ReputationKind[] Kinds = [ReputationKind.AnswerAccepted, ReputationKind.AcceptedAnswer];

    /// <summary>The answer, and what its question says of it.</summary>
    /// <exception cref="NotFoundException">There is no such answer.</exception>
    public static async Task<Acceptable> Acceptable(this Db db, long answerId, CancellationToken token) =>
        (await db.Acceptables([answerId], token)).SingleOrDefault() ?? throw new NotFoundException();

    /// <summary>Answers, and what their questions say of them; those that do not exist are left out.</summary>
    public static Task<IReadOnlyList<Acceptable>> Acceptables(this Db db, IReadOnlyCollection<long> answerIds, CancellationToken token) =>
        db.Query<Acceptable>(
            $"""
            select a.id as AnswerId, a.author_id as AnswererId, a.wiki_at is not null as IsWiki, q.id as QuestionId, q.author_id as AskerId,
                   q.created_at as AskedAt, q.accepted_answer_id as AcceptedId, a.deleted_at is not null or q.deleted_at is not null as IsDeleted,
                   {LockColumns.Stops("a", "q", LockedAct.Accept)} or {LockColumns.Stops("q", "q", LockedAct.Accept)} as IsLocked,
                   exists (
                       select 1 from reputation_events e
                       where e.post_id = a.id and e.cause_id = q.author_id and e.state in (0, 2)
                         and e.kind in ({(int)ReputationKind.AnswerAccepted}, {(int)ReputationKind.AcceptedAnswer})) as IsPaid
            from posts a
            join posts q on q.id = a.question_id
            where {db.Dialect.In("a.id", "@answerIds")} and a.kind = 2
            """,
            new { answerIds }, token);

    /// <summary>Whose reputation an accept moves: nobody's for one's own answer, for community wiki, or twice.</summary>
    public static IReadOnlyList<ReputationChange> Changes(long asker, Acceptable answer)
    {
        if (answer.IsWiki || answer.AnswererId == asker || answer.IsPaid)
            return [];

        var forAsker = new ReputationChange(asker, ReputationKind.AcceptedAnswer, answer.AnswerId, asker);
        return answer.AnswererId is { } answerer
            ? [new ReputationChange(answerer, ReputationKind.AnswerAccepted, answer.AnswerId, asker), forAsker]
            : [forAsker];
    }

    /// <summary>Takes back what an accept did to anyone's reputation.</summary>
    public static Task UndoAccept(this Db db, long answerId, long asker, ReputationSettings rules, DateTimeOffset now, CancellationToken token) =>
        db.Undo(answerId, asker, Kinds, AdjustmentReason.AcceptUndone, rules, now, token);
}
