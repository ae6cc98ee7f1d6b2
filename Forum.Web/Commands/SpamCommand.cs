using System.CommandLine;
using System.Globalization;
using Forum.Core.Abuse;

namespace Forum.Web.Commands;

/// <summary><c>spam learn --all</c>: learns anew what is spam from every post, after an import or when it learned the wrong things. It may run beside a server.</summary>
sealed class SpamCommand : Command
{
    const int AtOnce = 200;

    static readonly Option<bool> All = new("--all") { Description = "From every post.", Required = true };

    public SpamCommand() : base("spam", "What is known of spam.")
    {
        var learn = new Command("learn", "Learns anew from posts that were deleted as spam and posts that were voted up. A server goes on learning by itself.") { All };
        learn.SetAction(Learn);
        Add(learn);
    }

    static async Task<int> Learn(ParseResult parse, CancellationToken token)
    {
        if (!parse.GetValue(All))
            throw new WrongUseException("'spam learn' takes --all: from every post.");

        var output = parse.InvocationConfiguration.Output;
        await using var forum = await Operator.OpenExisting(parse);
        var learned = await LongWork.Run(output, async progress =>
        {
            var (before, learned) = ((long?)null, 0);
            while (await forum.Send(new LearnSpamAgain(before, AtOnce), token) is { Last: { } last } some)
            {
                (before, learned) = (last, learned + some.Learned);
                progress.Report(new Step("Posts", learned, 0));
            }

            return learned;
        });
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{learned:N0} posts taught what is spam and what is not."));
        return CommandLine.Fine;
    }
}
