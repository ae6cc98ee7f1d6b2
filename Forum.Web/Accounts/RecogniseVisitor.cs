using System.Globalization;
using System.Security.Claims;
using Forum.Core;
using Forum.Core.Connections;
using Forum.Core.Paces;
using Forum.Core.Users;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Forum.Web.Accounts;

/// <summary>
/// Fills <see cref="CurrentUser"/> once a request, by one statement. A session whose stamp is not the account's any more ends here,
/// at the first request after the password changed, on every node.
/// </summary>
sealed class RecogniseVisitor(RequestDelegate next, SightAddresses addresses)
{
    public async Task Invoke(HttpContext context, ISender forum, CurrentUser user, Origin origin, TimeProvider clock)
    {
        origin.Address = context.Connection.RemoteIpAddress;
        if (IsForAPerson(context) && IdOf(context.User) is { } id)
        {
            var known = await forum.Send(new RecogniseUser(id), context.RequestAborted);
            if (known is null || !string.Equals(known.SecurityStamp, context.User.FindFirstValue(Sessions.Stamp), StringComparison.Ordinal))
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
                await context.SignOutAsync(IdentityConstants.ApplicationScheme);
            }
            else
            {
                Fill(user, known);
                context.User = Principal(known);
                if (NoteVisit.IsDue(known.SeenAt, clock.GetUtcNow()))
                    await forum.Send(new NoteVisit(), context.RequestAborted);
                if (HttpMethods.IsPost(context.Request.Method))
                    addresses.Note(id, context.Connection.RemoteIpAddress);
            }
        }

        await next(context);
    }

    // Scripts and styles are the same for everybody.
    static bool IsForAPerson(HttpContext context) => !context.Request.Path.StartsWithSegments("/dist", StringComparison.Ordinal);

    static long? IdOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    static void Fill(CurrentUser user, RecogniseUser.View known)
    {
        user.Id = known.Id;
        user.Name = known.Name;
        user.Reputation = known.Reputation;
        user.IsModerator = known.IsModerator;
        user.IsAdministrator = known.IsAdministrator;
        user.SuspendedUntil = known.SuspendedUntil;
        user.Unread = known.Unread;
        user.Warning = known.Warning;
        user.LeavesAt = known.LeavesAt;
        user.ToModerate = known.ToModerate;
        user.HidesIgnored = known.HidesIgnored;
    }

    static ClaimsPrincipal Principal(RecogniseUser.View known)
    {
        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, known.Id.ToString(CultureInfo.InvariantCulture)),
                new(ClaimTypes.Name, known.Name),
                new(Sessions.Stamp, known.SecurityStamp),
            ],
            IdentityConstants.ApplicationScheme);
        if (known.Language is not null)
            identity.AddClaim(new(Preferences.LanguageName, known.Language));
        if (known.Theme is not null)
            identity.AddClaim(new(Preferences.ThemeName, known.Theme));
        return new ClaimsPrincipal(identity);
    }
}
