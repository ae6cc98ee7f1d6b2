using Forum.Core.Tags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Tags;

/// <summary>Where a moderator says what questions may take a tag, or that none takes a name.</summary>
public sealed class RulesModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The tag's name.</summary>
    [BindProperty(SupportsGet = true)]
    public string Name { get; set; } = "";

    /// <summary>Whether every question has one of the tags that say so.</summary>
    [BindProperty]
    public bool Required { get; set; }

    /// <summary>Whether moderators alone give it to questions.</summary>
    [BindProperty]
    public bool ModeratorOnly { get; set; }

    /// <summary>Whether no question takes it.</summary>
    [BindProperty]
    public bool Blocked { get; set; }

    /// <summary>Whether there is such a tag already.</summary>
    public bool Exists { get; private set; }

    /// <summary>Shows what is said.</summary>
    public async Task OnGet(CancellationToken token)
    {
        var view = await forum.Send(new ShowTagRules(Name), token);
        (Exists, Required, ModeratorOnly, Blocked) = (view.Exists, view.IsRequired, view.IsModeratorOnly, view.IsBlocked);
    }

    /// <summary>Says it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new ChangeTagRules(Name, Required, ModeratorOnly, Blocked), token);
        return LocalRedirect($"/tags/{Uri.EscapeDataString(Name)}/info");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => Exists = (await forum.Send(new ShowTagRules(Name), token)).Exists;
}
