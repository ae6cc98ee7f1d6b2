using Forum.Core;
using Forum.Core.Saves;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Saves;

/// <summary>What the signed-in person has saved.</summary>
public sealed class IndexModel(ISender forum) : PageModel
{
    /// <summary>The page of the list.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>What is shown.</summary>
    public PageOf<ListSaves.Item> Saves { get; private set; } = null!;

    /// <summary>The list's pages.</summary>
    public Pagination Pagination => new("/saves", Saves.Number, Saves.Pages);

    /// <summary>Shows a page of saves.</summary>
    public async Task OnGet(CancellationToken token) => Saves = await forum.Send(new ListSaves(Number), token);
}
