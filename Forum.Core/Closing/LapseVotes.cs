using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Closing;

/// <summary>Ends votes to close, reopen, delete and undelete that too few others followed, a post at a time. Rules: docs/rules/closing.md.</summary>
public sealed class LapseVotes(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<LapseVotes> log)
    : OneByOne<long>(Interval, "Old votes to close and to delete could not be ended; it is tried again.", scopes, log)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Does what is due now and returns on how many posts.</summary>
    public Task<int> Lapse(CancellationToken token) => Each(token);

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Lapse(token);

    /// <inheritdoc />
    protected override Task<IReadOnlyList<long>> Due(Db db, CancellationToken token) =>
        db.Query<long>(
            """
            select distinct v.post_id
            from moderation_votes v
            where v.outcome is null and v.cast_at <= @before
              and not exists (
                  select 1 from moderation_votes o
                  where o.post_id = v.post_id and o.kind = v.kind and o.outcome is null and o.cast_at > @before)
            limit @AtOnce
            """,
            new { before = clock.GetUtcNow() - settings.Current.Closing.VotesLast, AtOnce }, token);

    /// <inheritdoc />
    protected override IRequest Command(long due) => new LapseVotesOn(due);
}

/// <summary>Ends the votes on a post that are too old. Nobody's act.</summary>
[For(Who.Anyone)]
public sealed record LapseVotesOn(long PostId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, DuplicateProposals proposals, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<LapseVotesOn>
    {
        public async Task Handle(LapseVotesOn lapse, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            if (await db.Lapse(lapse.PostId, settings.Closing.VotesLast, log, now, token) == 0)
                return;

            await proposals.Keep(lapse.PostId, now, token);
            var question = await db.Get<long>("select coalesce(question_id, id) from posts where id = @PostId", new { lapse.PostId }, token);
            happened.Note(new ModerationVotesLapsed(lapse.PostId, question));
        }
    }
}

/// <summary>Votes to close, reopen, delete or undelete lapsed.</summary>
public sealed record ModerationVotesLapsed(long PostId, long QuestionId) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}
