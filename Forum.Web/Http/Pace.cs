using System.Globalization;
using System.Threading.RateLimiting;
using Forum.Core;
using Forum.Core.Settings;
using Forum.Web.Pages.Errors;
using Microsoft.AspNetCore.RateLimiting;

namespace Forum.Web.Http;

/// <summary>
/// How often one person (signed out: one address) may write, search and register; more is 429. The numbers are settings
/// (docs/rules/limits.md); 0 switches a limit off. Each node counts for itself: the limits are there against floods, not for accounting.
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
            if (IsRegistration(rejected.HttpContext.Request))
                ErrorModel.Because(rejected.HttpContext, StatusCodes.Status429TooManyRequests, new Refusal("accounts.too-many-registrations"));
            else if (IsSearch(rejected.HttpContext.Request))
                ErrorModel.Because(rejected.HttpContext, StatusCodes.Status429TooManyRequests, new Refusal("search.too-many"));
            return ValueTask.CompletedTask;
        };
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            Limit("writes", TimeSpan.FromMinutes(1), limits => limits.WritesPerMinute, request => HttpMethods.IsPost(request.Method) && !Is(request, "/preview") && !IsSuggestion(request)),
            Limit("searches", TimeSpan.FromMinutes(1), limits => limits.SearchesPerMinute, IsSearch),
            Limit("suggestions", TimeSpan.FromMinutes(1), limits => limits.SuggestionsPerMinute, IsSuggestion),
            Limit("registrations", TimeSpan.FromHours(1), limits => limits.RegistrationsPerHour, IsRegistration));
    }

    /// <summary>Whether any limit counts the request.</summary>
    public static bool Concerns(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) || IsSearch(context.Request) || IsSuggestion(context.Request);

    // Routes are found with a slash at their end as well.
    static bool Is(HttpRequest request, string path) => string.Equals(request.Path.Value?.TrimEnd('/'), path, StringComparison.OrdinalIgnoreCase);

    static bool IsSearch(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.QueryString.HasValue && Is(request, "/search");

    static bool IsSuggestion(HttpRequest request) => Is(request, "/questions/similar") || Is(request, "/tags/complete");

    // Carrying a form to the page of registration only shows it.
    static bool IsRegistration(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && Is(request, "/account/register") && !request.Query.ContainsKey("handler");

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
        context.RequestServices.GetRequiredService<CurrentUser>().Id?.ToString(CultureInfo.InvariantCulture) ?? Network(context.Connection.RemoteIpAddress);

    // One household has one IPv6 network of 64 bits, and more addresses in it than there are atoms to count.
    static string Network(System.Net.IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.MapToIPv4().ToString(),
    };
}
