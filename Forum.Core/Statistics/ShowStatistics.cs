using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Statistics;

/// <summary>
/// Figures of the site by the day, week or month, oldest first: for moderators and those with the privilege. One statement. Rules:
/// docs/rules/insight.md, section 2.
/// </summary>
/// <param name="Span">What one row is of.</param>
/// <param name="Before">Only what began before this day; null: up to the newest.</param>
[For(Who.SignedIn)]
public sealed record ShowStatistics(Span Span, DateOnly? Before = null) : IRequest<ShowStatistics.View>
{
    /// <param name="Rows">The figures.</param>
    /// <param name="Earlier">What <see cref="Before"/> is for those before them; null: there are none.</param>
    /// <param name="Later">For those after them.</param>
    public sealed record View(IReadOnlyList<SiteFigures> Rows, DateOnly? Earlier, DateOnly? Later);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowStatistics, View>
    {
        public async Task<View> Handle(ShowStatistics show, CancellationToken token)
        {
            settings.WhyNot(Privilege.SiteAnalytics, People.Seen(user))?.Throw();
            var shown = show.Span switch
            {
                Span.Week => settings.Insight.WeeksShown,
                Span.Month => settings.Insight.MonthsShown,
                Span.Day or Span.NinetyDays => settings.Insight.DaysShown,
            };
            var newestFirst = await db.Query<SiteFigures>(
                $"""
                select {SiteFigures.Columns}
                from site_figures
                where span = @span and first_day < @before
                order by first_day desc
                limit @limit
                """,
                new { span = (int)show.Span, before = show.Before is { } before ? StatisticsRules.Day(before) : int.MaxValue, limit = shown + 1 }, token);
            var rows = newestFirst.Take(shown).Reverse().ToList();
            return new View(
                rows,
                newestFirst.Count > shown ? rows[0].First : null,
                show.Before is null || rows.Count == 0 ? null : Later(show.Span, rows[^1].First, shown));
        }

        private static DateOnly Later(Span span, DateOnly last, int shown) =>
            span == Span.Month ? last.AddMonths(shown + 1) : last.AddDays((shown + 1) * (int)span);
    }
}

/// <summary>The figures of the last ninety days, for everybody; null before they were counted for the first time. Rules: docs/rules/insight.md, section 3.</summary>
public sealed record ShowMetrics : IRequest<SiteFigures?>
{
    internal sealed class Handler(Db db) : IRequestHandler<ShowMetrics, SiteFigures?>
    {
        public Task<SiteFigures?> Handle(ShowMetrics show, CancellationToken token) =>
            db.Find<SiteFigures>(
                $"select {SiteFigures.Columns} from site_figures where span = @span order by first_day desc limit 1", new { span = (int)Span.NinetyDays }, token);
    }
}
