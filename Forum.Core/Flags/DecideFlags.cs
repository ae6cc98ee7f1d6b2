using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Flags;

/// <summary>
/// A moderator says of the flags that wait on a post and its comments whether they were helpful, of all at once or of some. Declining says why.
/// Returns how many there were. Rules: docs/rules/flags.md, section 3.
/// </summary>
/// <param name="PostId">The post.</param>
/// <param name="IsHelpful">Whether they were; else they are declined.</param>
/// <param name="Reply">What their flaggers are told: one of <see cref="FlagKinds.Replies"/>; of helpful ones nothing need be said.</param>
/// <param name="Words">The reply in words, when it is another one.</param>
/// <param name="Only">The flags that are meant; null: all that wait for moderators.</param>
[For(Who.Moderator)]
public sealed record DecideFlags(long PostId, bool IsHelpful, string? Reply = null, string? Words = null, IReadOnlyList<long>? Only = null) : IRequest<int>, ICommand
{
    internal sealed class Rules : AbstractValidator<DecideFlags>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(d => d.Reply).Must(reply => FlagKinds.Replies.Contains(reply)).When(d => !d.IsHelpful).WithErrorCode("flags.no-reply");
            RuleFor(d => d.Words!).HasLength(settings.Flags.Reply).When(d => d is { IsHelpful: false, Reply: FlagKinds.Other });
            RuleFor(d => d.Words!).HasLength(new LengthRange(0, settings.Flags.Reply.Max)).When(d => d is { IsHelpful: true, Words: not null });
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<DecideFlags, int>
    {
        public async Task<int> Handle(DecideFlags decide, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            await db.WhyNotTake(decide.PostId, user.Required, now, token);
            var waiting = await db.WaitingFlags(decide.PostId, token);
            var meant = waiting.Where(flag => decide.Only is { } only ? only.Contains(flag.Id) : flag.Kind.IsForModerators()).ToList();
            if (meant.Count == 0)
                throw new ConflictException(new Refusal("flags.none-wait"));
            if (meant.Any(flag => flag.UserId == user.Required))
                new Refusal("flags.own-flag").Throw();

            var state = decide.IsHelpful ? FlagState.Helpful : FlagState.Declined;
            var reply = decide.IsHelpful || decide.Reply == FlagKinds.Other ? TextLength.Clean(decide.Words) : decide.Reply!;
            await db.End(meant, new Verdict(state, reply, user.Required), new Flagging(log, settings), now, token);
            await db.Execute("delete from flag_claims where post_id = @PostId", new { decide.PostId }, token);
            happened.Note(FlagsDecided.Of(meant, state, await db.QuestionOf(decide.PostId, token), user.Required));
            return meant.Count;
        }
    }
}

/// <summary>
/// Lets a flag wait again that was decided. A vote down that was taken back with it does not return. Rules: docs/rules/flags.md, section 3.
/// </summary>
[For(Who.Moderator)]
public sealed record ReopenFlag(long FlagId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<ReopenFlag>
    {
        public async Task Handle(ReopenFlag reopen, CancellationToken token)
        {
            var flag = await db.Flag(reopen.FlagId, token);
            if (flag.State is not (FlagState.Helpful or FlagState.Declined))
                throw new ConflictException(new Refusal("flags.not-decided"));

            await db.Become(flag, new Verdict(FlagState.Pending, "", user.Required), new Flagging(log, settings), clock.GetUtcNow(), token);
            happened.Note(FlagsDecided.Of([flag], FlagState.Pending, await db.QuestionOf(flag.PostId, token), user.Required));
        }
    }

    internal sealed class UndoHelpful : IUndo
    {
        public string Action => "flag-helpful";

        public IBaseRequest? Command(LoggedAct act) => new ReopenFlag(act.SubjectId);
    }

    internal sealed class UndoDeclined : IUndo
    {
        public string Action => "flag-declined";

        public IBaseRequest? Command(LoggedAct act) => new ReopenFlag(act.SubjectId);
    }
}
