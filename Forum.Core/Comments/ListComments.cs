using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;
using MediatR;

namespace Forum.Core.Comments;

/// <summary>All comments on one post, oldest first, and why the one who asks may not add another.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
public sealed record ListComments(long PostId) : IRequest<ListComments.View>
{
    /// <param name="Post">What they are on.</param>
    /// <param name="Comments">The comments.</param>
    /// <param name="WhyNot">Why the reader may not comment: also because they are not signed in. Null when they may.</param>
    public sealed record View(PostFacts Post, IReadOnlyList<ShowQuestion.Comment> Comments, Refusal? WhyNot)
    {
        public string Slug => Questions.Slug.Of(Post.Title);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListComments, View>
    {
        public async Task<View> Handle(ListComments list, CancellationToken token)
        {
            var post = await db.VisiblePost(list.PostId, user, settings, token);
            var comments = await db.Query<ShowQuestion.Comment>(
                """
                select c.id as Id, c.post_id as PostId, c.html as Html, c.score as Score, c.created_at as CreatedAt, c.edited_at as EditedAt,
                       c.author_id as AuthorId, u.name as UserName, c.author_name as RemovedName, c.is_proposal as IsProposal, v.user_id is not null as IsVoted
                from comments c
                left join users u on u.id = c.author_id
                left join comment_votes v on v.comment_id = c.id and v.user_id = @me
                where c.post_id = @Id and c.deleted_at is null
                order by c.created_at, c.id
                """,
                new { post.Id, me = user.Id ?? 0 }, token);
            var whyNot = user.IsSignedIn ? CommentRules.WhyNotPost(await db.Me(user, token), post, settings) : Refusals.SignIn;
            var votes = await db.VotesOnComments([.. comments.Select(c => c.Id)], user, settings, clock.GetUtcNow(), token);
            return new View(post, [.. comments.Select(c => Shown(c, votes[c.Id]))], whyNot);
        }

        private ShowQuestion.Comment Shown(ShowQuestion.Comment comment, CommentVotes votes) => comment with
        {
            Votes = votes,
            Html = ShownHtml.Show(comment.Html, new ShownAs { Prefix = $"c{comment.Id}-", OldHost = settings.OldHost }),
        };
    }
}
