using System.CommandLine;
using System.Globalization;
using Forum.Core.Tags;

namespace Forum.Web.Commands;

/// <summary>
/// <c>tags clear</c> clears away as the server does every night, <c>tags merge</c> finishes merges that were asked for. Both may run beside
/// a server.
/// </summary>
sealed class TagsCommand : Command
{
    public TagsCommand() : base("tags", "Tags as a whole.")
    {
        Add(Clear());
        Add(Merge());
    }

    static Command Clear()
    {
        var isDry = new Option<bool>("--dry-run") { Description = "Says what would be deleted, and leaves it." };
        var clear = new Command("clear", "Deletes tags that no question has, and old ones of one question that nobody describes.") { isDry };
        clear.SetAction(async (parse, token) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var dry = parse.GetValue(isDry);
            await using var forum = await Operator.OpenExisting(parse);
            var cleared = await LongWork.Run(output, "Looking for tags that nobody uses", () => forum.Services.GetRequiredService<ClearTags>().Clear(dry, token));
            foreach (var tag in cleared)
                await output.WriteLineAsync(tag.QuestionId is { } question ? string.Create(CultureInfo.InvariantCulture, $"{tag.Name} (question {question})") : tag.Name);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{cleared.Count:N0} tags{(dry ? " would be deleted." : " deleted.")}"));
            return CommandLine.Fine;
        });
        return clear;
    }

    static Command Merge()
    {
        var merge = new Command("merge", "Moves the questions of tags that moderators merged or renamed, as the server does by itself.");
        merge.SetAction(async (parse, token) =>
        {
            var output = parse.InvocationConfiguration.Output;
            await using var forum = await Operator.OpenExisting(parse);
            var moved = await LongWork.Run(output, "Merging tags", () => forum.Services.GetRequiredService<ApplyTagMerges>().Apply(token));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{moved:N0} questions moved."));
            return CommandLine.Fine;
        });
        return merge;
    }
}
