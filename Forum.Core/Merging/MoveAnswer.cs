using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Merging;

/// <summary>Moves an answer to the question that it answers, with everything that is its own. Rules: docs/rules/merging.md.</summary>
[For(Who.Moderator)]
public sealed record MoveAnswer(long AnswerId, long QuestionId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<MoveAnswer>
    {
        public async Task Handle(MoveAnswer move, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var answer = await db.VisiblePost(move.AnswerId, user, settings, token);
            var question = await db.VisiblePost(move.QuestionId, user, settings, token);
            MergingRules.WhyNotMove(me, answer, question, await db.IsMerged(question.Id, token))?.Throw();

            var moved = await db.Move(new Departure(answer.QuestionId, question.Id, answer.Id, MergeId: null, me.Id, now), token);
            await db.Log(answer.Id, Merges.AnswerMoved, me.Id, now, token);
            await log.Record(
                new Act("move-answer", ActSubject.Post, answer.Id)
                {
                    ConcernsId = answer.AuthorId, Before = new { Question = answer.QuestionId }, After = new { Move = moved[0], Question = question.Id },
                }, token);
            happened.Note(new AnswerMoved(answer.Id, answer.QuestionId, question.Id, answer.AuthorId, me.Id));
        }
    }
}

/// <summary>Brings an answer back that was moved, if it is still where it went, with the mark that it had. Rules: docs/rules/merging.md.</summary>
/// <exception cref="NotFoundException">There was no such move.</exception>
/// <exception cref="ConflictException">The answer is no longer there.</exception>
[For(Who.Moderator)]
public sealed record ReturnAnswer(long MoveId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<ReturnAnswer>
    {
        public async Task Handle(ReturnAnswer back, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var move = await db.Find<Row>("select answer_id as AnswerId, from_id as FromId from moved_answers where id = @MoveId and merge_id is null", new { back.MoveId }, token)
                ?? throw new NotFoundException();
            var answer = await db.VisiblePost(move.AnswerId, user, settings, token);
            var question = await db.VisiblePost(move.FromId, user, settings, token);
            MergingRules.WhyNotMove(me, answer, question, await db.IsMerged(question.Id, token))?.Throw();
            if (await db.Return("m.id = @id", back.MoveId, me.Id, settings.Reputation, now, token) == 0)
                throw new ConflictException(new Refusal("merging.moved-on"));

            await db.Log(answer.Id, Merges.AnswerMoved, me.Id, now, token);
            await log.Record(
                new Act("return-answer", ActSubject.Post, answer.Id)
                {
                    ConcernsId = answer.AuthorId, Before = new { Question = answer.QuestionId }, After = new { Question = question.Id },
                }, token);
            happened.Note(new AnswerMoved(answer.Id, answer.QuestionId, question.Id, answer.AuthorId, me.Id));
        }
    }

    private sealed record Row
    {
        public long AnswerId { get; init; }
        public long FromId { get; init; }
    }
}

/// <summary>An answer went to another question.</summary>
public sealed record AnswerMoved(long AnswerId, long FromId, long ToId, long? AuthorId, long ModeratorId) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(FromId).Relisted(FromId).Question(ToId).Relisted(ToId).Tags().Profile(AuthorId);

    /// <inheritdoc />
    public void Name(MovedPosts posts) => posts.Post(AnswerId);
}

/// <summary>An answer that was moved is brought back.</summary>
internal sealed class UndoMove : IUndo
{
    public string Action => "move-answer";

    public IBaseRequest? Command(LoggedAct act) => act.Value("Move") is { } move ? new ReturnAnswer(move) : null;
}

/// <summary>An answer that was brought back is moved again.</summary>
internal sealed class UndoReturn : IUndo
{
    public string Action => "return-answer";

    public IBaseRequest? Command(LoggedAct act) => act.FormerValue("Question") is { } question ? new MoveAnswer(act.SubjectId, question) : null;
}
