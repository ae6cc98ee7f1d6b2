using Forum.Core.Abuse;
using Forum.Core.Answers;
using Forum.Core.Badges;
using Forum.Core.Bounties;
using Forum.Core.Care;
using Forum.Core.Closing;
using Forum.Core.Comments;
using Forum.Core.Connections;
using Forum.Core.Departures;
using Forum.Core.Discipline;
using Forum.Core.Editing;
using Forum.Core.Fairness;
using Forum.Core.Flags;
using Forum.Core.Inbox;
using Forum.Core.Locks;
using Forum.Core.Markdown;
using Forum.Core.Merging;
using Forum.Core.PostNotices;
using Forum.Core.Privileges;
using Forum.Core.Questions;
using Forum.Core.Redactions;
using Forum.Core.Reputations;
using Forum.Core.Reviews;
using Forum.Core.Samples;
using Forum.Core.Saves;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Voting;
using Verdict = Forum.Core.Suggestions.Verdict;
using static Forum.Tests.Site.Authorisation;
using static Forum.Tests.Site.Relation;
using static Forum.Tests.Site.Target;

namespace Forum.Tests.Site;

/// <summary>What the rules (docs/rules) say of who may what: a line for each command, or for each case of one.</summary>
internal static class Authorisations
{
    private const string Waiting =
        "insert into suggested_edits (id, post_id, author_id, title, body, tags, comment, basis, revision, created_at) "
        + "select 900, id, @Answerer, title, body || ' With a word more.', tags, 'Add a word', '{0}', 1, @now - 1000 from posts where id = @Question";

    private const string WaitingTask = Waiting + "; insert into review_tasks (id, queue, post_id, opened_at, edit_id, ticket) values (900, 4, @Question, @now, 900, 900)";

    private const string EditTest =
        WaitingTask + "; update suggested_edits set outcome = 2, reason = 'spam', decided_at = @now, decided_by = @Answerer where id = 900; update review_tasks set audit = -1 where id = 900";

    private const string Proposed =
        "insert into tag_synonyms (id, name, tag_id, proposed_by, proposed_at) values (900, 'fs', (select id from tags where name = 'files'), @Asker, @now)";

    private const string KnowsTheTag =
        "insert into tag_scores (user_id, tag_id, answer_score, answers) select @me, id, 5, 1 from tags where name = 'files' on conflict do update set answer_score = 5;";

    private const string Wiki = "update posts set wiki_at = @now - 1000 where id = @target";

    private const string Offered =
        "insert into bounties (id, question_id, sponsor_id, amount, started_at, ends_at, reason) "
        + "values (900, @Question, @me, 50, @now - 48 * 3600000, @now + 5 * 24 * 3600000, 'draw-attention')";

    private const string EditedSince =
        "insert into revisions (post_id, number, author_id, body, created_at, license) select id, 2, author_id, body, @now - 1000, license from posts where id = @Question; "
        + "update revisions set body = 'The password is in this text, which nobody should read.' where post_id = @Question and number = 1; update posts set revision_count = 2 where id = @Question";

    private const string ProposedHiding =
        EditedSince + "; insert into redactions (id, post_id, reason, proposed_by, proposed_at) values (900, @Question, 'A password', @Asker, @now); "
        + "insert into redaction_supports (redaction_id, user_id, at) values (900, @Asker, @now); insert into redacted_revisions (redaction_id, number) values (900, 1)";

    private const string Hidden =
        ProposedHiding + "; update redactions set state = 1, decided_at = @now where id = 900; "
        + "update redacted_revisions set body = 'The password is in this text, which nobody should read.', comment = '' where redaction_id = 900; "
        + "update revisions set redaction_id = 900, body = '█' where post_id = @Question and number = 1";

    private const string Second =
        "insert into posts (id, kind, author_id, title, body, html, renderer, created_at, active_at, license) "
        + "select 900, 1, @Asker, title, body, html, renderer, created_at, active_at, license from posts where id = @Question";

    private const string ClosedLong = "update posts set closed_at = @now - 60 * 3600000, close_reason = 'needs-focus' where id = @Question";

    private const string Proposes =
        Second + "; update posts set is_answered = 1 where id = 900; "
        + "insert into moderation_votes (id, post_id, user_id, kind, round, reason, cast_at) values (900, @Question, @Answerer, 1, 0, 'duplicate', @now); "
        + "insert into close_vote_targets (vote_id, target_id, place) values (900, 900, 1)";

    private const string MergeAsked = "insert into departures (user_id, kind, into_id, asked_at) select max(id), 3, @Asker, @now from users";

    private const string Filter = "insert into saved_filters (id, user_id, name, filter, created_at) values (900, @me, 'mine', 'unanswered=yes', @now)";

    private const string Flagged = "insert into flags (id, kind, post_id, user_id, words, raised_at) values (900, 7, @Question, @Asker, 'See to it.', @now)";

    private const string ToReview = "delete from review_tasks; insert into review_tasks (id, queue, post_id, opened_at) values (900, 1, @Question, @now)";

    private static bool MayClose(Asked asked) => asked.Moderates || !asked.Is(Locked) && asked.Has(asked.IsOwn ? Privilege.ViewCloseVotes : Privilege.CloseVotes);

    private static bool IsSeen(Asked asked) => !asked.IsDeleted || asked.IsOwn || asked.Has(Privilege.ModeratorTools);

    /// <summary>Commands of the console, of the background and of signing in: nobody is the one who asks.</summary>
    public static readonly IReadOnlyDictionary<Type, string> OfNobody = new Dictionary<Type, string>
    {
        [typeof(UpdateAccount)] = "signing in itself",
        [typeof(CountFailedSignIn)] = "signing in itself",
        [typeof(KeepProtectionKey)] = "the server's",
        [typeof(MakeSample)] = "the server's, on an empty database",
        [typeof(SettleBounty)] = "the background's",
        [typeof(AgeFlag)] = "the background's",
        [typeof(LapseVotesOn)] = "the background's",
        [typeof(CountHeldVote)] = "the background's",
        [typeof(SettleFlags)] = "the background's",
        [typeof(RaiseNotice)] = "the background's",
        [typeof(HoldForReview)] = "the background's",
        [typeof(SpringTrap)] = "the forms', before anything is done",
        [typeof(FinishEditing)] = "the background's",
        [typeof(EndTasks)] = "the background's",
        [typeof(KeepAudits)] = "the background's",
        [typeof(EndLock)] = "the background's",
        [typeof(EndNotice)] = "the background's",
        [typeof(ClearAway)] = "the background's",
        [typeof(BringUp)] = "the background's",
        [typeof(TakeAccountOut)] = "the background's",
        [typeof(ForgetAddresses)] = "the background's",
        [typeof(PurgeAccount)] = "the background's",
        [typeof(RegisterAccount)] = "before there is an account",
        [typeof(RegisterFirstAdministrator)] = "before there is an account",
        [typeof(RecalculateReputation)] = "the console's",
        [typeof(RenderStale)] = "the background's",
    };

    public static readonly IReadOnlyList<Authorisation> Rows =
    [
        // Voting
        Of(Question, s => new CastVote(s.Question, Direction.Up), a => !a.IsOwn && !a.IsDeleted && !a.Is(Locked) && a.Has(Privilege.VoteUp), name: "up"),
        Of(Answer, s => new CastVote(s.Answer, Direction.Up), a => !a.IsOwn && !a.IsDeleted && !a.Is(Locked) && a.Has(Privilege.VoteUp), name: "an answer up"),
        Of(Question, s => new CastVote(s.Question, Direction.Down), a => !a.IsOwn && !a.IsDeleted && !a.Is(Locked) && a.Has(Privilege.VoteDown), name: "down"),
        Of(Answer, s => new CastVote(s.Answer, Direction.Down), a => !a.IsOwn && !a.IsDeleted && !a.Is(Locked) && a.Has(Privilege.VoteDown), name: "an answer down"),
        Of(Question, s => new RetractVote(s.Question), a => !a.IsDeleted && !a.Is(Locked), "insert into votes (post_id, user_id, direction, cast_at) values (@target, @me, 1, @now)")
            with { Relations = [Other, Closed, Locked, Protected, Deleted] },
        Of(Comment, s => new VoteForComment(s.Comment), a => !a.IsOwn && !a.IsDeleted && !a.Is(Locked) && a.Has(Privilege.VoteUp)),
        Of(Comment, s => new RetractCommentVote(s.Comment), a => !a.IsDeleted && !a.Is(Locked), "insert into comment_votes (comment_id, user_id, cast_at) values (@target, @me, @now); update comments set score = score + 1 where id = @target")
            with { Relations = [Other, Closed, Locked, Protected, Deleted] },

        // Accepting is the asker's alone.
        Of(Answer, s => new AcceptAnswer(s.Answer), a => a.Is(AnswerToOwnQuestion)),
        Of(
            Answer, s => new UnacceptAnswer(s.Answer), a => a.Is(AnswerToOwnQuestion),
            "update posts set accepted_answer_id = @Answer, accepted_at = @now - 1000, is_answered = 1 where id = @Question"),

        // Writing
        Of(Nothing, _ => new AskQuestion("How does one ask a question here?", Scene.Body, "files"), a => a.Has(Privilege.CreatePosts)),
        Of(Nothing, _ => new AskQuestion("How does one ask a question here?", Scene.Body, "files", Scene.Body + " It is answered."), a => a.Has(Privilege.SelfAnswer), name: "with its answer"),
        Of(Nothing, _ => new AskQuestion("How does one ask a question here?", Scene.Body, "files unheard-of"), a => a.Has(Privilege.CreateTags), name: "with a new tag"),
        Of(Question, s => new PostAnswer(s.Question, Scene.Body), a => !a.IsDeleted && !a.Is(Locked, Closed) && (!a.Is(Protected) || a.Has(Privilege.NewUserLifted))),
        Of(Question, s => new PostComment(s.Question, "Is this a comment that says enough?"), a => !a.IsDeleted && (a.Moderates || !a.Is(Locked) && (a.IsOwn || a.Has(Privilege.CommentEverywhere)))),
        Of(
            Answer, s => new PostComment(s.Answer, "Is this a comment that says enough?"),
            a => !a.IsDeleted && (a.Moderates || !a.Is(Locked) && (a.IsOwn || a.Is(AnswerToOwnQuestion) || a.Has(Privilege.CommentEverywhere))), name: "on an answer"),
        Of(Comment, s => new EditComment(s.Comment, "Is this a comment that says it better?"), a => !a.IsDeleted && (a.Moderates || a.IsOwn)),
        Of(Comment, s => new DeleteComment(s.Comment), a => a.Moderates || a.IsOwn),

        // Editing
        Of(Question, s => new EditPost(s.Question, Scene.Body), a => !a.IsDeleted && (a.Moderates || !a.Is(Locked) && (a.IsOwn || a.Has(Privilege.EditFreely)))),
        Of(Answer, s => new EditPost(s.Answer, Scene.Body), a => !a.IsDeleted && (a.Moderates || !a.Is(Locked) && (a.IsOwn || a.Has(Privilege.EditFreely))), name: "an answer"),
        Of(Answer, s => new EditPost(s.Answer, Scene.Body), a => !a.IsDeleted && (a.Moderates || !a.Is(Locked) && (a.IsOwn || a.Has(Privilege.EditWiki))), Wiki, "a wiki"),
        Of(Question, s => new ChangeWiki(s.Question, true), a => !a.IsDeleted && a.Moderates),
        Of(Answer, s => new ChangeWiki(s.Answer, true), a => !a.IsDeleted && (a.Moderates || a.IsOwn && a.Has(Privilege.CreateWiki)), name: "an answer"),
        Of(Answer, s => new ChangeWiki(s.Answer, false), a => !a.IsDeleted && a.Moderates, Wiki, "no longer"),
        Of(
            Question, s => new SuggestEdit(s.Question, Scene.Body, Comment: "Say it better"),
            a => !a.IsDeleted && !a.Is(Locked) && !a.IsOwn && !a.Has(Privilege.EditFreely)),
        Of(Question, s => new WithdrawSuggestedEdit(900), _ => true, Waiting + "; update suggested_edits set author_id = @me where id = 900") with { Relations = [Other, Closed, Locked, Protected] },
        Of(
            Question, s => new ReviewSuggestedEdit(900, Verdict.Reject, "no-improvement"),
            a => !a.IsDeleted && (a.Moderates || !a.Is(Locked) && (a.IsOwn || a.Has(Privilege.EditFreely))), Waiting),
        Of(Question, s => new SkipSuggestedEdit(900), a => !a.IsDeleted && a.Has(Privilege.EditFreely) && (a.Moderates || !a.Is(Locked)), Waiting),
        Of(
            Question, s => new DecideEditTask(900, Verdict.Reject, "no-improvement"), a => !a.IsDeleted && a.Has(Privilege.EditFreely) && (a.Moderates || !a.Is(Locked)),
            WaitingTask),
        Of(Question, s => new DecideEditTask(900, Verdict.Approve), a => !a.IsDeleted && a.Has(Privilege.EditFreely) && !a.Is(Locked), EditTest, "a test"),
        Of(
            Question, s => new ImproveEditTask(900, Verdict.Reject, Scene.Body, Comment: "Say it better"),
            a => !a.IsDeleted && a.Has(Privilege.EditFreely) && (a.Moderates || !a.Is(Locked)), WaitingTask),
        Of(Question, s => new SkipEditTask(900), a => !a.IsDeleted && a.Has(Privilege.EditFreely) && (a.Moderates || !a.Is(Locked)), WaitingTask),
        Of(
            Question, s => new ImproveSuggestedEdit(900, Verdict.Reject, Scene.Body, Comment: "Say it better"),
            a => !a.IsDeleted && (a.Moderates || !a.Is(Locked) && (a.IsOwn || a.Has(Privilege.EditFreely))), Waiting),
        Of(Question, s => new DeletePost(s.Question), a => !a.IsDeleted && (a.Moderates || a.IsOwn)),
        Of(Answer, s => new DeletePost(s.Answer), a => !a.IsDeleted && (a.Moderates || a.IsOwn), name: "an answer"),
        Of(Question, s => new UndeletePost(s.Question), a => a.Is(OwnDeleted) || a.Is(Deleted) && a.Moderates),
        Of(Answer, s => new UndeletePost(s.Answer), a => a.Is(OwnDeleted) || a.Is(Deleted) && a.Moderates, name: "an answer"),

        // Closing
        Of(Question, s => new CastCloseVote(s.Question, "needs-focus"), a => !a.IsDeleted && !a.Is(Closed) && MayClose(a)),
        Of(Question, s => new CastReopenVote(s.Question), a => !a.IsDeleted && MayClose(a), ClosedLong) with { Relations = [Other, Own, Locked, Protected, Deleted, OwnDeleted] },
        Of(Question, s => new CloseAsBefore(s.Question, "needs-focus", []), a => !a.IsDeleted && !a.Is(Closed) && a.Moderates),
        Of(Question, s => new ConfirmDuplicate(s.Question), a => a.Is(Own), Proposes) with { Relations = [Other, Own, Locked, Protected] },
        Of(
            Question, s => new ChangeDuplicateTargets(s.Question, "900"), a => a.Moderates,
            Second + "; update posts set is_answered = 1 where id = 900; update posts set closed_at = @now, close_reason = 'duplicate' where id = @Question") with { Relations = [Other, Own, Locked, Protected] },
        Of(
            Question, s => new RetractModerationVote(s.Question, ModerationVoteKind.Close), _ => true,
            "insert into moderation_votes (post_id, user_id, kind, round, reason, cast_at) values (@Question, @me, 1, 0, 'needs-focus', @now)") with { Relations = [Other, Own, Protected] },
        Of(Question, s => new ProtectQuestion(s.Question, IsProtected: true), a => !a.IsDeleted && !a.Is(Protected) && (a.Moderates || !a.Is(Locked) && a.Has(Privilege.ProtectQuestions))),
        Of(
            Question, s => new ProtectQuestion(s.Question, IsProtected: false), a => !a.IsDeleted && (a.Moderates || !a.Is(Locked) && a.Has(Privilege.ProtectQuestions)),
            "update posts set protected_at = @now where id = @Question", "no longer"),
        Of(
            Question, s => new CastDeleteVote(s.Question), a => !a.IsDeleted && (a.Moderates || !a.Is(Locked)) && a.Has(Privilege.ModeratorTools),
            ClosedLong) with { Relations = [Other, Locked, Protected, Deleted] },
        Of(
            Answer, s => new CastDeleteVote(s.Answer), a => !a.IsDeleted && (a.Moderates || !a.Is(Locked)) && a.Has(Privilege.TrustedUser),
            "update posts set score = -1 where id = @Answer", "an answer") with { Relations = [Other, AnswerToOwnQuestion, Locked, Protected, Deleted] },
        Of(
            Question, s => new CastUndeleteVote(s.Question), a => (a.Moderates || !a.Is(Locked)) && a.Has(Privilege.ModeratorTools),
            "update posts set deleted_at = @now - 1000, deletion = 3, is_listed = 0 where id = @Question") with { Relations = [Other, Locked, Protected] },
        Of(Nothing, _ => new WriteSiteReason(null, [new ReasonText { Language = "en", Title = "Not about this", ForAsker = "Ask about this, please: edit it so.", ForPublic = "It is about something else altogether.", ForClosers = "Whatever is not about this at all." }]), a => a.Administers),
        Of(Nothing, _ => new RetireSiteReason(900, IsRetired: true), a => a.Administers, "insert into close_reasons (id, place, created_at) values (900, 9, @now)"),

        // People
        Of(Nothing, s => new LookAtConnections(s.Other, "Votes came all at once."), a => a.Moderates),
        Of(Nothing, s => new Annotate(s.Other, "Met before."), a => a.Moderates),
        Of(Nothing, _ => new KeepNote(900, IsKept: false), a => a.Moderates, "insert into user_notes (id, user_id, body, at) select 900, max(id), 'Met before.', @now from users"),
        Of(Nothing, s => new SettleThread(s.Other), a => a.Moderates, "insert into moderator_messages (user_id, author_id, kind, body, at) select max(id), max(id), 5, 'I did not know.', @now from users"),
        Open(_ => new AnswerModerators("I did not know that."), a => a.Person.IsSignedIn, "insert into moderator_messages (user_id, author_id, kind, body, at) values (@me, @Asker, 1, 'Please be kind.', @now)"),
        Open(_ => new AcknowledgeWarning(900), a => a.Person.IsSignedIn, "insert into moderator_messages (id, user_id, author_id, kind, body, at) values (900, @me, @Asker, 2, 'Please be kind.', @now)"),
        Of(Nothing, s => new WriteToPerson(s.Other, IsWarning: true, "rude", "Please be kind to others."), a => a.Moderates),
        Of(Nothing, s => new SuspendPerson(s.Other, 7, "rude", "You were warned before, and went on."), a => a.Moderates),
        // Ends of accounts
        Of(Nothing, s => new DeleteAccount(s.Other, "Asked for it by mail.", IsSure: true), a => a.Moderates),
        Of(Nothing, s => new DeleteAccount(s.Other, "Asked for it by mail.", IsSure: true, DropsVotes: true), a => a.Administers, name: "with votes"),
        Of(Nothing, s => new DestroyAccount(s.Other, "Sells watches.", IsSure: true), a => a.Moderates, "update users set reputation = 1 where id = (select max(id) from users)"),
        Of(Nothing, s => new AskForMerge(s.Other, s.Asker, "The same person.", IsSure: true), a => a.Moderates),
        Of(Nothing, s => new AgreeToMerge(s.Other, IsSure: true), a => a.Administers, MergeAsked),
        Of(Nothing, s => new DeclineMerge(s.Other), a => a.Moderates, MergeAsked),
        Of(Nothing, _ => new DropKeptVotes(900), a => a.Administers, "insert into departures (id, user_id, kind, asked_at, begun_at, finished_at, keeps_votes) values (900, @Asker, 1, @now, @now, @now, 1)"),
        Open(_ => new LeaveForum(IsSure: true), a => a.Person.IsSignedIn && !a.Moderates),
        Open(_ => new KeepMyAccount(), a => a.Person.IsSignedIn, "insert into departures (user_id, kind, asked_by, asked_at, due_at) values (@me, 1, @me, @now, @now + 1000)"),
        Of(
            Nothing, s => new LiftSuspension(s.Other, "It was somebody else, we are sorry."), a => a.Moderates,
            "insert into moderator_messages (id, user_id, author_id, kind, body, at) select 900, max(id), @Asker, 3, 'Be kind.', @now from users; "
            + "insert into suspensions (user_id, by_id, message_id, begins_at, ends_at) select max(id), @Asker, 900, @now - 1, @now + 1000000 from users; "
            + "update users set suspended_until = @now + 1000000 where id = (select max(id) from users)"),
        Of(Nothing, s => new RestoreComment(s.Comment), a => a.Moderates, "update comments set deleted_at = @now, deleted_by = @Asker where id = @Comment"),

        // Flags
        Of(Question, s => new FlagPost(s.Question, FlagKind.Spam), a => !a.IsDeleted && !a.IsOwn && (a.Moderates || !a.Is(Locked)) && a.Has(Privilege.FlagPosts)),
        Of(Question, s => new FlagPost(s.Question, FlagKind.Close, Reason: "needs-focus"), a => !a.IsDeleted && !a.IsOwn && !a.Is(Closed, Locked) && a.Has(Privilege.FlagPosts) && !a.Has(Privilege.CloseVotes), name: "to be closed"),
        Of(Answer, s => new FlagPost(s.Answer, FlagKind.Moderator, "This takes a moderator."), a => !a.IsDeleted && a.Has(Privilege.FlagPosts), name: "for moderators"),
        Of(Comment, s => new FlagComment(s.Comment, FlagKind.Unkind), a => !a.IsDeleted && !a.IsOwn && a.Has(Privilege.FlagPosts)),
        Of(Nothing, _ => new RetractFlag(900), _ => true, Flagged + "; update flags set user_id = @me where id = 900"),
        Of(Nothing, s => new DecideFlags(s.Question, IsHelpful: true), a => a.Moderates, Flagged),
        Of(Nothing, _ => new ReopenFlag(900), a => a.Moderates, Flagged + "; update flags set state = 1, decided_at = @now where id = 900"),
        Of(Nothing, s => new ClaimFlags(s.Question), a => a.Moderates, Flagged),
        Of(Nothing, s => new ReleaseFlags(s.Question), a => a.Moderates, Flagged),
        Of(Nothing, s => new ClearSpam(s.Question), a => a.Moderates, "update posts set deletion = 5, deleted_at = @now, deleted_by = -1, locked_at = @now, is_listed = 0 where id = @Question"),

        // Reviews
        Of(Question, _ => new ReviewPost(900, ReviewOutcome.LooksOk), a => !a.IsDeleted && !a.IsOwn && a.Has(Privilege.ReviewQueues), ToReview),
        Of(Nothing, _ => new ReviewPost(900, ReviewOutcome.RecommendDeletion), a => a.Has(Privilege.EditFreely), ToReview + "; update review_tasks set queue = 7, post_id = @Answer where id = 900", "of low quality"),
        Of(Nothing, _ => new ReviewPost(900, ReviewOutcome.Delete), a => a.Has(Privilege.TrustedUser), ToReview + "; update review_tasks set queue = 7, post_id = @Answer where id = 900", "of low quality, deleted"),
        Of(Nothing, _ => new VetoAudit(900), _ => true, ToReview + "; update review_tasks set audit = 1 where id = 900; insert into reviews (task_id, user_id, outcome, reviewed_at, is_right) values (900, @me, 1, @now, 1)", "who took it"),
        Of(Nothing, _ => new VetoAudit(900), a => a.Moderates, ToReview + "; update review_tasks set audit = 1 where id = 900", "who did not"),
        Of(Nothing, s => new SuspendReviewer(s.Other, 7, "Looks at nothing."), a => a.Moderates),
        Of(Nothing, _ => new LiftReviewSuspension(900), a => a.Moderates, "insert into review_suspensions (id, user_id, starts_at, ends_at) select 900, max(id), @now - 1, @now + 1000000 from users"),

        // Bounties
        Of(
            Question, s => new StartBounty(s.Question, 50, "draw-attention"),
            a => !a.IsDeleted && !a.Is(Closed, Locked) && a.Has(Privilege.SetBounties) && a.Person.Reputation >= a.Settings.Bounties.Least),
        Of(Answer, s => new AwardBounty(s.Question, s.Answer), a => !a.IsOwn && !a.IsDeleted, Offered),
        Of(
            Question, s => new RefundBounty(s.Question, "It was abused by somebody."), a => a.Moderates, Offered + "; update bounties set sponsor_id = @Answerer where id = 900")
            with { Relations = [Other, Own, Closed, Locked, Protected] },

        // What is one's own
        Of(Question, s => new SavePost(s.Question), IsSeen),
        Of(Question, s => new UnsavePost(s.Question), _ => true, "insert into saves (user_id, post_id, saved_at) values (@me, @target, @now)"),
        Of(Question, s => new FollowPost(s.Question), IsSeen),
        Of(Question, s => new UnfollowPost(s.Question), _ => true, "insert into follows (user_id, post_id, followed_at) values (@me, @target, @now)"),
        Of(Nothing, s => new EditProfile(s.Me, "A name", "", "", ""), _ => true, name: "one's own"),
        Of(Nothing, s => new EditProfile(s.Other, "A name", "", "", ""), a => a.Moderates, name: "somebody else's"),
        Of(Nothing, _ => new WatchTags("files", IsIgnored: false), _ => true),
        Of(Nothing, _ => new UnwatchTag("files"), _ => true, "insert into watched_tags (user_id, pattern, is_ignored, added_at) values (@me, 'files', 0, @now)"),
        Of(Nothing, _ => new HideIgnored(true), _ => true),
        Of(Nothing, _ => new SaveFilter("mine", "unanswered=yes", IsHome: false), _ => true),
        Of(Nothing, _ => new DeleteFilter(900), _ => true, Filter),
        Of(Nothing, _ => new ChooseNextBadge(null), _ => true),
        Open(_ => new ChooseAppearance("en", null), a => a.Person.IsSignedIn),
        Open(_ => new NoteVisit(), a => a.Person.IsSignedIn),
        Open(_ => new MarkRead(null, 900), a => a.Person.IsSignedIn),
        Open(_ => new OpenNotice(900), a => a.Person.IsSignedIn, "insert into inbox (id, user_id, kind, post_id, question_id, at, event_id) values (900, @me, 'edit', @Question, @Question, @now, -1)"),

        // Tags
        Of(Nothing, _ => new ProposeSynonym("files", "fs"), a => a.Has(Privilege.TagSynonyms), KnowsTheTag, "who knows the tag"),
        Of(Nothing, _ => new ProposeSynonym("files", "fs"), a => a.Moderates, name: "who does not know the tag"),
        Of(Nothing, _ => new VoteOnSynonym(900, Direction.Up), _ => true, KnowsTheTag + Proposed),
        Of(Nothing, _ => new ApproveSynonym(900), a => a.Moderates, Proposed),
        Of(Nothing, _ => new DeleteSynonym(900), a => a.Moderates, Proposed),
        Of(Nothing, _ => new EditTagText("files", TagPart.Excerpt, "For questions about reading and writing files.", "Say what it is for"), a => a.Has(Privilege.TrustedUser)),
        Of(Nothing, _ => new SuggestTagText("files", TagPart.Excerpt, "For questions about reading and writing files.", "Say what it is for"), a => !a.Has(Privilege.TrustedUser)),
        Of(Nothing, _ => new ChangeTagRules("files", false, true, false), a => a.Moderates),
        Of(Nothing, _ => new MergeTags("streams", "files"), a => a.Moderates),
        Of(Nothing, _ => new RenameTag("streams", "stream"), a => a.Moderates),

        // Moderators and administrators
        Of(Question, s => new LockPost(s.Question, LockKind.Dispute, LockLength.Short), a => a.Moderates) with { Relations = [Other, Own, Closed, Protected, Deleted] },
        Of(Question, s => new LockPost(s.Question, LockKind.Policy, LockLength.Permanent), a => a.Administers, name: "for policy") with { Relations = [Other, Own, Closed, Protected, Deleted] },
        Of(Answer, s => new ConvertAnswer(s.Answer, "Read it with File.ReadLines, which keeps one line in memory."), a => a.Moderates) with { Relations = [Other, Own, AnswerToOwnQuestion, Closed, Locked, Protected] },
        Of(Answer, s => new RestoreAnswer(s.Answer, s.Comment), a => a.Moderates, "update posts set deleted_at = @now, deleted_by = @Asker, is_listed = 0 where id = @Answer") with { Relations = [Other, Own, AnswerToOwnQuestion, Closed, Locked, Protected] },
        Of(Comment, s => new ConvertComment(s.Comment, Scene.Body), a => a.Moderates) with { Relations = [Other, Own, Closed, Protected] },
        Of(Comment, s => new ReturnComment(s.Comment, s.Answer), a => a.Moderates, "update comments set deleted_at = @now, deleted_by = @Asker where id = @Comment") with { Relations = [Other, Closed, Protected] },
        Of(Question, s => new MergeQuestions(s.Question, 900), a => a.Moderates, Second) with { Relations = [Other, Own, Closed, Protected] },
        Of(Question, s => new UnmergeQuestions(s.Question), a => a.Moderates, Second + "; insert into question_merges (id, source_id, target_id, merged_at) values (900, @Question, 900, @now); update posts set locked_at = @now, lock_kind = 6 where id = @Question") with { Relations = [Other, Own, Closed, Protected] },
        Of(Answer, s => new MoveAnswer(s.Answer, 900), a => a.Moderates, Second) with { Relations = [Other, Own, AnswerToOwnQuestion, Closed, Locked, Protected] },
        Of(Answer, s => new ReturnAnswer(900), a => a.Moderates, Second + "; insert into moved_answers (id, answer_id, from_id, to_id, moved_at) values (900, @Answer, 900, @Question, @now)") with { Relations = [Other, Own, AnswerToOwnQuestion, Closed, Locked, Protected] },
        Of(Question, s => new PlaceNotice(s.Question, NoticeKind.Obsolete), a => a.Moderates) with { Relations = [Other, Own, Closed, Locked, Protected] },
        Of(Answer, s => new RemoveNotice(s.Answer, NoticeKind.Obsolete), a => a.Moderates, "insert into post_notices (post_id, kind, at) values (@Answer, 3, @now)"),
        Of(Question, s => new ProposeRedaction(s.Question, 1, "A password"), a => a.Moderates, EditedSince),
        Of(Question, _ => new AgreeToRedaction(900), a => a.Moderates, ProposedHiding) with { Relations = [Other, Closed, Locked, Protected] },
        Of(Question, _ => new DropRedaction(900), a => a.Moderates, ProposedHiding),
        Of(Question, _ => new RestoreRedacted(900), a => a.Moderates, Hidden),
        Of(Question, _ => new LookAtRedacted(900, "To be sure"), a => a.Moderates, Hidden),
        Of(Question, s => new UnlockPost(s.Question), a => a.Moderates, "update posts set locked_at = @now where id = @Question"),
        Of(Question, s => new UnlockPost(s.Question), a => a.Administers, "update posts set locked_at = @now, lock_kind = 5 where id = @Question", "for policy"),
        Of(Nothing, s => new InvalidateVotes(s.Other, s.Asker, "One person."), a => a.Moderates, "insert into votes (post_id, user_id, direction, cast_at) select @Question, max(id), 1, @now from users"),
        Of(
            Nothing, s => new RestoreVotes(900), a => a.Moderates,
            "insert into vote_cancellations (id, voter_id, author_id, reason, cancelled_at, votes) select 900, max(id), @Asker, 1, @now, 0 from users"),
        Of(Nothing, _ => new ChangeSettings(new Dictionary<string, string?> { ["Limits:Mentions"] = "4" }, 0), a => a.Administers),
        Of(
            Nothing, _ => new UndoSettingChange(900), a => a.Administers,
            "insert into settings (key, value) values ('Limits:Mentions', '4'); insert into setting_changes (id, key, new_value, changed_at) values (900, 'Limits:Mentions', '4', @now)"),
        Of(Nothing, _ => new BlockTexts(BlockedKind.Domain, BlockedAction.Refuse, "spam.example"), a => a.Moderates),
        Of(Nothing, _ => new UnblockText(900), a => a.Moderates, "insert into blocked_texts (id, kind, action, text, folded, created_at, version) values (900, 1, 1, 'spam.example', 'spam.example', @now, 900)"),
        Of(Nothing, _ => new BlockAgain(900), a => a.Moderates, "insert into blocked_texts (id, kind, action, text, folded, created_at, removed_at, version) values (900, 1, 1, 'spam.example', 'spam.example', @now, @now, 900)"),
        Of(Nothing, s => new ChangeRole(s.Other, true, false), a => a.Administers),
        Of(Nothing, s => new SetPassword(s.Other, "a password of some length"), a => a.Administers, "insert into accounts (user_id, sign_in_name, sign_in_key, security_stamp) select max(id), 'other', 'OTHER', 's' from users"),
    ];
}
