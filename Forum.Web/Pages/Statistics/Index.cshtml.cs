using Forum.Core.Statistics;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Statistics;

/// <summary>How the site is doing by the day, week or month. For moderators, and those with the privilege.</summary>
public sealed class IndexModel(ISender forum, TimeProvider clock) : PageModel
{
    /// <summary>What can be chosen.</summary>
    public static IReadOnlyList<Core.Statistics.Span> Spans { get; } = [Core.Statistics.Span.Day, Core.Statistics.Span.Week, Core.Statistics.Span.Month];

    /// <summary>By what is counted: <c>day</c>, <c>week</c> or <c>month</c>; anything else is the day.</summary>
    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    /// <summary>Only what began before this day.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Before { get; set; }

    /// <summary>By what is counted.</summary>
    public Core.Statistics.Span Span => Spans.FirstOrDefault(span => Word(span).Equals(By, StringComparison.OrdinalIgnoreCase), Core.Statistics.Span.Day);

    /// <summary>The figures.</summary>
    public ShowStatistics.View View { get; private set; } = null!;

    /// <summary>A span as an address has it.</summary>
    public static string Word(Core.Statistics.Span span) => span.ToString().ToLowerInvariant();

    /// <summary>Whether a row's time is not over yet.</summary>
    public bool IsRunning(SiteFigures row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return StatisticsRules.Start(row.Last.AddDays(1)) > clock.GetUtcNow();
    }

    /// <summary>Where others are.</summary>
    public static string Address(Core.Statistics.Span span, DateOnly? before = null) =>
        $"/mod/statistics?by={Word(span)}" + (before is { } day ? $"&before={day:yyyy-MM-dd}" : "");

    /// <summary>Shows them.</summary>
    public async Task OnGet(CancellationToken token) => View = await forum.Send(new ShowStatistics(Span, Before), token);
}
