using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Forum.Core.Markdown;
using Forum.Core.Settings;

namespace Forum.Core.Comments;

/// <summary>Somebody who may be called by name in a comment.</summary>
public sealed record Participant
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
}

/// <summary>Who is called by name: <c>@ada</c> (docs/rules/comments.md).</summary>
public static partial class Mentions
{
    // Of a name at least this much must be said; a CJK character weighs two.
    private const int LeastWeight = 3;

    /// <summary>
    /// Those among <paramref name="participants"/> (the latest to take part first) whom the comment's HTML calls, each once,
    /// at most <paramref name="most"/>. A name is said whole or by its beginning, without blanks, in any case; code calls nobody.
    /// </summary>
    public static IReadOnlyList<long> In(string html, IReadOnlyList<Participant> participants, int most)
    {
        var named = new List<long>();
        foreach (var said in Said(html))
        {
            if (named.Count < most && Named(said, participants) is { } someone && !named.Contains(someone.Id))
                named.Add(someone.Id);
        }

        return named;
    }

    /// <summary>Why a comment or a post may not call so many people, whoever they are (docs/rules/abuse.md, section 6).</summary>
    public static Refusal? WhyNot(string html, LimitSettings limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var names = Said(html).Where(name => TextLength.Weight(name) >= LeastWeight).Distinct(StringComparer.Ordinal).Count();
        return names > limits.Mentions ? new("abuse.too-many-mentions", limits.Mentions, names) : null;
    }

    // What stands after each sign, as names are compared.
    private static IEnumerable<string> Said(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return Call().Matches(PlainText.Of(CodeOrQuote().Replace(html, " "))).Select(call => Letters(call.Groups["name"].Value));
    }

    private static Participant? Named(string said, IReadOnlyList<Participant> participants)
    {
        var names = participants.Select(p => (Person: p, Name: Letters(p.Name))).Where(n => n.Name.Length > 0).ToList();
        return names.Find(n => n.Name == said).Person
            ?? (TextLength.Weight(said) >= LeastWeight ? names.Find(n => n.Name.StartsWith(said, StringComparison.Ordinal)).Person : null)
            ?? names.Where(n => GoesOnAfter(n.Name, said)).OrderByDescending(n => n.Name.Length).FirstOrDefault().Person;
    }

    // Chinese and Japanese put no blank after a name.
    private static bool GoesOnAfter(string name, string said) =>
        TextLength.Weight(name) >= LeastWeight && said.Length > name.Length && said.StartsWith(name, StringComparison.Ordinal)
        && Rune.GetRuneAt(said, name.Length) is var next && TextLength.IsCjk(next);

    private static string Letters(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var rune in name.Normalize(NormalizationForm.FormKC).EnumerateRunes().Where(IsOfName))
            letters.Append(Rune.ToLowerInvariant(rune).ToString());
        return letters.ToString();
    }

    private static bool IsOfName(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    [GeneratedRegex(@"<pre\b.*?</pre>|<code\b.*?</code>|<blockquote\b.*?</blockquote>", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeOrQuote();

    // An e-mail address has a letter before its sign, an address of the net a slash; Chinese, Japanese and Korean put no blank there.
    [GeneratedRegex(@"(?<![\w@./-[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}\p{IsHangulSyllables}]])@(?<name>[\p{L}\p{M}\p{N}_.'’-]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Call();
}
