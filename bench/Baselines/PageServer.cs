using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Forum.Bench.Site;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.WebEncoders;

namespace Forum.Bench.Baselines;

/// <summary>
/// <b>page</b>: a plain Razor Pages application that makes the markup of a question's page from a model in memory, in English,
/// with no database, no rules, no sign-in. What Razor costs when nothing else is done.
/// </summary>
static class PageServer
{
    /// <summary>The hidden command's name.</summary>
    public const string Name = "serve-page";

    static readonly Option<string> Database = new("--database") { Required = true };
    static readonly Option<string> Recording = new("--recorded") { Required = true };
    static readonly Option<string> Urls = new("--urls") { Required = true };
    static readonly Option<long[]> Ids = new("--ids") { Required = true, AllowMultipleArgumentsPerToken = true };

    /// <summary>What an address ends in that asks for the page as somebody sees it who is signed in.</summary>
    public const string SignedQuery = "?signed=1";

    /// <summary>Starts it with the models of some questions.</summary>
    public static Task<ServerProcess> Start(BenchOptions options, string database, string recorded, IEnumerable<long> questions, CancellationToken token) =>
        Baseline.Start(
            options, Name, ["--database", database, "--recorded", recorded, "--ids", .. questions.Select(id => id.ToString(CultureInfo.InvariantCulture))], token);

    /// <summary>The cookie of its antiforgery tokens.</summary>
    public static async Task<string> Cookie(ServerProcess page, string path, CancellationToken token)
    {
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { CookieContainer = cookies };
        using var client = new HttpClient(handler) { BaseAddress = page.Address };
        await client.GetStringAsync(path + SignedQuery, token);
        return cookies.GetCookieHeader(page.Address);
    }

    /// <summary>The hidden command.</summary>
    public static Command Command()
    {
        var command = new Command(Name) { Database, Recording, Urls, Ids };
        command.Hidden = true;
        command.SetAction((parse, token) => Serve(parse, token));
        return command;
    }

    static async Task Serve(ParseResult parse, CancellationToken token)
    {
        var builder = Baseline.Builder(parse.GetRequiredValue(Urls));
        builder.Services.AddSingleton<IReadOnlyDictionary<long, Thread>>(Threads.Read(parse.GetRequiredValue(Database), parse.GetRequiredValue(Ids)));
        builder.Services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAntiforgery(antiforgery => antiforgery.SuppressXFrameOptionsHeader = true);
        builder.Services.AddRazorPages(pages => pages.RootDirectory = "/Baselines/Pages");
        await using var app = builder.Build();
        // The site's own headers, whatever they are today; what a cache says of itself is not among them.
        var headers = Recorded.Read(parse.GetRequiredValue(Recording))[0].Headers.Where(header => header.Key is not ("Content-Type" or "ETag" or "Age" or "Cache-Control")).ToArray();
        app.Use(next => context =>
        {
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            return next(context);
        });
        app.MapGet(Baseline.Health, () => "");
        app.MapRazorPages();
        await app.RunAsync(token);
    }
}
