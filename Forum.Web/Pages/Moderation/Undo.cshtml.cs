using Forum.Core.Moderation;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>Asks whether something that was done is to be undone, and undoes it.</summary>
public sealed class UndoModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The line of the log.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What it says.</summary>
    public ListActs.Line Line { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Undoes it, and shows the line.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new UndoAct(Id), token);
        return LocalRedirect($"/mod/log/{Id}?said=undone");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => Line = await forum.Send(new ShowAct(Id), token);
}
