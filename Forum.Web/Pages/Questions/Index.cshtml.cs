using Forum.Core;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;

namespace Forum.Web.Pages.Questions;

/// <summary>All questions.</summary>
[Kept("tab", "page", "from")]
public sealed class IndexModel(ISender forum, CurrentUser user, ForumSettings settings) : QuestionListModel(forum, user, settings)
{
    /// <inheritdoc />
    public override IReadOnlyList<QuestionOrder> Orders { get; } =
        [QuestionOrder.Newest, QuestionOrder.Active, QuestionOrder.Bountied, QuestionOrder.Unanswered];

    /// <inheritdoc />
    public override IReadOnlyList<QuestionOrder> More { get; } =
        [QuestionOrder.Frequent, QuestionOrder.Score, QuestionOrder.Trending, QuestionOrder.Week, QuestionOrder.Month, QuestionOrder.Hot];

    /// <inheritdoc />
    public override IReadOnlyList<QuestionOrder> Unanswered { get; } = user.IsSignedIn
        ? [QuestionOrder.Unanswered, QuestionOrder.UnansweredNewest, QuestionOrder.NoAnswers, QuestionOrder.UnansweredMine]
        : [QuestionOrder.Unanswered, QuestionOrder.UnansweredNewest, QuestionOrder.NoAnswers];

    /// <summary>Shows the list.</summary>
    public Task OnGet(CancellationToken token) => Read([], token);
}
