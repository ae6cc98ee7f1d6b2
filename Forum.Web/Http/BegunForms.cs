using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Forum.Web.Http;

/// <summary>
/// When somebody began to write an answer: its form carries a mark that only this site can make, so that a question which is closed meanwhile
/// still takes the answer for a while (docs/rules/closing.md).
/// </summary>
public sealed class BegunForms(IDataProtectionProvider protection, TimeProvider clock)
{
    readonly IDataProtector protector = protection.CreateProtector("Forum.BegunForms");

    /// <summary>The mark of a form that is shown now.</summary>
    public string Mark(long question) =>
        protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{question} {clock.GetUtcNow().ToUnixTimeMilliseconds()}"));

    /// <summary>When the form was shown that carries a mark; null when the mark is none, or another question's.</summary>
    public DateTimeOffset? Read(long question, string? mark)
    {
        if (string.IsNullOrEmpty(mark))
            return null;

        try
        {
            var parts = protector.Unprotect(mark).Split(' ');
            return long.Parse(parts[0], CultureInfo.InvariantCulture) == question
                ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
