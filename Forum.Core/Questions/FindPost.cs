using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;
using MediatR;

namespace Forum.Core.Questions;

/// <summary>Where a post is shown: the address of its question, and for an answer the page of answers by score it is on.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
public sealed record FindPost(long Id) : IRequest<FindPost.View>
{
    /// <param name="QuestionId">The question to show.</param>
    /// <param name="Slug">The readable end of its address.</param>
    /// <param name="AnswerId">The answer on its page, if the post is one.</param>
    /// <param name="Page">The page of answers it is on.</param>
    /// <param name="Tag">The tag whose excerpt or wiki it is, which is shown instead.</param>
    public sealed record View(long QuestionId, string Slug, long? AnswerId, int Page, string? Tag = null);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<FindPost, View>
    {
        public async Task<View> Handle(FindPost find, CancellationToken token)
        {
            var post = await db.Find<Row>(
                $"""
                select p.id as Id, p.kind as Kind, p.author_id as AuthorId, p.deleted_at as DeletedAt, p.deletion as Deletion, q.deletion as QuestionDeletion,
                       q.id as QuestionId, {TagTexts.TitleOf("q")} as Title, q.author_id as AskerId, q.deleted_at as QuestionDeletedAt, q.accepted_answer_id as Accepted
                from posts p
                join posts q on q.id = coalesce(p.question_id, p.id)
                where p.id = @Id and p.kind in (1, 2, 4, 5)
                """, new { find.Id }, token) ?? throw new NotFoundException();
            if ((post.DeletedAt is not null && !ShowQuestion.MaySeeDeleted(user, post.AuthorId, post.Deletion, settings))
                || (post.QuestionDeletedAt is not null && !ShowQuestion.MaySeeDeleted(user, post.AskerId, post.QuestionDeletion, settings)))
                throw new NotFoundException(wasDeleted: true, Deletion.Why(post.DeletedAt is null ? post.QuestionDeletion : post.Deletion));

            if (post.Kind > 2)
                return post.Title.Length > 0 ? new View(post.QuestionId, "", null, 1, post.Title) : throw new NotFoundException(wasDeleted: true);

            var slug = Slug.Of(post.Title);
            return post.Kind == 1
                ? new View(post.QuestionId, slug, null, 1)
                : new View(post.QuestionId, slug, post.Id, 1 + await Before(post, token) / settings.Pages.Answers);
        }

        private async Task<int> Before(Row answer, CancellationToken token) =>
            await db.Get<int>(
                $"""
                select place - 1
                from (select p.id as id, row_number() over (order by {ShowQuestion.OrderOf(AnswerOrder.Score)}) as place
                      from posts p
                      where p.question_id = @QuestionId and p.kind = 2 and {ShowQuestion.VisibleAnswers(user, settings)})
                where id = @Id
                """,
                new { answer.QuestionId, answer.Id, accepted = answer.Accepted, asker = answer.AskerId, me = user.Id }, token);

        private sealed record Row
        {
            public long Id { get; init; }
            public int Kind { get; init; }
            public long? AuthorId { get; init; }
            public DateTimeOffset? DeletedAt { get; init; }
            public long QuestionId { get; init; }
            public string Title { get; init; } = "";
            public long? AskerId { get; init; }
            public DateTimeOffset? QuestionDeletedAt { get; init; }
            public DeletionKind? Deletion { get; init; }
            public DeletionKind? QuestionDeletion { get; init; }
            public long? Accepted { get; init; }
        }
    }
}
