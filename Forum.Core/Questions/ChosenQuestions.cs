using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;

namespace Forum.Core.Questions;

/// <summary>A tag that a list is made of.</summary>
internal sealed record ListedTag
{
    public long Id { get; init; }
    public string Name { get; init; } = "";

    /// <summary>The name it was asked for by: its own, or a synonym of it.</summary>
    public string Asked { get; init; } = "";
    public string Related { get; init; } = "";
    public int QuestionCount { get; init; }
    public int UnansweredCount { get; init; }
}

/// <summary>A place in a list that no index holds.</summary>
internal sealed record ChosenPlace
{
    public long Key { get; init; }
    public long Id { get; init; }

    /// <summary>How many places there are.</summary>
    public long Total { get; init; }

    /// <summary>How many questions were looked at.</summary>
    public long LookedAt { get; init; }
}

/// <summary>
/// Lists that are chosen from the first so many questions of an index, or of the indexes of several tags, by conditions that no
/// index has. What they look at is bounded, so that they cost the same on a large site; docs/rules/lists.md says what that leaves out.
/// </summary>
/// <param name="Filter">What is wanted.</param>
/// <param name="Ranking">The ranking that is listed; null for the filter's order.</param>
/// <param name="All">Tags that each question carries, the rarest first.</param>
/// <param name="Any">Tags of which each question carries one; null when that does not matter.</param>
/// <param name="Hides">Whether what the reader ignores is left out.</param>
internal sealed record ChosenQuestions(QuestionFilter Filter, Ranking? Ranking, IReadOnlyList<ListedTag> All, IReadOnlyList<ListedTag>? Any, bool Hides)
{
    /// <summary>Tags that somebody watches, of a list of patterns, or those they know: the ones with most questions.</summary>
    public static Task<IReadOnlyList<ListedTag>> TagsOf(
        Db db, CurrentUser user, bool watched, IReadOnlyList<string> patterns, bool known, ListSettings lists, CancellationToken token) =>
        db.Query<ListedTag>(
            $"""
            select t.id as Id, t.question_count as QuestionCount
            from (select pattern from watched_tags where user_id = @mine and is_ignored = 0) w
            join tags t on {db.Dialect.Matches("t.name", "w.pattern")}
            union
            select t.id, t.question_count
            from {db.Dialect.EachText("@patterns")} w
            join tags t on {db.Dialect.Matches("t.name", "w.pattern")}
            union
            select t.id, t.question_count
            from (select tag_id from tag_scores where user_id = @knows and answer_score > 0 order by answer_score desc limit @KnownTags) k
            join tags t on t.id = k.tag_id
            order by QuestionCount desc, Id
            limit @TagsTogether
            """,
            new { mine = watched ? user.Id : null, patterns = db.Dialect.List(patterns), knows = known ? user.Id : null, lists.KnownTags, lists.TagsTogether }, token);

    /// <summary>The condition that a question carries no tag that the reader ignores.</summary>
    public static string IsNotIgnored(SqlDialect dialect, string id) =>
        $"""
        not exists (
            select 1 from question_tags i
            where i.question_id = {id} and i.tag_id in (
                select t.id
                from watched_tags w
                join tags t on {dialect.Matches("t.name", "w.pattern")}
                where w.user_id = @me and w.is_ignored = 1))
        """;

    /// <summary>A page of the list, with how long it is.</summary>
    public Task<IReadOnlyList<ChosenPlace>> Read(Db db, CurrentUser user, ListSettings lists, DateTimeOffset now, int size, long skip, CancellationToken token)
    {
        var parameters = Parameters(db.Dialect, user, size, skip);
        parameters["looked"] = AtMost(lists);
        parameters["since"] = now.AddDays(-Filter.Days).ToUnixTimeMilliseconds();
        parameters["list"] = Rankings.Word(Ranking ?? Questions.Ranking.Trending);
        return db.Query<ChosenPlace>(Statement(db.Dialect), parameters, token);
    }

    /// <summary>Whether some questions were not looked at.</summary>
    public bool IsCut(IReadOnlyList<ChosenPlace> page, ListSettings lists) =>
        Branches.Count > 0 ? Branches.Any(tag => tag.QuestionCount > AtMost(lists)) : IsOrdered && page is [{ LookedAt: var looked }, ..] && looked >= AtMost(lists);

    /// <summary>
    /// What interests the reader: of the last active questions of all and of the tags they watch or know, those that come first when
    /// each such tag halves a question's age; and some hot ones, others each day. In the order of their activity.
    /// </summary>
    public Task<IReadOnlyList<ChosenPlace>> ReadInteresting(Db db, CurrentUser user, ListSettings lists, DateTimeOffset now, int size, long skip, CancellationToken token)
    {
        var parameters = Parameters(db.Dialect, user, size, skip);
        parameters["newest"] = lists.InterestingNewest;
        parameters["ofTag"] = lists.InterestingOfTag;
        parameters["dull"] = lists.DullScore;
        parameters["now"] = now.ToUnixTimeMilliseconds();
        parameters["chosen"] = lists.Interesting;
        parameters["hot"] = lists.InterestingHot;
        parameters["hotScore"] = lists.InterestingHotScore;
        parameters["day"] = now.ToUnixTimeMilliseconds() / 86_400_000;
        parameters["list"] = Rankings.Word(Questions.Ranking.Hot);
        // The indexes of tags have no scores: whether a question is dull is asked in turn, until enough are chosen. A limit, even of none,
        // keeps the engine from dropping the order that this goes by.
        var ofTags = string.Concat(Enumerable.Range(0, Branches.Count).Select(i =>
            $"""

            union all
            select * from (
                select active_at, question_id, 1 from question_tags
                where tag_id = @tag{i} and is_listed = 1 order by active_at desc, question_id desc limit @ofTag)
            """));
        return db.Query<ChosenPlace>(
            $"""
            with looked as (
                select * from (
                    select active_at as key, id, 0 as is_mine from posts
                    where kind = 1 and is_listed = 1 order by active_at desc, id desc limit @newest){ofTags}
            ), chosen as (
                select * from (
                    select b.key, b.id
                    from (
                        select max(l.key) as key, l.id
                        from looked l
                        where {IsNotIgnored(db.Dialect, "l.id")}
                        group by l.id
                        order by (@now - max(l.key)) / (1 << min(sum(l.is_mine), 10)), l.id desc
                        limit -1) b
                    where (select q.score from posts q where q.id = b.id) > @dull
                    limit @chosen)
                union
                select * from (
                    select q.active_at, q.id
                    from ranked_questions r
                    join posts q on q.id = r.question_id
                    where r.list = @list and q.deleted_at is null and q.is_answered = 1 and q.score >= @hotScore and {IsNotIgnored(db.Dialect, "q.id")}
                    order by (q.id * 7919 + @day * 104729) % 10007, q.id
                    limit @hot))
            select key as Key, id as Id, count(*) over () as Total, 0 as LookedAt
            from chosen
            order by key desc, id desc
            limit @size offset @skip
            """,
            parameters, token);
    }

    // The tags whose own lists are read: the rarest that all must have, or each of those that one must be.
    private IReadOnlyList<ListedTag> Branches => !IsOrdered ? [] : All is [var rarest, ..] ? [rarest] : Any ?? [];

    // Read from an index of questions; else from the few that have a bounty or are ranked.
    private bool IsOrdered => Ranking is null && !Filter.HasBounty && Filter.Order is FilterOrder.Newest or FilterOrder.Active or FilterOrder.Score;

    private bool IsRanked => Ranking is not null || Filter is { Order: FilterOrder.Trending, HasBounty: false };

    private bool IsBountied => Ranking is null && (Filter.HasBounty || Filter.Order == FilterOrder.Ending);

    // Of many tags less of each is looked at.
    private int AtMost(ListSettings lists) => Math.Max(lists.LookedAt / Math.Max(Branches.Count, 1), Math.Min(lists.LookedAt, 250));

    private Dictionary<string, object?> Parameters(SqlDialect dialect, CurrentUser user, int size, long skip)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { ["me"] = user.Id, ["size"] = size, ["skip"] = skip };
        for (var i = 0; i < Branches.Count; i++)
            parameters[$"tag{i}"] = Branches[i].Id;
        for (var i = 0; i < All.Count; i++)
            parameters[$"all{i}"] = All[i].Id;
        if (Any is not null)
            parameters["any"] = dialect.List(Any.Select(tag => tag.Id));
        return parameters;
    }

    private string Statement(SqlDialect dialect)
    {
        var conditions = Conditions(dialect).ToList();
        // Only a ranking may have what was deleted since.
        var asksQuestions = IsRanked || conditions.Exists(condition => condition.StartsWith("q.", StringComparison.Ordinal));
        return $"""
            with looked as (
                {Looked}
            )
            select l.key as Key, l.id as Id, count(*) over () as Total, (select count(*) from looked) as LookedAt
            from (select distinct key, id from looked) l
            {(asksQuestions ? "join posts q on q.id = l.id and q.deleted_at is null" : "")}
            {(conditions.Count > 0 ? "where " + string.Join("\n  and ", conditions) : "")}
            order by l.key desc, l.id desc
            limit @size offset @skip
            """;
    }

    private string Looked
    {
        get
        {
            if (IsRanked)
                return "select -rank as key, question_id as id from ranked_questions where list = @list";
            if (IsBountied)
                return $"select {BountyKey} as key, q.id from bounties b join posts q on q.id = b.question_id where b.ended_at is null and q.deleted_at is null";
            if (Filter.Order == FilterOrder.Frequent)
                return "select link_count as key, id from posts where kind = 1 and is_listed = 1 and link_count > 0 order by link_count desc, id desc limit @looked";
            return Branches.Count == 0
                ? Branch("posts", "id", "kind = 1 and is_listed = 1", isTag: false)
                : string.Join("\nunion all\n", Branches.Select((_, i) => $"select * from ({Branch("question_tags", "question_id", $"tag_id = @tag{i} and is_listed = 1", isTag: true)})"));
        }
    }

    private string BountyKey => Filter.Order switch
    {
        FilterOrder.Newest => "q.created_at",
        FilterOrder.Active => "q.active_at",
        FilterOrder.Score => "q.score",
        FilterOrder.Frequent => "q.link_count",
        FilterOrder.Ending => "-b.ends_at",
        FilterOrder.Trending => "coalesce((select -r.rank from ranked_questions r where r.list = @list and r.question_id = q.id), -1000000)",
    };

    // One index is read in its order, and what it holds is asked there; what is asked of it besides would have no end.
    private string Branch(string table, string id, string where, bool isTag)
    {
        var kept = (NoAnswersIn(isTag), UnansweredIn(isTag)) switch
        {
            (true, _) => " and answer_count = 0",
            (_, true) => " and is_answered = 0",
            _ => "",
        };
        // What was asked since then was active since then.
        var since = Filter.Days > 0 ? $" and {ReadBy} >= @since" : "";
        return $"select {Key} as key, {id} as id from {table} where {where}{kept}{since} order by {ReadBy} desc, {id} desc limit @looked";
    }

    private string Key => Filter.Order switch
    {
        FilterOrder.Active => "active_at",
        FilterOrder.Score => "score",
        _ => "created_at",
    };

    private string ReadBy => Key == "score" && Filter.Days > 0 ? "created_at" : Key;

    private bool NoAnswersIn(bool isTag) => Filter.NoAnswers && !isTag && ReadBy == "created_at";

    private bool UnansweredIn(bool isTag) => (Filter.Unanswered || Filter.NoAnswers) && (isTag ? ReadBy == "score" : ReadBy != "active_at");

    private IEnumerable<string> Conditions(SqlDialect dialect)
    {
        // What the index that is read holds already, the question need not be asked.
        var isTag = Branches.Count > 0;
        if (Filter.NoAnswers && !(IsOrdered && NoAnswersIn(isTag)))
            yield return "q.answer_count = 0";
        if (Filter.Unanswered && !(IsOrdered && UnansweredIn(isTag)))
            yield return "q.is_answered = 0";
        if (Filter.Days > 0 && !(IsOrdered && ReadBy == "created_at"))
            yield return "q.created_at >= @since";
        for (var i = IsOrdered ? 1 : 0; i < All.Count; i++)
            yield return $"exists (select 1 from question_tags o where o.question_id = l.id and o.tag_id = @all{i})";
        if (Any is not null && (!IsOrdered || All.Count > 0))
            yield return $"exists (select 1 from question_tags o where o.question_id = l.id and {dialect.InList("o.tag_id", "@any")})";
        if (Hides)
            yield return IsNotIgnored(dialect, "l.id");
    }
}
