using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Data;

namespace Forum.Core.Closing;

/// <summary>Askers who say that they mended a closed question: <c>reopen_requests</c>. Rules: docs/rules/closing.md.</summary>
internal static class ReopenRequests
{
    /// <summary>Why an edit does not ask for reopening; null when it may.</summary>
    public static Refusal? WhyNot(PostFacts question, long editor, bool changesText, bool hasAsked) => question switch
    {
        { IsQuestion: false } or { ClosedAt: null } => new("closing.not-closed"),
        { AuthorId: var author } when author != editor => new("closing.not-asker"),
        _ when hasAsked => new("closing.asked-already"),
        _ when !changesText => new("closing.text-unchanged"),
        _ => null,
    };

    /// <summary>Whether the asker has asked already, since the question was closed.</summary>
    public static Task<bool> HasAsked(this Db db, PostFacts question, CancellationToken token) =>
        db.Get<bool>("select exists (select 1 from reopen_requests where question_id = @Id and closed_at = @ClosedAt)", new { question.Id, question.ClosedAt }, token);

    /// <summary>Asks for reopening by an edit that mends the question.</summary>
    public static async Task<ReopenAsked> AskToReopen(this Db db, PostFacts question, long me, int revision, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute(
            "insert into reopen_requests (question_id, closed_at, author_id, revision, asked_at) values (@Id, @ClosedAt, @me, @revision, @now)",
            new { question.Id, question.ClosedAt, me, revision, now }, token);
        await db.Event(question.Id, "reopening-asked", me, new { Revision = revision }, now, token);
        return new ReopenAsked(question.Id, me, revision);
    }
}

/// <summary>An asker says that an edit mends their closed question: reviewers of reopening look at it.</summary>
public sealed record ReopenAsked(long QuestionId, long AskerId, int Revision) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}
