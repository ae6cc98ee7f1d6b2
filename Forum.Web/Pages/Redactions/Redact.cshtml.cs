using Forum.Core.Redactions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Web.Http;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Redactions;

/// <summary>Where moderators propose to hide a revision.</summary>
public sealed class RedactModel(ISender forum, Words words, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The revision.</summary>
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What is shown.</summary>
    public ShowRedactionForm.View View { get; private set; } = null!;

    /// <summary>The revisions that would be hidden, in words.</summary>
    public string Numbers => string.Join(", ", View.Numbers.Select(number => words.Number(number)));

    /// <summary>How many moderators it takes.</summary>
    public int Needed => settings.Redaction.Moderators;

    /// <summary>Where the post is edited.</summary>
    public string EditAddress => View.Post.TagPart is null ? $"/posts/{Id}/edit" : $"/tags/{Uri.EscapeDataString(View.Post.Title)}/edit";

    /// <summary>Asks, or says why it cannot be.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Proposes it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token) =>
        LocalRedirect($"/redactions/{await forum.Send(new ProposeRedaction(Id, Number, Reason ?? ""), token)}");

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowRedactionForm(Id, Number), token);
}
