using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Forum.Core.Paces;

/// <summary>Where a request comes from. Scoped; filled once by whoever opens the scope, empty for the console and what the forum does by itself.</summary>
public sealed class Origin
{
    /// <summary>The address, or null when it comes from no network.</summary>
    public IPAddress? Address { get; set; }
}

/// <summary>Addresses as limits count them (docs/rules/limits.md).</summary>
public static class Networks
{
    /// <summary>One household or machine: an IPv4 address, or an IPv6 network of 64 bits, which holds more addresses than there are atoms to count.</summary>
    public static string Near(IPAddress address) => Of(address, 32, 64);

    /// <summary>What is around it: an IPv4 network of 24 bits, an IPv6 one of 48.</summary>
    public static string Around(IPAddress address) => Of(address, 24, 48);

    private static string Of(IPAddress address, int bitsOf4, int bitsOf6)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bits = plain.AddressFamily == AddressFamily.InterNetwork ? bitsOf4 : bitsOf6;
        // The numbers of bits are whole bytes.
        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{bits}");
    }
}
