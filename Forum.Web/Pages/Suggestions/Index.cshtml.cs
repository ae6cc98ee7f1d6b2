using Forum.Core.Suggestions;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Suggestions;

/// <summary>Leads to the next suggested edit that waits for the reader, or says that there is none.</summary>
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

    /// <summary>Leads on.</summary>
    public async Task<IActionResult> OnGet(CancellationToken token)
    {
        var wanted = new FindEditTask(
            string.IsNullOrWhiteSpace(Tag) ? null : Tag.Trim(),
            Type switch { "question" => SuggestedFor.Questions, "answer" => SuggestedFor.Answers, "tag" => SuggestedFor.TagTexts, _ => null });
        return await forum.Send(wanted, token) is { } ticket ? LocalRedirect($"/review/suggested-edits/{ticket}{Reviews.QueueModel.Filter(Tag, Type)}") : Page();
    }
}
