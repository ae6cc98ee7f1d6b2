using Forum.Core;
using Forum.Core.Fairness;
using Forum.Core.Settings;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>Who votes unusually often for one person. For moderators.</summary>
public sealed class PairsModel(ISender forum, ForumSettings settings) : PageModel
{
    /// <summary>The order: <c>share</c> or <c>count</c>; anything else is the share.</summary>
    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    /// <summary>The page of the list.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The order.</summary>
    public PairOrder Order => "count".Equals(By, StringComparison.OrdinalIgnoreCase) ? PairOrder.Count : PairOrder.Share;

    /// <summary>Days that are counted.</summary>
    public int Days => settings.Fairness.PairDays;

    /// <summary>The pairs.</summary>
    public PageOf<ListVotePairs.Item> List { get; private set; } = null!;

    /// <summary>The list's pages.</summary>
    public Pagination Pagination => new(Address(Order), List.Number, List.Pages);

    /// <summary>Where an order is.</summary>
    public static string Address(PairOrder order) => $"/mod/votes/pairs?by={order.ToString().ToLowerInvariant()}";

    /// <summary>Shows them.</summary>
    public async Task OnGet(CancellationToken token) => List = await forum.Send(new ListVotePairs(Order, Number), token);
}
