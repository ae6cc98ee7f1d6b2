using System.Globalization;
using Forum.Core.Closing;
using Forum.Core.Settings;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Closing;

/// <summary>Where the originals of a duplicate are changed.</summary>
public sealed class OriginalsModel(ISender forum, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>The question.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What was typed.</summary>
    [BindProperty]
    public string? Targets { get; set; }

    /// <summary>What is shown.</summary>
    public ShowClosing.View View { get; private set; } = null!;

    /// <summary>The numbers in force.</summary>
    public ClosingSettings Rules => settings.Closing;

    /// <summary>Shows those it has.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNotChangeOriginals?.Throw();
        Targets = string.Join('\n', View.Originals.Select(original => string.Create(CultureInfo.InvariantCulture, $"/questions/{original.Id}")));
    }

    /// <summary>Changes them.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new ChangeDuplicateTargets(Id, Targets ?? ""), token);
        return LocalRedirect($"/q/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowClosing(Id), token);
}
