using Forum.Core.Redactions;
using Forum.Web.Http;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Redactions;

/// <summary>A proposal to hide revisions: what moderators decide, and where they look at what is hidden.</summary>
public sealed class ShowModel(ISender forum, Words words) : PageModel, IShownAgain
{
    /// <summary>The proposal.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Why they must look.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What is shown.</summary>
    public ShowRedaction.View View { get; private set; } = null!;

    /// <summary>What is hidden, for whoever said why they must look; else null.</summary>
    public IReadOnlyList<RedactedText>? Sealed { get; private set; }

    /// <summary>The revisions, in words.</summary>
    public string Numbers => string.Join(", ", View.Numbers.Select(number => words.Number(number)));

    /// <summary>The words for what became of it.</summary>
    public string StateKey => View.Redaction.State switch
    {
        RedactionState.Waiting => "redactions.state-waiting",
        RedactionState.Done => "redactions.state-done",
        RedactionState.Dropped => "redactions.state-dropped",
        RedactionState.Restored => "redactions.state-restored",
    };

    /// <summary>Shows it.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Agrees.</summary>
    public async Task<IActionResult> OnPostAgree(CancellationToken token)
    {
        await forum.Send(new AgreeToRedaction(Id), token);
        return LocalRedirect($"/redactions/{Id}");
    }

    /// <summary>Drops it.</summary>
    public async Task<IActionResult> OnPostDrop(CancellationToken token)
    {
        await forum.Send(new DropRedaction(Id), token);
        return LocalRedirect($"/redactions/{Id}");
    }

    /// <summary>Shows what is hidden to everybody again.</summary>
    public async Task<IActionResult> OnPostRestore(CancellationToken token)
    {
        await forum.Send(new RestoreRedacted(Id), token);
        return LocalRedirect($"/redactions/{Id}");
    }

    /// <summary>Shows what is hidden to whoever said why. It has no address of its own that could be kept or passed on.</summary>
    public async Task<IActionResult> OnPostLook(CancellationToken token)
    {
        Sealed = await forum.Send(new LookAtRedacted(Id, Reason ?? ""), token);
        await ShowAgain(token);
        return Page();
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowRedaction(Id), token);
}
