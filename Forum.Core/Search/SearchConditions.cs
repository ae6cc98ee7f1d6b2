using Forum.Data;

namespace Forum.Core.Search;

/// <summary>The operators of a query as conditions on <c>l</c> and <c>p</c>, a post, and <c>q</c>, its question; what was typed is in their parameters.</summary>
sealed class SearchConditions
{
    /// <summary>Begin the names of the parameters that bound an order of questions.</summary>
    public const string Created = "created", Active = "active", Score = "score";

    readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);
    readonly CurrentUser user;
    readonly DateTimeOffset now;

    SearchConditions(CurrentUser user, DateTimeOffset now) => (this.user, this.now) = (user, now);

    public static (IReadOnlyList<string> Conditions, IReadOnlyDictionary<string, object?> Values) Of(SearchQuery query, CurrentUser user, DateTimeOffset now)
    {
        var made = new SearchConditions(user, now);
        var conditions = new List<string>();
        foreach (var clause in query.Clauses)
        {
            if (made.Condition(clause) is { } condition)
                conditions.Add(clause.IsNegated ? $"not coalesce(({condition}), 0)" : $"({condition})");
        }

        foreach (var kind in query.Clauses.Select(c => c.Kind).OfType<SearchedKind>().Distinct())
            conditions.Add(Kind(kind));
        if (SearchMatch.SqliteCode(query, isNegated: true) is { } code)
            conditions.Add($"l.id not in (select rowid from code_search where code_search match {made.Value(code)} and rowid >= (select min(id) from looked))");
        if (SearchMatch.SqliteLinks(query, isNegated: true) is { } links)
            conditions.Add($"l.id not in (select rowid from link_search where link_search match {made.Value(links)} and rowid >= (select min(id) from looked))");
        return (conditions, made.values);
    }

    /// <summary>The bounds that the conditions set to a column, as a part of a condition.</summary>
    public static string Bounds(string column, IReadOnlyDictionary<string, object?> values, string bound) =>
        string.Concat(values.Keys.Where(name => name.StartsWith(bound, StringComparison.Ordinal))
            .Select(name => $" and {column} {(name.EndsWith("Least", StringComparison.Ordinal) ? ">=" : "<=")} @{name}"));

    string? Condition(SearchClause clause) => clause switch
    {
        TagsClause tags when tags.AnyOf.Any(IsPattern) => Tagged($"select id from tags where {string.Join(" or ", tags.AnyOf.Select(Named))}"),
        TagsClause tags =>
            $"""
            exists (select 1
                    from tagged_posts tagged
                    where tagged.post_id = l.id
                      and tagged.tag_id in (select id from tags where {string.Join(" or ", tags.AnyOf.Select(Named))}))
            """,
        WatchedTagsClause => Tagged(
            $"""
            select id
            from tags
            where name in (select pattern from watched_tags where user_id = {Value(user.Id)} and is_ignored = 0)
            union all
            select tags.id
            from watched_tags w
            join tags on tags.name glob w.pattern
            where w.user_id = {Value(user.Id)} and w.is_ignored = 0 and instr(w.pattern, '*') > 0
            """),
        AuthorClause author => $"p.author_id = {Value(author.UserId ?? user.Id)}",
        KindClause kind => Kind(kind.Is),
        NumberClause number => Between(Column(number.Measure), number.Measure == Measure.Score && !number.IsNegated ? Score : null, number.Least, number.Most),
        DateClause date => Between(Column(date.Moment), date.IsNegated ? null : Bound(date.Moment), date.At(now).From, date.At(now).To),
        StateClause { State: PostState.Deleted } => null,
        StateClause state => state.Choice == Choice.Yes ? State(state.State) : $"not coalesce(({State(state.State)}), 0)",
        ThreadClause { QuestionId: { } question } => $"coalesce(p.question_id, p.id) = {Value(question)}",
        // What somebody saves is nobody else's business.
        SavesClause saves => saves.UserId is null || saves.UserId == user.Id
            ? $"exists (select 1 from saves where saves.user_id = {Value(user.Id)} and saves.post_id = p.id)"
            : "1 = 0",
        _ => null,
    };

    static string Kind(SearchedKind kind) => kind == SearchedKind.Question ? "p.kind = 1" : "p.kind = 2";

    static string Column(Measure measure) => measure switch
    {
        Measure.Score => "p.score",
        Measure.Answers => "p.answer_count",
        Measure.Views => "p.view_count",
    };

    static string Column(Moment moment) => moment switch
    {
        Moment.Created => "p.created_at",
        Moment.LastActive => "q.active_at",
        Moment.LastEdit => "p.edited_at",
    };

    static string? Bound(Moment moment) => moment switch
    {
        Moment.Created => Created,
        Moment.LastActive => Active,
        Moment.LastEdit => null,
    };

    static string State(PostState state) => state switch
    {
        PostState.HasCode => "exists (select 1 from code_search where code_search.rowid = p.id) or (p.is_listed = 0 and instr(p.html, '<pre') > 0)",
        PostState.IsAccepted => "q.accepted_answer_id is p.id",
        PostState.HasAccepted => "p.accepted_answer_id is not null",
        PostState.IsAnswered => "p.is_answered = 1",
        PostState.Closed => "p.closed_at is not null",
        PostState.Duplicate => "p.closed_at is not null and p.close_reason = 'duplicate'",
        PostState.Locked => "p.locked_at is not null",
        PostState.Wiki => "p.wiki_at is not null",
        PostState.Deleted => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    // Of many tags those of the question are asked for.
    static string Tagged(string tags) =>
        $"""
        exists (select 1
                from question_tags tagged
                where tagged.question_id = coalesce(p.question_id, p.id)
                  and tagged.tag_id in ({tags}))
        """;

    // A star stands for any characters, and nothing else for anything but itself.
    string Named(string tag) =>
        IsPattern(tag) ? $"name glob {Value(tag.Replace("?", "[?]", StringComparison.Ordinal))}" : $"name = {Value(tag)}";

    static bool IsPattern(string tag) => tag.Contains('*', StringComparison.Ordinal);

    string Between(string column, string? bound, object? least, object? most)
    {
        var parts = new List<string>();
        if (least is not null)
            parts.Add($"{column} >= {Value(least, bound, "Least")}");
        if (most is not null)
            parts.Add($"{column} <= {Value(most, bound, "Most")}");
        return string.Join(" and ", parts);
    }

    string Value(object? value, string? prefix = null, string suffix = "")
    {
        var name = $"{prefix ?? "v"}{values.Count}{suffix}";
        values.Add(name, value);
        return "@" + name;
    }
}
