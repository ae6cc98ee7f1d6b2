using Forum.Core.Closing;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Closing;

/// <summary>Where an asker says that other questions answer theirs.</summary>
public sealed class ConfirmModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The question.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is shown.</summary>
    public ShowClosing.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Closes it as their duplicate.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new ConfirmDuplicate(Id), token);
        return LocalRedirect($"/q/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowClosing(Id), token);
}
