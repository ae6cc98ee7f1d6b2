using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Forum.Web.Http;

/// <summary>
/// What a part and the parts within it write, as characters in one rented buffer. A page's own buffers keep each piece as an
/// object and copy it twice before it is sent; this is copied once. Given back when the request ends.
/// </summary>
sealed class PartWriter : TextWriter, IHtmlContent
{
    const int First = 4096;

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
