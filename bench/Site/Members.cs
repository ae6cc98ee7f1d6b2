using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Forum.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Forum.Bench.Site;

/// <summary>Somebody who is signed in.</summary>
/// <param name="Id">Whose session it is.</param>
/// <param name="Cookie">The session's cookies as a request sends them.</param>
/// <param name="Token">Goes with every form of the session, against forgery.</param>
sealed record Member(long Id, string Cookie, string Token);

/// <summary>Gives seeded people accounts, and signs them in as people do: through the form.</summary>
static partial class Members
{
    // What it takes to vote, comment and answer anywhere, under any preset.
    const int Reputation = 125;

    // As the site has them: a hash with fewer would be made anew at the first sign-in.
    const int Iterations = 210_000;

    const string TokenField = "__RequestVerificationToken";

    /// <summary>Gives people accounts with a password of this run. While no server runs, or beside one.</summary>
    /// <returns>Their ids and the password.</returns>
    public static (IReadOnlyList<long> Ids, string Password) Prepare(string database, int count)
    {
        var password = Guid.NewGuid().ToString("N");
        var hash = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations })).HashPassword(new Account(), password);
        using var connection = SeededDatabase.Open(database, SqliteOpenMode.ReadWrite);
        // The best known would be in everybody's way: half the votes go to them.
        var ids = connection.Read(
            "select id from users where id > 0 and reputation >= @p0 and suspended_until is null and removed_at is null order by reputation, id limit @p1", r => r.GetInt64(0), Reputation, count);
        if (ids.Count == 0)
            throw new WrongUseException($"Nobody in {database} has {Reputation} reputation: more --questions are needed.");

        connection.Execute("begin immediate");
        foreach (var id in ids)
        {
            connection.Execute(
                """
                insert into accounts (user_id, sign_in_name, sign_in_key, password_hash, security_stamp)
                values (@p0, @p1, @p1, @p2, @p3)
                on conflict (user_id) do update set password_hash = excluded.password_hash, failed_sign_ins = 0, lockout_ends_at = null
                """,
                id, Name(id), hash, Guid.NewGuid().ToString("N"));
        }

        connection.Execute("commit");
        return (ids, password);
    }

    /// <summary>Signs them in.</summary>
    public static async Task<IReadOnlyList<Member>> SignIn(ServerProcess server, (IReadOnlyList<long> Ids, string Password) prepared, CancellationToken token)
    {
        var members = new Member[prepared.Ids.Count];
        await Parallel.ForAsync(0, members.Length, token, async (i, stop) => members[i] = await SignIn(server.Address, prepared.Ids[i], prepared.Password, stop));
        return members;
    }

    static async Task<Member> SignIn(Uri site, long id, string password, CancellationToken token)
    {
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = site };
        var form = await client.GetStringAsync("/account/sign-in", token);
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Input.Name"] = Name(id), ["Input.Password"] = password, ["Input.Remember"] = "true",
            [TokenField] = Value(form, TokenField), ["_key"] = Value(form, "_key"),
        });
        using var answer = await client.PostAsync("/account/sign-in", fields, token);
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"Member {id} could not sign in: {(int)answer.StatusCode}."));

        // The token of a session differs from that of a visitor; any page with a form has it.
        var page = await client.GetStringAsync("/questions/ask", token);
        return new Member(id, cookies.GetCookieHeader(site), Value(page, TokenField));
    }

    /// <summary>The value of a hidden field, the first of its name.</summary>
    public static string Value(string page, string field)
    {
        foreach (Match input in Inputs().Matches(page))
        {
            if (input.Value.Contains($"name=\"{field}\"", StringComparison.Ordinal) && Values().Match(input.Value) is { Success: true } value)
                return WebUtility.HtmlDecode(value.Groups["value"].Value);
        }

        throw new IOException($"A page has no field '{field}'.");
    }

    static string Name(long id) => string.Create(CultureInfo.InvariantCulture, $"bench-{id}");

    [GeneratedRegex("<input [^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Inputs();

    [GeneratedRegex("value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Values();
}
