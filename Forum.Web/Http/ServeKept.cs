using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Http.Features;

namespace Forum.Web.Http;

/// <summary>A stranger's request for a page that may be kept: which, and the newest change when it came.</summary>
sealed record AskedPage(PageKey Key, long Arrived);

/// <summary>
/// Answers strangers with kept pages. First of all, so that such an answer costs little more than its bytes; whatever it does not
/// know for sure, it leaves to the others. <see cref="KeepPages"/> keeps what they make.
/// </summary>
sealed class ServeKept(RequestDelegate next, KeptPages kept, Generations generations, SettingsStore settings, ViewCounter views, IHostEnvironment environment)
{
    const int LongestTarget = 1_000;

    // All our cookies are named so; with none of them a stranger is a stranger in their browser's language.
    const string Ours = "forum.";
    const string Session = "forum.session";

    readonly bool pseudo = !environment.IsProduction();

    public Task Invoke(HttpContext context)
    {
        if (!settings.Current.PageCache.IsOn || !TryKey(context, out var key))
            return next(context);

        // Before the page is looked for: what changes from here on need not be on it.
        var arrived = generations.Current;
        if (kept.Find(key) is not { } page)
        {
            if (HttpMethods.IsGet(context.Request.Method))
                context.Features.Set(new AskedPage(key, arrived));
            return next(context);
        }

        if (page.Viewed is { } question)
            views.Count(context, question, null);
        if (page.WantsCompressing(AcceptedEncodings.Of(context.Request.Headers)))
            kept.Compress(page);
        return page.Answer(context);
    }

    bool TryKey(HttpContext context, out PageKey key)
    {
        key = default;
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return false;
        if (Target(context) is not ['/', ..] target || target.Length > LongestTarget)
            return false;

        Preferences? chosen = null;
        var headers = request.Headers;
        foreach (var cookies in headers.Cookie)
        {
            if (cookies is null || !cookies.Contains(Ours, StringComparison.Ordinal))
                continue;
            if (cookies.Contains(Session, StringComparison.Ordinal))
                return false;
            chosen ??= Preferences.OfCookies(request.Cookies);
        }

        key = new PageKey(target, Cultures.Wanted(chosen?.Language, headers.AcceptLanguage, pseudo) ?? Cultures.English, chosen?.Theme);
        return true;
    }

    // As it was sent, for the address is on the page; not every server keeps it.
    static string Target(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } sent ? sent : context.Request.Path.ToUriComponent() + context.Request.QueryString;
}
