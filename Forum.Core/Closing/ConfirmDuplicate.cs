using System.Text.Json;
using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Closing;

/// <summary>The asker says that the questions which votes propose answer theirs: it is closed as their duplicate at once. Rules: docs/rules/closing.md.</summary>
public sealed record ConfirmDuplicate(long QuestionId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, Closings closings, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<ConfirmDuplicate>
    {
        public async Task Handle(ConfirmDuplicate confirm, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var question = await db.VisibleQuestion(confirm.QuestionId, user, settings, token);
            var votes = (await db.CloseVotesOn(question.Id, token)).Where(v => v.Reason == CloseReason.Duplicate && v.TargetId is not null).ToList();
            ClosingRules.WhyNotConfirm(me, question, votes.Count)?.Throw();

            var targets = ClosingRules.Verdict(votes, settings.Closing.Targets).Targets;
            targets = await db.Originals(question.Id, targets, settings, token);
            var round = await db.Round(question.Id, ModerationVoteKind.Close, token);
            // Whoever voted that way themselves decides with the vote that waits.
            var id = await db.Find<long?>(
                $"select id from moderation_votes where post_id = @Id and user_id = @me and kind = {(int)ModerationVoteKind.Close} and outcome is null", new { question.Id, me = me.Id }, token)
                ?? await db.AddVote(question.Id, me.Id, ModerationVoteKind.Close, round, CloseReason.Duplicate, null, now, token);
            await closings.Close(question, new Closure(CloseReason.Duplicate, targets) { Vote = id, By = me.Id }, token);
            happened.Note(new CloseVoteCast(question.Id, me.Id, CloseReason.Duplicate, votes.Select(v => v.Id).Distinct().Count() + 1, Closed: true));
        }
    }
}

/// <summary>Names other originals of a question that is closed as a duplicate. Rules: docs/rules/closing.md.</summary>
/// <param name="QuestionId">The duplicate.</param>
/// <param name="Targets">All its originals, as <see cref="TypedTargets"/> reads them.</param>
public sealed record ChangeDuplicateTargets(long QuestionId, string Targets) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<ChangeDuplicateTargets>
    {
        public Rules(ForumSettings settings) =>
            RuleFor(v => v.Targets).Cascade(CascadeMode.Stop)
                .Must(text => TypedTargets.Parse(text) is { Count: > 0 }).WithErrorCode("closing.no-target-typed")
                .Must(text => TypedTargets.Parse(text)!.Count <= settings.Closing.Targets).WithErrorCode("closing.too-many-targets").WithState(_ => new object[] { settings.Closing.Targets });
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<ChangeDuplicateTargets>
    {
        public async Task Handle(ChangeDuplicateTargets change, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var question = await db.VisibleQuestion(change.QuestionId, user, settings, token);
            var isDuplicate = question.CloseReason == CloseReason.Duplicate;
            ClosingRules.WhyNotChangeTargets(me, question, isDuplicate, isDuplicate ? await db.Hammer(me.Id, question.Id, token) : null)?.Throw();

            var were = await db.OriginalsOf(question.Id, token);
            var become = await db.Originals(question.Id, TypedTargets.Parse(change.Targets)!, settings, token);
            if (become.SequenceEqual(were))
                new Refusal("editing.nothing-changed").Throw();
            await db.MarkDuplicate(question.Id, become, now, token);
            await db.Event(question.Id, "originals-changed", me.Id, new { Targets = become }, now, token);
            await log.Record(
                new Act("change-originals", ActSubject.Post, question.Id) { ConcernsId = question.AuthorId, Before = new { Targets = were }, After = new { Targets = become } }, token);
            happened.Note(new OriginalsChanged(question.Id, me.Id, [.. were.Union(become)]));
        }
    }
}

/// <summary>A duplicate has other originals.</summary>
public sealed record OriginalsChanged(long QuestionId, long ActorId, long[] Originals) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        pages.Question(QuestionId);
        foreach (var other in Originals)
            pages.Question(other);
    }
}

/// <summary>Other originals are changed back.</summary>
internal sealed class UndoOriginals : IUndo
{
    public string Action => "change-originals";

    public IBaseRequest Command(LoggedAct act)
    {
        using var before = JsonDocument.Parse(act.Before);
        return new ChangeDuplicateTargets(act.SubjectId, string.Join(' ', before.RootElement.GetProperty("Targets").EnumerateArray().Select(id => id.GetInt64())));
    }
}
