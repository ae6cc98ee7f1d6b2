using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Http;

/// <summary>
/// Every <c>&lt;form method="post"&gt;</c> carries the antiforgery token, a one-time key (<see cref="KeyField"/>), so that a
/// double-clicked button posts once, and its address, because a page may be shown under another one (sign-in, a resumed form).
/// </summary>
[HtmlTargetElement("form", Attributes = "method")]
public sealed class PostingFormTagHelper(IAntiforgery antiforgery) : TagHelper
{
    /// <summary>The hidden field with the one-time key.</summary>
    public const string KeyField = "_key";

    // After MVC's own form tag helper, which writes action and token when asp-page and its like are used.
    /// <inheritdoc />
    public override int Order => 1000;

    /// <summary>The page being rendered.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!string.Equals(context.AllAttributes["method"]?.Value?.ToString(), "post", StringComparison.OrdinalIgnoreCase))
            return;

        var request = ViewContext.HttpContext.Request;
        if (string.IsNullOrEmpty(output.Attributes["action"]?.Value?.ToString()))
            output.Attributes.SetAttribute("action", request.PathBase + request.Path + request.QueryString);
        if (!output.PostContent.GetContent().Contains("__RequestVerificationToken", StringComparison.Ordinal))
        {
            var token = antiforgery.GetAndStoreTokens(ViewContext.HttpContext);
            output.PostContent.AppendHtml(Hidden(token.FormFieldName, token.RequestToken!));
        }
        output.PostContent.AppendHtml(Hidden(KeyField, WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16))));
    }

    static TagBuilder Hidden(string name, string value) => new("input")
    {
        TagRenderMode = TagRenderMode.SelfClosing,
        Attributes = { ["type"] = "hidden", ["name"] = name, ["value"] = value },
    };
}
