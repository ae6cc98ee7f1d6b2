using Forum.Core;
using Forum.Core.Users;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Settings;

/// <summary>Language and theme. Anybody may choose; a page of its own, because pages of strangers carry no posting form.</summary>
[AllowAnonymous]
public sealed class AppearanceModel(ISender forum, CurrentUser user) : PageModel
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
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        var language = Cultures.Offered.Any(offered => offered.Name == Language) ? Language : null;
        var theme = Preferences.Themes.Contains(Theme) && Theme != "system" ? Theme : null;
        if (user.IsSignedIn)
            await forum.Send(new ChooseAppearance(language, theme), token);
        new Preferences(language, theme).Keep(HttpContext);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/");
    }
}
