using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Forum.Core;
using Forum.Core.Markdown;

namespace Forum.Web.Commands;

/// <summary>
/// <c>render</c>: renders again what an older renderer made. <c>--stdin</c> and <c>--jsonl</c> render what is given instead,
/// and need no database unless titles are wanted.
/// </summary>
sealed class RenderCommand : Command
{
    static readonly Option<bool> stdin = new("--stdin") { Description = "Writes the HTML of the one Markdown document on standard input." };

    static readonly Option<bool> jsonl = new("--jsonl") { Description = "Reads a JSON string a line, each a Markdown document, and writes its HTML as a JSON string a line; an empty one where it is refused." };

    static readonly Option<string?> site = new("--site")
    {
        Description = "The Stack Exchange community that the Markdown is from. Bare links to its questions show the titles that --database has, and the habits of its older posts hold.",
        HelpName = "host",
    };

    static readonly Option<MarkdownDialect?> dialect = new("--dialect") { Description = "By whose habits the Markdown is read: PageDown with --site, else CommonMark." };

    static readonly JsonSerializerOptions json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly MarkdownRenderer renderer = new();

    public RenderCommand() : base("render", "Renders again what an older version of the renderer made; or the Markdown that is given.")
    {
        Add(stdin);
        Add(jsonl);
        Add(site);
        Add(dialect);
        SetAction(Render);
    }

    async Task<int> Render(ParseResult parse, CancellationToken token)
    {
        if (parse.GetValue(stdin) && parse.GetValue(jsonl))
            throw new WrongUseException("Choose one of --stdin and --jsonl.");
        if (!parse.GetValue(stdin) && !parse.GetValue(jsonl))
            return await RenderStale(parse, token);

        var hasTitles = parse.GetValue(site) is not null && parse.GetValue(CommandLine.Database) is not null;
        await using var forum = hasTitles ? await Operator.OpenExisting(parse) : null;
        var options = OptionsFor(parse);
        var given = new Given(markdown => forum is null
            ? Task.FromResult(Alone(markdown, options))
            : forum.Send(new RenderText(markdown, options), token));
        var output = parse.InvocationConfiguration.Output;
        var error = parse.InvocationConfiguration.Error;
        return parse.GetValue(stdin) ? await given.One(Console.In, output, error, token) : await given.Lines(Console.In, output, error, token);
    }

    static async Task<int> RenderStale(ParseResult parse, CancellationToken token)
    {
        var output = parse.InvocationConfiguration.Output;
        await using var forum = await Operator.OpenExisting(parse);
        var rendered = await LongWork.Run(output, steps => forum.Send(
            new RenderStale(new Told(step => steps.Report(new Step("Rendering again", step.Done, step.Of)))), token));
        await output.WriteLineAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rendered:N0} texts rendered again."));
        return CommandLine.Fine;
    }

    static MarkdownOptions OptionsFor(ParseResult parse)
    {
        if (parse.GetValue(site) is not { Length: > 0 } host)
            return MarkdownOptions.Post with { Dialect = parse.GetValue(dialect) ?? MarkdownDialect.CommonMark };

        var options = MarkdownOptions.OfSite(host);
        return options with { Dialect = parse.GetValue(dialect) ?? MarkdownDialect.PageDown };
    }

    string Alone(string markdown, MarkdownOptions options)
    {
        var rendered = renderer.Render(markdown, options);
        rendered.Refusal?.Throw();
        return ShownHtml.Show(rendered.Html, new ShownAs { Prefix = "post", HasSecureImages = false });
    }

    /// <summary>Renders what comes in, whatever it is: one broken line does not end the others.</summary>
    internal sealed class Given(Func<string, Task<string>> render)
    {
        public async Task<int> One(TextReader input, TextWriter output, TextWriter error, CancellationToken token)
        {
            try
            {
                await output.WriteAsync(await render(await input.ReadToEndAsync(token)));
                return CommandLine.Fine;
            }
            catch (RefusedException refused)
            {
                await error.WriteLineAsync(refused.Refusal.Code);
                return CommandLine.FoundSomething;
            }
        }

        public async Task<int> Lines(TextReader input, TextWriter output, TextWriter error, CancellationToken token)
        {
            var found = CommandLine.Fine;
            for (var number = 1; await input.ReadLineAsync(token) is { } line; number++)
            {
                var html = "";
                try
                {
                    html = await render(JsonSerializer.Deserialize<string>(line) ?? "");
                }
                catch (Exception wrong) when (wrong is RefusedException or JsonException or InvalidOperationException)
                {
                    found = CommandLine.FoundSomething;
                    await error.WriteLineAsync($"line {number}: {(wrong as RefusedException)?.Refusal.Code ?? "not a JSON string"}");
                }

                await output.WriteLineAsync(JsonSerializer.Serialize(html, json));
            }

            return found;
        }
    }

    // System.Progress would report from the pool, out of order.
    sealed class Told(Action<(long Done, long Of)> tell) : IProgress<(long Done, long Of)>
    {
        public void Report((long Done, long Of) value) => tell(value);
    }
}
