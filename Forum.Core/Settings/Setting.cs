using System.Globalization;
using System.Reflection;
using System.Text;
using Forum.Core.Privileges;

namespace Forum.Core.Settings;

/// <summary>What a value is.</summary>
public enum SettingKind
{
    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A number with a fraction.</summary>
    Fraction,

    /// <summary>A span of time, as <c>d.hh:mm:ss</c>.</summary>
    Span,

    /// <summary>Yes or no.</summary>
    Switch,

    /// <summary>One of a few names.</summary>
    Choice,
}

/// <summary>Where the value in force comes from.</summary>
public enum SettingSource
{
    /// <summary>The rules' own.</summary>
    Default,

    /// <summary>A configuration file, the environment or the command line.</summary>
    Configuration,

    /// <summary>The database: an administrator said so.</summary>
    Here,
}

/// <summary>
/// The least and the most that a number, or all numbers of a record, may be set to; of a span of time in seconds. Without it, see
/// <see cref="Setting.All"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class AllowedAttribute(double least, double most) : Attribute
{
    /// <summary>The least.</summary>
    public double Least { get; } = least;

    /// <summary>The most.</summary>
    public double Most { get; } = most;
}

/// <summary>
/// A value of <see cref="ForumSettings"/> that an operator can tune: what it is called, what it may be. The list is made from the
/// records themselves, so that whoever adds a value to them has added it here, to the pages and to the help.
/// </summary>
public sealed record Setting
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_650);
    private static readonly string[] SpanFormats = [@"d\.h\:m\:s", @"d\.h\:m", @"h\:m\:s", @"h\:m"];

    private Func<ForumSettings, object> Read { get; init; } = null!;

    private Setting()
    {
    }

    /// <summary>What the configuration and the table <c>settings</c> call it: <c>Limits:Title:Min</c>, <c>Thresholds:vote-up</c>.</summary>
    public string Key { get; private init; } = "";

    /// <summary>The record it belongs to, as part of an address: <c>limits</c>.</summary>
    public string Group { get; private init; } = "";

    /// <summary>The key of its name in the reader's language.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Of a range: the key of the word for its end, <c>settings.least</c> or <c>settings.most</c>.</summary>
    public string? End { get; private init; }

    /// <summary>What it is.</summary>
    public SettingKind Kind { get; private init; }

    /// <summary>The least of a number; of a span in seconds.</summary>
    public double Least { get; private init; }

    /// <summary>The most.</summary>
    public double Most { get; private init; }

    /// <summary>The names to choose from.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>The privilege whose threshold it is.</summary>
    public Privilege? Privilege { get; private init; }

    /// <summary>
    /// All of them, in the order of the records. A number may be 0 only if its own value is, or something says so
    /// (<see cref="AllowedAttribute"/>): others divide by it. A loss may not become a gain. A span is positive.
    /// </summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Thresholds(), .. Records()];

    /// <summary>The groups, in the order they are shown.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. All.Select(setting => setting.Group).Distinct(StringComparer.Ordinal)];

    /// <summary>The one a key names, however it is written; null when there is none.</summary>
    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Its value among <paramref name="settings"/>, as people type it.</summary>
    public string Of(ForumSettings settings) => Text(Read(settings));

    /// <summary>The other end of the range it is one of; null when it is no range's.</summary>
    public Setting? OtherEnd => End is null ? null : All.First(other => other.Name == Name && other.End != End);

    /// <summary>A typed text as it is kept; null when it is none that this may be.</summary>
    public string? Parse(string text)
    {
        var typed = (text ?? "").Trim();
        return Kind switch
        {
            SettingKind.Number when long.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && IsWithin(number) => Text(number),
            SettingKind.Fraction when double.TryParse(typed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && IsWithin(number) => Text(number),
            SettingKind.Span when TimeSpan.TryParseExact(typed, SpanFormats, CultureInfo.InvariantCulture, out var span) && IsWithin(span.TotalSeconds) => Text(span),
            SettingKind.Switch or SettingKind.Choice => Choices.FirstOrDefault(choice => choice.Equals(typed, StringComparison.OrdinalIgnoreCase)),
            _ => null,
        };
    }

    /// <summary>Why a typed text is not what this may be; null when it is, or is empty, which stands for the value beneath.</summary>
    public Refusal? WhyNot(string? text) => string.IsNullOrWhiteSpace(text) || Parse(text) is not null
        ? null
        : Kind switch
        {
            SettingKind.Number => new Refusal("settings.no-number", Least, Most),
            SettingKind.Fraction => new Refusal("settings.no-fraction", Least, Most),
            SettingKind.Span => new Refusal("settings.no-span", Text(TimeSpan.FromSeconds(Least)), Text(TimeSpan.FromSeconds(Most))),
            SettingKind.Switch or SettingKind.Choice => new Refusal("settings.no-choice"),
        };

    private bool IsWithin(double number) => number >= Least && number <= Most;

    private static string Text(object value) => value switch
    {
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static IEnumerable<Setting> Thresholds()
    {
        yield return new Setting
        {
            Key = nameof(ForumSettings.Preset), Group = "privileges", Name = "settings.preset", Kind = SettingKind.Choice,
            Choices = Enum.GetNames<Preset>(), Read = settings => settings.Preset,
        };
        foreach (var privilege in Privilege.All)
        {
            yield return new Setting
            {
                Key = $"{nameof(ForumSettings.Thresholds)}:{privilege.Key}", Group = "privileges", Name = $"privileges.{privilege.Key}", Kind = SettingKind.Number,
                Least = 1, Most = 1_000_000, Privilege = privilege, Read = settings => settings.Needs(privilege),
            };
        }
    }

    private static IEnumerable<Setting> Records() =>
        from record in typeof(ForumSettings).GetProperties()
        where IsRecord(record.PropertyType)
        from setting in Of(record.PropertyType, record.Name, Kebab(record.Name), $"settings.{Kebab(record.Name)}", settings => record.GetValue(settings)!)
        select setting;

    private static IEnumerable<Setting> Of(Type record, string path, string group, string name, Func<ForumSettings, object> of)
    {
        foreach (var property in record.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.CanWrite))
        {
            object Value(ForumSettings settings) => property.GetValue(of(settings))!;
            var value = Value(new ForumSettings());
            var allowed = property.GetCustomAttribute<AllowedAttribute>() ?? (value is TimeSpan ? null : record.GetCustomAttribute<AllowedAttribute>());
            var setting = new Setting { Key = $"{path}:{property.Name}", Group = group, Name = $"{name}.{Kebab(property.Name)}", Read = Value };
            if (IsRecord(property.PropertyType))
            {
                foreach (var within in Of(property.PropertyType, setting.Key, group, setting.Name, Value))
                    yield return within;
            }

            switch (value)
            {
                case LengthRange:
                    yield return setting with
                    {
                        Key = $"{setting.Key}:{nameof(LengthRange.Min)}", Kind = SettingKind.Number, End = "settings.least", Most = 1_000_000,
                        Read = settings => ((LengthRange)Value(settings)).Min,
                    };
                    yield return setting with
                    {
                        Key = $"{setting.Key}:{nameof(LengthRange.Max)}", Kind = SettingKind.Number, End = "settings.most", Least = 1, Most = 1_000_000,
                        Read = settings => ((LengthRange)Value(settings)).Max,
                    };
                    break;
                case int or long:
                    var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
                    yield return setting with
                    {
                        Kind = SettingKind.Number,
                        Least = allowed?.Least ?? (number < 0 ? -1_000_000 : Math.Min(number, 1)),
                        Most = allowed?.Most ?? (number < 0 ? 0 : 1_000_000_000),
                    };
                    break;
                case double:
                    yield return setting with { Kind = SettingKind.Fraction, Least = allowed?.Least ?? 0, Most = allowed?.Most ?? 1_000 };
                    break;
                case TimeSpan:
                    yield return setting with
                    {
                        Kind = SettingKind.Span, Least = allowed?.Least ?? Shortest.TotalSeconds, Most = allowed?.Most ?? Longest.TotalSeconds,
                    };
                    break;
                case bool:
                    yield return setting with { Kind = SettingKind.Switch, Choices = [bool.TrueString, bool.FalseString] };
                    break;
                case Enum:
                    yield return setting with { Kind = SettingKind.Choice, Choices = Enum.GetNames(property.PropertyType) };
                    break;
            }
        }
    }

    // What the site is called and where it is are no rules: they stay where the server is set up. So do the badges' own numbers, which are
    // lists and would be read in pieces.
    private static bool IsRecord(Type type) => type.Namespace == typeof(ForumSettings).Namespace && type.IsClass && type != typeof(LengthRange);

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (var letter in name)
        {
            if (kebab.Length > 0 && (char.IsUpper(letter) || char.IsDigit(letter) && !char.IsDigit(kebab[^1])))
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }
}
