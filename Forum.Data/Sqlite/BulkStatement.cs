using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Forum.Data.Sqlite;

/// <summary>A statement of a <see cref="BulkLoad"/>, prepared once and run for each row without a command or a box between.</summary>
public sealed class BulkStatement : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;
    private byte[] utf8 = new byte[4096];

    internal BulkStatement(sqlite3 connection, string sql)
    {
        this.connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement), raw.SQLITE_OK);
    }

    /// <summary>Runs it with these values.</summary>
    public void Run(params ReadOnlySpan<BulkValue> values)
    {
        for (var i = 0; i < values.Length; i++)
            Bind(i + 1, values[i]);
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        Check(result, raw.SQLITE_DONE);
    }

    public void Dispose() => statement.Dispose();

    private void Bind(int index, BulkValue value)
    {
        if (value.Text is { } text)
        {
            var most = Encoding.UTF8.GetMaxByteCount(text.Length);
            if (utf8.Length < most)
                utf8 = new byte[most];
            raw.sqlite3_bind_text(statement, index, utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
        }
        else if (value.Number is { } number)
            raw.sqlite3_bind_int64(statement, index, number);
        else
            raw.sqlite3_bind_null(statement, index);
    }

    private void Check(int result, int expected)
    {
        if (result != expected)
            throw new SqliteException(raw.sqlite3_errmsg(connection).utf8_to_string(), result);
    }
}

/// <summary>What a column may hold: a text, a number, a time as its milliseconds, a boolean as 0 or 1, or nothing.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct BulkValue
{
    private BulkValue(string? text, long? number) => (Text, Number) = (text, number);

    /// <summary>Nothing.</summary>
    public static BulkValue Null => default;

    internal string? Text { get; }

    internal long? Number { get; }

    public static implicit operator BulkValue(string? text) => new(text, null);

    public static implicit operator BulkValue(long? number) => new(null, number);

    public static implicit operator BulkValue(long number) => new(null, number);

    public static implicit operator BulkValue(bool yes) => new(null, yes ? 1 : 0);

    public static implicit operator BulkValue(DateTimeOffset at) => new(null, at.ToUnixTimeMilliseconds());

    public static implicit operator BulkValue(DateTimeOffset? at) => new(null, at?.ToUnixTimeMilliseconds());
}
