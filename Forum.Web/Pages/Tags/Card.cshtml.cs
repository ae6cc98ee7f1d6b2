using Forum.Core.Tags;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Tags;

/// <summary>A tag in a few words: a fragment that is shown where somebody points at it.</summary>
public sealed class CardModel(ISender forum) : PageModel
{
    /// <summary>The tag.</summary>
    public ShowTagCard.View Card { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public async Task OnGet(string name, CancellationToken token) => Card = await forum.Send(new ShowTagCard(name), token);
}
