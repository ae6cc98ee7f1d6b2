using Forum.Core.Editing;

namespace Forum.Web.Pages.Suggestions;

/// <summary>What can be said of a suggested edit that waits, for the part _Decide.cshtml: on the edit's own page, and on that of its task.</summary>
/// <param name="Address">The page's address.</param>
/// <param name="MayImprove">Whether a better edit may be made of it.</param>
/// <param name="MaySkip">Whether it may be left to others.</param>
/// <param name="Reason">The reason that is chosen.</param>
/// <param name="Words">The reason in words.</param>
public sealed record DecisionForm(string Address, bool MayImprove, bool MaySkip, string? Reason, string? Words)
{
    /// <summary>What the reviewer wants to see next: a tag's.</summary>
    public string? Tag { get; init; }

    /// <summary>Or questions', answers' or texts' of tags.</summary>
    public string? Type { get; init; }

    /// <summary>What is kept of what the reviewer wants to see.</summary>
    public IEnumerable<(string Name, string Value)> Filters => new[] { ("tag", Tag), ("type", Type) }.Where(f => !string.IsNullOrWhiteSpace(f.Item2)).Select(f => (f.Item1, f.Item2!));

    /// <summary>Where a decision is posted to.</summary>
    public string At(string handler) => $"{Address}?handler={handler}" + Reviews.QueueModel.Filter(Tag, Type).Replace('?', '&');
}

/// <summary>A suggested edit that a reviewer improves, for the part _Improve.cshtml.</summary>
/// <param name="Post">The post it is for.</param>
/// <param name="PostTitle">What that is called.</param>
/// <param name="Back">The address of the suggestion.</param>
/// <param name="Why">What the suggestion is for.</param>
/// <param name="Useful">Whether it is of use.</param>
public sealed record ImprovementForm(PostFacts Post, string PostTitle, string Back, string Why, bool Useful)
{
    /// <summary>The title that the question is to have.</summary>
    public string? Title { get; init; }

    /// <summary>The text that the post is to have.</summary>
    public string? Body { get; init; }

    /// <summary>The tags that the question is to have.</summary>
    public string? Tags { get; init; }

    /// <summary>What the reviewer changed.</summary>
    public string? Comment { get; init; }
}
