using FluentValidation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Discipline;

/// <summary>Answers the moderators, in one's own thread with them: also while suspended, or before a warning is acknowledged. Rules: docs/rules/discipline.md, section 1.</summary>
/// <param name="Body">Plain text.</param>
[For(Who.Anyone)]
public sealed record AnswerModerators(string Body) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<AnswerModerators>
    {
        public Rules(ForumSettings settings) => RuleFor(a => a.Body).HasLength(settings.Discipline.Message);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<AnswerModerators>
    {
        public async Task Handle(AnswerModerators answer, CancellationToken token)
        {
            var (me, now) = (user.Required, clock.GetUtcNow());
            var thread = await db.Get<Row>(
                """
                select exists (select 1 from moderator_messages where user_id = @me) as IsThere,
                       (select count(*) from moderator_messages where user_id = @me and kind = 5 and at >= @today) as Today
                """, new { me, today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) }, token);
            DisciplineRules.WhyNotAnswer(thread.IsThere, thread.Today, settings.Discipline)?.Throw();

            await db.Execute(
                "insert into moderator_messages (user_id, author_id, kind, body, at) values (@me, @me, 5, @body, @now)", new { me, body = TextLength.Clean(answer.Body), now }, token);
            happened.Note(new PersonAnswered(me));
        }
    }

    private sealed record Row
    {
        public bool IsThere { get; init; }
        public int Today { get; init; }
    }
}

/// <summary>Says that one has read a warning: after the last of them one writes again. Rules: docs/rules/discipline.md, section 2.</summary>
/// <exception cref="NotFoundException">There is no such warning of the person who asks.</exception>
[For(Who.Anyone)]
public sealed record AcknowledgeWarning(long Id) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, TimeProvider clock) : IRequestHandler<AcknowledgeWarning>
    {
        public async Task Handle(AcknowledgeWarning acknowledge, CancellationToken token)
        {
            var done = await db.Execute(
                "update moderator_messages set acknowledged_at = coalesce(acknowledged_at, @now) where id = @Id and user_id = @me and kind = 2",
                new { acknowledge.Id, me = user.Required, now = clock.GetUtcNow() }, token);
            if (done == 0)
                throw new NotFoundException();
        }
    }
}

/// <summary>A person's own thread with the moderators; which of them wrote is not told. Rules: docs/rules/discipline.md, section 1.</summary>
[For(Who.SignedIn)]
public sealed record ShowMyThread : IRequest<ShowMyThread.View>
{
    /// <param name="Messages">Oldest first.</param>
    /// <param name="SuspendedUntil">Until when the person only reads; null: they are not suspended.</param>
    public sealed record View(IReadOnlyList<ModeratorMessage> Messages, DateTimeOffset? SuspendedUntil);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowMyThread, View>
    {
        public async Task<View> Handle(ShowMyThread show, CancellationToken token)
        {
            var messages = await db.Thread(user.Required, settings.Discipline.MessagesShown, token);
            return new View(
                [.. messages.Select(message => message with { AuthorId = null, Author = null, HandledAt = null })],
                user.SuspendedUntil > clock.GetUtcNow() ? user.SuspendedUntil : null);
        }
    }
}

/// <summary>A person answered the moderators.</summary>
public sealed record PersonAnswered(long UserId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        // Read by that person and the moderators alone.
    }
}
