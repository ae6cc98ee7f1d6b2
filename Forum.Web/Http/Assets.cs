using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Forum.Web.Http;

/// <summary>The bundled scripts, styles and icons in wwwroot/dist, by the names they had before hashing.</summary>
public sealed class Assets
{
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

    sealed record Served(string Path, string Type, bool Brotli, bool Gzip);

    /// <summary>The address of a bundle: "readers.js", "site.css".</summary>
    public string Url(string name) => "/dist/" + manifest[name];

    /// <summary>An icon of stacks-icons as an svg element, such as "Search" or "VoteUp16".</summary>
    /// <exception cref="KeyNotFoundException">There is no such icon.</exception>
    public HtmlString Icon(string name) => icons[name];

    /// <summary>Whether there is such an icon.</summary>
    public bool HasIcon(string name) => icons.ContainsKey(name);

    /// <summary>Serves /dist/…: hashed names never change, so browsers keep them for good; compressed files are sent as they were built.</summary>
    public Results<PhysicalFileHttpResult, NotFound> Serve(string file, HttpContext context)
    {
        if (!files.TryGetValue(file, out var found))
            return TypedResults.NotFound();

        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        var (path, encoding) = found switch
        {
            { Brotli: true } when Accepts(accepted, "br") => (found.Path + ".br", "br"),
            { Gzip: true } when Accepts(accepted, "gzip") => (found.Path + ".gz", "gzip"),
            _ => (found.Path, null),
        };
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        return TypedResults.PhysicalFile(path, found.Type);
    }

    static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality is null or > 0);

    static string Charset(string type) => type is "text/javascript" or "text/css" or "image/svg+xml" ? type + "; charset=utf-8" : type;

    static FrozenDictionary<string, string> Read(string file) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!.ToFrozenDictionary(StringComparer.Ordinal);
}
