using System.Diagnostics;
using System.Net;

namespace Forum.Tests.Support;

/// <summary>The program serving a database in a process of its own, which can be killed.</summary>
internal sealed class ServerProcess(Process process, Uri address, IReadOnlyList<string> said) : IDisposable
{
    /// <summary>What was on the console before it listened.</summary>
    public IReadOnlyList<string> Said => said;

    public static async Task<ServerProcess> Start(string database)
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
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                return new ServerProcess(process, new Uri(line[(at + Listening.Length)..].Trim()), said);
            said.Add(line);
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
