using System.Globalization;

namespace Forum.Core;

/// <summary>
/// Where a list without numbered pages goes on: the numbers that its last item is ordered by, as they stand in an address.
/// </summary>
internal static class PlaceInList
{
    /// <summary>As it stands in an address.</summary>
    public static string Of(params ReadOnlySpan<long> numbers)
    {
        var parts = new string[numbers.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = numbers[i].ToString(CultureInfo.InvariantCulture);
        return string.Join('.', parts);
    }

    /// <summary>So many numbers; null, which is the beginning, when it is not that.</summary>
    public static long[]? Parse(string? text, int count)
    {
        var parts = text?.Split('.') ?? [];
        var numbers = new long[count];
        if (parts.Length != count)
            return null;
        for (var i = 0; i < count; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return numbers;
    }
}
