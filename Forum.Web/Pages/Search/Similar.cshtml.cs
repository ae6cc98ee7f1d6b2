using Forum.Core.Search;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Search;

/// <summary>Questions like the one whose title is being written: a fragment for the page where questions are asked.</summary>
public sealed class SimilarModel(ISender forum) : PageModel
{
    /// <summary>The questions.</summary>
    public IReadOnlyList<FindSimilar.View> Questions { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGet(string? title, CancellationToken token) => Questions = await forum.Send(new FindSimilar(title), token);
}
