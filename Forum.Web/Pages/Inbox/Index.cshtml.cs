using Forum.Core.Inbox;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Inbox;

/// <summary>What the signed-in person is told.</summary>
public sealed class IndexModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The notice after which to go on.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    /// <summary>What is shown.</summary>
    public ShowInbox.View View { get; private set; } = null!;

    /// <summary>Shows the notices.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Marks notices as read: of one question, or all.</summary>
    public async Task<IActionResult> OnPost(long? question, long newest, CancellationToken token)
    {
        await forum.Send(new MarkRead(question, newest), token);
        return LocalRedirect("/inbox" + (Before is null ? "" : $"?before={Before}"));
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowInbox(Before), token);
}
