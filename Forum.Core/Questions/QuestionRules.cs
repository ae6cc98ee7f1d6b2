using FluentValidation;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;

namespace Forum.Core.Questions;

/// <summary>What a person has asked of late.</summary>
internal sealed record AskingRecord
{
    public DateTimeOffset? LastAt { get; init; }
    public int Today { get; init; }
    public int Last30Days { get; init; }
}

/// <summary>Who may ask, and when (docs/rules/questions.md).</summary>
internal static class QuestionRules
{
    /// <summary>Why a person may not ask now, or not with an answer, or not with so many links.</summary>
    public static Refusal? WhyNotAsk(Person asker, AskingRecord record, bool withAnswer, int links, DateTimeOffset now, ForumSettings settings)
    {
        var (limits, wait) = (settings.Limits, settings.Windows.BetweenQuestions);
        return asker switch
        {
            { IsModerator: true } => null,
            _ when record.Today >= limits.QuestionsPerDay => new("questions.too-many-today", limits.QuestionsPerDay) { Wait = Refusals.UntilTomorrow(now) },
            _ when record.Last30Days >= limits.QuestionsPer30Days => new("questions.too-many-this-month", limits.QuestionsPer30Days) { Wait = Refusals.UntilTomorrow(now) },
            _ when asker.Reputation < limits.PacedBelowReputation && record.LastAt is { } last && last + wait > now
                => new("questions.too-soon", (int)Math.Ceiling((last + wait - now).TotalMinutes), limits.PacedBelowReputation) { Wait = last + wait - now },
            _ when withAnswer && asker.Reputation < settings.Needs(Privilege.SelfAnswer)
                => new("questions.self-answer", settings.Needs(Privilege.SelfAnswer), asker.Reputation),
            _ => WhyNotLink(asker, links, settings),
        };
    }

    /// <summary>Why a newcomer may not put so many links in a post.</summary>
    public static Refusal? WhyNotLink(Person author, int links, ForumSettings settings) =>
        !author.IsModerator && links > settings.Limits.NewUserLinks && author.Reputation < settings.Needs(Privilege.NewUserLifted)
            ? new("questions.too-many-links", settings.Limits.NewUserLinks, settings.Needs(Privilege.NewUserLifted), author.Reputation)
            : null;

    /// <summary>One to five names of tags.</summary>
    public static IRuleBuilderOptions<T, string> AreTags<T>(this IRuleBuilder<T, string> rule, LimitSettings limits) =>
        rule
            .Must(tags => TagNames.Parse(tags).Count >= limits.Tags.Min)
            .WithErrorCode("tags.too-few").WithState(_ => new object[] { limits.Tags.Min })
            .Must(tags => TagNames.Parse(tags).Count <= limits.Tags.Max)
            .WithErrorCode("tags.too-many").WithState(_ => new object[] { limits.Tags.Max })
            .Must(tags => TagNames.Parse(tags).All(name => TagNames.IsValid(name, limits.TagLength)))
            .WithErrorCode("tags.not-a-name").WithState(_ => new object[] { limits.TagLength });

    /// <summary>The name of one tag.</summary>
    public static IRuleBuilderOptions<T, string> IsTag<T>(this IRuleBuilder<T, string> rule, LimitSettings limits) =>
        rule
            .Must(text => TagNames.Parse(text) is [var name] && TagNames.IsValid(name, limits.TagLength))
            .WithErrorCode("tags.not-a-name").WithState(_ => new object[] { limits.TagLength });
}
