using System.Globalization;
using Forum.Core;
using Forum.Core.Badges;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

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

        /// <summary>What they did, by date.</summary>
        Activity,

        /// <summary>All answers.</summary>
        Answers,

        /// <summary>All questions.</summary>
        Questions,

        /// <summary>How the reputation came about.</summary>
        Reputation,

        /// <summary>All badges.</summary>
        Badges,
    }

    /// <summary>How the ledger of reputation is looked at.</summary>
    public enum Ledger
    {
        /// <summary>Line by line, each day with what it came to.</summary>
        Day,

        /// <summary>What each post brought.</summary>
        Post,

        /// <summary>As a line over time.</summary>
        Graph,
    }

    /// <summary>The chosen part.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    /// <summary>How the ledger is to be looked at, by its word.</summary>
    [FromQuery(Name = "view")]
    public string? Looked { get; set; }

    /// <summary>Which acts are to be shown, by their word.</summary>
    [FromQuery(Name = "kind")]
    public string? Chosen { get; set; }

    /// <summary>Where a list goes on that has no numbered pages.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    /// <summary>The number of the page.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The part in force.</summary>
    public Part Open { get; private set; }

    /// <summary>How the ledger is looked at.</summary>
    public Ledger LedgerView { get; private set; }

    /// <summary>Which acts are shown; null: all.</summary>
    public ActivityKind? Kind { get; private set; }

    /// <summary>The profile.</summary>
    public ShowUser.View View { get; private set; } = null!;

    /// <summary>All questions or answers, where that part is open.</summary>
    public PageOf<ListUserPosts.Item>? Posts { get; private set; }

    /// <summary>The ledger by days, where that is looked at.</summary>
    public ListReputation.View? ByDay { get; private set; }

    /// <summary>The ledger by posts, where that is looked at.</summary>
    public ListReputationByPost.View? ByPost { get; private set; }

    /// <summary>What they did, where that part is open.</summary>
    public ListActivity.View? Activity { get; private set; }

    /// <summary>All badges, where that part is open.</summary>
    public IReadOnlyList<HeldBadge>? Held { get; private set; }

    /// <summary>How far somebody who looks at themselves is on the way to the next badge, where a part shows it.</summary>
    public ShowNextBadge.View? Next { get; private set; }

    /// <summary>The settings in force.</summary>
    public ForumSettings Settings => settings;

    /// <summary>The chart of the reputation, where a part shows it and it ever changed.</summary>
    public ReputationChart? Chart { get; private set; }

    /// <summary>Whether who looks may edit the profile.</summary>
    public bool MayEdit => user.Id is { } me && View.User.Id > 0 && ProfileRules.WhyNotEdit(me, user.IsModerator, View.User.Id) is null;

    /// <summary>Whether somebody looks at themselves.</summary>
    public bool IsOwn => user.Id == View.User.Id;

    /// <summary>The kinds of acts that who looks may choose between; null stands for all.</summary>
    public IEnumerable<ActivityKind?> Kinds => [null, .. Enum.GetValues<ActivityKind>().Where(kind => IsOwn || kind != ActivityKind.Vote).Cast<ActivityKind?>()];

    /// <summary>The address to be known by.</summary>
    public string Canonical => new Uri(settings.PublicUrl, Path).AbsoluteUri;

    /// <summary>The pages of the open part.</summary>
    public Pagination Pagination => new(Address(Open), Posts?.Number ?? 1, Posts?.Pages ?? 1);

    string Path => string.Create(CultureInfo.InvariantCulture, $"/users/{View.User.Id}/{View.User.Slug}").TrimEnd('/');

    /// <summary>The word for a part in addresses and in the keys of texts.</summary>
    public static string Word(Part part) => part.ToString().ToLowerInvariant();

    /// <summary>The word for a kind of acts in addresses and in the keys of texts.</summary>
    public static string Word(ActivityKind? kind) => kind?.ToString().ToLowerInvariant() ?? "all";

    /// <summary>The address of a part.</summary>
    public string Address(Part part) => part == Part.Profile ? Path : $"{Path}?tab={Word(part)}";

    /// <summary>The address of a way to look at the ledger.</summary>
    public string LedgerAddress(Ledger view) =>
        view == Ledger.Day ? Address(Part.Reputation) : QueryHelpers.AddQueryString(Address(Part.Reputation), "view", view.ToString().ToLowerInvariant());

    /// <summary>The address of acts of a kind.</summary>
    public string ActivityAddress(ActivityKind? kind) => kind is null ? Address(Part.Activity) : QueryHelpers.AddQueryString(Address(Part.Activity), "kind", Word(kind));

    /// <summary>Shows the profile under its own name; under any other it leads there for good.</summary>
    public async Task<IActionResult> OnGet(long id, string? name, CancellationToken token)
    {
        Open = Enum.GetValues<Part>().FirstOrDefault(part => Word(part).Equals(Tab, StringComparison.OrdinalIgnoreCase));
        View = await forum.Send(new ShowUser(id, IsWhole: Open == Part.Profile), token);
        if (View.MovedTo is { } now)
            return LocalRedirectPermanent(string.Create(CultureInfo.InvariantCulture, $"/users/{now}"));
        if ((name ?? "") != View.User.Slug)
            return LocalRedirectPermanent(new PathString(Path).ToUriComponent() + Request.QueryString);

        await Read(id, token);
        // The others name posts whose deletion is not told of here.
        if (Open is Part.Profile or Part.Questions or Part.Answers && HttpContext.Shows() is { } shown)
            Describe(shown);
        return Page();
    }

    async Task Read(long id, CancellationToken token)
    {
        switch (Open)
        {
            case Part.Profile:
                Chart = ReputationChart.Of(await forum.Send(new ShowReputation(id), token), ReputationSettings.Start);
                Next = IsOwn ? await forum.Send(new ShowNextBadge(), token) : null;
                break;
            case Part.Questions or Part.Answers:
                Posts = await forum.Send(new ListUserPosts(id, Open == Part.Questions ? UserPosts.Questions : UserPosts.Answers, Number), token);
                break;
            case Part.Activity:
                Kind = Kinds.FirstOrDefault(kind => Word(kind).Equals(Chosen, StringComparison.OrdinalIgnoreCase));
                Activity = await forum.Send(new ListActivity(id, Kind, Before), token);
                break;
            case Part.Badges:
                Held = await forum.Send(new ListHeldBadges(id), token);
                break;
            case Part.Reputation:
                await ReadLedger(id, token);
                break;
        }
    }

    async Task ReadLedger(long id, CancellationToken token)
    {
        LedgerView = Enum.GetValues<Ledger>().FirstOrDefault(view => view.ToString().Equals(Looked, StringComparison.OrdinalIgnoreCase));
        switch (LedgerView)
        {
            case Ledger.Day:
                ByDay = await forum.Send(new ListReputation(id, Before), token);
                break;
            case Ledger.Post:
                ByPost = await forum.Send(new ListReputationByPost(id, Before), token);
                break;
            case Ledger.Graph:
                Chart = ReputationChart.Of(await forum.Send(new ShowReputation(id), token), ReputationSettings.Start);
                break;
        }
    }

    void Describe(PageTags shown)
    {
        shown.Profile(View.User.Id).Reputations();
        foreach (var post in View.Questions.Items.Concat(View.Answers.Items).Concat(Posts?.Items ?? []))
            shown.Title(post.QuestionId);
    }
}
