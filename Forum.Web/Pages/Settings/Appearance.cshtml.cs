using Forum.Web.Languages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Settings;

/// <summary>Language and theme. Anybody may choose; a page of its own, because pages of strangers carry no posting form.</summary>
[AllowAnonymous]
public sealed class AppearanceModel : PageModel
{
    /// <summary>The language chosen; empty leaves it to the browser.</summary>
    [BindProperty]
    public string? Language { get; set; }

    /// <summary>The theme chosen.</summary>
    [BindProperty]
    public string? Theme { get; set; }

    /// <summary>Where to go afterwards, on this site.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Shows what is chosen now.</summary>
    public void OnGet() => (Language, Theme) = Preferences.Of(HttpContext);

    /// <summary>Keeps the choice; what is not on offer counts as no choice.</summary>
    public IActionResult OnPost()
    {
        var language = Cultures.Offered.Any(offered => offered.Name == Language) ? Language : null;
        var theme = Preferences.Themes.Contains(Theme) && Theme != "system" ? Theme : null;
        new Preferences(language, theme).Keep(HttpContext);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/");
    }
}
