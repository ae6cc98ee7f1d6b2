using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Tags;

/// <summary>What rules need to know of a tag that a question takes, loses or has.</summary>
internal sealed record UsedTag
{
    public string Name { get; init; } = "";
    public bool IsRequired { get; init; }
    public bool IsModeratorOnly { get; init; }
    public bool IsBlocked { get; init; }
}

/// <summary>What rules need to know before a name becomes another tag's synonym, or a tag another.</summary>
internal sealed record SynonymFacts
{
    /// <summary>Score of the person's answers under the tag.</summary>
    public int Score { get; init; }

    /// <summary>The tag that the name stands for already, or is proposed to.</summary>
    public string? StandsFor { get; init; }

    /// <summary>The tag that the tag itself stands for.</summary>
    public string? TagStandsFor { get; init; }

    /// <summary>Whether other names stand for the name.</summary>
    public bool HasSynonyms { get; init; }

    /// <summary>Whether one of both is becoming another tag just now.</summary>
    public bool IsMerging { get; init; }
}

/// <summary>Who may do what with tags (docs/rules/tags.md).</summary>
internal static class TagRules
{
    /// <summary>Why a person may not change a tag's excerpt or wiki at once.</summary>
    public static Refusal? WhyNotEdit(Person person, bool hasGold, ForumSettings settings) =>
        hasGold || settings.WhyNot(Privilege.TrustedUser, person) is null
            ? null
            : new Refusal("tags.cannot-edit", settings.Needs(Privilege.TrustedUser), person.Reputation);

    /// <summary>
    /// Why a question may not go over from some tags to others. Moderators are bound only by what every question needs; a tag that
    /// nobody may take stays where it is.
    /// </summary>
    /// <param name="person">Who gives it its tags.</param>
    /// <param name="was">Names of its tags so far.</param>
    /// <param name="becomes">Names of its tags afterwards.</param>
    /// <param name="known">What is known of the tags of both.</param>
    /// <param name="required">Tags of which every question has one.</param>
    public static Refusal? WhyNotTag(Person person, IReadOnlyCollection<string> was, IReadOnlyCollection<string> becomes, IReadOnlyCollection<UsedTag> known, IReadOnlyCollection<string> required)
    {
        var changed = known.Where(tag => was.Contains(tag.Name) != becomes.Contains(tag.Name)).ToList();
        if (changed.Find(tag => tag.IsBlocked && becomes.Contains(tag.Name)) is { } blocked)
            return new("tags.is-blocked", blocked.Name);
        if (!person.IsModerator && changed.Find(tag => tag.IsModeratorOnly) is { } reserved)
            return new(becomes.Contains(reserved.Name) ? "tags.moderators-only" : "tags.moderators-took", reserved.Name);
        return required.Count > 0 && !required.Any(becomes.Contains) ? new("tags.one-required", string.Join(", ", required)) : null;
    }

    /// <summary>Why a person may not propose a name as a synonym of a tag.</summary>
    public static Refusal? WhyNotPropose(Person person, string name, string tag, SynonymFacts facts, ForumSettings settings) => person switch
    {
        _ when WhyNotJoin(name, tag, facts) is { } refusal => refusal,
        { IsModerator: true } => null,
        _ when settings.WhyNot(Privilege.TagSynonyms, person) is { } refusal => refusal,
        _ => WhyNotKnow(facts.Score, tag, settings),
    };

    /// <summary>Why a name may not stand for a tag, or the tag of that name become it: no chain, no cycle, nothing twice.</summary>
    public static Refusal? WhyNotJoin(string name, string tag, SynonymFacts facts) => facts switch
    {
        _ when name == tag => new("tags.same", tag),
        { IsMerging: true } => new("tags.is-merging"),
        { StandsFor: { } other } => new("tags.is-synonym", name, other),
        { TagStandsFor: { } other } => new("tags.is-synonym", tag, other),
        { HasSynonyms: true } => new("tags.has-synonyms", name),
        _ => null,
    };

    /// <summary>Why a person may not vote on a synonym of a tag.</summary>
    public static Refusal? WhyNotVote(Person person, long? proposedBy, bool isApproved, int score, string tag, ForumSettings settings) => person switch
    {
        _ when isApproved => new("tags.synonym-decided"),
        _ when person.Id == proposedBy => new("tags.own-synonym"),
        _ => WhyNotKnow(score, tag, settings),
    };

    private static Refusal? WhyNotKnow(int score, string tag, ForumSettings settings) =>
        score >= settings.Tags.SynonymScore ? null : new("tags.synonym-score", settings.Tags.SynonymScore, tag, score);
}
