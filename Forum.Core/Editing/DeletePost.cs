using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>
/// Takes a question (with its answers) or an answer out of sight: out of lists, counts, search and reputation. Its author
/// may, while nobody's good answer would go with it, and moderators. Rules: docs/rules/editing.md.
/// </summary>
public sealed record DeletePost(long PostId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, Deletions deletions, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<DeletePost>
    {
        public async Task Handle(DeletePost delete, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var person = await db.Me(user, token);
            var post = await db.VisiblePost(delete.PostId, user, settings, token);
            EditingRules.WhyNotDelete(person, post, await db.DeletedToday(person.Id, now, token), now, settings)?.Throw();

            happened.Note(await deletions.Delete(post, post.AuthorId == person.Id ? DeletionKind.Author : DeletionKind.Moderator, person.Id, token));
        }
    }
}

/// <summary>A post was deleted.</summary>
/// <param name="PostId">The post.</param>
/// <param name="QuestionId">Its question, or itself.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="ActorId">Who deleted it; the Community user where several did, or the rules.</param>
/// <param name="Kind">Who that is.</param>
public sealed record PostDeleted(long PostId, long QuestionId, long? AuthorId, long ActorId, DeletionKind Kind = DeletionKind.Author) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Title(QuestionId).Relisted(QuestionId).Tags().Profile(AuthorId).People();

    /// <inheritdoc />
    public void Name(MovedPosts posts) => posts.Thread(PostId);
}

/// <summary>What deleting and undeleting share.</summary>
internal static class Deletion
{
    public const string Deleted = "deleted";
    public const string Undeleted = "undeleted";

    /// <summary>What is said of a deleted post to those who do not see it.</summary>
    public static Refusal? Why(DeletionKind? kind) => kind switch
    {
        DeletionKind.Author => new("deleting.by-author"),
        DeletionKind.Moderator => new("deleting.by-moderator"),
        DeletionKind.Votes => new("deleting.by-votes"),
        DeletionKind.Review => new("deleting.by-review"),
        DeletionKind.Spam => new("deleting.as-spam"),
        DeletionKind.Rules => new("deleting.by-rules"),
        null => null,
    };

    /// <summary>How many posts a person has deleted since midnight, whether or not they are back.</summary>
    public static Task<int> DeletedToday(this Db db, long userId, DateTimeOffset now, CancellationToken token) =>
        db.Get<int>(
            "select count(*) from post_events where actor_id = @userId and kind = @Deleted and at >= @today",
            new { userId, Deleted, today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) }, token);

    /// <summary>Adds to a post's timeline.</summary>
    public static Task<int> Log(this Db db, long postId, string kind, long actorId, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            "insert into post_events (post_id, kind, actor_id, at) values (@postId, @kind, @actorId, @now)",
            new { postId, kind, actorId, now }, token);
}
