using System.Net.Mail;
using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Pipeline;
using Forum.Core.Settings;

namespace Forum.Core.Users;

/// <summary>What a person says to get an account.</summary>
public interface INewAccount
{
    /// <summary>What they sign in with; unique.</summary>
    string SignInName { get; }

    /// <summary>What others see; not unique.</summary>
    string Name { get; }

    /// <summary>Their address; unique, and they can sign in with it too.</summary>
    string Email { get; }

    /// <summary>Their password, as typed.</summary>
    string Password { get; }
}

/// <summary>Makes the hash of a password: slow on purpose, so it happens before the writer is held.</summary>
public interface IHashPasswords
{
    /// <summary>The hash to keep.</summary>
    string Hash(string password);
}

/// <summary>Rules for new accounts and passwords (docs/rules/accounts.md).</summary>
public static class AccountRules
{
    private const int LongestEmail = 254;

    /// <summary>Why a password may not be used, or null.</summary>
    public static Refusal? WhyNot(string? password, string? signInName, string? email, LengthRange length)
    {
        ArgumentNullException.ThrowIfNull(length);
        // Blanks at its ends belong to a password, so it is counted as it is.
        var runes = (password ?? "").EnumerateRunes().Count();
        return password switch
        {
            _ when runes < length.Min => new("accounts.password-too-short", length.Min),
            _ when runes > length.Max => new("accounts.password-too-long", length.Max),
            _ when IsSame(password, signInName) || IsSame(password, email) => new("accounts.password-is-name"),
            _ => null,
        };
    }

    private static bool IsSame(string? one, string? other) => string.Equals(AccountKeys.Of(one), AccountKeys.Of(other), StringComparison.Ordinal);

    /// <summary>Whether a text can be a sign-in name: letters and digits of any script, and . _ - between them.</summary>
    public static bool IsSignInName(string? text)
    {
        var name = TextLength.Clean(text);
        return name.Length > 0
            && name.All(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '.' or '_' or '-')
            && name[0] is not ('.' or '_' or '-') && name[^1] is not ('.' or '_' or '-');
    }

    internal static bool IsEmail(string? text)
    {
        var address = TextLength.Clean(text);
        return address.Length <= LongestEmail
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' or ',')
            && MailAddress.TryCreate(address, out var parsed)
            && string.Equals(parsed.Address, address, StringComparison.Ordinal)
            && parsed.Host.Contains('.', StringComparison.Ordinal);
    }
}

/// <summary>What is checked of every new account before anything is written.</summary>
internal abstract class NewAccountRules<T> : AbstractValidator<T> where T : INewAccount
{
    protected NewAccountRules(ForumSettings settings)
    {
        RuleFor(a => a.SignInName).Cascade(CascadeMode.Stop)
            .HasLength(settings.Limits.SignInName)
            .Must(AccountRules.IsSignInName).WithErrorCode("accounts.sign-in-name-characters");
        RuleFor(a => a.Name).Cascade(CascadeMode.Stop).IsDisplayName(settings.Limits);
        RuleFor(a => a.Email).Must(AccountRules.IsEmail).WithErrorCode("accounts.email-malformed");
        RuleFor(a => a.Password).Custom((password, context) =>
        {
            var account = context.InstanceToValidate;
            if (AccountRules.WhyNot(password, account.SignInName, account.Email, settings.Limits.Password) is { } refusal)
                context.AddFailure(new ValidationFailure(context.PropertyPath, "") { ErrorCode = refusal.Code, CustomState = refusal.Arguments });
        });
    }
}

/// <summary>The hash of the password that a request brings, made before the writer is held.</summary>
internal sealed class HashedPassword(IHashPasswords hasher) : IPrepare<RegisterAccount>, IPrepare<RegisterFirstAdministrator>, IPrepare<SetPassword>
{
    public string Hash { get; private set; } = "";

    public Task Prepare(RegisterAccount request, CancellationToken token) => Make(request.Password);

    public Task Prepare(RegisterFirstAdministrator request, CancellationToken token) => Make(request.Password);

    public Task Prepare(SetPassword request, CancellationToken token) => Make(request.Password);

    private Task Make(string password)
    {
        Hash = hasher.Hash(password);
        return Task.CompletedTask;
    }
}
