using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Flags;

/// <summary>What a person may flag a post as, and why not otherwise; and the flags of theirs that wait there.</summary>
[For(Who.SignedIn)]
public sealed record ShowFlagForm(long PostId) : IRequest<ShowFlagForm.View>
{
    /// <param name="Post">The post.</param>
    /// <param name="Excerpt">How it begins.</param>
    /// <param name="Kinds">The kinds that are offered of such a post, each with why it cannot be chosen.</param>
    /// <param name="Waiting">The reader's own flags of it that wait.</param>
    public sealed record View(PostFacts Post, string Excerpt, IReadOnlyList<(FlagKind Kind, Refusal? WhyNot)> Kinds, IReadOnlyList<Flag> Waiting);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowFlagForm, View>
    {
        private const int ExcerptLength = 200;

        public async Task<View> Handle(ShowFlagForm show, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var post = await db.VisiblePost(show.PostId, user, settings, token);
            var flagged = await db.FlaggedPost(post, me.Id, token);
            var flagger = await db.Flagger(me, settings.Flags, now, token);
            var html = await db.Get<string>("select substr(html, 1, 2000) from posts where id = @Id", new { post.Id }, token);
            var waiting = await db.Query<Flag>(
                $"select {Flag.Columns} from flags f where f.post_id = @Id and f.user_id = @me and f.state = 0 and f.comment_id is null", new { post.Id, me = me.Id }, token);
            return new View(
                post, PlainText.Excerpt(html, ExcerptLength),
                [
                    .. from kind in FlagKinds.OfPosts
                       where kind != (post.IsQuestion ? FlagKind.NotAnAnswer : FlagKind.Close)
                       select (kind, FlagRules.WhyNotFlag(kind, flagger, flagged, settings, now)),
                ],
                waiting);
        }
    }
}

/// <summary>What a person may flag a comment as, or why they may not.</summary>
[For(Who.SignedIn)]
public sealed record ShowCommentFlagForm(long CommentId) : IRequest<ShowCommentFlagForm.View>
{
    /// <param name="Comment">The comment.</param>
    /// <param name="Post">What it is on.</param>
    /// <param name="Html">What it says, as it is sent to the browser.</param>
    /// <param name="WhyNot">Why it may not be flagged, or null.</param>
    /// <param name="Waiting">The reader's own flag of it that waits.</param>
    public sealed record View(CommentFacts Comment, PostFacts Post, string Html, Refusal? WhyNot, Flag? Waiting);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowCommentFlagForm, View>
    {
        public async Task<View> Handle(ShowCommentFlagForm show, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var (comment, post) = await db.VisibleComment(show.CommentId, user, settings, token);
            var own = await db.Query<Flag>($"select {Flag.Columns} from flags f where f.comment_id = @Id and f.user_id = @me", new { comment.Id, me = me.Id }, token);
            var flagger = await db.Flagger(me, settings.Flags, now, token);
            return new View(
                comment, post, await db.Shown(comment.Html, $"c{comment.Id}-", settings, token),
                FlagRules.WhyNotFlag(FlagKind.Obsolete, flagger, comment, post, own.Count > 0, settings, now),
                own.FirstOrDefault(flag => flag.State == FlagState.Pending));
        }
    }
}
