using System.IO.Compression;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Forum.Core.Markdown;
using Forum.Core.Settings;
using Forum.Web.Accounts;
using Forum.Web.Languages;
using Forum.Web.Pages.Help;
using Forum.Web.Pages.Questions;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace Forum.Web.Http;

/// <summary>Everything between the socket and the pages: languages, assets, forms, errors, headers.</summary>
public static class WebModule
{
    /// <summary>Registers the pages and what they stand on.</summary>
    public static WebApplicationBuilder AddForumWeb(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton<MarkdownRenderer>();
        services.AddSingleton<Assets>();
        services.AddSingleton<Parts>();
        services.AddSingleton(new Singletons(services));
        services.AddSingleton<PageResultExecutor, WritePages>();
        services.AddSingleton<Words>();
        services.AddSingleton<BegunForms>();
        services.AddSingleton<Texts>();
        services.AddSingleton<Site>();
        services.AddSingleton<KeptPages>();
        services.AddHttpContextAccessor();
        services.AddScoped<CarriedForm.Keeper>();
        services.AddSingleton<PreviewPace>();
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        services.AddOptions<KestrelServerOptions>().Configure<SettingsStore>((kestrel, settings) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.Current.Limits.RequestBytes;
        });
        services.AddOptions<FormOptions>().Configure<SettingsStore>((form, settings) =>
        {
            form.ValueLengthLimit = settings.Current.Limits.RequestBytes;
            form.BufferBodyLengthLimit = settings.Current.Limits.RequestBytes;
            form.MultipartBodyLengthLimit = settings.Current.Limits.RequestBytes;
        });
        // A third of the bytes for 37 µs a page; forms' tokens are masked anew with each page (docs/decisions/0010-pages-go-out-compressed.md).
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html"];
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddAuthorization();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "forum.form";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services
            .AddRazorPages(pages =>
            {
                foreach (var text in TextModel.AtTheRoot)
                    pages.Conventions.AddPageRoute("/Help/Text", text);
                // PostedForms checks the token itself, so that a form whose token is too old comes back filled.
                pages.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute());
                pages.Conventions.ConfigureFilter(new LooksEnd());
                pages.Conventions.ConfigureFilter(new PostedForms());
                pages.Conventions.ConfigureFilter(new Traps());
                pages.Conventions.ConfigureFilter(new RefusalsBecomePageErrors());
            })
            .AddMvcOptions(mvc =>
            {
                mvc.ModelValidatorProviders.Clear();
                mvc.MaxModelBindingCollectionSize = 200;
                BindingMessages.Translate(mvc.ModelBindingMessageProvider);
            });
        // FluentValidation is the only voice: nothing is required because its type is not nullable.
        services.Configure<MvcOptions>(mvc => mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true);
        services.PostConfigure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.Events.OnRedirectToLogin = redirect => PostedForms.Challenge(redirect.HttpContext);
            cookie.Events.OnRedirectToAccessDenied = redirect =>
            {
                redirect.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        services.AddRateLimiter(Pace.Configure);
        services.AddHealthChecks();
        services.Configure<ForwardedHeadersOptions>(forwarded => TrustProxies(forwarded, builder.Configuration));
        return builder;
    }

    /// <summary>Puts the middleware in order and maps what is not a page of the forum.</summary>
    public static WebApplication UseForumWeb(this WebApplication app)
    {
        var pseudo = !app.Environment.IsProduction();
        // Who looks is known by their address, which is the proxy's own unless it says whose.
        if (app.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.ForwardedHeaders != ForwardedHeaders.None)
            app.UseForwardedHeaders();
        app.UseMiddleware<ServeAssets>();
        app.UseMiddleware<ServeKept>();
        app.UseResponseCompression();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<LastResort>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/errors/500",
            StatusCodeSelector = thrown => thrown is Microsoft.AspNetCore.Http.BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            AllowStatusCode404Response = true,
        });
        app.UseStatusCodePagesWithReExecute("/errors/{0}");
        app.UseMiddleware<ReadForms>();
        app.UseMiddleware<CarriedForms>();
        app.UseRouting();
        app.UseMiddleware<KeepPages>();
        app.UseAuthentication();
        app.UseCurrentUser();
        app.UseRequestLocalization(Cultures.Options(pseudo));
        // Nearly all requests are reading, which nothing counts.
        app.UseWhen(Pace.Concerns, limited => limited.UseRateLimiter());
        app.UseAuthorization();
        app.MapAssets();
        app.MapSearch();
        app.MapHealthChecks("/health/live");
        app.MapPermalinks();
        // Where this page was once.
        app.MapGet("/moderation/votes", () => Results.Redirect("/mod/votes", permanent: true));
        app.MapRazorPages();
        return app;
    }

    static void TrustProxies(ForwardedHeadersOptions forwarded, ConfigurationManager configuration)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        var proxies = configuration.GetSection("Proxies").Get<string[]>() ?? [];
        foreach (var proxy in proxies)
            if (proxy.Contains('/', StringComparison.Ordinal))
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            else
                forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        // With nobody to trust, the headers are anybody's claim.
        forwarded.ForwardedHeaders = proxies.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
    }
}
