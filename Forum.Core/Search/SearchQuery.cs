namespace Forum.Core.Search;

/// <summary>Where a word must stand.</summary>
public enum SearchField
{
    Anywhere,
    Title,
    Body,
    Code,
    Url,
}

/// <summary>How a word was written: <c>word</c>, <c>"a phrase"</c>, <c>wo*d</c>.</summary>
public enum TextForm
{
    Word,
    Phrase,
    Wildcard,
}

/// <summary>What a post is.</summary>
public enum SearchedKind
{
    Question,
    Answer,
    Article,
}

/// <summary>A number of a post that people search by.</summary>
public enum Measure
{
    Score,
    Answers,
    Views,
}

/// <summary>A time of a post that people search by.</summary>
public enum Moment
{
    Created,
    LastActive,
    LastEdit,
}

/// <summary>A state of a post that is asked for with yes or no.</summary>
public enum PostState
{
    HasCode,
    IsAccepted,
    HasAccepted,
    IsAnswered,
    Closed,
    Duplicate,
    Migrated,
    Locked,
    Wiki,
    HasNotice,
    Deleted,
}

/// <summary>The answer to <see cref="PostState"/>; All is for deleted posts only.</summary>
public enum Choice
{
    Yes,
    No,
    All,
}

/// <summary>The unit of a time span such as <c>7d</c>.</summary>
public enum AgeUnit
{
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// <summary>One end of a range of dates.</summary>
public abstract record DatePoint;

/// <summary>A day, month or year (UTC): its first and its last day.</summary>
public sealed record CalendarPoint(DateOnly First, DateOnly Last) : DatePoint;

/// <summary>So long before now.</summary>
public sealed record AgePoint(int Amount, AgeUnit Unit) : DatePoint;

/// <summary>One condition of a query; all conditions must hold. Source is what the person typed for it.</summary>
public abstract record SearchClause(string Source)
{
    /// <summary>Whether a minus stands before it.</summary>
    public bool IsNegated { get; init; }

    /// <summary>Whether search acts on it; what it cannot do yet it says, see docs/rules/search.md, "Operators".</summary>
    public virtual bool IsSupported => true;
}

/// <summary>A word, phrase or wildcard.</summary>
public sealed record TextClause(string Source, SearchField Field, TextForm Form, string Text) : SearchClause(Source)
{
    public override bool IsSupported => Field == SearchField.Anywhere && (Form != TextForm.Wildcard || IsPrefix);

    /// <summary>Whether it is a wildcard for the end of a word only.</summary>
    public bool IsPrefix => Form == TextForm.Wildcard && Text.IndexOf('*', StringComparison.Ordinal) == Text.Length - 1;
}

/// <summary>The question carries one of these tags; a star in a name stands for any characters.</summary>
public sealed record TagsClause(string Source, IReadOnlyList<string> AnyOf) : SearchClause(Source)
{
    public override bool IsSupported => !AnyOf.Any(tag => tag.Contains('*', StringComparison.Ordinal));
}

/// <summary>The question carries a tag that the current user watches.</summary>
public sealed record WatchedTagsClause(string Source) : SearchClause(Source)
{
    public override bool IsSupported => false;
}

/// <summary>Written by this user; null is the current user.</summary>
public sealed record AuthorClause(string Source, long? UserId) : SearchClause(Source);

/// <summary>Is a question, an answer, an article.</summary>
public sealed record KindClause(string Source, SearchedKind Kind) : SearchClause(Source)
{
    public override bool IsSupported => Kind != SearchedKind.Article;
}

/// <summary>A number between Least and Most, both included; null is open.</summary>
public sealed record NumberClause(string Source, Measure Measure, long? Least, long? Most) : SearchClause(Source)
{
    public override bool IsSupported => Measure == Measure.Score;
}

/// <summary>A time between two points, both included; null is open.</summary>
public sealed record DateClause(string Source, Moment Moment, DatePoint? From, DatePoint? To) : SearchClause(Source)
{
    public override bool IsSupported => false;
}

/// <summary>A state that holds or not.</summary>
public sealed record StateClause(string Source, PostState State, Choice Choice) : SearchClause(Source)
{
    public override bool IsSupported => false;
}

/// <summary>The post belongs to this question; null is the question one comes from.</summary>
public sealed record ThreadClause(string Source, long? QuestionId) : SearchClause(Source)
{
    public override bool IsSupported => false;
}

/// <summary>The post is among this user's saves; null is the current user.</summary>
public sealed record SavesClause(string Source, long? UserId) : SearchClause(Source)
{
    public override bool IsSupported => false;
}

/// <summary>The post is recognised by a collective.</summary>
public sealed record CollectiveClause(string Source, string Name) : SearchClause(Source)
{
    public override bool IsSupported => false;
}

/// <summary>Something to tell the person about the query: a code to look the sentence up by, and the words of the query it is about.</summary>
public sealed record SearchHint(string Code, string About);

/// <summary>What was typed into the search box, understood. <see cref="SearchQueryParser"/> makes it.</summary>
public sealed record SearchQuery(string Text, IReadOnlyList<SearchClause> Clauses, IReadOnlyList<SearchHint> Hints)
{
    /// <summary>The tags, when the query is nothing but tags that must all be carried; else empty.</summary>
    public IReadOnlyList<string> OnlyTags =>
        Clauses.All(c => c is TagsClause { IsNegated: false, IsSupported: true, AnyOf.Count: 1 })
            ? [.. Clauses.Cast<TagsClause>().Select(c => c.AnyOf[0]).Distinct(StringComparer.Ordinal)]
            : [];

    /// <summary>The conditions that search acts on.</summary>
    public IEnumerable<SearchClause> Supported => Clauses.Where(c => c.IsSupported);

    /// <summary>The words and phrases as a person would put them into a title; what "ask a question" is filled with.</summary>
    public string PlainWords => string.Join(' ', Clauses.OfType<TextClause>().Where(c => !c.IsNegated).Select(c => c.Text));
}
