using Forum.Core;
using Forum.Core.Flags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Flags;

/// <summary>Where a moderator brings back what was deleted as spam or rude.</summary>
public sealed class ClearSpamModel(ISender forum, CurrentUser user) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is shown.</summary>
    public ShowFlagForm.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        if (!user.IsModerator)
            Refusals.ModeratorsOnly.Throw();
        if (!View.Post.IsSpam)
            new Refusal("flags.not-spam").Throw();
    }

    /// <summary>Does it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new ClearSpam(Id), token);
        return LocalRedirect($"/a/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowFlagForm(Id), token);
}
