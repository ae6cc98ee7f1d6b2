using Forum.Core.Editing;
using Forum.Web.Http;
using Forum.Web.Languages;
using Forum.Web.Pages.Closing;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Posts;

/// <summary>What happened to a post.</summary>
[Kept("page")]
public sealed class TimelineModel(ISender forum, Words words) : PageModel
{
    /// <summary>The page of the list.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>What is shown.</summary>
    public ListTimeline.View View { get; private set; } = null!;

    /// <summary>The list's pages, as far as they are known.</summary>
    public Pagination Pagination => new($"/posts/{View.Post.Id}/timeline", View.Number, View.Number + (View.IsMore ? 1 : 0));

    /// <summary>The words for what happened; an imported community may have known things that have no words here.</summary>
    public string KindOf(ListTimeline.Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var key = "timeline.kind-" + item.Kind;
        return words[words.Has(key) ? key : "timeline.kind-other"];
    }

    /// <summary>Why it was closed, or which notice it is, in words; null when that is not known.</summary>
    public string? KeyOf(ListTimeline.Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item switch
        {
            { Key: null } => null,
            { Kind: "closed" } => new ReasonWords(words, View.SiteReasons).Title(item.Key),
            _ => words.Has("notices.kind-" + item.Key) ? words["notices.kind-" + item.Key] : null,
        };
    }

    /// <summary>Shows a page of what happened.</summary>
    public async Task OnGet(long id, CancellationToken token)
    {
        View = await forum.Send(new ListTimeline(id, Number), token);
        if (HttpContext.Shows() is not { } shown)
            return;

        shown.Question(View.Post.QuestionId);
        foreach (var item in View.Items)
            shown.Person(item.UserId);
    }
}
