using System.Globalization;

namespace Forum.Core.Samples;

/// <summary>Chance that falls the same way each time: xorshift over a number's own seed.</summary>
internal sealed class Dice(int number)
{
    private ulong state = unchecked(((ulong)(number + 0x7FFFFFFFL) * 0x9E3779B97F4A7C15UL) | 1);

    public double Real()
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (state >> 11) / (double)(1UL << 53);
    }

    public int Next(int below) => (int)(Real() * below);

    public TimeSpan Next(TimeSpan below) => below * Real();

    public bool Chance(double of) => Real() < of;

    /// <summary>0 most often, then 1, then 2 …: about what Zipf's law says of words, tags and people.</summary>
    public int Zipf(int below) => Math.Min(below - 1, (int)(Math.Pow(below + 1, Real()) - 1));
}

/// <summary>Text that looks like a programmer's from far away.</summary>
internal static class SyntheticText
{
    private static readonly string[] Words =
    [
        "value", "function", "list", "error", "file", "string", "class", "table", "query", "method", "server", "object", "array", "request", "index",
        "thread", "loop", "key", "column", "row", "type", "version", "page", "test", "build", "data", "user", "name", "path", "module", "package",
        "variable", "pointer", "memory", "cache", "token", "header", "response", "timeout", "socket", "stream", "buffer", "parser", "compiler",
        "template", "interface", "library", "branch", "commit", "merge", "container", "image", "network", "port", "process", "signal", "lock",
        "transaction", "schema", "migration", "constraint", "trigger", "view", "cursor", "iterator", "generator", "closure", "callback", "promise",
        "event", "handler", "component", "layout", "style", "selector", "animation", "encoding", "character", "regex", "pattern", "match", "group",
    ];

    private static readonly string[] Verbs =
        ["read", "write", "convert", "sort", "compare", "parse", "load", "remove", "find", "replace", "update", "copy", "join", "split", "count", "return", "open", "close", "call", "import"];

    private static readonly string[] Small = ["the", "a", "each", "every", "my", "another", "the same", "an empty", "a large", "the first", "the last", "one"];

    private static readonly string[] TagNames =
    [
        "javascript", "python", "java", "c#", "php", "android", "html", "jquery", "c++", "css", "sql", "r", "node.js", "arrays", "c", "ios", "reactjs", "mysql",
        "json", ".net", "ruby", "swift", "django", "angular", "regex", "pandas", "linux", "bash", "typescript", "git", "string", "spring", "multithreading",
        "performance", "sqlite", "rust", "go", "docker", "async", "linq", "kotlin", "postgresql", "excel", "list", "xml", "api", "algorithm", "testing", "oop", "unicode",
    ];

    public static string Title(Dice dice) => dice.Next(4) switch
    {
        0 => $"How do I {Verb(dice)} {Thing(dice)} {Where(dice)}?",
        1 => $"Why does {Thing(dice)} not {Verb(dice)} {Thing(dice)}?",
        2 => $"{Capital(Word(dice))} {Word(dice)} fails when I {Verb(dice)} {Thing(dice)}",
        _ => $"What is the best way to {Verb(dice)} {Thing(dice)} {Where(dice)}?",
    };

    public static string Tags(Dice dice)
    {
        var tags = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1 + dice.Next(4); i > 0; i--)
            tags.Add(TagNames[dice.Zipf(TagNames.Length)]);
        return string.Join(' ', tags);
    }

    public static string Sentence(Dice dice)
    {
        var clauses = Enumerable.Range(0, 1 + dice.Next(3)).Select(_ => $"{Small[dice.Next(Small.Length)]} {Word(dice)} will {Verb(dice)} {Thing(dice)}");
        return Capital(string.Join(dice.Chance(0.5) ? ", and " : " because ", clauses)) + ".";
    }

    public static string Paragraph(Dice dice) => string.Join(' ', Enumerable.Range(0, 2 + dice.Next(4)).Select(_ => Sentence(dice)));

    public static string Body(Dice dice)
    {
        var parts = new List<string> { Paragraph(dice) };
        if (dice.Chance(0.7))
            parts.Add(Code(dice));
        if (dice.Chance(0.2))
            parts.Add(string.Join('\n', Enumerable.Range(0, 2 + dice.Next(4)).Select(_ => "- " + Sentence(dice))));
        if (dice.Chance(0.6))
            parts.Add($"I have tried `{Word(dice)}.{Verb(dice)}()` and **{Word(dice)}**. {Paragraph(dice)}");
        return string.Join("\n\n", parts);
    }

    private static string Code(Dice dice)
    {
        var lines = Enumerable.Range(0, 3 + dice.Next(12)).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{new string(' ', 4 * dice.Next(3))}{Word(dice)}_{i} = {Verb(dice)}({Word(dice)}, {dice.Next(100)})"));
        return $"```python\n{string.Join('\n', lines)}\n```";
    }

    private static string Thing(Dice dice) => $"{Small[dice.Next(Small.Length)]} {Word(dice)}";

    private static string Where(Dice dice) => $"in {TagNames[dice.Zipf(TagNames.Length)]}";

    private static string Word(Dice dice) => Words[dice.Zipf(Words.Length)];

    private static string Verb(Dice dice) => Verbs[dice.Next(Verbs.Length)];

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
