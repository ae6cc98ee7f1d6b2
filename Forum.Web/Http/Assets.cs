using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Primitives;

namespace Forum.Web.Http;

/// <summary>The bundled scripts, styles and icons in wwwroot/dist, by the names they had before hashing.</summary>
public sealed class Assets
{
    static readonly StringValues forGood = new("public, max-age=31536000, immutable");
    static readonly StringValues byEncoding = new("Accept-Encoding");

    readonly FrozenDictionary<string, string> manifest;
    readonly FrozenDictionary<string, HtmlString> icons;
    readonly FrozenDictionary<string, Served> files;

    /// <summary>Reads the manifest, the icons and the names of all bundled files once.</summary>
    public Assets(IWebHostEnvironment environment)
    {
        var folder = Path.Combine(environment.WebRootPath ?? Path.Combine(environment.ContentRootPath, "wwwroot"), "dist");
        manifest = Read(Path.Combine(folder, "manifest.json"));
        icons = Read(Path.Combine(folder, "icons.json")).ToFrozenDictionary(icon => icon.Key, icon => new HtmlString(icon.Value), StringComparer.Ordinal);
        var types = new FileExtensionContentTypeProvider();
        files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is not (".br" or ".gz" or ".json"))
            .ToFrozenDictionary(
                file => Path.GetRelativePath(folder, file).Replace('\\', '/'),
                file => new Served(file, types.TryGetContentType(file, out var type) ? Charset(type) : "application/octet-stream", File.Exists(file + ".br"), File.Exists(file + ".gz")),
                StringComparer.Ordinal);
    }

    // Read when they are first asked for, and kept: together they are a few megabytes.
    sealed record Served(string Path, string Type, bool Brotli, bool Gzip)
    {
        readonly byte[]?[] bodies = new byte[]?[3];

        public StringValues Tag { get; } = new($"W/\"{System.IO.Path.GetFileName(Path)}\"");

        public (string Ending, string? Encoding, int Index) Choose(Encodings accepted) => this switch
        {
            { Brotli: true } when (accepted & Encodings.Brotli) != Encodings.None => (".br", "br", 2),
            { Gzip: true } when (accepted & Encodings.Gzip) != Encodings.None => (".gz", "gzip", 1),
            _ => ("", null, 0),
        };

        public byte[]? Known(int index) => bodies[index];

        public async Task<byte[]> Read(string ending, int index, CancellationToken token) =>
            bodies[index] = await File.ReadAllBytesAsync(Path + ending, token);
    }

    /// <summary>The address of a bundle: "readers.js", "site.css".</summary>
    public string Url(string name) => "/dist/" + manifest[name];

    /// <summary>An icon of stacks-icons as an svg element, such as "Search" or "VoteUp16".</summary>
    /// <exception cref="KeyNotFoundException">There is no such icon.</exception>
    public HtmlString Icon(string name) => icons[name];

    /// <summary>Whether there is such an icon.</summary>
    public bool HasIcon(string name) => icons.ContainsKey(name);

    /// <summary>Serves /dist/…: hashed names never change, so browsers keep them for good; compressed files are sent as they were built.</summary>
    public bool TryServe(string file, HttpContext context, out Task served)
    {
        var isThere = files.TryGetValue(file, out var found);
        served = isThere ? Serve(found!, context) : Task.CompletedTask;
        return isThere;
    }

    static Task Serve(Served found, HttpContext context)
    {
        var response = context.Response;
        var headers = response.Headers;
        SecurityHeaders.Add(headers);
        headers.CacheControl = forGood;
        headers.Vary = byEncoding;
        headers.ETag = found.Tag;
        if (context.Request.Headers.IfNoneMatch is [{ } known] && known == found.Tag[0])
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var (ending, encoding, index) = found.Choose(AcceptedEncodings.Of(context.Request.Headers));
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        headers.ContentType = found.Type;
        return found.Known(index) is { } body ? Send(context, body) : ReadAndSend(context, found, ending, index);
    }

    static async Task ReadAndSend(HttpContext context, Served found, string ending, int index) =>
        await Send(context, await found.Read(ending, index, context.RequestAborted));

    static Task Send(HttpContext context, byte[] body)
    {
        context.Response.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return Task.CompletedTask;

        var written = context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }

    static string Charset(string type) => type is "text/javascript" or "text/css" or "image/svg+xml" ? type + "; charset=utf-8" : type;

    static FrozenDictionary<string, string> Read(string file) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!.ToFrozenDictionary(StringComparer.Ordinal);
}
