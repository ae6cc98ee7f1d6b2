using Forum.Core.Discipline;
using Forum.Core.Users;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>Finds a person by number, address or the beginning of their name, for moderators.</summary>
public sealed class PeopleModel(ISender forum, Forum.Core.CurrentUser user) : PageModel
{
    /// <summary>What was typed.</summary>
    [FromQuery(Name = "who")]
    public string? Who { get; set; }

    /// <summary>Whose names begin so; null when nothing was typed.</summary>
    public IReadOnlyList<ListUsers.Item>? Found { get; private set; }

    /// <summary>Leads to the person a number or an address names, else lists names.</summary>
    public async Task<IActionResult> OnGet(CancellationToken token)
    {
        if (!user.IsModerator)
            (user.IsSignedIn ? Forum.Core.Refusals.ModeratorsOnly : Forum.Core.Refusals.SignIn).Throw();
        if (Named.Person(Who) is { } id)
        {
            try
            {
                await forum.Send(new ShowPerson(id), token);
                return LocalRedirect($"/mod/users/{id}");
            }
            catch (Forum.Core.NotFoundException)
            {
                // Nobody has this number; somebody's name may begin with it.
            }
        }

        if (!string.IsNullOrWhiteSpace(Who))
            Found = (await forum.Send(new ListUsers(Who), token)).Items;
        return Page();
    }
}
