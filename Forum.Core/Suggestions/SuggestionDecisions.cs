using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Suggestions;

/// <summary>A command that says whether a suggested edit makes a post better.</summary>
internal interface IVerdict
{
    Verdict Verdict { get; }

    /// <summary>Of a rejection: one of <see cref="SuggestedEdits.Reasons"/>.</summary>
    string? Reason { get; }

    /// <summary>The reason in words, when it is another one.</summary>
    string? Words { get; }
}

/// <summary>A command that decides on a suggested edit by a better one.</summary>
internal interface IBetterEdit : IBringText
{
    Verdict Verdict { get; }
    string Body { get; }
    string? Title { get; }
    string? Tags { get; }
    string Comment { get; }

    IEnumerable<Written> IBringText.Brings() => [new(nameof(Title), Title, WrittenKind.Line), new(nameof(Body), Body, WrittenKind.Text), new(nameof(Comment), Comment, WrittenKind.Line)];
}

/// <summary>What such commands must say.</summary>
internal static class VerdictRules
{
    public static void AreVerdicts<T>(this AbstractValidator<T> rules, ForumSettings settings) where T : IVerdict
    {
        rules.RuleFor(r => r.Verdict).IsInEnum().WithErrorCode("suggestions.no-verdict");
        rules.RuleFor(r => r.Reason).Must(reason => SuggestedEdits.Reasons.Contains(reason)).When(r => r.Verdict == Verdict.Reject).WithErrorCode("suggestions.no-reason");
        rules.RuleFor(r => r.Words!).HasLength(new LengthRange(10, settings.Limits.RejectionReason)).When(r => r is { Verdict: Verdict.Reject, Reason: SuggestedEdits.Other });
    }

    public static void AreBetterEdits<T>(this AbstractValidator<T> rules, ForumSettings settings) where T : IBetterEdit
    {
        rules.RuleFor(e => e.Verdict).IsInEnum().WithErrorCode("suggestions.no-verdict");
        rules.RuleFor(e => e.Body).HasLength(settings.Limits.Body);
        rules.RuleFor(e => e.Title!).HasLength(settings.Limits.Title).When(e => e.Title is not null);
        rules.RuleFor(e => e.Tags!).AreTags(settings.Limits).When(e => e.Tags is not null);
        rules.RuleFor(e => e.Comment).HasLength(new LengthRange(0, settings.Limits.EditComment));
    }
}

/// <summary>Decides on suggested edits that wait, from their own page and from their queue. Rules: docs/rules/suggested-edits.md.</summary>
internal sealed class SuggestionDecisions(Db db, CurrentUser user, PostRendering suggested, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
{
    /// <summary>Writes a verdict down, and does what so many of them come to; null while the edit waits for another. The edit is rendered already.</summary>
    public async Task<SuggestionOutcome?> Review(long id, Verdict verdict, string? why, string? words, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var (me, edit, post) = await Asked(id, now, token);
        var reason = verdict == Verdict.Approve ? "" : why == SuggestedEdits.Other ? TextLength.Clean(words) : why!;
        await db.Review(edit.Id, me.Id, verdict, reason, now, token);
        var agreed = await db.Get<int>(
            "select count(*) from suggested_edit_reviews where edit_id = @Id and verdict = @verdict", new { edit.Id, verdict = (int)verdict }, token);
        if (!SuggestionRules.IsBinding(me, post) && agreed < settings.Limits.SuggestionReviews)
        {
            happened.Note(new SuggestionReviewed(edit.Id, post.QuestionId, me.Id));
            return null;
        }

        var outcome = SuggestionOutcome.Rejected;
        if (verdict == Verdict.Approve)
        {
            outcome = SuggestionOutcome.Approved;
            happened.Note(await db.Approve(edit, post, suggested, me, outcome, settings, now, token));
        }
        else
            await db.Decide(edit.Id, outcome, reason, me.Id, now, token);

        await Note(edit, post, me, outcome, token);
        return outcome;
    }

    /// <summary>Approves or rejects an edit, and saves the reviewer's own. Both are rendered already.</summary>
    public async Task<SuggestionOutcome> Improve(long id, IBetterEdit better, PostRendering improved, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var (me, edit, post) = await Asked(id, now, token);
        // The reviewer's own edit applies at once, which reviewing a tag's text does not allow by itself.
        if (post.TagPart is not null)
            EditingRules.WhyNotEdit(me, post, settings)?.Throw();

        var outcome = better.Verdict == Verdict.Approve ? SuggestionOutcome.Improved : SuggestionOutcome.Rejected;
        await db.Review(edit.Id, me.Id, better.Verdict, "", now, token);
        if (outcome == SuggestionOutcome.Improved)
            happened.Note(await db.Approve(edit, post, suggested, me, outcome, settings, now, token));
        else
            await db.Decide(edit.Id, outcome, "", me.Id, now, token);

        var was = await db.TextOf(post.Id, token);
        var becomes = await Improved(better, improved, was, post, me, now, token);
        happened.Note(await db.Rewrite(new TextChange(post, was, becomes, me.Id, me, better.Comment), improved, settings, now, token));
        await Note(edit, post, me, outcome, token);
        return outcome;
    }

    /// <summary>What a reviewer's own edit makes of a text, if it may be made.</summary>
    public async Task<RevisedText> Improved(IBetterEdit better, PostRendering improved, RevisedText was, PostFacts post, Person me, DateTimeOffset now, CancellationToken token)
    {
        var becomes = improved.Apply(post, was, better.Title, await db.Masters(better.Tags, now, token));
        if (becomes == was)
            new Refusal("editing.nothing-changed").Throw();
        if (becomes.Body != was.Body)
            QuestionRules.WhyNotLink(me, improved.Body.Links, settings)?.Throw();
        return becomes;
    }

    private async Task<(Person Me, Suggestion Edit, PostFacts Post)> Asked(long id, DateTimeOffset now, CancellationToken token)
    {
        var me = await db.Me(user, token);
        var edit = await db.Suggestion(id, token);
        var post = await db.VisibleText(edit.PostId, user, settings, token);
        SuggestionRules.WhyNotReview(me, post, edit.Outcome, edit.AuthorId, await db.HasReviewed(edit.Id, me.Id, token), settings)?.Throw();
        if (!SuggestionRules.IsBinding(me, post))
            (await db.WhyNotReviewEdits(me, settings, now, token))?.Throw();
        return (me, edit, post);
    }

    private async Task Note(Suggestion edit, PostFacts post, Person me, SuggestionOutcome outcome, CancellationToken token)
    {
        if (post.AuthorId != me.Id)
        {
            await log.Record(
                new Act(outcome == SuggestionOutcome.Rejected ? "reject-edit" : "approve-edit", ActSubject.Post, post.Id) { ConcernsId = edit.AuthorId, After = new { EditId = edit.Id } },
                token);
        }

        happened.Note(new SuggestionDecided(edit.Id, post.Id, post.QuestionId, edit.AuthorId, me.Id, outcome));
    }
}
