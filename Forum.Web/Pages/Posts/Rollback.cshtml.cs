using Forum.Core.Editing;
using Forum.Core.Tags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Posts;

/// <summary>Asks whether an older state of a post's text is to be brought back, and does it.</summary>
public sealed class RollbackModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The revision.</summary>
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    /// <summary>The text that was there when somebody was asked.</summary>
    [BindProperty]
    public string? Basis { get; set; }

    /// <summary>What is shown.</summary>
    public ShowRollback.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNot?.Throw();
    }

    /// <summary>Does it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await ShowAgain(token);
        var edit = View.Edit with { Basis = Basis ?? View.Edit.Basis };
        await (View.Post.TagPart is { } part
            ? forum.Send(new EditTagText(View.Post.Title, part, edit.Body, edit.Comment, edit.Basis, edit.RollbackTo), token)
            : forum.Send(edit, token));
        return LocalRedirect($"/posts/{Id}/revisions");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowRollback(Id, Number), token);
}
