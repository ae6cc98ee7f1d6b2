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
}
