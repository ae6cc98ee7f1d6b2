using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Flags;

/// <summary>
/// Posts with flags that wait, those of their comments among them; whose oldest flag waits longest comes first. Two statements, three for a page
/// that is not empty. Rules: docs/rules/flags.md, section 6.
/// </summary>
/// <param name="Kind">Posts with a flag of this kind alone; null: any that is for moderators.</param>
/// <param name="Page">From 1 on.</param>
[For(Who.Moderator)]
public sealed record ListFlaggedPosts(FlagKind? Kind = null, int Page = 1) : IRequest<ListFlaggedPosts.View>
{
    /// <param name="Posts">The posts of the page.</param>
    /// <param name="Number">The page's number.</param>
    /// <param name="IsMore">Whether there are more.</param>
    /// <param name="Counts">Flags that wait on the whole site, by kind.</param>
    public sealed record View(IReadOnlyList<Item> Posts, int Number, bool IsMore, IReadOnlyDictionary<FlagKind, int> Counts);

    /// <summary>A post with its flags.</summary>
    public sealed record Item
    {
        public long PostId { get; init; }
        public bool IsQuestion { get; init; }
        public long QuestionId { get; init; }
        public string Title { get; init; } = "";
        public string Excerpt { get; init; } = "";
        public int Score { get; init; }
        public long? AuthorId { get; init; }
        public string? AuthorName { get; init; }
        public int AuthorReputation { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? DeletedAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
        public DateTimeOffset? LockedAt { get; init; }

        /// <summary>When its oldest flag was raised.</summary>
        public DateTimeOffset Since { get; init; }

        /// <summary>The moderator who has its flags for now.</summary>
        public long? ClaimedBy { get; init; }
        public string? ClaimedByName { get; init; }
        public DateTimeOffset? ClaimEndsAt { get; init; }

        /// <summary>The flags that wait, oldest first.</summary>
        public IReadOnlyList<FlagItem> Flags { get; init; } = [];
        internal string Html { get; init; } = "";
        public string Slug => Questions.Slug.Of(Title);
    }

    /// <summary>A flag in the list.</summary>
    public sealed record FlagItem
    {
        public long Id { get; init; }
        public FlagKind Kind { get; init; }
        public long PostId { get; init; }
        public long? CommentId { get; init; }

        /// <summary>How the comment reads.</summary>
        public string CommentExcerpt { get; init; } = "";
        public long? CommentAuthorId { get; init; }
        public string? CommentAuthorName { get; init; }
        public long? UserId { get; init; }
        public string? UserName { get; init; }

        /// <summary>How many flags of theirs were helpful and declined before.</summary>
        public int Helpful { get; init; }
        public int Declined { get; init; }
        public string Reason { get; init; } = "";
        public string Source { get; init; } = "";
        public string Words { get; init; } = "";
        public DateTimeOffset RaisedAt { get; init; }
        internal string? CommentHtml { get; init; }
    }

    internal sealed class Handler(Db db, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListFlaggedPosts, View>
    {
        private const int ExcerptLength = 300;

        public async Task<View> Handle(ListFlaggedPosts list, CancellationToken token)
        {
            var size = settings.Flags.Listed;
            var number = Math.Clamp(list.Page, 1, int.MaxValue / size);
            var counts = await db.WaitingByKind(token);
            int[] kinds = list.Kind is { } kind ? [(int)kind] : [.. Enum.GetValues<FlagKind>().Where(k => k.IsForModerators()).Select(k => (int)k)];
            var posts = await db.Query<Item>(
                $"""
                select p.id as PostId, p.kind = 1 as IsQuestion, q.id as QuestionId, q.title as Title, substr(p.html, 1, 2000) as Html, p.score as Score,
                       p.author_id as AuthorId, coalesce(a.name, p.author_name) as AuthorName, coalesce(a.reputation, 0) as AuthorReputation,
                       p.created_at as CreatedAt, coalesce(p.deleted_at, q.deleted_at) as DeletedAt, q.closed_at as ClosedAt, p.locked_at as LockedAt,
                       flagged.since as Since, c.user_id as ClaimedBy, m.name as ClaimedByName, c.ends_at as ClaimEndsAt
                from (
                    select f.post_id, min(f.raised_at) as since
                    from flags f
                    where f.state = 0 and {db.Dialect.In("f.kind", "@kinds")}
                    group by f.post_id
                    order by 2, 1
                    limit @size offset @skip) flagged
                join posts p on p.id = flagged.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                left join users a on a.id = p.author_id
                left join flag_claims c on c.post_id = p.id and c.ends_at > @now
                left join users m on m.id = c.user_id
                order by flagged.since, p.id
                """,
                new { kinds, size = size + 1, skip = (number - 1L) * size, now = clock.GetUtcNow() }, token);
            var shown = posts.Take(size).ToList();
            var flags = shown.Count == 0 ? [] : await Flags([.. shown.Select(post => post.PostId)], token);
            var byPost = flags.ToLookup(flag => flag.PostId);
            return new View(
                [.. shown.Select(post => post with { Excerpt = PlainText.Excerpt(post.Html, ExcerptLength), Flags = [.. byPost[post.PostId]] })],
                number, posts.Count > size, counts);
        }

        private async Task<IReadOnlyList<FlagItem>> Flags(long[] posts, CancellationToken token) =>
        [
            .. from flag in await db.Query<FlagItem>(
                   $"""
                   select f.id as Id, f.kind as Kind, f.post_id as PostId, f.comment_id as CommentId, substr(c.html, 1, 2000) as CommentHtml, c.author_id as CommentAuthorId,
                          coalesce(ca.name, c.author_name) as CommentAuthorName, f.user_id as UserId, u.name as UserName, f.reason as Reason, f.source as Source,
                          f.words as Words, f.raised_at as RaisedAt,
                          (select count(*) from flags h where h.user_id = f.user_id and h.state = {(int)FlagState.Helpful}) as Helpful,
                          (select count(*) from flags d where d.user_id = f.user_id and d.state = {(int)FlagState.Declined}) as Declined
                   from flags f
                   left join comments c on c.id = f.comment_id
                   left join users ca on ca.id = c.author_id
                   left join users u on u.id = f.user_id
                   where {db.Dialect.In("f.post_id", "@posts")} and f.state = 0
                   order by f.post_id, f.raised_at
                   """, new { posts }, token)
               select flag with { CommentExcerpt = flag.CommentHtml is null ? "" : PlainText.Excerpt(flag.CommentHtml, ExcerptLength) },
        ];
    }
}

/// <summary>How many flags wait, by kind, on the whole site. One statement.</summary>
[For(Who.Moderator)]
public sealed record CountFlags : IRequest<IReadOnlyDictionary<FlagKind, int>>
{
    internal sealed class Handler(Db db) : IRequestHandler<CountFlags, IReadOnlyDictionary<FlagKind, int>>
    {
        public Task<IReadOnlyDictionary<FlagKind, int>> Handle(CountFlags count, CancellationToken token) => db.WaitingByKind(token);
    }
}

/// <summary>Counts of flags.</summary>
internal static class FlagCounts
{
    /// <summary>How many wait, by kind.</summary>
    public static async Task<IReadOnlyDictionary<FlagKind, int>> WaitingByKind(this Db db, CancellationToken token) =>
        (await db.Query<Count>("select f.kind as Kind, count(*) as Number from flags f where f.state = 0 group by f.kind", token: token)).ToDictionary(c => c.Kind, c => c.Number);

    private sealed record Count
    {
        public FlagKind Kind { get; init; }
        public int Number { get; init; }
    }
}
