using Forum.Core.Closing;
using Forum.Core.Settings;
using Forum.Web.Http;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Closing;

/// <summary>The site's own reasons for closing: a list, and a form for one of them in each language. For administrators.</summary>
public sealed class SiteReasonsModel(ISender forum, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>The reason that is being worded; null: a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Edit { get; set; }

    /// <summary>What was typed, one for each language.</summary>
    [BindProperty]
    public List<ReasonText> Texts { get; set; } = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<SiteReason> Reasons { get; private set; } = [];

    /// <summary>The numbers in force.</summary>
    public ClosingSettings Rules => settings.Closing;

    /// <summary>The languages, each with its name in itself.</summary>
    public static IReadOnlyList<(string Name, string Own)> Languages => Cultures.Offered;

    /// <summary>Shows the list, and what a reason says so far.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        var edited = Reasons.FirstOrDefault(reason => reason.Id == Edit);
        Texts = [.. Languages.Select(language => edited?.Texts.FirstOrDefault(text => text.Language == language.Name) ?? new ReasonText { Language = language.Name })];
    }

    /// <summary>Keeps what was typed.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        // An emptied field is bound as none at all; the languages are the site's, whatever was sent.
        Texts =
        [
            .. Languages.Select((language, i) => Texts.ElementAtOrDefault(i) is { } text
                ? new ReasonText
                {
                    Language = language.Name, Title = text.Title ?? "", ForAsker = text.ForAsker ?? "", ForPublic = text.ForPublic ?? "", ForClosers = text.ForClosers ?? "",
                }
                : new ReasonText { Language = language.Name }),
        ];
        await forum.Send(new WriteSiteReason(Edit, Texts), token);
        return LocalRedirect("/admin/close-reasons");
    }

    /// <summary>Lets nobody choose a reason any more, or everybody again.</summary>
    public async Task<IActionResult> OnPostRetire(long reason, bool isRetired, CancellationToken token)
    {
        await forum.Send(new RetireSiteReason(reason, isRetired), token);
        return LocalRedirect("/admin/close-reasons");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        Reasons = await forum.Send(new ListSiteReasons(), token);
        if (Texts.Count == 0)
            Texts = [.. Languages.Select(language => new ReasonText { Language = language.Name })];
    }
}
