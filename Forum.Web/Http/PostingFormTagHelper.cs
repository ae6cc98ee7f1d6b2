using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

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
        output.PostContent.AppendHtml(Fields(ViewContext.HttpContext, antiforgery));
    }

    /// <summary>The hidden fields of a form: the antiforgery token and a one-time key.</summary>
    internal static HtmlString Fields(HttpContext context, IAntiforgery antiforgery)
    {
        var token = antiforgery.GetAndStoreTokens(context);
        // Both are letters, digits, hyphens and underscores.
        return new HtmlString(string.Concat(
            ["<input name=\"", token.FormFieldName, "\" type=\"hidden\" value=\"", token.RequestToken!, "\" /><input name=\"" + KeyField + "\" type=\"hidden\" value=\"", OneTimeKey(), "\" />"]));
    }

    static string OneTimeKey()
    {
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        return Base64Url.EncodeToString(key);
    }
}
