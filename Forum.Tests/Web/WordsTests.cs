using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Forum.Core.Settings;
using Forum.Web.Languages;

namespace Forum.Tests.Web;

/// <summary>Every sentence exists in every language, is used, and has the same places.</summary>
public sealed partial class WordsTests
{
    private static readonly Words English = new Words(HtmlEncoder.Default).In("en");
    private static readonly Words Chinese = new Words(HtmlEncoder.Default).In("zh-Hans");

    [Test]
    public void Both_languages_have_the_same_keys()
    {
        var english = Words.Table("en").Keys.ToHashSet(StringComparer.Ordinal);
        var chinese = Words.Table("zh-Hans").Keys.ToHashSet(StringComparer.Ordinal);

        Assert.That(english.Except(chinese), Is.Empty, "Not in Chinese");
        Assert.That(chinese.Except(english), Is.Empty, "Not in English");
    }

    [Test]
    public void Places_agree_between_languages()
    {
        var chinese = Words.Table("zh-Hans");

        var differing = Words.Table("en").Where(entry => !Places(entry.Value).SetEquals(Places(chinese[entry.Key])))
            // A number that a singular spells out may be missing there, and nowhere else.
            .Where(entry => !entry.Key.EndsWith(".one", StringComparison.Ordinal) || !Places(entry.Value).IsSubsetOf(Places(chinese[entry.Key])))
            .Select(entry => $"{entry.Key}: {entry.Value} / {chinese[entry.Key]}");

        Assert.That(differing, Is.Empty);
    }

    [Test]
    public void No_text_is_empty_and_no_Chinese_one_was_left_in_English()
    {
        var same = Words.Table("en")
            // Examples of the search language are written the same everywhere.
            .Where(entry => !entry.Key.StartsWith("search.syntax-", StringComparison.Ordinal))
            .Where(entry => string.IsNullOrWhiteSpace(entry.Value) || (Words.Table("zh-Hans")[entry.Key] == entry.Value && EnglishWord().IsMatch(entry.Value)))
            .Select(entry => $"{entry.Key}: {entry.Value}");

        Assert.That(same, Is.Empty);
    }

    [Test]
    public void Every_key_lies_in_the_file_of_its_room()
    {
        var misplaced =
            from file in Directory.EnumerateFiles(Path.Combine(Root, "Forum.Web", "Resources"), "*.resx")
            from Match key in ResourceKey().Matches(File.ReadAllText(file))
            where Words.Room(key.Groups["key"].Value) != Path.GetFileName(file).Split('.')[0]
            select $"{key.Groups["key"].Value} in {Path.GetFileName(file)}";

        Assert.That(misplaced, Is.Empty);
    }

    [Test]
    public void Every_key_that_code_names_exists()
    {
        var keys = Words.Table("en").Keys.ToHashSet(StringComparer.Ordinal);

        var missing = Named().Where(literal => IsWhole(literal.Text) && !keys.Contains(literal.Text) && !keys.Contains(literal.Text + ".many"))
            .Select(literal => $"{literal.Text} in {literal.File}").Distinct(StringComparer.Ordinal);

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Every_key_is_used()
    {
        var patterns = Named().Select(literal => literal.Text).Distinct(StringComparer.Ordinal).Select(Pattern).ToList();

        var unused = Words.Table("en").Keys.Where(key => !patterns.Exists(pattern => pattern.IsMatch(key))).Order(StringComparer.Ordinal);

        Assert.That(unused, Is.Empty);
    }

    [Test]
    public void Every_setting_has_a_name_in_both_languages()
    {
        var keys = Setting.All.SelectMany(setting => new[] { setting.Name, setting.End }).Concat(Setting.Groups.Select(group => "settings.group." + group))
            .OfType<string>().Distinct(StringComparer.Ordinal).ToList();

        Assert.That(keys.Where(key => !Words.Table("en").ContainsKey(key)), Is.Empty);
        Assert.That(keys.Where(key => !Words.Table("zh-Hans").ContainsKey(key)), Is.Empty);
    }

    [TestCase(0, "0", "0")]
    [TestCase(999, "999", "999")]
    [TestCase(1_000, "1k", "1,000")]
    [TestCase(1_299, "1.2k", "1,299")]
    [TestCase(9_999, "9.9k", "9,999")]
    [TestCase(10_000, "10k", "1万")]
    [TestCase(123_456, "123k", "12.3万")]
    [TestCase(999_999, "999k", "99.9万")]
    [TestCase(1_250_000, "1.2m", "125万")]
    [TestCase(-1_299, "-1.2k", "-1,299")]
    [TestCase(250_000_000, "250m", "2.5亿")]
    public void A_number_is_short_and_never_more_than_it_is(long number, string english, string chinese)
    {
        Assert.That(English.Short(number), Is.EqualTo(english));
        Assert.That(Chinese.Short(number), Is.EqualTo(chinese));
    }

    [TestCase(0, "just now", "刚刚")]
    [TestCase(59, "just now", "刚刚")]
    [TestCase(60, "1 minute ago", "1 分钟前")]
    [TestCase(3_599, "59 minutes ago", "59 分钟前")]
    [TestCase(3_600, "1 hour ago", "1 小时前")]
    [TestCase(86_399, "23 hours ago", "23 小时前")]
    [TestCase(86_400, "yesterday", "昨天")]
    [TestCase(172_800, "2 days ago", "2 天前")]
    [TestCase(30 * 86_400, "30 days ago", "30 天前")]
    [TestCase(31 * 86_400, "1 month ago", "1 个月前")]
    [TestCase(364 * 86_400, "11 months ago", "11 个月前")]
    [TestCase(400 * 86_400, "Jan 26, 2025", "2025年1月26日")]
    public void A_time_says_how_long_ago_it_was(int secondsAgo, string english, string chinese)
    {
        var now = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

        Assert.That(English.Ago(now.AddSeconds(-secondsAgo), now), Is.EqualTo(english));
        Assert.That(Chinese.Ago(now.AddSeconds(-secondsAgo), now), Is.EqualTo(chinese));
    }

    [TestCase(60, "in 1 minute", "1 分钟后")]
    [TestCase(3_599, "in 59 minutes", "59 分钟后")]
    [TestCase(3_600, "in 1 hour", "1 小时后")]
    [TestCase(172_799, "in 47 hours", "47 小时后")]
    [TestCase(172_800, "in 2 days", "2 天后")]
    [TestCase(7 * 86_400 - 1, "in 6 days", "6 天后")]
    [TestCase(40 * 86_400, "on Apr 11, 2026", "2026年4月11日")]
    public void A_time_ahead_says_how_long_it_is_and_never_more(int seconds, string english, string chinese)
    {
        var now = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

        Assert.That(English.Ahead(now.AddSeconds(seconds), now), Is.EqualTo(english));
        Assert.That(Chinese.Ahead(now.AddSeconds(seconds), now), Is.EqualTo(chinese));
    }

    [TestCase("en-GB", "en")]
    [TestCase("zh", "zh-Hans")]
    [TestCase("zh-CN", "zh-Hans")]
    [TestCase("zh-TW", "zh-Hans")]
    [TestCase("fr", null)]
    [TestCase("english", null)]
    [TestCase(null, null)]
    [TestCase("qps-ploc", null)]
    public void A_language_tag_means_the_nearest_language_spoken(string? tag, string? language) =>
        Assert.That(Cultures.Match(tag, pseudo: false), Is.EqualTo(language));

    [Test]
    public void Markup_goes_into_a_sentence_and_text_is_encoded()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);

        English.Html("shell.title", new Microsoft.AspNetCore.Html.HtmlString("<b>one</b>"), "<two>").WriteTo(writer, HtmlEncoder.Default);

        Assert.That(writer.ToString(), Is.EqualTo("<b>one</b> - &lt;two&gt;"));
    }

    [Test]
    public void A_key_that_nobody_wrote_is_a_bug() => Assert.That(() => English["shell.nothing-like-this"], Throws.TypeOf<KeyNotFoundException>());

    private static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static HashSet<string> Places(string text) => Place().Matches(text).Select(match => match.Value[..2]).ToHashSet(StringComparer.Ordinal);

    // Text in code that begins with the name of a room and a dot. Interpolated parts are kept as {…}.
    private static IEnumerable<(string Text, string File)> Named()
    {
        var rooms = Directory.EnumerateFiles(Path.Combine(Root, "Forum.Web", "Resources"), "*.resx")
            .Select(file => Path.GetFileName(file).Split('.')[0].ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return
            from folder in new[] { "Forum.Web", "Forum.Core" }
            from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs*", SearchOption.AllDirectories)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal)
            let inside = Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar)
            where !inside.Contains("obj") && !inside.Contains("bin") && !inside.Contains("node_modules")
            from Match literal in Literal().Matches(File.ReadAllText(file))
            where rooms.Contains(literal.Groups["room"].Value)
            select (literal.Groups["room"].Value + literal.Groups["rest"].Value, Path.GetRelativePath(Root, file));
    }

    private static bool IsWhole(string literal) => !literal.Contains('{', StringComparison.Ordinal) && literal[^1] is not ('-' or '.');

    private static Regex Pattern(string literal)
    {
        var pattern = string.Join("[a-z0-9.-]+", Hole().Split(literal).Select(Regex.Escape));
        return new Regex($"^{pattern}{(literal[^1] is '-' or '.' ? "[a-z0-9.-]+" : @"(\.one|\.many)?")}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex(@"\{\d", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("[A-Za-z]{4,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnglishWord();

    [GeneratedRegex("<data name=\"(?<key>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ResourceKey();

    [GeneratedRegex("\"(?<room>[a-z]+)(?<rest>\\.[^\"\\s/]*)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hole();
}
