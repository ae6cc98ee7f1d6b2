using Forum.Core.Badges;
using Forum.Core.Care;
using Forum.Core.Closing;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Markdown;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;

namespace Forum.Core.Departures;

/// <summary>
/// What follows when an account is deleted, destroyed or purged: what only a person can have goes, and what was written is nobody's from then on.
/// Scoped. Rules: docs/rules/departures.md.
/// </summary>
internal sealed class Erasure(
    Db db, SharedSteps shared, Deletions deletions, CommunityMarkdown markdown, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
{
    // A look at everything, whoever asked for it.
    private static readonly CurrentUser Everything = new() { IsModerator = true };

    private DateTimeOffset Now => clock.GetUtcNow();

    private static Task<int> Nothing => Task.FromResult(0);

    /// <summary>What is done, in this order. Each step does a piece of it and says how much that was.</summary>
    public IReadOnlyList<Func<Task<int>>> Steps(Departure departure, CancellationToken token)
    {
        var id = departure.UserId;
        return
        [
            // Before the posts are nobody's: what is deleted for its score is decided by the score without these votes.
            () => departure.KeepsVotes ? Nothing : DropVotes(id, token),
            () => departure.KeepsVotes ? Nothing : DropCommentVotes(id, token),
            () => RetractFlags(id, token),
            () => EndModerationVotes(id, token),
            () => WithdrawSuggestions(id, token),
            () => db.Execute("delete from reviews where user_id = @id and exists (select 1 from review_tasks t where t.id = reviews.task_id and t.outcome is null)", new { id }, token),
            () => db.Execute(
                $"update flags set words = '', source = '' where id in (select id from flags where user_id = @id and (words <> '' or source <> '') limit {SharedSteps.Many})", new { id }, token),
            () => DropSynonymVotes(id, token),
            () => departure.Kind == DepartureKind.Destroyed ? CondemnOne(id, token) : ClearOne(departure, token),
            () => departure.Kind == DepartureKind.Destroyed ? DeleteComments(id, token) : Nothing,
            () => PassPostsOn(id, token),
            () => PassBountiesOn(id, token),
            () => ForgetCauses(departure, token),
            () => db.Execute($"delete from reputation_events where id in (select id from reputation_events where user_id = @id limit {SharedSteps.Many})", new { id }, token),
            () => DropBadges(id, token),
            () => DropSaves(id, token),
            () => DropCancellations(id, token),
            () => shared.Fates(departure, token),
            () => shared.CloseLedger(id, token),
        ];
    }

    // Votes for one author at a time, as far as they stand together, so that the author finds few lines in the ledger.
    private async Task<int> DropVotes(long id, CancellationToken token)
    {
        var next = await db.Query<VoteOn>(
            $"select v.post_id as PostId, p.author_id as AuthorId from votes v join posts p on p.id = v.post_id where v.user_id = @id order by v.cast_at limit {SharedSteps.Many}", new { id }, token);
        if (next.Count == 0)
            return 0;
        var together = next.Where(vote => vote.AuthorId == next[0].AuthorId).Take(SharedSteps.Few).Select(vote => vote.PostId).ToList();
        return await shared.TakeOut(id, together, AdjustmentReason.VoterRemoved, token);
    }

    private async Task<int> DropCommentVotes(long id, CancellationToken token)
    {
        var comments = await db.Query<long>($"select comment_id from comment_votes where user_id = @id limit {SharedSteps.Some}", new { id }, token);
        return await shared.TakeCommentVotes(id, comments, token);
    }

    private async Task<int> RetractFlags(long id, CancellationToken token)
    {
        var flags = await db.Query<Flag>($"select {Flag.Columns} from flags f where f.user_id = @id and f.state = 0 limit {SharedSteps.Few}", new { id }, token);
        foreach (var flag in flags)
        {
            await db.End([flag], new Flags.Verdict(FlagState.Retracted), new Flagging(log, settings), Now, token);
            happened.Note(FlagsDecided.Of([flag], FlagState.Retracted, await db.QuestionOf(flag.PostId, token), null));
        }

        return flags.Count;
    }

    private async Task<int> EndModerationVotes(long id, CancellationToken token)
    {
        var votes = await shared.WaitingVotes(id, null, token);
        await shared.End(id, votes, ModerationVoteOutcome.Retracted, token);
        return votes.Count;
    }

    private async Task<int> WithdrawSuggestions(long id, CancellationToken token)
    {
        var edits = await db.Query<WaitingEdit>(
            $"""
            select s.id as Id, s.post_id as PostId, coalesce(p.question_id, p.id) as QuestionId
            from suggested_edits s
            join posts p on p.id = s.post_id
            where s.author_id = @id and s.outcome is null
            limit {SharedSteps.Few}
            """, new { id }, token);
        foreach (var edit in edits)
        {
            await db.Decide(edit.Id, SuggestionOutcome.Withdrawn, "", null, Now, token);
            happened.Note(new SuggestionDecided(edit.Id, edit.PostId, edit.QuestionId, null, People.Community, SuggestionOutcome.Withdrawn));
        }

        return edits.Count;
    }

    private async Task<int> DropSynonymVotes(long id, CancellationToken token)
    {
        var synonyms = await db.Query<long>($"select synonym_id from tag_synonym_votes where user_id = @id limit {SharedSteps.Some}", new { id }, token);
        if (synonyms.Count == 0)
            return 0;
        await db.Execute($"delete from tag_synonym_votes where user_id = @id and {db.Dialect.In("synonym_id", "@synonyms")}", new { id, synonyms }, token);
        await shared.CountSynonymVotes(synonyms, token);
        return synonyms.Count;
    }

    // What the community did not want goes with its author, as every night; what is locked, was brought back or has a bounty stays.
    private async Task<int> ClearOne(Departure departure, CancellationToken token)
    {
        var post = await db.Find<long?>(
            "select min(id) from posts where author_id = @UserId and kind in (1, 2) and is_listed = 1 and score < 0 and id > @Cursor", new { departure.UserId, departure.Cursor }, token);
        if (post is not { } next)
            return 0;

        await db.Execute("update departures set cursor = @next where id = @Id", new { departure.Id, next }, token);
        if (await db.CareFacts(next, Now, settings.Care, token) is { } facts && CareRules.Deletes(CareJob.Removed, facts, Now, settings.Care))
            happened.Note(await deletions.Delete(await db.VisiblePost(next, Everything, settings, token), DeletionKind.Rules, null, token, reason: CareJob.Removed.Key()));
        return 1;
    }

    // Answers first: with a question its answers are out of sight.
    private async Task<int> CondemnOne(long id, CancellationToken token)
    {
        var post = await db.Find<long?>(
            "select id from posts where author_id = @id and kind in (1, 2) and deleted_at is null order by kind desc, id limit 1", new { id }, token);
        if (post is not { } next)
            return 0;
        await db.Condemn(await db.VisiblePost(next, Everything, settings, token), deletions, log, null, settings, happened, Now, token);
        return 1;
    }

    private async Task<int> DeleteComments(long id, CancellationToken token)
    {
        var comments = await db.Query<Remark>(
            $"""
            select c.id as Id, c.html as Html, p.id as PostId, coalesce(p.question_id, p.id) as QuestionId
            from comments c
            join posts p on p.id = c.post_id
            where c.author_id = @id and c.deleted_at is null
            limit {SharedSteps.Few}
            """, new { id }, token);
        foreach (var comment in comments)
        {
            await db.Execute("update comments set deleted_at = @Now, deleted_by = @by where id = @Id", new { comment.Id, Now, by = People.Community }, token);
            await db.CountComments(comment.PostId, token);
            happened.Note(new CommentDeleted(comment.Id, comment.PostId, comment.QuestionId, People.Community));
            happened.NoteLinks(comment.PostId, comment.QuestionId, await db.KeepLinks(comment.PostId, markdown.PostsNamedIn(comment.Html), [], markdown.PostsNamedIn, Now, token));
        }

        return comments.Count;
    }

    private async Task<int> PassPostsOn(long id, CancellationToken token)
    {
        var posts = await shared.Posts(id, token);
        if (posts.Count > 0)
            await shared.PassOn(posts, id, null, token);
        return posts.Count;
    }

    private async Task<int> PassBountiesOn(long id, CancellationToken token)
    {
        var questions = await db.Query<long>(
            $"update bounties set sponsor_id = @community where id in (select id from bounties where sponsor_id = @id limit {SharedSteps.Some}) returning question_id",
            new { id, community = People.Community }, token);
        await shared.Note(id, questions, token);
        return questions.Count;
    }

    // What others have from this person's accepts and bounties is the Community user's doing now. What votes that were undone brought is
    // nobody's; votes and flags that still count keep the number, which names nobody any more.
    private Task<int> ForgetCauses(Departure departure, CancellationToken token) =>
        db.Execute(
            $"""
            update reputation_events
            set cause_id = case
                when kind in ({SharedSteps.VoteKinds}) then null
                when state = 0 and exists (
                    select 1 from reputation_events o
                    where o.post_id = reputation_events.post_id and o.user_id = reputation_events.user_id and o.kind = reputation_events.kind and o.cause_id = @community and o.state = 0) then null
                else @community end
            where id in (
                select id from reputation_events
                where cause_id = @UserId and kind <> {(int)ReputationKind.PostFlagged} {(departure.KeepsVotes ? $"and kind not in ({SharedSteps.VoteKinds})" : "")}
                limit {SharedSteps.Some})
            """, new { departure.UserId, community = People.Community }, token);

    private async Task<int> DropBadges(long id, CancellationToken token)
    {
        var badges = await shared.Badges(id, token);
        foreach (var badge in badges)
        {
            await db.CountBadge(id, badge.BadgeId, -1, token);
            await db.Execute("delete from user_badges where id = @Id", new { badge.Id }, token);
        }

        return badges.Count;
    }

    private async Task<int> DropSaves(long id, CancellationToken token)
    {
        var posts = await db.Query<long>($"select post_id from saves where user_id = @id limit {SharedSteps.Some}", new { id }, token);
        await shared.DropSaves(id, posts, token);
        return posts.Count;
    }

    private async Task<int> DropCancellations(long id, CancellationToken token)
    {
        var some = await db.Query<long>(
            $"select id from (select id from vote_cancellations where voter_id = @id union select id from vote_cancellations where author_id = @id) mine limit {SharedSteps.Few}", new { id }, token);
        await shared.DropCancellations(some, token);
        return some.Count;
    }

    private sealed record VoteOn
    {
        public long PostId { get; init; }
        public long? AuthorId { get; init; }
    }

    private sealed record WaitingEdit
    {
        public long Id { get; init; }
        public long PostId { get; init; }
        public long QuestionId { get; init; }
    }

    private sealed record Remark
    {
        public long Id { get; init; }
        public string Html { get; init; } = "";
        public long PostId { get; init; }
        public long QuestionId { get; init; }
    }
}
