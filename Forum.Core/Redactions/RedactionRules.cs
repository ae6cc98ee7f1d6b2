using Forum.Core.Editing;
using Forum.Core.Users;

namespace Forum.Core.Redactions;

/// <summary>What became of a proposal to hide revisions; stored, so numbers never change (docs/rules/editing.md).</summary>
public enum RedactionState
{
    /// <summary>It waits for moderators who agree.</summary>
    Waiting = 0,

    /// <summary>What it names is hidden.</summary>
    Done = 1,

    /// <summary>It was dropped: by who proposed it, or by another moderator.</summary>
    Dropped = 2,

    /// <summary>What it had hidden is there again.</summary>
    Restored = 3,
}

/// <summary>A revision, for whoever would hide it.</summary>
public sealed record RedactedText
{
    public int Number { get; init; }

    /// <summary>Null here and below: as it was in the revision before.</summary>
    public string? Title { get; init; }
    public string? Body { get; init; }
    public string? Tags { get; init; }
    public string Comment { get; init; } = "";

    /// <summary>By what it is hidden already.</summary>
    public long? RedactionId { get; init; }
}

/// <summary>Who hides which revisions, and what is sealed then (docs/rules/editing.md).</summary>
public static class RedactionRules
{
    /// <summary>
    /// What stands in a sealed text's place, in the database only: pages say in words that it is hidden. It is not empty, so that what was
    /// written still counts as written.
    /// </summary>
    public const string Mark = "█";

    /// <summary>Why a person may not propose to hide a revision.</summary>
    /// <param name="person">Who.</param>
    /// <param name="isHidden">Whether it is hidden already.</param>
    /// <param name="isOneWaiting">Whether a proposal waits for the post.</param>
    /// <param name="isCurrent">Whether the post still says what the revision said.</param>
    public static Refusal? WhyNotPropose(Person person, bool isHidden, bool isOneWaiting, bool isCurrent) => person switch
    {
        { IsModerator: false } => Refusals.ModeratorsOnly,
        _ when isHidden => new("redactions.hidden-already"),
        _ when isOneWaiting => new("redactions.one-waits"),
        _ when isCurrent => new("redactions.current"),
        _ => null,
    };

    /// <summary>Why a person may not agree to a proposal.</summary>
    /// <param name="person">Who.</param>
    /// <param name="state">What became of it.</param>
    /// <param name="hasAgreed">Whether they proposed it, or agreed before.</param>
    public static Refusal? WhyNotAgree(Person person, RedactionState state, bool hasAgreed) => person switch
    {
        { IsModerator: false } => Refusals.ModeratorsOnly,
        _ when state != RedactionState.Waiting => new("redactions.decided"),
        { IsAdministrator: false } when hasAgreed => new("redactions.agreed-already"),
        _ => null,
    };

    /// <summary>Why a proposal cannot be dropped.</summary>
    public static Refusal? WhyNotDrop(RedactionState state) => state == RedactionState.Waiting ? null : new("redactions.decided");

    /// <summary>Why there is nothing sealed to look at or to bring back.</summary>
    public static Refusal? WhyNotOpen(RedactionState state) => state == RedactionState.Done ? null : new("redactions.not-hidden");

    /// <summary>Whether a proposal is carried: by so many moderators, or by one administrator.</summary>
    public static bool IsCarried(Person person, int supporters, int needed)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.IsAdministrator || supporters >= needed;
    }

    /// <summary>
    /// The revisions that a proposal to hide one names: all with the same text, because what is hidden in one and read in the next is not
    /// hidden. Where the post still has that text, or wrote none, it is the one revision alone.
    /// </summary>
    public static IReadOnlyList<int> Named(IReadOnlyList<RedactedText> revisions, int number)
    {
        var bodies = Whole(revisions, revision => revision.Body);
        var body = bodies[number];
        return body == bodies[revisions[^1].Number] ? [number] : [.. from revision in revisions where revision.RedactionId is null && bodies[revision.Number] == body select revision.Number];
    }

    /// <summary>Whether the post still says what a revision said: its title, its text and its tags.</summary>
    public static bool IsCurrent(IReadOnlyList<RedactedText> revisions, int number)
    {
        ArgumentNullException.ThrowIfNull(revisions);
        var newest = revisions[^1].Number;
        return number == newest
            || new Func<RedactedText, string?>[] { revision => revision.Title, revision => revision.Body, revision => revision.Tags }
                .Select(part => Whole(revisions, part)).All(whole => whole[number] == whole[newest]);
    }

    /// <summary>
    /// What of some revisions is sealed. What also stands in a revision that stays is left to it: a title that nobody changed in the revision
    /// after, say.
    /// </summary>
    public static IReadOnlyList<RedactedText> Sealed(IReadOnlyList<RedactedText> revisions, IReadOnlyCollection<int> named)
    {
        ArgumentNullException.ThrowIfNull(revisions);
        ArgumentNullException.ThrowIfNull(named);
        string? Part(int index, Func<RedactedText, string?> part)
        {
            if (part(revisions[index]) is not { } text)
                return null;

            for (var next = index + 1; next < revisions.Count && part(revisions[next]) is null; next++)
            {
                if (!named.Contains(revisions[next].Number))
                    return null;
            }

            return text;
        }

        return
        [
            .. from index in Enumerable.Range(0, revisions.Count)
               where named.Contains(revisions[index].Number)
               select revisions[index] with
               {
                   Title = Part(index, revision => revision.Title), Body = Part(index, revision => revision.Body), Tags = Part(index, revision => revision.Tags),
               },
        ];
    }

    // What each revision says in a part that it may have left as it was.
    private static Dictionary<int, string?> Whole(IReadOnlyList<RedactedText> revisions, Func<RedactedText, string?> part)
    {
        var whole = new Dictionary<int, string?>();
        string? last = null;
        foreach (var revision in revisions)
            whole[revision.Number] = last = part(revision) ?? last;
        return whole;
    }
}
