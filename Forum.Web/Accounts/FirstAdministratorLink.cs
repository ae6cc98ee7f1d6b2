using System.Security.Cryptography;
using Forum.Core.Settings;
using Forum.Core.Users;
using MediatR;
using Microsoft.AspNetCore.DataProtection;

namespace Forum.Web.Accounts;

/// <summary>
/// The link by which the first administrator of a new community registers. It is sealed, so nothing of it is kept; it is good for a
/// week, and only while there is no administrator, so it works once.
/// </summary>
public sealed class FirstAdministratorLink(IDataProtectionProvider protection, ISender forum, ForumSettings settings, IConfiguration configuration)
{
    /// <summary>Where the link leads.</summary>
    public const string Path = "/account/first-administrator";

    static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Forum.FirstAdministrator").ToTimeLimitedDataProtector();

    // Where the site is reached; while nobody has said so, where it listens.
    Uri Here => configuration["Forum:PublicUrl"] is null && Uri.TryCreate(configuration["urls"]?.Split(';')[0], UriKind.Absolute, out var listens) ? listens : settings.PublicUrl;

    /// <summary>A new link, or null when there is an administrator.</summary>
    public async Task<Uri?> Make(CancellationToken token) =>
        await forum.Send(new HasAdministrator(), token)
            ? null
            : new Uri(Here, Path + QueryString.Create("token", protector.Protect(Guid.NewGuid().ToString("N"), Lifetime)));

    /// <summary>Whether the token comes from a link that still works.</summary>
    public async Task<bool> IsGood(string? token, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(token) || await forum.Send(new HasAdministrator(), cancellation))
            return false;

        try
        {
            protector.Unprotect(token);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
