using System.Security.Claims;

namespace Forum.Web.Languages;

/// <summary>How somebody wants to see the site. Null leaves it to the browser and the system.</summary>
/// <param name="Language">One of <see cref="Cultures.Offered"/>.</param>
/// <param name="Theme">One of <see cref="Themes"/>.</param>
public sealed record Preferences(string? Language, string? Theme)
{
    /// <summary>Cookie, and claim of whoever is signed in, that holds the language.</summary>
    public const string LanguageName = "forum.language";

    /// <summary>Cookie, and claim of whoever is signed in, that holds the theme.</summary>
    public const string ThemeName = "forum.theme";

    /// <summary>The themes people choose between; "system" is also what holds when nothing was chosen.</summary>
    public static IReadOnlyList<string> Themes { get; } = ["system", "light", "dark", "contrast", "contrast-dark"];

    /// <summary>The account's choice, else the cookie's; what is not on offer counts as not chosen.</summary>
    public static Preferences Of(HttpContext context) => Of(Chosen(context, LanguageName), Chosen(context, ThemeName));

    /// <summary>What somebody without an account chose.</summary>
    public static Preferences OfCookies(IRequestCookieCollection cookies)
    {
        ArgumentNullException.ThrowIfNull(cookies);
        return Of(cookies[LanguageName], cookies[ThemeName]);
    }

    /// <summary>Stacks' classes for the body.</summary>
    public string BodyClasses => Theme switch
    {
        "light" => "themed",
        "dark" => "themed theme-dark",
        "contrast" => "themed theme-highcontrast",
        "contrast-dark" => "themed theme-highcontrast theme-dark",
        _ => "themed theme-system",
    };

    /// <summary>Keeps the choice in cookies for a year; a null removes the cookie.</summary>
    public void Keep(HttpContext context)
    {
        Keep(context, LanguageName, Language);
        Keep(context, ThemeName, Theme);
    }

    static Preferences Of(string? language, string? theme) => new(language, Themes.Contains(theme) ? theme : null);

    static string? Chosen(HttpContext context, string name) =>
        context.User.FindFirstValue(name) is { Length: > 0 } account ? account : context.Request.Cookies[name];

    static void Keep(HttpContext context, string name, string? value)
    {
        var cookie = new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
        };
        if (value is null)
            context.Response.Cookies.Delete(name, cookie);
        else
            context.Response.Cookies.Append(name, value, cookie);
    }
}
