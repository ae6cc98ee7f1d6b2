using Forum.Core.Settings;
using Forum.Core.Voting;

namespace Forum.Core.Fairness;

/// <summary>A vote as the search for serial voting sees it.</summary>
public sealed record SeenVote
{
    public long VoterId { get; init; }
    public long PostId { get; init; }

    /// <summary>Whose post it is; null when the account was removed.</summary>
    public long? AuthorId { get; init; }
    public Direction Direction { get; init; }
    public DateTimeOffset CastAt { get; init; }

    /// <summary>Whether a moderator put it back after it had been taken out: what a person decided stands.</summary>
    public bool IsRestored { get; init; }
}

/// <summary>Votes of one person for another that are no judgement of posts.</summary>
/// <param name="VoterId">Who cast them.</param>
/// <param name="AuthorId">Whose posts they are on.</param>
/// <param name="Direction">Which way all of them go.</param>
/// <param name="PostIds">The posts.</param>
/// <param name="First">When the first was cast.</param>
/// <param name="Last">When the last was.</param>
public sealed record SerialVotes(long VoterId, long AuthorId, Direction Direction, IReadOnlyList<long> PostIds, DateTimeOffset First, DateTimeOffset Last);

/// <summary>What serial voting is, and who may judge votes (docs/rules/fairness.md).</summary>
public static class FairnessRules
{
    /// <summary>
    /// The serial votes among those that one person cast lately: so many for one author, all up or all down, within so short a time,
    /// and most of what the person voted for meanwhile.
    /// </summary>
    public static IReadOnlyList<SerialVotes> Serial(IReadOnlyCollection<SeenVote> votes, FairnessSettings rules)
    {
        ArgumentNullException.ThrowIfNull(votes);
        ArgumentNullException.ThrowIfNull(rules);
        return
        [
            .. from vote in votes
               where vote.AuthorId is not null && vote.AuthorId != vote.VoterId && !vote.IsRestored
               orderby vote.CastAt, vote.PostId
               group vote by (vote.VoterId, AuthorId: vote.AuthorId!.Value, vote.Direction) into series
               let burst = Bursts([.. series], rules)
               where burst.Count > 0 && IsMost(burst, votes, rules)
               select new SerialVotes(
                   series.Key.VoterId, series.Key.AuthorId, series.Key.Direction, [.. burst.Select(vote => vote.PostId)], burst[0].CastAt, burst[^1].CastAt),
        ];
    }

    /// <summary>
    /// What is not serial yet but might be: fewer votes, from <see cref="FairnessSettings.NoticePercent"/> of the number on, within the same time
    /// and of the same share; of people and directions of which none are.
    /// </summary>
    public static IReadOnlyList<SerialVotes> Borderline(IReadOnlyCollection<SeenVote> votes, FairnessSettings rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.NoticePercent == 0)
            return [];

        var serial = Serial(votes, rules).Select(series => (series.VoterId, series.AuthorId, series.Direction)).ToHashSet();
        return [.. Serial(votes, rules with { Votes = NoticedVotes(rules) }).Where(series => !serial.Contains((series.VoterId, series.AuthorId, series.Direction)))];
    }

    /// <summary>How many votes are the fewest that anybody is told of.</summary>
    internal static int NoticedVotes(FairnessSettings rules) => rules.NoticePercent == 0 ? rules.Votes : Math.Max(2, (rules.Votes * rules.NoticePercent + 99) / 100);

    /// <summary>Why a moderator may not take out, or put back, votes of one person for another: nobody judges their own case.</summary>
    public static Refusal? WhyNotJudge(long moderator, long voter, long author) =>
        moderator == voter || moderator == author ? new Refusal("moderation.own-votes") : null;

    // Of votes in the order of their time, those that lie in a window with enough of them.
    private static List<SeenVote> Bursts(IReadOnlyList<SeenVote> series, FairnessSettings rules)
    {
        var marked = new SortedSet<int>();
        for (var last = rules.Votes - 1; last < series.Count; last++)
        {
            var first = last - rules.Votes + 1;
            if (series[last].CastAt - series[first].CastAt <= rules.Within)
                marked.UnionWith(Enumerable.Range(first, rules.Votes));
        }

        return [.. marked.Select(i => series[i])];
    }

    private static bool IsMost(List<SeenVote> burst, IReadOnlyCollection<SeenVote> votes, FairnessSettings rules)
    {
        var meanwhile = votes.Count(vote => vote.VoterId == burst[0].VoterId && vote.CastAt >= burst[0].CastAt && vote.CastAt <= burst[^1].CastAt);
        return 100L * burst.Count >= (long)rules.Share * meanwhile;
    }
}
