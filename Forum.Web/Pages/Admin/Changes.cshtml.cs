using Forum.Core;
using Forum.Core.Settings;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Admin;

/// <summary>Who set what, newest first, with a button to undo it. For administrators.</summary>
public sealed class ChangesModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The page of the list.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>What is shown.</summary>
    public PageOf<ListSettingChanges.Item> List { get; private set; } = null!;

    /// <summary>The list's pages.</summary>
    public Pagination Pagination => new("/admin/rules/changes", List.Number, List.Pages);

    /// <summary>Shows a page of changes.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Undoes one.</summary>
    public async Task<IActionResult> OnPost(long change, CancellationToken token)
    {
        await forum.Send(new UndoSettingChange(change), token);
        return LocalRedirect("/admin/rules/changes");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => List = await forum.Send(new ListSettingChanges(Number), token);
}
