using Forum.Core.Editing;
using Forum.Core.Merging;
using Forum.Data;

namespace Forum.Core.Closing;

/// <summary>
/// Tells askers that their question was closed or reopened, authors that a post of theirs was deleted by others, and those who answered that
/// the question was, with their answers. What the rules cleared away, and what became a comment, is told by whoever did it. Nobody is told of their own acts, nor of what is not so any more.
/// </summary>
internal sealed class TellOfClosing(Db db) : IHear<QuestionClosed>, IHear<QuestionReopened>, IHear<PostDeleted>
{
    public Task Hear(Heard<PostDeleted> heard, CancellationToken token)
    {
        var told = new { heard.Id, heard.At, post = heard.What.PostId, actor = heard.What.ActorId };
        return db.InTransaction(async () =>
        {
            await db.Execute(
                $"""
                insert into inbox (user_id, kind, post_id, question_id, actor_id, at, event_id)
                select author_id, 'deleted', id, coalesce(question_id, id), null, @At, @Id
                from posts
                where id = @post and deleted_at is not null and author_id > 0 and author_id <> @actor and deletion is not {(int)DeletionKind.Rules}
                  and not exists (select 1 from post_events e where e.post_id = posts.id and e.kind = '{Merges.Converted}' and e.at = posts.deleted_at)
                on conflict do nothing
                """, told, token);
            await db.Execute(
                """
                insert into inbox (user_id, kind, post_id, question_id, actor_id, at, event_id)
                select distinct a.author_id, 'question-deleted', q.id, q.id, null, @At, @Id
                from posts q
                join posts a on a.question_id = q.id and a.kind = 2 and a.deleted_at is null
                where q.id = @post and q.kind = 1 and q.deleted_at is not null and a.author_id > 0 and a.author_id <> @actor and a.author_id is not q.author_id
                on conflict do nothing
                """, told, token);
        }, token);
    }

    public Task Hear(Heard<QuestionClosed> heard, CancellationToken token) =>
        Tell(heard.What.QuestionId, "closed", heard.What.ClosedBy, heard.Id, heard.At, token);

    public Task Hear(Heard<QuestionReopened> heard, CancellationToken token) =>
        Tell(heard.What.QuestionId, "reopened", heard.What.ReopenedBy, heard.Id, heard.At, token);

    // Who closed it is for those to see who close.
    private Task<int> Tell(long question, string kind, long? actor, long id, DateTimeOffset at, CancellationToken token) =>
        db.InTransaction(
            () => db.Execute(
                """
                insert into inbox (user_id, kind, post_id, question_id, actor_id, at, event_id)
                select author_id, @kind, id, id, null, @at, @id
                from posts
                where id = @question and deleted_at is null and author_id > 0 and author_id is not @actor
                on conflict do nothing
                """, new { question, kind, actor, at, id }, token), token);
}
