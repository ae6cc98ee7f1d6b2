using Forum.Core.Tags;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Tags;

/// <summary>Tags that go on from what is being typed: a fragment for the field where tags are written.</summary>
public sealed class CompleteModel(ISender forum) : PageModel
{
    /// <summary>The tags.</summary>
    public IReadOnlyList<ListTags.Item> Tags { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGet(string? q, CancellationToken token) =>
        Tags = string.IsNullOrWhiteSpace(q) ? [] : await forum.Send(new CompleteTag(q), token);
}
