using Forum.Core.Markdown;
using Forum.Core.Search;
using Forum.Core.Tags;
using Forum.Data;

namespace Forum.Core.Editing;

/// <summary>
/// The text that an edit gives a post, rendered before the writer is held. One for a scope: who edits prepares it, and finds the
/// results in it.
/// </summary>
internal sealed class PostRendering(Db db, CommunityMarkdown markdown)
{
    private string? keptHtml;
    private BodyWords keptWords = BodyWords.None;

    public PostText Body { get; private set; } = PostText.Empty;

    /// <summary>Renders a body for a post.</summary>
    /// <exception cref="FluentValidation.ValidationException">It cannot be rendered.</exception>
    public async Task Prepare(long postId, string body, string field, CancellationToken token)
    {
        Body = markdown.Post(body, field);
        // A body that stays keeps its HTML, which may say it otherwise than today's renderer.
        keptHtml = await db.Find<string>(
            "select html from posts where id = @postId and body = @Body and html <> @Html", new { postId, Body.Body, Body.Html }, token);
        keptWords = keptHtml is null ? BodyWords.None : BodyWords.Of(keptHtml);
    }

    /// <summary>The post's text with the edit: null leaves title and tags. A body that stays keeps its HTML: an imported one may have been rendered by other habits.</summary>
    public RevisedText Apply(PostFacts post, RevisedText was, string? title, string? tags) => was with
    {
        Title = post.IsQuestion && title is not null ? TextLength.Line(title) : was.Title,
        Tags = post.IsQuestion && tags is not null ? string.Join(' ', TagNames.Parse(tags)) : was.Tags,
        Body = Stays(was) ? was.Body : Body.Body,
        Html = Stays(was) ? was.Html : Body.Html,
    };

    /// <summary>Whether the body stays as it was.</summary>
    public bool Stays(RevisedText was) => Body.Body == TextLength.Clean(was.Body);

    /// <summary>The questions and answers of this community that a rendered text leads to.</summary>
    public IReadOnlyCollection<long> PostsNamedIn(string html) => markdown.PostsNamedIn(html);

    /// <summary>The words of the HTML that the post will have.</summary>
    public BodyWords WordsOf(string html) =>
        html == Body.Html ? Body.Words : html == keptHtml ? keptWords : BodyWords.Of(html);
}
