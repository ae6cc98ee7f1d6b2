using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Bench.Baselines.Pages;

/// <summary>A question's page out of a model in memory.</summary>
public sealed class QuestionModel(IReadOnlyDictionary<long, Thread> threads) : PageModel
{
    /// <summary>What is shown.</summary>
    public Thread Thread { get; private set; } = null!;

    /// <summary>Whether it is shown with the forms of somebody who is signed in.</summary>
    public bool IsSigned { get; private set; }

    /// <summary>Shows it.</summary>
    public IActionResult OnGet(long id, string? signed)
    {
        if (!threads.TryGetValue(id, out var thread))
            return NotFound();
        (Thread, IsSigned) = (thread, signed is not null);
        return Page();
    }
}

/// <summary>A form's one-time key.</summary>
public static class Keys
{
    /// <summary>Another one.</summary>
    public static string New() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
}

/// <summary>Times as the site words them.</summary>
public static class Moment
{
    /// <summary>For machines.</summary>
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>To the second.</summary>
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How long ago, past a year the day.</summary>
    public static string Ago(DateTimeOffset at) => (DateTimeOffset.UtcNow - at) switch
    {
        { TotalMinutes: < 60 } ago => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalMinutes:0} minutes ago"),
        { TotalHours: < 24 } ago => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalHours:0} hours ago"),
        { TotalDays: < 31 } ago => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalDays:0} days ago"),
        { TotalDays: < 365 } ago => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalDays / 30.44:0} months ago"),
        _ => at.UtcDateTime.ToString("MMM d, yyyy", CultureInfo.InvariantCulture),
    };
}
