using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Answers;

/// <summary>The asker takes the accept from an answer; from one that has none it changes nothing.</summary>
public sealed record UnacceptAnswer(long AnswerId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<UnacceptAnswer>
    {
        public async Task Handle(UnacceptAnswer unaccept, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var answer = await db.Acceptable(unaccept.AnswerId, token);
            AcceptRules.WhyNotUnaccept(user.Required, answer)?.Throw();
            if (!answer.IsAccepted)
                return;

            await db.Execute("update posts set accepted_answer_id = null, accepted_at = null where id = @QuestionId", new { answer.QuestionId }, token);
            await db.UndoAccept(answer.AnswerId, user.Required, settings.Reputation, now, token);
            await db.Relist(answer.QuestionId, token);
            happened.Note(new AnswerUnaccepted(answer.QuestionId, answer.AnswerId, answer.AnswererId, answer.AskerId));
        }
    }
}

/// <summary>An asker took the accept from an answer.</summary>
public sealed record AnswerUnaccepted(long QuestionId, long AnswerId, long? AnswererId, long? AskerId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Relisted(QuestionId).Profile(AnswererId).Profile(AskerId).People();
}
