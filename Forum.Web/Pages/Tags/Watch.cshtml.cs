using Forum.Core.Tags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Tags;

/// <summary>Watches a tag, ignores it, or neither any more.</summary>
public sealed class WatchModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The tag.</summary>
    [BindProperty(SupportsGet = true)]
    public string Name { get; set; } = "";

    /// <summary>What it is.</summary>
    public ShowTagCard.View Card { get; private set; } = null!;

    /// <summary>Shows what watching means.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Watches it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new WatchTags(Name, IsIgnored: false), token);
        return Done(Interest.Watched);
    }

    /// <summary>Ignores it.</summary>
    public async Task<IActionResult> OnPostIgnore(CancellationToken token)
    {
        await forum.Send(new WatchTags(Name, IsIgnored: true), token);
        return Done(Interest.Ignored);
    }

    /// <summary>Neither any more.</summary>
    public async Task<IActionResult> OnPostUndo(CancellationToken token)
    {
        await forum.Send(new UnwatchTag(Name), token);
        return Done(Interest.None);
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => Card = await forum.Send(new ShowTagCard(Name), token);

    private IActionResult Done(Interest interest) =>
        PageAgain.WantsText(Request) ? Partial("/Pages/Tags/_WatchButtons.cshtml", (Name, interest)) : LocalRedirect($"/questions/tagged/{Uri.EscapeDataString(Name)}");
}
