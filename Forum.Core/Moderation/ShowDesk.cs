using Forum.Core.Flags;
using Forum.Core.Pipeline;
using Forum.Core.Reviews;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;
using MediatR;

namespace Forum.Core.Moderation;

/// <summary>What waits for moderators and who is suspended: the desk's front page. Five statements, each of which counts only so far. Rules: docs/rules/audit.md.</summary>
[For(Who.Moderator)]
public sealed record ShowDesk : IRequest<ShowDesk.View>
{
    private const int Shown = 10;

    /// <param name="Flags">Flags that wait for moderators, as far as they are counted.</param>
    /// <param name="Messages">Answers of people that wait for a moderator's, counted as far.</param>
    /// <param name="Queues">What waits in the review queues, suggested edits among them, counted as far.</param>
    /// <param name="MostCounted">How far.</param>
    /// <param name="Answers">People who wrote to the moderators and have no answer yet, those who waited longest first.</param>
    /// <param name="Suspended">Who is suspended now, whose suspension ends soonest first.</param>
    public sealed record View(
        int Flags, int Messages, IReadOnlyList<(ReviewQueue Queue, int Waiting)> Queues, int MostCounted, IReadOnlyList<Answer> Answers, IReadOnlyList<SuspendedPerson> Suspended)
    {
        /// <summary>Proposals to hide revisions that wait for moderators who agree, the oldest first.</summary>
        public IReadOnlyList<Proposal> Redactions { get; init; } = [];
    }

    /// <summary>A proposal that waits.</summary>
    public sealed record Proposal
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
        public DateTimeOffset At { get; init; }
        public string Reason { get; init; } = "";
    }

    /// <summary>An answer that waits.</summary>
    public sealed record Answer
    {
        public long UserId { get; init; }
        public string Name { get; init; } = "";
        public DateTimeOffset At { get; init; }
        public string Body { get; init; } = "";
    }

    /// <summary>Somebody who may only read.</summary>
    public sealed record SuspendedPerson
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public DateTimeOffset Until { get; init; }
    }

    private static readonly string Counts =
        $"""
        select (select count(*) from (select 1 from flags f where f.state = 0 and {FlagKinds.AreForModerators("f.kind")} limit @most)) as Flags,
               (select count(*) from (select 1 from moderator_messages m where m.kind = 5 and m.handled_at is null limit @most)) as Messages
        """;

    private sealed record Waiting
    {
        public int Flags { get; init; }
        public int Messages { get; init; }
    }

    internal sealed class Handler(Db db, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowDesk, View>
    {
        public async Task<View> Handle(ShowDesk show, CancellationToken token)
        {
            var most = settings.Pages.MostCounted;
            var waiting = await db.Get<Waiting>(Counts, new { most }, token);
            var queues = await db.WaitingByQueue(most, token);
            var answers = await db.Query<Answer>(
                """
                select m.user_id as UserId, u.name as Name, m.at as At, substr(m.body, 1, 200) as Body
                from moderator_messages m
                left join users u on u.id = m.user_id
                where m.kind = 5 and m.handled_at is null
                order by m.id
                limit @Shown
                """, new { Shown }, token);
            var suspended = await db.Query<SuspendedPerson>(
                "select id as Id, name as Name, suspended_until as Until from users where suspended_until > @now order by suspended_until limit @Shown",
                new { now = clock.GetUtcNow(), Shown }, token);
            var redactions = await db.Query<Proposal>(
                $"""
                select x.id as Id, {TagTexts.TitleOf("q")} as Title, x.proposed_at as At, x.reason as Reason
                from redactions x
                join posts p on p.id = x.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                where x.state = 0
                order by x.id
                limit @Shown
                """, new { Shown }, token);
            return new View(waiting.Flags, waiting.Messages, queues, most, answers, suspended) { Redactions = redactions };
        }
    }
}
