using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Flags;

/// <summary>Ends flags that nobody decided in time, one transaction each. Rules: docs/rules/flags.md, section 3.</summary>
public sealed class AgeFlags(IServiceScopeFactory scopes, SettingsStore settings, TimeProvider clock, ILogger<AgeFlags> log)
    : OneByOne<long>(Interval, "Flags could not be aged; it is tried again.", scopes, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Ends those that are due and returns how many.</summary>
    public Task<int> Age(CancellationToken token) => Each(token);

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => Age(token);

    /// <inheritdoc />
    protected override Task<IReadOnlyList<long>> Due(Db db, CancellationToken token)
    {
        var (now, rules) = (clock.GetUtcNow(), settings.Current.Flags);
        int[] kinds = [.. Enum.GetValues<FlagKind>().Where(kind => kind.Ages() && kind != FlagKind.Close).Select(kind => (int)kind)];
        return db.Query<long>(
            $"""
            select f.id
            from flags f
            where f.state = 0 and f.raised_at <= @latest
              and ({db.Dialect.In("f.kind", "@kinds")} and f.raised_at <= @before or f.kind = {(int)FlagKind.Close} and f.raised_at <= @closeBefore)
            order by f.raised_at
            limit 500
            """,
            new { kinds, before = now - rules.Ages, closeBefore = now - rules.CloseAges, latest = now - (rules.Ages < rules.CloseAges ? rules.Ages : rules.CloseAges) }, token);
    }

    /// <inheritdoc />
    protected override IRequest Command(long due) => new AgeFlag(due);
}

/// <summary>Lets a flag age away, if it still waits and is old enough. The server asks for it.</summary>
[For(Who.Anyone), EachTime]
public sealed record AgeFlag(long FlagId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<AgeFlag>
    {
        public async Task Handle(AgeFlag age, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var flag = await db.Flag(age.FlagId, token);
            if (flag.State != FlagState.Pending || !flag.Kind.Ages() || now - flag.RaisedAt < (flag.Kind == FlagKind.Close ? settings.Flags.CloseAges : settings.Flags.Ages))
                return;

            await db.End([flag], new Verdict(FlagState.Aged), new Flagging(log, settings), now, token);
            happened.Note(FlagsDecided.Of([flag], FlagState.Aged, await db.QuestionOf(flag.PostId, token), null));
        }
    }
}

/// <summary>
/// Ends the flags of what is gone by now, which were right, and of questions that were closed as was wished. The server asks for it when something
/// was deleted or closed. What is said in words still waits for a moderator.
/// </summary>
[For(Who.Anyone), EachTime]
public sealed record SettleFlags(long PostId, long? CommentId = null) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<SettleFlags>
    {
        public async Task Handle(SettleFlags settle, CancellationToken token)
        {
            var state = await db.Find<Fate>(
                """
                select p.deleted_at is not null as IsDeleted, p.closed_at is not null as IsClosed, coalesce(p.question_id, p.id) as QuestionId,
                       exists (select 1 from comments c where c.id = @CommentId and c.deleted_at is not null) as IsCommentDeleted
                from posts p
                where p.id = @PostId
                """, new { settle.PostId, settle.CommentId }, token);
            if (state is null)
                return;

            var right = (await db.WaitingFlags(settle.PostId, token)).Where(flag => IsRight(flag, settle, state)).ToList();
            if (right.Count == 0)
                return;
            await db.End(right, new Verdict(FlagState.Helpful), new Flagging(log, settings), clock.GetUtcNow(), token);
            happened.Note(FlagsDecided.Of(right, FlagState.Helpful, state.QuestionId, null));
        }

        private static bool IsRight(Flag flag, SettleFlags settle, Fate state) => flag switch
        {
            { CommentId: { } comment } => comment == settle.CommentId && state.IsCommentDeleted && flag.Kind != FlagKind.CommentModerator,
            { Kind: FlagKind.Close } => state.IsDeleted || state.IsClosed,
            { Kind: FlagKind.VeryLowQuality } => state.IsDeleted || state.IsClosed,
            { Kind: FlagKind.Spam or FlagKind.Rude or FlagKind.NotAnAnswer } => state.IsDeleted,
            _ => false,
        };

        private sealed record Fate
        {
            public bool IsDeleted { get; init; }
            public bool IsClosed { get; init; }
            public bool IsCommentDeleted { get; init; }
            public long QuestionId { get; init; }
        }
    }
}
