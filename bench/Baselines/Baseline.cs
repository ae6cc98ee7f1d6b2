using Forum.Bench.Site;

namespace Forum.Bench.Baselines;

/// <summary>What the baseline servers share: the bench started again, under the runtime settings of Forum.Web, with its Kestrel.</summary>
static class Baseline
{
    /// <summary>Where baselines say that they are up.</summary>
    public const string Health = "/health/live";

    const int RequestBytes = 1_000_000;

    /// <summary>Starts this program with a hidden command.</summary>
    public static Task<ServerProcess> Start(BenchOptions options, string command, string[] arguments, CancellationToken token) =>
        ServerProcess.Start(
            command,
            ["exec", "--runtimeconfig", Path.ChangeExtension(options.Server, ".runtimeconfig.json"), typeof(Baseline).Assembly.Location, command, .. arguments],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["DOTNET_ENVIRONMENT"] = "Production" },
            Health,
            token);

    /// <summary>A web application with the server's settings.</summary>
    public static WebApplicationBuilder Builder(string urls)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBytes;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        return builder;
    }
}
