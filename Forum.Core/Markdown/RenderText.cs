using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Data;
using MediatR;

namespace Forum.Core.Markdown;

/// <summary>
/// The HTML of a text as a reader of this community sees it, titles of linked questions filled in, addresses left as they are. Throws
/// <see cref="RefusedException"/> for a text that is not rendered.
/// </summary>
/// <param name="Markdown">The text.</param>
/// <param name="Options">What it is part of.</param>
[For(Who.Anyone)]
public sealed record RenderText(string Markdown, MarkdownOptions Options) : IRequest<string>
{
    internal sealed class Handler(Db db, MarkdownRenderer renderer) : IRequestHandler<RenderText, string>
    {
        public async Task<string> Handle(RenderText request, CancellationToken cancellationToken)
        {
            var rendered = renderer.Render(request.Markdown, request.Options);
            rendered.Refusal?.Throw();
            var linked = ShownHtml.LinkedPosts(rendered.Html);
            return ShownHtml.Show(rendered.Html, new ShownAs
            {
                Prefix = "post",
                HasSecureImages = false,
                Titles = linked.Count == 0 ? new Dictionary<long, string>() : await db.TitlesOf([.. linked], cancellationToken),
            });
        }
    }
}
