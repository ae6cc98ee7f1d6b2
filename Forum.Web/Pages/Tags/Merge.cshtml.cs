using Forum.Core.Tags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Tags;

/// <summary>Shows a moderator what merging a tag into another, or giving it another name, would change, and does it.</summary>
public sealed class MergeModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The tag that goes.</summary>
    [BindProperty(SupportsGet = true)]
    public string Name { get; set; } = "";

    /// <summary><c>merge</c> or <c>rename</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Act { get; set; } = "";

    /// <summary>The tag that stays, or the new name.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; set; }

    /// <summary>Whether it gets another name.</summary>
    public bool IsRename => Act == "rename";

    /// <summary>What would change; null before somebody has said what to.</summary>
    public PreviewMerge.View? View { get; private set; }

    /// <summary>Shows the form, and what would change.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Does it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await (IsRename ? forum.Send(new RenameTag(Name, To ?? ""), token) : forum.Send(new MergeTags(Name, To ?? ""), token));
        return LocalRedirect($"/tags/{Uri.EscapeDataString(To ?? "")}/info");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        var view = await forum.Send(new PreviewMerge(Name, To ?? "", IsRename), token);
        View = string.IsNullOrWhiteSpace(To) ? null : view;
    }
}
