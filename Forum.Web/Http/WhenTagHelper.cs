using System.Globalization;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Forum.Web.Http;

/// <summary><c>&lt;when at="Model.AskedAt" /&gt;</c>: how long ago, in a time element whose title has the exact moment.</summary>
[HtmlTargetElement("when", Attributes = "at", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper(Words words, TimeProvider clock) : TagHelper
{
    /// <summary>The moment.</summary>
    public DateTimeOffset At { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", words.Exact(At));
        output.Content.SetContent(words.Ago(At, clock.GetUtcNow()));
    }
}
