using FluentValidation;
using Forum.Core.Discipline;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Connections;

/// <summary>
/// Says that a moderator is about to look at how a person's account is connected with others, and why: a line of the log, whose number it returns.
/// <see cref="ShowConnections"/> shows them by it. Each time anew. Rules: docs/rules/insight.md, section 4.
/// </summary>
[For(Who.Moderator), EachTime]
public sealed record LookAtConnections(long UserId, string Reason) : IRequest<long>, ICommand
{
    /// <summary>What the log calls it.</summary>
    internal const string Action = "look-at-connections";

    internal sealed class Rules : AbstractValidator<LookAtConnections>
    {
        public Rules(ForumSettings settings) => RuleFor(look => look.Reason).HasLength(settings.Insight.Reason);
    }

    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log) : IRequestHandler<LookAtConnections, long>
    {
        public async Task<long> Handle(LookAtConnections look, CancellationToken token)
        {
            var who = await db.Subject(look.UserId, token);
            ConnectionRules.WhyNotLook(user.IsAdministrator, who)?.Throw();
            return await log.Record(new Act(Action, ActSubject.User, who.Id) { ConcernsId = who.Id, Reason = TextLength.Line(look.Reason) }, token);
        }
    }
}

/// <summary>Who may look at whose connections (docs/rules/insight.md, section 4).</summary>
public static class ConnectionRules
{
    /// <summary>Why somebody who moderates may not look at a person's connections.</summary>
    public static Refusal? WhyNotLook(bool isAdministrator, Subject who) => who switch
    {
        { Id: <= 0 } => new("discipline.nobody"),
        // Moderators answer to administrators, not to each other.
        { IsModerator: true } when !isAdministrator => new("connections.moderator"),
        _ => null,
    };
}

/// <summary>Whose connections a moderator may ask for: the form's name, or why not. Rules: docs/rules/insight.md, section 4.</summary>
/// <exception cref="NotFoundException">There is no such person.</exception>
[For(Who.Moderator)]
public sealed record AskForConnections(long UserId) : IRequest<string>
{
    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<AskForConnections, string>
    {
        public async Task<string> Handle(AskForConnections ask, CancellationToken token)
        {
            ConnectionRules.WhyNotLook(user.IsAdministrator, await db.Subject(ask.UserId, token))?.Throw();
            return await db.Get<string>("select name from users where id = @UserId", new { ask.UserId }, token);
        }
    }
}
