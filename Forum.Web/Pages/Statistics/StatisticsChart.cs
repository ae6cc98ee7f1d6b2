using System.Globalization;
using System.Text;
using Forum.Core.Statistics;
using Forum.Web.Languages;

namespace Forum.Web.Pages.Statistics;

/// <summary>What numbers of a chart are.</summary>
public enum Unit
{
    /// <summary>How many.</summary>
    Many,

    /// <summary>How many in a hundred.</summary>
    Percent,

    /// <summary>Seconds.</summary>
    Time,
}

/// <summary>One line of a chart, and one column of its table.</summary>
/// <param name="Name">The key of its name.</param>
/// <param name="Of">Its number in a row; null: there is none.</param>
public sealed record Series(string Name, Func<SiteFigures, long?> Of);

/// <summary>Figures over time as lines of an SVG with a table beside, so that no script is needed to see them.</summary>
/// <param name="Name">The key of its name; also the end of its id.</param>
/// <param name="Unit">What its numbers are.</param>
/// <param name="Lines">One or two.</param>
public sealed record StatisticsChart(string Name, Unit Unit, params IReadOnlyList<Series> Lines)
{
    /// <summary>Units across.</summary>
    public const int Width = 600;

    /// <summary>Units up.</summary>
    public const int Height = 120;

    // Room for a line's own width at the top and the bottom.
    const int Margin = 4;

    /// <summary>All that is shown, in order.</summary>
    public static IReadOnlyList<StatisticsChart> All { get; } =
    [
        new("posts", Unit.Many, new("questions", row => row.Questions), new("answers", row => row.Answers)),
        new(
            "share", Unit.Percent,
            new("answered", row => StatisticsRules.Percent(row.Answered, row.Standing)), new("in-a-day", row => StatisticsRules.Percent(row.AnsweredInADay, row.Standing))),
        new("wait", Unit.Time, new Series("first-answer", row => row.FirstAnswerSeconds)),
        new("people", Unit.Many, new("new-people", row => row.People), new("voters", row => row.Voters)),
        new("flags", Unit.Many, new("raised", row => row.Flags), new("handled", row => row.FlagsHandled)),
        new("flag-wait", Unit.Time, new Series("time", row => row.FlagSeconds)),
        new(
            "closing", Unit.Percent,
            new("closed", row => StatisticsRules.Percent(row.Closings, row.Questions)), new("reopened", row => StatisticsRules.Percent(row.Reopenings, row.Questions))),
        new("reviews", Unit.Many, new Series("done", row => row.Reviews)),
    ];

    /// <summary>The path of the lines at its top and in its middle.</summary>
    public static string Grid { get; } = string.Create(CultureInfo.InvariantCulture, $"M0 {Margin}H{Width}M0 {Height / 2}H{Width}");

    /// <summary>What its top stands for; its bottom is 0.</summary>
    public long Highest(IReadOnlyList<SiteFigures> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        // Even, so that the middle has a whole number; of a time it has minutes, also when there is nothing to show.
        var highest = Math.Max(Unit == Unit.Time ? 240 : 2, Lines.SelectMany(line => rows.Select(line.Of)).Max() ?? 0);
        return highest + highest % 2;
    }

    /// <summary>The path of a line; where there is no number it is broken, and a number alone is a dash.</summary>
    public string Path(Series line, IReadOnlyList<SiteFigures> rows)
    {
        ArgumentNullException.ThrowIfNull(line);
        var highest = Highest(rows);
        var step = (double)Width / Math.Max(1, rows.Count - 1);
        var (path, isDown) = (new StringBuilder(), false);
        for (var i = 0; i < rows.Count; i++)
        {
            if (line.Of(rows[i]) is not { } value)
            {
                isDown = false;
                continue;
            }

            var (x, y) = (i * step, Height - Margin - (double)value / highest * (Height - 2 * Margin));
            path.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{x:0.#} {y:0.#}");
            if (!isDown && (i + 1 == rows.Count || line.Of(rows[i + 1]) is null))
                path.Append(CultureInfo.InvariantCulture, $"h{(i + 1 == rows.Count ? -4 : 4)}");
            isDown = true;
        }

        return path.ToString();
    }

    /// <summary>A number of it in words.</summary>
    public static string Said(Words words, Unit unit, long? value)
    {
        ArgumentNullException.ThrowIfNull(words);
        return (unit, value) switch
        {
            (_, null) => words["statistics.unknown"],
            (Unit.Many, { } many) => words.Number(many),
            (Unit.Percent, { } percent) => words["statistics.percent", words.Number(percent)],
            (Unit.Time, { } seconds) => Took(words, seconds),
        };
    }

    // In the largest unit of which there are at least two.
    static string Took(Words words, long seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return time switch
        {
            { TotalHours: < 2 } => words.Count("statistics.minutes", (long)Math.Round(time.TotalMinutes)),
            { TotalDays: < 2 } => words.Count("statistics.hours", (long)Math.Round(time.TotalHours)),
            _ => words.Count("statistics.days", (long)Math.Round(time.TotalDays)),
        };
    }
}
