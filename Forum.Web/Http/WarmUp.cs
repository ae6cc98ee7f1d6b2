using System.Text.RegularExpressions;
using Forum.Core.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Forum.Web.Http;

/// <summary>
/// Looks at a few pages as soon as the site listens, so that the first visitors do not wait for what is compiled when it is first
/// used: a third of a second of work. It does not say what it is, so it counts as nobody's view.
/// </summary>
sealed partial class WarmUp(IServer server, IHostApplicationLifetime lifetime, SettingsStore settings, ILogger<WarmUp> log) : BackgroundService
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var listening = lifetime.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            if (Here() is { } here)
                await Look(here, stoppingToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The pages are there all the same, a little slower at first.
            log.LogDebug(e, "The site could not be warmed up.");
        }
    }

    Uri? Here()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return addresses
            .Select(address => address.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)
                .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal))
            .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var here) ? here : null)
            .FirstOrDefault(here => here?.Scheme == Uri.UriSchemeHttp);
    }

    async Task Look(Uri here, CancellationToken token)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = here, Timeout = Patience };
        // Only the site's own name may be answered.
        client.DefaultRequestHeaders.Host = settings.Current.PublicUrl.Authority;
        var home = await client.GetStringAsync("/", token);
        if (Question().Match(home) is { Success: true, Value: var question })
            await client.GetStringAsync(question, token);
        await client.GetStringAsync("/account/sign-in", token);
    }

    [GeneratedRegex("(?<=href=\")/questions/[0-9]+/[^\"]*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Question();
}
