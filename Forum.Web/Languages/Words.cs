using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace Forum.Web.Languages;

/// <summary>
/// Every sentence people read, by key, in the language of the request (or of <see cref="In"/>).
/// A key's first segment names its room: "voting.own-post" is in Resources/Voting.resx and Voting.zh-Hans.resx.
/// In pages it is <c>T</c>: <c>@T["voting.own-post"]</c>.
/// </summary>
public sealed partial class Words
{
    static readonly ConcurrentDictionary<string, FrozenDictionary<string, string>> Loaded = new(StringComparer.Ordinal);
    static readonly ConcurrentDictionary<string, Language> Languages = new(StringComparer.Ordinal);
    static Language? latest;

    readonly CultureInfo? fixedTo;
    readonly HtmlEncoder encoder;

    /// <summary>Words in the language of the current request.</summary>
    public Words(HtmlEncoder encoder) : this(encoder, null)
    {
    }

    Words(HtmlEncoder encoder, CultureInfo? fixedTo)
    {
        this.encoder = encoder;
        this.fixedTo = fixedTo;
    }

    /// <summary>The language spoken.</summary>
    public CultureInfo Culture => fixedTo ?? CultureInfo.CurrentUICulture;

    /// <summary>The language's tag for the lang attribute.</summary>
    public string Lang => Spoken.Formats.Name;

    // A page asks hundreds of times, nearly always in the language asked in before.
    Language Spoken
    {
        get
        {
            var name = Culture.Name;
            var known = latest;
            return known is not null && ReferenceEquals(known.Name, name) ? known : latest = Languages.GetOrAdd(name, culture => new Language(culture));
        }
    }

    /// <summary>The same words in one language, for mail and notices.</summary>
    public Words In(string culture) => new(encoder, CultureInfo.GetCultureInfo(culture));

    /// <summary>The sentence under the key with {0}, {1}… filled in.</summary>
    /// <exception cref="KeyNotFoundException">No language has the key.</exception>
    public string this[string key, params object?[] args]
    {
        get
        {
            var spoken = Spoken;
            return spoken.Mark(spoken.Format(spoken.Find(key), args));
        }
    }

    /// <summary>Whether there is a sentence under the key.</summary>
    public bool Has(string key) => Table(Cultures.English).ContainsKey(key);

    /// <summary>The singular (key + ".one") or plural (key + ".many") sentence for a number, which is {0} itself, grouped.</summary>
    public string Count(string key, long count, params object?[] args)
    {
        var spoken = Spoken;
        return spoken.Mark(spoken.Format(spoken.Find(key + (count == 1 ? ".one" : ".many")), [spoken.Plain(count), .. args]));
    }

    /// <summary>The sentence with markup in its places: text arguments are encoded, <see cref="IHtmlContent"/> is inserted as it is.</summary>
    public IHtmlContent Html(string key, params object?[] args)
    {
        var spoken = Spoken;
        return new Sentence(spoken, spoken.Places(key, encoder), args);
    }

    /// <summary>A number in full: 12,345.</summary>
    public string Number(long number) => Spoken.Mark(Spoken.Plain(number));

    /// <summary>A gain or loss with its sign: +10, −2.</summary>
    public string Change(long change)
    {
        var spoken = Spoken;
        return spoken.Mark(change > 0 ? "+" + spoken.Plain(change) : change < 0 ? "\u2212" + spoken.Plain(-change) : "0");
    }

    /// <summary>A number in few characters: 999, 1.2k, 34k, 1.2m (in Chinese 1.2万).</summary>
    public string Short(long number)
    {
        var spoken = Spoken;
        var size = Math.Abs(number);
        return spoken.Mark((spoken.IsChinese, size) switch
        {
            (_, < 1_000) => spoken.Plain(number),
            (true, < 10_000) => spoken.Plain(number),
            (true, < 100_000_000) => spoken.Scaled(number, 10_000, "万"),
            (true, _) => spoken.Scaled(number, 100_000_000, "亿"),
            (false, < 10_000) => spoken.Scaled(number, 1_000, "k"),
            (false, < 1_000_000) => spoken.Scaled(number, 1_000, "k"),
            (false, _) => spoken.Scaled(number, 1_000_000, "m"),
        });
    }

    /// <summary>How long ago, in words; a year or more ago it is the date.</summary>
    public string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var ago = now - at;
        return ago switch
        {
            { TotalSeconds: < 60 } => this["shell.just-now"],
            { TotalMinutes: < 60 } => Count("shell.minutes-ago", (long)ago.TotalMinutes),
            { TotalHours: < 24 } => Count("shell.hours-ago", (long)ago.TotalHours),
            { TotalDays: < 2 } => this["shell.yesterday"],
            { TotalDays: < 31 } => Count("shell.days-ago", (long)ago.TotalDays),
            { TotalDays: < 365 } => Count("shell.months-ago", Math.Max(1, (long)(ago.TotalDays / 30.44))),
            _ => Day(at),
        };
    }

    /// <summary>How long until then, in words, never more than it is; a month or more ahead it is the date.</summary>
    public string Ahead(DateTimeOffset at, DateTimeOffset now)
    {
        var ahead = at - now;
        return ahead switch
        {
            { TotalMinutes: < 60 } => Count("shell.in-minutes", Math.Max(1, (long)ahead.TotalMinutes)),
            { TotalHours: < 48 } => Count("shell.in-hours", (long)ahead.TotalHours),
            { TotalDays: < 31 } => Count("shell.in-days", (long)ahead.TotalDays),
            _ => this["shell.on-day", Day(at)],
        };
    }

    /// <summary>A day: Mar 5, 2026.</summary>
    public string Day(DateTimeOffset at)
    {
        var spoken = Spoken;
        return spoken.Mark(at.UtcDateTime.ToString(spoken.Find("shell.format-day"), spoken.Formats));
    }

    /// <summary>The exact moment in UTC, to the second.</summary>
    public string Exact(DateTimeOffset at) => Spoken.Mark(at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "Z");

    /// <summary>Every key of a language with its text, for the tests that compare languages.</summary>
    internal static FrozenDictionary<string, string> Table(string culture) => Loaded.GetOrAdd(culture, Load);

    internal static string Room(string key)
    {
        var room = key.Split('.')[0];
        return room.Length == 0 ? "" : char.ToUpperInvariant(room[0]) + room[1..];
    }

    static FrozenDictionary<string, string> Load(string culture)
    {
        var neutral = culture == Cultures.English;
        var assembly = typeof(Words).Assembly;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".resources", StringComparison.Ordinal)))
        {
            var room = new ResourceManager(name[..^".resources".Length], assembly);
            var set = room.GetResourceSet(neutral ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false);
            foreach (var entry in set?.Cast<DictionaryEntry>() ?? [])
                texts.Add((string)entry.Key, (string)entry.Value!);
        }
        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>One language's texts, with English where it has none, and its way to write numbers.</summary>
    sealed class Language(string culture)
    {
        readonly FrozenDictionary<string, string> english = Table(Cultures.English);
        readonly FrozenDictionary<string, string> own = Table(IsPseudo(culture) ? Cultures.English : culture);
        readonly ConcurrentDictionary<string, string[]> sentences = new(StringComparer.Ordinal);
        readonly bool isMarked = IsPseudo(culture);

        internal string Name => culture;
        internal bool IsChinese { get; } = culture == Cultures.Chinese;
        internal CultureInfo Formats { get; } = CultureInfo.GetCultureInfo(IsPseudo(culture) ? Cultures.English : culture);

        internal string Find(string key) =>
            own.TryGetValue(key, out var text) || english.TryGetValue(key, out text)
                ? text
                : throw new KeyNotFoundException($"No text for '{key}': it belongs in Resources/{Room(key)}.resx and its translations.");

        /// <summary>The encoded sentence cut at its places: text, number of an argument, text, number, … text.</summary>
        internal string[] Places(string key, HtmlEncoder encoder) =>
            // The encoder leaves braces alone, so the places survive it.
            sentences.GetOrAdd(key, key => Place().Split(encoder.Encode(Mark(Find(key)))));

        internal string Mark(string text) => isMarked ? $"⟦{text}⟧" : text;

        internal string Format(string text, object?[] args) => args.Length == 0 ? text : string.Format(Formats, text, args);

        internal string Plain(long number) => number.ToString("N0", Formats);

        internal string Scaled(long number, long unit, string suffix)
        {
            // 9,999 is 9.9k, not 10k: a number is never shown as more than it is.
            var tenths = number * 10 / unit;
            return (tenths % 10 == 0 || Math.Abs(tenths) >= 1_000 ? (tenths / 10).ToString("N0", Formats) : (tenths / 10m).ToString("0.0", Formats)) + suffix;
        }

        static bool IsPseudo(string culture) => culture.Equals(Cultures.Pseudo, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A sentence with markup in its places, written when the page is.</summary>
    sealed class Sentence(Language spoken, string[] places, object?[] args) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            for (var i = 0; i < places.Length; i++)
            {
                if (i % 2 == 0)
                    writer.Write(places[i]);
                else if (args[int.Parse(places[i], CultureInfo.InvariantCulture)] is var arg && arg is IHtmlContent markup)
                    markup.WriteTo(writer, encoder);
                else
                    encoder.Encode(writer, Convert.ToString(arg, spoken.Formats) ?? "");
            }
        }
    }

    [GeneratedRegex(@"\{(?<place>\d)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Place();
}
