using Forum.Core;
using Forum.Core.Privileges;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Help;

/// <summary>What earns and costs reputation here, from the list and the settings that the rules read; and where the reader stands.</summary>
public sealed class ReputationModel(ISender forum, CurrentUser user, ForumSettings settings, Texts texts, Words words) : PageModel
{
    /// <summary>What the operator says about it.</summary>
    public Texts.Text Text { get; private set; } = new("", "");

    /// <summary>The values in force.</summary>
    public ReputationSettings Values => settings.Reputation;

    /// <summary>Where the reader stands; null when nobody is signed in.</summary>
    public ShowStanding.View? Standing { get; private set; }

    /// <summary>The privilege that comes next for the reader, and what is missing for it.</summary>
    public (ListPrivileges.Line Privilege, int Missing)? Next { get; private set; }

    /// <summary>Each event with the words for it and for what it changes.</summary>
    public IReadOnlyList<(string What, string Change)> Events =>
    [
        .. from kind in ReputationKinds.All
           let name = Name(kind)
           select (words[$"help.rep-{name}"], kind.HasFixedWorth() ? words.Change(kind.Worth(Values)) : words[$"help.rep-{name}.change"]),
    ];

    /// <summary>Shows it.</summary>
    public async Task OnGet(CancellationToken token)
    {
        Text = texts.Find("reputation", words.Culture.Name)!;
        if (!user.IsSignedIn)
            return;

        Standing = await forum.Send(new ShowStanding(), token);
        var privileges = await forum.Send(new ListPrivileges(), token);
        Next = privileges.Next is { } next ? (next, privileges.Missing(next)) : null;
    }

    static string Name(ReputationKind kind) => kind switch
    {
        ReputationKind.QuestionUpvoted => "question-up",
        ReputationKind.AnswerUpvoted => "answer-up",
        ReputationKind.PostDownvoted => "down",
        ReputationKind.AnswerDownvoteCast => "voting-down",
        ReputationKind.AnswerAccepted => "accepted",
        ReputationKind.AcceptedAnswer => "accepting",
        ReputationKind.SuggestedEditApproved => "suggesting",
        ReputationKind.BountyStarted => "bounty-offered",
        ReputationKind.BountyAwarded => "bounty-won",
        ReputationKind.BountyAwardedByItself => "bounty-by-itself",
        ReputationKind.PostIsSpam => "spam",
        ReputationKind.PostFlagged => "flagged",
        ReputationKind.Adjustment or ReputationKind.Opening => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is no event."),
    };
}
