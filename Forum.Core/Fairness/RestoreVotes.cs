using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Fairness;

/// <summary>Puts votes back that were taken out, except where the person has voted anew; returns how many. Rules: docs/rules/fairness.md.</summary>
[For(Who.Moderator)]
public sealed record RestoreVotes(long CancellationId) : IRequest<int>, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<RestoreVotes, int>
    {
        public async Task<int> Handle(RestoreVotes restore, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var cancelled = await db.Find<Row>(
                "select voter_id as VoterId, author_id as AuthorId, undone_at as UndoneAt from vote_cancellations where id = @CancellationId",
                new { restore.CancellationId }, token) ?? throw new NotFoundException();
            FairnessRules.WhyNotJudge(user.Required, cancelled.VoterId, cancelled.AuthorId)?.Throw();
            if (cancelled.UndoneAt is not null)
                throw new ConflictException(new Refusal("moderation.already-restored"));

            await db.Execute(
                "update vote_cancellations set undone_by = @me, undone_at = @now where id = @CancellationId",
                new { restore.CancellationId, me = user.Required, now }, token);
            var votes = await db.Restore(restore.CancellationId, cancelled.VoterId, happened, settings.Reputation, now, token);
            happened.Note(new VotesRestored(restore.CancellationId, cancelled.VoterId, cancelled.AuthorId, votes));
            await log.Record(
                new Act("restore-votes", ActSubject.User, cancelled.VoterId) { ConcernsId = cancelled.AuthorId, Before = new { restore.CancellationId }, After = new { Votes = votes } },
                token);
            return votes;
        }
    }

    private sealed record Row
    {
        public long VoterId { get; init; }
        public long AuthorId { get; init; }
        public DateTimeOffset? UndoneAt { get; init; }
    }
}

/// <summary>Votes that a moderator took out are put back by the log's button too.</summary>
internal sealed class UndoInvalidation : IUndo
{
    public string Action => "invalidate-votes";

    public IBaseRequest Command(LoggedAct act) => new RestoreVotes(act.Value("CancellationId")!.Value);
}

/// <summary>Votes that had been taken out count again. Each of them is a <see cref="Voting.VoteCast"/> besides.</summary>
public sealed record VotesRestored(long CancellationId, long VoterId, long AuthorId, int Votes) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Profile(VoterId).Profile(AuthorId).People();
}
