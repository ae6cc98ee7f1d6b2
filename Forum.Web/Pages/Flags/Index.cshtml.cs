using Forum.Core.Flags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Flags;

/// <summary>A person's flags and what became of them.</summary>
public sealed class IndexModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>Whose.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Which page of them.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>What is shown.</summary>
    public ListFlags.View View { get; private set; } = null!;

    /// <summary>Shows them.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Takes one back.</summary>
    public async Task<IActionResult> OnPostRetract(long flag, CancellationToken token)
    {
        await forum.Send(new RetractFlag(flag), token);
        return LocalRedirect($"/users/{Id}/flags");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ListFlags(Id, Number), token);
}
