using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>A query as SQL: full text for its words, plain conditions for its operators. Whatever was typed is a parameter.</summary>
/// <param name="Match">The full-text expression; null when the query asks for no word.</param>
/// <param name="LooseMatch">The same for any of the words; null when that would be no help.</param>
/// <param name="Excluded">Words to leave out when no word is asked for.</param>
/// <param name="Conditions">About <c>p</c>, the post.</param>
/// <param name="Values">Parameters of the conditions.</param>
/// <param name="Tag">A tag that every hit has; null when the query names none, or several in place of each other.</param>
/// <param name="Author">A person who wrote every hit.</param>
sealed record SearchFilter(
    string? Match, string? LooseMatch, string? Excluded, IReadOnlyList<string> Conditions, IReadOnlyDictionary<string, object?> Values, string? Tag, long? Author)
{
    /// <summary>Whether words that a hit must not have stand beside those it must have.</summary>
    bool IsExcluding => Match?.Contains(" NOT ", StringComparison.Ordinal) == true;

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
        var tag = query.Supported.OfType<TagsClause>().FirstOrDefault(t => t is { IsNegated: false, AnyOf.Count: 1 })?.AnyOf[0];
        var person = query.Supported.OfType<AuthorClause>().FirstOrDefault(a => !a.IsNegated) is { } by ? by.UserId ?? user.Id : null;
        return match is null
            ? new(null, null, excluded, conditions, values, tag, person)
            : new(Without(match), SearchMatch.SqliteAny(query) is { } any ? Without(any) : null, null, conditions, values, tag, person);

        string Without(string expression) => excluded is null ? expression : $"({expression}) NOT ({excluded})";

        string TagCondition(TagsClause tags) =>
            $"""
            exists (select 1
                    from question_tags tagged
                    where tagged.question_id = coalesce(p.question_id, p.id)
                      and tagged.tag_id in (select id from tags where name in ({string.Join(", ", tags.AnyOf.Select(t => Value(t)))})))
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

    /// <summary>A page of hits in their order, with how many there are as far as they were looked for, and the oldest of those.</summary>
    public string Statement(SqlDialect dialect, SearchOrder order, SearchPlan plan) =>
        $"""
        with {Hits(dialect, order, plan)}
        select p.id as Id, h.rank as TextRank, p.title as Title, p.score as Score, q.active_at as ActiveAt,
               case when p.kind = 2 then q.accepted_answer_id is p.id else 0 end as IsAccepted,
               (select count(*) from hits) as Total, (select min(id) from hits) as Oldest, (select max(id) from posts) as Newest,
               (select count(*) from looked) as LookedAt
        from (select id, rank, sorted from hits order by rank, sorted desc, id desc limit @size offset @skip) h
        join posts p on p.id = h.id
        join posts q on q.id = coalesce(p.question_id, p.id)
        order by h.rank, h.sorted desc, h.id desc
        """;

    /// <summary>How many hits there are, counted no further than the settings say.</summary>
    public string CountStatement(SqlDialect dialect, SearchPlan plan) =>
        $"""
        with {Hits(dialect, SearchOrder.Newest, plan with { Ranking = Ranking.None })}
        select count(*) from hits
        """;

    /// <summary>What the statements of a plan take.</summary>
    public Dictionary<string, object?> Parameters(SearchPlan plan, SearchSettings settings, int hits, int size, int skip) =>
        new(Values, StringComparer.Ordinal)
        {
            ["match"] = Match, ["excluded"] = Excluded, ["titles"] = plan.Titles, ["bodies"] = plan.Bodies,
            ["titleWeight"] = settings.TitleWeight, ["hits"] = hits, ["looked"] = settings.MostLookedAt, ["narrowed"] = settings.MostNarrowed, ["scanned"] = settings.MostScanned, ["passed"] = settings.MostPassedOver,
            ["tag"] = Tag, ["author"] = Author, ["size"] = size, ["skip"] = skip,
        };

    /// <summary>
    /// The newest hits, each with what it is sorted by. Ids grow with time, so that the newest are read without sorting all;
    /// every table along the way ends at a limit, so that a word that half the posts have costs no more than the others.
    /// </summary>
    string Hits(SqlDialect dialect, SearchOrder order, SearchPlan plan)
    {
        var sorted = order switch
        {
            SearchOrder.Relevance or SearchOrder.Newest => "0",
            SearchOrder.Score => "p.score",
            SearchOrder.Active => "q.active_at",
        };
        var readsQuestion = order == SearchOrder.Active || Match is null;
        var posts = readsQuestion ? "join posts p on p.id = l.id\n    join posts q on q.id = coalesce(p.question_id, p.id)"
            : order == SearchOrder.Score || Conditions.Count > 0 ? "join posts p on p.id = l.id"
            : "";
        return dialect switch
        {
            SqlDialect.Sqlite =>
                $"""
                {Looked(plan)},
                hits as materialized (
                    select l.id, l.rank, {sorted} as sorted
                    from looked l
                    {posts}
                    {Where(Match is null ? IndexedPost.IsVisible : "")}
                    order by {(plan.Ranking == Ranking.Title ? "l.rank, " : "")}l.id desc
                    limit @hits
                )
                """,
        };
    }

    // What is looked at: hits of the words, or posts of the tag or the person, or just the newest posts.
    string Looked(SearchPlan plan) => (Match, plan) switch
    {
        (not null, { Ranking: Ranking.Title }) =>
            $"""
            titled as materialized (
                select rowid as id
                from title_search
                where title_search match @match and rowid > {Oldest("@titles")}
                {(IsExcluding ? "and rowid in (select rowid from post_search where post_search match @match)" : "")}
                order by rowid desc
                limit {(plan.IsBounded ? "@looked" : "@hits")}
            ),
            looked as materialized (
                select id, -1.0 as rank
                from titled
                union all
                select id, 0.0 as rank
                from (select rowid as id
                      from post_search
                      where post_search match @match and rowid > {Oldest("@bodies")} and rowid not in (select id from titled)
                      {(plan.IsShort ? "" : $"order by rowid desc\n      limit {(plan.IsBounded ? "@looked" : "@hits")}")})
            )
            """,
        (not null, { Narrow: Narrow.None }) =>
            $"""
            looked as materialized (
                select rowid as id, {(plan.Ranking == Ranking.Text ? "bm25(post_search, @titleWeight, 1.0)" : "0.0")} as rank
                from post_search
                where post_search match @match
                {(plan.IsShort ? "" : $"order by rowid desc\nlimit {(plan.IsBounded ? "@looked" : "@hits")}")}
            )
            """,
        (not null, _) =>
            $"""
            narrow as materialized (
                {Few(plan.Narrow)}
            ),
            looked as materialized (
                select id, 0.0 as rank
                from (select rowid as id
                      from post_search
                      where post_search match @match and rowid >= (select min(id) from narrow)
                      order by rowid desc
                      limit @scanned)
                where id in (select id from narrow)
            )
            """,
        (null, { Narrow: Narrow.None }) => "looked as materialized (select id, 0.0 as rank from posts order by id desc limit @passed)",
        (null, _) =>
            $"""
            looked as materialized (
                select id, 0.0 as rank
                from ({Few(plan.Narrow)})
            )
            """,
    };

    // Ids grow with time.
    static string Oldest(string share) => $"(select cast(max(id) * (1 - {share}) as integer) from posts)";

    static string Few(Narrow narrow) => narrow switch
    {
        Narrow.Tag =>
            """
            select n.id
                from (select tagged.question_id as id
                      from question_tags tagged
                      where tagged.tag_id = (select id from tags where name = @tag) and tagged.is_listed = 1
                      order by tagged.created_at desc
                      limit @narrowed / 3) n
                union all
                select a.id
                from (select tagged.question_id as id
                      from question_tags tagged
                      where tagged.tag_id = (select id from tags where name = @tag) and tagged.is_listed = 1
                      order by tagged.created_at desc
                      limit @narrowed / 3) n
                join posts a on a.question_id = n.id and a.kind = 2 and a.deleted_at is null
            """,
        Narrow.Author => "select id from posts where author_id = @author and kind in (1, 2) and is_listed = 1 limit @narrowed",
        Narrow.None => throw new ArgumentOutOfRangeException(nameof(narrow)),
    };

    string Where(string visible)
    {
        var all = Conditions.Concat(visible.Length > 0 ? [visible] : [])
            .Concat(Match is null && Excluded is not null ? ["l.id not in (select rowid from post_search where post_search match @excluded and rowid >= (select min(id) from looked))"] : Array.Empty<string>()).ToList();
        return all.Count == 0 ? "" : "where " + string.Join("\n  and ", all);
    }
}
