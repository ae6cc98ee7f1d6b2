using Forum.Core.Tags;
using Forum.Web.Http;
using MediatR;
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

    /// <summary>Shows the page.</summary>
    public async Task OnGet(string name, CancellationToken token)
    {
        View = await forum.Send(new ListTopUsers(name), token);
        HttpContext.Shows()?.Tagged(View.Tag).People();
    }
}
