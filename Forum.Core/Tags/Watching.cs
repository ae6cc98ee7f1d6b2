using Forum.Core.Settings;

namespace Forum.Core.Tags;

/// <summary>What a question's tags are to somebody.</summary>
public enum Interest
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>One is watched and none ignored.</summary>
    Watched,

    /// <summary>One is ignored, whatever else is watched.</summary>
    Ignored,
}

/// <summary>The tags somebody watches and those they ignore: names, or patterns with stars. Pure.</summary>
/// <param name="Watched">What they look out for.</param>
/// <param name="Ignored">What they do not want to see.</param>
public sealed record Watching(IReadOnlyList<string> Watched, IReadOnlyList<string> Ignored)
{
    /// <summary>Nobody is signed in, or they chose nothing yet.</summary>
    public static readonly Watching Nothing = new([], []);

    /// <summary>What a question with these tags is to them.</summary>
    public Interest Of(IReadOnlyCollection<string> tags) =>
        tags.Any(tag => Ignored.Any(pattern => IsMatch(pattern, tag))) ? Interest.Ignored
        : tags.Any(tag => Watched.Any(pattern => IsMatch(pattern, tag))) ? Interest.Watched
        : Interest.None;

    /// <summary>Whether a tag is called as a pattern says, each star of which stands for any characters or none.</summary>
    public static bool IsMatch(string pattern, string tag)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(tag);
        var (at, of, star, resume) = (0, 0, -1, 0);
        while (at < tag.Length)
        {
            if (of < pattern.Length && pattern[of] == Star)
                (star, resume, of) = (of, at, of + 1);
            else if (of < pattern.Length && pattern[of] == tag[at])
                (at, of) = (at + 1, of + 1);
            else if (star >= 0)
                (of, at, resume) = (star + 1, resume + 1, resume + 1);
            else
                return false;
        }

        return pattern.AsSpan(of).TrimStart(Star).IsEmpty;
    }

    /// <summary>Whether a text is the name of a tag, or a pattern of names.</summary>
    public static bool IsPattern(string text, LimitSettings limits)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(limits);
        // Stars alone would be every tag.
        return text.Length <= limits.TagLength && TagNames.IsValid(text.Replace(Star.ToString(), "", StringComparison.Ordinal), limits.TagLength);
    }

    /// <summary>Whether it is a pattern and no name.</summary>
    public static bool HasStar(string pattern) => pattern.Contains(Star, StringComparison.Ordinal);

    private const char Star = '*';
}
