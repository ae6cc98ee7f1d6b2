using Forum.Core.Locks;
using Forum.Core.Markdown;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Comments;

/// <summary>Deletes a comment for good and returns the post it was on: its author, and moderators. Rules: docs/rules/comments.md.</summary>
public sealed record DeleteComment(long CommentId) : IRequest<long>, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, CommunityMarkdown markdown, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<DeleteComment, long>
    {
        public async Task<long> Handle(DeleteComment delete, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var person = await db.Me(user, token);
            var (comment, post) = await db.VisibleComment(delete.CommentId, user, settings, token);
            // What holds back new comments alone lets people take theirs away.
            LockRules.WhyNot(person, post.Lock, LockedAct.Edit)?.Throw();
            CommentRules.WhyNotDelete(person, comment, await VotedDeletedToday(person.Id, now, token), settings.Limits)?.Throw();

            await db.Execute("update comments set deleted_at = @now, deleted_by = @me where id = @Id", new { comment.Id, me = person.Id, now }, token);
            await db.CountComments(post.Id, token);
            if (comment.AuthorId != person.Id)
                await log.Record(new Act("delete-comment", ActSubject.Comment, comment.Id) { ConcernsId = comment.AuthorId, After = new { PostId = post.Id } }, token);
            happened.Note(new CommentDeleted(comment.Id, post.Id, post.QuestionId, person.Id));
            happened.NoteLinks(post.Id, post.QuestionId, await db.KeepLinks(post.Id, markdown.PostsNamedIn(comment.Html), [], markdown.PostsNamedIn, now, token));
            return post.Id;
        }

        private Task<int> VotedDeletedToday(long me, DateTimeOffset now, CancellationToken token) =>
            db.Get<int>(
                "select count(*) from comments where deleted_by = @me and author_id = @me and score > 0 and deleted_at >= @today",
                new { me, today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) }, token);
    }
}

/// <summary>Brings a deleted comment back, and returns the post it is on. For moderators; who deleted it does not matter. Rules: docs/rules/comments.md.</summary>
/// <exception cref="ConflictException">It is not deleted.</exception>
[For(Who.Moderator)]
public sealed record RestoreComment(long CommentId) : IRequest<long>, ICommand
{
    internal sealed class Handler(Db db, CommunityMarkdown markdown, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<RestoreComment, long>
    {
        public async Task<long> Handle(RestoreComment restore, CancellationToken token)
        {
            var comment = await db.Find<Row>(
                """
                select c.id as Id, c.author_id as AuthorId, c.html as Html, c.deleted_at is not null as IsDeleted, p.id as PostId, coalesce(p.question_id, p.id) as QuestionId
                from comments c
                join posts p on p.id = c.post_id
                where c.id = @CommentId
                """,
                new { restore.CommentId }, token) ?? throw new NotFoundException();
            if (!comment.IsDeleted)
                throw new ConflictException(new Refusal("comments.not-deleted"));

            await db.Execute("update comments set deleted_at = null, deleted_by = null where id = @Id", new { comment.Id }, token);
            await db.CountComments(comment.PostId, token);
            await log.Record(new Act("restore-comment", ActSubject.Comment, comment.Id) { ConcernsId = comment.AuthorId, After = new { comment.PostId } }, token);
            happened.Note(new CommentRestored(comment.Id, comment.PostId, comment.QuestionId));
            happened.NoteLinks(
                comment.PostId, comment.QuestionId, await db.KeepLinks(comment.PostId, [], markdown.PostsNamedIn(comment.Html), markdown.PostsNamedIn, clock.GetUtcNow(), token));
            return comment.PostId;
        }
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public long? AuthorId { get; init; }
        public string Html { get; init; } = "";
        public bool IsDeleted { get; init; }
        public long PostId { get; init; }
        public long QuestionId { get; init; }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "delete-comment";

        public IBaseRequest? Command(LoggedAct act) => new RestoreComment(act.SubjectId);
    }
}

/// <summary>A comment that was deleted is there again.</summary>
public sealed record CommentRestored(long CommentId, long PostId, long QuestionId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>A comment was deleted.</summary>
public sealed record CommentDeleted(long CommentId, long PostId, long QuestionId, long ActorId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}
