using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Forum.Web.Http;

/// <summary>What a page and the parts within it write, as characters in one rented buffer, which is given back when it is disposed.</summary>
sealed class PartWriter : TextWriter, IHtmlContent
{
    const int First = 16_384;

    // Of a pipe that has little room left, so much is asked for at a time.
    const int Piece = 1_024;

    char[] buffer = ArrayPool<char>.Shared.Rent(First);
    int length;

    public PartWriter() : base(CultureInfo.InvariantCulture)
    {
    }

    public override Encoding Encoding => Encoding.UTF8;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(buffer, 0, length);

    public override void Write(char value)
    {
        if (length == buffer.Length)
            Grow(1);
        buffer[length++] = value;
    }

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (buffer.Length > this.buffer.Length - length)
            Grow(buffer.Length);
        buffer.CopyTo(this.buffer.AsSpan(length));
        length += buffer.Length;
    }

    /// <summary>Sends what was written as UTF-8, in pieces the size of the pipe's own.</summary>
    public async Task SendTo(PipeWriter pipe, CancellationToken token)
    {
        Encode(pipe);
        await pipe.FlushAsync(token);
    }

    void Encode(PipeWriter pipe)
    {
        ReadOnlySpan<char> left = buffer.AsSpan(0, length);
        while (!left.IsEmpty)
        {
            Utf8.FromUtf16(left, pipe.GetSpan(Piece), out var read, out var written);
            pipe.Advance(written);
            left = left[read..];
        }
    }

    protected override void Dispose(bool disposing)
    {
        ArrayPool<char>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
        base.Dispose(disposing);
    }

    void Grow(int by)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(buffer.Length * 2, length + by));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(buffer);
        buffer = larger;
    }
}
