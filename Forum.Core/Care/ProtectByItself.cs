using Forum.Core.Answers;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Care;

/// <summary>Protects a question after bad answers of newcomers, counted anew each time. Rules: docs/rules/care.md.</summary>
internal sealed class ProtectByItself(Db db, Protections protections, Happened happened, ForumSettings settings, TimeProvider clock) : IHear<AnswerPosted>, IHear<PostDeleted>
{
    public Task Hear(Heard<AnswerPosted> heard, CancellationToken token) => Look(heard.What.QuestionId, token);

    public Task Hear(Heard<PostDeleted> heard, CancellationToken token) =>
        heard.What.PostId == heard.What.QuestionId ? Task.CompletedTask : Look(heard.What.QuestionId, token);

    private async Task Look(long question, CancellationToken token)
    {
        if (!settings.Care.Protects)
            return;

        await db.InTransaction(async () =>
        {
            var facts = await Facts(question, clock.GetUtcNow(), token);
            if (!CareRules.Protects(facts, settings.Care))
                return;

            happened.Note(await protections.Set(question, facts.AuthorId, isProtected: true, by: null, token));
            await happened.Write(db, token);
        }, token);
        happened.Tell(isCommitted: true);
    }

    private Task<ProtectionFacts> Facts(long question, DateTimeOffset now, CancellationToken token) =>
        db.Get<ProtectionFacts>(
            """
            select q.author_id as AuthorId, q.protected_at is not null as IsProtected, q.deleted_at is not null as IsDeleted,
                   exists (select 1 from post_events e where e.post_id = q.id and e.kind = 'unprotected') as WasUnprotected,
                   (select count(*) from posts s where s.question_id = q.id and s.kind = 2 and s.deletion = @spam) as SpamAnswers,
                   count(*) filter (where a.deleted_at is not null) as DeletedAnswers,
                   count(*) filter (where a.deleted_at is null and a.score <= 0 and a.created_at > @since) as PoorAnswers
            from posts q
            left join posts a on a.question_id = q.id and a.kind = 2 and exists (select 1 from users u where u.id = a.author_id and u.reputation < @needed and u.is_moderator = 0)
            where q.id = @question
            group by q.id
            """,
            new { question, since = now - settings.Care.ProtectWithin, needed = settings.Needs(Privilege.NewUserLifted), spam = (int)DeletionKind.Spam }, token);
}
