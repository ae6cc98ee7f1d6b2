using Forum.Core.Questions;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;

namespace Forum.Web.Pages;

/// <summary>The front page: what is going on, and what people found best.</summary>
[Kept("tab", "page", "from")]
public sealed class IndexModel(ISender forum) : QuestionListModel(forum)
{
    /// <inheritdoc />
    public override IReadOnlyList<QuestionOrder> Orders { get; } = [QuestionOrder.Active, QuestionOrder.Score];

    /// <summary>Shows the list.</summary>
    public Task OnGet(CancellationToken token) => Read([], token);
}
