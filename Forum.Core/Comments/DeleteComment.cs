using Forum.Core.Locks;
using Forum.Core.Markdown;
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
    internal sealed class Handler(Db db, CurrentUser user, CommunityMarkdown markdown, ForumSettings settings, Happened happened, TimeProvider clock)
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

/// <summary>A comment was deleted.</summary>
public sealed record CommentDeleted(long CommentId, long PostId, long QuestionId, long ActorId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}
