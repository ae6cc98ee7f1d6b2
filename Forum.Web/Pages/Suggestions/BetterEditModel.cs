using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Suggestions;

/// <summary>What a reviewer types who decides on a suggested edit by a better one: on the edit's own page, and on that of its task.</summary>
public abstract class BetterEditModel : PageModel
{
    /// <summary>Whether the suggestion was of use.</summary>
    [BindProperty]
    public bool Useful { get; set; } = true;

    /// <summary>The title that the question is to have.</summary>
    [BindProperty]
    public string? Title { get; set; }

    /// <summary>The text that the post is to have.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>The tags that the question is to have.</summary>
    [BindProperty]
    public string? Tags { get; set; }

    /// <summary>What the reviewer changed.</summary>
    [BindProperty]
    public string? Comment { get; set; }
}
