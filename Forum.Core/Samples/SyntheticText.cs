using System.Globalization;
using System.Text;

namespace Forum.Core.Samples;

/// <summary>Markdown that looks like a programmer's from far away: prose of Zipf's law, code, lists, links.</summary>
/// <param name="dice">Decides every word.</param>
/// <param name="earlier">The address of a question that was asked before, or null when there is none.</param>
internal sealed class SyntheticText(Dice dice, Func<string?> earlier)
{
    private static readonly string[] Languages = ["python", "js", "csharp", "java", "sql", "bash", "cpp", ""];
    private static readonly string[] Hosts = ["docs.example.org", "www.example.com", "wiki.example.net"];

    private readonly StringBuilder text = new(2048);

    /// <summary>The title of a question: what it is about and, often, a word that few others have.</summary>
    public static string Title(Dice dice) => dice.Next(5) switch
    {
        0 => $"How do I {Vocabulary.Verb(dice)} {Some(dice)} {Vocabulary.Thing(dice)} {Where(dice)}?",
        1 => $"Why does {Some(dice)} {Vocabulary.Thing(dice)} not {Vocabulary.Verb(dice)} {Some(dice)} {Vocabulary.Thing(dice)} {Where(dice)}?",
        2 => $"{Capital(Vocabulary.Thing(dice))} {Vocabulary.Thing(dice)} fails when I {Vocabulary.Verb(dice)} {Some(dice)} {Vocabulary.Thing(dice)}",
        3 => $"What is the best way to {Vocabulary.Verb(dice)} {Vocabulary.Word(dice)} {Vocabulary.Thing(dice)} {Where(dice)}?",
        _ => $"{Capital(Vocabulary.RareWord(dice))} {Vocabulary.Thing(dice)}: cannot {Vocabulary.Verb(dice)} {Some(dice)} {Vocabulary.Thing(dice)}",
    };

    /// <summary>A post.</summary>
    public string Body()
    {
        text.Clear();
        Paragraph(3);
        if (dice.Chance(0.62))
            Code();
        if (dice.Chance(0.14))
            List();
        for (var more = dice.Count(0.6); more > 0; more--)
            Paragraph(3);
        if (dice.Chance(0.04))
            Quotation();
        if (dice.Chance(0.015))
            Table();
        if (dice.Chance(0.12))
            Code();
        return text.ToString();
    }

    /// <summary>A paragraph by itself: what an edit adds, what people say about themselves.</summary>
    public string Addition()
    {
        text.Clear();
        Paragraph(2);
        return text.ToString();
    }

    /// <summary>A comment.</summary>
    public string Comment()
    {
        text.Clear();
        Sentence();
        for (var more = dice.Count(0.35); more > 0 && text.Length < 400; more--)
        {
            text.Append(' ');
            Sentence();
        }

        return text.ToString();
    }

    private static string Some(Dice dice) => dice.Chance(0.5) ? Vocabulary.Word(dice) : Vocabulary.RareWord(dice);

    private static string Where(Dice dice) => $"in {(dice.Chance(0.5) ? Vocabulary.Thing(dice) : Vocabulary.RareWord(dice))}";

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private void Paragraph(int sentences)
    {
        Part();
        Sentence();
        for (var more = dice.Next(sentences); more > 0; more--)
        {
            text.Append(' ');
            Sentence();
        }
    }

    // A blank line parts what stands below one another.
    private void Part()
    {
        if (text.Length > 0)
            text.Append("\n\n");
    }

    private void Sentence()
    {
        var start = text.Length;
        for (var words = 6 + dice.Next(15); words > 0; words--)
        {
            Inline();
            text.Append(words == 1 ? dice.Chance(0.15) ? '?' : '.' : dice.Chance(0.06) ? ',' : ' ');
            if (text[^1] == ',')
                text.Append(' ');
        }

        text[start] = char.ToUpperInvariant(text[start]);
    }

    private void Inline()
    {
        switch (dice.Next(1_000))
        {
            case < 30:
                text.Append('`').Append(Vocabulary.Thing(dice)).Append('.').Append(Vocabulary.Verb(dice)).Append("()`");
                break;
            case < 40:
                text.Append("**").Append(Vocabulary.Word(dice)).Append("**");
                break;
            case < 45:
                text.Append('*').Append(Vocabulary.Word(dice)).Append('*');
                break;
            case < 50:
                text.Append(CultureInfo.InvariantCulture, $"[{Vocabulary.Word(dice)} {Vocabulary.Thing(dice)}](https://{dice.Of(Hosts)}/{Vocabulary.RareWord(dice)}/{dice.Next(1000)})");
                break;
            case 50 when earlier() is { } address:
                text.Append(address);
                break;
            case < 70:
                Identifier();
                break;
            default:
                text.Append(Vocabulary.Word(dice));
                break;
        }
    }

    private void Identifier()
    {
        if (dice.Chance(0.5))
        {
            text.Append(Vocabulary.Verb(dice)).Append(Capital(Vocabulary.Thing(dice)));
            if (dice.Chance(0.3))
                text.Append(Capital(Vocabulary.RareWord(dice)));
        }
        else
            text.Append(Vocabulary.Thing(dice)).Append('_').Append(dice.Chance(0.3) ? Vocabulary.RareWord(dice) : Vocabulary.Thing(dice));
    }

    private void Code()
    {
        Part();
        text.Append("```").Append(dice.Of(Languages)).Append('\n');
        var depth = 0;
        for (var lines = 2 + dice.Count(3.5); lines > 0; lines--)
        {
            text.Append(' ', 4 * depth);
            switch (dice.Next(6))
            {
                case 0:
                    text.Append("if (").Append(Vocabulary.Thing(dice)).Append(" < ").Append(dice.Next(100)).Append(") {");
                    depth = Math.Min(depth + 1, 3);
                    break;
                case 1 when depth > 0:
                    text.Append("return ").Append(Vocabulary.Thing(dice)).Append("[\"").Append(Vocabulary.Word(dice)).Append("\"];");
                    depth--;
                    break;
                case 2:
                    text.Append("// ").Append(Vocabulary.Word(dice)).Append(' ').Append(Vocabulary.Word(dice)).Append(' ').Append(Vocabulary.Thing(dice));
                    break;
                default:
                    Identifier();
                    text.Append(" = ").Append(Vocabulary.Verb(dice)).Append('(').Append(Vocabulary.Thing(dice)).Append(", ").Append(dice.Next(1000)).Append(");");
                    break;
            }

            text.Append('\n');
        }

        text.Append("```");
    }

    private void List()
    {
        Part();
        var isNumbered = dice.Chance(0.3);
        var items = 2 + dice.Next(3);
        for (var i = 1; i <= items; i++)
        {
            text.Append(isNumbered ? string.Create(CultureInfo.InvariantCulture, $"{i}. ") : "- ");
            Sentence();
            if (i < items)
                text.Append('\n');
        }
    }

    private void Quotation()
    {
        Part();
        text.Append("> ");
        Sentence();
    }

    private void Table()
    {
        Part();
        text.Append("| ").Append(Vocabulary.Thing(dice)).Append(" | ").Append(Vocabulary.Thing(dice)).Append(" |\n| --- | --- |");
        for (var rows = 2 + dice.Next(4); rows > 0; rows--)
            text.Append("\n| ").Append(Vocabulary.Word(dice)).Append(" | ").Append(dice.Next(10_000)).Append(" |");
    }
}
