using Forum.Core.Markdown;
using Forum.Core.Settings;
using Forum.Web.Http;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages;

/// <summary>The server's own rendering of what somebody is writing, asked for by the editor's script.</summary>
public sealed class PreviewModel(MarkdownRenderer renderer, ForumSettings settings, Words words) : PageModel
{
    /// <summary>There is nothing to see without a text.</summary>
    public IActionResult OnGet() => NotFound();

    /// <summary>The HTML, or 400 with the sentence that says why there is none.</summary>
    public IActionResult OnPost(string? text)
    {
        var rendered = renderer.Render(text ?? "", MarkdownOptions.Post with { Hosts = [settings.PublicUrl.Host] });
        return rendered.Refusal is { } refusal
            ? PageAgain.Text(StatusCodes.Status400BadRequest, words[refusal.Code, refusal.Arguments])
            : Content(ShownHtml.Show(rendered.Html, new ShownAs { Prefix = "preview" }), "text/html; charset=utf-8");
    }
}
