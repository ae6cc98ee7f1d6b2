using System.Data;
using Dapper;

namespace Forum.Data;

/// <summary>Times are stored as UTC milliseconds since 1970 on every engine.</summary>
internal sealed class TimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
{
    private static int added;

    /// <summary>Dapper's handlers are process-wide, and it ignores one for parameters until its own mapping is gone.</summary>
    internal static void Register()
    {
        if (Interlocked.Exchange(ref added, 1) == 1)
            return;

        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new TimeHandler());
    }

    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
    {
        parameter.DbType = DbType.Int64;
        parameter.Value = value.ToUnixTimeMilliseconds();
    }

    public override DateTimeOffset Parse(object value) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
}
