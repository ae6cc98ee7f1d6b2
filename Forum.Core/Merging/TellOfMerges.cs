using Forum.Core.Pipeline;
using Forum.Data;

namespace Forum.Core.Merging;

/// <summary>Tells people that their answers are under another question now: each once, of the newest of them.</summary>
internal sealed class TellOfMerges(Db db) : IHear<QuestionsMerged>, IHear<AnswerMoved>, IHear<AnswerConverted>, IHear<CommentConverted>
{
    public Task Hear(Heard<QuestionsMerged> heard, CancellationToken token) =>
        db.InTransaction(() => db.Execute(
            """
            insert into inbox (user_id, kind, post_id, question_id, at, event_id)
            select a.author_id, 'merged', max(a.id), @TargetId, @At, @Id
            from moved_answers m
            join posts a on a.id = m.answer_id
            where m.merge_id = @MergeId and m.returned_at is null and a.deleted_at is null and a.author_id > 0 and a.author_id <> @ModeratorId
            group by a.author_id
            on conflict do nothing
            """,
            new { heard.What.MergeId, heard.What.TargetId, heard.What.ModeratorId, heard.At, heard.Id }, token), token);

    public Task Hear(Heard<AnswerConverted> heard, CancellationToken token) =>
        heard.What.AuthorId is not > 0 || heard.What.AuthorId == heard.What.ModeratorId
            ? Task.CompletedTask
            : db.InTransaction(() => db.Execute(
                """
                insert into inbox (user_id, kind, post_id, question_id, comment_id, at, event_id)
                values (@AuthorId, 'answer-converted', @QuestionId, @QuestionId, @CommentId, @At, @Id)
                on conflict do nothing
                """,
                new { heard.What.AuthorId, heard.What.QuestionId, heard.What.CommentId, heard.At, heard.Id }, token), token);

    public Task Hear(Heard<CommentConverted> heard, CancellationToken token) =>
        heard.What.AuthorId == heard.What.ModeratorId
            ? Task.CompletedTask
            : db.InTransaction(() => db.Execute(
                """
                insert into inbox (user_id, kind, post_id, question_id, at, event_id)
                values (@AuthorId, 'comment-converted', @AnswerId, @QuestionId, @At, @Id)
                on conflict do nothing
                """,
                new { heard.What.AuthorId, heard.What.AnswerId, heard.What.QuestionId, heard.At, heard.Id }, token), token);

    public Task Hear(Heard<AnswerMoved> heard, CancellationToken token) =>
        heard.What.AuthorId is not > 0 || heard.What.AuthorId == heard.What.ModeratorId
            ? Task.CompletedTask
            : db.InTransaction(() => db.Execute(
                """
                insert into inbox (user_id, kind, post_id, question_id, at, event_id)
                values (@AuthorId, 'answer-moved', @AnswerId, @ToId, @At, @Id)
                on conflict do nothing
                """,
                new { heard.What.AuthorId, heard.What.AnswerId, heard.What.ToId, heard.At, heard.Id }, token), token);
}
