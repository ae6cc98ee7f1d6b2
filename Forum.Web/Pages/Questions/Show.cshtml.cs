using System.Globalization;
using Forum.Core;
using Forum.Core.Closing;
using Forum.Core.Markdown;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Questions;

/// <summary>A question and its answers.</summary>
[Kept("answers", "page", "comments", "noredirect")]
public sealed class ShowModel(ISender forum, CurrentUser user, ViewCounter views, ForumSettings settings) : PageModel
{
    /// <summary>The order of answers.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Answers { get; set; }

    /// <summary>The page of answers.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>Whether a question that is merged into another, or duplicates one and has no answers, is shown all the same: 1.</summary>
    [FromQuery(Name = "noredirect")]
    public string? NoRedirect { get; set; }

    /// <summary>Why it is closed or may become so; null when there is nothing to say of that.</summary>
    public ShowClosing.View? Closing { get; private set; }

    /// <summary>The order in force.</summary>
    public AnswerOrder Order { get; private set; }

    /// <summary>What is shown.</summary>
    public ShowQuestion.View View { get; private set; } = null!;

    /// <summary>The address to be known by.</summary>
    public string Canonical => new Uri(settings.PublicUrl, Path).AbsoluteUri;

    /// <summary>The beginning of the question.</summary>
    public string Description => PlainText.Excerpt(View.Question.Html, 160);

    /// <summary>The pages of answers.</summary>
    public Pagination Pagination => new(Address(Order), View.Answers.Number, View.Answers.Pages);

    private string Path => string.Create(CultureInfo.InvariantCulture, $"/questions/{View.Question.Id}/{View.Slug}").TrimEnd('/');

    /// <summary>The address with answers in an order.</summary>
    public string Address(AnswerOrder order) => order == AnswerOrder.Score ? Path : $"{Path}?answers={order.ToString().ToLowerInvariant()}";

    /// <summary>Shows the question under its own name; under any other it leads there for good.</summary>
    public async Task<IActionResult> OnGet(long id, string? slug, CancellationToken token)
    {
        Order = Enum.GetValues<AnswerOrder>().FirstOrDefault(order => order.ToString().Equals(Answers, StringComparison.OrdinalIgnoreCase));
        View = await forum.Send(new ShowQuestion(id, Order, Number), token);
        if ((slug ?? "") != View.Slug)
        {
            // For good, but asked for each time: a title may be changed back.
            Response.Headers.CacheControl = "no-cache";
            return LocalRedirectPermanent(new PathString(Path).ToUriComponent() + Request.QueryString);
        }

        if (View.Question.MergedInto is { } target && NoRedirect != "1")
        {
            // Not for good: a merge may be undone.
            Response.Headers.CacheControl = "no-cache";
            return LocalRedirect(new PathString(FormattableString.Invariant($"/questions/{target}/{Slug.Of(View.Question.MergedTitle)}").TrimEnd('/')).ToUriComponent());
        }
        if (View.Question.ClosedAt is not null || (user.IsSignedIn && View.Question.CloseVotes > 0))
            Closing = await forum.Send(new ShowClosing(id), token);
        // What a stranger looks for is there. Old duplicates may name each other, without an answer; nobody is led in a circle.
        if (!user.IsSignedIn && NoRedirect != "1" && View.Question.AnswerCount == 0 && Closing?.Originals.FirstOrDefault(other => other.AnswerCount > 0) is { } original)
            return LocalRedirect($"/questions/{original.Id}/{new PathString("/" + Slug.Of(original.Title)).ToUriComponent().TrimStart('/')}");

        views.Count(HttpContext, id, user.Id);
        if (ShownPage.Of(HttpContext) is { } shown)
            Describe(shown);
        return Page();
    }

    private void Describe(ShownPage shown)
    {
        shown.Viewed = View.Question.Id;
        var tags = shown.Tags.Question(View.Question.Id).Person(View.Bounty?.SponsorId);
        foreach (var post in View.Answers.Items.Prepend(View.Question))
        {
            tags.Person(post.AuthorId).Person(post.EditorId).Person(post.Wiki?.AuthorId);
            foreach (var comment in post.Comments)
                tags.Person(comment.AuthorId);
        }

        shown.Until = View.Answers.Items.Prepend(View.Question).SelectMany(post => post.Notices).Min(notice => notice.EndsAt);
        if (View.Question.MergedInto is { } target)
            tags.Title(target);
        foreach (var other in View.Linked.Concat(View.Related))
            tags.Title(other.Id);
        foreach (var original in Closing?.Originals ?? [])
            tags.Title(original.Id).Question(original.Id);
    }
}
