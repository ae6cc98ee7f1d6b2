using Forum.Core.Answers;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Answers;

/// <summary>Takes the answer that was written under a question, and is where it is written on when it could not be taken.</summary>
[Trap("answer")]
public sealed class PostModel(ISender forum, BegunForms begun) : PageModel, IShownAgain
{
    /// <summary>The question.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What was typed.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>Whether it is community wiki.</summary>
    [BindProperty]
    public bool IsWiki { get; set; }

    /// <summary>Whether its author was asked and wants it posted as it is.</summary>
    [BindProperty]
    public bool Anyway { get; set; }

    /// <summary>When it was begun, as <see cref="BegunForms"/> marks it.</summary>
    [BindProperty]
    public string? Begun { get; set; }

    /// <summary>The question.</summary>
    public ShowAnswerForm.View View { get; private set; } = null!;

    /// <summary>Shows the question and the form.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNot?.Throw();
        Begun = begun.Mark(Id);
    }

    /// <summary>Posts the answer.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token) =>
        LocalRedirect($"/a/{await forum.Send(new PostAnswer(Id, Body ?? "", IsWiki, begun.Read(Id, Begun)) { Anyway = Anyway }, token)}");

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowAnswerForm(Id), token);
}
