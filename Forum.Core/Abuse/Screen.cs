using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Comments;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Abuse;

/// <summary>What somebody writes where.</summary>
public enum WrittenKind
{
    /// <summary>Something plain: a name, a line.</summary>
    Line,

    /// <summary>Markdown that is no new post: an edit, a profile.</summary>
    Text,

    /// <summary>A comment's Markdown.</summary>
    Comment,

    /// <summary>The title of a new question.</summary>
    Title,

    /// <summary>A new question's Markdown.</summary>
    Question,

    /// <summary>A new answer's Markdown.</summary>
    Answer,
}

/// <summary>A text that a command brings.</summary>
/// <param name="Field">The property it is in, where messages about it belong.</param>
/// <param name="Text">What was typed.</param>
/// <param name="Kind">What it is.</param>
public sealed record Written(string Field, string? Text, WrittenKind Kind);

/// <summary>A command that brings text which others will read: it is screened before anything is done (docs/rules/abuse.md, section 2).</summary>
public interface IBringText : ICommand
{
    /// <summary>Its texts.</summary>
    IEnumerable<Written> Brings();

    /// <summary>What was there before, of a change: who mends a text is not held to what others wrote in it.</summary>
    Task<string?> Before(Db db, CancellationToken token) => Task.FromResult<string?>(null);
}

/// <summary>A command that publishes something new, which is looked at for how it is written, too (section 3).</summary>
public interface IBringPost : IBringText
{
    /// <summary>Whether its author was asked and wants it posted as it is.</summary>
    bool Anyway { get; }
}

/// <summary>Turns away what is blocked, calls too many people, or is not written well enough: at the field, before a transaction begins.</summary>
internal sealed class Screen<TRequest, TResponse>(Db db, CurrentUser user, BlockedTexts blocked, CommunityMarkdown markdown, ForumSettings settings, TimeProvider clock)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull, IBringText
{
    public async Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var texts = request.Brings().Where(text => !string.IsNullOrWhiteSpace(text.Text)).ToList();
        var failures = user.IsModerator ? [] : await Refused(request, texts, cancellationToken);
        if (request is IBringPost { Anyway: var anyway } && settings.Abuse.Gate)
            failures.AddRange(Objections(texts, anyway));
        db.EndSnapshot();
        return failures.Count == 0 ? await next() : throw new ValidationException(failures);
    }

    private async Task<List<ValidationFailure>> Refused(TRequest request, List<Written> texts, CancellationToken token)
    {
        var failures = new List<ValidationFailure>();
        var set = await blocked.Now(db, token);
        var found = texts.Select(text => (text.Field, Texts: set.In(text.Text).Where(hit => hit.Action == BlockedAction.Refuse).ToList())).Where(hit => hit.Texts.Count > 0).ToList();
        if (found.Count > 0)
        {
            var before = set.In(await request.Before(db, token));
            foreach (var (field, hits) in found.Where(hit => hit.Texts.Exists(text => !before.Contains(text))))
                failures.Add(Failure(field, new Refusal("abuse.blocked"), Severity.Error));
            // What was refused leaves nothing behind but this.
            var ids = found.SelectMany(hit => hit.Texts).Where(text => !before.Contains(text)).Select(text => text.Id).Distinct().ToList();
            if (ids.Count > 0)
                await db.InTransaction(() => db.CountHits(ids, clock.GetUtcNow(), token), token);
        }

        foreach (var text in texts.Where(text => text.Kind is WrittenKind.Comment or WrittenKind.Question or WrittenKind.Answer && text.Text!.Contains('@', StringComparison.Ordinal)))
        {
            var html = text.Kind == WrittenKind.Comment ? markdown.Comment(text.Text!, text.Field) : markdown.Post(text.Text!, text.Field).Html;
            if (Mentions.WhyNot(html, settings.Limits) is { } tooMany)
                failures.Add(Failure(text.Field, tooMany, Severity.Error));
        }

        return failures;
    }

    private IEnumerable<ValidationFailure> Objections(List<Written> texts, bool anyway)
    {
        var isNewcomer = user.Reputation < settings.Needs(Privilege.NewUserLifted) && !user.IsModerator;
        var failures = new List<ValidationFailure>();
        foreach (var text in texts)
        {
            var objections = text.Kind switch
            {
                WrittenKind.Title => GateRules.OfTitle(text.Text!, settings.Abuse),
                WrittenKind.Question or WrittenKind.Answer => GateRules.OfBody(
                    text.Kind == WrittenKind.Question, markdown.Post(text.Text!, text.Field).Html, isNewcomer, settings),
                WrittenKind.Line or WrittenKind.Text or WrittenKind.Comment => [],
            };
            failures.AddRange(objections.Select(objection => Failure(text.Field, objection.Why, objection.IsFinal ? Severity.Error : Severity.Warning)));
        }

        return failures.Where(failure => !anyway || failure.Severity == Severity.Error);
    }

    private static ValidationFailure Failure(string field, Refusal why, Severity severity) =>
        new(field, why.Code) { ErrorCode = why.Code, CustomState = why.Arguments, Severity = severity };
}
