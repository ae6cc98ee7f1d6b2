using System.Globalization;
using Forum.Core;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Users;

/// <summary>Somebody's profile.</summary>
[Kept("tab", "page")]
public sealed class ShowModel(ISender forum, CurrentUser user, ForumSettings settings) : PageModel
{
    /// <summary>The parts of a profile.</summary>
    public enum Part
    {
        /// <summary>The whole in short.</summary>
        Profile,

        /// <summary>All questions.</summary>
        Questions,

        /// <summary>All answers.</summary>
        Answers,

        /// <summary>How the reputation came about.</summary>
        Reputation,
    }

    /// <summary>The chosen part.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The part in force.</summary>
    public Part Open { get; private set; }

    /// <summary>The profile.</summary>
    public ShowUser.View View { get; private set; } = null!;

    /// <summary>All questions or answers, where that part is open.</summary>
    public PageOf<ListUserPosts.Item>? Posts { get; private set; }

    /// <summary>The reputation's history, where a part shows it.</summary>
    public ShowReputation.View? Reputation { get; private set; }

    /// <summary>The chart of it.</summary>
    public ReputationChart? Chart { get; private set; }

    /// <summary>Whether who looks may edit the profile.</summary>
    public bool MayEdit => user.Id is { } me && View.User.Id > 0 && ProfileRules.WhyNotEdit(me, user.IsModerator, View.User.Id) is null;

    /// <summary>Whether somebody looks at themselves.</summary>
    public bool IsOwn => user.Id == View.User.Id;

    /// <summary>The address to be known by.</summary>
    public string Canonical => new Uri(settings.PublicUrl, Path).AbsoluteUri;

    /// <summary>The pages of the open part.</summary>
    public Pagination Pagination => new(Address(Open), Posts?.Number ?? 1, Posts?.Pages ?? 1);

    string Path => string.Create(CultureInfo.InvariantCulture, $"/users/{View.User.Id}/{View.User.Slug}").TrimEnd('/');

    /// <summary>The address of a part.</summary>
    public string Address(Part part) => part == Part.Profile ? Path : $"{Path}?tab={part.ToString().ToLowerInvariant()}";

    /// <summary>Shows the profile under its own name; under any other it leads there for good.</summary>
    public async Task<IActionResult> OnGet(long id, string? name, CancellationToken token)
    {
        Open = Enum.GetValues<Part>().FirstOrDefault(part => part.ToString().Equals(Tab, StringComparison.OrdinalIgnoreCase));
        View = await forum.Send(new ShowUser(id), token);
        if ((name ?? "") != View.User.Slug)
            return LocalRedirectPermanent(new PathString(Path).ToUriComponent() + Request.QueryString);

        if (Open is Part.Questions or Part.Answers)
            Posts = await forum.Send(new ListUserPosts(id, Open == Part.Questions ? UserPosts.Questions : UserPosts.Answers, Number), token);
        if (Open is Part.Reputation or Part.Profile)
        {
            Reputation = await forum.Send(new ShowReputation(id, Open == Part.Reputation ? settings.Pages.Inbox : 1), token);
            Chart = ReputationChart.Of(Reputation, ReputationSettings.Start);
        }

        // The ledger names posts whose deletion is not told of here.
        if (Open != Part.Reputation && HttpContext.Shows() is { } shown)
            Describe(shown);
        return Page();
    }

    void Describe(PageTags shown)
    {
        shown.Profile(View.User.Id).Reputations();
        foreach (var post in View.Questions.Items.Concat(View.Answers.Items).Concat(Posts?.Items ?? []))
            shown.Title(post.QuestionId);
    }
}
