using System.CommandLine;
using Forum.Core.Verification;

namespace Forum.Web.Commands;

/// <summary><c>verify</c>: recomputes every derived value and prints each difference.</summary>
sealed class VerifyCommand : Command
{
    public VerifyCommand() : base("verify", "Recomputes every derived value and prints each difference; 1 if there is any.") => SetAction(Verify);

    static async Task<int> Verify(ParseResult parse, CancellationToken token)
    {
        var output = parse.InvocationConfiguration.Output;
        await using var forum = await Operator.OpenExisting(parse);
        var differences = await LongWork.Run(output, "Recomputing every derived value", () => forum.Send(new Verify(), token));
        foreach (var difference in differences)
            await output.WriteLineAsync(difference);
        return differences.Count == 0 ? CommandLine.Fine : CommandLine.FoundSomething;
    }
}
