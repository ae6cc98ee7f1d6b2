using Forum.Core.Pipeline;
using Forum.Data;
using Microsoft.Extensions.Configuration;

namespace Forum.Core.Settings;

/// <summary>Holds the settings in force. A singleton; requests get a <see cref="ForumSettings"/> of their scope.</summary>
public sealed class SettingsStore(IConfiguration configuration, Generations generations)
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.OrdinalIgnoreCase);

    private readonly IConfigurationSection configured = configuration.GetSection("Forum");
    private volatile ForumSettings current = Read(configuration, Nothing);

    /// <summary>What is in force now.</summary>
    public ForumSettings Current => current;

    /// <summary>What would be in force if the database said nothing.</summary>
    public ForumSettings Configured => Read(configuration, Nothing);

    /// <summary>Reads the database's values over the configuration's.</summary>
    public async Task Load(Db db, CancellationToken token)
    {
        current = With(await Own(db, token));
        generations.Raise([.. new PageTags().Site()]);
    }

    /// <summary>What would be in force if the database said this.</summary>
    public ForumSettings With(IReadOnlyDictionary<string, string> own) => Read(configuration, own);

    /// <summary>Where a value comes from, the database's being given.</summary>
    public SettingSource SourceOf(Setting setting, IReadOnlyDictionary<string, string> own)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(own);
        return own.ContainsKey(setting.Key) ? SettingSource.Here
            : configured[setting.Key] is not null ? SettingSource.Configuration
            : SettingSource.Default;
    }

    /// <summary>What the database says, by key.</summary>
    internal static async Task<Dictionary<string, string>> Own(Db db, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.Query<Row>("select key as Key, value as Value from settings", token: token);
        return rows.ToDictionary(r => r.Key, r => r.Value, StringComparer.OrdinalIgnoreCase);
    }

    private static ForumSettings Read(IConfiguration configuration, IReadOnlyDictionary<string, string> own) =>
        new ConfigurationBuilder()
            .AddConfiguration(configuration.GetSection("Forum"))
            .AddInMemoryCollection(own.Select(value => KeyValuePair.Create<string, string?>(value.Key, value.Value)))
            .Build()
            .Get<ForumSettings>() ?? new ForumSettings();

    private sealed record Row
    {
        public string Key { get; init; } = "";
        public string Value { get; init; } = "";
    }
}
