using System.Globalization;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Questions;

/// <summary>What a list of questions is ordered by.</summary>
public enum QuestionOrder
{
    /// <summary>Newest first.</summary>
    Newest,

    /// <summary>Latest activity first.</summary>
    Active,

    /// <summary>Highest score first.</summary>
    Score,

    /// <summary>Those without an accepted answer or one that scores above 0, highest score first.</summary>
    Unanswered,

    /// <summary>Those on which a bounty runs, least time left first.</summary>
    Bountied,

    /// <summary>Those without an accepted answer or one that scores above 0, newest first.</summary>
    UnansweredNewest,

    /// <summary>Those without any answer, newest first.</summary>
    NoAnswers,

    /// <summary>Unanswered ones that carry a tag the reader watches, highest score first.</summary>
    UnansweredMine,

    /// <summary>Most linked to first.</summary>
    Frequent,

    /// <summary>Hottest first, as they were last ranked.</summary>
    Hot,

    /// <summary>Most voted on of late first, as they were last ranked.</summary>
    Trending,

    /// <summary>The best of the last seven days, as they were last ranked.</summary>
    Week,

    /// <summary>The best of the last thirty days, as they were last ranked.</summary>
    Month,

    /// <summary>What the reader's tags make of the last active ones.</summary>
    Interesting,

    /// <summary>As a filter says.</summary>
    Filtered,
}

/// <summary>
/// A page of questions, of all or of those that carry every one of <paramref name="Tags"/>. Numbered pages cost what
/// skipping costs; the cursor of a view's neighbour pages costs the same however far in they are.
/// </summary>
/// <param name="Order">The order.</param>
/// <param name="Tags">Names of tags; none for all questions.</param>
/// <param name="Page">Number of the page, from 1.</param>
/// <param name="Cursor">Where the page begins or ends, from <see cref="View.Next"/> or <see cref="View.Previous"/>.</param>
/// <param name="Size">Questions on a page; 0 for the setting's.</param>
/// <param name="Filter">Of <see cref="QuestionOrder.Filtered"/>: what is wanted.</param>
/// <param name="IsHome">Whether it is the home page's, which shows nothing that scores badly.</param>
public sealed record ListQuestions(
    QuestionOrder Order, IReadOnlyList<string> Tags, int Page = 1, string? Cursor = null, int Size = 0, QuestionFilter? Filter = null, bool IsHome = false)
    : IRequest<ListQuestions.View>
{
    /// <param name="Questions">The page.</param>
    /// <param name="Next">Cursor of the next page, or null on the last.</param>
    /// <param name="Previous">Cursor of the page before, or null on the first.</param>
    /// <param name="IsMore">Whether there may be more questions than were counted.</param>
    public sealed record View(PageOf<Item> Questions, string? Next, string? Previous, bool IsMore = false)
    {
        /// <summary>The tags to ask for in the place of those that were asked for, when some of them only stand for others; then nothing is listed.</summary>
        public IReadOnlyList<string>? Instead { get; init; }

        /// <summary>Of one tag: those that often stand beside it.</summary>
        public IReadOnlyList<RelatedTag> Related { get; init; } = [];
    }

    /// <summary>A question in a list.</summary>
    public sealed record Item
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
        public string Html { get; init; } = "";
        public string Tags { get; init; } = "";
        public int Score { get; init; }
        public int AnswerCount { get; init; }
        public int ViewCount { get; init; }
        public long? AcceptedAnswerId { get; init; }
        public bool IsAnswered { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset ActiveAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }

        /// <summary>The bounty that runs on it, or null.</summary>
        public int? Bounty { get; init; }

        /// <summary>When the bounty's time is over.</summary>
        public DateTimeOffset? BountyEndsAt { get; init; }
        public long? AuthorId { get; init; }
        public string? AuthorName { get; init; }
        public string? RemovedName { get; init; }
        public long? AuthorReputation { get; init; }
        public long? Gold { get; init; }
        public long? Silver { get; init; }
        public long? Bronze { get; init; }
        public long? IsModerator { get; init; }
        public string? Picture { get; init; }

        /// <summary>What its tags are to the reader.</summary>
        public Interest Interest { get; init; }

        /// <summary>Who asked.</summary>
        public UserCard Author => UserCard.Of(AuthorId, AuthorName, RemovedName, AuthorReputation, Gold, Silver, Bronze, IsModerator, Picture);

        /// <summary>The names of its tags.</summary>
        public string[] TagNames => Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>The beginning of its text.</summary>
        public string Excerpt => Markdown.PlainText.Excerpt(Html, 200);
    }

    /// <summary>Page numbers beyond this are not skipped to: a list is read from its start, searched, or followed by cursor.</summary>
    public const int LastNumber = 10_000;

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListQuestions, View>
    {
        public async Task<View> Handle(ListQuestions list, CancellationToken token)
        {
            var tags = await TagsOf(list.Tags, token);
            if (tags.Any(tag => tag.Asked != tag.Name))
            {
                var masters = tags.ToDictionary(tag => tag.Asked, tag => tag.Name, StringComparer.Ordinal);
                return None(list) with { Instead = [.. list.Tags.Select(name => masters.GetValueOrDefault(name, name)).Distinct(StringComparer.Ordinal)] };
            }

            if (tags.Count < list.Tags.Count)
                return None(list);
            if (Chosen(list.Order, tags.Count > 0, list.Filter) is { } chosen)
                return await Choose(list, tags, chosen, token) with { Related = Related(tags) };

            var ids = tags.Select(tag => tag.Id).ToList();
            var (total, isMore) = await Total(list, tags, token);
            var size = Size(list);
            var cursor = Place.Parse(list.Cursor);
            var last = cursor is null ? Math.Clamp((total + size - 1) / size, 1, LastNumber) : int.MaxValue;
            var number = (int)Math.Clamp(list.Page, 1, last);
            var source = list.Order == QuestionOrder.Bountied ? Source.Bountied(db.Dialect, ids.Count)
                : ids.Count == 0 ? Source.All(list.Order, list.IsHome)
                : Source.Tagged(db.Dialect, list.Order, ids.Count);
            if (user.HidesIgnored)
                source = source.WithoutIgnored(db.Dialect);
            var keys = await db.Query<Place>(
                source.Keys(cursor),
                new
                {
                    first = ids is [var rarest, ..] ? rarest : 0, others = ids.Skip(1), tags = ids, size = size + 1, me = user.Id,
                    skip = cursor is null ? (number - 1L) * size : 0, cursor?.Key, cursor?.Id, settings.Lists.OffHomeScore,
                }, token);

            var backwards = cursor is { IsBefore: true };
            var page = keys.Take(size).ToList();
            if (backwards)
                page.Reverse();
            var more = keys.Count > size;
            var items = await Items(page, token);
            return new View(
                new PageOf<Item>(items, number, size, total),
                page.Count > 0 && (backwards || more) ? page[^1].After : null,
                page.Count > 0 && number > 1 && (!backwards || more) ? page[0].Before : null,
                isMore)
            {
                Related = Related(tags),
            };
        }

        private static IReadOnlyList<RelatedTag> Related(IReadOnlyList<ListedTag> tags) => tags is [var only] ? RelatedTag.Parse(only.Related) : [];

        private View None(ListQuestions list) => new(new PageOf<Item>([], 1, Size(list), 0), null, null);

        // The filter that an order stands for which no index holds.
        private static QuestionFilter? Chosen(QuestionOrder order, bool isTagged, QuestionFilter? filter) => order switch
        {
            QuestionOrder.Filtered => filter ?? new QuestionFilter(),
            QuestionOrder.UnansweredNewest when isTagged => new QuestionFilter { Unanswered = true },
            QuestionOrder.NoAnswers when isTagged => new QuestionFilter { NoAnswers = true },
            QuestionOrder.UnansweredMine => new QuestionFilter { Unanswered = true, Mine = true, Order = FilterOrder.Score },
            QuestionOrder.Frequent => new QuestionFilter { Order = FilterOrder.Frequent },
            QuestionOrder.Hot or QuestionOrder.Trending or QuestionOrder.Week or QuestionOrder.Month or QuestionOrder.Interesting => new QuestionFilter(),
            _ => null,
        };

        private static Ranking? RankingOf(QuestionOrder order) => order switch
        {
            QuestionOrder.Hot => Ranking.Hot,
            QuestionOrder.Trending => Ranking.Trending,
            QuestionOrder.Week => Ranking.Week,
            QuestionOrder.Month => Ranking.Month,
            _ => null,
        };

        private async Task<View> Choose(ListQuestions list, IReadOnlyList<ListedTag> tags, QuestionFilter filter, CancellationToken token)
        {
            var interests = list.Order == QuestionOrder.Interesting;
            var any = interests || filter.Mine || filter.Tags.Count > 0
                ? await ChosenQuestions.TagsOf(db, user, watched: interests || filter.Mine, filter.Tags, known: interests, settings.Lists, token)
                : null;
            if (any is [] && !interests)
                return None(list);

            var chosen = new ChosenQuestions(filter, RankingOf(list.Order), tags, any, user.HidesIgnored);
            var (size, now) = (Size(list), clock.GetUtcNow());
            var number = Math.Clamp(list.Page, 1, LastNumber);
            var page = interests
                ? await chosen.ReadInteresting(db, user, settings.Lists, now, size, (number - 1L) * size, token)
                : await chosen.Read(db, user, settings.Lists, now, size, (number - 1L) * size, token);
            // Whoever typed a page that there is not reads from the start.
            if (page.Count == 0 && number > 1)
                return await Handle(list with { Page = 1 }, token);

            var items = await Items([.. page.Select(place => new Place { Key = place.Key, Id = place.Id })], token);
            return new View(new PageOf<Item>(items, number, size, page.Count > 0 ? page[0].Total : 0), null, null, !interests && chosen.IsCut(page, settings.Lists));
        }

        private int Size(ListQuestions list) => list.Size > 0 ? list.Size : settings.Pages.Questions;

        private async Task<IReadOnlyList<ListedTag>> TagsOf(IReadOnlyList<string> names, CancellationToken token) =>
            names.Count == 0
                ? []
                // The rarest tag leads: the others are looked up for each of its questions.
                : await db.Query<ListedTag>(
                    $"""
                    select t.name as Asked, t.id as Id, t.name as Name, t.related as Related, t.question_count as QuestionCount, t.unanswered_count as UnansweredCount
                    from tags t
                    where {db.Dialect.In("t.name", "@names")} and not exists (select 1 from tag_synonyms s where s.name = t.name and s.approved_at is not null)
                    union all
                    select s.name, t.id, t.name, t.related, t.question_count, t.unanswered_count
                    from tag_synonyms s
                    join tags t on t.id = s.tag_id
                    where {db.Dialect.In("s.name", "@names")} and s.approved_at is not null
                    order by QuestionCount, Id
                    """,
                    new { names }, token);

        private async Task<(long Total, bool IsMore)> Total(ListQuestions list, IReadOnlyList<ListedTag> tags, CancellationToken token)
        {
            var ids = tags.Select(tag => tag.Id).ToList();
            if (list.Order == QuestionOrder.Bountied)
                return (await db.Get<long>(Source.Bountied(db.Dialect, ids.Count).Count, new { tags = ids }, token), false);
            if (ids.Count > 1)
                return await Together(list.Order, ids, token);

            var isUnanswered = list.Order is QuestionOrder.Unanswered or QuestionOrder.UnansweredNewest;
            if (tags is [var tag])
                return (isUnanswered ? tag.UnansweredCount : tag.QuestionCount, false);
            if (list.Order == QuestionOrder.NoAnswers)
            {
                var most = settings.Pages.MostCounted;
                var some = await db.Get<long>(
                    "select count(*) from (select 1 from posts where kind = 1 and is_listed = 1 and answer_count = 0 order by created_at desc limit @most) some",
                    new { most }, token);
                return (some, some == most);
            }

            return (await db.Get<long>(isUnanswered ? "select unanswered from totals" : "select questions from totals", token: token), false);
        }

        // Nobody keeps how many questions have two tags: they are counted among so many of the rarest tag's.
        private async Task<(long Total, bool IsMore)> Together(QuestionOrder order, List<long> tags, CancellationToken token)
        {
            var most = settings.Pages.MostCounted;
            var counted = await db.Get<Counted>(
                $"""
                with some as (
                    select q.question_id
                    from question_tags q
                    where q.tag_id = @first and q.is_listed = 1{(order == QuestionOrder.Unanswered ? " and q.is_answered = 0" : "")}
                    limit @most)
                select count(*) as LookedAt,
                       count(case when (
                           select count(*) from question_tags o
                           where o.question_id = some.question_id and {db.Dialect.In("o.tag_id", "@others")}) = {tags.Count - 1} then 1 end) as Questions
                from some
                """,
                new { first = tags[0], others = tags.Skip(1), most }, token);
            return (counted.Questions, counted.LookedAt == most);
        }

        private async Task<IReadOnlyList<Item>> Items(List<Place> page, CancellationToken token)
        {
            if (page.Count == 0)
                return [];

            var rows = await db.Query<Item>(
                $"""
                select q.id as Id, q.title as Title, q.html as Html, q.tags as Tags, q.score as Score, q.answer_count as AnswerCount,
                       q.view_count as ViewCount, q.accepted_answer_id as AcceptedAnswerId, q.is_answered as IsAnswered,
                       q.created_at as CreatedAt, q.active_at as ActiveAt, q.closed_at as ClosedAt, b.amount as Bounty, b.ends_at as BountyEndsAt,
                       q.author_id as AuthorId, u.name as AuthorName, q.author_name as RemovedName, {UserCard.ShownReputation} as AuthorReputation,
                       {UserCard.ShownBadges}, u.is_moderator as IsModerator, u.picture as Picture
                from posts q
                left join users u on u.id = q.author_id
                left join bounties b on b.question_id = q.id and b.ended_at is null
                where {db.Dialect.In("q.id", "@ids")}
                """,
                new { ids = page.Select(k => k.Id), now = clock.GetUtcNow() }, token);
            var byId = rows.ToDictionary(r => r.Id);
            return [.. page.Select(k => byId[k.Id])];
        }
    }

    private sealed record Counted
    {
        public long LookedAt { get; init; }
        public long Questions { get; init; }
    }

    /// <summary>Where a question stands in a list.</summary>
    internal sealed record Place
    {
        public long Key { get; init; }
        public long Id { get; init; }
        public bool IsBefore { get; init; }

        public string After => string.Create(CultureInfo.InvariantCulture, $"{Key}.{Id}");
        public string Before => string.Create(CultureInfo.InvariantCulture, $"{Key}.{Id}.b");

        /// <summary>A cursor that is none is no cursor: the numbered page is shown.</summary>
        public static Place? Parse(string? cursor)
        {
            var parts = cursor?.Split('.') ?? [];
            return parts.Length is 2 or 3
                && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? new Place { Key = key, Id = id, IsBefore = parts.Length == 3 }
                : null;
        }
    }

    /// <summary>The index that a list is read from.</summary>
    private sealed record Source(string From, string Where, string Key, string Id, bool IsAscending = false)
    {
        public static Source All(QuestionOrder order, bool isHome) =>
            new(
                "posts q",
                "q.kind = 1 and q.is_listed = 1" + order switch
                {
                    QuestionOrder.Unanswered or QuestionOrder.UnansweredNewest => " and q.is_answered = 0",
                    QuestionOrder.NoAnswers => " and q.answer_count = 0",
                    _ => "",
                } + (isHome ? " and q.score > @OffHomeScore" : ""),
                Column(order), "q.id");

        public static Source Tagged(SqlDialect dialect, QuestionOrder order, int tags) =>
            new(
                "question_tags q",
                "q.tag_id = @first and q.is_listed = 1" + (order == QuestionOrder.Unanswered ? " and q.is_answered = 0" : "") + (tags > 1
                    ? $"\n  and (select count(*) from question_tags o where o.question_id = q.question_id and {dialect.In("o.tag_id", "@others")}) = {tags - 1}"
                    : ""),
                Column(order), "q.question_id");

        // Few run at a time: each is looked at for its tags.
        public static Source Bountied(SqlDialect dialect, int tags) =>
            new(
                "bounties b join posts q on q.id = b.question_id",
                "b.ended_at is null and q.deleted_at is null" + (tags > 0
                    ? $"\n  and (select count(*) from question_tags o where o.question_id = q.id and {dialect.In("o.tag_id", "@tags")}) = {tags}"
                    : ""),
                "b.ends_at", "q.id", IsAscending: true);

        /// <summary>The same without what carries a tag that the reader ignores.</summary>
        public Source WithoutIgnored(SqlDialect dialect) => this with { Where = $"{Where} and {ChosenQuestions.IsNotIgnored(dialect, Id)}" };

        public string Count => $"select count(*) from {From} where {Where}";

        // One more than a page holds is read, to know whether another follows.
        public string Keys(Place? cursor) => (cursor, IsAscending) switch
        {
            (null, false) => $"{Select} order by {Key} desc, {Id} desc limit @size offset @skip",
            (null, true) => $"{Select} order by {Key}, {Id} limit @size offset @skip",
            ({ IsBefore: var isBefore }, _) when isBefore == IsAscending => $"{Select} and ({Key}, {Id}) < (@Key, @Id) order by {Key} desc, {Id} desc limit @size",
            _ => $"{Select} and ({Key}, {Id}) > (@Key, @Id) order by {Key}, {Id} limit @size",
        };

        private string Select => $"select {Key} as Key, {Id} as Id from {From} where {Where}";

        private static string Column(QuestionOrder order) => order switch
        {
            QuestionOrder.Newest or QuestionOrder.UnansweredNewest or QuestionOrder.NoAnswers => "q.created_at",
            QuestionOrder.Active => "q.active_at",
            QuestionOrder.Score or QuestionOrder.Unanswered => "q.score",
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "No index holds it."),
        };
    }
}
