using Forum.Core;
using Forum.Core.Locks;
using Forum.Core.Settings;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Locks;

/// <summary>Where moderators lock and unlock a post.</summary>
public sealed class LockModel(ISender forum, CurrentUser user, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    public LockKind Kind { get; set; }

    /// <summary>How long.</summary>
    [BindProperty]
    public LockLength Length { get; set; } = LockLength.Short;

    /// <summary>What to say of it.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What is shown.</summary>
    public ShowLock.View View { get; private set; } = null!;

    /// <summary>The kinds that this reader may choose for this post.</summary>
    public IEnumerable<LockKind> Kinds => LockRules.Chosen.Where(kind =>
        (user.IsAdministrator || kind != LockKind.Policy) && (View.Post.IsQuestion || kind is not (LockKind.WikiAnswer or LockKind.Historical)));

    /// <summary>The lengths to choose from; null: for good.</summary>
    public IReadOnlyList<(LockLength Length, TimeSpan? Span)> Lengths =>
        [(LockLength.Short, settings.Locks.Short), (LockLength.Medium, settings.Locks.Medium), (LockLength.Long, settings.Locks.Long), (LockLength.Permanent, null)];

    /// <summary>Shows the lock, or asks for one.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        if (!user.IsModerator)
            Refusals.ModeratorsOnly.Throw();
    }

    /// <summary>Locks it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new LockPost(Id, Kind, Length, Reason ?? ""), token);
        return LocalRedirect($"/a/{Id}");
    }

    /// <summary>Unlocks it.</summary>
    public async Task<IActionResult> OnPostUnlock(CancellationToken token)
    {
        await forum.Send(new UnlockPost(Id, Reason ?? ""), token);
        return LocalRedirect($"/a/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowLock(Id), token);
}
