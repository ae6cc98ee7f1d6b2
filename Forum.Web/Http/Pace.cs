using System.Globalization;
using System.Threading.RateLimiting;
using Forum.Core;
using Forum.Core.Paces;
using Forum.Core.Settings;
using Microsoft.AspNetCore.RateLimiting;

namespace Forum.Web.Http;

/// <summary>
/// How often one person (signed out: one address) may write and have words offered, whatever it is; more is 429. The numbers are settings
/// (docs/rules/limits.md); 0 switches a limit off. What is counted by what it is, Core counts (Forum.Core/Paces). Each node counts for itself: the limits are there against floods, not for accounting.
/// </summary>
static class Pace
{
    const int Segments = 6;

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            Limit("writes", TimeSpan.FromMinutes(1), limits => limits.WritesPerMinute, request => HttpMethods.IsPost(request.Method) && !Is(request, "/preview") && !IsSuggestion(request)),
            Limit("suggestions", TimeSpan.FromMinutes(1), limits => limits.SuggestionsPerMinute, IsSuggestion));
    }

    /// <summary>Whether any limit counts the request.</summary>
    public static bool Concerns(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) || IsSuggestion(context.Request);

    // Routes are found with a slash at their end as well.
    static bool Is(HttpRequest request, string path) => string.Equals(request.Path.Value?.TrimEnd('/'), path, StringComparison.OrdinalIgnoreCase);

    static bool IsSuggestion(HttpRequest request) => Is(request, "/questions/similar") || Is(request, "/tags/complete");

    static PartitionedRateLimiter<HttpContext> Limit(string name, TimeSpan window, Func<LimitSettings, int> most, Func<HttpRequest, bool> counts) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
        {
            var permits = most(context.RequestServices.GetRequiredService<SettingsStore>().Current.Limits);
            return permits <= 0 || !counts(context.Request)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetSlidingWindowLimiter(string.Create(CultureInfo.InvariantCulture, $"{name} {permits} {Who(context)}"), _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = permits,
                    Window = window,
                    SegmentsPerWindow = Segments,
                    QueueLimit = 0,
                });
        });

    static string Who(HttpContext context) =>
        context.RequestServices.GetRequiredService<CurrentUser>().Id?.ToString(CultureInfo.InvariantCulture)
        ?? (context.Connection.RemoteIpAddress is { } address ? Networks.Near(address) : "");
}
