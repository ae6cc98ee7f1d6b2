using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Saves;

/// <summary>A page of what the signed-in person has saved, newest first. What is deleted meanwhile says only that.</summary>
[For(Who.SignedIn)]
public sealed record ListSaves(int Page = 1) : IRequest<PageOf<ListSaves.Item>>
{
    public sealed record Item
    {
        public long PostId { get; init; }
        public bool IsQuestion { get; init; }
        public long QuestionId { get; init; }
        public string Note { get; init; } = "";
        public DateTimeOffset SavedAt { get; init; }
        /// <summary>Empty when the post is not the reader's to see any more.</summary>
        public string Title { get; init; } = "";
        public string Excerpt { get; init; } = "";
        public int Score { get; init; }
        public bool IsGone { get; init; }

        public string Slug => Questions.Slug.Of(Title);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListSaves, PageOf<Item>>
    {
        private const int ExcerptLength = 200;

        public async Task<PageOf<Item>> Handle(ListSaves list, CancellationToken token)
        {
            var me = user.Required;
            var total = await db.Get<int>("select count(*) from saves where user_id = @me", new { me }, token);
            var size = settings.Pages.Questions;
            var number = Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));
            var rows = await db.Query<Row>(
                """
                select p.id as PostId, p.kind as Kind, q.id as QuestionId, s.note as Note, s.saved_at as SavedAt, q.title as Title, p.html as Html,
                       p.score as Score, p.author_id as AuthorId, p.deleted_at as DeletedAt, p.deletion as Deletion, q.deletion as QuestionDeletion, q.author_id as AskerId, q.deleted_at as QuestionDeletedAt
                from saves s
                join posts p on p.id = s.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                where s.user_id = @me
                order by s.saved_at desc
                limit @size offset @skip
                """,
                new { me, size, skip = (number - 1) * size }, token);
            return new PageOf<Item>([.. rows.Select(Seen)], number, size, total);
        }

        private Item Seen(Row row)
        {
            var hidden = (row.DeletedAt is not null && !ShowQuestion.MaySeeDeleted(user, row.AuthorId, row.Deletion, settings))
                || (row.QuestionDeletedAt is not null && !ShowQuestion.MaySeeDeleted(user, row.AskerId, row.QuestionDeletion, settings));
            return new Item
            {
                PostId = row.PostId,
                IsQuestion = row.Kind == 1,
                QuestionId = row.QuestionId,
                Note = row.Note,
                SavedAt = row.SavedAt,
                Title = hidden ? "" : row.Title,
                Excerpt = hidden ? "" : PlainText.Excerpt(row.Html, ExcerptLength),
                Score = hidden ? 0 : row.Score,
                IsGone = row.DeletedAt is not null || row.QuestionDeletedAt is not null,
            };
        }

        private sealed record Row
        {
            public Editing.DeletionKind? Deletion { get; init; }
            public Editing.DeletionKind? QuestionDeletion { get; init; }
            public long PostId { get; init; }
            public int Kind { get; init; }
            public long QuestionId { get; init; }
            public string Note { get; init; } = "";
            public DateTimeOffset SavedAt { get; init; }
            public string Title { get; init; } = "";
            public string Html { get; init; } = "";
            public int Score { get; init; }
            public long? AuthorId { get; init; }
            public DateTimeOffset? DeletedAt { get; init; }
            public long? AskerId { get; init; }
            public DateTimeOffset? QuestionDeletedAt { get; init; }
        }
    }
}
