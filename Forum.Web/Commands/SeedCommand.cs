using System.CommandLine;
using Forum.Core.Samples;
using Forum.Data;
using Forum.Data.Sqlite;
using MediatR;

namespace Forum.Web.Commands;

/// <summary><c>seed --questions N</c>: fills an empty database with a synthetic community, the same one for the same number.</summary>
sealed class SeedCommand : Command
{
    // One transaction; people's writes pass between two.
    const int AtOnce = 25;

    static readonly Option<int> Questions = new("--questions") { Description = "How many questions.", Required = true, HelpName = "N" };

    public SeedCommand() : base("seed", "Fills an empty database with a synthetic community of so many questions, for measuring.")
    {
        Add(Questions);
        SetAction(Seed);
    }

    static async Task<int> Seed(ParseResult parse, CancellationToken token)
    {
        var total = parse.GetRequiredValue(Questions);
        if (total is < 1 or > 10_000_000)
            throw new WrongUseException("--questions takes a number from 1 to 10,000,000.");

        var output = parse.InvocationConfiguration.Output;
        await using var forum = await Operator.Open(parse);
        using var alone = ServerLock.Take(forum.Services.GetRequiredService<Database>()) ?? throw new WrongUseException("A server is running on this database.");
        await LongWork.Run(output, async progress =>
        {
            for (var first = 0; first < total; first += AtOnce)
            {
                token.ThrowIfCancellationRequested();
                await forum.Send(new SeedQuestions(first, Math.Min(AtOnce, total - first), total), token);
                progress.Report(new Step("Questions", Math.Min(first + AtOnce, total), total));
            }

            return Unit.Value;
        });
        return CommandLine.Fine;
    }
}
