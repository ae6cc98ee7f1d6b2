using Forum.Core;
using Forum.Core.Reviews;
using Forum.Core.Suggestions;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Reviews;

/// <summary>What was done in a queue, for everybody to see.</summary>
public sealed class HistoryModel(ISender forum) : PageModel
{
    /// <summary>The queue's end of the address.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Queue { get; set; }

    /// <summary>Which page of it.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The queue.</summary>
    public ReviewQueue Of { get; private set; }

    /// <summary>What is shown.</summary>
    public ListReviewed.View View { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public async Task OnGet(CancellationToken token)
    {
        Of = ReviewQueues.Find(Queue) ?? throw new NotFoundException();
        View = await forum.Send(new ListReviewed(Of, Number), token);
    }

    /// <summary>The end of a decision's words.</summary>
    public static string Word(SuggestionOutcome decision) => decision switch
    {
        SuggestionOutcome.Approved => "approved",
        SuggestionOutcome.Rejected => "rejected",
        SuggestionOutcome.Improved => "improved",
        SuggestionOutcome.Overtaken => "overtaken",
        SuggestionOutcome.Withdrawn => "withdrawn",
    };
}
