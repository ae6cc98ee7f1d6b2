using Forum.Core;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Web.Http;
using Forum.Web.Pages.Shared;
using MediatR;

namespace Forum.Web.Pages;

/// <summary>The front page: what is going on, and what people found best; for who is signed in, what interests them.</summary>
[Kept("tab", "page", "from")]
public sealed class IndexModel(ISender forum, CurrentUser user, ForumSettings settings) : QuestionListModel(forum, user, settings)
{
    /// <inheritdoc />
    public override IReadOnlyList<QuestionOrder> Orders { get; } = user.IsSignedIn
        ? [QuestionOrder.Interesting, QuestionOrder.Active, QuestionOrder.Bountied, QuestionOrder.Hot, QuestionOrder.Week, QuestionOrder.Month]
        : [QuestionOrder.Active, QuestionOrder.Score];

    /// <inheritdoc />
    public override IReadOnlyList<QuestionOrder> More { get; } = user.IsSignedIn ? [QuestionOrder.Score, QuestionOrder.Trending] : [];

    /// <summary>The hottest questions.</summary>
    public IReadOnlyList<ListHotQuestions.Item> Hot { get; private set; } = [];

    /// <inheritdoc />
    protected override bool IsHome => true;

    /// <summary>Shows the list.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await Read([], token);
        Hot = await Forum.Send(new ListHotQuestions(), token);
    }
}
