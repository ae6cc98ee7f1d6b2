using System.Globalization;
using System.Text;
using Forum.Core.Reputations;

namespace Forum.Web.Pages.Users;

/// <summary>Reputation over time as one line of an SVG, so that no script is needed to see it.</summary>
/// <param name="Line">The path of the line.</param>
/// <param name="Area">The path of what is under it.</param>
/// <param name="From">What it begins with.</param>
/// <param name="To">What it ends with.</param>
/// <param name="Highest">What its top stands for; its bottom is 0.</param>
/// <param name="Begins">The day at its left.</param>
/// <param name="Ends">The day at its right.</param>
public sealed record ReputationChart(string Line, string Area, int From, int To, int Highest, DateTimeOffset Begins, DateTimeOffset Ends)
{
    /// <summary>Units across.</summary>
    public const int Width = 600;

    /// <summary>Units up.</summary>
    public const int Height = 120;

    /// <summary>The path of the lines at its top and in its middle.</summary>
    public static string Grid { get; } = string.Create(CultureInfo.InvariantCulture, $"M0 {Margin}H{Width}M0 {Height / 2}H{Width}");

    // Room for the line's own width at the top and the bottom.
    const int Margin = 4;

    /// <summary>The chart, or null when nothing has changed yet.</summary>
    public static ReputationChart? Of(ShowReputation.View view, int start)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.Days.Count == 0)
            return null;

        var first = Math.Min(DateOnly.FromDateTime(view.Since.UtcDateTime).DayNumber, view.Days[0].Date.DayNumber);
        var span = Math.Max(1, view.Days[^1].Date.DayNumber + 1 - first);
        // Even, so that the middle has a whole number.
        var highest = Math.Max(view.Days.Max(day => day.Balance), start + 1);
        highest += highest % 2;
        var line = new StringBuilder();
        Append(line, 'M', 0, Y(start, highest));
        foreach (var day in view.Days)
        {
            // Reputation stays as it is until the day it changes: steps, not slopes.
            var x = (double)(day.Date.DayNumber - first) / span * Width;
            line.Append(CultureInfo.InvariantCulture, $"H{x:0.#}V{Y(day.Balance, highest):0.#}");
        }

        line.Append(CultureInfo.InvariantCulture, $"H{Width}");
        return new ReputationChart(
            line.ToString(), $"{line}V{Height}H0Z", start, view.Reputation, highest, Start(DateOnly.FromDayNumber(first)), Start(view.Days[^1].Date));
    }

    static void Append(StringBuilder path, char command, double x, double y) => path.Append(CultureInfo.InvariantCulture, $"{command}{x:0.#} {y:0.#}");

    static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    static double Y(int balance, int highest) => Height - Margin - (double)balance / highest * (Height - 2 * Margin);
}
