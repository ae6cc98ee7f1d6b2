using Forum.Core.Abuse;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Abuse;

/// <summary>Domains and phrases that are blocked, with a form for more. For moderators; who changes them is a setting.</summary>
public sealed class BlockedModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>Which kind is shown; null: all.</summary>
    [BindProperty(SupportsGet = true)]
    public BlockedKind? Kind { get; set; }

    /// <summary>What was typed.</summary>
    [BindProperty]
    public BlockTexts Input { get; set; } = new(BlockedKind.Domain, BlockedAction.Refuse, "");

    /// <summary>What is shown.</summary>
    public ListBlocked.View View { get; private set; } = null!;

    /// <summary>Shows the list.</summary>
    public async Task OnGet(CancellationToken token)
    {
        if (Kind is { } known)
            Input = Input with { Kind = known };
        await ShowAgain(token);
    }

    /// <summary>Blocks what was typed.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        // An emptied field is bound as none at all.
        await forum.Send(Input with { Texts = Input.Texts ?? "", Note = Input.Note ?? "" }, token);
        return LocalRedirect("/admin/blocked");
    }

    /// <summary>Blocks a text no longer.</summary>
    public async Task<IActionResult> OnPostUnblock(long text, CancellationToken token)
    {
        await forum.Send(new UnblockText(text), token);
        return LocalRedirect("/admin/blocked");
    }

    /// <summary>Blocks a text again.</summary>
    public async Task<IActionResult> OnPostAgain(long text, CancellationToken token)
    {
        await forum.Send(new BlockAgain(text), token);
        return LocalRedirect("/admin/blocked");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ListBlocked(Kind is { } kind && Enum.IsDefined(kind) ? kind : null), token);

    /// <summary>The end of the words of a kind.</summary>
    public static string Key(BlockedKind kind) => kind switch
    {
        BlockedKind.Domain => "domain",
        BlockedKind.Phrase => "phrase",
        BlockedKind.Harassment => "harassment",
        BlockedKind.Chatter => "chatter",
    };

    /// <summary>The end of the words of what is done.</summary>
    public static string Key(BlockedAction action) => action switch
    {
        BlockedAction.None => "fewer-flags",
        BlockedAction.Refuse => "refuse",
        BlockedAction.Hold => "hold",
    };
}
