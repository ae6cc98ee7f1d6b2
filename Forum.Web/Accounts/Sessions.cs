using System.Globalization;
using System.Security.Claims;
using FluentValidation;
using FluentValidation.Results;
using Forum.Core;
using Forum.Core.Connections;
using Forum.Core.Paces;
using Forum.Core.Settings;
using Forum.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace Forum.Web.Accounts;

/// <summary>Signing in and out, and changing the password one signs in with. Scoped. Rules: docs/rules/accounts.md.</summary>
public sealed class Sessions(SignInManager<Account> identity, UserManager<Account> accounts, IPasswordHasher<Account> hasher, CurrentUser user, Origin origin, Counters counters, SightAddresses addresses, ForumSettings settings)
{
    /// <summary>What a session remembers: whose it is and the stamp it was made under.</summary>
    internal const string Stamp = "stamp";

    // Somebody's hash to be compared when there is no account, so that the answer takes as long as if there were.
    static string? nobody;

    /// <summary>Whether somebody is signed in.</summary>
    public bool IsOpen => user.IsSignedIn;

    /// <summary>Begins a session for whoever knows the password, and returns who that is.</summary>
    /// <exception cref="ValidationException">The name or the password is wrong, or the account is locked: which of them is not told.</exception>
    /// <exception cref="RefusedException">Too many wrong ones came from this address, or from those around it.</exception>
    public async Task<ClaimsPrincipal> Begin(string? nameOrEmail, string? password, bool remember)
    {
        // Who tries many names is stopped where they are, before a password is looked at.
        counters.WhyNot(PacedAct.FailToSignIn, user, origin)?.Throw();
        var account = await accounts.FindByNameAsync(nameOrEmail ?? "");
        if (account?.PasswordHash is null)
            hasher.VerifyHashedPassword(new Account(), nobody ??= hasher.HashPassword(new Account(), Guid.NewGuid().ToString()), password ?? "");

        var result = account is null ? SignInResult.Failed : await identity.PasswordSignInAsync(account, password ?? "", remember, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            counters.Count(PacedAct.FailToSignIn, user, origin);
            throw Failed("", "accounts.sign-in-failed", settings.Limits.FailedSignIns, settings.Windows.Lockout.TotalMinutes);
        }

        addresses.Note(account!.UserId, identity.Context.Connection.RemoteIpAddress);
        return await identity.CreateUserPrincipalAsync(account);
    }

    /// <summary>Ends the session of this browser.</summary>
    public Task End() => identity.SignOutAsync();

    /// <summary>Changes the signed-in person's password, ends their other sessions and keeps this one.</summary>
    /// <exception cref="ValidationException">The current password is wrong, or the new one is no password.</exception>
    public async Task ChangePassword(string? current, string? changed)
    {
        var account = await accounts.FindByIdAsync(user.Required.ToString(CultureInfo.InvariantCulture)) ?? throw new NotFoundException();
        if (AccountRules.WhyNot(changed, account.SignInName, account.Email, settings.Limits.Password) is { } refusal)
            throw Failed("Changed", refusal.Code, refusal.Arguments);

        // Who sits at somebody's open browser must not try passwords here without end.
        if (!(await identity.CheckPasswordSignInAsync(account, current ?? "", lockoutOnFailure: true)).Succeeded)
            throw Failed("Current", "accounts.wrong-password", settings.Limits.FailedSignIns, settings.Windows.Lockout.TotalMinutes);

        if (!(await accounts.ChangePasswordAsync(account, current ?? "", changed!)).Succeeded)
            throw new ConflictException(new Refusal("accounts.changed-meanwhile"));

        await identity.RefreshSignInAsync(account);
    }

    /// <summary>Makes sure that who sits here knows the signed-in person's password, before something that cannot be undone.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="field">Where it was typed.</param>
    /// <exception cref="ValidationException">It is wrong, or the account is locked.</exception>
    public async Task Confirm(string? password, string field)
    {
        var account = await accounts.FindByIdAsync(user.Required.ToString(CultureInfo.InvariantCulture)) ?? throw new NotFoundException();
        if (!(await identity.CheckPasswordSignInAsync(account, password ?? "", lockoutOnFailure: true)).Succeeded)
            throw Failed(field, "accounts.wrong-password", settings.Limits.FailedSignIns, settings.Windows.Lockout.TotalMinutes);
    }

    static ValidationException Failed(string field, string code, params object[] arguments) =>
        new([new ValidationFailure(field, "") { ErrorCode = code, CustomState = arguments }]);
}

/// <summary>Puts into the session's cookie whose it is and its stamp; name, role and choices are read anew with each request.</summary>
sealed class SessionPrincipals : IUserClaimsPrincipalFactory<Account>
{
    public Task<ClaimsPrincipal> CreateAsync(Account user) =>
        Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, user.UserId.ToString(CultureInfo.InvariantCulture)),
                new(Sessions.Stamp, user.SecurityStamp),
            ],
            IdentityConstants.ApplicationScheme)));
}

/// <summary>The hashes of Identity (PBKDF2 with SHA-512), for Core.</summary>
sealed class PasswordHashes(IPasswordHasher<Account> hasher) : IHashPasswords
{
    static readonly Account Nobody = new();

    public string Hash(string password) => hasher.HashPassword(Nobody, password);
}

/// <summary>Identity's keys are Core's.</summary>
sealed class SignInKeys : ILookupNormalizer
{
    public string? NormalizeName(string? name) => AccountKeys.Of(name);

    public string? NormalizeEmail(string? email) => AccountKeys.Of(email);
}
