using Forum.Core.Flags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Flags;

/// <summary>Where somebody says what is wrong with a comment.</summary>
public sealed class CommentModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The comment.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is wrong with it.</summary>
    [BindProperty]
    public FlagKind? Kind { get; set; }

    /// <summary>What a moderator should know.</summary>
    [BindProperty]
    public string? Words { get; set; }

    /// <summary>What is shown.</summary>
    public ShowCommentFlagForm.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Flags it. It may be gone by that: then its post is shown.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await ShowAgain(token);
        await forum.Send(new FlagComment(Id, Kind.GetValueOrDefault(), Words), token);
        return LocalRedirect($"/a/{View.Post.Id}");
    }

    /// <summary>Takes the flag back.</summary>
    public async Task<IActionResult> OnPostRetract(long flag, CancellationToken token)
    {
        await forum.Send(new RetractFlag(flag), token);
        return LocalRedirect($"/comments/{Id}/flag");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowCommentFlagForm(Id), token);
}
