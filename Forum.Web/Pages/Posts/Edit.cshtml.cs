using Forum.Core.Editing;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Posts;

/// <summary>Where a question or an answer is edited. When somebody was faster, their text is shown beside what was typed.</summary>
public sealed class EditModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public EditPost Input { get; set; } = new(0, "");

    /// <summary>The post as it is.</summary>
    public ShowEditForm.View View { get; private set; } = null!;

    /// <summary>Whether the post has another text by now than the one the edit began from.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Shows the form with the post's text.</summary>
    public async Task OnGet(long id, CancellationToken token)
    {
        View = await forum.Send(new ShowEditForm(id), token);
        View.WhyNot?.Throw();
        Input = new EditPost(id, View.Body, View.Title, View.Tags, "", View.Basis);
    }

    /// <summary>Saves the edit.</summary>
    public async Task<IActionResult> OnPost(long id, CancellationToken token)
    {
        await forum.Send(Said(id), token);
        return LocalRedirect($"/a/{id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        View = await forum.Send(new ShowEditForm(RouteId), token);
        HasChanged = Input.Basis is not null && Input.Basis != View.Basis;
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
