using Forum.Core.Search;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Search;

/// <summary>Questions like the one that is being written: a fragment for the page where questions are asked.</summary>
public sealed class SimilarModel(ISender forum) : PageModel
{
    /// <summary>The questions.</summary>
    public IReadOnlyList<FindSimilar.View> Questions { get; private set; } = [];

    /// <summary>Shows those like a title.</summary>
    public Task OnGet(string? title, CancellationToken token) => Find(new FindSimilar(title), token);

    /// <summary>Shows those like all that is written so far; a text is too long for an address.</summary>
    public Task OnPost(string? title, string? body, string? tags, CancellationToken token) => Find(new FindSimilar(title, body, tags), token);

    private async Task Find(FindSimilar similar, CancellationToken token) => Questions = await forum.Send(similar, token);
}
