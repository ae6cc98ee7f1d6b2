using System.Text.RegularExpressions;
using Forum.Core.Search;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Pages.Search;

/// <summary>The results of a search; a query made of tags alone leads to their list.</summary>
public sealed partial class IndexModel(ISender forum) : PageModel
{
    // Links that leave one condition out, below an empty result.
    const int MostSuggestions = 4;

    /// <summary>What was typed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>The chosen tab.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The order in force.</summary>
    public SearchOrder Order { get; private set; }

    /// <summary>What was found.</summary>
    public SearchQuestions.View Found { get; private set; } = null!;

    /// <summary>Whether anything was asked for.</summary>
    public bool HasQuery => Found.Query.Clauses.Count > 0;

    /// <summary>The pages of the open tab.</summary>
    public Pagination Pagination => new(Address(Order), Found.Results.Number, Found.Results.Pages);

    /// <summary>The query without one of its conditions each: operators first, which narrow the most.</summary>
    public IEnumerable<(string Without, string Query)> Suggestions =>
        Found.Query.Clauses.Count < 2
            ? []
            : Found.Query.Clauses.OrderBy(c => c is TextClause { IsNegated: false }).Take(MostSuggestions)
                .Select(clause => (clause.Source, Found.Query.With(c => ReferenceEquals(c, clause) ? null : c.Source)));

    /// <summary>The address of a tab.</summary>
    public string Address(SearchOrder order)
    {
        var address = AddressOf(Q ?? "");
        return order == SearchOrder.Relevance ? address : QueryHelpers.AddQueryString(address, "tab", Word(order));
    }

    /// <summary>The address of a query's results.</summary>
    public static string AddressOf(string query) => QueryHelpers.AddQueryString("/search", "q", query);

    /// <summary>The word for an order in addresses and in the keys of texts.</summary>
    public static string Word(SearchOrder order) => order switch
    {
        SearchOrder.Relevance => "relevance",
        SearchOrder.Newest => "newest",
        SearchOrder.Score => "score",
        SearchOrder.Active => "active",
    };

    /// <summary>Searches.</summary>
    public async Task<IActionResult> OnGet(CancellationToken token)
    {
        if (Here() is { } question)
            return LocalRedirect(AddressOf(InThis().Replace(Q!, $"inquestion:{question}")));
        Order = Enum.GetValues<SearchOrder>().FirstOrDefault(order => Word(order).Equals(Tab, StringComparison.OrdinalIgnoreCase));
        Found = await forum.Send(new SearchQuestions(Q, Order, Number), token);
        return Found.OnlyTags.Count == 0
            ? Page()
            : LocalRedirect("/questions/tagged/" + string.Join('+', Found.OnlyTags.Select(Uri.EscapeDataString)));
    }

    // "This" question is the one whose page was open; further pages of the results do not know it any more, so the address names it.
    string? Here() =>
        Q is not null && InThis().IsMatch(Q) && Request.GetTypedHeaders().Referer is { } referer && referer.Host == Request.Host.Host
            && QuestionPage().Match(referer.AbsolutePath) is { Success: true } page
                ? page.Groups["id"].Value
                : null;

    [GeneratedRegex(@"(?<=^|[\s-])inquestion:this(?=\s|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InThis();

    [GeneratedRegex(@"^/questions/(?<id>[0-9]{1,18})(?:/|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex QuestionPage();
}
