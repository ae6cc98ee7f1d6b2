using Forum.Core.Settings;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Help;

/// <summary>What earns and costs reputation here, from the settings the rules read.</summary>
public sealed class ReputationModel(ForumSettings settings, Texts texts, Words words) : PageModel
{
    /// <summary>What the operator says about it.</summary>
    public Texts.Text Text { get; private set; } = new("", "");

    /// <summary>The values in force.</summary>
    public ReputationSettings Values => settings.Reputation;

    /// <summary>Each event with what it changes.</summary>
    public IReadOnlyList<(string Key, int Change)> Events =>
    [
        ("help.rep-question-up", Values.QuestionUpvoted),
        ("help.rep-answer-up", Values.AnswerUpvoted),
        ("help.rep-accepted", Values.AnswerAccepted),
        ("help.rep-accepting", Values.AcceptedAnswer),
        ("help.rep-down", Values.PostDownvoted),
        ("help.rep-voting-down", Values.AnswerDownvoteCast),
    ];

    /// <summary>Shows it.</summary>
    public void OnGet() => Text = texts.Find("reputation", words.Culture.Name)!;
}
