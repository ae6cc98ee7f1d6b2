using System.Globalization;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Care;

/// <summary>What the rules would do if they were let loose now, for moderators: a dry run. Rules: docs/rules/care.md.</summary>
[For(Who.Moderator)]
public sealed record ShowCare(int Most = 20) : IRequest<ShowCare.View>
{
    /// <param name="Kinds">What deletes.</param>
    /// <param name="Next">The question that is brought up next.</param>
    /// <param name="IsOn">Whether they delete at all.</param>
    /// <param name="BringsUp">Whether questions are brought up.</param>
    public sealed record View(IReadOnlyList<Kind> Kinds, ForgottenQuestion? Next, bool IsOn, bool BringsUp);

    /// <param name="Job">Why.</param>
    /// <param name="Posts">The first that would go.</param>
    /// <param name="IsMore">Whether there are more.</param>
    /// <param name="LastAt">When it was done last.</param>
    /// <param name="Last">How many went then.</param>
    public sealed record Kind(CareJob Job, IReadOnlyList<CareFacts> Posts, bool IsMore, DateTimeOffset? LastAt, int Last);

    internal sealed class Handler(Db db, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowCare, View>
    {
        public async Task<View> Handle(ShowCare show, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var kinds = new List<Kind>();
            foreach (var job in CareRules.Jobs)
            {
                var posts = await db.ToClearAway(job, show.Most + 1, now, settings.Care, token);
                var last = await db.Job(TakeCare.Job(job), token);
                kinds.Add(new Kind(
                    job, [.. posts.Take(show.Most)], posts.Count > show.Most, last?.UpdatedAt,
                    last is null ? 0 : int.Parse(last.Cursor, CultureInfo.InvariantCulture)));
            }

            return new View(kinds, await db.ToBringUp(now - settings.Care.BringUpAfter, token), settings.Care.ClearsAway, settings.Care.BringsUp);
        }
    }
}
