using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;
using MediatR;

namespace Forum.Core.Inbox;

/// <summary>
/// The signed-in person's notices, newest first, those of one question together, and those about none. What is deleted since says only that.
/// Rules: docs/rules/inbox.md.
/// </summary>
/// <param name="Before">The notice after which to go on, of an earlier view's <see cref="View.Next"/>.</param>
[For(Who.SignedIn)]
public sealed record ShowInbox(long? Before = null) : IRequest<ShowInbox.View>
{
    /// <param name="Groups">Questions with their notices, and what is about none.</param>
    /// <param name="Newest">The highest number among the notices: what <see cref="MarkRead"/> says not to go beyond.</param>
    /// <param name="Next">Where older notices begin, or null.</param>
    public sealed record View(IReadOnlyList<Group> Groups, long Newest, long? Next)
    {
        public bool HasUnread => Groups.Any(g => g.HasUnread);
    }

    /// <param name="QuestionId">The question; null of notices about badges and reputation.</param>
    /// <param name="Title">Its title; empty when it is deleted and not the reader's to see.</param>
    /// <param name="Items">Notices, newest first.</param>
    public sealed record Group(long? QuestionId, string Title, IReadOnlyList<Item> Items)
    {
        public bool HasUnread => Items.Any(i => !i.IsRead);
        public string Slug => Questions.Slug.Of(Title);
    }

    public sealed record Item
    {
        public long Id { get; init; }
        /// <summary>
        /// What the sentence is looked up by: answer, comment, mention, accept, edit; of something followed: follow-answer, follow-comment,
        /// follow-accept, follow-edit; badge, reputation; or what a newer program wrote.
        /// </summary>
        public string Kind { get; init; } = "";
        public bool IsQuestion { get; init; }
        public string ActorName { get; init; } = "";
        public DateTimeOffset At { get; init; }
        public bool IsRead { get; init; }
        /// <summary>How the comment, answer or question begins; empty when it is deleted.</summary>
        public string Excerpt { get; init; } = "";
        public bool IsGone { get; init; }

        /// <summary>The badge that was earned.</summary>
        public long? BadgeId { get; init; }
        public string BadgeName { get; init; } = "";
        public int BadgeClass { get; init; }
        public bool IsTagBadge { get; init; }

        /// <summary>Reputation: what a day brought, or a bounty's amount.</summary>
        public int? Amount { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowInbox, View>
    {
        private const int ExcerptLength = 140;

        public async Task<View> Handle(ShowInbox show, CancellationToken token)
        {
            var size = settings.Pages.Inbox;
            var rows = await db.Query<Row>(
                $"""
                select i.id as Id, i.kind as Kind, i.at as At, i.read_at as ReadAt, i.comment_id as CommentId, i.amount as Amount,
                       b.id as BadgeId, b.name as BadgeName, b.class as BadgeClass, b.is_tag as IsTagBadge,
                       a.name as ActorName, p.kind as PostKind, p.author_id as AuthorId, p.deleted_at as DeletedAt, p.deletion as Deletion, q.deletion as QuestionDeletion, substr(p.html, 1, 2000) as Html,
                       q.id as QuestionId, {TagTexts.TitleOf("q")} as Title, q.author_id as AskerId, q.deleted_at as QuestionDeletedAt,
                       c.html as CommentHtml, c.deleted_at as CommentDeletedAt
                from inbox i
                left join posts p on p.id = i.post_id
                left join posts q on q.id = i.question_id
                left join badges b on b.id = i.badge_id
                left join users a on a.id = i.actor_id
                left join comments c on c.id = i.comment_id
                where i.user_id = @me {(show.Before is null ? "" : "and (i.at, i.id) < (select at, id from inbox where id = @Before and user_id = @me)")}
                order by i.at desc, i.id desc
                limit @size
                """,
                new { me = user.Required, show.Before, size = size + 1 }, token);

            var shown = rows.Take(size).ToList();
            var groups = shown
                .GroupBy(r => r.QuestionId)
                .Select(g => new Group(g.Key, MaySee(g.First().QuestionDeletedAt, g.First().AskerId, g.First().QuestionDeletion) ? g.First().Title ?? "" : "", [.. g.Select(Seen)]))
                .ToList();
            return new View(groups, shown.Count == 0 ? 0 : shown.Max(r => r.Id), rows.Count > size ? shown[^1].Id : null);
        }

        private Item Seen(Row row)
        {
            var isVisible = MaySee(row.DeletedAt, row.AuthorId, row.Deletion) && MaySee(row.QuestionDeletedAt, row.AskerId, row.QuestionDeletion) && row.CommentDeletedAt is null;
            return new Item
            {
                Id = row.Id,
                Kind = row.Kind,
                IsQuestion = row.PostKind == 1,
                ActorName = row.ActorName ?? "",
                At = row.At,
                IsRead = row.ReadAt is not null,
                Excerpt = isVisible ? PlainText.Excerpt(row.CommentHtml ?? row.Html ?? "", ExcerptLength) : "",
                BadgeId = row.BadgeId,
                BadgeName = row.BadgeName ?? "",
                BadgeClass = row.BadgeClass ?? 0,
                IsTagBadge = row.IsTagBadge ?? false,
                Amount = row.Amount,
                IsGone = row.DeletedAt is not null || row.QuestionDeletedAt is not null || row.CommentDeletedAt is not null,
            };
        }

        private bool MaySee(DateTimeOffset? deletedAt, long? authorId, DeletionKind? deletion) =>
            deletedAt is null || ShowQuestion.MaySeeDeleted(user, authorId, deletion, settings);

        private sealed record Row
        {
            public long Id { get; init; }
            public string Kind { get; init; } = "";
            public DateTimeOffset At { get; init; }
            public DateTimeOffset? ReadAt { get; init; }
            public long? CommentId { get; init; }
            public string? ActorName { get; init; }
            public int? Amount { get; init; }
            public long? BadgeId { get; init; }
            public string? BadgeName { get; init; }
            public int? BadgeClass { get; init; }
            public bool? IsTagBadge { get; init; }
            public int? PostKind { get; init; }
            public long? AuthorId { get; init; }
            public DateTimeOffset? DeletedAt { get; init; }
            public string? Html { get; init; }
            public long? QuestionId { get; init; }
            public string? Title { get; init; }
            public long? AskerId { get; init; }
            public DateTimeOffset? QuestionDeletedAt { get; init; }
            public DeletionKind? Deletion { get; init; }
            public DeletionKind? QuestionDeletion { get; init; }
            public string? CommentHtml { get; init; }
            public DateTimeOffset? CommentDeletedAt { get; init; }
        }
    }
}
