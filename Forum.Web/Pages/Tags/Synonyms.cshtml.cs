using Forum.Core.Tags;
using Forum.Core.Voting;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Tags;

/// <summary>The synonyms of a tag, where they are proposed, voted on and decided on.</summary>
public sealed class SynonymsModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The tag's name.</summary>
    [BindProperty(SupportsGet = true)]
    public string Name { get; set; } = "";

    /// <summary>The name that is proposed.</summary>
    [BindProperty]
    public string? Synonym { get; set; }

    /// <summary>What is shown.</summary>
    public ShowSynonyms.View View { get; private set; } = null!;

    private string Address => $"/tags/{Uri.EscapeDataString(Name)}/synonyms";

    /// <summary>Shows them.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Proposes one.</summary>
    public async Task<IActionResult> OnPostPropose(CancellationToken token)
    {
        await forum.Send(new ProposeSynonym(Name, Synonym ?? ""), token);
        return LocalRedirect(Address);
    }

    /// <summary>Votes on one.</summary>
    public async Task<IActionResult> OnPostVote([FromForm] long synonym, [FromForm] string? direction, CancellationToken token)
    {
        await forum.Send(new VoteOnSynonym(synonym, direction switch { "up" => Direction.Up, "down" => Direction.Down, _ => default }), token);
        return LocalRedirect(Address);
    }

    /// <summary>Lets one stand.</summary>
    public async Task<IActionResult> OnPostApprove([FromForm] long synonym, CancellationToken token)
    {
        await forum.Send(new ApproveSynonym(synonym), token);
        return LocalRedirect(Address);
    }

    /// <summary>Deletes one.</summary>
    public async Task<IActionResult> OnPostDelete([FromForm] long synonym, CancellationToken token)
    {
        await forum.Send(new DeleteSynonym(synonym), token);
        return LocalRedirect(Address);
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowSynonyms(Name), token);
}
