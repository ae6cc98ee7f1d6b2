using Forum.Core.Tags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Tags;

/// <summary>Where a tag's excerpt or wiki is edited, or an edit suggested by who may not edit at once.</summary>
public sealed class EditModel(ISender forum) : PageModel, IShownAgain
{
    private const string WikiWord = "wiki";

    /// <summary>The tag's name.</summary>
    [BindProperty(SupportsGet = true)]
    public string Name { get; set; } = "";

    /// <summary>The text as the address names it.</summary>
    [FromQuery(Name = "part")]
    public string? As { get; set; }

    /// <summary>What was typed.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>What was changed.</summary>
    [BindProperty]
    public string? Comment { get; set; }

    /// <summary>A mark of the text that the edit began from.</summary>
    [BindProperty]
    public string? Basis { get; set; }

    /// <summary>Which text.</summary>
    public TagPart Part => As == WikiWord ? TagPart.Wiki : TagPart.Excerpt;

    /// <summary>What is shown.</summary>
    public ShowTagForm.View View { get; private set; } = null!;

    /// <summary>The text as it is.</summary>
    public ShowTagForm.Text Text => View.Texts.Single(text => text.Part == Part);

    /// <summary>Whether what is typed is suggested to others.</summary>
    public bool IsSuggestion => View.WhyNot is not null;

    /// <summary>Whether there is another text by now than the one the edit began from.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Where a text is edited.</summary>
    public string Address(TagPart part) => $"/tags/{Uri.EscapeDataString(Name)}/edit{(part == TagPart.Wiki ? "?part=" + WikiWord : "")}";

    /// <summary>Shows the form with the text, or the edit that waits for it.</summary>
    public async Task<IActionResult> OnGet(CancellationToken token)
    {
        View = await forum.Send(new ShowTagForm(Name), token);
        if (IsSuggestion && Text.Waiting is { } waiting)
            return LocalRedirect($"/suggested-edits/{waiting}");

        Text.WhyNotSuggest?.Throw();
        Body = Text.Body;
        return Page();
    }

    /// <summary>Saves or suggests the edit.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        View = await forum.Send(new ShowTagForm(Name), token);
        if (IsSuggestion)
            return LocalRedirect($"/suggested-edits/{await forum.Send(new SuggestTagText(Name, Part, Body ?? "", Comment ?? "", Basis), token)}");

        await forum.Send(new EditTagText(Name, Part, Body ?? "", Comment ?? "", Basis), token);
        return LocalRedirect($"/tags/{Uri.EscapeDataString(Name)}/info");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        View = await forum.Send(new ShowTagForm(Name), token);
        HasChanged = Basis is not null && Basis != Text.Basis;
    }
}
