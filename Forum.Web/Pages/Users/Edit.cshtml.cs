using System.Globalization;
using Forum.Core.Users;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Users;

/// <summary>Edits a profile: one's own, or as a moderator any.</summary>
public sealed class EditModel(ISender forum) : PageModel
{
    /// <summary>What is asked for; whose it is comes from the address.</summary>
    public sealed record Form(string Name, string About, string Location, string Website);

    /// <summary>Whose profile.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What was written.</summary>
    [BindProperty]
    public Form Input { get; set; } = new("", "", "", "");

    /// <summary>Shows the profile as it was written.</summary>
    public async Task OnGet(CancellationToken token)
    {
        var profile = await forum.Send(new FindProfile(Id), token);
        Input = new Form(profile.Name, profile.About, profile.Location, profile.Website);
    }

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new EditProfile(Id, Input.Name, Input.About, Input.Location, Input.Website), token);
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/users/{Id}"));
    }
}
