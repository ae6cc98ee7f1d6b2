using System.Globalization;
using Forum.Core;
using Forum.Core.Users;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Forum.Web.Accounts;

/// <summary>
/// What ASP.NET Core Identity asks for and keeps, as requests to Core. It remembers how it read an account, so that an update
/// writes only what this request changed. Scoped.
/// </summary>
public sealed class AccountStore(ISender forum)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserLockoutStore<Account>
{
    readonly Dictionary<long, Account> read = [];

    /// <inheritdoc />
    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        long.TryParse(userId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
            ? Remember(await forum.Send(new FindAccount(id, null), cancellationToken))
            : null;

    /// <summary>People sign in by name or by address; both are looked up here.</summary>
    public async Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Remember(await forum.Send(new FindAccount(null, normalizedUserName), cancellationToken));

    /// <inheritdoc />
    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        await forum.Send(new UpdateAccount(read[user.UserId], user with { }), cancellationToken);
        Remember(user);
        return IdentityResult.Success;
    }

    /// <summary>An account is made together with its person by <see cref="RegisterAccount"/>.</summary>
    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{nameof(RegisterAccount)} makes accounts.");

    /// <summary>An account leaves with its person.</summary>
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts are erased with their person.");

    /// <summary>Counted in the database at once: guesses at the same time all count.</summary>
    public async Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        user.FailedSignIns = await forum.Send(new CountFailedSignIn(user.UserId), cancellationToken);
        read[user.UserId] = read[user.UserId] with { FailedSignIns = user.FailedSignIns };
        return user.FailedSignIns;
    }

    /// <inheritdoc />
    public Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken)
    {
        user.FailedSignIns = 0;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.LockoutEndsAt = lockoutEnd;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken)
    {
        user.SignInName = userName ?? "";
        return Task.CompletedTask;
    }

    /// <summary>Core normalises names itself.</summary>
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Every account can be locked out.</summary>
    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <inheritdoc />
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEndsAt);

    /// <inheritdoc />
    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.FailedSignIns);

    /// <inheritdoc />
    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    /// <inheritdoc />
    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    /// <inheritdoc />
    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    /// <inheritdoc />
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.UserId.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc />
    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SignInName);

    /// <inheritdoc />
    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(AccountKeys.Of(user.SignInName));

    /// <inheritdoc />
    public void Dispose()
    {
    }

    Account? Remember(Account? account)
    {
        if (account is not null)
            read[account.UserId] = account with { };
        return account;
    }
}
