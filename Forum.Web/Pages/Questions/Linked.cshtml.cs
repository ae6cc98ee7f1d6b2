using System.Globalization;
using Forum.Core.Questions;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Questions;

/// <summary>The questions that name a question or are named by it.</summary>
[Kept("page")]
public sealed class LinkedModel(ISender forum) : PageModel
{
    /// <summary>The page of the list.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>What is shown.</summary>
    public ListLinked.View View { get; private set; } = null!;

    /// <summary>The pages of the list.</summary>
    public Pagination Pagination => new(string.Create(CultureInfo.InvariantCulture, $"/questions/linked/{View.Id}"), View.Questions.Number, View.Questions.Pages);

    /// <summary>The words for how a question is linked.</summary>
    public static string HowKey(ListLinked.Item other) => other switch
    {
        { Kind: 3 } => "questions.linked-duplicate",
        { IsNamed: true, Names: true } => "questions.linked-both",
        { IsNamed: true } => "questions.linked-named",
        _ => "questions.linked-names",
    };

    /// <summary>Shows the list.</summary>
    public async Task OnGet(long id, CancellationToken token)
    {
        View = await forum.Send(new ListLinked(id, Number), token);
        var shown = HttpContext.Shows()?.Question(View.Id);
        foreach (var other in View.Questions.Items)
            shown?.Title(other.Id);
    }
}
