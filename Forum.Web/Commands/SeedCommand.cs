using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Forum.Core.Samples;
using Forum.Data;
using Forum.Data.Sqlite;

namespace Forum.Web.Commands;

/// <summary><c>seed --questions N</c>: fills an empty database with a synthetic community, the same one for the same number.</summary>
sealed class SeedCommand : Command
{
    static readonly Option<int> Questions = new("--questions") { Description = "How many questions.", Required = true, HelpName = "N" };

    public SeedCommand() : base("seed", "Fills an empty database with a synthetic community of so many questions, for measuring.")
    {
        Add(Questions);
        SetAction(Seed);
    }

    static async Task<int> Seed(ParseResult parse, CancellationToken token)
    {
        var questions = parse.GetRequiredValue(Questions);
        if (questions is < 1 or > 10_000_000)
            throw new WrongUseException("--questions takes a number from 1 to 10,000,000.");

        var output = parse.InvocationConfiguration.Output;
        await using var forum = await Operator.Open(parse);
        var database = forum.Services.GetRequiredService<Database>();
        using var alone = ServerLock.Take(database) ?? throw new WrongUseException("A server is running on this database.");
        var time = Stopwatch.StartNew();
        var posts = await LongWork.Run(output, progress => forum.Send(new SeedQuestions(questions, new Steps(progress)), token));
        await output.WriteLineAsync(Summary(posts, time.Elapsed.TotalSeconds, new FileInfo(database.Path).Length));
        return CommandLine.Fine;
    }

    static string Summary(int posts, double seconds, long bytes) => string.Create(CultureInfo.InvariantCulture,
        $"{posts:N0} posts in {seconds:N1} s: {posts / seconds:N0} posts/s; {bytes / 1e6:N0} MB, {bytes / posts:N0} bytes a post.");

    sealed class Steps(IProgress<Step> progress) : IProgress<SeedQuestions.Progress>
    {
        public void Report(SeedQuestions.Progress value) => progress.Report(new Step(value.Step.ToString(), value.Done, value.Of));
    }
}
