using Forum.Core.Closing;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Closing;

/// <summary>Where a question is protected from answers of newcomers, or not any more.</summary>
public sealed class ProtectModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The question.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Whether it is to be protected.</summary>
    [BindProperty]
    public bool IsProtected { get; set; }

    /// <summary>What is shown.</summary>
    public ShowProtection.View View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        View.WhyNot?.Throw();
    }

    /// <summary>Does it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new ProtectQuestion(Id, IsProtected), token);
        return LocalRedirect($"/q/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowProtection(Id), token);
}
