using Forum.Core;
using Forum.Core.Tags;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Tags;

/// <summary>The synonyms of all tags.</summary>
public sealed class AllSynonymsModel(ISender forum) : PageModel
{
    /// <summary>The chosen tab.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>Which are shown.</summary>
    public SynonymState State { get; private set; }

    /// <summary>The page.</summary>
    public PageOf<ListSynonyms.Item> List { get; private set; } = null!;

    /// <summary>The pages.</summary>
    public Pagination Pagination => new(Address(State), List.Number, List.Pages);

    /// <summary>The address of a tab.</summary>
    public string Address(SynonymState state) => state == SynonymState.Approved ? "/tags/synonyms" : "/tags/synonyms?tab=proposed";

    /// <summary>Shows them.</summary>
    public async Task OnGet(CancellationToken token)
    {
        State = Tab == "proposed" ? SynonymState.Proposed : SynonymState.Approved;
        List = await forum.Send(new ListSynonyms(State, Number), token);
    }
}
