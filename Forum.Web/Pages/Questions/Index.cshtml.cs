using Forum.Core.Questions;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;

namespace Forum.Web.Pages.Questions;

/// <summary>All questions.</summary>
[Kept("tab", "page", "from")]
public sealed class IndexModel(ISender forum) : QuestionListModel(forum)
{
    /// <inheritdoc />
    public override IReadOnlyList<QuestionOrder> Orders { get; } =
        [QuestionOrder.Newest, QuestionOrder.Active, QuestionOrder.Bountied, QuestionOrder.Score, QuestionOrder.Unanswered];

    /// <summary>Shows the list.</summary>
    public Task OnGet(CancellationToken token) => Read([], token);
}
