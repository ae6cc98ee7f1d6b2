using System.CommandLine;
using System.Globalization;
using Forum.Core.Fairness;
using Forum.Core.Voting;

namespace Forum.Web.Commands;

/// <summary><c>votes serial</c>: looks for serial voting as the server does every night. It may run beside a server.</summary>
sealed class VotesCommand : Command
{
    const int Month = 30;

    public VotesCommand() : base("votes", "Votes as a whole.") => Add(Serial());

    static Command Serial()
    {
        var isDry = new Option<bool>("--dry-run") { Description = "Says what would be taken out, and leaves it." };
        var days = new Option<int>("--days") { Description = "How many days to look back.", DefaultValueFactory = _ => Month };
        days.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 1 or > 3_650)
                given.AddError("--days is 1 to 3650.");
        });
        var serial = new Command("serial", "Takes out serial votes: many of one person for another within a short time.") { isDry, days };
        serial.SetAction(async (parse, token) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var dry = parse.GetValue(isDry);
            await using var forum = await Operator.OpenExisting(parse);
            var since = forum.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-parse.GetValue(days));
            var found = await LongWork.Run(
                output, "Looking for serial votes", () => forum.Services.GetRequiredService<ReverseSerialVotes>().Search(since, dry, token));
            foreach (var series in found)
                await output.WriteLineAsync(Line(series));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{found.Count:N0} series, {found.Sum(series => series.PostIds.Count):N0} votes{(dry ? " would be taken out." : " taken out.")}"));
            return CommandLine.Fine;
        });
        return serial;
    }

    static string Line(SerialVotes series) => string.Create(
        CultureInfo.InvariantCulture,
        $"User {series.VoterId} voted {series.PostIds.Count} times {(series.Direction == Direction.Up ? "up" : "down")} for user {series.AuthorId}, {series.First:yyyy-MM-dd HH:mm} to {series.Last:HH:mm}: posts {string.Join(", ", series.PostIds)}");
}
