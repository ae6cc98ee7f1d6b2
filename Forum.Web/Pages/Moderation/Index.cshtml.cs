using Forum.Core.Moderation;
using Forum.Core.Reviews;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>Where moderators begin: what waits, who is looked for, what was done last.</summary>
public sealed class IndexModel(ISender forum) : PageModel
{
    const int Shown = 10;

    /// <summary>What waits.</summary>
    public ShowDesk.View View { get; private set; } = null!;

    /// <summary>What waits: where, what it is called, how much.</summary>
    public IEnumerable<(string Address, string Key, int Count)> Waiting =>
    [
        ("/mod/flags", "moderation.open-flags", View.Flags),
        ("#answers", "moderation.to-answer", View.Messages),
        .. View.Queues.Select(waiting => ($"/review/{waiting.Queue.Key()}", "reviews.queue-" + waiting.Queue.Key(), waiting.Waiting)),
    ];

    /// <summary>What was done last.</summary>
    public IEnumerable<ListActs.Line> Latest { get; private set; } = [];

    /// <summary>Shows it.</summary>
    public async Task OnGet(CancellationToken token)
    {
        View = await forum.Send(new ShowDesk(), token);
        Latest = (await forum.Send(new ListActs(), token)).Items.Take(Shown);
    }
}
