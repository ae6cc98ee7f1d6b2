namespace Forum.Data;

/// <summary>Foreign keys, for the rare work that moves or removes what others point at.</summary>
public static class ForeignKeys
{
    /// <summary>Lets the running transaction break foreign keys until its end, where they must hold again.</summary>
    public static Task DeferForeignKeys(this Db db, CancellationToken token) => db.Dialect switch
    {
        SqlDialect.Sqlite => db.Execute("pragma defer_foreign_keys = on", token: token),
    };

    /// <summary>Gives a row another id, and everything that points at it too.</summary>
    public static async Task MoveRow(this Db db, string table, long from, long to, CancellationToken token)
    {
        var pointers = await db.Pointers(table, token);
        await db.DeferForeignKeys(token);
        await db.Execute($"update {table} set id = @to where id = @from", new { from, to }, token);
        foreach (var pointer in pointers)
            await db.Execute($"update {pointer.Table} set {pointer.Column} = @to where {pointer.Column} = @from", new { from, to }, token);
    }

    /// <summary>The columns that point at a table's id.</summary>
    public static Task<IReadOnlyList<Pointer>> Pointers(this Db db, string table, CancellationToken token) => db.Dialect switch
    {
        SqlDialect.Sqlite => db.Query<Pointer>(
            """
            select t.name as "Table", k."from" as "Column"
            from sqlite_schema t, pragma_foreign_key_list(t.name) k
            where t.type = 'table' and k."table" = @table
            order by t.name, k."from"
            """, new { table }, token),
    };
}

/// <summary>A column that is a foreign key.</summary>
public sealed record Pointer
{
    public string Table { get; init; } = "";
    public string Column { get; init; } = "";
}
