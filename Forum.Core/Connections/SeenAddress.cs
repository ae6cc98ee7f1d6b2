using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Forum.Core.Connections;

/// <summary>A network address as it is kept: as people write it, with the network it is in (docs/rules/insight.md, section 4).</summary>
/// <param name="Address">The address; an IPv4 address is the same in either notation.</param>
/// <param name="Network">Its first 24 bits of IPv4, or 48 of IPv6: what one household or office has.</param>
public readonly record struct SeenAddress(string Address, string Network)
{
    private const int Bits4 = 24;
    private const int Bits6 = 48;

    /// <summary>An address; null when there is none.</summary>
    public static SeenAddress? Of(IPAddress? address)
    {
        if (address is null)
            return null;

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
        var bits = plain.AddressFamily == AddressFamily.InterNetwork ? Bits4 : Bits6;
        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return new SeenAddress(plain.ToString(), string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{bits}"));
    }
}
