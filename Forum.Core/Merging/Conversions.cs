using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Data;

namespace Forum.Core.Merging;

/// <summary>What making comments of answers and answers of comments consists of, each way. Scoped. Rules: docs/rules/merging.md.</summary>
internal sealed class Conversions(Db db, CommunityMarkdown markdown, Deletions deletions, Happened happened, TimeProvider clock)
{
    /// <summary>Takes away an answer that is a comment from now on, with what it brought.</summary>
    public async Task TakeAnswer(PostFacts answer, long by, CancellationToken token)
    {
        await db.Log(answer.Id, Merges.Converted, by, clock.GetUtcNow(), token);
        await deletions.Hide(answer, DeletionKind.Moderator, by, token);
        happened.Note(new PostDeleted(answer.Id, answer.QuestionId, answer.AuthorId, by));
    }

    /// <summary>Brings back an answer that is a comment no longer.</summary>
    public async Task BringAnswer(PostFacts answer, IReadOnlyDictionary<string, IndexedWords> words, long by, CancellationToken token)
    {
        await db.Log(answer.Id, Deletion.Undeleted, by, clock.GetUtcNow(), token);
        await deletions.Show(answer, words, token);
        happened.Note(new PostUndeleted(answer.Id, answer.QuestionId, answer.AuthorId, by));
    }

    /// <summary>Takes away a comment that is an answer from now on; somebody may have deleted it before.</summary>
    public async Task TakeComment(long commentId, long postId, long questionId, long by, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var gone = await db.Query<string>(
            "update comments set deleted_at = @now, deleted_by = @by where id = @commentId and post_id = @postId and deleted_at is null returning html",
            new { commentId, postId, by, now }, token);
        if (gone.Count == 0)
            return;

        await db.CountComments(postId, token);
        happened.Note(new CommentDeleted(commentId, postId, questionId, by));
        happened.NoteLinks(postId, questionId, await db.KeepLinks(postId, markdown.PostsNamedIn(gone[0]), [], markdown.PostsNamedIn, now, token));
    }

    /// <summary>Brings back a comment that is an answer no longer; somebody may have done so before.</summary>
    public async Task BringComment(long commentId, long postId, long questionId, CancellationToken token)
    {
        var back = await db.Query<string>(
            "update comments set deleted_at = null, deleted_by = null where id = @commentId and post_id = @postId and deleted_at is not null returning html",
            new { commentId, postId }, token);
        if (back.Count == 0)
            return;

        await db.CountComments(postId, token);
        happened.Note(new CommentRestored(commentId, postId, questionId));
        happened.NoteLinks(postId, questionId, await db.KeepLinks(postId, [], markdown.PostsNamedIn(back[0]), markdown.PostsNamedIn, clock.GetUtcNow(), token));
    }
}
