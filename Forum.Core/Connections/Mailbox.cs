namespace Forum.Core.Connections;

/// <summary>Whose mailbox an e-mail address is: one can be written in many ways (docs/rules/insight.md, section 4).</summary>
public static class Mailbox
{
    // All of its addresses arrive without their dots, and at either name of the host.
    private const string DotlessHost = "gmail.com";
    private const string DotlessHostToo = "googlemail.com";

    /// <summary>The mailbox of an address: in lower case, without what follows a plus sign; null when it is no address. The migration 0020 says the same in SQL.</summary>
    public static string? Of(string? email)
    {
        var address = (email ?? "").Trim().ToLowerInvariant();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at < 1)
            return null;

        var plus = address.IndexOf('+', StringComparison.Ordinal);
        var (name, host) = (address[..(plus >= 1 && plus < at ? plus : at)], address[(at + 1)..]);
        return host is DotlessHost or DotlessHostToo ? $"{name.Replace(".", "", StringComparison.Ordinal)}@{DotlessHost}" : $"{name}@{host}";
    }
}
