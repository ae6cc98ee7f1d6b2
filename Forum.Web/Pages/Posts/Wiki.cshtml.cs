using Forum.Core.Editing;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Posts;

/// <summary>Makes a post community wiki, or its author's own again.</summary>
public sealed class WikiModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is shown.</summary>
    public ShowWiki.View View { get; private set; } = null!;

    /// <summary>Shows what it means.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Makes it community wiki.</summary>
    public Task<IActionResult> OnPost(CancellationToken token) => Change(isWiki: true, token);

    /// <summary>Makes it its author's own again.</summary>
    public Task<IActionResult> OnPostEnd(CancellationToken token) => Change(isWiki: false, token);

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowWiki(Id), token);

    private async Task<IActionResult> Change(bool isWiki, CancellationToken token)
    {
        await forum.Send(new ChangeWiki(Id, isWiki), token);
        return LocalRedirect($"/a/{Id}");
    }
}
