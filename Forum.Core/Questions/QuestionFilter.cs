using System.Globalization;
using Forum.Core.Settings;
using Forum.Core.Tags;

namespace Forum.Core.Questions;

/// <summary>What a filtered list is ordered by.</summary>
public enum FilterOrder
{
    /// <summary>Newest first.</summary>
    Newest,

    /// <summary>Latest activity first.</summary>
    Active,

    /// <summary>Highest score first.</summary>
    Score,

    /// <summary>Most linked to first.</summary>
    Frequent,

    /// <summary>Those with a bounty, the one that ends first first.</summary>
    Ending,

    /// <summary>Those that most votes were cast on of late first.</summary>
    Trending,
}

/// <summary>
/// Which questions somebody wants to see. It stands in addresses and is kept with a name as one text; what cannot be read in it says
/// nothing. Pure.
/// </summary>
public sealed record QuestionFilter
{
    private const int LongestAge = 10_000;

    /// <summary>Only those without an answer.</summary>
    public bool NoAnswers { get; init; }

    /// <summary>Only those without an answer that was accepted or scores above 0.</summary>
    public bool Unanswered { get; init; }

    /// <summary>Only those on which a bounty runs.</summary>
    public bool HasBounty { get; init; }

    /// <summary>Only those asked within so many days; 0 for any.</summary>
    public int Days { get; init; }

    /// <summary>What they are ordered by.</summary>
    public FilterOrder Order { get; init; }

    /// <summary>Only those that carry a tag the reader watches.</summary>
    public bool Mine { get; init; }

    /// <summary>Only those that carry one of these tags: names, or patterns with stars. None for any.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>As it stands in an address: <c>answers=none&amp;days=7&amp;sort=score&amp;tagged=c%23</c>. The same filter is always the same text.</summary>
    public override string ToString() => string.Join('&', Parts().Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value)}"));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static QuestionFilter Parse(string text, LimitSettings limits)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts =
            from part in text.Split('&')
            let pair = part.Split('=', 2)
            where pair.Length == 2
            select KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        return Of(parts, limits);
    }

    /// <summary>Reads a filter from the names and values of an address.</summary>
    public static QuestionFilter Of(IEnumerable<KeyValuePair<string, string>> parts, LimitSettings limits)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(limits);
        var said = parts.GroupBy(part => part.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(of => of.Key, of => of.First().Value, StringComparer.OrdinalIgnoreCase);
        string Value(string key) => said.GetValueOrDefault(key, "");
        return new QuestionFilter
        {
            NoAnswers = Value("answers") == "none",
            Unanswered = Value("unanswered") == Yes,
            HasBounty = Value("bounty") == Yes,
            Days = int.TryParse(Value("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= LongestAge ? days : 0,
            Order = Enum.TryParse<FilterOrder>(Value("sort"), ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : FilterOrder.Newest,
            Mine = Value("mine") == Yes,
            Tags = [.. TagNames.Parse(Value("tagged")).Where(tag => Watching.IsPattern(tag, limits))],
        };
    }

    /// <inheritdoc />
    public bool Equals(QuestionFilter? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private const string Yes = "yes";

    private IEnumerable<KeyValuePair<string, string>> Parts()
    {
        if (NoAnswers)
            yield return new("answers", "none");
        if (Unanswered)
            yield return new("unanswered", Yes);
        if (HasBounty)
            yield return new("bounty", Yes);
        if (Days > 0)
            yield return new("days", Days.ToString(CultureInfo.InvariantCulture));
        if (Mine)
            yield return new("mine", Yes);
        if (Tags.Count > 0)
            yield return new("tagged", string.Join(' ', Tags));
        yield return new("sort", Order.ToString().ToLowerInvariant());
    }
}
