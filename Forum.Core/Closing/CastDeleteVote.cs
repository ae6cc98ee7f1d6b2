using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Closing;

/// <summary>
/// Votes to delete a closed question, with its answers, or a bad answer; enough votes delete it. Returns whether it is deleted. Authors and
/// moderators delete by <see cref="DeletePost"/>. Rules: docs/rules/deleting.md.
/// </summary>
public sealed record CastDeleteVote(long PostId) : IRequest<bool>, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, Deletions deletions, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<CastDeleteVote, bool>
    {
        public async Task<bool> Handle(CastDeleteVote vote, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var post = await db.VisiblePost(vote.PostId, user, settings, token);
            await db.Lapse(post.Id, settings.Closing.VotesLast, log, now, token, ModerationVoteKind.Delete);
            var round = await db.Round(post.Id, ModerationVoteKind.Delete, token);
            DeletionRules.WhyNotVote(me, post, await db.VotingRecord(me.Id, post.Id, ModerationVoteKind.Delete, round, now, token), now, settings)?.Throw();

            var id = await db.AddVote(post.Id, me.Id, ModerationVoteKind.Delete, round, "", null, now, token);
            await log.Record(new Act("delete-vote", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, After = new { Vote = id, Round = round } }, token);
            var waiting = await db.Waiting(post.Id, ModerationVoteKind.Delete, token);
            var isDeleted = waiting >= DeletionRules.Needed(post, settings.Deletion);
            if (isDeleted)
                happened.Note(await deletions.Delete(post, DeletionKind.Votes, null, token));
            happened.Note(new DeleteVoteCast(post.Id, post.QuestionId, me.Id, ModerationVoteKind.Delete, waiting, isDeleted));
            return isDeleted;
        }
    }
}

/// <summary>
/// Votes to bring a deleted post back; enough votes do. Returns whether it is back. Authors, of what they deleted themselves, and moderators
/// undelete by <see cref="UndeletePost"/>. Rules: docs/rules/deleting.md.
/// </summary>
public sealed record CastUndeleteVote(long PostId) : IRequest<bool>, ICommand
{
    internal sealed class Words(Db db) : IPrepare<CastUndeleteVote>
    {
        public IReadOnlyDictionary<string, IndexedWords> Thread { get; private set; } = new Dictionary<string, IndexedWords>();

        public async Task Prepare(CastUndeleteVote request, CancellationToken token) => Thread = await db.ThreadWords(request.PostId, token);
    }

    internal sealed class Handler(Db db, CurrentUser user, Words words, Deletions deletions, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<CastUndeleteVote, bool>
    {
        public async Task<bool> Handle(CastUndeleteVote vote, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var post = await db.VisiblePost(vote.PostId, user, settings, token);
            await db.Lapse(post.Id, settings.Closing.VotesLast, log, now, token, ModerationVoteKind.Undelete);
            var round = await db.Round(post.Id, ModerationVoteKind.Undelete, token);
            DeletionRules.WhyNotVoteBack(me, post, await db.VotingRecord(me.Id, post.Id, ModerationVoteKind.Undelete, round, now, token), now, settings)?.Throw();

            var id = await db.AddVote(post.Id, me.Id, ModerationVoteKind.Undelete, round, "", null, now, token);
            await log.Record(new Act("undelete-vote", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId, After = new { Vote = id, Round = round } }, token);
            var waiting = await db.Waiting(post.Id, ModerationVoteKind.Undelete, token);
            var isBack = waiting >= settings.Deletion.UndeleteVotes;
            if (isBack)
                happened.Note(await deletions.Undelete(post, words.Thread, null, token));
            happened.Note(new DeleteVoteCast(post.Id, post.QuestionId, me.Id, ModerationVoteKind.Undelete, waiting, isBack));
            return isBack;
        }
    }
}

/// <summary>Somebody voted to delete a post, or to bring it back.</summary>
/// <param name="PostId">The post.</param>
/// <param name="QuestionId">Its question, or itself.</param>
/// <param name="VoterId">Who voted.</param>
/// <param name="Kind">What for.</param>
/// <param name="Votes">How many votes waited then, with this one.</param>
/// <param name="Done">Whether it is done by it.</param>
public sealed record DeleteVoteCast(long PostId, long QuestionId, long VoterId, ModerationVoteKind Kind, int Votes, bool Done) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}
