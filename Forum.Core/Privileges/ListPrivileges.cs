using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Privileges;

/// <summary>All privileges with what they need here, least demanding first, and which of them the one asking has.</summary>
public sealed record ListPrivileges : IRequest<ListPrivileges.View>
{
    /// <summary>The list.</summary>
    /// <param name="Reputation">What the one asking has; null when nobody is signed in.</param>
    /// <param name="Privileges">Least demanding first.</param>
    public sealed record View(int? Reputation, IReadOnlyList<Line> Privileges)
    {
        /// <summary>The one that comes next for the one asking; null when they have them all, or nobody is signed in.</summary>
        public Line? Next => Reputation is null ? null : Privileges.FirstOrDefault(privilege => !privilege.IsHeld);

        /// <summary>How much reputation the one asking lacks for a privilege.</summary>
        public int Missing(Line privilege) => privilege.IsHeld ? 0 : Math.Max(0, privilege.Needs - (Reputation ?? 0));
    }

    /// <summary>One privilege. <c>privileges.{Key}</c> is its title and <c>privileges.{Key}.what</c> its sentence.</summary>
    /// <param name="Key">Its name.</param>
    /// <param name="Needs">The reputation it needs.</param>
    /// <param name="IsHeld">Whether the one asking has it.</param>
    public sealed record Line(string Key, int Needs, bool IsHeld);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListPrivileges, View>
    {
        public async Task<View> Handle(ListPrivileges request, CancellationToken token)
        {
            var me = user.IsSignedIn ? await db.Me(user, token) : null;
            return new View(
                me?.Reputation,
                [
                    .. from privilege in Privilege.All
                       let needs = settings.Needs(privilege)
                       orderby needs
                       select new Line(privilege.Key, needs, me is not null && settings.WhyNot(privilege, me) is null),
                ]);
        }
    }
}
