using Forum.Core;
using Forum.Core.Users;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Pages.Users;

/// <summary>Everybody, or those who lead in something in some time.</summary>
[Kept("q", "tab", "period", "page")]
public sealed class IndexModel(ISender forum) : PageModel
{
    /// <summary>The tabs.</summary>
    public enum Part
    {
        /// <summary>By reputation, or by what they gained of it.</summary>
        Reputation,

        /// <summary>Those who came last, or those of them with most reputation.</summary>
        Newest,

        /// <summary>By votes cast.</summary>
        Voters,

        /// <summary>By edits.</summary>
        Editors,

        /// <summary>By name.</summary>
        Name,
    }

    /// <summary>The beginning of a name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>The chosen tab.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    /// <summary>The chosen time, by its word.</summary>
    [FromQuery(Name = "period")]
    public string? Chosen { get; set; }

    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The open tab.</summary>
    public Part Open { get; private set; }

    /// <summary>The time in force.</summary>
    public Period Period { get; private set; }

    /// <summary>The page.</summary>
    public PageOf<ListUsers.Item> List { get; private set; } = null!;

    /// <summary>Whether only names that begin like something are listed.</summary>
    public bool IsSearch => !string.IsNullOrWhiteSpace(Q);

    /// <summary>What the open tab's people lead in; null where no time is chosen.</summary>
    public Board? Board => Open switch
    {
        Part.Reputation => global::Forum.Core.Users.Board.Reputation,
        Part.Newest => global::Forum.Core.Users.Board.Newest,
        Part.Voters => global::Forum.Core.Users.Board.Voters,
        Part.Editors => global::Forum.Core.Users.Board.Editors,
        _ => null,
    };

    /// <summary>The pages.</summary>
    public Pagination Pagination => new(IsSearch ? QueryHelpers.AddQueryString("/users", "q", Q!) : Address(Open, Period), List.Number, List.Pages);

    /// <summary>The address of a tab, in a time.</summary>
    public static string Address(Part part, Period period = Period.All)
    {
        var address = part == Part.Reputation && period == Period.All ? "/users" : QueryHelpers.AddQueryString("/users", "tab", Leaders.Word(part));
        return period == Period.All ? address : QueryHelpers.AddQueryString(address, "period", Leaders.Word(period));
    }

    /// <summary>Shows the page.</summary>
    public async Task OnGet(CancellationToken token)
    {
        Open = Enum.GetValues<Part>().FirstOrDefault(part => Leaders.Word(part).Equals(Tab, StringComparison.OrdinalIgnoreCase));
        Period = Enum.GetValues<Period>().FirstOrDefault(period => Leaders.Word(period).Equals(Chosen, StringComparison.OrdinalIgnoreCase), Period.All);
        List = await (!IsSearch && Board is { } board && Leaders.IsCounted(board, Period)
            ? forum.Send(new ListLeaders(board, Period, Number), token)
            : forum.Send(new ListUsers(Q, Order, Number), token));
        HttpContext.Shows()?.People();
    }

    UserOrder Order => Open switch
    {
        Part.Newest => UserOrder.Newest,
        Part.Name => UserOrder.Name,
        _ => UserOrder.Reputation,
    };
}
