namespace Forum.Core.Importing;

/// <summary>What a contribution to Stack Exchange is licensed under. Dumps before 2020 do not say; the date does.</summary>
internal static class Licenses
{
    private static readonly DateTimeOffset Third = new(2011, 4, 8, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Fourth = new(2018, 5, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The licence a row names, else that of its day.</summary>
    public static string Of(string? named, DateTimeOffset contributed) => named switch
    {
        { Length: > 0 } => named,
        _ when contributed < Third => "CC BY-SA 2.5",
        _ when contributed < Fourth => "CC BY-SA 3.0",
        _ => "CC BY-SA 4.0",
    };
}
