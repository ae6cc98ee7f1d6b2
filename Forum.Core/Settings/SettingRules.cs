using System.Globalization;
using FluentValidation.Results;
using Forum.Core.Privileges;

namespace Forum.Core.Settings;

/// <summary>What may be set, and what follows from it (docs/rules/settings.md).</summary>
public static class SettingRules
{
    /// <summary>What is wrong with values as they were typed, each at its field.</summary>
    public static IEnumerable<ValidationFailure> Failures(IReadOnlyDictionary<string, string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (key, text) in values)
        {
            if (Setting.Find(key) is not { } setting)
                yield return Failure(key, new Refusal("settings.unknown", key));
            else if (setting.WhyNot(text) is { } wrong)
                yield return Failure(setting.Key, wrong);
        }
    }

    /// <summary>
    /// What of the typed values differs from what the database says, by key; null where it need not say anything, because nothing was typed
    /// or what was typed is in force without it.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Changes(
        IReadOnlyDictionary<string, string?> values, IReadOnlyDictionary<string, string> own, ForumSettings configured)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(configured);
        var preset = values.FirstOrDefault(value => value.Key.Equals(nameof(ForumSettings.Preset), StringComparison.OrdinalIgnoreCase)).Value
            ?? own.GetValueOrDefault(nameof(ForumSettings.Preset));
        // A threshold is compared with that of the preset that is chosen with it.
        var beneath = Enum.TryParse<Preset>(preset, ignoreCase: true, out var chosen) ? configured with { Preset = chosen } : configured;
        var changes = new SortedDictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, text) in values)
        {
            var setting = Setting.Find(key)!;
            var typed = string.IsNullOrWhiteSpace(text) ? null : setting.Parse(text);
            var wanted = typed == setting.Of(setting.Privilege is null ? configured : beneath) ? null : typed;
            if (wanted != own.GetValueOrDefault(setting.Key))
                changes[setting.Key] = wanted;
        }

        return changes;
    }

    /// <summary>What the database says after some changes.</summary>
    public static IReadOnlyDictionary<string, string> After(IReadOnlyDictionary<string, string> own, IReadOnlyDictionary<string, string?> changes)
    {
        var after = new Dictionary<string, string>(own, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in changes)
        {
            if (value is null)
                after.Remove(key);
            else
                after[key] = value;
        }

        return after;
    }

    /// <summary>Numbers that stand by themselves and yet are the least and the most of something.</summary>
    private static readonly (string Least, string Most)[] Ordered =
    [
        (Key(nameof(ForumSettings.Bounties), nameof(BountySettings.Least)), Key(nameof(ForumSettings.Bounties), nameof(BountySettings.Most))),
        (Key(nameof(ForumSettings.Bounties), nameof(BountySettings.LeastAfterAnswering)), Key(nameof(ForumSettings.Bounties), nameof(BountySettings.Most))),
        (Key(nameof(ForumSettings.Search), nameof(SearchSettings.Related)), Key(nameof(ForumSettings.Search), nameof(SearchSettings.RelatedKept))),
    ];

    /// <summary>Changed numbers of which the least would be above the most.</summary>
    public static IEnumerable<ValidationFailure> Crossed(IEnumerable<string> changed, ForumSettings after) =>
        from key in changed
        let setting = Setting.Find(key)
        where setting is not null
        from ends in Ends(setting)
        let least = ends.Least.Of(after)
        let most = ends.Most.Of(after)
        where int.Parse(least, CultureInfo.InvariantCulture) > int.Parse(most, CultureInfo.InvariantCulture)
        select Failure(setting.Key, new Refusal("settings.crossed", least, most));

    private static IEnumerable<(Setting Least, Setting Most)> Ends(Setting setting)
    {
        if (setting.OtherEnd is { } other)
            yield return setting.End == "settings.least" ? (setting, other) : (other, setting);
        foreach (var (least, most) in Ordered.Where(pair => pair.Least == setting.Key || pair.Most == setting.Key))
            yield return (Setting.Find(least)!, Setting.Find(most)!);
    }

    private static string Key(string record, string value) => $"{record}:{value}";

    private static ValidationFailure Failure(string key, Refusal why) =>
        new($"{nameof(ChangeSettings.Values)}[{key}]", why.Code) { ErrorCode = why.Code, CustomState = why.Arguments };
}
