using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Care;

/// <summary>
/// Deletes a post as the Community user, if the rules still say so now, and returns whether they did. The background's. Rules: docs/rules/care.md.
/// </summary>
[For(Who.Anyone)]
public sealed record ClearAway(long PostId, CareJob Job) : IRequest<bool>, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, Deletions deletions, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<ClearAway, bool>
    {
        public async Task<bool> Handle(ClearAway clear, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            // Asked again of the writer: somebody may have answered, edited or voted meanwhile.
            if (await db.CareFacts(clear.PostId, now, settings.Care, token) is not { } post || !CareRules.Deletes(clear.Job, post, now, settings.Care))
                return false;

            var facts = await db.VisiblePost(post.Id, user, settings, token);
            happened.Note(await deletions.Delete(facts, DeletionKind.Rules, null, token, reason: clear.Job.Key()));
            happened.Note(new PostClearedAway(post.Id, post.QuestionId, post.AuthorId, clear.Job));
            return true;
        }
    }
}

/// <summary>The rules deleted a post.</summary>
public sealed record PostClearedAway(long PostId, long QuestionId, long? AuthorId, CareJob Job) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>Tells authors that the rules deleted what they wrote; they still see it.</summary>
internal sealed class TellOfClearing(Db db) : IHear<PostClearedAway>
{
    public Task Hear(Heard<PostClearedAway> heard, CancellationToken token) =>
        db.InTransaction(
            () => db.Execute(
                """
                insert into inbox (user_id, kind, post_id, question_id, at, event_id)
                select p.author_id, 'cleared-away', p.id, coalesce(p.question_id, p.id), @At, @Id
                from posts p
                join users u on u.id = p.author_id
                where p.id = @PostId and p.deleted_at is not null and u.id > 0 and u.removed_at is null
                on conflict do nothing
                """, new { heard.Id, heard.At, heard.What.PostId }, token), token);
}
