using Forum.Core;
using Forum.Core.Tags;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Pages.Tags;

/// <summary>All tags.</summary>
[Kept("q", "tab", "page")]
public sealed class IndexModel(ISender forum) : PageModel
{
    /// <summary>Part of a name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>The chosen tab.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The order in force.</summary>
    public TagOrder Order { get; private set; }

    /// <summary>The page.</summary>
    public PageOf<ListTags.Item> List { get; private set; } = null!;

    /// <summary>The pages.</summary>
    public Pagination Pagination => new(Address(Order), List.Number, List.Pages);

    /// <summary>The address of a tab.</summary>
    public string Address(TagOrder order)
    {
        var address = order == TagOrder.Popular ? "/tags" : QueryHelpers.AddQueryString("/tags", "tab", order.ToString().ToLowerInvariant());
        return string.IsNullOrWhiteSpace(Q) ? address : QueryHelpers.AddQueryString(address, "q", Q);
    }

    /// <summary>Shows the page.</summary>
    public async Task OnGet(CancellationToken token)
    {
        Order = Enum.GetValues<TagOrder>().FirstOrDefault(order => order.ToString().Equals(Tab, StringComparison.OrdinalIgnoreCase));
        List = await forum.Send(new ListTags(Q ?? "", Order, Number), token);
        HttpContext.Shows()?.Tags();
    }
}
