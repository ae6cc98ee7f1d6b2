using Forum.Core.Pipeline;

namespace Forum.Core.Users;

/// <summary>What people can lead in.</summary>
public enum Board
{
    /// <summary>Reputation gained in the period. Over all time it is the list of people by reputation.</summary>
    Reputation,

    /// <summary>Reputation of those who came in the period. Over all time it is the list of people by when they came.</summary>
    Newest,

    /// <summary>Votes cast on questions and answers.</summary>
    Voters,

    /// <summary>Edits of questions and answers.</summary>
    Editors,
}

/// <summary>The time that is looked at: so many UTC days, today the last of them.</summary>
public enum Period
{
    /// <summary>7 days.</summary>
    Week,

    /// <summary>30 days.</summary>
    Month,

    /// <summary>90 days.</summary>
    Quarter,

    /// <summary>365 days.</summary>
    Year,

    /// <summary>Always.</summary>
    All,
}

/// <summary>Boards and periods, as data.</summary>
public static class Leaders
{
    /// <summary>The first day of a period that ends today, in days since 1970.</summary>
    public static long FirstDay(this Period period, long today) => period switch
    {
        Period.Week => today - 6,
        Period.Month => today - 29,
        Period.Quarter => today - 89,
        Period.Year => today - 364,
        Period.All => long.MinValue,
    };

    /// <summary>The word for a board or a period in addresses, in the database and in the keys of texts.</summary>
    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Whether the best are counted from time to time; else an index lists everybody.</summary>
    public static bool IsCounted(Board board, Period period) => period != Period.All || board is Board.Voters or Board.Editors;
}

/// <summary>The leaders were counted anew, and some are others than before.</summary>
public sealed record LeadersCounted(int Boards) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.People();
}
