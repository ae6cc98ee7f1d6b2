using System.Reflection;
using MediatR;

namespace Forum.Core.Pipeline;

/// <summary>Turns away who may not try a request at all.</summary>
internal sealed class Admit<TRequest, TResponse>(CurrentUser user, TimeProvider clock) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly Who Allowed = typeof(TRequest).GetCustomAttribute<ForAttribute>()?.Who
        ?? (typeof(ICommand).IsAssignableFrom(typeof(TRequest)) ? Who.SignedIn : Who.Anyone);

    public Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        WhyNot(Allowed, user, clock.GetUtcNow())?.Throw();
        return next();
    }

    internal static Refusal? WhyNot(Who allowed, CurrentUser user, DateTimeOffset now) => allowed switch
    {
        Who.Anyone => null,
        _ when !user.IsSignedIn => Refusals.SignIn,
        Who.Moderator when !user.IsModerator => Refusals.ModeratorsOnly,
        Who.Administrator when !user.IsAdministrator => Refusals.AdministratorsOnly,
        _ when typeof(ICommand).IsAssignableFrom(typeof(TRequest)) => Writing.WhyNot(user, now),
        _ => null,
    };
}

/// <summary>Who may write at all, for whoever offers it.</summary>
internal static class Writing
{
    /// <summary>Why a person only reads for now, or null.</summary>
    public static Refusal? WhyNot(CurrentUser user, DateTimeOffset now) =>
        user.SuspendedUntil > now ? new Refusal("moderation.suspended", user.SuspendedUntil.Value)
        : user.Warning is not null ? new Refusal("discipline.acknowledge-first")
        : null;
}
