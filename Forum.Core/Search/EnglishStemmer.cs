using System.Buffers;

namespace Forum.Core.Search;

/// <summary>
/// The Porter2 ("English") stemmer of the Snowball project: reduces a lower-case ASCII word to its stem,
/// so that "encoding" and "encoded" meet in "encod". Anything else comes back unchanged.
/// </summary>
public static class EnglishStemmer
{
    const int Shortest = 3;
    const int Longest = 40;

    static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie",
        ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl",
        ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas", ["cosmos"] = "cosmos",
        ["bias"] = "bias", ["andes"] = "andes",
    };

    /// <summary>Words that are finished once their plural s is gone.</summary>
    static readonly HashSet<string> Finished = new(StringComparer.Ordinal)
        { "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed" };

    static readonly (string Suffix, string Replacement)[] Step2 =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"),
        ("tional", "tion"), ("biliti", "ble"), ("lessli", "less"),
        ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"),
        ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"),
        ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    static readonly (string Suffix, string Replacement)[] Step3 =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""),
        ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    static readonly string[] Step4 =
        ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic"];

    /// <summary>The stem of <paramref name="word"/>; words with anything but a–z, shorter than 3 or longer than 40 letters stay as they are.</summary>
    public static string Stem(string word)
    {
        if (word.Length is < Shortest or > Longest || word.AsSpan().ContainsAnyExceptInRange('a', 'z'))
            return word;
        if (Irregular.TryGetValue(word, out var irregular))
            return irregular;

        // A y that sounds as a consonant is written Y until the end, as in the published algorithm.
        var w = word.ToCharArray();
        for (var i = 0; i < w.Length; i++)
            if (w[i] == 'y' && (i == 0 || IsVowel(w[i - 1])))
                w[i] = 'Y';
        var s = new string(w);
        var (r1, r2) = Regions(s);

        s = Plural(s);
        if (Finished.Contains(s))
            return s;
        s = PastAndGerund(s, r1);
        if (s.Length > 2 && s[^1] is 'y' or 'Y' && !IsVowel(s[^2]))
            s = s[..^1] + 'i';
        s = Derivation(s, r1);
        s = Quality(s, r1, r2);
        s = Residue(s, r2);
        s = FinalLetter(s, r1, r2);
        return s.Replace('Y', 'y');
    }

    static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    static (int R1, int R2) Regions(string s)
    {
        var r1 = s.StartsWith("gener", StringComparison.Ordinal) || s.StartsWith("arsen", StringComparison.Ordinal) ? 5
            : s.StartsWith("commun", StringComparison.Ordinal) ? 6
            : After(s, 0);
        return (r1, After(s, r1));

        static int After(string s, int from)
        {
            for (var i = from + 1; i < s.Length; i++)
                if (!IsVowel(s[i]) && IsVowel(s[i - 1]))
                    return i + 1;
            return s.Length;
        }
    }

    static bool Ends(string s, string suffix) => s.EndsWith(suffix, StringComparison.Ordinal);

    static bool HasVowel(ReadOnlySpan<char> s) => s.ContainsAny(Vowels);

    static string Plural(string s)
    {
        if (Ends(s, "sses"))
            return s[..^2];
        if (Ends(s, "ied") || Ends(s, "ies"))
            return s.Length > 4 ? s[..^2] : s[..^1];
        if (Ends(s, "us") || Ends(s, "ss"))
            return s;
        return Ends(s, "s") && HasVowel(s.AsSpan(0, s.Length - 2)) ? s[..^1] : s;
    }

    static string PastAndGerund(string s, int r1)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["eedly", "eed"])
            if (Ends(s, suffix))
                return s.Length - suffix.Length >= r1 ? s[..^suffix.Length] + "ee" : s;
        foreach (var suffix in (ReadOnlySpan<string>)["ingly", "edly", "ing", "ed"])
        {
            if (!Ends(s, suffix))
                continue;
            var rest = s[..^suffix.Length];
            if (!HasVowel(rest))
                return s;
            if (Ends(rest, "at") || Ends(rest, "bl") || Ends(rest, "iz"))
                return rest + 'e';
            if (rest.Length > 1 && rest[^1] == rest[^2] && rest[^1] is 'b' or 'd' or 'f' or 'g' or 'm' or 'n' or 'p' or 'r' or 't')
                return rest.Length == 3 && rest[0] is 'a' or 'e' or 'o' ? rest : rest[..^1];
            return r1 >= rest.Length && EndsInShortSyllable(rest) ? rest + 'e' : rest;
        }
        return s;
    }

    static bool EndsInShortSyllable(string s) =>
        s.Length == 2
            ? IsVowel(s[0]) && !IsVowel(s[1])
            : s.Length > 2 && !IsVowel(s[^3]) && IsVowel(s[^2]) && !IsVowel(s[^1]) && s[^1] is not ('w' or 'x' or 'Y');

    static string Derivation(string s, int r1)
    {
        foreach (var (suffix, replacement) in Step2)
        {
            if (!Ends(s, suffix))
                continue;
            var before = s.Length - suffix.Length;
            var applies = before >= r1 && suffix switch
            {
                "ogi" => before > 0 && s[before - 1] == 'l',
                "li" => before > 0 && s[before - 1] is 'c' or 'd' or 'e' or 'g' or 'h' or 'k' or 'm' or 'n' or 'r' or 't',
                _ => true,
            };
            return applies ? s[..before] + replacement : s;
        }
        return s;
    }

    static string Quality(string s, int r1, int r2)
    {
        foreach (var (suffix, replacement) in Step3)
            if (Ends(s, suffix))
            {
                var before = s.Length - suffix.Length;
                return before >= (suffix is "ative" ? r2 : r1) ? s[..before] + replacement : s;
            }
        return s;
    }

    static string Residue(string s, int r2)
    {
        foreach (var suffix in Step4)
            if (Ends(s, suffix))
            {
                var before = s.Length - suffix.Length;
                return before >= r2 && (suffix is not "ion" || (before > 0 && s[before - 1] is 's' or 't')) ? s[..before] : s;
            }
        return s;
    }

    static string FinalLetter(string s, int r1, int r2)
    {
        var before = s.Length - 1;
        if (before < 1)
            return s;
        if (s[^1] == 'e' && (before >= r2 || (before >= r1 && !EndsInShortSyllable(s[..^1]))))
            return s[..^1];
        return s[^1] == 'l' && before >= r2 && s[^2] == 'l' ? s[..^1] : s;
    }
}
