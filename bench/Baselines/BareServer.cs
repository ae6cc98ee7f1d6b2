using System.CommandLine;
using Microsoft.AspNetCore.Http.Features;

namespace Forum.Bench.Baselines;

/// <summary>
/// <b>bare</b>: Kestrel as Forum.Web has it, giving the bytes and headers of recorded responses from memory, and nothing else.
/// No page of a site can be faster than this.
/// </summary>
static class BareServer
{
    /// <summary>The hidden command's name.</summary>
    public const string Name = "serve-bare";

    static readonly Option<string> File = new("--recorded") { Required = true };
    static readonly Option<string> Urls = new("--urls") { Required = true };

    /// <summary>The hidden command.</summary>
    public static Command Command()
    {
        var command = new Command(Name) { File, Urls };
        command.Hidden = true;
        command.SetAction((parse, token) => Serve(parse.GetRequiredValue(File), parse.GetRequiredValue(Urls), token));
        return command;
    }

    static async Task Serve(string file, string urls, CancellationToken token)
    {
        var answers = Recorded.Read(file).ToDictionary(r => r.Path, r => (Headers: r.Headers.ToArray(), r.Body), StringComparer.Ordinal);
        await using var app = Baseline.Builder(urls).Build();
        app.Run(async context =>
        {
            var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            if (!answers.TryGetValue(path, out var answer))
            {
                context.Response.StatusCode = path == Baseline.Health ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
                return;
            }

            foreach (var (name, value) in answer.Headers)
                context.Response.Headers[name] = value;
            context.Response.ContentLength = answer.Body.Length;
            await context.Response.BodyWriter.WriteAsync(answer.Body, context.RequestAborted);
        });
        await app.RunAsync(token);
    }
}
