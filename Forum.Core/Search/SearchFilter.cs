using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Search;

/// <summary>
/// What every hit of a query belongs to, where an index tells its posts: none of it, or several of these. Each is null when the query
/// does not name one of its kind, or several in place of each other.
/// </summary>
/// <param name="Tag">A tag of its question.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Thread">The question it is or answers.</param>
/// <param name="Saver">Who saved it.</param>
/// <param name="Order">An order of questions, of which only a part is asked for; only questions are.</param>
/// <param name="Until">When it was written at the latest.</param>
sealed record SearchScope(string? Tag, long? Author, long? Thread, long? Saver, QuestionsBy? Order, DateTimeOffset? Until)
{
    public static SearchScope Of(SearchQuery query, CurrentUser user, DateTimeOffset now)
    {
        var wanted = query.Clauses.Where(c => !c.IsNegated).ToList();
        var dates = wanted.OfType<DateClause>().ToList();
        var onlyQuestions = query.Clauses.Any(c => c.Kind == SearchedKind.Question) || wanted.OfType<KindClause>().Any(c => c.Is == SearchedKind.Question);
        return new(
            wanted.OfType<TagsClause>().FirstOrDefault(t => t.IsOne)?.AnyOf[0],
            wanted.OfType<AuthorClause>().FirstOrDefault() is { } by ? by.UserId ?? user.Id : null,
            wanted.OfType<ThreadClause>().FirstOrDefault()?.QuestionId,
            wanted.OfType<SavesClause>().Any() ? user.Id : null,
            !onlyQuestions ? null
                : dates.Exists(d => d.Moment == Moment.Created) ? QuestionsBy.Created
                : dates.Exists(d => d.Moment == Moment.LastActive) ? QuestionsBy.Active
                : wanted.OfType<NumberClause>().Any(n => n is { Measure: Measure.Score, Least: not null }) ? QuestionsBy.Score
                : null,
            dates.FindAll(d => d.Moment == Moment.Created).Min(d => d.At(now).To));
    }
}

/// <summary>An order in which the questions that are not deleted are listed.</summary>
enum QuestionsBy
{
    Created,
    Active,
    Score,
}

/// <summary>A query as SQL: full text for its words, plain conditions for its operators. Whatever was typed is a parameter.</summary>
/// <param name="Match">The full-text expression; null when the query asks for no word.</param>
/// <param name="LooseMatch">The same for any of the words; null when that would be no help.</param>
/// <param name="Exact">Its words as they were typed; null when the expression asks for no others.</param>
/// <param name="Excluded">Words to leave out when no word is asked for.</param>
/// <param name="Code">Code that a hit must have, for its own index.</param>
/// <param name="Links">Links that a hit must have, for their own index.</param>
/// <param name="Conditions">About <c>l</c> and <c>p</c>, the post, and <c>q</c>, its question.</param>
/// <param name="Values">Parameters of the conditions.</param>
/// <param name="Scope">What all hits belong to.</param>
/// <param name="Deleted">Deleted posts that the query finds besides, or alone.</param>
sealed record SearchFilter(
    string? Match, string? LooseMatch, string? Exact, string? Excluded, string? Code, string? Links, IReadOnlyList<string> Conditions, IReadOnlyDictionary<string, object?> Values,
    SearchScope Scope, DeletedPosts.Found Deleted)
{
    /// <summary>Whether words that a hit must not have stand beside those it must have.</summary>
    bool IsExcluding => Match?.Contains(" NOT ", StringComparison.Ordinal) == true;

    /// <summary>Whether a word must stand in a body: titles alone do not tell.</summary>
    public bool NeedsBodies => Match?.Contains("body : ", StringComparison.Ordinal) == true;

    /// <summary>Whether the query asks for nothing that search acts on.</summary>
    public bool IsEmpty => Match is null && Excluded is null && Code is null && Links is null && Conditions.Count == 0 && Deleted.Choice == Choice.No;

    public static SearchFilter Of(SearchQuery query, CurrentUser user, DeletedPosts.Found deleted, DateTimeOffset now)
    {
        var (conditions, values) = SearchConditions.Of(query, user, now);
        var match = SearchMatch.Sqlite(query);
        var excluded = SearchMatch.SqliteExcluded(query);
        var (code, links) = (SearchMatch.SqliteCode(query, isNegated: false), SearchMatch.SqliteLinks(query, isNegated: false));
        var scope = SearchScope.Of(query, user, now);
        return match is null
            ? new(null, null, null, excluded, code, links, conditions, values, scope, deleted)
            : new(Without(match), SearchMatch.SqliteAny(query) is { } any ? Without(any) : null, SearchMatch.SqliteExact(query), null, code, links, conditions, values, scope, deleted);

        string Without(string expression) => excluded is null ? expression : $"({expression}) NOT ({excluded})";
    }

    /// <summary>A page of hits in their order, with how many there are as far as they were looked for, and the oldest of those.</summary>
    public string Statement(SqlDialect dialect, SearchOrder order, SearchPlan plan) =>
        $"""
        with {Hits(dialect, order, plan)}
        select p.id as Id, h.rank as TextRank, p.title as Title, p.score as Score, q.active_at as ActiveAt,
               case when p.kind = 2 then q.accepted_answer_id is p.id else 0 end as IsAccepted,
               {(Exact is not null && plan.Ranking == Ranking.Text ? "p.id in (select rowid from post_search where post_search match @exact)" : "0")} as IsExact,
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
            ["match"] = Match, ["exact"] = Exact, ["excluded"] = Excluded, ["code"] = Code, ["links"] = Links, ["titles"] = plan.Titles, ["bodies"] = plan.Bodies,
            ["titleWeight"] = settings.TitleWeight, ["hits"] = hits, ["looked"] = settings.MostLookedAt, ["narrowed"] = plan.MostNarrowed(settings, Match is not null), ["scanned"] = settings.MostScanned, ["passed"] = settings.MostPassedOver,
            ["tag"] = Scope.Tag, ["author"] = Scope.Author, ["thread"] = Scope.Thread, ["saver"] = Scope.Saver, ["before"] = plan.Before,
            ["deleted"] = SqlDialect.Sqlite.List(Deleted.Ids), ["size"] = size, ["skip"] = skip,
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
        var conditions = Where(plan);
        var readsQuestion = order == SearchOrder.Active || conditions.Contains("q.", StringComparison.Ordinal);
        var posts = readsQuestion ? "join posts p on p.id = l.id\n    join posts q on q.id = coalesce(p.question_id, p.id)"
            : order == SearchOrder.Score || conditions.Contains("p.", StringComparison.Ordinal) ? "join posts p on p.id = l.id"
            : "";
        return dialect switch
        {
            SqlDialect.Sqlite =>
                $"""
                {Looked(plan)},
                {(IsRankedAfter(plan) ? "kept" : "hits")} as materialized (
                    select l.id, l.rank, {sorted} as sorted
                    from looked l
                    {posts}
                    {conditions}
                    order by {(plan.Ranking == Ranking.Title ? "l.rank, " : "")}l.id desc
                    limit @hits
                ){(IsRankedAfter(plan) ? RankedHits : "")}
                """,
        };
    }

    const string Rank = "bm25(post_search, @titleWeight, 1.0)";

    // Ranking costs more than finding: of many that are looked at, the few that fulfil the conditions are ranked.
    bool IsRankedAfter(SearchPlan plan) => plan is { Ranking: Ranking.Text, Narrow: Narrow.None } && Conditions.Count > 0 && Deleted.Choice == Choice.No;

    const string RankedHits =
        $"""
        ,
        hits as materialized (
            select rowid as id, {Rank} as rank, 0 as sorted
            from post_search
            where post_search match @match and rowid >= (select min(id) from kept) and +rowid in (select id from kept)
        )
        """;

    // What is looked at, with the deleted posts that the query asks for: those fulfil it already.
    string Looked(SearchPlan plan) => Deleted.Choice switch
    {
        Choice.No => Visible(plan, "looked"),
        Choice.Yes => $"looked as materialized ({DeletedPosts.Listed})",
        Choice.All =>
            $"""
            {Visible(plan, "visible")},
            looked as materialized (
                select id, rank from visible where id not in (select value from json_each(@deleted))
                union all
                {DeletedPosts.Listed}
            )
            """,
    };

    // Hits of the words, the code or the links, or posts of the tag, the person, the thread, or just the newest posts.
    string Visible(SearchPlan plan, string name) => (Match, plan) switch
    {
        (not null, { Ranking: Ranking.Title }) =>
            $"""
            titled as materialized (
                select rowid as id
                from title_search
                where title_search match @match and rowid > {Oldest("@titles")}{Before(plan)}
                {(IsExcluding ? "and rowid in (select rowid from post_search where post_search match @match)" : "")}
                order by rowid desc
                limit {(plan.IsBounded ? "@looked" : "@hits")}
            ),
            {name} as materialized (
                select id, -1.0 as rank
                from titled
                union all
                select id, 0.0 as rank
                from (select rowid as id
                      from post_search
                      where post_search match @match and rowid > {Oldest("@bodies")}{Before(plan)} and rowid not in (select id from titled)
                      {(plan.IsShort ? "" : $"order by rowid desc\n      limit {(plan.IsBounded ? "@looked" : "@hits")}")})
            )
            """,
        (not null, { Narrow: Narrow.None }) =>
            $"""
            {name} as materialized (
                select rowid as id, {(plan.Ranking == Ranking.Text && !IsRankedAfter(plan) ? Rank : "0.0")} as rank
                from post_search
                where post_search match @match{Before(plan)}
                {(plan.IsShort ? "" : $"order by rowid desc\nlimit {(plan.IsBounded ? "@looked" : "@hits")}")}
            )
            """,
        // So few that each is looked up.
        (not null, { Narrow: Narrow.Thread or Narrow.Saves }) =>
            $"""
            narrow as materialized (
                {Few(plan)}
            ),
            {name} as materialized (
                select narrow.id, 0.0 as rank
                from narrow
                cross join post_search
                where post_search.rowid = narrow.id and post_search match @match
            )
            """,
        (not null, _) =>
            $"""
            narrow as materialized (
                {Few(plan)}
            ),
            {name} as materialized (
                select id, 0.0 as rank
                from (select rowid as id
                      from post_search
                      where post_search match @match and rowid >= (select min(id) from narrow)
                      order by rowid desc
                      limit @scanned)
                where id in (select id from narrow)
            )
            """,
        (null, { Narrow: Narrow.None }) when plan.Before is null => $"{name} as materialized (select id, 0.0 as rank from posts order by id desc limit @passed)",
        (null, { Narrow: Narrow.None }) => $"{name} as materialized (select id, 0.0 as rank from posts where id < @before order by id desc limit @passed)",
        (null, _) =>
            $"""
            {name} as materialized (
                select id, 0.0 as rank
                from ({Few(plan)})
            )
            """,
    };

    // Ids grow with time.
    static string Oldest(string share) => $"(select cast(max(id) * (1 - {share}) as integer) from posts)";

    static string Before(SearchPlan plan, string id = "rowid") => plan.Before is null ? "" : $" and {id} < @before";

    string Few(SearchPlan plan) => plan.Narrow switch
    {
        Narrow.Tag =>
            $"select post_id as id from tagged_posts where tag_id = (select id from tags where name = @tag){Before(plan, "post_id")} order by post_id desc limit @narrowed",
        Narrow.Author => "select id from posts where author_id = @author and kind in (1, 2) and is_listed = 1 limit @narrowed",
        Narrow.Thread =>
            """
            select id from posts where id = @thread and kind = 1
                union all
                select id from posts where question_id = @thread and kind = 2
            """,
        Narrow.Saves => "select post_id as id from saves where user_id = @saver order by saved_at desc limit @narrowed",
        Narrow.Code => $"select rowid as id from code_search where code_search match @code{Before(plan)} order by rowid desc limit {(plan.IsBounded ? "@looked" : "@hits")}",
        Narrow.Links => $"select rowid as id from link_search where link_search match @links{Before(plan)} order by rowid desc limit {(plan.IsBounded ? "@looked" : "@hits")}",
        Narrow.Questions => Listed(Scope.Order!.Value),
        Narrow.None => throw new ArgumentOutOfRangeException(nameof(plan)),
    };

    // The part of a list of questions that all hits are in.
    string Listed(QuestionsBy order)
    {
        var (column, bounds) = order switch
        {
            QuestionsBy.Created => ("created_at", SearchConditions.Bounds("created_at", Values, SearchConditions.Created)),
            QuestionsBy.Active => ("active_at", SearchConditions.Bounds("active_at", Values, SearchConditions.Active)),
            QuestionsBy.Score => ("score", SearchConditions.Bounds("score", Values, SearchConditions.Score)),
        };
        return $"select id from posts where kind = 1 and is_listed = 1{bounds} order by {column} desc, id desc limit @passed";
    }

    string Where(SearchPlan plan)
    {
        var all = new List<string>(Conditions);
        // The indexes of text hold what is visible, and nothing else.
        if (Match is null && plan.Narrow is not (Narrow.Code or Narrow.Links))
            all.Add(OrDeleted(IndexedPost.IsVisible));
        if (Match is null && Excluded is not null)
            all.Add(OrDeleted("l.id not in (select rowid from post_search where post_search match @excluded and rowid >= (select min(id) from looked))"));
        if (Code is not null && plan.Narrow != Narrow.Code)
            all.Add(OrDeleted("l.id in (select rowid from code_search where code_search match @code and rowid >= (select min(id) from looked) order by rowid desc limit @scanned)"));
        if (Links is not null && plan.Narrow != Narrow.Links)
            all.Add(OrDeleted("l.id in (select rowid from link_search where link_search match @links and rowid >= (select min(id) from looked) order by rowid desc limit @scanned)"));
        return all.Count == 0 ? "" : "where " + string.Join("\n  and ", all);
    }

    // What was deleted has left the indexes; DeletedPosts has looked at its text.
    string OrDeleted(string condition) => Deleted.Choice == Choice.No ? condition : $"(l.id in (select value from json_each(@deleted)) or {condition})";
}
