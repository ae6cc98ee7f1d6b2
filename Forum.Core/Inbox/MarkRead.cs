using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Inbox;

/// <summary>Marks notices as read: those of one question, those about none, or all. A suspended person may still read.</summary>
/// <param name="QuestionId">The question; <see cref="NoQuestion"/> for those about none, null for all.</param>
/// <param name="Newest">The highest number the person has seen: what came after stays unread.</param>
[For(Who.Anyone)]
public sealed record MarkRead(long? QuestionId, long Newest) : IRequest, ICommand
{
    /// <summary>Stands for no question: the notices of badges and reputation.</summary>
    public const long NoQuestion = 0;

    internal sealed class Handler(Db db, CurrentUser user, TimeProvider clock) : IRequestHandler<MarkRead>
    {
        public Task Handle(MarkRead mark, CancellationToken token) =>
            db.Execute(
                """
                update inbox set read_at = @now
                where user_id = @me and read_at is null and id <= @Newest and (@QuestionId is null or coalesce(question_id, @NoQuestion) = @QuestionId)
                """,
                new { me = user.Required, mark.QuestionId, mark.Newest, NoQuestion, now = clock.GetUtcNow() }, token);
    }
}
