using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Forum.Bench.Load;

/// <summary>What came back.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Bytes">Bytes of the body.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct Answer(int Status, int Bytes);

/// <summary>
/// One keep-alive connection over a blocking socket. It reads of a response what it must to find the end, because
/// the generator shares the machine with the server: a blocking thread costs less than the asynchronous client does.
/// </summary>
sealed class HttpConnection(IPEndPoint server, IPAddress? from = null) : IDisposable
{
    const int Patience = 30_000;

    readonly byte[] buffer = new byte[64 * 1024];
    Socket? socket;
    int start;
    int end;

    /// <summary>Sends a whole request and reads the whole response.</summary>
    /// <exception cref="IOException">The server hung up in the middle, or what it sent is no HTTP.</exception>
    public Answer Send(ReadOnlySpan<byte> request)
    {
        // A server may close a connection that was idle; the next request finds out.
        if (socket is not null)
        {
            try
            {
                return SendOnce(request);
            }
            catch (Exception e) when (e is SocketException or EndOfStreamException)
            {
                Close();
            }
        }

        try
        {
            socket = Connect();
            return SendOnce(request);
        }
        catch (Exception e) when (e is SocketException or EndOfStreamException)
        {
            Close();
            throw new IOException($"The server at {server} did not answer: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Close();

    Socket Connect()
    {
        var connected = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = Patience, SendTimeout = Patience };
        try
        {
            if (from is not null)
                connected.Bind(new IPEndPoint(from, 0));
            connected.Connect(server);
            return connected;
        }
        catch
        {
            connected.Dispose();
            throw;
        }
    }

    void Close()
    {
        socket?.Dispose();
        socket = null;
    }

    Answer SendOnce(ReadOnlySpan<byte> request)
    {
        start = end = 0;
        for (var rest = request; rest.Length > 0;)
            rest = rest[socket!.Send(rest)..];

        var status = Status(Line());
        var (length, isChunked, closes) = (-1, false, false);
        for (var line = Line(); line.Length > 0; line = Line())
        {
            if (Value(line, "content-length:"u8) is { Length: > 0 } digits)
                length = Number(digits);
            else if (Value(line, "transfer-encoding:"u8) is { Length: > 0 })
                isChunked = true;
            else if (Value(line, "connection:"u8) is { Length: > 0 } connection)
                closes = connection.SequenceEqual("close"u8);
        }

        var bytes = isChunked ? Chunks() : length >= 0 ? Skip(length) : status is 204 or 304 ? 0 : throw new IOException("A response without an end.");
        if (closes)
            Close();
        return new Answer(status, bytes);
    }

    int Chunks()
    {
        for (var total = 0; ;)
        {
            var line = Line();
            if (!Utf8Parser.TryParse(line, out int size, out _, 'x'))
                throw new IOException("A chunk without a size.");
            if (size == 0)
            {
                while (Line().Length > 0)
                {
                }

                return total;
            }

            total += Skip(size);
            Skip(2);
        }
    }

    int Skip(int count)
    {
        for (var left = count; left > 0;)
        {
            if (start == end)
                Fill();
            var now = Math.Min(left, end - start);
            start += now;
            left -= now;
        }

        return count;
    }

    ReadOnlySpan<byte> Line()
    {
        for (var looked = 0; ;)
        {
            var unread = buffer.AsSpan(start, end - start);
            if (unread[looked..].IndexOf((byte)'\n') is >= 0 and var at)
            {
                start += looked + at + 1;
                return unread[..(looked + at)].TrimEnd((byte)'\r');
            }

            looked = unread.Length;
            if (start > 0)
            {
                unread.CopyTo(buffer);
                (start, end) = (0, looked);
            }

            if (end == buffer.Length)
                throw new IOException("A line of a header is too long.");
            Fill();
        }
    }

    void Fill()
    {
        if (start == end)
            start = end = 0;
        var read = socket!.Receive(buffer.AsSpan(end));
        if (read == 0)
            throw new EndOfStreamException("the connection was closed");
        end += read;
    }

    // "HTTP/1.1 200 OK"
    static int Status(ReadOnlySpan<byte> line) => line.Length >= 12 ? Number(line[9..12]) : throw new IOException("Not an HTTP response.");

    static int Number(ReadOnlySpan<byte> digits) => Utf8Parser.TryParse(digits, out int number, out _) ? number : throw new IOException("Not a number.");

    static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name) ? line[name.Length..].Trim((byte)' ') : default;
}
