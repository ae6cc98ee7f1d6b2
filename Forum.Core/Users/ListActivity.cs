using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>What people do; stored nowhere, but in addresses and the keys of texts by these names.</summary>
public enum ActivityKind
{
    /// <summary>Asked a question.</summary>
    Question = 1,

    /// <summary>Answered one.</summary>
    Answer = 2,

    /// <summary>Edited a post, one's own or somebody's.</summary>
    Edit = 3,

    /// <summary>Commented on a post.</summary>
    Comment = 4,

    /// <summary>Earned a badge.</summary>
    Badge = 5,

    /// <summary>Voted on a post: shown to oneself alone.</summary>
    Vote = 6,
}

/// <summary>What a person did, newest first, some at a time. Deleted posts and comments are left out; votes only the person sees.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Kind">Only this; null for all.</param>
/// <param name="Before">Where to go on, of an earlier view's <see cref="View.Next"/>.</param>
public sealed record ListActivity(long UserId, ActivityKind? Kind = null, string? Before = null) : IRequest<ListActivity.View>
{
    /// <param name="Items">Newest first.</param>
    /// <param name="Next">Where older ones begin, or null.</param>
    public sealed record View(IReadOnlyList<Item> Items, string? Next);

    /// <summary>An act.</summary>
    public sealed record Item
    {
        public ActivityKind Kind { get; init; }
        public DateTimeOffset At { get; init; }

        /// <summary>The post's, comment's or award's number.</summary>
        public long Id { get; init; }

        /// <summary>The post it is about; null of a badge that none earned.</summary>
        public long? PostId { get; init; }

        /// <summary>Whether that is an answer.</summary>
        public bool IsAnswer { get; init; }

        /// <summary>The question's title; null where there is no post, or it is deleted.</summary>
        public string? Title { get; init; }

        /// <summary>Of a comment, how it reads; of an edit, what its editor said of it.</summary>
        public string Text { get; init; } = "";

        /// <summary>Of a badge.</summary>
        public long BadgeId { get; init; }
        public string BadgeName { get; init; } = "";
        public int BadgeClass { get; init; }
        public bool IsTagBadge { get; init; }

        /// <summary>Of a vote: whether it is one for the post.</summary>
        public bool IsUp { get; init; }

        /// <summary>Where it leads.</summary>
        public string? Address => (Kind, PostId) switch
        {
            (ActivityKind.Comment, _) => $"/comments/{Id}",
            (ActivityKind.Edit, { } post) => $"/posts/{post}/revisions",
            (_, { } post) => IsAnswer ? $"/a/{post}" : $"/q/{post}",
            _ => null,
        };
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListActivity, View>
    {
        private const int TextLength = 140;

        public async Task<View> Handle(ListActivity list, CancellationToken token)
        {
            var isOwn = user.Id == list.UserId;
            var kinds = Enum.GetValues<ActivityKind>().Where(kind => (list.Kind is null || kind == list.Kind) && (isOwn || kind != ActivityKind.Vote)).ToList();
            if (kinds.Count == 0)
                return new View([], null);

            var size = settings.Pages.Activity;
            var place = PlaceInList.Parse(list.Before, 3);
            var rows = await db.Query<Item>(
                $"""
                {string.Join("\nunion all\n", kinds.Select(kind => $"select * from ({Source(kind, place is not null)}) {kind.ToString().ToLowerInvariant()}"))}
                order by At desc, Kind desc, Id desc
                limit @size
                """,
                new { list.UserId, size = size + 1, at = place?[0], kind = place?[1], id = place?[2] }, token);
            var page = rows.Take(size).ToList();
            return new View(
                [.. page.Select(item => item.Kind == ActivityKind.Comment ? item with { Text = Markdown.PlainText.Excerpt(item.Text, TextLength) } : item)],
                rows.Count > size ? PlaceInList.Of(page[^1].At.ToUnixTimeMilliseconds(), (long)page[^1].Kind, page[^1].Id) : null);
        }

        // Each is read from an index in the order of time, and no further than a page needs. A question and an answer are first revisions.
        private static string Source(ActivityKind kind, bool goesOn) => kind switch
        {
            ActivityKind.Question or ActivityKind.Answer =>
                $"""
                select {(int)kind} as Kind, r.created_at as At, p.id as Id, p.id as PostId, p.kind = 2 as IsAnswer, coalesce(q.title, p.title) as Title,
                       '' as Text, 0 as BadgeId, '' as BadgeName, 0 as BadgeClass, 0 as IsTagBadge, 0 as IsUp
                from revisions r
                join posts p on p.id = r.post_id
                left join posts q on q.id = p.question_id
                where r.author_id = @UserId and r.number = 1 and p.kind = {(kind == ActivityKind.Question ? 1 : 2)} and p.author_id = @UserId and p.is_listed = 1
                      {Further(kind, "r.created_at", "p.id", goesOn)}
                order by r.created_at desc
                limit @size
                """,
            ActivityKind.Edit =>
                $"""
                select {(int)kind} as Kind, r.created_at as At, p.id as Id, p.id as PostId, p.kind = 2 as IsAnswer, coalesce(q.title, p.title) as Title,
                       r.comment as Text, 0 as BadgeId, '' as BadgeName, 0 as BadgeClass, 0 as IsTagBadge, 0 as IsUp
                from revisions r
                join posts p on p.id = r.post_id
                left join posts q on q.id = p.question_id
                where r.author_id = @UserId and r.number > 1 and p.kind in (1, 2) and p.is_listed = 1 {Further(kind, "r.created_at", "p.id", goesOn)}
                order by r.created_at desc
                limit @size
                """,
            ActivityKind.Comment =>
                $"""
                select {(int)kind} as Kind, c.created_at as At, c.id as Id, p.id as PostId, p.kind = 2 as IsAnswer, coalesce(q.title, p.title) as Title,
                       c.html as Text, 0 as BadgeId, '' as BadgeName, 0 as BadgeClass, 0 as IsTagBadge, 0 as IsUp
                from comments c
                join posts p on p.id = c.post_id
                left join posts q on q.id = p.question_id
                where c.author_id = @UserId and c.deleted_at is null and p.kind in (1, 2) and p.is_listed = 1 {Further(kind, "c.created_at", "c.id", goesOn)}
                order by c.created_at desc
                limit @size
                """,
            ActivityKind.Badge =>
                $"""
                select {(int)kind} as Kind, h.awarded_at as At, h.id as Id, case when p.is_listed = 1 then p.id end as PostId, p.kind = 2 as IsAnswer,
                       case when p.is_listed = 1 then coalesce(q.title, p.title) end as Title, '' as Text, b.id as BadgeId, b.name as BadgeName,
                       b.class as BadgeClass, b.is_tag as IsTagBadge, 0 as IsUp
                from user_badges h
                join badges b on b.id = h.badge_id
                left join posts p on p.id = h.post_id
                left join posts q on q.id = p.question_id
                where h.user_id = @UserId {Further(kind, "h.awarded_at", "h.id", goesOn)}
                order by h.awarded_at desc
                limit @size
                """,
            ActivityKind.Vote =>
                $"""
                select {(int)kind} as Kind, v.cast_at as At, p.id as Id, p.id as PostId, p.kind = 2 as IsAnswer, coalesce(q.title, p.title) as Title,
                       '' as Text, 0 as BadgeId, '' as BadgeName, 0 as BadgeClass, 0 as IsTagBadge, v.direction = 1 as IsUp
                from votes v
                join posts p on p.id = v.post_id
                left join posts q on q.id = p.question_id
                where v.user_id = @UserId and p.kind in (1, 2) and p.is_listed = 1 {Further(kind, "v.cast_at", "p.id", goesOn)}
                order by v.cast_at desc
                limit @size
                """,
        };

        // Of one instant, kinds follow each other, and within a kind numbers.
        private static string Further(ActivityKind kind, string at, string id, bool goesOn) =>
            goesOn ? $"and {at} <= @at and ({at} < @at or {(int)kind} < @kind or {(int)kind} = @kind and {id} < @id)" : "";
    }
}
