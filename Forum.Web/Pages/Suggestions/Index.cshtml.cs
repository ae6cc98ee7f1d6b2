using Forum.Core.Suggestions;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Suggestions;

/// <summary>Suggested edits that wait for reviewers.</summary>
public sealed class IndexModel(ISender forum) : PageModel
{
    /// <summary>The oldest of them.</summary>
    public IReadOnlyList<ListSuggestedEdits.Item> Items { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGet(CancellationToken token) => Items = await forum.Send(new ListSuggestedEdits(), token);
}
