using Forum.Core;
using Forum.Core.Users;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Pages.Users;

/// <summary>Everybody.</summary>
[Kept("q", "tab", "page")]
public sealed class IndexModel(ISender forum) : PageModel
{
    /// <summary>The beginning of a name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>The chosen tab.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The order in force.</summary>
    public UserOrder Order { get; private set; }

    /// <summary>The page.</summary>
    public PageOf<ListUsers.Item> List { get; private set; } = null!;

    /// <summary>The pages.</summary>
    public Pagination Pagination =>
        new(string.IsNullOrWhiteSpace(Q) ? Address(Order) : QueryHelpers.AddQueryString("/users", "q", Q), List.Number, List.Pages);

    /// <summary>The address of a tab.</summary>
    public static string Address(UserOrder order) =>
        order == UserOrder.Reputation ? "/users" : QueryHelpers.AddQueryString("/users", "tab", order.ToString().ToLowerInvariant());

    /// <summary>Shows the page.</summary>
    public async Task OnGet(CancellationToken token)
    {
        Order = Enum.GetValues<UserOrder>().FirstOrDefault(order => order.ToString().Equals(Tab, StringComparison.OrdinalIgnoreCase));
        List = await forum.Send(new ListUsers(Q, Order, Number), token);
        HttpContext.Shows()?.People();
    }
}
