using System.Globalization;
using Forum.Core.Badges;
using Forum.Core.Settings;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Badges;

/// <summary>A badge with those who were awarded it.</summary>
public sealed class ShowModel(ISender forum, ForumSettings settings) : PageModel
{
    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>What is shown.</summary>
    public ShowBadge.View View { get; private set; } = null!;

    /// <summary>The settings in force.</summary>
    public ForumSettings Settings => settings;

    /// <summary>What a tag's badge of this class needs.</summary>
    public TagBadgeLevel Level => View.Class switch
    {
        BadgeClass.Gold => settings.Badges.TagGold,
        BadgeClass.Silver => settings.Badges.TagSilver,
        _ => settings.Badges.TagBronze,
    };

    /// <summary>The address to be known by.</summary>
    public string Canonical => new Uri(settings.PublicUrl, Path).AbsoluteUri;

    /// <summary>The pages of awards.</summary>
    public Pagination Pagination => new(Path, View.Awards.Number, View.Awards.Pages);

    string Path => string.Create(CultureInfo.InvariantCulture, $"/badges/{View.Id}/{View.Slug}").TrimEnd('/');

    /// <summary>Shows the badge under its own name; under any other it leads there for good.</summary>
    public async Task<IActionResult> OnGet(long id, string? name, CancellationToken token)
    {
        View = await forum.Send(new ShowBadge(id, Number), token);
        return (name ?? "") == View.Slug ? Page() : LocalRedirectPermanent(new PathString(Path).ToUriComponent() + Request.QueryString);
    }
}
