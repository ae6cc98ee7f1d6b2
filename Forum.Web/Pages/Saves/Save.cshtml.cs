using Forum.Core.Saves;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Saves;

/// <summary>Keeps a post among one's saves, with a note; changes the note; takes it out again.</summary>
public sealed class SaveModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What was typed.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>What is shown.</summary>
    public ShowSave.View View { get; private set; } = null!;

    /// <summary>Shows the note.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        Note = View.Note;
    }

    /// <summary>Saves the post, or its new note.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new SavePost(Id, Note ?? ""), token);
        return Done(isSaved: true);
    }

    /// <summary>Takes it out of one's saves.</summary>
    public async Task<IActionResult> OnPostUndo(CancellationToken token)
    {
        await forum.Send(new UnsavePost(Id), token);
        return Done(isSaved: false);
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowSave(Id), token);

    private IActionResult Done(bool isSaved) =>
        PageAgain.WantsText(Request) ? Partial("_SaveButton", (Id, isSaved)) : LocalRedirect($"/a/{Id}");
}
