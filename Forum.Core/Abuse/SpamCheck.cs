using System.Text;
using Forum.Core.Markdown;
using Forum.Data;

namespace Forum.Core.Abuse;

/// <summary>A post whose likelihood of being spam is asked for.</summary>
public sealed record SpamSample
{
    public string? Title { get; init; }

    /// <summary>Its text, rendered.</summary>
    public string Html { get; init; } = "";

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when its author is here; null when that is not known.</summary>
    public DateTimeOffset? AuthorSince { get; init; }
}

/// <summary>
/// Says how likely a post is spam. The one there is learns from this community (<see cref="LearnedSpamCheck"/>); another one is registered in its place.
/// It is asked after a post was published, beside requests, and again when it throws. Rules: docs/rules/abuse.md, section 5.
/// </summary>
public interface ISpamCheck
{
    /// <summary>From 0 to 1; null when nothing is known.</summary>
    Task<double?> Likelihood(SpamSample sample, CancellationToken token);
}

/// <summary>How often a word was in posts that were spam and in good ones.</summary>
public sealed record SpamWord
{
    public string Word { get; init; } = "";
    public int Spam { get; init; }
    public int Good { get; init; }
}

/// <summary>What posts are told by, and what it comes to (docs/rules/abuse.md, section 5).</summary>
public static class SpamRules
{
    private const int MostWords = 200;
    private const int Telling = 25;
    private const int Longest = 30;

    /// <summary>What tells a post: its words, runs of two characters of scripts without blanks, the hosts it leads to, how many links it has, how new its author is. Each once.</summary>
    public static IReadOnlyList<string> Words(SpamSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var words = new HashSet<string>(StringComparer.Ordinal);
        var links = 0;
        foreach (var part in sample.Html.Split("href=\"http").Skip(1))
        {
            links++;
            if (Folding.Hosts(Folding.Fold(part.Split('"')[0])).FirstOrDefault() is { } host)
                words.Add("host:" + (host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host));
        }

        words.Add("links:" + (links switch { 0 => "0", 1 => "1", <= 3 => "few", _ => "many" }));
        words.Add("author:" + ((sample.CreatedAt - sample.AuthorSince)?.TotalDays switch { null => "unknown", < 1 => "today", < 7 => "week", < 60 => "new", _ => "old" }));
        if (sample.Html.Contains("<code", StringComparison.Ordinal))
            words.Add("has:code");
        foreach (var word in Split(Folding.Fold(sample.Title + " " + PlainText.Apart(sample.Html).Text)))
        {
            if (words.Count >= MostWords)
                break;
            words.Add(word);
        }

        return [.. words];
    }

    /// <summary>
    /// How likely the post is spam that these words are in. Each word's share is drawn towards one half the less it was seen; those that say most are taken
    /// together as if they were independent. Null while too little was learned.
    /// </summary>
    public static double? Likelihood(IEnumerable<SpamWord> words, int spam, int good, int leastSpam, int leastGood)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (spam < leastSpam || good < leastGood)
            return null;

        var sum = words
            .Select(word => (Share: Share(word, spam, good), Seen: word.Spam + word.Good))
            .Select(word => (0.5 + word.Seen * word.Share) / (1 + word.Seen))
            .Select(share => Math.Log(share / (1 - share)))
            .OrderByDescending(Math.Abs)
            .Take(Telling)
            .Sum();
        return 1 / (1 + Math.Exp(-sum));
    }

    // How often it is in spam against how often it is in either, as if there were as much of both.
    private static double Share(SpamWord word, int spam, int good)
    {
        var (inSpam, inGood) = ((double)word.Spam / spam, (double)word.Good / good);
        return inSpam + inGood == 0 ? 0.5 : inSpam / (inSpam + inGood);
    }

    private static IEnumerable<string> Split(string folded)
    {
        var word = new StringBuilder();
        char? before = null;
        foreach (var c in folded)
        {
            var isCjk = !char.IsSurrogate(c) && TextLength.IsCjk(new Rune(c));
            if (char.IsLetterOrDigit(c) && !isCjk)
            {
                word.Append(c);
                before = null;
                continue;
            }

            if (word.Length is >= 3 and <= Longest)
                yield return word.ToString();
            word.Clear();
            if (isCjk && before is { } first)
                yield return $"{first}{c}";
            before = isCjk ? c : null;
        }

        if (word.Length is >= 3 and <= Longest)
            yield return word.ToString();
    }
}

/// <summary>Compares a post with what was deleted as spam here and with what was voted up.</summary>
internal sealed class LearnedSpamCheck(Db db, Settings.ForumSettings settings) : ISpamCheck
{
    public async Task<double?> Likelihood(SpamSample sample, CancellationToken token)
    {
        var known = await db.Query<SpamWord>(
            $"select word as Word, spam as Spam, good as Good from spam_words where word = '' or {db.Dialect.InList("word", "@words")}",
            new { words = db.Dialect.List(SpamRules.Words(sample)) }, token);
        return known.FirstOrDefault(word => word.Word == "") is { } all
            ? SpamRules.Likelihood(known.Where(word => word.Word != ""), all.Spam, all.Good, settings.Abuse.SpamLeast, settings.Abuse.SpamLeastGood)
            : null;
    }
}
