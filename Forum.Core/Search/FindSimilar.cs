using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;
using MediatR;

namespace Forum.Core.Search;

/// <summary>Questions like one that is being written, most alike first. Its cost is bounded, however much is written and however many there are.</summary>
/// <param name="Title">What its title is so far.</param>
/// <param name="Body">What it says so far, in Markdown.</param>
/// <param name="Tags">Names of its tags, separated by blanks or commas.</param>
/// <param name="Except">A question that is not to be found: the one that is being written, if it exists already.</param>
public sealed record FindSimilar(string? Title, string? Body = null, string? Tags = null, long Except = 0) : IRequest<IReadOnlyList<FindSimilar.View>>
{
    /// <summary>A question that may already be the one.</summary>
    public sealed record View(long Id, string Title, int Score, int AnswerCount, bool IsAccepted);

    internal sealed class Handler(Db db, WordCounts words, ForumSettings settings) : IRequestHandler<FindSimilar, IReadOnlyList<View>>
    {
        public async Task<IReadOnlyList<View>> Handle(FindSimilar similar, CancellationToken token)
        {
            var title = similar.Title ?? "";
            var draft = new Draft(
                title[..Math.Min(title.Length, settings.Limits.Title.Max)], similar.Body ?? "",
                [.. TagNames.Parse(similar.Tags ?? "").Take(settings.Limits.Tags.Max)], similar.Except);
            var found = await db.MostAlike(draft, settings.Search.Similar, words, settings.Search, token);
            return [.. found.Select(q => new View(q.Id, q.Title, q.Score, q.AnswerCount, q.IsAccepted))];
        }
    }
}
