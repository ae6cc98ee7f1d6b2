using System.Net;
using System.Net.Sockets;
using Forum.Core.Paces;

namespace Forum.Core.Connections;

/// <summary>A network address as it is kept: as people write it, with the network it is in (docs/rules/insight.md, section 4).</summary>
/// <param name="Address">The address; an IPv4 address is the same in either notation.</param>
/// <param name="Network">Its first 24 bits of IPv4, or 48 of IPv6: what one household or office has.</param>
public readonly record struct SeenAddress(string Address, string Network)
{
    /// <summary>An address; null when there is none.</summary>
    public static SeenAddress? Of(IPAddress? address)
    {
        if (address is null)
            return null;

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
        return new SeenAddress(plain.ToString(), Networks.Around(plain));
    }
}
