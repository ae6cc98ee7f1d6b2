using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Forum.Web.Http;

/// <summary>
/// <c>&lt;field name="Input.Title" label="@T[…]" hint="@T[…]" value="@Model.Input.Title" maxlength="150" /&gt;</c>: label, hint, input
/// and the field's messages, tied together for screen readers. Attributes it does not know go to the input. What was typed wins
/// over <c>value</c> when the form is shown again; a password is never repeated. <c>lines="4"</c> makes it a textarea.
/// </summary>
[HtmlTargetElement("field", Attributes = "name,label", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper : TagHelper
{
    /// <summary>The posted field's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The label.</summary>
    public string Label { get; set; } = "";

    /// <summary>A sentence under the label.</summary>
    public string? Hint { get; set; }

    /// <summary>What is in it at first.</summary>
    public string? Value { get; set; }

    /// <summary>The input's type.</summary>
    public string Type { get; set; } = "text";

    /// <summary>Lines of a textarea; 0 is an input.</summary>
    public int Lines { get; set; }

    /// <summary>The element's id; made from the name when not given.</summary>
    public string? Id { get; set; }

    /// <summary>Whether it is of another form than the one that was posted and has a field of the same name: neither what was typed nor its messages are for it.</summary>
    public bool Untouched { get; set; }

    /// <summary>The page being rendered.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var id = Id ?? IdOf(Name);
        var errors = Untouched ? [] : ViewContext.ModelState.At(Name);
        var value = Type == "password" ? null : Untouched ? Value : ViewContext.ModelState[Name]?.AttemptedValue ?? Value;

        var input = Lines > 0 ? new TagBuilder("textarea") : new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        foreach (var attribute in output.Attributes)
            input.MergeAttribute(attribute.Name, attribute.Value?.ToString());
        input.AddCssClass(Lines > 0 ? "s-textarea" : "s-input");
        input.MergeAttribute("id", id, replaceExisting: true);
        input.MergeAttribute("name", Name, replaceExisting: true);
        if (Lines > 0)
        {
            input.MergeAttribute("rows", Lines.ToString(System.Globalization.CultureInfo.InvariantCulture));
            // A line break right after the tag belongs to the markup, not to the text.
            input.InnerHtml.Append("\n" + value);
        }
        else
        {
            input.MergeAttribute("type", Type);
            if (value is not null)
                input.MergeAttribute("value", value);
        }
        if (Type is "text" or "search" || Lines > 0)
            input.MergeAttribute("dir", "auto");

        var described = new List<string>();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", errors.Count > 0 ? "f-field has-error" : "f-field");

        var label = new TagBuilder("label");
        label.AddCssClass("s-label");
        label.MergeAttribute("for", id);
        label.InnerHtml.Append(Label);
        output.Content.AppendHtml(label);
        if (!string.IsNullOrEmpty(Hint))
            output.Content.AppendHtml(Paragraph(id + "-hint", "s-description", Hint, described));
        output.Content.AppendHtml(input);
        for (var i = 0; i < errors.Count; i++)
            output.Content.AppendHtml(Paragraph($"{id}-error-{i}", "s-input-message f-error-text", errors[i], described));

        if (errors.Count > 0)
            input.MergeAttribute("aria-invalid", "true");
        if (described.Count > 0)
            input.MergeAttribute("aria-describedby", string.Join(' ', described));
    }

    /// <summary>The id of a field's element.</summary>
    internal static string IdOf(string name) => name.Replace('.', '-').ToLowerInvariant();

    /// <summary>A hint or a message, whose id is added to what describes the field.</summary>
    internal static TagBuilder Paragraph(string id, string classes, string text, List<string> described)
    {
        described.Add(id);
        var paragraph = new TagBuilder("p");
        paragraph.AddCssClass(classes);
        paragraph.MergeAttribute("id", id);
        paragraph.InnerHtml.Append(text);
        return paragraph;
    }
}
