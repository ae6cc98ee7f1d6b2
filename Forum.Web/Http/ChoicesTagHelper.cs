using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Forum.Web.Http;

/// <summary>
/// <c>&lt;choices name="Kind" label="@T[…]" hint="@T[…]"&gt;…&lt;/choices&gt;</c>: the frame around radio buttons or boxes of one field, with its
/// legend, its hint and its messages. A box refers to the hint by <c>kind-hint</c>. Classes are added to its own.
/// </summary>
[HtmlTargetElement("choices", Attributes = "name,label", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChoicesTagHelper : TagHelper
{
    /// <summary>The posted field's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The legend.</summary>
    public string Label { get; set; } = "";

    /// <summary>A sentence under the legend.</summary>
    public string? Hint { get; set; }

    /// <summary>The page being rendered.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = ViewContext.ModelState.At(Name);
        var more = output.Attributes["class"]?.Value?.ToString();
        output.TagName = "fieldset";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", string.Join(' ', new[] { "f-choices f-field", more, errors.Count > 0 ? "has-error" : null }.Where(part => part is not null)));

        var id = FieldTagHelper.IdOf(Name);
        var described = new List<string>();
        var legend = new TagBuilder("legend");
        legend.AddCssClass("s-label");
        legend.InnerHtml.Append(Label);
        output.PreContent.AppendHtml(legend);
        if (!string.IsNullOrEmpty(Hint))
            output.PreContent.AppendHtml(FieldTagHelper.Paragraph(id + "-hint", "s-description", Hint, []));
        // Before what may be many choices: whoever comes to them has heard what is wrong.
        foreach (var (number, error) in errors.Index())
            output.PreContent.AppendHtml(FieldTagHelper.Paragraph($"{id}-error-{number}", "s-input-message f-error-text", error, described));
        if (described.Count > 0)
            output.Attributes.SetAttribute("aria-describedby", string.Join(' ', described));
    }
}

/// <summary>What is said at the fields of a form.</summary>
public static class FieldMessages
{
    /// <summary>The messages at a field.</summary>
    public static IReadOnlyList<string> At(this ModelStateDictionary state, string field)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. state[field]?.Errors.Select(error => error.ErrorMessage) ?? []];
    }
}
