using Forum.Core;
using Forum.Core.PostNotices;
using Forum.Core.Settings;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.PostNotices;

/// <summary>Where moderators put notices above a post and take them away.</summary>
public sealed class NoticeModel(ISender forum, CurrentUser user, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>The post.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What the notice says.</summary>
    [BindProperty]
    public NoticeKind Kind { get; set; }

    /// <summary>After how many days it goes by itself, as it was typed.</summary>
    [BindProperty]
    public int? Days { get; set; }

    /// <summary>What to say of it in the log.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What is shown.</summary>
    public ShowNotices.View View { get; private set; } = null!;

    /// <summary>The kinds that do not stand there.</summary>
    public IEnumerable<NoticeKind> Kinds => NoticeRules.Kinds.Except(View.Notices.Select(notice => notice.Kind));

    /// <summary>The most days.</summary>
    public int Most => settings.Notices.MostDays;

    /// <summary>The days that are usual for a current event.</summary>
    public int Event => NoticeRules.DaysOffered(NoticeKind.CurrentEvent, settings.Notices) ?? Most;

    /// <summary>Shows what stands there, and asks for more.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        if (!user.IsModerator)
            Refusals.ModeratorsOnly.Throw();
    }

    /// <summary>Puts one there.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new PlaceNotice(Id, Kind, Days, Reason ?? ""), token);
        return LocalRedirect($"/a/{Id}");
    }

    /// <summary>Takes one away.</summary>
    public async Task<IActionResult> OnPostRemove(CancellationToken token)
    {
        await forum.Send(new RemoveNotice(Id, Kind, Reason ?? ""), token);
        return LocalRedirect($"/a/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowNotices(Id), token);
}
