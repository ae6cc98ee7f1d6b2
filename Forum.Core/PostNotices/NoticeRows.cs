using System.Globalization;
using Forum.Core.Closing;
using Forum.Core.Pipeline;
using Forum.Data;

namespace Forum.Core.PostNotices;

/// <summary>The rows of <c>post_notices</c>, for the statements of several rooms.</summary>
internal static class NoticeRows
{
    public const string Added = "notice-added";
    public const string Removed = "notice-removed";

    /// <summary>The notices of a post <c>p</c> that stand at <c>@now</c>, in one column; <see cref="Parse"/> reads it.</summary>
    public const string Column =
        "(select group_concat(n.kind || ':' || coalesce(n.ends_at, ''), ' ') from post_notices n where n.post_id = p.id and (n.ends_at is null or n.ends_at > @now))";

    /// <summary>The notices that a column says.</summary>
    public static IReadOnlyList<PostNotice> Parse(string? column)
    {
        if (string.IsNullOrEmpty(column))
            return [];

        return
        [
            .. from row in column.Split(' ')
               let parts = row.Split(':')
               let kind = (NoticeKind)int.Parse(parts[0], CultureInfo.InvariantCulture)
               orderby kind
               select new PostNotice(kind, parts[1].Length == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>The notice of a kind that stands above a post, or null.</summary>
    public static Task<NoticeRow?> Notice(this Db db, long postId, NoticeKind kind, DateTimeOffset now, CancellationToken token) =>
        db.Find<NoticeRow>(
            "select kind as Kind, ends_at as EndsAt from post_notices where post_id = @postId and kind = @kind and (ends_at is null or ends_at > @now)",
            new { postId, kind, now }, token);

    /// <summary>Takes a notice away and says so in the post's timeline.</summary>
    public static async Task Remove(this Db db, long postId, NoticeKind kind, long by, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("delete from post_notices where post_id = @postId and kind = @kind", new { postId, kind }, token);
        await db.Event(postId, Removed, by, new { Kind = NoticeRules.KeyOf(kind) }, now, token);
    }
}

/// <summary>A notice as it is stored.</summary>
internal sealed record NoticeRow
{
    public NoticeKind Kind { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>A notice was put above a post, or went.</summary>
/// <param name="PostId">The post.</param>
/// <param name="QuestionId">Its question, or itself.</param>
/// <param name="Kind">What it says.</param>
/// <param name="IsThere">Whether it stands.</param>
public sealed record PostNoticeChanged(long PostId, long QuestionId, NoticeKind Kind, bool IsThere) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}
