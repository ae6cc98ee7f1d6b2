using System.CommandLine;
using System.Globalization;
using Forum.Core.Reputations;

namespace Forum.Web.Commands;

/// <summary><c>reputation recalculate</c>: folds everybody's reputation anew, after the rules were changed. It may run beside a server.</summary>
sealed class ReputationCommand : Command
{
    // One transaction; people's writes pass between two.
    const int AtOnce = 50;

    public ReputationCommand() : base("reputation", "Reputation as a whole.")
    {
        var recalculate = new Command("recalculate", "Computes everybody's reputation anew, after cap or worths were changed in the settings.");
        recalculate.SetAction(Recalculate);
        Add(recalculate);
    }

    static async Task<int> Recalculate(ParseResult parse, CancellationToken token)
    {
        var output = parse.InvocationConfiguration.Output;
        await using var forum = await Operator.OpenExisting(parse);
        var (people, changed) = await LongWork.Run(output, async progress =>
        {
            var (people, changed) = (0, 0);
            var after = long.MinValue;
            while (await forum.Send(new RecalculateReputation(after, AtOnce), token) is { Last: { } last } some)
            {
                (after, people, changed) = (last, people + some.People, changed + some.Changed);
                progress.Report(new Step("People", people, 0));
            }

            return (people, changed);
        });
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{people:N0} people, {changed:N0} with another reputation than before."));
        return CommandLine.Fine;
    }
}
