using System.CommandLine;
using System.Globalization;
using Forum.Core.Questions;

namespace Forum.Web.Commands;

/// <summary><c>related build --all</c>: finds the related questions of every question at once, after an import or a change of the weights. It may run beside a server.</summary>
sealed class RelatedCommand : Command
{
    const int AtOnce = 50;

    static readonly Option<bool> All = new("--all") { Description = "Every question's.", Required = true };

    public RelatedCommand() : base("related", "Related questions as a whole.")
    {
        var build = new Command("build", "Finds the related questions of every question. A server does it by itself, but slowly.") { All };
        build.SetAction(Build);
        Add(build);
    }

    static async Task<int> Build(ParseResult parse, CancellationToken token)
    {
        if (!parse.GetValue(All))
            throw new WrongUseException("'related build' takes --all: every question's.");

        var output = parse.InvocationConfiguration.Output;
        await using var forum = await Operator.OpenExisting(parse);
        var (questions, changed) = await LongWork.Run(output, async progress =>
        {
            var (after, questions, changed) = (0L, 0, 0);
            while (await forum.Send(new RelateAll(after, AtOnce), token) is { Last: { } last } some)
            {
                (after, questions, changed) = (last, questions + some.Questions, changed + some.Changed);
                progress.Report(new Step("Questions", questions, 0));
            }

            return (questions, changed);
        });
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{questions:N0} questions, {changed:N0} of them with other related questions than before."));
        return CommandLine.Fine;
    }
}
