namespace Forum.Core.Statistics;

/// <summary>What figures are counted for; stored by these numbers (docs/rules/insight.md, section 1).</summary>
public enum Span
{
    /// <summary>A UTC day.</summary>
    Day = 1,

    /// <summary>A week from Monday on.</summary>
    Week = 7,

    /// <summary>A month of the calendar.</summary>
    Month = 30,

    /// <summary>The ninety days up to yesterday.</summary>
    NinetyDays = 90,
}

/// <summary>Figures of the whole site for a span of time.</summary>
public sealed record SiteFigures
{
    internal const string Columns =
        """
        span as Span, first_day as FirstDay, questions as Questions, answers as Answers, standing as Standing, answered as Answered, answered_in_a_day as AnsweredInADay,
        first_answer_seconds as FirstAnswerSeconds, closed as Closed, deleted as Deleted, people as People, voters as Voters, flags as Flags, flags_handled as FlagsHandled,
        flags_in_a_day as FlagsInADay, flag_seconds as FlagSeconds, closings as Closings, reopenings as Reopenings, reviews as Reviews, suspensions as Suspensions
        """;

    public Span Span { get; init; }

    /// <summary>Its first day, since 1970.</summary>
    public int FirstDay { get; init; }

    /// <summary>Asked, with those among them that were deleted since.</summary>
    public int Questions { get; init; }
    public int Answers { get; init; }

    /// <summary>Questions asked then that are not deleted…</summary>
    public int Standing { get; init; }

    /// <summary>…that have an answer by somebody else…</summary>
    public int Answered { get; init; }

    /// <summary>…which came within a day.</summary>
    public int AnsweredInADay { get; init; }

    /// <summary>The median time to it; null: none has one.</summary>
    public long? FirstAnswerSeconds { get; init; }

    /// <summary>Questions asked then that are closed, and not deleted.</summary>
    public int Closed { get; init; }

    /// <summary>Questions asked then that are deleted.</summary>
    public int Deleted { get; init; }
    public int People { get; init; }

    /// <summary>Different people who voted for posts.</summary>
    public int Voters { get; init; }
    public int Flags { get; init; }
    public int FlagsHandled { get; init; }

    /// <summary>Of those handled, within a day of being raised.</summary>
    public int FlagsInADay { get; init; }

    /// <summary>The median time from a flag to its end.</summary>
    public long? FlagSeconds { get; init; }
    public int Closings { get; init; }
    public int Reopenings { get; init; }
    public int Reviews { get; init; }
    public int Suspensions { get; init; }

    /// <summary>The first day as a date.</summary>
    public DateOnly First => StatisticsRules.Date(FirstDay);

    /// <summary>The last day.</summary>
    public DateOnly Last => StatisticsRules.Next(Span, First).AddDays(-1);
}

/// <summary>A question as its day's figures see it.</summary>
/// <param name="IsDeleted">Whether it is deleted by now.</param>
/// <param name="IsClosed">Whether it is closed by now.</param>
/// <param name="Wait">Seconds until somebody else answered; null: nobody has.</param>
internal readonly record struct AskedQuestion(bool IsDeleted, bool IsClosed, long? Wait);

/// <summary>What happened on a day.</summary>
internal sealed class DayFacts
{
    public IReadOnlyList<AskedQuestion> Questions { get; set; } = [];
    public int Answers { get; set; }
    public int People { get; set; }
    public int Flags { get; set; }
    public int Closings { get; set; }
    public int Reopenings { get; set; }
    public int Suspensions { get; set; }
    public int Reviews { get; set; }

    /// <summary>Seconds that each flag waited which was decided on this day.</summary>
    public List<long> FlagWaits { get; } = [];

    /// <summary>Who voted.</summary>
    public HashSet<long> Voters { get; } = [];
}

/// <summary>How days become figures (docs/rules/insight.md, section 1).</summary>
public static class StatisticsRules
{
    private const int DaySeconds = 86_400;
    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>A day since 1970 as a date.</summary>
    public static DateOnly Date(int day) => DateOnly.FromDayNumber(Epoch + day);

    /// <summary>A date as a day since 1970.</summary>
    public static int Day(DateOnly date) => date.DayNumber - Epoch;

    /// <summary>When a day begins.</summary>
    public static DateTimeOffset Start(DateOnly date) => new(date, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The first day of the span that a day is in.</summary>
    public static DateOnly First(Span span, DateOnly date) => span switch
    {
        Span.Day or Span.NinetyDays => date,
        Span.Week => date.AddDays(-(((int)date.DayOfWeek + 6) % 7)),
        Span.Month => new DateOnly(date.Year, date.Month, 1),
    };

    /// <summary>The first day after a span.</summary>
    public static DateOnly Next(Span span, DateOnly first) => span == Span.Month ? first.AddMonths(1) : first.AddDays((int)span);

    /// <summary>The figures of some days together.</summary>
    internal static SiteFigures Sum(Span span, DateOnly first, IReadOnlyCollection<DayFacts> days)
    {
        var questions = days.SelectMany(day => day.Questions).ToList();
        var standing = questions.Where(question => !question.IsDeleted).ToList();
        var waits = standing.Where(question => question.Wait is not null).Select(question => question.Wait!.Value).ToList();
        var flags = days.SelectMany(day => day.FlagWaits).ToList();
        return new SiteFigures
        {
            Span = span, FirstDay = Day(first),
            Questions = questions.Count, Answers = days.Sum(day => day.Answers),
            Standing = standing.Count, Answered = waits.Count, AnsweredInADay = waits.Count(wait => wait <= DaySeconds), FirstAnswerSeconds = Median(waits),
            Closed = standing.Count(question => question.IsClosed), Deleted = questions.Count - standing.Count,
            People = days.Sum(day => day.People), Voters = days.SelectMany(day => day.Voters).Distinct().Count(),
            Flags = days.Sum(day => day.Flags), FlagsHandled = flags.Count, FlagsInADay = flags.Count(wait => wait <= DaySeconds), FlagSeconds = Median(flags),
            Closings = days.Sum(day => day.Closings), Reopenings = days.Sum(day => day.Reopenings),
            Reviews = days.Sum(day => day.Reviews), Suspensions = days.Sum(day => day.Suspensions),
        };
    }

    /// <summary>How many in a hundred; null of none.</summary>
    public static int? Percent(int part, int whole) => whole == 0 ? null : (int)Math.Round(100.0 * part / whole, MidpointRounding.AwayFromZero);

    /// <summary>The middle one; of an even number the mean of the two in the middle.</summary>
    internal static long? Median(IReadOnlyCollection<long> values)
    {
        if (values.Count == 0)
            return null;

        var ordered = values.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }
}
