using System.Text.Json;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Closing;

/// <summary>How a question is to be closed.</summary>
/// <param name="Reason">A key of <see cref="CloseReason"/>.</param>
/// <param name="Targets">Of a duplicate: its originals.</param>
internal sealed record Closure(string Reason, IReadOnlyList<long> Targets)
{
    /// <summary>The vote that decides alone; null when several do, or when it only becomes as it was.</summary>
    public long? Vote { get; init; }

    /// <summary>Whose vote that is.</summary>
    public long? By { get; init; }

    /// <summary>The tag whose gold badge makes it decide.</summary>
    public string? Hammer { get; init; }

    /// <summary>What the voter said of it.</summary>
    public string Note { get; init; } = "";
}

/// <summary>Closes questions and reopens them, for whatever decides it. Scoped. Rules: docs/rules/closing.md.</summary>
internal sealed class Closings(Db db, DuplicateProposals proposals, ModerationLog log, Happened happened, ForumSettings settings, TimeProvider clock)
{
    public const string Closed = "closed";
    public const string Reopened = "reopened";

    /// <summary>Closes a question; the votes that wait are those that did.</summary>
    public async Task Close(PostFacts question, Closure closure, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        await db.Execute("update posts set closed_at = @now, close_reason = @Reason where id = @Id", new { question.Id, closure.Reason, now }, token);
        var round = await db.Round(question.Id, ModerationVoteKind.Close, token);
        var votes = await db.EndVotes(question.Id, ModerationVoteKind.Close, ModerationVoteOutcome.Counted, now, token);
        var chained = closure.Reason == CloseReason.Duplicate ? await db.MarkDuplicate(question.Id, closure.Targets, now, token) : [];
        await proposals.Keep(question.Id, now, token);
        await db.Event(question.Id, Closed, closure.By, new { closure.Reason, closure.Targets, closure.Hammer, Votes = votes }, now, token);
        await log.Record(
            new Act("close", ActSubject.Post, question.Id)
            {
                ConcernsId = question.AuthorId, After = new { closure.Reason, closure.Targets, closure.Hammer, closure.Vote, Round = round, Votes = votes, Chained = chained },
                Reason = closure.Note, ByItself = closure.By is null,
            }, token);
        happened.Note(new QuestionClosed(question.Id, question.AuthorId, closure.By, closure.Reason, [.. closure.Targets], [.. chained], closure.Hammer));
    }

    /// <summary>Reopens a question; the votes that wait are those that did.</summary>
    public async Task Reopen(PostFacts question, long? by, long? vote, string? hammer, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var originals = await db.OriginalsOf(question.Id, token);
        var round = await db.Round(question.Id, ModerationVoteKind.Reopen, token);
        await db.Execute("update posts set closed_at = null, close_reason = null where id = @Id", new { question.Id }, token);
        await db.Execute("delete from post_links where from_post_id = @Id and kind = 3", new { question.Id }, token);
        var votes = await db.EndVotes(question.Id, ModerationVoteKind.Reopen, ModerationVoteOutcome.Counted, now, token);
        // What waited to delete it did so because it was closed.
        foreach (var overtaken in await db.Query<EndedVote>(
            $"""
            update moderation_votes
            set ended_at = @now, outcome = {(int)ModerationVoteOutcome.Overtaken}
            where post_id = @Id and kind = {(int)ModerationVoteKind.Delete} and outcome is null
            returning id as Id, kind as Kind, user_id as UserId
            """, new { question.Id, now }, token))
        {
            await log.Record(
                new Act("overtake-" + ModerationVotes.ActOf(overtaken.Kind), ActSubject.Post, question.Id) { ConcernsId = overtaken.UserId, Before = new { Vote = overtaken.Id }, ByItself = true },
                token);
        }

        await db.Execute("update reopen_requests set ended_at = @now where question_id = @Id and ended_at is null", new { question.Id, now }, token);
        await db.Event(question.Id, Reopened, by, new { Hammer = hammer, Votes = votes }, now, token);
        await log.Record(
            new Act("reopen", ActSubject.Post, question.Id)
            {
                ConcernsId = question.AuthorId, Before = new { Reason = question.CloseReason, Targets = originals },
                After = new { Hammer = hammer, Vote = vote, Round = round, Votes = votes }, ByItself = by is null,
            }, token);
        happened.Note(new QuestionReopened(question.Id, question.AuthorId, by, [.. originals]));
        await NoteContest(question, token);
    }

    // A round of closing and the round after it, reopening, are a cycle.
    private async Task NoteContest(PostFacts question, CancellationToken token)
    {
        if (question.CloseReason != CloseReason.Duplicate)
            return;

        var cycles = await db.Get<int>(
            $"""
            select count(distinct r.round)
            from moderation_votes r
            where r.post_id = @Id and r.kind = {(int)ModerationVoteKind.Reopen} and r.outcome = {(int)ModerationVoteOutcome.Counted}
              and exists (select 1 from moderation_votes h
                          where h.post_id = @Id and h.kind in (1, 2) and h.round in (r.round, r.round - 1) and h.hammer is not null
                            and h.outcome = {(int)ModerationVoteOutcome.Counted})
            """, new { question.Id }, token);
        if (cycles < settings.Closing.ContestedAfter || cycles % settings.Closing.ContestedAfter != 0)
            return;

        await log.Record(
            new Act("contest-duplicate", ActSubject.Post, question.Id) { ConcernsId = question.AuthorId, After = new { Cycles = cycles }, ByItself = true }, token);
        happened.Note(new DuplicateContested(question.Id, cycles));
    }
}

/// <summary>Lines of a post's timeline with details, as ids and codes.</summary>
internal static class PostEvents
{
    /// <summary>Adds one.</summary>
    public static Task<int> Event(this Db db, long postId, string kind, long? actorId, object details, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            "insert into post_events (post_id, kind, actor_id, at, details) values (@postId, @kind, @actorId, @now, @details)",
            new { postId, kind, actorId, now, details = JsonSerializer.Serialize(details, details.GetType()) }, token);
}

/// <summary>A question was closed.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="AskerId">Who asked it.</param>
/// <param name="ClosedBy">Whose vote decided alone; null when several did.</param>
/// <param name="Reason">A key of <see cref="CloseReason"/>.</param>
/// <param name="Targets">Of a duplicate: its originals.</param>
/// <param name="Chained">Duplicates of this question, which are those of its originals now.</param>
/// <param name="Hammer">The tag whose gold badge made the vote decide.</param>
public sealed record QuestionClosed(long QuestionId, long? AskerId, long? ClosedBy, string Reason, long[] Targets, long[] Chained, string? Hammer) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        pages.Question(QuestionId).Title(QuestionId).Relisted(QuestionId).Profile(AskerId);
        foreach (var other in Targets.Concat(Chained))
            pages.Question(other);
    }
}

/// <summary>A closed question takes answers again.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="AskerId">Who asked it.</param>
/// <param name="ReopenedBy">Whose vote decided alone; null when several did.</param>
/// <param name="Originals">The questions it is no duplicate of any more.</param>
public sealed record QuestionReopened(long QuestionId, long? AskerId, long? ReopenedBy, long[] Originals) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        pages.Question(QuestionId).Title(QuestionId).Relisted(QuestionId).Profile(AskerId);
        foreach (var other in Originals)
            pages.Question(other);
    }
}

/// <summary>People disagree whether a question is a duplicate: gold badges closed and reopened it in turn. Moderators should look.</summary>
public sealed record DuplicateContested(long QuestionId, int Cycles) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}
