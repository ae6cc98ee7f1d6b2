using System.Text.Encodings.Web;
using Forum.Core.Editing;
using Microsoft.AspNetCore.Html;

namespace Forum.Web.Pages.Posts;

/// <summary>A line of a comparison as HTML: what was removed and added is marked. Nothing stands between its pieces, for blanks are shown.</summary>
sealed class ChangedLine(IReadOnlyList<DiffPiece>? pieces) : IHtmlContent
{
    /// <inheritdoc />
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        foreach (var piece in pieces ?? [])
        {
            var mark = piece.Change switch
            {
                Change.Removed => "del",
                Change.Added => "ins",
                Change.None => null,
            };
            if (mark is not null)
                writer.Write($"<{mark}>");
            encoder.Encode(writer, piece.Text);
            if (mark is not null)
                writer.Write($"</{mark}>");
        }
    }
}
