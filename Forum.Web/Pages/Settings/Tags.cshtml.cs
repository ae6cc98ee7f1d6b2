using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Questions;
using Forum.Core.Tags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Settings;

/// <summary>The tags somebody watches and ignores, and what becomes of ignored questions.</summary>
public sealed class TagsModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>What was typed to be watched.</summary>
    [BindProperty]
    public string? Watched { get; set; }

    /// <summary>What was typed to be ignored.</summary>
    [BindProperty]
    public string? Ignored { get; set; }

    /// <summary>What is taken out.</summary>
    [BindProperty]
    public string? Pattern { get; set; }

    /// <summary>Whether ignored questions are left out.</summary>
    [BindProperty]
    public bool Hides { get; set; }

    /// <summary>The lists.</summary>
    public ShowMyLists.View Mine { get; private set; } = null!;

    /// <summary>Shows the lists.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Watches more.</summary>
    public Task<IActionResult> OnPostWatch(CancellationToken token) => Add(Watched, isIgnored: false, nameof(Watched), token);

    /// <summary>Ignores more.</summary>
    public Task<IActionResult> OnPostIgnore(CancellationToken token) => Add(Ignored, isIgnored: true, nameof(Ignored), token);

    /// <summary>Takes one out.</summary>
    public async Task<IActionResult> OnPostRemove(CancellationToken token)
    {
        await forum.Send(new UnwatchTag(Pattern ?? ""), token);
        return LocalRedirect("/settings/tags");
    }

    /// <summary>Greys ignored questions or hides them.</summary>
    public async Task<IActionResult> OnPostHide(CancellationToken token)
    {
        await forum.Send(new HideIgnored(Hides), token);
        return LocalRedirect("/settings/tags");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => Mine = await forum.Send(new ShowMyLists(), token);

    // The page has two fields for what the request calls tags: what is wrong is said at the one that was typed in.
    private async Task<IActionResult> Add(string? tags, bool isIgnored, string field, CancellationToken token)
    {
        try
        {
            await forum.Send(new WatchTags(tags ?? "", isIgnored), token);
        }
        catch (ValidationException wrong)
        {
            throw new ValidationException([.. wrong.Errors.Select(error => new ValidationFailure(field, "") { ErrorCode = error.ErrorCode, CustomState = error.CustomState })]);
        }

        return LocalRedirect("/settings/tags");
    }
}
