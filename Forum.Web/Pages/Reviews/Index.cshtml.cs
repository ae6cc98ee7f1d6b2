using Forum.Core.Reviews;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Reviews;

/// <summary>The review queues.</summary>
public sealed class IndexModel(ISender forum) : PageModel
{
    /// <summary>All of them, with what waits.</summary>
    public IReadOnlyList<ListQueues.Item> Queues { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGet(CancellationToken token) => Queues = await forum.Send(new ListQueues(), token);
}
