using Forum.Core.Flags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>The flags that wait for moderators, by post, with what can be done about them.</summary>
public sealed class FlagsModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>Flags of this kind alone.</summary>
    [FromQuery(Name = "kind")]
    public FlagKind? Kind { get; set; }

    /// <summary>The page of the list.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The post whose flags are meant.</summary>
    [BindProperty]
    public long Post { get; set; }

    /// <summary>The one flag that is meant; null: all that wait on the post.</summary>
    [BindProperty]
    public long? Flag { get; set; }

    /// <summary>What the flaggers are told.</summary>
    [BindProperty]
    public string? Reply { get; set; }

    /// <summary>The same in words.</summary>
    [BindProperty]
    public string? Words { get; set; }

    /// <summary>The posts with their flags.</summary>
    public ListFlaggedPosts.View View { get; private set; } = null!;

    /// <summary>The address of a page of the list.</summary>
    public string Address(int number) => $"/mod/flags?page={number}" + (Kind is { } kind ? $"&kind={kind}" : "");

    /// <summary>Lists them.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Says that they were helpful.</summary>
    public async Task<IActionResult> OnPostHelpful(CancellationToken token)
    {
        await forum.Send(new DecideFlags(Post, IsHelpful: true, Only: Only), token);
        return LocalRedirect("/mod/flags");
    }

    /// <summary>Declines them.</summary>
    public async Task<IActionResult> OnPostDecline(CancellationToken token)
    {
        await forum.Send(new DecideFlags(Post, IsHelpful: false, Reply, Words, Only), token);
        return LocalRedirect("/mod/flags");
    }

    /// <summary>Keeps them for the moderator who asks.</summary>
    public async Task<IActionResult> OnPostClaim(CancellationToken token)
    {
        await forum.Send(new ClaimFlags(Post), token);
        return LocalRedirect($"/mod/flags#post-{Post}");
    }

    /// <summary>Gives them back.</summary>
    public async Task<IActionResult> OnPostRelease(CancellationToken token)
    {
        await forum.Send(new ReleaseFlags(Post), token);
        return LocalRedirect($"/mod/flags#post-{Post}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ListFlaggedPosts(Kind, Number), token);

    IReadOnlyList<long>? Only => Flag is { } one ? [one] : null;
}
