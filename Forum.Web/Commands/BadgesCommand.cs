using System.CommandLine;
using System.Globalization;
using Forum.Core.Badges;

namespace Forum.Web.Commands;

/// <summary><c>badges award --all</c>: awards what everybody has earned, after an import or a change of the badges' numbers. It may run beside a server.</summary>
sealed class BadgesCommand : Command
{
    const int AtOnce = 200;

    static readonly Option<bool> All = new("--all") { Description = "Everybody's.", Required = true };

    public BadgesCommand() : base("badges", "Badges as a whole.")
    {
        var award = new Command("award", "Awards every badge that was earned and is not held, and prints how many of each. Nobody gets a notice.") { All };
        award.SetAction(Award);
        Add(award);
    }

    static async Task<int> Award(ParseResult parse, CancellationToken token)
    {
        if (!parse.GetValue(All))
            throw new WrongUseException("'badges award' takes --all: everybody's badges.");

        var output = parse.InvocationConfiguration.Output;
        await using var forum = await Operator.OpenExisting(parse);
        var (people, awarded, lost) = await LongWork.Run(output, async progress =>
        {
            var awarded = new Dictionary<string, int>(StringComparer.Ordinal);
            var (people, tags, lost) = (0, 0, 0);
            var after = 0L;
            while (await forum.Send(new AwardAllBadges(after, AtOnce), token) is { Last: { } last } some)
            {
                (after, people) = (last, people + some.People);
                foreach (var (badge, count) in some.Awarded)
                    awarded[badge] = awarded.GetValueOrDefault(badge) + count;
                progress.Report(new Step("People", people, 0));
            }

            after = 0;
            while (await forum.Send(new AwardAllTagBadges(after), token) is { Last: { } last } some)
            {
                (after, lost, tags) = (last, lost + some.Lost, tags + some.Awarded.Values.Sum());
                progress.Report(new Step("Badges of tags", tags, 0));
            }

            if (tags > 0)
                awarded["Badges of tags"] = tags;
            return (people, awarded, lost);
        });

        foreach (var (badge, count) in awarded.OrderByDescending(b => b.Value).ThenBy(b => b.Key, StringComparer.Ordinal))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{badge}: {count:N0}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{people:N0} people, {awarded.Values.Sum():N0} badges awarded, {lost:N0} taken back."));
        return CommandLine.Fine;
    }
}
