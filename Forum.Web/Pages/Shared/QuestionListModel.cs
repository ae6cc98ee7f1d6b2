using Forum.Core;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Shared;

/// <summary>A page with a list of questions, tabs for its orders and a box to filter it. An order or page that is none is the first.</summary>
public abstract class QuestionListModel(ISender forum, CurrentUser user, ForumSettings settings) : PageModel
{
    private const string FilterTab = "filter";

    /// <summary>The chosen tab.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>Where the page begins, when it was reached from a neighbour.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>The kept filter that the address was made from.</summary>
    [FromQuery(Name = "saved")]
    public long? SavedId { get; set; }

    /// <summary>The tabs, the first of which is shown when none is chosen.</summary>
    public abstract IReadOnlyList<QuestionOrder> Orders { get; }

    /// <summary>The orders that are tried more seldom: they stand in a menu after the tabs.</summary>
    public virtual IReadOnlyList<QuestionOrder> More => [];

    /// <summary>Ways to look at unanswered questions, shown when one of them is open.</summary>
    public virtual IReadOnlyList<QuestionOrder> Unanswered => [];

    /// <summary>The order in force.</summary>
    public QuestionOrder Order { get; private set; }

    /// <summary>The filter in force, or one that asks for nothing.</summary>
    public QuestionFilter Filter { get; private set; } = new();

    /// <summary>The list.</summary>
    public ListQuestions.View List { get; private set; } = null!;

    /// <summary>What shapes the reader's lists.</summary>
    public ShowMyLists.View Mine { get; private set; } = new(Watching.Nothing, []);

    /// <summary>The kept filter that is open, or null.</summary>
    public ShowMyLists.Saved? Saved { get; private set; }

    /// <summary>Whether a filter is in force.</summary>
    public bool IsFiltered => Order == QuestionOrder.Filtered;

    /// <summary>Where its requests go.</summary>
    protected ISender Forum => forum;

    /// <summary>Whether the reader is on the front page.</summary>
    protected virtual bool IsHome => false;

    /// <summary>The address of a tab.</summary>
    public string Address(QuestionOrder order) => order == Orders[0] && !(IsHome && Mine.Home is not null) ? Request.Path : $"{Request.Path}?tab={Word(order)}";

    /// <summary>The address of a filter.</summary>
    public string Address(QuestionFilter filter, long? saved = null) =>
        $"{Request.Path}?tab={FilterTab}&{filter}" + (saved is { } id ? $"&saved={id}" : "");

    /// <summary>Where a filter is kept, as a link.</summary>
    public string KeepAddress => Saved is { } saved ? $"/filters/save?id={saved.Id}&{Filter}" : $"/filters/save?{Filter}";

    /// <summary>The pages of the open tab.</summary>
    public Pagination Pagination => new(
        IsFiltered ? Address(Filter, Saved?.Id) : Address(Order), List.Questions.Number, Math.Min(List.Questions.Pages, ListQuestions.LastNumber), List.Next, List.Previous);

    /// <summary>The word for an order in addresses and in the keys of texts.</summary>
    public static string Word(QuestionOrder order) => order switch
    {
        QuestionOrder.Newest => "newest",
        QuestionOrder.Active => "active",
        QuestionOrder.Score => "score",
        QuestionOrder.Unanswered => "unanswered",
        QuestionOrder.Bountied => "bountied",
        QuestionOrder.UnansweredNewest => "unanswered-newest",
        QuestionOrder.NoAnswers => "no-answers",
        QuestionOrder.UnansweredMine => "my-tags",
        QuestionOrder.Frequent => "frequent",
        QuestionOrder.Hot => "hot",
        QuestionOrder.Trending => "trending",
        QuestionOrder.Week => "week",
        QuestionOrder.Month => "month",
        QuestionOrder.Interesting => "interesting",
        QuestionOrder.Filtered => FilterTab,
    };

    /// <summary>Reads the list.</summary>
    protected async Task Read(IReadOnlyList<string> tags, CancellationToken token)
    {
        Mine = await forum.Send(new ShowMyLists(), token);
        Choose();
        List = await forum.Send(new ListQuestions(Order, tags, Number, From, Filter: Filter, IsHome: IsHome), token);
        if (user.IsSignedIn)
        {
            var items = List.Questions.Items.Select(question => question with { Interest = Mine.Watching.Of(question.TagNames) });
            List = List with { Questions = List.Questions with { Items = [.. items] } };
        }

        if (HttpContext.Shows() is not { } shown)
            return;

        // Whatever changes a list of several tags changes that of each.
        _ = tags.Count == 0 ? shown.Questions() : shown.Tagged(tags[0]);
        foreach (var question in List.Questions.Items)
            shown.Person(question.AuthorId);
    }

    private void Choose()
    {
        if (FilterTab.Equals(Tab, StringComparison.OrdinalIgnoreCase))
        {
            Order = QuestionOrder.Filtered;
            Filter = QuestionFilter.Of(Request.Query.Select(part => KeyValuePair.Create(part.Key, part.Value.ToString())), settings.Limits);
            Saved = Mine.Filters.FirstOrDefault(filter => filter.Id == SavedId);
            return;
        }

        if (IsHome && string.IsNullOrEmpty(Tab) && Mine.Home is { } home)
        {
            (Order, Filter, Saved) = (QuestionOrder.Filtered, home.Filter, home);
            return;
        }

        Order = Orders.Concat(More).Concat(Unanswered).FirstOrDefault(order => Word(order).Equals(Tab, StringComparison.OrdinalIgnoreCase), Orders[0]);
    }
}
