using Forum.Core.Markdown;
using Forum.Core.Paces;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Search;

/// <summary>What search results are ordered by.</summary>
public enum SearchOrder
{
    /// <summary>Best match first.</summary>
    Relevance,

    /// <summary>Newest first.</summary>
    Newest,

    /// <summary>Highest score first.</summary>
    Score,

    /// <summary>Latest activity in the question first.</summary>
    Active,
}

/// <summary>
/// A page of the questions and answers that a query finds, in the language of docs/rules/search.md. Every string is a query;
/// deleted posts are found when they are asked for, by who may see them. Takes three statements, and a few more for stars inside
/// words, dates, deleted posts, and when nothing has all the words.
/// </summary>
/// <param name="Query">What was typed.</param>
/// <param name="Order">The order.</param>
/// <param name="Page">Number of the page, from 1.</param>
[Paced(PacedAct.Search)]
public sealed record SearchQuestions(string? Query, SearchOrder Order = SearchOrder.Relevance, int Page = 1) : IRequest<SearchQuestions.View>
{
    /// <param name="Query">The query as it was understood.</param>
    /// <param name="Results">The page. Its total ends at the settings' <c>Search.MostCounted</c>.</param>
    /// <param name="IsMore">Whether there are more hits than are counted.</param>
    /// <param name="IsPartial">Whether of older posts only titles, or nothing, was looked at; <see cref="SearchOrder.Newest"/> looks at all.</param>
    /// <param name="IsLoose">Whether no post has all the words, so that these have only some.</param>
    /// <param name="DidYouMean">The query with words in the spelling that this site knows, where nothing has them as they were typed; null otherwise.</param>
    /// <param name="OnlyTags">The tags whose list answers the query, when it is nothing but tags; then there are no results here.</param>
    public sealed record View(SearchQuery Query, PageOf<Item> Results, bool IsMore, bool IsPartial, bool IsLoose, string? DidYouMean, IReadOnlyList<string> OnlyTags);

    /// <summary>A question or answer that was found.</summary>
    public sealed record Item
    {
        public long Id { get; init; }

        /// <summary>The question itself, or the one this answers.</summary>
        public long QuestionId { get; init; }
        public bool IsAnswer => Id != QuestionId;
        public string Title { get; init; } = "";
        public string Html { get; init; } = "";

        /// <summary>The question's, in its author's order.</summary>
        public string Tags { get; init; } = "";
        public int Score { get; init; }
        public int AnswerCount { get; init; }
        public int ViewCount { get; init; }

        /// <summary>A question: it has an accepted answer. An answer: it is the accepted one.</summary>
        public bool IsAccepted { get; init; }
        public bool IsAnswered { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }

        /// <summary>Whether it, or the question it answers, is deleted.</summary>
        public bool IsDeleted { get; init; }

        /// <summary>The bounty that runs on the question, or null.</summary>
        public int? Bounty { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public long? AuthorId { get; init; }
        public string? AuthorName { get; init; }
        public string? RemovedName { get; init; }
        public long? AuthorReputation { get; init; }
        public long? Gold { get; init; }
        public long? Silver { get; init; }
        public long? Bronze { get; init; }
        public long? IsModerator { get; init; }
        public string? Picture { get; init; }

        /// <summary>The title, its hits marked.</summary>
        public IReadOnlyList<Piece> MarkedTitle { get; init; } = [];

        /// <summary>Where the text was hit.</summary>
        public IReadOnlyList<Piece> Excerpt { get; init; } = [];

        /// <summary>Who wrote it.</summary>
        public UserCard Author => UserCard.Of(AuthorId, AuthorName, RemovedName, AuthorReputation, Gold, Silver, Bronze, IsModerator, Picture);

        /// <summary>The names of its tags.</summary>
        public string[] TagNames => Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    internal sealed class Handler(Db db, CurrentUser user, WordCounts words, ForumSettings settings, TimeProvider clock) : IRequestHandler<SearchQuestions, View>
    {
        public async Task<View> Handle(SearchQuestions search, CancellationToken token)
        {
            var query = ForWhom(SearchQueryParser.Parse(search.Query, settings.Search));
            var size = settings.Pages.SearchResults;
            if (query.OnlyTags is { Count: > 0 } tags && tags.Count <= settings.Limits.Tags.Max && tags.All(t => TagNames.IsValid(t, settings.Limits.TagLength)))
                return new(query, new([], 1, size, 0), IsMore: false, IsPartial: false, IsLoose: false, null, tags);

            query = await Wildcards.Look(db, query with { Clauses = await db.InMasters(query.Clauses, token) }, settings.Search, token);
            var filter = SearchFilter.Of(query, user, await DeletedPosts.Of(db, query, user, settings, token), clock.GetUtcNow());
            if (filter.IsEmpty)
                return new(query, new([], 1, size, 0), IsMore: false, IsPartial: false, IsLoose: false, null, []);

            var page = Math.Clamp(search.Page, 1, (MostCounted + size - 1) / size);
            var found = await Find(search.Order, query, filter, page, size, token);
            var isLoose = found.Total == 0 && filter.LooseMatch is not null;
            var didYouMean = found.Total == 0 ? await Spelling.Better(db, query, token) : null;
            if (isLoose)
                found = await Find(search.Order, query, filter with { Match = filter.LooseMatch }, page, size, token);
            return new(
                query, new(await Items(found.Ids, query, token), page, size, found.Total), found.IsMore, found.IsPartial,
                IsLoose: isLoose && found.Total > 0, didYouMean, []);
        }

        // Strangers page through fewer hits: who reads them all is a machine.
        int MostCounted => user.IsSignedIn ? settings.Search.MostCounted : Math.Min(settings.Search.MostCounted, settings.Search.AnonymousResults);

        SearchQuery ForWhom(SearchQuery query)
        {
            var hints = query.Hints.ToList();
            var clauses = new List<SearchClause>();
            var tags = 0;
            foreach (var clause in query.Clauses)
            {
                if (clause is TagsClause named && !user.IsSignedIn && (tags += named.AnyOf.Count) > settings.Search.AnonymousTags)
                {
                    hints.Add(new("search.anonymous-tags", clause.Source));
                    continue;
                }

                if (clause is ThreadClause { QuestionId: null })
                    hints.Add(new("search.this", clause.Source));
                else if (clause is SavesClause { UserId: { } other } && other != user.Id)
                    hints.Add(new("search.saves-private", clause.Source));
                else if (!user.IsSignedIn && IsAboutReader(clause))
                    hints.Add(new("search.me", clause.Source));
                clauses.Add(clause);
            }

            return query with { Clauses = clauses, Hints = hints };
        }

        static bool IsAboutReader(SearchClause clause) => clause is
            AuthorClause { UserId: null } or WatchedTagsClause or SavesClause { UserId: null } or StateClause { State: PostState.Deleted, Choice: not Choice.No };

        async Task<Hits> Find(SearchOrder order, SearchQuery query, SearchFilter filter, int page, int size, CancellationToken token)
        {
            var plan = await SearchPlan.For(db, words, filter, order, settings.Search, token);
            var found = await Find(plan, order, query, filter, page, size, token);
            // Nothing is only said after all was looked at.
            return found.Total == 0 && plan.IsPartial ? await Find(plan with { Titles = 1, Bodies = 1 }, order, query, filter, page, size, token) : found;
        }

        async Task<Hits> Find(SearchPlan plan, SearchOrder order, SearchQuery query, SearchFilter filter, int page, int size, CancellationToken token)
        {
            var most = MostCounted;
            var skip = (page - 1) * size;
            // Whole pages are ranked, so that those that follow by age begin where the ranked ones end.
            var ranked = Math.Max(size, Math.Min(settings.Search.MostRanked, most) / size * size);
            var isRanked = skip < ranked;
            if (!isRanked && plan.Ranking != Ranking.Title)
                (order, plan) = (SearchOrder.Newest, plan with { Ranking = Ranking.None });

            // The first hits by text are read together, and put in their final order here; further ones stay as the engine has them.
            var isReordered = order == SearchOrder.Relevance && filter.Match is not null && skip + size <= settings.Search.Reordered;
            var limit = isRanked ? ranked : most;
            var rows = await db.Query<Row>(
                filter.Statement(db.Dialect, order, plan),
                filter.Parameters(plan, settings.Search, limit, isReordered ? settings.Search.Reordered : size, isReordered ? 0 : skip), token);
            var (total, isMore) = await Total(filter, plan, rows, limit, skip, token);
            var ids = isReordered
                ? new Relevance(query, settings.Search, clock.GetUtcNow()).Order([.. rows.Select(h => h.Hit)]).Skip(skip).Take(size).Select(h => h.Id)
                : rows.Select(h => h.Id);
            return new([.. ids], total, isMore, plan.IsPartial);
        }

        // Fewer hits than were looked for are all there are. Where so many lie among the newest posts that there must be more
        // than are counted, nobody counts.
        async Task<(long Total, bool IsMore)> Total(SearchFilter filter, SearchPlan plan, IReadOnlyList<Row> rows, int limit, int skip, CancellationToken token)
        {
            var most = MostCounted;
            var total = rows is [var first, ..] ? first.Total : 0;
            if (rows.Count > 0 && total < limit)
                return (total, plan.IsPartial || plan.IsBounded && rows[0].LookedAt >= plan.LooksAt);
            if (rows.Count > 0 && plan.Ranking == Ranking.Title)
                return (total, true);
            if (rows is [{ } any, ..] && !plan.IsBounded && total * any.Newest > 2L * most * (any.Newest - any.Oldest + 1))
                return (most, true);
            if (rows.Count > 0 && limit == most)
                return (total, true);
            if (rows.Count == 0 && skip == 0)
                return (0, false);

            total = await db.Get<long>(filter.CountStatement(db.Dialect, plan), filter.Parameters(plan, settings.Search, most, 0, 0), token);
            return (total, total >= most);
        }

        async Task<IReadOnlyList<Item>> Items(IReadOnlyList<long> ids, SearchQuery query, CancellationToken token)
        {
            if (ids.Count == 0)
                return [];

            var rows = await db.Query<Item>(
                $"""
                select p.id as Id, q.id as QuestionId, q.title as Title, p.html as Html, q.tags as Tags, p.score as Score,
                       q.answer_count as AnswerCount, q.view_count as ViewCount,
                       case when p.kind = 1 then q.accepted_answer_id is not null else q.accepted_answer_id is p.id end as IsAccepted,
                       q.is_answered as IsAnswered, q.closed_at as ClosedAt, p.is_listed = 0 as IsDeleted, p.created_at as CreatedAt, b.amount as Bounty,
                       p.author_id as AuthorId, u.name as AuthorName, p.author_name as RemovedName, {UserCard.ShownReputation} as AuthorReputation,
                       {UserCard.ShownBadges}, u.is_moderator as IsModerator, u.picture as Picture
                from posts p
                join posts q on q.id = coalesce(p.question_id, p.id)
                left join users u on u.id = p.author_id
                left join bounties b on b.question_id = q.id and b.ended_at is null
                where {db.Dialect.In("p.id", "@ids")}
                """,
                new { ids, now = clock.GetUtcNow() }, token);
            var hits = SearchHits.Of(query);
            var byId = rows.ToDictionary(r => r.Id);
            return [.. ids.Select(id => Shown(byId[id], hits))];
        }

        Item Shown(Item item, SearchHits hits) => item with
        {
            Html = "",
            MarkedTitle = Excerpt.Whole(item.Title, hits),
            Excerpt = Excerpt.Around(PlainText.Of(item.Html), hits, settings.Search.Excerpt),
        };

        sealed record Hits(IReadOnlyList<long> Ids, long Total, bool IsMore, bool IsPartial);

        sealed record Row
        {
            public long Id { get; init; }
            public double TextRank { get; init; }
            public string? Title { get; init; }
            public int Score { get; init; }
            public bool IsAccepted { get; init; }
            public bool IsExact { get; init; }
            public DateTimeOffset ActiveAt { get; init; }
            public long Total { get; init; }
            public long Oldest { get; init; }
            public long Newest { get; init; }
            public long LookedAt { get; init; }

            public Relevance.Hit Hit => new() { Id = Id, TextRank = TextRank, Title = Title, Score = Score, IsAccepted = IsAccepted, IsExact = IsExact, ActiveAt = ActiveAt };
        }
    }
}
