using Forum.Core.Connections;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>How a person's account is connected with others: shown once, after a moderator said why. Nothing of it is in an address or kept.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ConnectionsModel(ISender forum, TimeProvider clock) : PageModel, IShownAgain
{
    /// <summary>Whose.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Why, as it was typed.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The person's name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What there is; null until a reason was given.</summary>
    public ShowConnections.View? View { get; private set; }

    /// <summary>Shows the form.</summary>
    public async Task OnGet(CancellationToken token) => Name = await forum.Send(new AskForConnections(Id), token);

    /// <summary>Logs the look, and shows what there is.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        var look = await forum.Send(new LookAtConnections(Id, Reason ?? ""), token);
        View = await forum.Send(new ShowConnections(look), token);
        await OnGet(token);
        return Page();
    }

    /// <summary>Whether a time is still to come.</summary>
    public bool IsAhead(DateTimeOffset? at) => at > clock.GetUtcNow();

    /// <inheritdoc />
    public Task ShowAgain(CancellationToken token) => OnGet(token);
}
