using System.CommandLine;
using System.Globalization;
using Forum.Core.Statistics;

namespace Forum.Web.Commands;

/// <summary><c>statistics build --all</c>: counts the site's figures from its first day on, after an import. It may run beside a server.</summary>
sealed class StatisticsCommand : Command
{
    static readonly Option<bool> All = new("--all") { Description = "From the first day on.", Required = true };

    public StatisticsCommand() : base("statistics", "Figures of the whole site.")
    {
        var build = new Command("build", "Counts the site's figures for each day, week and month. A server does it by itself every night.") { All };
        build.SetAction(Build);
        Add(build);
    }

    static async Task<int> Build(ParseResult parse, CancellationToken token)
    {
        if (!parse.GetValue(All))
            throw new WrongUseException("'statistics build' takes --all: from the first day on.");

        var output = parse.InvocationConfiguration.Output;
        await using var forum = await Operator.OpenExisting(parse);
        var months = await LongWork.Run(output, progress => forum.Services.GetRequiredService<CountStatistics>().All(new Months(progress), token));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{months:N0} months counted."));
        return CommandLine.Fine;
    }

    sealed class Months(IProgress<Step> progress) : IProgress<DateOnly>
    {
        int done;

        public void Report(DateOnly value) => progress.Report(new Step("Months", ++done, 0));
    }
}
