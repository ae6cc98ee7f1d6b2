namespace Forum.Core.Settings;

/// <summary>Notices that moderators put above posts (docs/rules/notices.md).</summary>
public sealed record NoticeSettings
{
    /// <summary>For how many days a notice of a current event is offered to stand.</summary>
    [Allowed(1, 3_650)]
    public int EventDays { get; init; } = 30;

    /// <summary>The most days after which a notice can end by itself.</summary>
    [Allowed(1, 36_500)]
    public int MostDays { get; init; } = 365;
}
