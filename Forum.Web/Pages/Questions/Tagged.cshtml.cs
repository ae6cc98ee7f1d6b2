using System.Text.Encodings.Web;
using Forum.Core;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Pages.Questions;

/// <summary>Questions that carry a tag, or each of several: <c>/questions/tagged/c%23+linq</c>.</summary>
[Kept("tab", "page", "from")]
public sealed class TaggedModel(ISender forum, CurrentUser user, ForumSettings settings, HtmlEncoder encoder) : QuestionListModel(forum, user, settings)
{
    private const int MostTags = 5;

    /// <inheritdoc />
    public override IReadOnlyList<QuestionOrder> Orders { get; } =
        [QuestionOrder.Newest, QuestionOrder.Active, QuestionOrder.Bountied, QuestionOrder.Unanswered];

    /// <inheritdoc />
    public override IReadOnlyList<QuestionOrder> More { get; } =
        [QuestionOrder.Frequent, QuestionOrder.Score, QuestionOrder.Trending, QuestionOrder.Week, QuestionOrder.Month, QuestionOrder.Hot];

    /// <summary>Of one tag: what it is to the reader by its own name.</summary>
    public Interest Interest => Names is not [var only] ? Interest.None
        : Mine.Watching.Ignored.Contains(only) ? Interest.Ignored
        : Mine.Watching.Watched.Contains(only) ? Interest.Watched
        : Interest.None;

    /// <summary>The tags' names.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>The names as tags.</summary>
    public IHtmlContent NamesHtml => new HtmlString(string.Join(' ', Names.Select(name => $"<span class=\"s-tag s-tag__lg\" dir=\"auto\">{encoder.Encode(name)}</span>")));

    /// <summary>Shows the list; names that only stand for tags lead to the list of those.</summary>
    public async Task<IActionResult> OnGet(CancellationToken token)
    {
        // The route has the plus that parts names and the one that belongs to a name decoded alike; the target as it was sent has not.
        Names = Split(HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } sent ? sent : Request.Path.ToUriComponent());
        if (Names.Count is 0 or > MostTags || !Names.All(name => TagNames.IsValid(name, 100)))
            throw new NotFoundException();

        await Read(Names, token);
        return List.Instead is { } names ? LocalRedirect("/questions/tagged/" + string.Join('+', names.Select(Uri.EscapeDataString)) + Request.QueryString) : Page();
    }

    /// <summary>
    /// The names in an address: <c>c%2B%2B+linq</c> is c++ and linq. Typed by hand, <c>c++</c> is one name, and
    /// <c>c+++linq</c> two: a plus parts only what follows it from what is before when no other plus comes next.
    /// </summary>
    internal static IReadOnlyList<string> Split(string target)
    {
        const string Before = "/tagged/";
        var path = target.Split('?')[0];
        var at = path.IndexOf(Before, StringComparison.OrdinalIgnoreCase);
        var text = at < 0 ? "" : path[(at + Before.Length)..];
        var names = new List<string>();
        var start = 0;
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] != '+' || text[i + 1] == '+' || i == start)
                continue;

            names.Add(text[start..i]);
            start = i + 1;
        }

        names.Add(text[start..]);
        return [.. names.SelectMany(name => TagNames.Parse(Uri.UnescapeDataString(name))).Distinct(StringComparer.Ordinal)];
    }
}
