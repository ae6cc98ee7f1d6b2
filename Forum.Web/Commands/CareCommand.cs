using System.CommandLine;
using System.Globalization;
using Forum.Core.Care;
using Forum.Core.Departures;

namespace Forum.Web.Commands;

/// <summary>
/// <c>care closed</c>, <c>dead</c>, <c>abandoned</c>, <c>removed</c>, <c>bump</c> and <c>idle</c>: what the server does by itself, or with
/// <c>--dry-run</c> what it would do. They may run beside a server.
/// </summary>
sealed class CareCommand : Command
{
    public CareCommand() : base("care", "What the forum does by itself to stay tidy.")
    {
        foreach (var (job, what) in Jobs)
            Add(Clear(job, what));
        Add(Bump());
        Add(Idle());
    }

    static readonly (CareJob Job, string What)[] Jobs =
    [
        (CareJob.Closed, "Deletes questions that stayed closed and brought nothing."),
        (CareJob.Dead, "Deletes questions without answers that people voted down."),
        (CareJob.Abandoned, "Deletes old questions without answers that nobody looks at."),
        (CareJob.Removed, "Deletes posts with a negative score whose authors' accounts are gone."),
    ];

    static Option<bool> DryRun() => new("--dry-run") { Description = "Says what would be done, and leaves it." };

    static Command Clear(CareJob job, string what)
    {
        var isDry = DryRun();
        var clear = new Command(job.Key(), what) { isDry };
        clear.SetAction(async (parse, token) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var dry = parse.GetValue(isDry);
            await using var forum = await Operator.OpenExisting(parse);
            var posts = await LongWork.Run(output, "Looking for what nobody needs", () => forum.Services.GetRequiredService<TakeCare>().Clear(job, dry, token));
            foreach (var post in posts)
                await output.WriteLineAsync(Line(post));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{posts.Count:N0} posts{(dry ? " would be deleted." : " deleted.")}"));
            return CommandLine.Fine;
        });
        return clear;
    }

    static Command Bump()
    {
        var isDry = DryRun();
        var bump = new Command("bump", "Brings up the question that has waited longest for a look at its answers.") { isDry };
        bump.SetAction(async (parse, token) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var dry = parse.GetValue(isDry);
            await using var forum = await Operator.OpenExisting(parse);
            var question = await forum.Services.GetRequiredService<BringUpOld>().Next(dry, token);
            await output.WriteLineAsync(
                question is { } id ? string.Create(CultureInfo.InvariantCulture, $"Question {id}{(dry ? " would be brought up." : " was brought up.")}") : "No question waits, or it is too soon.");
            return CommandLine.Fine;
        });
        return bump;
    }

    static Command Idle()
    {
        var isDry = DryRun();
        var idle = new Command("idle", "Deletes accounts that nobody ever did anything with.") { isDry };
        idle.SetAction(async (parse, token) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var dry = parse.GetValue(isDry);
            await using var forum = await Operator.OpenExisting(parse);
            var accounts = await LongWork.Run(output, "Looking for accounts that nobody uses", () => forum.Services.GetRequiredService<PurgeIdle>().Purge(dry, token));
            if (!dry)
                await forum.Services.GetRequiredService<RunDepartures>().Run(token);
            foreach (var account in accounts)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"User {account.Id}, joined {account.CreatedAt:yyyy-MM-dd}, last seen {account.SeenAt:yyyy-MM-dd}: {account.Name}"));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{accounts.Count:N0} accounts{(dry ? " would be deleted." : " deleted.")}"));
            return CommandLine.Fine;
        });
        return idle;
    }

    static string Line(CareFacts post) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(post.IsQuestion ? "Question" : "Answer")} {post.Id}, asked {post.CreatedAt:yyyy-MM-dd}{(post.ClosedAt is { } closed ? $", closed {closed:yyyy-MM-dd}" : "")}, score {post.Score}, {post.Answers} answers, {post.Comments} comments, {post.Views} views: {post.Title}");
}
