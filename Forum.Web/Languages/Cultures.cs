using System.Globalization;
using Forum.Web.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Forum.Web.Languages;

/// <summary>The languages Forum speaks, and how one is chosen for a visitor: account, then cookie, then Accept-Language.</summary>
public static class Cultures
{
    /// <summary>The language texts are written in first.</summary>
    public const string English = "en";

    /// <summary>Simplified Chinese; every other kind of Chinese falls to it.</summary>
    public const string Chinese = "zh-Hans";

    /// <summary>English with every looked-up text in ⟦…⟧, so that a test finds text that nobody can translate. Never in Production.</summary>
    public const string Pseudo = "qps-ploc";

    /// <summary>The languages offered to people, each with its name in itself.</summary>
    public static IReadOnlyList<(string Name, string Own)> Offered { get; } = [(English, "English"), (Chinese, "简体中文")];

    /// <summary>The supported language that a language tag means, or null: "zh-CN", "zh-TW" and "zh" are zh-Hans, "en-GB" is en.</summary>
    public static string? Match(string? tag, bool pseudo) => tag switch
    {
        null => null,
        _ when Speaks(tag, "en") => English,
        _ when Speaks(tag, "zh") => Chinese,
        _ when pseudo && tag.Equals(Pseudo, StringComparison.OrdinalIgnoreCase) => Pseudo,
        _ => null,
    };

    static bool Speaks(string tag, string language) =>
        tag.Equals(language, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase);

    internal static RequestLocalizationOptions Options(bool pseudo)
    {
        CultureInfo[] supported =
        [
            .. Offered.Select(offered => CultureInfo.GetCultureInfo(offered.Name)),
            .. pseudo ? [CultureInfo.GetCultureInfo(Pseudo)] : Array.Empty<CultureInfo>(),
        ];
        return new()
        {
            DefaultRequestCulture = new(English),
            SupportedCultures = supported,
            SupportedUICultures = supported,
            RequestCultureProviders = [new Chosen(pseudo)],
            ApplyCurrentCultureToResponseHeaders = true,
        };
    }

    static readonly HeaderMemo<string?> accepted = new(header => Accepted(header, pseudo: false));
    static readonly HeaderMemo<string?> acceptedPseudo = new(header => Accepted(header, pseudo: true));

    /// <summary>The language for somebody who chose one, or else whose browser asks for some; null when none of them is spoken here.</summary>
    internal static string? Wanted(string? chosen, StringValues acceptLanguage, bool pseudo) =>
        Match(chosen, pseudo) ?? (pseudo ? acceptedPseudo : accepted).Read(acceptLanguage);

    static string? Accepted(StringValues header, bool pseudo) =>
        StringWithQualityHeaderValue.TryParseList(header, out var languages)
            ? languages
                .OrderByDescending(language => language.Quality ?? 1)
                .Select(language => Match(language.Value.Value, pseudo))
                .FirstOrDefault(name => name is not null)
            : null;

    sealed class Chosen(bool pseudo) : RequestCultureProvider
    {
        public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext context)
        {
            var name = Wanted(Preferences.Of(context).Language, context.Request.Headers.AcceptLanguage, pseudo);
            return Task.FromResult(name is null ? null : new ProviderCultureResult(name));
        }
    }
}
