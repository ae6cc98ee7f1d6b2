using System.Collections.Concurrent;
using Forum.Core.Markdown;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Web.Languages;

/// <summary>
/// The site's own longer texts (help, terms, privacy …) as Markdown, one value a language. The operator's is
/// <c>texts/{language}/{name}.md</c> beside the database; without one it is ours. <c>{name}</c> and <c>{license}</c> stand for the site's.
/// A language without the text shows the English one.
/// </summary>
public sealed class Texts(Database database, SettingsStore settings, MarkdownRenderer renderer)
{
    readonly ConcurrentDictionary<(string Path, DateTime Written, string Name, string License), Text> rendered = new();

    /// <summary>A rendered text.</summary>
    /// <param name="Title">Its first line.</param>
    /// <param name="Html">The rest, safe to show.</param>
    public sealed record Text(string Title, string Html);

    /// <summary>The text in the language, or null when there is none of that name.</summary>
    public Text? Find(string name, string language) =>
        !IsName(name) ? null : Load(name, language) ?? Load(name, Cultures.English);

    // Names come from addresses: letters and hyphens only, so they never lead out of the folder.
    static bool IsName(string name) => name.Length is > 0 and <= 40 && name.All(letter => letter is >= 'a' and <= 'z' or '-');

    Text? Load(string name, string language)
    {
        var file = new FileInfo(Path.Combine(Path.GetDirectoryName(database.Path)!, "texts", language, name + ".md"));
        var resource = $"Texts/{language}/{name}.md";
        var key = (file.Exists ? file.FullName : resource, file.Exists ? file.LastWriteTimeUtc : default, settings.Current.Name, settings.Current.License);
        if (rendered.TryGetValue(key, out var known))
            return known;

        var markdown = file.Exists ? File.ReadAllText(file.FullName) : Ours(resource);
        return markdown is null ? null : rendered[key] = Render(name, markdown);
    }

    static string? Ours(string resource)
    {
        using var stream = typeof(Texts).Assembly.GetManifestResourceStream(resource);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    Text Render(string name, string markdown)
    {
        var filled = markdown
            .ReplaceLineEndings("\n")
            .Replace("{name}", settings.Current.Name, StringComparison.Ordinal)
            .Replace("{license}", settings.Current.License, StringComparison.Ordinal);
        var titled = filled.StartsWith("# ", StringComparison.Ordinal);
        var end = titled ? filled.IndexOf('\n', StringComparison.Ordinal) : -1;
        var title = titled ? filled[2..(end < 0 ? filled.Length : end)].Trim() : name;
        var rest = !titled ? filled : end < 0 ? "" : filled[end..];
        var html = renderer.Render(rest, MarkdownOptions.Post).Html;
        return new(title, ShownHtml.Show(html, new ShownAs { Prefix = name }));
    }
}
