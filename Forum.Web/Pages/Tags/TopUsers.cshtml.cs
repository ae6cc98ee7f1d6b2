using Forum.Core.Tags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Tags;

/// <summary>Who asks and answers best under a tag.</summary>
[Kept]
public sealed class TopUsersModel(ISender forum) : PageModel
{
    /// <summary>What is shown.</summary>
    public ListTopUsers.View View { get; private set; } = null!;

    /// <summary>The lists, each under the key of its title.</summary>
    public IEnumerable<(string Key, IReadOnlyList<ListTopUsers.Person> People)> Lists =>
    [
        ("tags.recent-answerers", View.RecentAnswerers), ("tags.recent-askers", View.RecentAskers), ("tags.answerers", View.Answerers), ("tags.askers", View.Askers),
    ];

    /// <summary>Shows the page; a name that only stands for a tag leads to that.</summary>
    public async Task<IActionResult> OnGet(string name, CancellationToken token)
    {
        View = await forum.Send(new ListTopUsers(name), token);
        if (View.Tag != name)
            return LocalRedirect($"/tags/{Uri.EscapeDataString(View.Tag)}/topusers");

        HttpContext.Shows()?.Tagged(View.Tag).People();
        return Page();
    }
}
