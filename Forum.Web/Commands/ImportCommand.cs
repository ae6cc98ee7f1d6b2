using System.CommandLine;
using System.Globalization;
using Forum.Core;
using Forum.Core.Importing;
using Forum.Data;
using Forum.Data.Sqlite;
using Forum.Web.Languages;
using Spectre.Console;

namespace Forum.Web.Commands;

/// <summary>
/// <c>import stackexchange &lt;folder&gt;</c> and <c>import discard</c>: brings another community here, or undoes an import
/// that is not complete. Both have the database alone. See docs/importing.md.
/// </summary>
sealed class ImportCommand : Command
{
    static readonly Argument<string> Folder = new("folder") { Description = "The dump's folder: Users.xml, Posts.xml and the other tables, plain or gzipped." };

    static readonly Option<string?> Site = new("--site")
    {
        Description = "The host the community lived at, such as beer.stackexchange.com. Without it, the folder's name.",
        HelpName = "host",
    };

    public ImportCommand() : base("import", "Brings another community here.")
    {
        var stackExchange = new Command("stackexchange", "Imports a Stack Exchange data dump, goes on with one that was cut off, or adds what a later dump has.") { Folder, Site };
        stackExchange.SetAction(Import);
        var discard = new Command("discard", "Undoes an import that is not complete.");
        discard.SetAction(Discard);
        Add(stackExchange);
        Add(discard);
    }

    static Words Words { get; } = new Words(System.Text.Encodings.Web.HtmlEncoder.Default).In(Cultures.English);

    static async Task<int> Import(ParseResult parse, CancellationToken token)
    {
        var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
        await using var forum = await Operator.Open(parse);
        using var alone = Alone(forum);
        var database = forum.Services.GetRequiredService<Database>();
        var begun = await forum.Send(new FindUnfinishedImport(), token);
        await output.WriteLineAsync(Words[begun is null ? "importing.begins" : "importing.goes-on", begun ?? parse.GetValue(Folder), database.Path]);
        var watch = new Watch(LongWork.IsTerminal(output) ? null : error);
        ImportReport report;
        try
        {
            report = await LongWork.Run(output, bars =>
                forum.Send(new ImportStackExchange(parse.GetValue(Folder)!, parse.GetValue(Site), watch.To(bars)), token));
        }
        catch (RefusedException e) when (e.Refusal.Code is "importing.broken-file" or "importing.dtd")
        {
            await error.WriteLineAsync(Words[e.Refusal.Code, e.Refusal.Arguments]);
            return CommandLine.FoundSomething;
        }
        finally
        {
            foreach (var line in watch.Kept)
                await error.WriteLineAsync(line);
        }

        Print(output, report);
        await output.WriteLineAsync(Words["importing.done", report.Site]);
        return CommandLine.Fine;
    }

    static async Task<int> Discard(ParseResult parse, CancellationToken token)
    {
        await using var forum = await Operator.OpenExisting(parse);
        using var alone = Alone(forum);
        var site = await forum.Send(new DiscardImport(), token);
        await parse.InvocationConfiguration.Output.WriteLineAsync(site is null ? Words["importing.nothing-to-discard"] : Words["importing.discarded", site]);
        return CommandLine.Fine;
    }

    static ServerLock Alone(Operator forum)
    {
        var database = forum.Services.GetRequiredService<Database>();
        return ServerLock.Take(database) ?? throw new WrongUseException(Words["importing.server-running", database.Path]);
    }

    static void Print(TextWriter output, ImportReport report)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = LongWork.IsTerminal(output) ? Math.Max(80, Console.WindowWidth) : 200;
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(Words["importing.file"]);
        foreach (var number in (string[])["importing.read", "importing.imported", "importing.already", "importing.time", "importing.speed"])
            table.AddColumn(new TableColumn(Words[number]).RightAligned());
        table.AddColumn(Words["importing.skipped"]);
        foreach (var file in report.Files)
        {
            var isFile = file.Read > 0 || !Words.Has("importing." + file.File);
            var numbers = isFile
                ? new[] { Words.Number(file.Read), Words.Number(file.Imported), Words.Number(file.Already), Seconds(file.Time), Words.Number((long)file.RowsPerSecond) }
                : ["", "", "", Seconds(file.Time), ""];
            table.AddRow([Title(file.File), .. numbers, string.Join("; ", file.Skipped.Select(s => Words[s.Key, Words.Number(s.Value)]))]);
        }

        console.Write(table);
    }

    static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    static string Title(string file) => Words.Has("importing." + file) ? Words["importing." + file] : file;

    // Broken rows are told as they come; on a terminal after the bars, which they would tear apart.
    sealed class Watch(TextWriter? now) : IWatchImport
    {
        const int MostKept = 10_000;

        readonly List<string> kept = [];
        IProgress<Step>? bars;

        public IReadOnlyList<string> Kept => kept;

        public Watch To(IProgress<Step> progress)
        {
            bars = progress;
            return this;
        }

        public void Advanced(string file, long done, long total, long rows) => bars?.Report(new Step(Title(file), done, total));

        public void Skipped(string file, int line, Refusal why)
        {
            var sentence = Words["importing.broken-row", file, line, Words[why.Code, why.Arguments]];
            if (now is not null)
                now.WriteLine(sentence);
            else if (kept.Count < MostKept)
                kept.Add(sentence);
        }

    }
}
