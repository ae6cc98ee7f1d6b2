using Forum.Core.Voting;

namespace Forum.Core.Samples;

/// <summary>A question of the synthetic community with all that became of it: what people wrote and did, and what follows for the question itself.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answers">In the order they came.</param>
/// <param name="Tags">Numbers of its tags, in its author's order.</param>
/// <param name="Views">How often it was looked at.</param>
/// <param name="Link">The number of an earlier question that it names, if any…</param>
/// <param name="IsDuplicate">…and whether it was closed for asking the same.</param>
internal sealed record SyntheticThread(SyntheticPost Question, IReadOnlyList<SyntheticPost> Answers, IReadOnlyList<int> Tags, int Views, int? Link, bool IsDuplicate)
{
    /// <summary>The accepted answer, if any.</summary>
    public SyntheticPost? Accepted { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? CloseReason { get; set; }

    /// <summary>The question, then its answers.</summary>
    public IEnumerable<SyntheticPost> Posts => Answers.Prepend(Question);

    /// <summary>Whether neither a post nor its question is deleted.</summary>
    public bool IsListed(SyntheticPost post) => post.DeletedAt is null && Question.DeletedAt is null;

    /// <summary>Answers that are not deleted.</summary>
    public int AnswerCount => Answers.Count(a => a.DeletedAt is null);

    /// <summary>Whether a visible answer is accepted or has a score above 0.</summary>
    public bool IsAnswered => Answers.Any(a => a.DeletedAt is null && (a.Score > 0 || a == Accepted));

    /// <summary>The newest of asking, answering and editing.</summary>
    public DateTimeOffset ActiveAt => Posts.Max(p => p.ActiveAt);
}

/// <summary>A question or an answer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record SyntheticPost(long Id, long Author, DateTimeOffset CreatedAt)
{
    /// <summary>Every state the text was in; of each but the first only what it changed.</summary>
    public List<SyntheticRevision> Revisions { get; } = [];

    /// <summary>By the ids of the voters.</summary>
    public List<SyntheticVote> Votes { get; } = [];

    /// <summary>In the order they came.</summary>
    public List<SyntheticComment> Comments { get; } = [];

    /// <summary>Who keeps it among their saves, by their ids.</summary>
    public List<long> SavedBy { get; } = [];

    public DateTimeOffset? DeletedAt { get; set; }

    public long? DeletedBy { get; set; }

    public string? Title => Revisions.FindLast(r => r.Title is not null)?.Title;

    public string Body => Revisions.FindLast(r => r.Body is not null)!.Body!;

    public string Tags => Revisions.FindLast(r => r.Tags is not null)?.Tags ?? "";

    public int Score => Votes.Sum(v => (int)v.Direction);

    public DateTimeOffset ActiveAt => Revisions[^1].At;

    /// <summary>The newest of all that happened to it.</summary>
    public DateTimeOffset LastAt => Votes.Select(v => v.At).Concat(Comments.Select(c => c.LastAt)).Append(ActiveAt).Max();
}

internal sealed record SyntheticRevision(long Author, DateTimeOffset At, string? Title, string? Body, string? Tags, string Comment);

internal sealed record SyntheticVote(long Voter, Direction Direction, DateTimeOffset At);

internal sealed record SyntheticComment(long Author, string Body, DateTimeOffset At, IReadOnlyList<long> Voters, DateTimeOffset? DeletedAt)
{
    public DateTimeOffset LastAt => DeletedAt ?? At;
}
