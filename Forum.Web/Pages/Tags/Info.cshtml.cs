using Forum.Core.Tags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Tags;

/// <summary>What a tag is for, with its numbers and its history. A name that stands for another tag leads there.</summary>
[Kept]
public sealed class InfoModel(ISender forum) : PageModel
{
    /// <summary>What is shown.</summary>
    public ShowTag.View View { get; private set; } = null!;

    /// <summary>Whether it is known since when there is the tag.</summary>
    public bool IsDated => View.CreatedAt > DateTimeOffset.UnixEpoch;

    /// <summary>The keys of what questions have to mind about it.</summary>
    public IEnumerable<string> Rules
    {
        get
        {
            if (View.IsBlocked)
                yield return "tags.rule-blocked";
            if (View.IsModeratorOnly)
                yield return "tags.rule-moderators-only";
            if (View.IsRequired)
                yield return "tags.rule-required";
        }
    }

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGet(string name, CancellationToken token)
    {
        View = await forum.Send(new ShowTag(name), token);
        if (View.Name != name)
            return LocalRedirect($"/tags/{Uri.EscapeDataString(View.Name)}/info");

        HttpContext.Shows()?.Tagged(View.Name).Tags();
        return Page();
    }
}
