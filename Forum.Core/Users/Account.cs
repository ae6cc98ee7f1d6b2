using System.Text;
using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Connections;
using Forum.Data;

namespace Forum.Core.Users;

/// <summary>How a person signs in, as the database has it.</summary>
public sealed record Account
{
    /// <summary>The person's id.</summary>
    public long UserId { get; set; }

    /// <summary>The name they sign in with; others see <see cref="Person.Name"/>.</summary>
    public string SignInName { get; set; } = "";

    /// <summary>Their address, or null.</summary>
    public string? Email { get; set; }

    /// <summary>The finished hash; null when no password lets anybody in (an imported person who has not claimed the account).</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes when sessions must end.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Until when no password is looked at; null when it never was.</summary>
    public DateTimeOffset? LockoutEndsAt { get; set; }

    /// <summary>Wrong passwords since the last right one.</summary>
    public int FailedSignIns { get; set; }

    // What is printed ends in logs sooner or later: neither hash nor stamp nor address belongs there.
    public override string ToString() => $"Account {UserId}";
}

/// <summary>Names and addresses as they are compared, and the one way an account is added.</summary>
public static class AccountKeys
{
    /// <summary>The form in which sign-in names and addresses are unique: compatible characters and cases are the same.</summary>
    public static string Of(string? text) =>
        TextLength.Clean(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>A stamp nobody guesses.</summary>
    internal static string NewStamp() => Guid.NewGuid().ToString("N");

    /// <summary>
    /// Adds a person and how they sign in, and returns the id. The unique keys decide between two at once; who comes second
    /// hears it at the field.
    /// </summary>
    /// <exception cref="ValidationException">The sign-in name or the address is taken.</exception>
    internal static async Task<long> AddAccount(this Db db, INewAccount wanted, string hash, DateTimeOffset now, CancellationToken token)
    {
        var name = TextLength.Clean(wanted.Name);
        var id = await db.Get<long>(
            "insert into users (name, search_name, created_at, seen_at) values (@name, @folded, @now, @now) returning id",
            new { name, folded = PersonName.Fold(name), now }, token);

        var keys = new { signIn = AccountKeys.Of(wanted.SignInName), email = AccountKeys.Of(wanted.Email) };
        var added = await db.Execute(
            """
            insert into accounts (user_id, sign_in_name, sign_in_key, email, email_key, password_hash, security_stamp, mailbox)
            values (@id, @signInName, @signIn, @email, @emailKey, @hash, @stamp, @mailbox)
            on conflict do nothing
            """,
            new
            {
                id,
                signInName = TextLength.Clean(wanted.SignInName),
                keys.signIn,
                email = TextLength.Clean(wanted.Email),
                emailKey = keys.email,
                hash,
                stamp = NewStamp(),
                mailbox = Mailbox.Probable(wanted.Email),
            }, token);
        if (added == 1)
        {
            await db.Execute("update totals set users = users + 1", token: token);
            return id;
        }

        var taken = await db.Get<Taken>(
            """
            select
                exists (select 1 from accounts where sign_in_key = @signIn) as SignInName,
                exists (select 1 from accounts where email_key = @email) as Email
            """,
            keys, token);
        throw new ValidationException(Failures(taken));
    }

    private static IEnumerable<ValidationFailure> Failures(Taken taken)
    {
        if (taken.SignInName)
            yield return new(nameof(INewAccount.SignInName), "") { ErrorCode = "accounts.sign-in-name-taken", CustomState = Array.Empty<object>() };
        if (taken.Email)
            yield return new(nameof(INewAccount.Email), "") { ErrorCode = "accounts.email-taken", CustomState = Array.Empty<object>() };
    }

    private sealed record Taken
    {
        public bool SignInName { get; init; }
        public bool Email { get; init; }
    }
}
