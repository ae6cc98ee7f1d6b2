using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Forum.Web.Http;

/// <summary>How a body may be compressed.</summary>
[Flags]
enum Encodings
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary><c>gzip</c>.</summary>
    Gzip = 1,

    /// <summary><c>br</c>.</summary>
    Brotli = 2,
}

/// <summary>Which compressions a browser takes.</summary>
static class AcceptedEncodings
{
    static readonly HeaderMemo<Encodings> memo = new(Read);

    /// <summary>Those that we have among what is accepted.</summary>
    public static Encodings Of(IHeaderDictionary headers) => headers.AcceptEncoding is { Count: > 0 } accepted ? memo.Read(accepted) : Encodings.None;

    static Encodings Read(StringValues accepted)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var values))
            return Encodings.None;

        var found = Encodings.None;
        foreach (var value in values.Where(value => value.Quality is null or > 0))
        {
            if (value.Value.Equals("br", StringComparison.OrdinalIgnoreCase))
                found |= Encodings.Brotli;
            else if (value.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase))
                found |= Encodings.Gzip;
        }

        return found;
    }
}
