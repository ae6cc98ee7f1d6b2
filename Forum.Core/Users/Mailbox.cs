namespace Forum.Core.Users;

/// <summary>
/// Which mailbox an e-mail address reaches: one can be written in many ways. Two strengths: what is only shown to moderators may go too
/// far, what decides about somebody may not. Pure.
/// </summary>
public static class Mailbox
{
    // All of a Google mailbox's addresses arrive without their dots, and at either name of the host.
    private const string Google = "gmail.com";

    // Providers that deliver name+anything@ to name@.
    private static readonly string[] WithTags =
        ["outlook.com", "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com", "pm.me", "fastmail.com", "zoho.com", "yandex.com", "yandex.ru"];

    /// <summary>
    /// The mailbox that an address <em>probably</em> reaches, without what follows a plus sign wherever it is: what moderators compare accounts by
    /// (docs/rules/insight.md, section 4). Null when it is no address. Kept in <c>accounts.mailbox</c>; the migration 0020 says the same in SQL.
    /// </summary>
    public static string? Probable(string? email)
    {
        var address = (email ?? "").Trim().ToLowerInvariant();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at < 1)
            return null;

        var (name, host) = (Before(address[..at], '+'), address[(at + 1)..]);
        return IsGoogle(host) ? OfGoogle(name) : $"{name}@{host}";
    }

    /// <summary>
    /// The mailbox that an address reaches for <em>certain</em>, because its provider is known to leave out tags: what is known again of those who
    /// left (docs/rules/departures.md). Null when it is no address.
    /// </summary>
    public static string? Certain(string? email)
    {
        var address = AccountKeys.Of(email);
        var at = address.LastIndexOf('@');
        if (at < 1)
            return null;

        var (name, host) = (address[..at], address[(at + 1)..]);
        return host switch
        {
            _ when IsGoogle(host) => OfGoogle(Before(name, '+')),
            _ when WithTags.Contains(host) => $"{Before(name, '+')}@{host}",
            _ when host.StartsWith("yahoo.", StringComparison.Ordinal) => $"{Before(name, '-')}@{host}",
            _ => address,
        };
    }

    private static bool IsGoogle(string host) => host is Google or "googlemail.com";

    private static string OfGoogle(string name) => $"{name.Replace(".", "", StringComparison.Ordinal)}@{Google}";

    // A mark that the name begins with is part of it.
    private static string Before(string name, char mark) => name.IndexOf(mark, StringComparison.Ordinal) is var at and > 0 ? name[..at] : name;
}
