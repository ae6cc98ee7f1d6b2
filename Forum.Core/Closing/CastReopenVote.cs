using System.Text.Json;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Closing;

/// <summary>
/// Votes to reopen a question; enough votes reopen it, a moderator's alone, and of a duplicate that of who holds the gold badge of one of its
/// tags. Returns whether it is open. Rules: docs/rules/closing.md.
/// </summary>
public sealed record CastReopenVote(long QuestionId) : IRequest<bool>, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, Closings closings, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<CastReopenVote, bool>
    {
        public async Task<bool> Handle(CastReopenVote vote, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var question = await db.VisibleQuestion(vote.QuestionId, user, settings, token);
            await db.Lapse(question.Id, settings.Closing.VotesLast, log, now, token);
            var round = await db.Round(question.Id, ModerationVoteKind.Reopen, token);
            var record = await db.VotingRecord(me.Id, question.Id, ModerationVoteKind.Reopen, round, now, token);
            var hammer = question.CloseReason == CloseReason.Duplicate ? await db.Hammer(me.Id, question.Id, token) : null;
            ClosingRules.WhyNotReopen(me, question, record, hammer, now, settings)?.Throw();

            // Whoever came to moderate since they voted decides with the vote that waits.
            var id = record.HasVoted
                ? await db.Get<long>(
                    $"select id from moderation_votes where post_id = @Id and user_id = @me and kind = {(int)ModerationVoteKind.Reopen} and outcome is null", new { question.Id, me = me.Id }, token)
                : await db.AddVote(question.Id, me.Id, ModerationVoteKind.Reopen, round, "", hammer, now, token);
            var waiting = await db.Waiting(question.Id, ModerationVoteKind.Reopen, token);
            var isBinding = ClosingRules.IsBinding(me, hammer);
            if (!isBinding)
                await log.Record(new Act("reopen-vote", ActSubject.Post, question.Id) { ConcernsId = question.AuthorId, After = new { Vote = id, Round = round } }, token);

            var isOpen = isBinding || waiting >= settings.Closing.ReopenVotes;
            if (isOpen)
                await closings.Reopen(question, isBinding ? me.Id : null, isBinding ? id : null, hammer, token);
            happened.Note(new ReopenVoteCast(question.Id, me.Id, waiting, isOpen));
            return isOpen;
        }
    }
}

/// <summary>Somebody voted to reopen a question.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="VoterId">Who voted.</param>
/// <param name="Votes">How many votes waited then, with this one.</param>
/// <param name="Reopened">Whether the question is open by it.</param>
public sealed record ReopenVoteCast(long QuestionId, long VoterId, int Votes, bool Reopened) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>A moderator makes a question closed again as it was, because it should not have been reopened: what undoes a reopening.</summary>
[For(Who.Moderator)]
public sealed record CloseAsBefore(long QuestionId, string Reason, IReadOnlyList<long> Targets) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, Closings closings, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<CloseAsBefore>
    {
        public async Task Handle(CloseAsBefore close, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var question = await db.VisibleQuestion(close.QuestionId, user, settings, token);
            ClosingRules.WhyNotClose(me, question, new VotingRecord(), null, now, settings)?.Throw();

            // What was its original may be one no more, or even its duplicate.
            var targets = close.Reason == CloseReason.Duplicate ? await db.Originals(question.Id, close.Targets, settings, token) : [];
            var round = await db.Round(question.Id, ModerationVoteKind.Close, token);
            var id = await db.AddVote(question.Id, me.Id, ModerationVoteKind.Close, round, close.Reason, null, now, token);
            await closings.Close(question, new Closure(close.Reason, targets) { Vote = id, By = me.Id }, token);
            happened.Note(new CloseVoteCast(question.Id, me.Id, close.Reason, 1, Closed: true));
        }
    }
}

/// <summary>A closing is undone by a moderator's vote to reopen.</summary>
internal sealed class UndoClosing : IUndo
{
    public string Action => "close";

    public IBaseRequest Command(LoggedAct act) => new CastReopenVote(act.SubjectId);
}

/// <summary>A reopening is undone by closing the question as it was.</summary>
internal sealed class UndoReopening : IUndo
{
    public string Action => "reopen";

    public IBaseRequest Command(LoggedAct act)
    {
        using var before = JsonDocument.Parse(act.Before);
        return new CloseAsBefore(
            act.SubjectId, before.RootElement.GetProperty("Reason").GetString() ?? CloseReason.Own, [.. before.RootElement.GetProperty("Targets").EnumerateArray().Select(id => id.GetInt64())]);
    }
}
