using FluentValidation;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>The HTML that a text would have as a post, exactly as it would be sent. Nothing is kept.</summary>
/// <param name="Body">Markdown; may be shorter than a post.</param>
[For(Who.SignedIn)]
public sealed record Preview(string Body) : IRequest<string>
{
    internal sealed class Rules : AbstractValidator<Preview>
    {
        public Rules(ForumSettings settings) => RuleFor(p => p.Body).HasLength(settings.Limits.Body with { Min = 0 });
    }

    internal sealed class Handler(Db db, CommunityMarkdown markdown, ForumSettings settings) : IRequestHandler<Preview, string>
    {
        public Task<string> Handle(Preview preview, CancellationToken token) =>
            db.Shown(markdown.Post(preview.Body, nameof(preview.Body)).Html, "preview-", settings, token);
    }
}
