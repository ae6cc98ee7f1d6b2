using Forum.Core.Suggestions;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Suggestions;

/// <summary>Suggested edits that wait for reviewers.</summary>
public sealed class IndexModel(ISender forum) : PageModel
{
    /// <summary>Of questions with this tag alone.</summary>
    [FromQuery]
    public string? Tag { get; set; }

    /// <summary>Of questions, of answers or of what is said of tags alone.</summary>
    [FromQuery]
    public string? Type { get; set; }

    /// <summary>Whether not everything was looked for.</summary>
    public bool IsFiltered => !string.IsNullOrWhiteSpace(Tag) || !string.IsNullOrWhiteSpace(Type);

    /// <summary>The oldest of them.</summary>
    public IReadOnlyList<ListSuggestedEdits.Item> Items { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGet(CancellationToken token) => Items = await forum.Send(Wanted(Tag, Type), token);

    /// <summary>What a filter asks for.</summary>
    public static ListSuggestedEdits Wanted(string? tag, string? type) =>
        new(
            string.IsNullOrWhiteSpace(tag) ? null : tag.Trim(),
            type switch { "question" => SuggestedFor.Questions, "answer" => SuggestedFor.Answers, "tag" => SuggestedFor.TagTexts, _ => null });
}
