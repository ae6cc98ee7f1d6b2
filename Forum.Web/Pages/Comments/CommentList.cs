using Forum.Core;
using Forum.Core.Questions;

namespace Forum.Web.Pages.Comments;

/// <summary>What <c>_CommentList.cshtml</c> shows under a post.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Comments">Its comments, oldest first.</param>
/// <param name="WhyNot">Why the reader may not add one, or null.</param>
/// <param name="IsGone">Whether the post is deleted.</param>
/// <param name="Most">How many are shown before the rest is folded away.</param>
public sealed record CommentList(long PostId, IReadOnlyList<ShowQuestion.Comment> Comments, Refusal? WhyNot, bool IsGone, int Most)
{
    /// <summary>The best of them by score (older first among equals), in their order.</summary>
    public IEnumerable<ShowQuestion.Comment> Shown => Comments.Count <= Most
        ? Comments
        : Comments.OrderByDescending(c => c.Score).ThenBy(c => c.CreatedAt).ThenBy(c => c.Id).Take(Most).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id);

    /// <summary>How many are folded away.</summary>
    public int Folded => Math.Max(0, Comments.Count - Most);
}
