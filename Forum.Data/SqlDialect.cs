using System.Text.Json;

namespace Forum.Data;

/// <summary>The engine behind a <see cref="Db"/>, and the few fragments of SQL that differ between engines.</summary>
public enum SqlDialect
{
    /// <summary>SQLite 3.43 or later.</summary>
    Sqlite,
}

/// <summary>Fragments asked for beside their use: <c>where {db.Dialect.In("id", "@ids")}</c>.</summary>
public static class SqlFragments
{
    /// <summary>Whether <paramref name="column"/> is one of the values of the list parameter <paramref name="parameter"/>.</summary>
    public static string In(this SqlDialect dialect, string column, string parameter) => dialect switch
    {
        SqlDialect.Sqlite => $"{column} in {parameter}",
    };

    /// <summary>
    /// Whether <paramref name="column"/> is one of the numbers that <see cref="List"/> wrote into <paramref name="parameter"/>: one
    /// text, prepared once, however many there are.
    /// </summary>
    public static string InList(this SqlDialect dialect, string column, string parameter) => dialect switch
    {
        SqlDialect.Sqlite => $"{column} in (select value from json_each({parameter}))",
    };

    /// <summary>Numbers as the parameter of <see cref="InList"/>.</summary>
    public static string List(this SqlDialect dialect, IEnumerable<long> numbers) => dialect switch
    {
        SqlDialect.Sqlite => $"[{string.Join(',', numbers)}]",
    };

    /// <summary>Texts as a parameter of the same kind.</summary>
    public static string List(this SqlDialect dialect, IEnumerable<string> texts) => dialect switch
    {
        SqlDialect.Sqlite => JsonSerializer.Serialize(texts),
    };

    /// <summary>A table with a column <c>pattern</c>, a row for each text that <see cref="List(SqlDialect, IEnumerable{string})"/> wrote into <paramref name="parameter"/>.</summary>
    public static string EachText(this SqlDialect dialect, string parameter) => dialect switch
    {
        SqlDialect.Sqlite => $"(select value as pattern from json_each({parameter}))",
    };

    /// <summary>
    /// Whether <paramref name="column"/> is as <paramref name="pattern"/> says, in which a star stands for any characters. What comes
    /// before the first star is looked up in the column's index.
    /// </summary>
    public static string Matches(this SqlDialect dialect, string column, string pattern) => dialect switch
    {
        SqlDialect.Sqlite => $"{column} >= {Begin(pattern)} and {column} <= {Begin(pattern)} || {End(pattern)} and {column} glob {pattern}",
    };

    private static string Begin(string pattern) => $"substr({pattern}, 1, instr({pattern} || '*', '*') - 1)";

    // Beyond every name that begins so; after a name without a star nothing follows.
    private static string End(string pattern) => $"case when instr({pattern}, '*') > 0 then char(1114111) else '' end";
}
