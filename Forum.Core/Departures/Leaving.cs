using Forum.Core.Badges;
using Forum.Core.Care;
using Forum.Core.Closing;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Fairness;
using Forum.Core.Flags;
using Forum.Core.Markdown;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;

namespace Forum.Core.Departures;

/// <summary>
/// Takes an account out of the community, a piece at a time inside the caller's transaction. What is left to do is what still points at the
/// person, so that a process that dies in between loses nothing and repeats nothing; a step that finds nothing makes room for the next
/// (docs/decisions/0037-an-account-ends-piece-by-piece.md). Scoped. Rules: docs/rules/departures.md.
/// </summary>
internal sealed class Leaving(
    Db db, CurrentUser user, Deletions deletions, DuplicateProposals proposals, CommunityMarkdown markdown, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
{
    // No piece holds the writer for long: a vote moves reputation, a row of a list nothing.
    private const int Few = 10;
    private const int Some = 50;
    private const int Many = 200;

    // A look at everything, whoever asked for it.
    private static readonly CurrentUser Everything = new() { IsModerator = true };

    private static readonly string VoteKinds = string.Join(", ", VoteLedger.Kinds.Select(kind => (int)kind));

    private static readonly string Accepts = $"{(int)ReputationKind.AnswerAccepted}, {(int)ReputationKind.AcceptedAnswer}";

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>
    /// Ends the account: nobody signs in to it any more, and nothing personal is left but what is written in other tables, which follows.
    /// Whoever moderates, or is removed already, stays: then it is called off.
    /// </summary>
    public async Task Begin(Departure departure, CancellationToken token)
    {
        if (await db.Plan(departure.UserId, settings.Departures, token) is not { HasRole: false, RemovedAt: null } plan)
        {
            await db.Execute("update departures set called_off_at = @Now where id = @Id", new { departure.Id, Now }, token);
            return;
        }

        var id = departure.UserId;
        var keepsVotes = departure.KeepsVotes && departure.Kind == DepartureKind.Deleted && DepartureRules.KeepsVotes(plan, settings.Departures);
        if (departure.Kind is DepartureKind.Deleted or DepartureKind.Destroyed)
            await db.Remember(id, settings.Departures, Now, token);
        if (departure is { Kind: DepartureKind.Merged, IntoId: { } into })
            await TakeAlong(id, into, token);
        await db.Execute("delete from accounts where user_id = @id", new { id }, token);
        await db.Execute(
            """
            update users
            set name = @name, search_name = @name, about = '', about_html = '', about_renderer = 0, location = '', website = '', picture = '', network_id = null,
                legacy_views = 0, legacy_up_votes = 0, legacy_down_votes = 0, streak = 0, longest_streak = 0, next_badge = null, hides_ignored = 0, removed_at = @Now
            where id = @id
            """,
            new { id, name = NameOf(id), Now }, token);
        await db.Execute("update totals set users = users - 1", token: token);
        await db.Execute("update departures set begun_at = @Now, keeps_votes = @keepsVotes where id = @Id", new { departure.Id, Now, keepsVotes }, token);

        // Who did it is known when somebody does; what a person asks for themselves begins when nobody is there.
        var isOwn = departure.AskedBy == id;
        await log.Record(
            new Act(ActOf(departure.Kind), ActSubject.User, id)
            {
                ConcernsId = departure.IntoId ?? id, ByItself = !user.IsSignedIn, Reason = departure.Reason,
                Before = new { plan.Reputation, plan.Posts, plan.Comments, plan.Votes },
                After = new { Departure = departure.Id, Own = isOwn ? true : (bool?)null, KeepsVotes = keepsVotes ? true : (bool?)null },
            }, token);
        happened.Note(new AccountEnded(id, departure.IntoId));
    }

    /// <summary>Becomes one piece of what is left to do, and says whether there is more.</summary>
    public async Task<bool> GoOn(Departure departure, CancellationToken token)
    {
        var steps = departure.Kind == DepartureKind.Merged ? OfMerge(departure, token) : OfErasure(departure, token);
        if (departure.Step >= steps.Count)
        {
            await db.Execute("update departures set finished_at = @Now where id = @Id", new { departure.Id, Now }, token);
            happened.Note(new AccountEnded(departure.UserId, departure.IntoId));
            return false;
        }

        if (await steps[departure.Step]() == 0)
            await db.Execute("update departures set step = step + 1, cursor = 0 where id = @Id", new { departure.Id }, token);
        return true;
    }

    /// <summary>What stands for a person who is gone.</summary>
    public static string NameOf(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"user{id}");

    /// <summary>What the log calls the end of an account.</summary>
    public static string ActOf(DepartureKind kind) => kind switch
    {
        DepartureKind.Deleted => "delete-account",
        DepartureKind.Destroyed => "destroy-account",
        DepartureKind.Merged => "merge-accounts",
        DepartureKind.Purged => "purge-account",
    };

    private List<Func<Task<int>>> OfErasure(Departure departure, CancellationToken token)
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
                $"update flags set words = '', source = '' where id in (select id from flags where user_id = @id and (words <> '' or source <> '') limit {Many})", new { id }, token),
            () => DropSynonymVotes(id, token),
            () => departure.Kind == DepartureKind.Destroyed ? CondemnOne(id, token) : ClearOne(departure, token),
            () => departure.Kind == DepartureKind.Destroyed ? DeleteComments(id, token) : Nothing,
            () => PassPostsOn(id, null, token),
            () => PassBountiesOn(id, token),
            () => ForgetCauses(departure, token),
            () => db.Execute($"delete from reputation_events where id in (select id from reputation_events where user_id = @id limit {Many})", new { id }, token),
            () => DropBadges(id, token),
            () => DropSaves(id, token),
            () => DropCancellations(id, token),
            () => Fates(departure, token),
            () => CloseLedger(id, token),
        ];
    }

    private List<Func<Task<int>>> OfMerge(Departure departure, CancellationToken token)
    {
        var (id, into) = (departure.UserId, departure.IntoId!.Value);
        return
        [
            () => MoveVotes(id, into, token),
            () => MoveCommentVotes(id, into, token),
            () => MoveSynonymVotes(id, into, token),
            () => EndDoubleModerationVotes(id, into, token),
            () => PassPostsOn(id, into, token),
            () => MoveLedger(id, into, token),
            () => MoveCauses(id, into, token),
            () => MoveBadges(id, into, token),
            () => MoveSaves(id, into, token),
            () => MoveCancellations(id, into, token),
            () => db.Execute("update saved_filters set is_home = 0 where user_id = @id and is_home = 1", new { id }, token),
            () => MoveReturn(id, into, token),
            () => Fates(departure, token),
            () => FinishMerge(departure, token),
        ];
    }

    private static Task<int> Nothing => Task.FromResult(0);

    // What an account brings along that is a matter of people, not of what they did.
    private async Task TakeAlong(long id, long into, CancellationToken token)
    {
        var network = await db.Find<long?>("select network_id from users where id = @id", new { id }, token);
        await db.Execute(
            """
            update users
            set created_at = min(users.created_at, o.created_at), seen_at = max(users.seen_at, o.seen_at), longest_streak = max(users.longest_streak, o.longest_streak),
                legacy_views = users.legacy_views + o.legacy_views, legacy_up_votes = users.legacy_up_votes + o.legacy_up_votes,
                legacy_down_votes = users.legacy_down_votes + o.legacy_down_votes
            from users o
            where users.id = @into and o.id = @id
            """,
            new { id, into }, token);
        await db.Execute("update users set network_id = null where id = @id", new { id }, token);
        await db.Execute("update users set network_id = coalesce(network_id, @network) where id = @into", new { into, network }, token);
    }

    // Votes for one author at a time, as far as they stand together, so that the author finds few lines in the ledger.
    private async Task<int> DropVotes(long id, CancellationToken token)
    {
        var next = await db.Query<VoteOn>(
            $"select v.post_id as PostId, p.author_id as AuthorId from votes v join posts p on p.id = v.post_id where v.user_id = @id order by v.cast_at limit {Many}", new { id }, token);
        if (next.Count == 0)
            return 0;
        var together = next.Where(vote => vote.AuthorId == next[0].AuthorId).Take(Few).Select(vote => vote.PostId).ToList();
        return await TakeOut(id, together, AdjustmentReason.VoterRemoved, token);
    }

    private async Task<int> TakeOut(long voter, IReadOnlyCollection<long> posts, AdjustmentReason reason, CancellationToken token)
    {
        if (posts.Count == 0)
            return 0;
        var targets = (await db.VoteTargets(posts, voter, token)).Where(post => post.Mine is not null).ToList();
        await db.TakeOut(targets, voter, reason, happened, settings.Reputation, Now, token);
        // A tag's texts are not voted on; should a row be there, it goes.
        if (targets.Count < posts.Count)
            await db.Execute($"delete from votes where user_id = @voter and {db.Dialect.In("post_id", "@posts")}", new { voter, posts }, token);
        return posts.Count;
    }

    private async Task<int> MoveVotes(long id, long into, CancellationToken token)
    {
        var next = await db.Query<VoteOn>(
            $"""
            select v.post_id as PostId, coalesce(p.author_id in (@id, @into), 0) or exists (select 1 from votes o where o.post_id = v.post_id and o.user_id = @into) as IsDouble
            from votes v
            join posts p on p.id = v.post_id
            where v.user_id = @id
            order by v.cast_at
            limit {Few}
            """, new { id, into }, token);
        if (next.Count == 0)
            return 0;

        await TakeOut(id, [.. next.Where(vote => vote.IsDouble).Select(vote => vote.PostId)], AdjustmentReason.AccountsMerged, token);
        long[] posts = [.. next.Where(vote => !vote.IsDouble).Select(vote => vote.PostId)];
        await db.Execute($"update votes set user_id = @into where user_id = @id and {db.Dialect.In("post_id", "@posts")}", new { id, into, posts }, token);
        await db.Execute(
            $"""
            update reputation_events
            set cause_id = @into, user_id = case user_id when @id then @into else user_id end
            where {db.Dialect.In("post_id", "@posts")} and cause_id = @id and kind in ({VoteKinds})
            """, new { id, into, posts }, token);
        return next.Count;
    }

    private async Task<int> DropCommentVotes(long id, CancellationToken token)
    {
        var comments = await db.Query<long>($"select comment_id from comment_votes where user_id = @id limit {Some}", new { id }, token);
        return await TakeCommentVotes(id, comments, token);
    }

    private async Task<int> TakeCommentVotes(long voter, IReadOnlyList<long> comments, CancellationToken token)
    {
        if (comments.Count == 0)
            return 0;
        await db.Execute($"delete from comment_votes where user_id = @voter and {db.Dialect.In("comment_id", "@comments")}", new { voter, comments }, token);
        await db.Execute($"update comments set score = score - 1 where {db.Dialect.In("id", "@comments")}", new { comments }, token);
        await Note(voter, await db.Query<long>($"select distinct post_id from comments where {db.Dialect.In("id", "@comments")}", new { comments }, token), token);
        return comments.Count;
    }

    private async Task<int> MoveCommentVotes(long id, long into, CancellationToken token)
    {
        var votes = await db.Query<VoteOn>(
            $"""
            select v.comment_id as PostId, coalesce(c.author_id in (@id, @into), 0) or exists (select 1 from comment_votes o where o.comment_id = v.comment_id and o.user_id = @into) as IsDouble
            from comment_votes v
            join comments c on c.id = v.comment_id
            where v.user_id = @id
            limit {Some}
            """, new { id, into }, token);
        if (votes.Count > 0)
        {
            await TakeCommentVotes(id, [.. votes.Where(vote => vote.IsDouble).Select(vote => vote.PostId)], token);
            long[] moved = [.. votes.Where(vote => !vote.IsDouble).Select(vote => vote.PostId)];
            await db.Execute($"update comment_votes set user_id = @into where user_id = @id and {db.Dialect.In("comment_id", "@moved")}", new { id, into, moved }, token);
            return votes.Count;
        }

        // The other's votes for comments that are about to be theirs.
        var own = await db.Query<long>(
            $"select v.comment_id from comments c join comment_votes v on v.comment_id = c.id and v.user_id = @into where c.author_id = @id limit {Some}", new { id, into }, token);
        return await TakeCommentVotes(into, own, token);
    }

    private async Task<int> RetractFlags(long id, CancellationToken token)
    {
        var flags = await db.Query<Flag>($"select {Flag.Columns} from flags f where f.user_id = @id and f.state = 0 limit {Few}", new { id }, token);
        foreach (var flag in flags)
        {
            await db.End([flag], new Flags.Verdict(FlagState.Retracted), new Flagging(log, settings), Now, token);
            happened.Note(FlagsDecided.Of([flag], FlagState.Retracted, await db.QuestionOf(flag.PostId, token), null));
        }

        return flags.Count;
    }

    private async Task<int> EndModerationVotes(long id, CancellationToken token)
    {
        var votes = await db.Query<WaitingVote>(
            $"""
            select v.id as Id, v.post_id as PostId, coalesce(p.question_id, p.id) as QuestionId, v.kind as Kind
            from moderation_votes v
            join posts p on p.id = v.post_id
            where v.user_id = @id and v.outcome is null
            limit {Few}
            """, new { id }, token);
        foreach (var vote in votes)
            await End(id, vote, ModerationVoteOutcome.Retracted, token);
        return votes.Count;
    }

    private async Task End(long id, WaitingVote vote, ModerationVoteOutcome outcome, CancellationToken token)
    {
        await db.Execute("update moderation_votes set ended_at = @Now, outcome = @outcome where id = @Id", new { vote.Id, Now, outcome = (int)outcome }, token);
        await log.Record(
            new Act("retract-" + ModerationVotes.ActOf(vote.Kind), ActSubject.Post, vote.PostId) { ConcernsId = id, Before = new { Vote = vote.Id }, ByItself = true }, token);
        if (vote.Kind == ModerationVoteKind.Close)
            await proposals.Keep(vote.PostId, Now, token);
        happened.Note(new ModerationVoteRetracted(vote.PostId, vote.QuestionId, id, vote.Kind));
    }

    private async Task<int> EndDoubleModerationVotes(long id, long into, CancellationToken token)
    {
        var votes = await db.Query<WaitingVote>(
            $"""
            select v.id as Id, v.post_id as PostId, coalesce(p.question_id, p.id) as QuestionId, v.kind as Kind
            from moderation_votes v
            join posts p on p.id = v.post_id
            join moderation_votes o on o.post_id = v.post_id and o.user_id = @into and o.kind = v.kind and o.outcome is null
            where v.user_id = @id and v.outcome is null
            limit {Few}
            """, new { id, into }, token);
        foreach (var vote in votes)
            await End(id, vote, ModerationVoteOutcome.Overtaken, token);
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
            limit {Few}
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
        var synonyms = await db.Query<long>($"select synonym_id from tag_synonym_votes where user_id = @id limit {Some}", new { id }, token);
        if (synonyms.Count == 0)
            return 0;
        await db.Execute($"delete from tag_synonym_votes where user_id = @id and {db.Dialect.In("synonym_id", "@synonyms")}", new { id, synonyms }, token);
        await CountSynonymVotes(synonyms, token);
        return synonyms.Count;
    }

    private async Task<int> MoveSynonymVotes(long id, long into, CancellationToken token)
    {
        var synonyms = await db.Query<long>($"select synonym_id from tag_synonym_votes where user_id = @id limit {Some}", new { id }, token);
        if (synonyms.Count == 0)
            return 0;
        await db.Execute(
            """
            delete from tag_synonym_votes
            where user_id = @id and synonym_id in (select o.synonym_id from tag_synonym_votes o where o.user_id = @into)
            """, new { id, into }, token);
        await db.Execute("update tag_synonym_votes set user_id = @into where user_id = @id", new { id, into }, token);
        await CountSynonymVotes(synonyms, token);
        return synonyms.Count;
    }

    private Task<int> CountSynonymVotes(IReadOnlyList<long> synonyms, CancellationToken token) =>
        db.Execute(
            $"""
            update tag_synonyms
            set score = (select coalesce(sum(v.direction), 0) from tag_synonym_votes v where v.synonym_id = tag_synonyms.id)
            where {db.Dialect.In("id", "@synonyms")}
            """, new { synonyms }, token);

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
            limit {Few}
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

    // Posts become nobody's, or the other's; counts follow at once, scores by tag soon after.
    private async Task<int> PassPostsOn(long id, long? into, CancellationToken token)
    {
        var posts = await db.Query<Post>(
            $"select id as Id, coalesce(question_id, id) as QuestionId, kind as Kind, is_listed as IsListed from posts where author_id = @id limit {Few}", new { id }, token);
        if (posts.Count == 0)
            return 0;

        long[] ids = [.. posts.Select(post => post.Id)];
        if (into is { } other)
        {
            var own = await db.Query<long>($"select post_id from votes where user_id = @other and {db.Dialect.In("post_id", "@ids")}", new { other, ids }, token);
            await TakeOut(other, own, AdjustmentReason.AccountsMerged, token);
            await DropAcceptsBetween(ids, other, token);
        }

        await db.Execute(
            $"update posts set author_id = @into, author_name = case when @into is null then @name else author_name end where {db.Dialect.In("id", "@ids")}",
            new { ids, into, name = NameOf(id) }, token);
        var counts = new { id, into, questions = posts.Count(post => post is { Kind: 1, IsListed: true }), answers = posts.Count(post => post is { Kind: 2, IsListed: true }) };
        await db.Execute("update users set question_count = question_count - @questions, answer_count = answer_count - @answers where id = @id", counts, token);
        await db.Execute("update users set question_count = question_count + @questions, answer_count = answer_count + @answers where id = @into", counts, token);
        happened.Note(new TextsPassedOn(id, into, [.. posts.Select(post => post.Id)], [.. posts.Select(post => post.QuestionId)]));
        return posts.Count;
    }

    // Whoever accepts their own answer gets nothing for it; the mark stays.
    private async Task DropAcceptsBetween(long[] ids, long into, CancellationToken token)
    {
        var accepts = await db.Query<Accept>(
            $"""
            select a.id as AnswerId, q.author_id as AskerId
            from posts a
            join posts q on q.accepted_answer_id = a.id
            where {db.Dialect.In("a.id", "@ids")} and q.author_id = @into
            union
            select a.id, q.author_id
            from posts q
            join posts a on a.id = q.accepted_answer_id
            where {db.Dialect.In("q.id", "@ids")} and a.author_id = @into
            """, new { ids, into }, token);
        foreach (var accept in accepts)
        {
            await db.Undo(
                accept.AnswerId, accept.AskerId, [ReputationKind.AnswerAccepted, ReputationKind.AcceptedAnswer], AdjustmentReason.AccountsMerged, settings.Reputation, Now, token);
        }
    }

    private async Task<int> PassBountiesOn(long id, CancellationToken token)
    {
        var questions = await db.Query<long>(
            $"update bounties set sponsor_id = @community where id in (select id from bounties where sponsor_id = @id limit {Some}) returning question_id",
            new { id, community = People.Community }, token);
        await Note(id, questions, token);
        return questions.Count;
    }

    // What others have from this person's accepts and bounties is the Community user's doing now. What votes that were undone brought is
    // nobody's; votes and flags that still count keep the number, which names nobody any more.
    private Task<int> ForgetCauses(Departure departure, CancellationToken token) =>
        db.Execute(
            $"""
            update reputation_events
            set cause_id = case
                when kind in ({VoteKinds}) then null
                when state = 0 and exists (
                    select 1 from reputation_events o
                    where o.post_id = reputation_events.post_id and o.user_id = reputation_events.user_id and o.kind = reputation_events.kind and o.cause_id = @community and o.state = 0) then null
                else @community end
            where id in (
                select id from reputation_events
                where cause_id = @UserId and kind <> {(int)ReputationKind.PostFlagged} {(departure.KeepsVotes ? $"and kind not in ({VoteKinds})" : "")}
                limit {Some})
            """, new { departure.UserId, community = People.Community }, token);

    private Task<int> MoveCauses(long id, long into, CancellationToken token) =>
        db.Execute(
            $"""
            update reputation_events
            set cause_id = case
                when state = 0 and exists (
                    select 1 from reputation_events o
                    where o.post_id = reputation_events.post_id and o.user_id = reputation_events.user_id and o.kind = reputation_events.kind and o.cause_id = @into and o.state = 0) then null
                else @into end
            where id in (select id from reputation_events where cause_id = @id limit {Some})
            """, new { id, into }, token);

    // The lines go over as they are, and are folded together at the end. An answer that two questions took from each other can have been
    // accepted by both: it is accepted once.
    private Task<int> MoveLedger(long id, long into, CancellationToken token) =>
        db.Execute(
            $"""
            update reputation_events
            set user_id = @into,
                state = case
                    when state = 0 and kind in ({Accepts}) and exists (
                        select 1 from reputation_events o
                        where o.post_id = reputation_events.post_id and o.user_id = @into and o.kind = reputation_events.kind and o.cause_id = reputation_events.cause_id and o.state = 0) then 1
                    else state end
            where id in (select id from reputation_events where user_id = @id limit {Some})
            """, new { id, into }, token);

    private async Task<int> CloseLedger(long id, CancellationToken token)
    {
        await db.Execute("delete from reputation_days where user_id = @id", new { id }, token);
        await db.Execute("update users set reputation = 1, suspended_until = null where id = @id", new { id }, token);
        return 0;
    }

    private async Task<int> DropBadges(long id, CancellationToken token)
    {
        var badges = await Badges(id, token);
        foreach (var badge in badges)
        {
            await db.CountBadge(id, badge.BadgeId, -1, token);
            await db.Execute("delete from user_badges where id = @Id", new { badge.Id }, token);
        }

        return badges.Count;
    }

    private async Task<int> MoveBadges(long id, long into, CancellationToken token)
    {
        var badges = await Badges(id, token);
        foreach (var badge in badges)
        {
            await db.CountBadge(id, badge.BadgeId, -1, token);
            var moved = await db.Execute(
                """
                update user_badges
                set user_id = @into
                where id = @Id and not exists (select 1 from user_badges o where o.user_id = @into and o.badge_id = user_badges.badge_id and o.thing = user_badges.thing)
                """, new { badge.Id, into }, token);
            if (moved > 0)
                await db.CountBadge(into, badge.BadgeId, +1, token);
            else
                await db.Execute("delete from user_badges where id = @Id", new { badge.Id }, token);
        }

        return badges.Count;
    }

    private Task<IReadOnlyList<Held>> Badges(long id, CancellationToken token) =>
        db.Query<Held>($"select id as Id, badge_id as BadgeId from user_badges where user_id = @id limit {Few}", new { id }, token);

    private async Task<int> DropSaves(long id, CancellationToken token)
    {
        var posts = await db.Query<long>($"select post_id from saves where user_id = @id limit {Some}", new { id }, token);
        await DropSaves(id, posts, token);
        return posts.Count;
    }

    private async Task DropSaves(long id, IReadOnlyList<long> posts, CancellationToken token)
    {
        if (posts.Count == 0)
            return;
        await db.Execute($"delete from saves where user_id = @id and {db.Dialect.In("post_id", "@posts")}", new { id, posts }, token);
        await db.Execute($"update posts set save_count = save_count - 1 where {db.Dialect.In("id", "@posts")}", new { posts }, token);
        await Note(id, posts, token);
    }

    private async Task<int> MoveSaves(long id, long into, CancellationToken token)
    {
        var posts = await db.Query<long>($"select post_id from saves where user_id = @id limit {Some}", new { id }, token);
        if (posts.Count == 0)
            return 0;
        await DropSaves(
            id, await db.Query<long>($"select post_id from saves where user_id = @into and {db.Dialect.In("post_id", "@posts")}", new { into, posts }, token), token);
        await db.Execute($"update saves set user_id = @into where user_id = @id and {db.Dialect.In("post_id", "@posts")}", new { id, into, posts }, token);
        return posts.Count;
    }

    private async Task<int> DropCancellations(long id, CancellationToken token)
    {
        var some = await db.Query<long>(
            $"select id from (select id from vote_cancellations where voter_id = @id union select id from vote_cancellations where author_id = @id) mine limit {Few}", new { id }, token);
        await DropCancellations(some, token);
        return some.Count;
    }

    private async Task DropCancellations(IReadOnlyList<long> some, CancellationToken token)
    {
        if (some.Count == 0)
            return;
        await db.Execute($"delete from cancelled_votes where {db.Dialect.In("cancellation_id", "@some")}", new { some }, token);
        await db.Execute($"delete from vote_cancellations where {db.Dialect.In("id", "@some")}", new { some }, token);
    }

    private async Task<int> MoveCancellations(long id, long into, CancellationToken token)
    {
        // Votes for oneself were nothing to judge.
        await DropCancellations(
            await db.Query<long>(
                "select id from vote_cancellations where voter_id = @id and author_id = @into union all select id from vote_cancellations where voter_id = @into and author_id = @id",
                new { id, into }, token), token);
        var moved = await db.Execute($"update cancelled_votes set user_id = @into where (cancellation_id, post_id) in (select cancellation_id, post_id from cancelled_votes where user_id = @id limit {Many})", new { id, into }, token);
        moved += await db.Execute("update vote_cancellations set voter_id = @into where voter_id = @id", new { id, into }, token);
        return moved + await db.Execute("update vote_cancellations set author_id = @into where author_id = @id", new { id, into }, token);
    }

    // Who came back twice came back.
    private async Task<int> MoveReturn(long id, long into, CancellationToken token)
    {
        await db.Execute("delete from returned_people where user_id = @id and exists (select 1 from returned_people o where o.user_id = @into)", new { id, into }, token);
        await db.Execute("update returned_people set user_id = @into where user_id = @id", new { id, into }, token);
        return 0;
    }

    // Everything whose row is all there is to it, one column after the other; the cursor says which.
    private async Task<int> Fates(Departure departure, CancellationToken token)
    {
        if (departure.Cursor >= Fate.All.Count)
            return 0;

        var fate = Fate.All[(int)departure.Cursor];
        var does = departure.Kind == DepartureKind.Merged ? fate.OnMerge : fate.OnErasure;
        if (does is Becomes.Keep or Becomes.Step || await Do(fate, does, departure, token) == 0)
            await db.Execute("update departures set cursor = cursor + 1 where id = @Id", new { departure.Id }, token);
        return 1;
    }

    private async Task<int> Do(Fate fate, Becomes does, Departure departure, CancellationToken token)
    {
        var rows = $"({fate.Key}) in (select {fate.Key} from {fate.Table} where {fate.Field} = @UserId limit {Many})";
        var parameters = new { departure.UserId, departure.IntoId, name = NameOf(departure.UserId) };
        if (does == Becomes.Delete)
            return await db.Execute($"delete from {fate.Table} where {rows}", parameters, token);

        if (does == Becomes.MoveUnlessThere)
        {
            await db.Execute(
                $"delete from {fate.Table} where {fate.Field} = @UserId and exists (select 1 from {fate.Table} o where o.{fate.Field} = @IntoId and o.{fate.Once} = {fate.Table}.{fate.Once})",
                parameters, token);
        }

        var becomes = does switch
        {
            Becomes.Anonymise => $"{fate.Field} = null, {fate.Name} = @name",
            Becomes.Forget => $"{fate.Field} = null",
            _ => $"{fate.Field} = @IntoId",
        };
        if (fate.Post is not { } post)
            return await db.Execute($"update {fate.Table} set {becomes} where {rows}", parameters, token);

        var posts = await db.Query<long>($"update {fate.Table} set {becomes} where {rows} returning {post}", parameters, token);
        await Note(departure.UserId, posts, token, departure.IntoId);
        return posts.Count;
    }

    private async Task<int> FinishMerge(Departure departure, CancellationToken token)
    {
        var (id, into) = (departure.UserId, departure.IntoId!.Value);
        // Something may have been written meanwhile by who knew the one account still.
        if (await db.Get<bool>(
            "select exists (select 1 from reputation_events where user_id = @id) or exists (select 1 from votes where user_id = @id) or exists (select 1 from posts where author_id = @id)", new { id }, token))
        {
            await db.Execute("update departures set step = 0, cursor = 0 where id = @Id", new { departure.Id }, token);
            return 1;
        }

        await CloseLedger(id, token);
        await db.Execute(
            "update users set reputation = 1 + (select coalesce(sum(e.applied), 0) from reputation_events e where e.user_id = @into) where id = @into", new { into }, token);
        await db.Recalculate([into], settings.Reputation, Now, token, AdjustmentReason.AccountsMerged);
        await db.Execute(
            """
            update users
            set suspended_until = (select case when s.lifted_at is null then s.ends_at end from suspensions s where s.user_id = @into order by s.id desc limit 1)
            where id = @into and exists (select 1 from suspensions s where s.user_id = @into)
            """, new { into }, token);
        happened.Note(new ReputationsRecalculated(1));
        return 0;
    }

    private async Task Note(long id, IReadOnlyList<long> posts, CancellationToken token, long? into = null)
    {
        if (posts.Count == 0)
            return;
        var named = await db.Query<Post>(
            $"select id as Id, coalesce(question_id, id) as QuestionId from posts where {db.Dialect.In("id", "@posts")}", new { posts = posts.Distinct().ToArray() }, token);
        happened.Note(new TextsPassedOn(id, into, [.. named.Select(post => post.Id)], [.. named.Select(post => post.QuestionId)]));
    }

    private sealed record VoteOn
    {
        public long PostId { get; init; }
        public long? AuthorId { get; init; }
        public bool IsDouble { get; init; }
    }

    private sealed record WaitingVote
    {
        public long Id { get; init; }
        public long PostId { get; init; }
        public long QuestionId { get; init; }
        public ModerationVoteKind Kind { get; init; }
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

    private sealed record Post
    {
        public long Id { get; init; }
        public long QuestionId { get; init; }
        public int Kind { get; init; }
        public bool IsListed { get; init; }
    }

    private sealed record Accept
    {
        public long AnswerId { get; init; }
        public long AskerId { get; init; }
    }

    private sealed record Held
    {
        public long Id { get; init; }
        public long BadgeId { get; init; }
    }
}

/// <summary>An account ended, or all that followed from it is done.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="IntoId">Of a merge: who stays.</param>
public sealed record AccountEnded(long UserId, long? IntoId) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Person(UserId).Profile(UserId).Person(IntoId).Profile(IntoId).People().Reputations().Badges();
}

/// <summary>Texts and counts of some posts are somebody else's now, or nobody's.</summary>
/// <param name="FromId">Whose they were.</param>
/// <param name="IntoId">Whose they are; null: nobody's.</param>
/// <param name="Posts">The posts…</param>
/// <param name="Questions">…and the question of each.</param>
public sealed record TextsPassedOn(long FromId, long? IntoId, IReadOnlyList<long> Posts, IReadOnlyList<long> Questions) : IChangePages, IMovePosts, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        foreach (var question in Questions)
            pages.Question(question).Relisted(question);
    }

    /// <inheritdoc />
    public void Name(MovedPosts posts)
    {
        ArgumentNullException.ThrowIfNull(posts);
        foreach (var post in Posts)
            posts.Post(post);
    }
}
