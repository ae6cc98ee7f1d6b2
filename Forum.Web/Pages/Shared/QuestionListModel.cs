using Forum.Core.Questions;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Shared;

/// <summary>A page with a list of questions and tabs for its orders. An order or page that is none is the first.</summary>
public abstract class QuestionListModel(ISender forum) : PageModel
{
    /// <summary>The chosen tab.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>Where the page begins, when it was reached from a neighbour.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>The tabs, the first of which is shown when none is chosen.</summary>
    public abstract IReadOnlyList<QuestionOrder> Orders { get; }

    /// <summary>The order in force.</summary>
    public QuestionOrder Order { get; private set; }

    /// <summary>The list.</summary>
    public ListQuestions.View List { get; private set; } = null!;

    /// <summary>The address of a tab.</summary>
    public string Address(QuestionOrder order) => order == Orders[0] ? Request.Path : $"{Request.Path}?tab={Word(order)}";

    /// <summary>The pages of the open tab.</summary>
    public Pagination Pagination => new(Address(Order), List.Questions.Number, Math.Min(List.Questions.Pages, ListQuestions.LastNumber), List.Next, List.Previous);

    /// <summary>The word for an order in addresses and in the keys of texts.</summary>
    public static string Word(QuestionOrder order) => order switch
    {
        QuestionOrder.Newest => "newest",
        QuestionOrder.Active => "active",
        QuestionOrder.Score => "score",
        QuestionOrder.Unanswered => "unanswered",
        QuestionOrder.Bountied => "bountied",
    };

    /// <summary>Reads the list.</summary>
    protected async Task Read(IReadOnlyList<string> tags, CancellationToken token)
    {
        Order = Orders.FirstOrDefault(order => Word(order).Equals(Tab, StringComparison.OrdinalIgnoreCase), Orders[0]);
        List = await forum.Send(new ListQuestions(Order, tags, Number, From), token);
        if (HttpContext.Shows() is not { } shown)
            return;

        // Whatever changes a list of several tags changes that of each.
        _ = tags.Count == 0 ? shown.Questions() : shown.Tagged(tags[0]);
        foreach (var question in List.Questions.Items)
            shown.Person(question.AuthorId);
    }
}
