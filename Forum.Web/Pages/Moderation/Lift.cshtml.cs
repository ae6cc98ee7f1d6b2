using Forum.Core.Discipline;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>Where a moderator ends a suspension before its time.</summary>
public sealed class LiftModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>Whose.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What the person is told, as it was typed.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>The person.</summary>
    public ShowPerson.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Ends it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new LiftSuspension(Id, Body ?? ""), token);
        return LocalRedirect($"/mod/users/{Id}#thread");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowPerson(Id), token);
}
