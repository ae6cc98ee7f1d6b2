using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Core.Bounties;

/// <summary>What is to be done about a bounty at some moment.</summary>
public enum BountyStep
{
    /// <summary>Nothing yet.</summary>
    Nothing,

    /// <summary>Its sponsor is reminded that its time runs out.</summary>
    RemindOfEnd,

    /// <summary>Its sponsor is reminded that its grace has begun.</summary>
    RemindOfGrace,

    /// <summary>Nobody gave it in time: it ends by itself.</summary>
    End,
}

/// <summary>Where a bounty goes.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Amount">What of the bounty its author gets.</param>
public sealed record BountyAward(BountyAnswer Answer, int Amount);

/// <summary>Who may offer and give which bounty when, and what becomes of one that nobody gives (docs/rules/bounties.md).</summary>
public static class BountyRules
{
    /// <summary>Why a person may not offer a bounty on a question now, whatever the amount.</summary>
    public static Refusal? WhyNotStart(Person person, BountyTarget question, DateTimeOffset now, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(settings);
        var rules = settings.Bounties;
        return question switch
        {
            { IsDeleted: true } => new("bounties.deleted-question"),
            { HasBounty: true } => new("bounties.running-already"),
            { IsClosed: true } => new("bounties.closed-question"),
            { IsLocked: true } => new("bounties.locked-question"),
            _ when now < question.AskedAt + rules.QuestionAge
                => new("bounties.too-young", (int)rules.QuestionAge.TotalHours, (int)Math.Ceiling((question.AskedAt + rules.QuestionAge - now).TotalHours)),
            _ when settings.WhyNot(Privilege.SetBounties, person) is { } needs => needs,
            _ when question.Running >= rules.PerSponsor => new("bounties.too-many", rules.PerSponsor),
            _ when person.Reputation < Minimum(question, rules) => new("bounties.cannot-afford", Minimum(question, rules), person.Reputation),
            _ => null,
        };
    }

    /// <summary>Why a person may not offer so much.</summary>
    public static Refusal? WhyNotStart(Person person, BountyTarget question, int amount, DateTimeOffset now, ForumSettings settings) =>
        WhyNotStart(person, question, now, settings) ?? amount switch
        {
            _ when amount < Minimum(question, settings.Bounties) => new("bounties.too-little", Minimum(question, settings.Bounties)),
            _ when amount > person.Reputation => new("bounties.cannot-afford", amount, person.Reputation),
            _ => null,
        };

    /// <summary>The least a person may offer: more with each bounty of theirs on the question, and more when they have answered it.</summary>
    public static int Minimum(BountyTarget question, BountySettings rules)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(rules);
        var doubled = rules.Least * Math.Pow(2, question.Earlier);
        return (int)Math.Min(rules.Most, question.HasAnswered ? Math.Max(doubled, rules.LeastAfterAnswering) : doubled);
    }

    /// <summary>Whether an amount is one that bounties have.</summary>
    public static bool IsAmount(int amount, BountySettings rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return amount >= rules.Least && amount <= rules.Most && amount % rules.Step == 0;
    }

    // More than these nobody looks through; an operator who wants larger bounties makes larger steps.
    private const int MostChoices = 50;

    /// <summary>The amounts a person may choose from: from the least they may offer to the most they have.</summary>
    public static IReadOnlyList<int> Amounts(Person person, BountyTarget question, BountySettings rules)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(rules);
        var least = Minimum(question, rules);
        return [.. Enumerable.Range(1, Math.Min(rules.Most, person.Reputation) / rules.Step).Select(n => n * rules.Step).Where(amount => amount >= least && IsAmount(amount, rules)).Take(MostChoices)];
    }

    /// <summary>Whether a bounty's time and its grace are over, so that only what happens by itself is left.</summary>
    public static bool IsOver(RunningBounty bounty, DateTimeOffset now, BountySettings rules)
    {
        ArgumentNullException.ThrowIfNull(bounty);
        ArgumentNullException.ThrowIfNull(rules);
        return now >= bounty.EndsAt + rules.Grace;
    }

    /// <summary>Why a person may not give a bounty to an answer of its question.</summary>
    public static Refusal? WhyNotAward(long userId, RunningBounty bounty, BountyAnswer answer, DateTimeOffset now, BountySettings rules)
    {
        ArgumentNullException.ThrowIfNull(bounty);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(rules);
        return answer switch
        {
            _ when bounty.SponsorId != userId => new("bounties.not-sponsor"),
            _ when IsOver(bounty, now, rules) => new("bounties.not-running"),
            { IsDeleted: true } => new("bounties.deleted-answer"),
            _ when answer.AuthorId == userId => new("bounties.own-answer"),
            { AuthorId: null } => new("bounties.nobodys-answer"),
            _ when now < bounty.StartedAt + rules.AwardAfter
                => new("bounties.too-soon", (int)rules.AwardAfter.TotalHours, (int)Math.Ceiling((bounty.StartedAt + rules.AwardAfter - now).TotalHours)),
            _ => null,
        };
    }

    /// <summary>What is to be done about a bounty now. A reminder whose time has passed is left out.</summary>
    public static BountyStep Due(RunningBounty bounty, DateTimeOffset now, BountySettings rules)
    {
        ArgumentNullException.ThrowIfNull(bounty);
        ArgumentNullException.ThrowIfNull(rules);
        return bounty switch
        {
            _ when IsOver(bounty, now, rules) => BountyStep.End,
            { Reminders: < 2 } when now >= bounty.EndsAt => BountyStep.RemindOfGrace,
            { Reminders: < 1 } when now >= bounty.EndsAt - rules.RemindBefore => BountyStep.RemindOfEnd,
            _ => BountyStep.Nothing,
        };
    }

    /// <summary>
    /// Where a bounty goes that nobody gave: all of it to the answer of its time that the sponsor accepted on their own
    /// question, else a part of it to the best answer of its time, else to nobody.
    /// </summary>
    public static BountyAward? Automatic(RunningBounty bounty, IEnumerable<BountyAnswer> answers, BountySettings rules)
    {
        ArgumentNullException.ThrowIfNull(bounty);
        ArgumentNullException.ThrowIfNull(rules);
        var ofItsTime = answers
            .Where(a => !a.IsDeleted && a.AuthorId > 0 && a.AuthorId != bounty.SponsorId && a.CreatedAt > bounty.StartedAt && a.CreatedAt < bounty.EndsAt + rules.Grace)
            .ToList();
        if (bounty.SponsorId is { } sponsor && sponsor == bounty.AskerId && ofItsTime.Find(a => a.IsAccepted) is { } accepted)
            return new BountyAward(accepted, bounty.Amount);

        var best = ofItsTime.Where(a => a.Score >= rules.AutomaticScore).OrderByDescending(a => a.Score).ThenBy(a => a.CreatedAt).ThenBy(a => a.Id).FirstOrDefault();
        return best is null ? null : new BountyAward(best, bounty.Amount * rules.AutomaticPercent / 100);
    }
}
