using Forum.Core;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Users;

namespace Forum.Web.Pages.Posts;

/// <summary>The reader of a page and the posts on it, as the rules want to know them: to show only what is of use to this reader.</summary>
public static class Reader
{
    /// <summary>The signed-in reader, as they were when the request began.</summary>
    public static Person Of(CurrentUser user) => People.Seen(user);

    /// <summary>Where a post is shown: an answer on its question's page, a tag's text on the tag's.</summary>
    public static string AddressOf(PostFacts post)
    {
        ArgumentNullException.ThrowIfNull(post);
        return post.TagPart is null ? $"/a/{post.Id}" : $"/tags/{Uri.EscapeDataString(post.Title)}/info";
    }

    /// <summary>A post of a question's page. Of an answer only whether the reader asked is known, which is all that rules ask.</summary>
    public static PostFacts Facts(ShowQuestion.Post post, CurrentUser user)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(user);
        return new PostFacts
        {
            Id = post.Id,
            Kind = post.Kind,
            AuthorId = post.AuthorId,
            DeletedAt = post.DeletedAt,
            DeletedBy = post.DeletedBy,
            Deletion = post.Deletion,
            Score = post.Score,
            CreatedAt = post.CreatedAt,
            CloseReason = post.CloseReason,
            HasBounty = post.Bounty is not null,
            LockedAt = post.LockedAt,
            Lock = post.Lock,
            WikiAt = post.WikiAt,
            QuestionId = post.Votes.QuestionId,
            AskerId = post.IsQuestion ? post.AuthorId : post.Votes.IsAsker ? user.Id : null,
            QuestionDeletedAt = post.IsQuestion ? post.DeletedAt : null,
            ClosedAt = post.ClosedAt,
            ProtectedAt = post.ProtectedAt,
        };
    }
}
