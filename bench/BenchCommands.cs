using System.CommandLine;
using System.Globalization;
using Forum.Bench.Baselines;
using Forum.Bench.Load;
using Forum.Bench.Scenarios;
using Forum.Bench.Site;
using Microsoft.Data.Sqlite;

namespace Forum.Bench;

/// <summary>The scenarios by name, and the options they share.</summary>
static class BenchCommands
{
    const int Fine = 0;
    const int WrongUse = 2;
    const int Interrupted = 130;

    static readonly Option<bool> Quick = new("--quick") { Description = "A first answer in under a minute.", Recursive = true };
    static readonly Option<int> Questions = new("--questions") { Description = "Size of the seeded community.", Recursive = true, DefaultValueFactory = _ => 10_000 };
    static readonly Option<string?> Data = new("--data") { Description = "Folder of seeded communities and results; without it FORUM_BENCH_DATA, else forum-bench in the temporary folder.", Recursive = true };
    static readonly Option<string?> Json = new("--json") { Description = "Where the results are written; without it into the data folder.", Recursive = true };
    static readonly Option<int?> Rounds = new("--rounds") { Description = "Rounds of which each figure is the median.", Recursive = true };
    static readonly Option<double?> Seconds = new("--seconds") { Description = "Seconds of one sample.", Recursive = true };
    static readonly Option<int> Connections = new("--connections") { Description = "Connections of a closed loop.", Recursive = true, DefaultValueFactory = _ => 16 };
    static readonly Option<string> Generator = new("--generator") { Description = "What drives closed loops: wrk (where it is installed; samples of whole seconds) or own.", Recursive = true, DefaultValueFactory = _ => "own" };
    static readonly Option<string?> Server = new("--server") { Description = "Another build of Forum.Web.dll than the one built with the bench.", Recursive = true };

    /// <summary>Does what the arguments say and returns the exit code.</summary>
    public static async Task<int> Run(string[] args)
    {
        Generator.AcceptOnlyFromAmong("wrk", "own");
        var root = new RootCommand("Measures Forum against baselines of the same run. docs/performance.md says what each figure means.")
        {
            Quick, Questions, Data, Json, Rounds, Seconds, Connections, Generator, Server,
        };
        root.Add(Scenario("pages", "What pages cost, cold, warm and signed in, in a closed loop.", PagesScenario.Run));
        root.Add(Scenario("writes", "What votes, comments, answers and questions cost, and what bulk work does to them.", WritesScenario.Run));
        root.Add(Day());
        root.Add(Scale());
        root.Add(OfDump("import", "How fast a dump is imported.", ImportScenario.Run));
        root.Add(OfDump("badges", "Whether people earn the badges that a dump says they had.", BadgesScenario.Run));
        root.Add(OfDump("gate", "How many good posts of a dump would have been refused or asked about.", GateScenario.Run));
        root.Add(OfDump("spam", "How well made-up spam is told from a dump's posts.", SpamScenario.Run));
        root.Add(OfDump("search", "How soon a question of a dump is found by words of its title or its body.", SearchScenario.Run));
        root.Add(OfDump("duplicates", "Whether duplicates of a dump would have been found before they were asked.", DuplicatesScenario.Run));
        root.Add(Scenario("micro", "What Markdown, search queries and reputation cost, beside a yardstick.", (options, token) => Task.Run(() => MicroScenario.Run(options, token), token)));
        root.Add(BareServer.Command());
        root.Add(PageServer.Command());

        var parse = root.Parse(args);
        if (parse.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(parse.Errors[0].Message + " '--help' lists what there is.");
            return WrongUse;
        }

        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return Interrupted;
        }
        catch (Exception wrong) when (wrong is WrongUseException or IOException or SqliteException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return WrongUse;
        }
    }

    static Command Scenario(string name, string description, Func<BenchOptions, CancellationToken, Task> run, params Option[] more)
    {
        var command = new Command(name, description);
        foreach (var option in more)
            command.Add(option);
        command.SetAction(async (parse, token) =>
        {
            await run(Read(parse), token);
            return Fine;
        });
        return command;
    }

    static Command Day()
    {
        var rate = new Option<double?>("--rate") { Description = "Page loads a second to begin with; without it 767." };
        var minutes = new Option<double?>("--minutes") { Description = "Holds the rate for so long and looks at the memory, in place of raising it." };
        var command = new Command("day", "The mix of a large site's day, at 767 page loads a second and rising.") { rate, minutes };
        command.SetAction(async (parse, token) =>
        {
            await DayScenario.Run(Read(parse), new DayOptions(parse.GetValue(rate), parse.GetValue(minutes)), token);
            return Fine;
        });
        return command;
    }

    static Command Scale()
    {
        var sizes = new Option<string?>("--sizes") { Description = "Questions of each community; without it 10000,100000,1000000, with --quick 1000,10000.", HelpName = "N,N,…" };
        var command = new Command("scale", "What pages and searches cost in communities of different sizes.") { sizes };
        command.SetAction(async (parse, token) =>
        {
            var given = (parse.GetValue(sizes) ?? (parse.GetValue(Quick) ? "1000,10000" : "10000,100000,1000000")).Split(',', StringSplitOptions.TrimEntries);
            var numbers = given.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Distinct().ToArray();
            if (numbers.Any(number => number < 20))
                throw new WrongUseException("--sizes takes numbers from 20 on, such as 10000,100000.");
            await ScaleScenario.Run(Read(parse), numbers, token);
            return Fine;
        });
        return command;
    }

    static Command OfDump(string name, string description, Func<BenchOptions, string?, CancellationToken, Task> run)
    {
        var folder = new Argument<string?>("folder") { Description = "A Stack Exchange dump; without it the one beside the repository.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(name, description) { folder };
        command.SetAction(async (parse, token) =>
        {
            await run(Read(parse), parse.GetValue(folder), token);
            return Fine;
        });
        return command;
    }

    static BenchOptions Read(ParseResult parse)
    {
        var quick = parse.GetValue(Quick);
        var options = new BenchOptions
        {
            IsQuick = quick,
            Questions = Within(parse.GetValue(Questions), 20, 10_000_000, Questions),
            Json = parse.GetValue(Json),
            Rounds = Within(parse.GetValue(Rounds) ?? 5, 1, 1_000, Rounds),
            Time = TimeSpan.FromSeconds(Within(parse.GetValue(Seconds) ?? (quick ? 0.15 : 2), 0.01, 3_600, Seconds)),
            Connections = Within(parse.GetValue(Connections), 1, 1_024, Connections),
            WithWrk = parse.GetValue(Generator) == "wrk",
        };
        if (parse.GetValue(Data) is { Length: > 0 } data)
            options = options with { Data = Path.GetFullPath(data) };
        if (parse.GetValue(Server) is { Length: > 0 } server)
            options = options with { Server = Path.GetFullPath(server) };
        if (!File.Exists(options.Server))
            throw new WrongUseException($"{options.Server} is not built: dotnet build -c Release.");
        if (options.WithWrk && Wrk.Path is null)
            throw new WrongUseException("wrk is not on the PATH; --generator own needs nothing.");
        return options;
    }

    static T Within<T>(T value, T least, T most, Option option) where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? value : throw new WrongUseException($"{option.Name} takes a number from {least} to {most}.");
}
