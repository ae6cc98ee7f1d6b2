using System.IO.Compression;
using System.Security.Cryptography;
using Forum.Core.Pipeline;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Forum.Web.Http;

/// <summary>Which page it is: the address as it was sent, for links on the page repeat it, and how the reader wants to see it.</summary>
readonly record struct PageKey(string Target, string Language, string? Theme)
{
    /// <inheritdoc />
    public override int GetHashCode() => Target.GetHashCode(StringComparison.Ordinal) ^ Language.Length << 8 ^ (Theme?.Length ?? 0);
}

/// <summary>A page as it was rendered, with what it takes to answer with it at once.</summary>
sealed class KeptPage(PageKey key, byte[] body, long since, PageTag[] tags, DateTimeOffset expires, long? viewed)
{
    // Beside the bodies: the address, the names, the entry.
    const int Overhead = 1_000;

    // Three quarters of what the best saves, for an eighth of its time.
    const int BrotliQuality = 4;
    const int BrotliWindow = 20;

    static readonly StringValues VaryBy = new("Cookie, Accept-Language, Accept-Encoding");
    static readonly StringValues Revalidate = new("private, no-cache");

    readonly StringValues tag = new($"W/\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"");
    readonly StringValues language = new(key.Language);
    byte[]? brotli;
    byte[]? gzip;
    int compressing;
    long checkedAt = long.MinValue;

    public PageKey Key => key;

    /// <summary>The newest change before its rendering began.</summary>
    public long Since => since;

    /// <summary>When it is thrown away whatever happens.</summary>
    public DateTimeOffset Expires => expires;

    /// <summary>The question that is looked at with it.</summary>
    public long? Viewed => viewed;

    /// <summary>What it takes up; changed by who counts the whole.</summary>
    public int Size { get; set; } = Overhead + body.Length;

    /// <summary>Whether it was asked for since room was last made.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Where it stands in the row of those that make room; null when it is gone.</summary>
    public LinkedListNode<KeptPage>? Place { get; set; }

    /// <summary>Whether nothing that it shows has changed since its rendering began.</summary>
    public bool IsCurrent(Generations generations)
    {
        var newest = generations.Current;
        if (Volatile.Read(ref checkedAt) == newest)
            return true;
        if (!generations.AreUnchanged(since, tags))
            return false;

        Volatile.Write(ref checkedAt, newest);
        return true;
    }

    /// <summary>Answers a request with it: what compression the browser takes and is there, or nothing when the browser has it already.</summary>
    public Task Answer(HttpContext context)
    {
        var response = context.Response;
        var headers = response.Headers;
        SecurityHeaders.Add(headers);
        headers.CacheControl = Revalidate;
        headers.Vary = VaryBy;
        headers.ETag = tag;
        if (IsKnown(context.Request.Headers.IfNoneMatch))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var (bytes, encoding) = Choose(AcceptedEncodings.Of(context.Request.Headers));
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        headers.ContentType = "text/html; charset=utf-8";
        headers.ContentLanguage = language;
        headers.ContentLength = bytes.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return Task.CompletedTask;

        var written = response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }

    /// <summary>Whether this call is the one that has to compress the page for a browser that takes it so.</summary>
    public bool WantsCompressing(Encodings accepted) =>
        accepted != Encodings.None && Volatile.Read(ref compressing) == 0 && Interlocked.Exchange(ref compressing, 1) == 0;

    /// <summary>Makes the compressed bodies; returns how many bytes they are.</summary>
    public int Compress()
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        if (BrotliEncoder.TryCompress(body, buffer, out var length, BrotliQuality, BrotliWindow))
            brotli = buffer[..length];
        using var zipped = new MemoryStream(body.Length / 2);
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(body);
        gzip = zipped.ToArray();
        return gzip.Length + (brotli?.Length ?? 0);
    }

    (byte[] Body, string? Encoding) Choose(Encodings accepted) =>
        (accepted & Encodings.Brotli) != Encodings.None && brotli is { } small ? (small, "br")
        : (accepted & Encodings.Gzip) != Encodings.None && gzip is { } zipped ? (zipped, "gzip")
        : (body, null);

    bool IsKnown(StringValues known)
    {
        if (known.Count == 0)
            return false;
        if (known.Count == 1 && known[0] == tag[0])
            return true;

        return EntityTagHeaderValue.TryParseList(known, out var theirs)
            && theirs.Any(their => their.Compare(EntityTagHeaderValue.Parse(tag[0]), useStrongComparison: false) || their.Equals(EntityTagHeaderValue.Any));
    }
}
