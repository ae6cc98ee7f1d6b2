using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Forum.Web.Http;

/// <summary>
/// <c>&lt;icon name="Search" /&gt;</c>: an icon of stacks-icons, drawn in the colour of the text around it and silent to screen readers.
/// <c>label="…"</c> (a text from T) gives one that stands alone its name.
/// </summary>
[HtmlTargetElement("icon", Attributes = "name", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper(Assets assets) : TagHelper
{
    /// <summary>The icon's name: Search, VoteUp, Inbox16…</summary>
    public string Name { get; set; } = "";

    /// <summary>What the icon says, where no text beside it does.</summary>
    public string? Label { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(assets.Icon(Name));
        if (Label is null)
            return;
        var text = new TagBuilder("span");
        text.AddCssClass("v-visible-sr");
        text.InnerHtml.Append(Label);
        output.Content.AppendHtml(text);
    }
}

/// <summary>What a page asks of the layout while it is rendered; the layout is rendered last.</summary>
public static class PageNeeds
{
    const string Writers = "forum.needs-writers";

    /// <summary>Loads the editor's script and styles with this page. The partial _Editor.cshtml asks for it.</summary>
    public static void NeedsWriters(this ViewContext view) => view.HttpContext.Items[Writers] = true;

    /// <summary>Whether anything on the page asked for the editor.</summary>
    public static bool WritersNeeded(this ViewContext view) => view.HttpContext.Items.ContainsKey(Writers);
}
