using System.Globalization;
using System.Net;
using System.Security.Claims;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Forum.Data;
using Forum.Web.Accounts;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Forum.Tests.Support;

/// <summary>
/// The whole site over HTTP, on a database file of its own with a clock of its own. Signing in takes no password:
/// <c>site.SignedInAs(ada)</c>; the tests of signing in fill the form.
/// </summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly Factory factory;

    /// <param name="configuration">Settings that differ from the defaults: <c>("Forum:Name", "Gardening")</c>.</param>
    public TestSite(params (string Key, string Value)[] configuration) : this(onPort: false, configuration)
    {
    }

    private TestSite(bool onPort, (string Key, string Value)[] configuration, Action<IServiceCollection>? services = null)
    {
        factory = new Factory(Clock, onPort, configuration, services);
        if (onPort)
        {
            // UseKestrel(0) names the port after the program has begun to run, sometimes after it has bound one.
            factory.UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
            factory.StartServer();
        }
        Forum = new TestForum(factory.Services, Clock);
    }

    /// <summary>A site that listens on a free port of this machine, for a browser.</summary>
    public static TestSite OnPort(params (string Key, string Value)[] configuration) => new(onPort: true, configuration);

    /// <summary>A site with something more in it, such as a request that a test holds up.</summary>
    public static TestSite With(Action<IServiceCollection> services, params (string Key, string Value)[] configuration) => new(onPort: false, configuration, services);

    /// <summary>Time, which stands still until a test moves it.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>The forum behind the pages: <c>site.Forum.Make.Question()</c>.</summary>
    public TestForum Forum { get; }

    /// <summary>The site's services.</summary>
    public IServiceProvider Services => factory.Services;

    /// <summary>Where the site listens, when it does.</summary>
    public Uri Address => factory.ClientOptions.BaseAddress;

    /// <summary>A browser without scripts that nobody signed in with. It keeps cookies and does not follow redirects.</summary>
    public SiteClient Anonymous(string language = "en") => new(factory.CreateDefaultClient(factory.ClientOptions.BaseAddress, new Cookies(null)), language);

    /// <summary>The same, signed in.</summary>
    public async Task<SiteClient> SignedInAs(long user, string language = "en")
    {
        var cookie = new Cookie("forum.session", await SessionOf(user));
        return new SiteClient(factory.CreateDefaultClient(factory.ClientOptions.BaseAddress, new Cookies(cookie)), language);
    }

    /// <summary>What the session cookie of a signed-in person holds. Whoever has no account gets one.</summary>
    public async Task<string> SessionOf(long user)
    {
        await Forum.Write(
            """
            insert into accounts (user_id, sign_in_name, sign_in_key, security_stamp)
            values (@user, @name, @name, @stamp)
            on conflict (user_id) do nothing
            """, new { user, name = string.Create(CultureInfo.InvariantCulture, $"test-{user}"), stamp = Guid.NewGuid().ToString("N") });
        var stamp = await Forum.Value<string>("select security_stamp from accounts where user_id = @user", new { user });
        var cookies = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, user.ToString(CultureInfo.InvariantCulture)),
                new Claim(Sessions.Stamp, stamp),
            ],
            IdentityConstants.ApplicationScheme);
        return cookies.TicketDataFormat.Protect(new AuthenticationTicket(new ClaimsPrincipal(identity), IdentityConstants.ApplicationScheme));
    }

    public async ValueTask DisposeAsync()
    {
        await Forum.DisposeAsync();
        await factory.DisposeAsync();
        Directory.Delete(factory.Folder, recursive: true);
    }

    private sealed class Cookies(Cookie? session) : DelegatingHandler
    {
        private readonly CookieContainer container = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!;
            if (session is not null && container.GetCookies(address)[session.Name] is null)
                container.Add(address, new Cookie(session.Name, session.Value, "/"));
            if (container.GetCookieHeader(address) is { Length: > 0 } header)
                request.Headers.Add("Cookie", header);

            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            {
                foreach (var cookie in cookies)
                    container.SetCookies(address, cookie);
            }

            return response;
        }
    }

    private sealed class Factory : WebApplicationFactory<Program>
    {
        private readonly TestClock clock;
        // A test writes faster than people do; the tests of the limits set them.
        private static readonly (string Key, string Value)[] NoPace =
            [("Forum:Limits:WritesPerMinute", "0"), ("Forum:Abuse:RegisterAfter", "00:00:00"), .. TestForum.NoPace];

        private readonly bool delivers;
        private readonly (string Key, string Value)[] configuration;
        private readonly Action<IServiceCollection>? more;

        public Factory(TestClock clock, bool delivers, (string Key, string Value)[] configuration, Action<IServiceCollection>? more)
        {
            (this.clock, this.delivers, this.configuration, this.more) = (clock, delivers, configuration, more);
            File.WriteAllBytes(Path, TestForum.EmptyDatabase.Value);
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("forum-site-").FullName;

        private string Path => System.IO.Path.Combine(Folder, "forum.db");

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            // Like Production, but the pseudo-language is spoken and no first administrator is asked for.
            builder.UseEnvironment("Testing");
            builder.ConfigureAppConfiguration(app => app.AddInMemoryCollection(
                configuration.Concat(NoPace).Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)).DistinctBy(setting => setting.Key)));
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(services =>
            {
                services.Configure<PasswordHasherOptions>(hashes => hashes.IterationCount = 1);
                services.RemoveAll<TimeProvider>();
                services.AddSingleton<TimeProvider>(clock);
                services.ShareFoundPages();
                // A test without a browser says itself when events are delivered: Forum.Settle().
                if (!delivers)
                {
                    foreach (var ours in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.Module == typeof(Program).Module).ToList())
                        services.Remove(ours);
                }

                // Every statement is noted for the test of query plans.
                services.RemoveAll<Database>();
                services.AddSingleton(_ => new Database(Path) { OnStatement = sql => TestForum.Statements.TryAdd(sql, 0) });
                more?.Invoke(services);
            });
        }
    }
}

/// <summary>Somebody at a browser without scripts.</summary>
public sealed class SiteClient(HttpClient http, string language) : IDisposable
{
    private static readonly HtmlParser Parser = new();

    /// <summary>The client underneath, for what the intent methods do not cover.</summary>
    public HttpClient Http { get; } = http;

    /// <summary>Looks at an address.</summary>
    public Task<SitePage> Get(string address) => Send(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Sends fields to an address, with nothing that a form would add.</summary>
    public Task<SitePage> PostRaw(string address, params (string Name, string Value)[] fields) =>
        Send(new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });

    /// <summary>
    /// Fills a form of a page and sends it: its hidden fields and what it held go along, as a browser sends them.
    /// <paramref name="form"/> chooses it by a selector, else it is the page's first posting form in its main part.
    /// </summary>
    public Task<SitePage> Submit(SitePage page, string? form = null, params (string Name, string Value)[] fields)
    {
        var element = page.Form(form);
        var values = SitePage.FieldsOf(element).Where(field => fields.All(given => given.Name != field.Key)).ToList();
        values.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var action = element.GetAttribute("action");
        return Send(new HttpRequestMessage(HttpMethod.Post, string.IsNullOrEmpty(action) ? page.Address.PathAndQuery : action) { Content = new FormUrlEncodedContent(values) });
    }

    /// <summary>Opens the page with a form, fills and sends it.</summary>
    public async Task<SitePage> Fill(string address, params (string Name, string Value)[] fields) => await Submit(await Get(address), null, fields);

    /// <summary>Goes where a redirect leads.</summary>
    public Task<SitePage> Follow(SitePage page) => Get(page.Location ?? throw new AssertionException($"{page.Address} does not redirect: {page.Status}"));

    /// <summary>Sends a request of one's own making.</summary>
    public async Task<SitePage> Send(HttpRequestMessage request)
    {
        if (request.Headers.AcceptLanguage.Count == 0)
            request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new SitePage(
            new Uri(Http.BaseAddress!, request.RequestUri!), response.StatusCode, text, await Parser.ParseDocumentAsync(text),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>An answer of the site.</summary>
public sealed record SitePage(Uri Address, HttpStatusCode Status, string Text, IHtmlDocument Document, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Where it redirects to, as a path on this site.</summary>
    public string? Location => Headers.GetValueOrDefault("Location") is { } location ? new Uri(Address, location).PathAndQuery : null;

    /// <summary>The page's heading.</summary>
    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>What <c>_Summary</c> says.</summary>
    public string Summary => Document.QuerySelector(".f-summary")?.TextContent.Trim() ?? "";

    /// <summary>What the element that a selector finds says.</summary>
    public string Said(string selector) => Document.QuerySelector(selector)?.TextContent.Trim() ?? "";

    /// <summary>The messages at a field.</summary>
    public IReadOnlyList<string> MessagesAt(string name)
    {
        var field = Document.QuerySelector($"[name='{name}']")?.Closest(".f-field");
        return field is null ? [] : [.. field.QuerySelectorAll(".s-input-message").Select(message => message.TextContent.Trim())];
    }

    /// <summary>What a field holds.</summary>
    public string? Value(string name) => Document.QuerySelector($"[name='{name}']") switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlInputElement input => input.Value,
        IHtmlSelectElement select => select.Value,
        _ => null,
    };

    internal IHtmlFormElement Form(string? selector) =>
        (IHtmlFormElement?)Document.QuerySelector(selector ?? "main form[method=post]")
        ?? throw new AssertionException($"{Address} ({(int)Status}) has no form {selector}: {Heading}");

    internal static IEnumerable<KeyValuePair<string, string>> FieldsOf(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            var (name, value) = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => (null, ""),
                IHtmlInputElement { Type: "submit" or "button" or "file" } => (null, ""),
                IHtmlInputElement input => (input.Name, input.Value),
                IHtmlTextAreaElement area => (area.Name, area.Value),
                IHtmlSelectElement select => (select.Name, select.Value),
                _ => (null, ""),
            };
            if (!string.IsNullOrEmpty(name))
                yield return KeyValuePair.Create(name, value ?? "");
        }
    }
}
