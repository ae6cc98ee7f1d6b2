namespace Forum.Core.Settings;

/// <summary>
/// How often newcomers and strangers do something from one address and from those around it, and one account in a short time
/// (docs/rules/limits.md). 0 switches a number off.
/// </summary>
[Allowed(0, 1_000_000)]
public sealed record PaceSettings
{
    /// <summary>Whether any of this is counted.</summary>
    public bool IsOn { get; init; } = true;
    /// <summary>Accounts made in an hour from the addresses around one; from the one itself: <see cref="LimitSettings.RegistrationsPerHour"/>…</summary>
    public int RegistrationsAround { get; init; } = 60;
    /// <summary>…and in a day from one address…</summary>
    public int RegistrationsADay { get; init; } = 50;
    /// <summary>…and from those around it.</summary>
    public int RegistrationsADayAround { get; init; } = 150;
    /// <summary>Wrong names and passwords in an hour from one address…</summary>
    public int FailedSignIns { get; init; } = 50;
    /// <summary>…and from those around it.</summary>
    public int FailedSignInsAround { get; init; } = 200;
    /// <summary>Questions of newcomers in an hour from one address…</summary>
    public int Questions { get; init; } = 10;
    /// <summary>…from those around it…</summary>
    public int QuestionsAround { get; init; } = 30;
    /// <summary>…in a day from one address…</summary>
    public int QuestionsADay { get; init; } = 30;
    /// <summary>…and from those around it.</summary>
    public int QuestionsADayAround { get; init; } = 100;
    /// <summary>Answers of newcomers in an hour from one address…</summary>
    public int Answers { get; init; } = 20;
    /// <summary>…and from those around it.</summary>
    public int AnswersAround { get; init; } = 60;
    /// <summary>Comments of one account in a minute…</summary>
    public int CommentsOfOne { get; init; } = 10;
    /// <summary>…of newcomers from one address…</summary>
    public int Comments { get; init; } = 20;
    /// <summary>…and from those around it.</summary>
    public int CommentsAround { get; init; } = 60;
    /// <summary>Votes of one account in a minute…</summary>
    public int VotesOfOne { get; init; } = 30;
    /// <summary>…of newcomers from one address…</summary>
    public int Votes { get; init; } = 60;
    /// <summary>…and from those around it.</summary>
    public int VotesAround { get; init; } = 180;
    /// <summary>Flags of one account in a minute…</summary>
    public int FlagsOfOne { get; init; } = 10;
    /// <summary>…of newcomers from one address…</summary>
    public int Flags { get; init; } = 20;
    /// <summary>…and from those around it.</summary>
    public int FlagsAround { get; init; } = 60;
    /// <summary>Searches in a minute from the addresses around one; by one: <see cref="LimitSettings.SearchesPerMinute"/>.</summary>
    public int SearchesAround { get; init; } = 120;
}
