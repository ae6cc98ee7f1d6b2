using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Flags;

/// <summary>Takes back a flag of one's own that still waits. Rules: docs/rules/flags.md, section 3.</summary>
public sealed record RetractFlag(long FlagId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<RetractFlag>
    {
        public async Task Handle(RetractFlag retract, CancellationToken token)
        {
            var flag = await db.Flag(retract.FlagId, token);
            FlagRules.WhyNotRetract(user.Required, flag.UserId, flag.State)?.Throw();

            await db.End([flag], new Verdict(FlagState.Retracted, "", user.Required), new Flagging(log, settings), clock.GetUtcNow(), token);
            happened.Note(FlagsDecided.Of([flag], FlagState.Retracted, await db.QuestionOf(flag.PostId, token), user.Required));
        }
    }
}

/// <summary>What the commands on flags share.</summary>
internal static class FlagPlaces
{
    /// <summary>The question that a post belongs to, or is.</summary>
    public static Task<long> QuestionOf(this Db db, long postId, CancellationToken token) =>
        db.Get<long>("select coalesce(question_id, id) from posts where id = @postId", new { postId }, token);
}
