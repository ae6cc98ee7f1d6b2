using Forum.Core.Departures;
using Forum.Web.Http;
using Forum.Web.Pages.Moderation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Departures;

/// <summary>Where a moderator asks for two accounts to become one, and an administrator agrees.</summary>
public sealed class MergeModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The account that ends.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The one that stays, as it was typed: a number, or the address of a profile.</summary>
    [FromQuery(Name = "into")]
    public string? Into { get; set; }

    /// <summary>Why, as it was typed.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Whether it was said the second time.</summary>
    [BindProperty]
    public bool IsSure { get; set; }

    /// <summary>What would change.</summary>
    public ShowDeparture.View View { get; private set; } = null!;

    /// <summary>Shows what would change.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Asks for it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new AskForMerge(Id, Named.Person(Into), Reason ?? "", IsSure), token);
        return LocalRedirect($"/mod/users/{Id}/merge");
    }

    /// <summary>Agrees.</summary>
    public async Task<IActionResult> OnPostAgree(CancellationToken token)
    {
        await forum.Send(new AgreeToMerge(Id, IsSure), token);
        return LocalRedirect($"/mod/users/{Id}");
    }

    /// <summary>Calls it off.</summary>
    public async Task<IActionResult> OnPostDecline(CancellationToken token)
    {
        await forum.Send(new DeclineMerge(Id), token);
        return LocalRedirect($"/mod/users/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) =>
        // What names nobody finds nobody.
        View = await forum.Send(new ShowDeparture(Id, string.IsNullOrWhiteSpace(Into) ? null : Named.Person(Into) ?? long.MinValue), token);
}
