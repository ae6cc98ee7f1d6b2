using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Users;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.PostNotices;

/// <summary>Takes away the notices whose time is over, every minute, one transaction each. Pages leave them out from their end on.</summary>
public sealed class EndNotices(IServiceScopeFactory scopes, TimeProvider clock, ILogger<EndNotices> log)
    : OneByOne<EndNotice>(Interval, "Notices could not be taken away; it is tried again.", scopes, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Takes away the notices whose time is over and returns how many.</summary>
    public Task<int> End(CancellationToken token) => Each(token);

    /// <inheritdoc />
    protected override Task Once(CancellationToken token) => End(token);

    /// <inheritdoc />
    protected override async Task<IReadOnlyList<EndNotice>> Due(Db db, CancellationToken token) =>
    [
        .. (await db.Query<Row>("select post_id as PostId, kind as Kind from post_notices where ends_at <= @now order by ends_at", new { now = clock.GetUtcNow() }, token))
            .Select(over => new EndNotice(over.PostId, over.Kind)),
    ];

    /// <inheritdoc />
    protected override IRequest Command(EndNotice due) => due;

    private sealed record Row
    {
        public long PostId { get; init; }
        public NoticeKind Kind { get; init; }
    }
}

/// <summary>
/// Takes away a notice whose time is over. The server asks for it; whether it is over is looked up in the transaction that ends it.
/// </summary>
[For(Who.Anyone), EachTime]
public sealed record EndNotice(long PostId, NoticeKind Kind) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<EndNotice>
    {
        public async Task Handle(EndNotice end, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var over = await db.Find<Row>(
                """
                select coalesce(p.question_id, p.id) as QuestionId, p.author_id as AuthorId, n.ends_at as EndsAt
                from post_notices n
                join posts p on p.id = n.post_id
                where n.post_id = @PostId and n.kind = @Kind and n.ends_at <= @now
                """,
                new { end.PostId, end.Kind, now }, token);
            if (over is null)
                return;

            await db.Remove(end.PostId, end.Kind, People.Community, now, token);
            await log.Record(RemoveNotice.Removed(end.PostId, over.AuthorId, new NoticeRow { Kind = end.Kind, EndsAt = over.EndsAt }) with { ByItself = true }, token);
            happened.Note(new PostNoticeChanged(end.PostId, over.QuestionId, end.Kind, IsThere: false));
        }
    }

    private sealed record Row
    {
        public long QuestionId { get; init; }
        public long? AuthorId { get; init; }
        public DateTimeOffset EndsAt { get; init; }
    }
}
