using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Forum.Core.Questions;

/// <summary>Whose view it is, as a number: an account, or the address of who has none.</summary>
/// <param name="High">All ones for an account, else the first half of an IPv6 address.</param>
/// <param name="Low">The account, or the rest of the address.</param>
public readonly record struct Visitor(ulong High, ulong Low)
{
    private const ulong MappedIPv4 = 0xFFFF_0000_0000;

    /// <summary>Somebody with an account.</summary>
    public static Visitor Account(long id) => new(ulong.MaxValue, (ulong)id);

    /// <summary>Whoever is at an address; an IPv4 address is the same in either notation.</summary>
    public static Visitor At(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is null || !address.TryWriteBytes(bytes, out _))
            return default;

        return address.AddressFamily == AddressFamily.InterNetwork
            ? new Visitor(0, MappedIPv4 | BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : new Visitor(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }
}
