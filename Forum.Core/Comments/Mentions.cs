using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Forum.Core.Markdown;

namespace Forum.Core.Comments;

/// <summary>Somebody who may be called by name in a comment.</summary>
public sealed record Participant
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
}

/// <summary>Who is called by name in a comment: <c>@ada</c> (docs/rules/comments.md).</summary>
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
        ArgumentNullException.ThrowIfNull(html);
        var text = PlainText.Of(Code().Replace(html, " "));
        var named = new List<long>();
        foreach (Match call in Call().Matches(text))
        {
            var said = Letters(call.Groups["name"].Value);
            if (named.Count < most && Named(said, participants) is { } someone && !named.Contains(someone.Id))
                named.Add(someone.Id);
        }

        return named;
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

    [GeneratedRegex("<code>.*?</code>", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    // An e-mail address has a letter before its sign.
    [GeneratedRegex(@"(?<![\p{L}\p{N}@])@(?<name>[\p{L}\p{M}\p{N}_.'’-]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Call();
}
