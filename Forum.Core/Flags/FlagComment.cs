using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Comments;
using Forum.Core.Markdown;
using Forum.Core.Moderation;
using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Flags;

/// <summary>
/// Says that something is wrong with a comment, and returns the flag's id. So many flags delete it, or a moderator's one. Rules:
/// docs/rules/flags.md, section 5.
/// </summary>
/// <param name="CommentId">The comment.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Words">What a moderator should know.</param>
[Paced(PacedAct.Flag)]
public sealed record FlagComment(long CommentId, FlagKind Kind, string? Words = null) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<FlagComment>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(f => f.Kind).Must(kind => kind.IsOfComment()).WithErrorCode("flags.no-kind");
            RuleFor(f => f.Words!).HasLength(settings.Flags.Words).When(f => f.Kind == FlagKind.CommentModerator);
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, BlockedTexts blocked, CommunityMarkdown markdown, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock)
        : IRequestHandler<FlagComment, long>
    {
        public async Task<long> Handle(FlagComment flag, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var (comment, post) = await db.VisibleComment(flag.CommentId, user, settings, token);
            var flagger = await db.Flagger(me, settings.Flags, now, token);
            var hasFlagged = await db.Get<bool>(
                "select exists (select 1 from flags where comment_id = @Id and user_id = @me)", new { comment.Id, me = me.Id }, token);
            FlagRules.WhyNotFlag(flag.Kind, flagger, comment, post, hasFlagged, settings, now)?.Throw();

            var id = await db.Raise(
                new Flag { Kind = flag.Kind, PostId = post.Id, CommentId = comment.Id, UserId = me.Id, RaisedAt = now, Words = flag.Kind.HasWords() ? TextLength.Clean(flag.Words) : "" },
                comment.AuthorId, log, token);
            happened.Note(new FlagRaised(id, flag.Kind, post.Id, post.QuestionId, comment.Id, me.Id, comment.AuthorId));

            var waiting = (await db.WaitingFlags(post.Id, token)).Where(other => other.CommentId == comment.Id).ToList();
            var known = (await blocked.Now(db, token)).In(comment.Body);
            if (FlagRules.Needed(flag.Kind, comment.Body, comment.Score, known, settings.Flags) is not { } needed
                || !me.IsModerator && waiting.Count(other => other.Kind.CountsWith(flag.Kind)) < needed)
                return id;

            if (known.Count > 0)
                await db.CountHits(known.Where(hit => hit.Kind is BlockedKind.Harassment or BlockedKind.Chatter).Select(hit => hit.Id), now, token);
            await db.Execute("update comments set deleted_at = @now, deleted_by = @Community where id = @Id", new { comment.Id, now, People.Community }, token);
            await db.CountComments(post.Id, token);
            await log.Record(new Act("delete-comment", ActSubject.Comment, comment.Id) { ConcernsId = comment.AuthorId, ByItself = !me.IsModerator }, token);
            happened.Note(new CommentDeleted(comment.Id, post.Id, post.QuestionId, People.Community));
            happened.NoteLinks(post.Id, post.QuestionId, await db.KeepLinks(post.Id, markdown.PostsNamedIn(comment.Html), [], markdown.PostsNamedIn, now, token));
            await db.End(waiting, new Verdict(FlagState.Helpful, "", me.IsModerator ? me.Id : null), new Flagging(log, settings), now, token);
            happened.Note(FlagsDecided.Of(waiting, FlagState.Helpful, post.QuestionId, me.IsModerator ? me.Id : null));
            return id;
        }
    }
}
