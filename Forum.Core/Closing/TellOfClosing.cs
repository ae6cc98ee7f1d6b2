using Forum.Data;

namespace Forum.Core.Closing;

/// <summary>Tells askers that their question was closed or reopened. As with other notices, nobody is told of their own acts, nor of what is deleted by now.</summary>
internal sealed class TellOfClosing(Db db) : IHear<QuestionClosed>, IHear<QuestionReopened>
{
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
