using System.Diagnostics;
using System.Net;
using Forum.Tests.Support;

namespace Forum.Tests.Badges;

/// <summary>A server that dies between what earns a badge and its award.</summary>
public sealed class KilledServerTests
{
    private const int Rounds = 3;

    [Test]
    public async Task After_a_restart_the_badge_is_there_once()
    {
        await using var site = new TestSite();
        site.Clock.Set(DateTimeOffset.UtcNow);
        var people = new List<long>();
        for (var round = 0; round < Rounds; round++)
            people.Add(await site.Forum.Make.User());

        var unseen = 0;
        foreach (var someone in people)
        {
            var session = await site.SessionOf(someone);
            using var server = await Server.Start(site.Forum.Database.Path);
            using var client = server.Client(session);
            // Right after a look for badges, the next is almost a second away.
            await Until(site, "select count(*) from jobs where name = 'badges-daily'", 1);

            var saved = await client.Fill($"/users/{someone}/edit", ("About", "Brews beer and writes about it."));
            server.Kill();

            Assert.That(saved.Status, Is.EqualTo(HttpStatusCode.Redirect), saved.Summary);
            unseen += await BadgeTests.Held(site.Forum, someone, "Autobiographer") == 0 ? 1 : 0;
        }

        using (await Server.Start(site.Forum.Database.Path))
            await Until(site, "select count(*) from inbox where kind = 'badge'", Rounds);

        foreach (var someone in people)
            Assert.That(await BadgeTests.Held(site.Forum, someone, "Autobiographer"), Is.EqualTo(1));
        Assert.That(await site.Forum.Value<int>("select count(*) from inbox where kind = 'badge'"), Is.EqualTo(Rounds));
        Assert.That(unseen, Is.GreaterThan(0), "The server was never killed before it had awarded.");
        await BadgeTests.Counted(site.Forum);
    }

    // Another process works towards it: there is nothing here to wait on but what it wrote.
    private static async Task Until(TestSite site, string sql, int expected)
    {
        for (var patience = Stopwatch.StartNew(); await site.Forum.Value<int>(sql) < expected;)
        {
            Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromMinutes(2)), sql);
            await Task.Yield();
        }
    }

    private sealed class Server(Process process, Uri address) : IDisposable
    {
        public static async Task<Server> Start(string database)
        {
            const string Listening = "Now listening on: ";
            var web = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "Forum.Web"));
            var process = Process.Start(new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    Path.Combine(AppContext.BaseDirectory, "Forum.Web.dll"), "serve", "--database", database, "--urls", "http://127.0.0.1:0", "--contentRoot", web,
                },
                Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["DOTNET_ENVIRONMENT"] = "Production" },
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                    return new Server(process, new Uri(line[(at + Listening.Length)..].Trim()));
            }

            throw new AssertionException($"The server did not start: {await process.StandardError.ReadToEndAsync()}");
        }

        public SiteClient Client(string session)
        {
            var cookies = new CookieContainer();
            cookies.Add(address, new Cookie("forum.session", session, "/"));
            return new SiteClient(new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = address }, "en");
        }

        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose()
        {
            if (!process.HasExited)
                Kill();
            process.Dispose();
        }
    }
}
