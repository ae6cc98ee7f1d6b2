using Forum.Core.Closing;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>What a person who is about to delete or undelete a post is asked to confirm.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowDeletion(long PostId) : IRequest<ShowDeletion.View>
{
    /// <param name="Post">The post.</param>
    /// <param name="Excerpt">How it begins.</param>
    /// <param name="WhyNotDelete">Why it may not be deleted, or null.</param>
    /// <param name="WhyNotUndelete">Why it may not be undeleted, or null.</param>
    public sealed record View(PostFacts Post, string Excerpt, Refusal? WhyNotDelete, Refusal? WhyNotUndelete)
    {
        /// <summary>Why the reader may not vote to delete it, or null.</summary>
        public Refusal? WhyNotVote { get; init; }

        /// <summary>Why the reader may not vote to bring it back, or null.</summary>
        public Refusal? WhyNotVoteBack { get; init; }

        /// <summary>Votes that wait: to delete, or of a deleted one to bring it back.</summary>
        public int Votes { get; init; }

        /// <summary>How many it takes.</summary>
        public int Needed { get; init; }

        /// <summary>Whether the reader's is among them.</summary>
        public bool HasVoted { get; init; }

        /// <summary>Why the reader may neither delete it nor vote for that, or null.</summary>
        public Refusal? WhyNothing => WhyNotVote is null || HasVoted ? null : WhyNotDelete is { Code: "editing.not-yours-to-delete" } ? WhyNotVote : WhyNotDelete;

        /// <summary>Why the reader may neither bring it back nor vote for that, or null.</summary>
        public Refusal? WhyNoReturn => WhyNotVoteBack is null || HasVoted ? null : WhyNotUndelete is { Code: "editing.not-yours-to-undelete" } ? WhyNotVoteBack : WhyNotUndelete;

        public string Slug => Questions.Slug.Of(Post.Title);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowDeletion, View>
    {
        private const int ExcerptLength = 300;

        public async Task<View> Handle(ShowDeletion show, CancellationToken token)
        {
            var post = await db.VisiblePost(show.PostId, user, settings, token);
            var text = await db.TextOf(post.Id, token);
            var person = await db.Me(user, token);
            var now = clock.GetUtcNow();
            var kind = post.DeletedAt is null ? ModerationVoteKind.Delete : ModerationVoteKind.Undelete;
            var record = await db.VotingRecord(person.Id, post.Id, kind, await db.Round(post.Id, kind, token), now, token);
            return new View(
                post,
                PlainText.Excerpt(text.Html, ExcerptLength),
                EditingRules.WhyNotDelete(person, post, await db.DeletedToday(person.Id, now, token), now, settings),
                EditingRules.WhyNotUndelete(person, post))
            {
                WhyNotVote = DeletionRules.WhyNotVote(person, post, record, now, settings),
                WhyNotVoteBack = DeletionRules.WhyNotVoteBack(person, post, record, now, settings),
                Votes = await db.Waiting(post.Id, kind, token),
                Needed = post.DeletedAt is null ? DeletionRules.Needed(post, settings.Deletion) : settings.Deletion.UndeleteVotes,
                HasVoted = record.HasVoted,
            };
        }
    }
}
