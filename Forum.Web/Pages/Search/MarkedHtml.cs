using Forum.Core.Search;
using Microsoft.AspNetCore.Html;

namespace Forum.Web.Pages.Search;

/// <summary>Text with its hits marked, as markup.</summary>
static class MarkedHtml
{
    /// <summary>The pieces one after the other, each encoded, hits inside <c>mark</c>.</summary>
    public static IHtmlContent Of(IEnumerable<Piece> pieces)
    {
        var content = new HtmlContentBuilder();
        foreach (var piece in pieces)
        {
            if (piece.IsHit)
                content.AppendHtml("<mark>").Append(piece.Text).AppendHtml("</mark>");
            else
                content.Append(piece.Text);
        }
        return content;
    }
}
