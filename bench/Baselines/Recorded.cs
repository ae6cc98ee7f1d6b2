using System.Text.Json;
using Forum.Bench.Load;

namespace Forum.Bench.Baselines;

/// <summary>A response of the real site, to be given again.</summary>
/// <param name="Path">What was asked for.</param>
/// <param name="Headers">All headers but those the server writes itself.</param>
/// <param name="Body">The bytes.</param>
sealed record Recorded(string Path, Dictionary<string, string> Headers, byte[] Body)
{
    // Kestrel writes these, and does for the real site too.
    static readonly string[] Own = ["Date", "Transfer-Encoding", "Content-Length", "Connection", "Server", "Set-Cookie"];

    /// <summary>Asks the site for each target once.</summary>
    public static async Task<List<Recorded>> Of(Uri site, IEnumerable<Target> targets, CancellationToken token)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = site };
        var all = new List<Recorded>();
        foreach (var target in targets)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target.Path);
            foreach (var (name, value) in target.Headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await client.SendAsync(request, token);
            if (!answer.IsSuccessStatusCode)
                throw new IOException($"{target.Path} was answered with {(int)answer.StatusCode}.");

            var headers = answer.Headers.Concat(answer.Content.Headers)
                .Where(header => !Own.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            all.Add(new Recorded(target.Path, headers, await answer.Content.ReadAsByteArrayAsync(token)));
        }

        return all;
    }

    /// <summary>Keeps them for another process.</summary>
    public static void Write(string file, IReadOnlyList<Recorded> all) => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(all));

    /// <summary>Those that another process kept.</summary>
    public static List<Recorded> Read(string file) => JsonSerializer.Deserialize<List<Recorded>>(File.ReadAllBytes(file))!;
}
