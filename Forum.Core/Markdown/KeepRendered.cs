using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Markdown;

/// <summary>After the start of a server with a newer renderer: renders again what an older one made, some at a time beside people's work.</summary>
public sealed class KeepRendered(IServiceScopeFactory scopes, ILogger<KeepRendered> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var rendered = await scope.ServiceProvider.GetRequiredService<ISender>().Send(new RenderStale(), stoppingToken);
            if (rendered > 0)
                log.LogInformation("Rendered {Count} texts again with version {Version} of the renderer.", rendered, MarkdownRenderer.Version);
        }
        catch (OperationCanceledException)
        {
            // The rest is rendered after the next start.
        }
        catch (Exception e)
        {
            log.LogError(e, "Old texts could not be rendered again; the command 'render' does it too.");
        }
    }
}
