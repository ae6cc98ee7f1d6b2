using System.Text.RegularExpressions;
using Forum.Core.Markdown;
using Forum.Core.Reviews;
using Forum.Core.Settings;

namespace Forum.Core.Abuse;

/// <summary>What is said against a text as it is.</summary>
/// <param name="Why">What: a code with its arguments.</param>
/// <param name="IsFinal">Whether it is not taken so; else its author is asked once, and may post it all the same.</param>
public sealed record Objection(Refusal Why, bool IsFinal);

/// <summary>How new posts are to be written, told by plain rules (docs/rules/abuse.md, section 3).</summary>
public static partial class GateRules
{
    private const int TitleOfOneWord = 30;

    /// <summary>What is said against a question's title.</summary>
    public static IEnumerable<Objection> OfTitle(string title, AbuseSettings rules)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(rules);
        var line = TextLength.Line(title);
        if (!line.Any(char.IsLower) && line.Count(char.IsUpper) >= rules.GateCapitals)
            yield return new(new("abuse.gate-capitals"), IsFinal: true);
        if (IsGibberish(line, rules))
            yield return new(new("abuse.gate-gibberish"), IsFinal: true);
        else if (line.Length >= TitleOfOneWord && !line.Contains(' ', StringComparison.Ordinal) && !line.EnumerateRunes().Any(TextLength.IsCjk) && line.All(c => c < 0x0600))
            yield return new(new("abuse.gate-no-spaces"), IsFinal: false);
    }

    /// <summary>What is said against the text of a new question or answer, as it was rendered.</summary>
    public static IEnumerable<Objection> OfBody(bool isQuestion, string html, bool isNewcomer, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(settings);
        var rules = settings.Abuse;
        var (text, code) = PlainText.Apart(html);
        var prose = TextLength.Weight(text);
        var pictures = Count(html, "<img ");
        if (prose < rules.GateProse && pictures > 0)
            yield return new(new("abuse.gate-picture-only"), IsFinal: isQuestion);
        else if (prose < rules.GateProse && code.Length > 0)
            yield return new(new("abuse.gate-code-only"), IsFinal: isQuestion);
        var plain = WithoutCode().Replace(html, " ");
        if (IsGibberish(PlainText.Of(plain), rules))
            yield return new(new("abuse.gate-gibberish"), IsFinal: true);
        if (CodeLines(plain) >= rules.GateCodeLines)
            yield return new(new("abuse.gate-unformatted-code"), IsFinal: false);
        if (HasPhoneNumber(PlainText.Of(plain)))
            yield return new(new("abuse.gate-phone"), IsFinal: isNewcomer);
        // The same rules as of the queue of low quality, which a very short answer goes to without being asked about.
        if (ReviewRules.Suspicion(isQuestion, text, Count(html, "<a "), html.Contains("<code", StringComparison.Ordinal), settings.Reviews) is { } suspicion and not "short")
            yield return new(new("abuse.gate-" + suspicion), IsFinal: false);
    }

    private static bool IsGibberish(string text, AbuseSettings rules)
    {
        var run = 0;
        foreach (var c in text)
        {
            // Scripts that set no blanks between words come after these.
            run = char.IsLetter(c) && c < 0x0600 ? run + 1 : 0;
            if (run >= rules.GateRun)
                return true;
        }

        return Repeated().IsMatch(text);
    }

    private static int CodeLines(string html)
    {
        var lines = 0;
        foreach (var line in LineEnd().Split(html))
        {
            var text = PlainText.Of(line);
            if (text.Length is > 0 and < 400 && CodeLine().IsMatch(text))
                lines++;
        }

        return lines;
    }

    // Of ten digits or more in groups as people write them; dates, addresses of the net and numbers of books are none.
    private static bool HasPhoneNumber(string text) => Phone().Matches(text).Any(number => number.Value.Count(char.IsAsciiDigit) is >= 10 and <= 14);

    private static int Count(string html, string what) => html.Split(what).Length - 1;

    [GeneratedRegex(@"<pre\b.*?</pre>|<code\b.*?</code>|<blockquote\b.*?</blockquote>", RegexOptions.Singleline, 1000)]
    private static partial Regex WithoutCode();

    [GeneratedRegex(@"\n|<br ?/?>|</p>|</li>", RegexOptions.None, 1000)]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"(?<run>[\p{L}]{1,4}?)\k<run>{19,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Repeated();

    [GeneratedRegex(
        @"^\s*[{}]\s*[;,)]?\s*$|\w\([^()]*\)\s*[;{]\s*$|[\w\])]\s*[+*/-]?=\s*\S.*;\s*$|^\s*#include\s*[<""]|^\s*(?:from\s+[\w.]+\s+)?import\s+[\w.*]+(?:\s+as\s+\w+)?;?\s*$|^\s*(?:public|private|protected|static)\s+\w+.*[{;(]|^\s*(?:def|class)\s+\w+.*:\s*$|^\s*(?:function|func|fn)\s+\w+\s*\(.*[{]\s*$|^\s*(?:var|let|const)\s+\w+\s*=|^\s*(?:if|for|while|switch|foreach)\s*\(.*\)\s*\{?\s*$|^\s*return\b.*;\s*$|^\s*\$\w+\s*=",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"(?<![\w./:=-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]\d{2,4}){1,4}|(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4})(?![\w/:=-]|\.\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Phone();
}
