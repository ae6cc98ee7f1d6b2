using System.Collections.Concurrent;
using Forum.Core;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Microsoft.AspNetCore.Http.Features;

namespace Forum.Web.Http;

/// <summary>
/// Renders a stranger's page once for all who ask for it meanwhile, and keeps it while nothing on it changes. Whoever came after a
/// change never gets what was begun before it.
/// </summary>
sealed class KeepPages(RequestDelegate next, KeptPages kept, Generations generations, SettingsStore settings, ViewCounter views, TimeProvider clock)
{
    readonly ConcurrentDictionary<PageKey, Rendering> renderings = new();

    public async Task Invoke(HttpContext context)
    {
        if (context.Features.Get<AskedPage>() is not { } asked
            || context.GetEndpoint()?.Metadata.GetMetadata<KeptAttribute>()?.Knows(context.Request.Query) != true
            || PageAgain.WantsText(context.Request))
        {
            await next(context);
            return;
        }

        // The pipeline may run again for this request, for the page of an error.
        context.Features.Set<AskedPage>(null);
        var mine = new Rendering(generations.Current);
        var first = renderings.GetOrAdd(asked.Key, mine);
        if (first != mine)
        {
            var shared = await first.Made.WaitAsync(context.RequestAborted);
            if (shared is not null && (shared.IsCurrent(generations) || shared.Since == asked.Arrived))
            {
                await Show(context, shared);
                return;
            }

            // It changed meanwhile, or is not to be kept: nobody waits twice.
            mine = new Rendering(generations.Current);
            if (!renderings.TryAdd(asked.Key, mine))
            {
                await next(context);
                return;
            }
        }

        await Lead(context, asked.Key, mine);
    }

    async Task Lead(HttpContext context, PageKey key, Rendering mine)
    {
        try
        {
            // Somebody may have been faster between our look and our turn.
            if (kept.Find(key) is { } page)
            {
                mine.Done(page);
                await Show(context, page);
                return;
            }

            using var body = new MemoryStream();
            page = await Render(context, key, mine.Since, body);
            if (page is not null && page.IsCurrent(generations))
                kept.Add(page);
            mine.Done(page);
            if (page is not null)
                await page.Answer(context);
            else if (body.Length > 0)
                await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
        }
        finally
        {
            renderings.TryRemove(new(key, mine));
            mine.Done(null);
        }
    }

    async Task<KeptPage?> Render(HttpContext context, PageKey key, long since, MemoryStream body)
    {
        var server = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var written = new StreamResponseBodyFeature(body);
        var shown = new ShownPage();
        context.Features.Set<IHttpResponseBodyFeature>(written);
        context.Features.Set(shown);
        try
        {
            await next(context);
            await written.CompleteAsync();
        }
        finally
        {
            context.Features.Set(server);
            context.Features.Set<ShownPage>(null);
        }

        var limits = settings.Current.PageCache;
        return IsForEverybody(context) && shown.Tags.Count > 1 && body.Length > 0 && body.Length <= limits.PageBytes
            ? new KeptPage(key, body.ToArray(), since, [.. shown.Tags], Earlier(clock.GetUtcNow() + limits.Lifetime, shown.Until), shown.Viewed)
            : null;
    }

    static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;

    // What a page promises by its mark is looked at all the same: a page shown to the wrong person is not to be had back.
    static bool IsForEverybody(HttpContext context)
    {
        var (response, headers) = (context.Response, context.Response.Headers);
        return response.StatusCode == StatusCodes.Status200OK
            && !response.HasStarted
            && headers.SetCookie.Count == 0
            && headers.CacheControl.Count == 0
            && headers.Location.Count == 0
            && response.ContentType == "text/html; charset=utf-8"
            && context.User.Identity is not { IsAuthenticated: true }
            && !context.RequestServices.GetRequiredService<CurrentUser>().IsSignedIn;
    }

    Task Show(HttpContext context, KeptPage page)
    {
        if (page.Viewed is { } question)
            views.Count(context, question, null);
        return page.Answer(context);
    }

    /// <summary>A rendering that others wait for.</summary>
    sealed class Rendering(long since)
    {
        readonly TaskCompletionSource<KeptPage?> made = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The newest change before it began.</summary>
        public long Since => since;

        /// <summary>The page, or null when it is for nobody else.</summary>
        public Task<KeptPage?> Made => made.Task;

        public void Done(KeptPage? page) => made.TrySetResult(page);
    }
}
