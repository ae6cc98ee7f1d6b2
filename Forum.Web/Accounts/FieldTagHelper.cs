using Forum.Web.Languages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Forum.Web.Accounts;

/// <summary>
/// <c>&lt;field for="Input.Name" label="users.name" type="text" /&gt;</c>: a label, an input, a hint and the messages at it, wired together for
/// screen readers. What was typed is shown again, a password never.
/// </summary>
[HtmlTargetElement("field", Attributes = "for,label", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper(Words words) : TagHelper
{
    /// <summary>The property.</summary>
    public ModelExpression For { get; set; } = null!;

    /// <summary>Key of the label.</summary>
    public string Label { get; set; } = "";

    /// <summary>Key of the sentence under the label, if there is one.</summary>
    public string? Hint { get; set; }

    /// <summary>Fills the hint's places.</summary>
    public IReadOnlyList<object> HintArguments { get; set; } = [];

    /// <summary>The input's type.</summary>
    public string Type { get; set; } = "text";

    /// <summary>What browsers and password managers fill in.</summary>
    public string Autocomplete { get; set; } = "off";

    /// <summary>Whether it must be filled in.</summary>
    public bool Required { get; set; } = true;

    /// <summary>The page being rendered.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "-");
        var errors = ViewContext.ModelState.TryGetValue(name, out var state) ? state.Errors.Select(error => error.ErrorMessage).ToList() : [];
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", errors.Count > 0 ? "f-field has-error" : "f-field");

        var label = new TagBuilder("label") { Attributes = { ["for"] = id } };
        label.AddCssClass("s-label");
        label.InnerHtml.Append(words[Label]);
        output.Content.AppendHtml(label);

        var described = new List<string>();
        if (Hint is not null)
        {
            output.Content.AppendHtml(Sentence(words[Hint, [.. HintArguments]], id + "-hint", "s-description"));
            described.Add(id + "-hint");
        }

        var input = new TagBuilder("input")
        {
            TagRenderMode = TagRenderMode.SelfClosing,
            Attributes = { ["id"] = id, ["name"] = name, ["type"] = Type, ["autocomplete"] = Autocomplete },
        };
        input.AddCssClass("s-input");
        if (Required)
            input.Attributes["required"] = "";
        if (Type != "password")
        {
            input.Attributes["value"] = For.Model?.ToString() ?? "";
            input.Attributes["dir"] = "auto";
        }
        if (Autocomplete is "username" or "email")
            input.MergeAttributes(new Dictionary<string, string?> { ["autocapitalize"] = "none", ["spellcheck"] = "false" });
        for (var i = 0; i < errors.Count; i++)
            described.Add($"{id}-error-{i}");
        if (errors.Count > 0)
            input.Attributes["aria-invalid"] = "true";
        if (described.Count > 0)
            input.Attributes["aria-describedby"] = string.Join(' ', described);
        output.Content.AppendHtml(input);

        for (var i = 0; i < errors.Count; i++)
            output.Content.AppendHtml(Sentence(errors[i], $"{id}-error-{i}", "s-input-message"));
    }

    static TagBuilder Sentence(string text, string id, string css)
    {
        var sentence = new TagBuilder("p") { Attributes = { ["id"] = id } };
        sentence.AddCssClass(css);
        sentence.AddCssClass("mb0");
        sentence.InnerHtml.Append(text);
        return sentence;
    }
}
