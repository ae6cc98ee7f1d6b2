using Forum.Core.Editing;
using Forum.Web.Http;
using Forum.Web.Languages;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Posts;

/// <summary>The history of a post's text.</summary>
[Kept("page", "view")]
public sealed class RevisionsModel(ISender forum, Words words) : PageModel
{
    /// <summary>The page of the list.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>How changes are shown.</summary>
    [FromQuery(Name = "view")]
    public string? As { get; set; }

    /// <summary>How changes are shown: one of <see cref="Views"/>.</summary>
    public string Shape => Views.Contains(As) ? As! : Views[0];

    /// <summary>In one column, side by side, or the whole source of each state.</summary>
    public static IReadOnlyList<string> Views { get; } = ["inline", "side-by-side", "source"];

    /// <summary>What is shown.</summary>
    public ListRevisions.View View { get; private set; } = null!;

    /// <summary>The list's pages.</summary>
    public Pagination Pagination => new(Address(Shape), View.Revisions.Number, View.Revisions.Pages);

    /// <summary>The address of the first page in another shape.</summary>
    public string Address(string shape) => $"/posts/{View.Post.Id}/revisions" + (shape == Views[0] ? "" : $"?view={shape}");

    /// <summary>What an edit changed, for whoever did not say it.</summary>
    public string SummaryOf(ListRevisions.Revision revision, ListRevisions.Revision before)
    {
        ArgumentNullException.ThrowIfNull(revision);
        ArgumentNullException.ThrowIfNull(before);
        var said = new List<string>();
        if (revision.Title != before.Title)
            said.Add(words["editing.changed-title"]);
        if (revision.Body != before.Body && ChangeSize.Of(before.Body, revision.Body) is var size)
            said.Add(words["editing.changed-text", words.Number(size.Added), words.Number(size.Removed)]);
        if (revision.Tags != before.Tags)
            said.Add(words["editing.changed-tags"]);
        return string.Join(words["editing.changed-and"], said);
    }

    /// <summary>Shows a page of revisions.</summary>
    public async Task OnGet(long id, CancellationToken token)
    {
        View = await forum.Send(new ListRevisions(id, Number), token);
        if (HttpContext.Shows() is not { } shown)
            return;

        shown.Question(View.Post.QuestionId);
        foreach (var revision in View.Revisions.Items)
            shown.Person(revision.AuthorId);
    }
}
