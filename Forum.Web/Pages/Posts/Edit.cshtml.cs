using Forum.Core;
using Forum.Core.Editing;
using Forum.Core.Suggestions;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Posts;

/// <summary>
/// Where a question or an answer is edited, or an edit suggested by who may not edit. When somebody was faster, both edits are shown
/// beside each other, and what was typed stays.
/// </summary>
[AllowAnonymous]
public sealed class EditModel(ISender forum, CurrentUser user) : PageModel, IShownAgain
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public EditPost Input { get; set; } = new(0, "");

    /// <summary>The number of the revision that the edit began from.</summary>
    [BindProperty]
    public int Began { get; set; }

    /// <summary>Whether the asker came from the notice on their closed question.</summary>
    [FromQuery(Name = "fixes")]
    public bool Fixes { get; set; }

    /// <summary>Whether the page asks the asker whether the edit mends their closed question.</summary>
    public bool MayAsk => View.MayAskReopening;

    /// <summary>The post as it is.</summary>
    public ShowEditForm.View View { get; private set; } = null!;

    /// <summary>Whether nobody is signed in.</summary>
    public bool IsStranger => !user.IsSignedIn;

    /// <summary>Whether what is typed is suggested to others.</summary>
    public bool IsSuggestion => View.WhyNot is not null;

    /// <summary>Shows the form with the post's text, or the edit that waits for it.</summary>
    public async Task<IActionResult> OnGet(long id, CancellationToken token)
    {
        View = await forum.Send(new ShowEditForm(id), token);
        if (IsSuggestion && View.Waiting is { } waiting)
            return LocalRedirect($"/suggested-edits/{waiting}");

        View.WhyNotSuggest?.Throw();
        Input = new EditPost(id, View.Body, View.Title, View.Tags, "", View.Basis, AsksReopening: Fixes && MayAsk);
        return Page();
    }

    /// <summary>Saves the edit.</summary>
    public async Task<IActionResult> OnPost(long id, CancellationToken token)
    {
        View = await forum.Send(new ShowEditForm(id), token);
        var said = Said(id);
        if (IsSuggestion)
            return LocalRedirect($"/suggested-edits/{await forum.Send(new SuggestEdit(id, said.Body, said.Title, said.Tags, said.Comment, said.Basis), token)}");

        await forum.Send(said, token);
        return LocalRedirect($"/a/{id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        View = await forum.Send(new ShowEditForm(RouteId, Input.Basis, Began), token);
        Input = Said(RouteId);
    }

    private long RouteId => long.Parse((string)RouteData.Values["id"]!, System.Globalization.CultureInfo.InvariantCulture);

    // An emptied field is bound as none at all, which would leave the title as it was.
    private EditPost Said(long id) => Input with
    {
        PostId = id,
        Title = Request.Form.ContainsKey("Input.Title") ? Input.Title ?? "" : null,
        Tags = Request.Form.ContainsKey("Input.Tags") ? Input.Tags ?? "" : null,
        Body = Input.Body ?? "",
        Comment = Input.Comment ?? "",
        RollbackTo = null,
    };
}
