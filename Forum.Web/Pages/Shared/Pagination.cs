using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Pages.Shared;

/// <summary>What <c>_Pagination.cshtml</c> shows: the pages around the one that is open.</summary>
/// <param name="Path">The list's address, with the query that all pages share.</param>
/// <param name="Number">The open page, from 1.</param>
/// <param name="Pages">How many there are.</param>
/// <param name="Next">The list's cursor for the next page, if it has one.</param>
/// <param name="Previous">The list's cursor for the page before, if it has one.</param>
public sealed record Pagination(string Path, int Number, int Pages, string? Next = null, string? Previous = null)
{
    /// <summary>The address of a page; the cursor makes a neighbour cheap to find.</summary>
    public string Address(int number, string? cursor = null)
    {
        var address = number == 1 ? Path : QueryHelpers.AddQueryString(Path, "page", number.ToString(CultureInfo.InvariantCulture));
        return cursor is null || number == 1 ? address : QueryHelpers.AddQueryString(address, "from", cursor);
    }

    /// <summary>The first, the last and those around the open one; null where some are left out.</summary>
    public IEnumerable<int?> Numbers()
    {
        int[] shown = [.. new[] { 1, Number - 2, Number - 1, Number, Number + 1, Number + 2, Pages }.Where(n => n >= 1 && n <= Pages).Distinct().Order()];
        for (var i = 0; i < shown.Length; i++)
        {
            if (i > 0 && shown[i] - shown[i - 1] == 2)
                yield return shown[i] - 1;
            else if (i > 0 && shown[i] - shown[i - 1] > 2)
                yield return null;
            yield return shown[i];
        }
    }
}
