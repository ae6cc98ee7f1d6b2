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
    Locked,
    Wiki,
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
public abstract record DatePoint
{
    /// <summary>Its first moment.</summary>
    public abstract DateTimeOffset Begins(DateTimeOffset now);

    /// <summary>Its last millisecond.</summary>
    public abstract DateTimeOffset Ends(DateTimeOffset now);
}

/// <summary>A day, month or year (UTC): its first and its last day.</summary>
public sealed record CalendarPoint(DateOnly First, DateOnly Last) : DatePoint
{
    /// <inheritdoc />
    public override DateTimeOffset Begins(DateTimeOffset now) => new(First.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <inheritdoc />
    public override DateTimeOffset Ends(DateTimeOffset now) => new DateTimeOffset(Last.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(1 - (1.0 / 86_400_000));
}

/// <summary>So long before now.</summary>
public sealed record AgePoint(int Amount, AgeUnit Unit) : DatePoint
{
    // Nothing here is older, and the calendar ends somewhere.
    const int MostYears = 1_000;

    /// <inheritdoc />
    public override DateTimeOffset Begins(DateTimeOffset now) => Unit switch
    {
        AgeUnit.Hour => now.AddHours(-Amount),
        AgeUnit.Day => now.AddDays(-Amount),
        AgeUnit.Week => now.AddDays(-7.0 * Math.Min(Amount, 52 * MostYears)),
        AgeUnit.Month => now.AddMonths(-Math.Min(Amount, 12 * MostYears)),
        AgeUnit.Year => now.AddYears(-Math.Min(Amount, MostYears)),
    };

    /// <inheritdoc />
    public override DateTimeOffset Ends(DateTimeOffset now) => Begins(now);
}

/// <summary>One condition of a query; all conditions must hold. Source is what the person typed for it.</summary>
public abstract record SearchClause(string Source)
{
    /// <summary>Whether a minus stands before it.</summary>
    public bool IsNegated { get; init; }

    /// <summary>The kind of post that it is about, whether or not it is negated; null is either.</summary>
    public virtual SearchedKind? Kind => null;
}

/// <summary>A word, phrase or wildcard.</summary>
public sealed record TextClause(string Source, SearchField Field, TextForm Form, string Text) : SearchClause(Source)
{
    /// <summary>The words that a star inside stands for here; null until <see cref="Wildcards"/> has looked for them.</summary>
    public IReadOnlyList<string>? Meant { get; init; }

    /// <summary>Whether it is a wildcard for the end of a word only.</summary>
    public bool IsPrefix => Form == TextForm.Wildcard && Text.IndexOf('*', StringComparison.Ordinal) == Text.Length - 1;

    /// <summary>Whether it is looked for among the words of titles and bodies.</summary>
    public bool IsOfWords => Field is SearchField.Anywhere or SearchField.Title or SearchField.Body;

    /// <inheritdoc />
    public override SearchedKind? Kind => Field == SearchField.Title ? SearchedKind.Question : null;
}

/// <summary>The question carries one of these tags; a star in a name stands for any characters.</summary>
public sealed record TagsClause(string Source, IReadOnlyList<string> AnyOf) : SearchClause(Source)
{
    /// <summary>Whether it names just one tag.</summary>
    public bool IsOne => AnyOf is [var tag] && !tag.Contains('*', StringComparison.Ordinal);
}

/// <summary>The question carries a tag that the current user watches.</summary>
public sealed record WatchedTagsClause(string Source) : SearchClause(Source);

/// <summary>Written by this user; null is the current user.</summary>
public sealed record AuthorClause(string Source, long? UserId) : SearchClause(Source);

/// <summary>Is a question, an answer.</summary>
public sealed record KindClause(string Source, SearchedKind Is) : SearchClause(Source);

/// <summary>A number between Least and Most, both included; null is open.</summary>
public sealed record NumberClause(string Source, Measure Measure, long? Least, long? Most) : SearchClause(Source)
{
    /// <inheritdoc />
    public override SearchedKind? Kind => Measure == Measure.Score ? null : SearchedKind.Question;
}

/// <summary>A time between two points, both included; null is open.</summary>
public sealed record DateClause(string Source, Moment Moment, DatePoint? From, DatePoint? To) : SearchClause(Source)
{
    /// <summary>Its ends at this time, the earlier one first.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) At(DateTimeOffset now) =>
        From is not null && To is not null && From.Begins(now) > To.Ends(now) ? (To.Begins(now), From.Ends(now)) : (From?.Begins(now), To?.Ends(now));
}

/// <summary>A state that holds or not.</summary>
public sealed record StateClause(string Source, PostState State, Choice Choice) : SearchClause(Source)
{
    /// <inheritdoc />
    public override SearchedKind? Kind => State switch
    {
        PostState.IsAccepted => SearchedKind.Answer,
        PostState.HasAccepted or PostState.IsAnswered or PostState.Closed or PostState.Duplicate => SearchedKind.Question,
        PostState.HasCode or PostState.Locked or PostState.Wiki or PostState.Deleted => null,
    };
}

/// <summary>The post belongs to this question; null is the question one comes from.</summary>
public sealed record ThreadClause(string Source, long? QuestionId) : SearchClause(Source);

/// <summary>The post is among this user's saves; null is the current user.</summary>
public sealed record SavesClause(string Source, long? UserId) : SearchClause(Source);

/// <summary>Something to tell the person about the query: a code to look the sentence up by, and the words of the query it is about.</summary>
public sealed record SearchHint(string Code, string About);

/// <summary>What was typed into the search box, understood. <see cref="SearchQueryParser"/> makes it.</summary>
public sealed record SearchQuery(string Text, IReadOnlyList<SearchClause> Clauses, IReadOnlyList<SearchHint> Hints)
{
    /// <summary>The tags, when the query is nothing but tags that must all be carried; else empty.</summary>
    public IReadOnlyList<string> OnlyTags =>
        Clauses.All(c => c is TagsClause { IsNegated: false, IsOne: true })
            ? [.. Clauses.Cast<TagsClause>().Select(c => c.AnyOf[0]).Distinct(StringComparer.Ordinal)]
            : [];

    /// <summary>Whether deleted posts are asked for, alone or beside the others.</summary>
    public Choice Deleted =>
        Clauses.OfType<StateClause>().FirstOrDefault(c => c is { State: PostState.Deleted, IsNegated: false })?.Choice ?? Choice.No;

    /// <summary>The query with another text in place of what was typed for some of its conditions; null leaves one out.</summary>
    public string With(Func<SearchClause, string?> replaced) => string.Join(' ', Clauses.Select(replaced).Where(source => source is not null));

    /// <summary>The words and phrases as a person would put them into a title; what "ask a question" is filled with.</summary>
    public string PlainWords => string.Join(' ', Clauses.OfType<TextClause>().Where(c => !c.IsNegated && c.IsOfWords).Select(c => c.Text));
}
