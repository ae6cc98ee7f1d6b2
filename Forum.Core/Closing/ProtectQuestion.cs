using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Closing;

/// <summary>Protects a question from answers of newcomers, or ends that. Everything else goes on. Rules: docs/rules/closing.md.</summary>
public sealed record ProtectQuestion(long QuestionId, bool IsProtected) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Protections protections, Happened happened, TimeProvider clock) : IRequestHandler<ProtectQuestion>
    {
        public async Task Handle(ProtectQuestion protect, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var question = await db.VisibleQuestion(protect.QuestionId, user, settings, token);
            (protect.IsProtected ? ClosingRules.WhyNotProtect(me, question, question.CreatedAt, now, settings) : ClosingRules.WhyNotUnprotect(me, question, settings))?.Throw();

            happened.Note(await protections.Set(question.Id, question.AuthorId, protect.IsProtected, me.Id, token));
        }
    }
}

/// <summary>Protects questions and ends that, for whatever decides it. Scoped.</summary>
internal sealed class Protections(Db db, ModerationLog log, TimeProvider clock)
{
    /// <summary>Writes it to the question, its timeline and the log, and returns what to note.</summary>
    /// <param name="by">Who did it; null: the rules.</param>
    public async Task<ProtectionChanged> Set(long question, long? author, bool isProtected, long? by, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        await db.Execute("update posts set protected_at = case when @isProtected then @now end where id = @question", new { question, isProtected, now }, token);
        await db.Log(question, isProtected ? "protected" : "unprotected", by ?? People.Community, now, token);
        await log.Record(new Act(isProtected ? "protect" : "unprotect", ActSubject.Post, question) { ConcernsId = author, ByItself = by is null }, token);
        return new ProtectionChanged(question, by, isProtected);
    }
}

/// <summary>A question takes answers of newcomers no more, or again.</summary>
/// <param name="ActorId">Who did it; null: the rules.</param>
public sealed record ProtectionChanged(long QuestionId, long? ActorId, bool IsProtected) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>Protection is taken away.</summary>
internal sealed class UndoProtection : IUndo
{
    public string Action => "protect";

    public IBaseRequest Command(LoggedAct act) => new ProtectQuestion(act.SubjectId, IsProtected: false);
}

/// <summary>Protection is put back.</summary>
internal sealed class UndoUnprotection : IUndo
{
    public string Action => "unprotect";

    public IBaseRequest Command(LoggedAct act) => new ProtectQuestion(act.SubjectId, IsProtected: true);
}

/// <summary>A question that is about to be protected, or not to be any more, and why the one who asks may not.</summary>
/// <exception cref="NotFoundException">There is no such question, or it is deleted and not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowProtection(long QuestionId) : IRequest<ShowProtection.View>
{
    public sealed record View(PostFacts Question, Refusal? WhyNot);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowProtection, View>
    {
        public async Task<View> Handle(ShowProtection show, CancellationToken token)
        {
            var question = await db.VisibleQuestion(show.QuestionId, user, settings, token);
            var me = await db.Me(user, token);
            return new View(
                question,
                question.ProtectedAt is null
                    ? ClosingRules.WhyNotProtect(me, question, question.CreatedAt, clock.GetUtcNow(), settings)
                    : ClosingRules.WhyNotUnprotect(me, question, settings));
        }
    }
}
