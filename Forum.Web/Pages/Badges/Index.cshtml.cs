using Forum.Core;
using Forum.Core.Badges;
using Forum.Core.Settings;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Badges;

/// <summary>All badges, or those of tags.</summary>
[Kept("tab", "page")]
public sealed class IndexModel(ISender forum, ForumSettings settings) : PageModel
{
    /// <summary>The chosen tab.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The badges; null where those of tags are shown.</summary>
    public ListBadges.View? View { get; private set; }

    /// <summary>The badges of tags, where they are shown.</summary>
    public PageOf<ListTagBadges.Item>? Tags { get; private set; }

    /// <summary>The pages of tags' badges.</summary>
    public Pagination Pagination => new("/badges?tab=tags", Tags?.Number ?? 1, Tags?.Pages ?? 1);

    /// <summary>The settings in force.</summary>
    public ForumSettings Settings => settings;

    /// <summary>Shows the page.</summary>
    public async Task OnGet(CancellationToken token)
    {
        if ("tags".Equals(Tab, StringComparison.OrdinalIgnoreCase))
            Tags = await forum.Send(new ListTagBadges(Number), token);
        else
            View = await forum.Send(new ListBadges(), token);
        HttpContext.Shows()?.Badges();
    }
}
