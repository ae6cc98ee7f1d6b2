namespace Forum.Web.Http;

/// <summary>
/// A field in which people write Markdown, for the partial _Editor.cshtml: a plain textarea that works by itself, the editor over
/// it when scripts run, and the server's rendering under it.
/// </summary>
/// <param name="Name">The posted field's name: "Input.Body".</param>
/// <param name="Label">The field's label, from T.</param>
/// <param name="Value">What is in it at first; what was typed wins when the form is shown again.</param>
public sealed record EditorField(string Name, string Label, string? Value)
{
    /// <summary>A sentence under the label, from T.</summary>
    public string? Hint { get; init; }

    /// <summary>Shown in the empty field, from T.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Lines of the plain textarea.</summary>
    public int Rows { get; init; } = 12;

    /// <summary>Whether the server's rendering is shown while typing.</summary>
    public bool Preview { get; init; } = true;

    /// <summary>The element's id; two editors of one name on a page need different ones.</summary>
    public string Id { get; init; } = Name.Replace('.', '-').ToLowerInvariant();
}
