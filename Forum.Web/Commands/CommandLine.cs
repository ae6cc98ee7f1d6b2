using System.CommandLine;
using System.Data.Common;
using System.Diagnostics;
using FluentValidation;
using Forum.Core;
using Forum.Web.Languages;

namespace Forum.Web.Commands;

/// <summary>
/// What this executable does, by its first word. A command is a file of its own here and a line in <see cref="Commands"/>.
/// Exit codes: <see cref="Fine"/>, <see cref="FoundSomething"/>, <see cref="WrongUse"/>, and 130 when interrupted.
/// </summary>
static class CommandLine
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>The command did its work and found something wrong.</summary>
    public const int FoundSomething = 1;

    /// <summary>The command cannot be done as it was given.</summary>
    public const int WrongUse = 2;

    const int Interrupted = 130;

    // What is under way ends at its next safe place; after this it is cut off.
    static readonly TimeSpan PatienceAfterInterrupt = TimeSpan.FromSeconds(30);

    /// <summary>Which database every command works on.</summary>
    public static Option<string?> Database { get; } = new("--database")
    {
        Description = "The database: a path, or a connection string. Without it ConnectionStrings__Forum, else data/forum.db beside the program.",
        HelpName = "path or connection string",
        Recursive = true,
    };

    static Command[] Commands() =>
    [
        new ServeCommand(),
        new SeedCommand(),
        new UserCommand(),
        new ImportCommand(),
        new VerifyCommand(),
        new ReputationCommand(),
        new BadgesCommand(),
        new RelatedCommand(),
        new SpamCommand(),
        new VotesCommand(),
        new TagsCommand(),
        new CareCommand(),
        new RenderCommand(),
        new StatisticsCommand(),
    ];

    /// <summary>Does what the arguments say and returns the exit code.</summary>
    public static async Task<int> Run(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        var parse = Parse(args);
        var isServer = parse.CommandResult.Command is RootCommand or ServeCommand;
        // Beside a server a command has the processor time that requests leave. A caller with an output of its own is no process of ours.
        if (!isServer && output is null)
        {
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
        }

        var to = new InvocationConfiguration
        {
            Output = output ?? Console.Out,
            Error = error ?? Console.Error,
            EnableDefaultExceptionHandler = false,
            // The web host hears Ctrl-C itself and ends requests in their time.
            ProcessTerminationTimeout = isServer ? null : PatienceAfterInterrupt,
        };
        if (parse.Errors.Count > 0)
        {
            foreach (var wrong in parse.Errors)
                await to.Error.WriteLineAsync(wrong.Message);
            await to.Error.WriteLineAsync("'help' lists what there is.");
            return WrongUse;
        }

        try
        {
            return await parse.InvokeAsync(to);
        }
        catch (OperationCanceledException)
        {
            await to.Error.WriteLineAsync("Stopped.");
            return Interrupted;
        }
        catch (Exception wrong) when (Sentences(wrong) is { } sentences)
        {
            foreach (var sentence in sentences)
                await to.Error.WriteLineAsync(sentence);
            return WrongUse;
        }
    }

    /// <summary>What the arguments say.</summary>
    internal static ParseResult Parse(params string[] args) => Root().Parse(args);

    static RootCommand Root()
    {
        var root = new RootCommand("Forum: questions and answers for a community of your own. Without a command it serves the site.") { Database };
        foreach (var command in Commands())
            root.Add(command);
        root.Add(new HelpCommand(root));
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(ServeCommand.Serve);
        return root;
    }

    // The console speaks English; the words are those of the pages.
    static IEnumerable<string>? Sentences(Exception wrong)
    {
        var words = new Words(System.Text.Encodings.Web.HtmlEncoder.Default).In(Cultures.English);
        return wrong switch
        {
            WrongUseException => [wrong.Message],
            ValidationException invalid => invalid.Errors.Select(e => $"{e.PropertyName}: {words[e.ErrorCode, e.CustomState as object?[] ?? []]}"),
            RefusedException { Refusal: var refusal } => [words[refusal.Code, refusal.Arguments]],
            ConflictException { Refusal: var refusal } => [words[refusal.Code, refusal.Arguments]],
            NotFoundException => ["There is no such thing."],
            DbException or IOException or UnauthorizedAccessException => [wrong.Message],
            _ => null,
        };
    }
}

/// <summary>The command cannot be done as it was given; the message is the one line that says why.</summary>
sealed class WrongUseException(string line) : Exception(line);
