using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>A query as SQL: full text for its words, plain conditions for its operators. Whatever was typed is a parameter.</summary>
/// <param name="Match">The full-text expression; null when the query asks for no word.</param>
/// <param name="LooseMatch">The same for any of the words; null when that would be no help.</param>
/// <param name="Excluded">Words to leave out when no word is asked for.</param>
/// <param name="Conditions">About <c>p</c>, the post, and <c>q</c>, its question.</param>
/// <param name="Values">Parameters of the conditions.</param>
sealed record SearchFilter(
    string? Match, string? LooseMatch, string? Excluded, IReadOnlyList<string> Conditions, IReadOnlyDictionary<string, object?> Values)
{
    /// <summary>Whether the query asks for nothing that search acts on.</summary>
    public bool IsEmpty => Match is null && Excluded is null && Conditions.Count == 0;

    public static SearchFilter Of(SearchQuery query, CurrentUser user)
    {
        var conditions = new List<string>();
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var clause in query.Supported)
        {
            var condition = clause switch
            {
                TagsClause tags => TagCondition(tags),
                AuthorClause author => $"p.author_id = {Value(author.UserId ?? user.Id)}",
                KindClause kind => kind.Kind == SearchedKind.Question ? "p.kind = 1" : "p.kind = 2",
                NumberClause score => string.Join(" and ", Bounds(score)),
                _ => null,
            };
            if (condition is not null)
                conditions.Add(clause.IsNegated ? $"not coalesce(({condition}), 0)" : $"({condition})");
        }

        var match = SearchMatch.Sqlite(query);
        var excluded = SearchMatch.SqliteExcluded(query);
        return match is null
            ? new(null, null, excluded, conditions, values)
            : new(Without(match), SearchMatch.SqliteAny(query) is { } any ? Without(any) : null, null, conditions, values);

        string Without(string expression) => excluded is null ? expression : $"({expression}) NOT ({excluded})";

        string TagCondition(TagsClause tags) =>
            $"""
            exists (select 1
                    from question_tags tagged
                    join tags on tags.id = tagged.tag_id
                    where tagged.question_id = q.id and tags.name in ({string.Join(", ", tags.AnyOf.Select(t => Value(t)))}))
            """;

        IEnumerable<string> Bounds(NumberClause score)
        {
            if (score.Least is { } least)
                yield return $"p.score >= {Value(least)}";
            if (score.Most is { } most)
                yield return $"p.score <= {Value(most)}";
        }

        string Value(object? value)
        {
            var name = $"v{values.Count}";
            values.Add(name, value);
            return "@" + name;
        }
    }

    /// <summary>A page of hits in their order, each with how many there are.</summary>
    public string Statement(SqlDialect dialect, SearchOrder order) =>
        $"""
        with hits as materialized (
        {Hits(dialect, order)}
        )
        select p.id as Id, h.rank as TextRank, p.title as Title, p.score as Score, q.active_at as ActiveAt,
               case when p.kind = 2 then q.accepted_answer_id is p.id else 0 end as IsAccepted,
               (select count(*) from hits) as Total
        from (select id, rank, sorted from hits order by rank, sorted desc, id desc limit @size offset @skip) h
        join posts p on p.id = h.id
        join posts q on q.id = coalesce(p.question_id, p.id)
        order by h.rank, h.sorted desc, h.id desc
        """;

    /// <summary>How many hits there are, counted no further than the settings say.</summary>
    public string CountStatement(SqlDialect dialect) =>
        $"""
        select count(*) from (
        {Hits(dialect, SearchOrder.Newest)}
        )
        """;

    public Dictionary<string, object?> Parameters(SearchSettings settings, int size, int skip) =>
        new(Values, StringComparer.Ordinal)
        {
            ["match"] = Match, ["excluded"] = Excluded, ["titleWeight"] = settings.TitleWeight, ["most"] = settings.MostCounted,
            ["size"] = size, ["skip"] = skip,
        };

    /// <summary>
    /// The newest hits, as many as are counted, each with what it is sorted by. Ids grow with time, so that the newest are
    /// read without sorting all, and a word that half the posts have costs no more than the bound.
    /// </summary>
    string Hits(SqlDialect dialect, SearchOrder order) => dialect switch
    {
        SqlDialect.Sqlite when Match is not null =>
            $"""
            select post_search.rowid as id, {(order == SearchOrder.Relevance ? "bm25(post_search, @titleWeight, 1.0)" : "0.0")} as rank, {Sorted(order)} as sorted
            from post_search
            join posts p on p.id = post_search.rowid
            join posts q on q.id = coalesce(p.question_id, p.id)
            where post_search match @match{And()}
            order by post_search.rowid desc
            limit @most
            """,
        SqlDialect.Sqlite =>
            $"""
            select p.id as id, 0.0 as rank, {Sorted(order)} as sorted
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            where {IndexedPost.IsVisible}{And()}{(Excluded is null ? "" : "\n  and p.id not in (select rowid from post_search where post_search match @excluded)")}
            order by p.id desc
            limit @most
            """,
    };

    static string Sorted(SearchOrder order) => order switch
    {
        SearchOrder.Relevance or SearchOrder.Newest => "p.created_at",
        SearchOrder.Score => "p.score",
        SearchOrder.Active => "q.active_at",
    };

    string And() => string.Concat(Conditions.Select(c => $"\n  and {c}"));
}
