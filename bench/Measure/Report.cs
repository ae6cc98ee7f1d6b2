using System.Globalization;
using System.Text.Json;
using System.Text.Encodings.Web;
using Spectre.Console;

namespace Forum.Bench.Measure;

/// <summary>What a scenario found: tables for people, JSON for programs, and one last line for scripts.</summary>
sealed class Report(string scenario)
{
    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly List<(string Title, string[] Columns, List<object?[]> Rows)> tables = [];
    readonly List<(string Key, double Value)> figures = [];
    readonly List<string> notes = [];

    /// <summary>Begins a table.</summary>
    public void Table(string title, params string[] columns) => tables.Add((title, columns, []));

    /// <summary>Adds a row to the last table: texts, or numbers that are rounded to what they are good for.</summary>
    public void Row(params object?[] cells) => tables[^1].Rows.Add(cells);

    /// <summary>A figure for the last line.</summary>
    public void Figure(string key, double value) => figures.Add((key, value));

    /// <summary>A sentence under the tables.</summary>
    public void Note(string sentence) => notes.Add(sentence);

    /// <summary>Prints all of it and writes the file.</summary>
    public void Finish(BenchOptions options)
    {
        foreach (var (title, columns, rows) in tables)
        {
            var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(title)) };
            for (var i = 0; i < columns.Length; i++)
                table.AddColumn(new TableColumn(Markup.Escape(columns[i])) { Alignment = i == 0 ? Justify.Left : Justify.Right, NoWrap = true });
            foreach (var row in rows)
                table.AddRow([.. row.Select(cell => Markup.Escape(Text(cell)))]);
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out), Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
            console.Profile.Width = Math.Max(160, console.Profile.Width);
            console.Write(table);
        }

        foreach (var note in notes)
            Console.WriteLine(note);

        var path = Path.GetFullPath(options.Json ?? Path.Combine(options.Data, scenario + ".json"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(
            new
            {
                scenario,
                at = DateTimeOffset.UtcNow,
                run = options.Described,
                figures = figures.ToDictionary(f => f.Key, f => Rounded(f.Value)),
                tables = tables.Select(t => new { t.Title, rows = t.Rows.Select(row => t.Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second is double number ? Rounded(number) : cell.Second)) }),
                notes,
            }, Json));
        Console.WriteLine($"Written to {path}");
        Console.WriteLine($"{scenario}: {string.Join(' ', figures.Select(f => $"{f.Key} {Text(f.Value)}"))}");
    }

    // Three digits are more than any of these figures is good for.
    static string Text(object? cell) => cell switch
    {
        null => "",
        double number => Rounded(number) is { } rounded ? rounded.ToString(Math.Abs(number) switch { >= 100 => "N0", >= 10 => "0.0", >= 0.1 => "0.00", _ => "0.0000" }, CultureInfo.InvariantCulture).Replace(",", "", StringComparison.Ordinal) : "-",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    static double? Rounded(double number) =>
        !double.IsFinite(number) ? null : number == 0 ? 0 : Math.Round(number, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(number))), 0, 12));
}
