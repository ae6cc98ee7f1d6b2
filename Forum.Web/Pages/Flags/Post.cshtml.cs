using Forum.Core;
using Forum.Core.Flags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Flags;

/// <summary>Where somebody says what is wrong with a question or an answer.</summary>
public sealed class PostModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What is wrong with it.</summary>
    [BindProperty]
    public FlagKind? Kind { get; set; }

    /// <summary>Why it should be closed.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Where it is from, or what it duplicates.</summary>
    [BindProperty]
    public string? Source { get; set; }

    /// <summary>What a moderator should know.</summary>
    [BindProperty]
    public string? Words { get; set; }

    /// <summary>What is shown.</summary>
    public ShowFlagForm.View View { get; private set; } = null!;

    /// <summary>Why nothing can be flagged at all, when it is the same for every kind.</summary>
    public Refusal? WhyNotAny => View.Kinds.All(kind => kind.WhyNot is not null) && View.Kinds.Select(kind => kind.WhyNot!.Code).Distinct(StringComparer.Ordinal).Count() == 1
        ? View.Kinds[0].WhyNot
        : null;

    /// <summary>Asks.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Flags it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new FlagPost(Id, Kind.GetValueOrDefault(), Words, Source, Reason), token);
        return LocalRedirect($"/posts/{Id}/flag");
    }

    /// <summary>Takes a flag back.</summary>
    public async Task<IActionResult> OnPostRetract(long flag, CancellationToken token)
    {
        await forum.Send(new RetractFlag(flag), token);
        return LocalRedirect($"/posts/{Id}/flag");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowFlagForm(Id), token);
}
