using Forum.Core.Pipeline;
using Forum.Data;
using Microsoft.Extensions.Configuration;

namespace Forum.Core.Settings;

/// <summary>Holds the settings in force. A singleton; requests get a <see cref="ForumSettings"/> of their scope.</summary>
public sealed class SettingsStore(IConfiguration configuration, Generations generations)
{
    private volatile ForumSettings current = Read(configuration, []);

    /// <summary>What is in force now.</summary>
    public ForumSettings Current => current;

    /// <summary>Reads the database's values over the configuration's.</summary>
    public async Task Load(Db db, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.Query<Row>("select key as Key, value as Value from settings", token: token);
        current = Read(configuration, rows.ToDictionary(r => r.Key, string? (r) => r.Value, StringComparer.OrdinalIgnoreCase));
        generations.Raise([.. new PageTags().Site()]);
    }

    private static ForumSettings Read(IConfiguration configuration, Dictionary<string, string?> own) =>
        new ConfigurationBuilder()
            .AddConfiguration(configuration.GetSection("Forum"))
            .AddInMemoryCollection(own)
            .Build()
            .Get<ForumSettings>() ?? new ForumSettings();

    private sealed record Row
    {
        public string Key { get; init; } = "";
        public string Value { get; init; } = "";
    }
}
