using Forum.Core.Answers;
using Forum.Core.Badges;
using Forum.Core.Bounties;
using Forum.Core.Care;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Fairness;
using Forum.Core.Inbox;
using Forum.Core.Markdown;
using Forum.Core.Privileges;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Samples;
using Forum.Core.Saves;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Voting;
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

    private const string Proposed =
        "insert into tag_synonyms (id, name, tag_id, proposed_by, proposed_at) values (900, 'fs', (select id from tags where name = 'files'), @Asker, @now)";

    private const string KnowsTheTag =
        "insert into tag_scores (user_id, tag_id, answer_score, answers) select @me, id, 5, 1 from tags where name = 'files' on conflict do update set answer_score = 5;";

    private const string Wiki = "update posts set wiki_at = @now - 1000 where id = @target";

    private const string Offered =
        "insert into bounties (id, question_id, sponsor_id, amount, started_at, ends_at, reason) "
        + "values (900, @Question, @me, 50, @now - 48 * 3600000, @now + 5 * 24 * 3600000, 'draw-attention')";

    private const string Filter = "insert into saved_filters (id, user_id, name, filter, created_at) values (900, @me, 'mine', 'unanswered=yes', @now)";

    private static bool IsSeen(Asked asked) => !asked.IsDeleted || asked.IsOwn || asked.Has(Privilege.ModeratorTools);

    /// <summary>Commands of the console, of the background and of signing in: nobody is the one who asks.</summary>
    public static readonly IReadOnlyDictionary<Type, string> OfNobody = new Dictionary<Type, string>
    {
        [typeof(UpdateAccount)] = "signing in itself",
        [typeof(CountFailedSignIn)] = "signing in itself",
        [typeof(KeepProtectionKey)] = "the server's",
        [typeof(MakeSample)] = "the server's, on an empty database",
        [typeof(SettleBounty)] = "the background's",
        [typeof(ClearAway)] = "the background's",
        [typeof(BringUp)] = "the background's",
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
        Of(
            Question, s => new ImproveSuggestedEdit(900, Verdict.Reject, Scene.Body, Comment: "Say it better"),
            a => !a.IsDeleted && (a.Moderates || !a.Is(Locked) && (a.IsOwn || a.Has(Privilege.EditFreely))), Waiting),
        Of(Question, s => new DeletePost(s.Question), a => !a.IsDeleted && (a.Moderates || a.IsOwn)),
        Of(Answer, s => new DeletePost(s.Answer), a => !a.IsDeleted && (a.Moderates || a.IsOwn), name: "an answer"),
        Of(Question, s => new UndeletePost(s.Question), a => a.Is(OwnDeleted) || a.Is(Deleted) && a.Moderates),
        Of(Answer, s => new UndeletePost(s.Answer), a => a.Is(OwnDeleted) || a.Is(Deleted) && a.Moderates, name: "an answer"),

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
        Of(Nothing, s => new InvalidateVotes(s.Other, s.Asker, "One person."), a => a.Moderates, "insert into votes (post_id, user_id, direction, cast_at) select @Question, max(id), 1, @now from users"),
        Of(
            Nothing, s => new RestoreVotes(900), a => a.Moderates,
            "insert into vote_cancellations (id, voter_id, author_id, reason, cancelled_at, votes) select 900, max(id), @Asker, 1, @now, 0 from users"),
        Of(Nothing, _ => new ChangeSettings(new Dictionary<string, string?> { ["Limits:Mentions"] = "4" }, 0), a => a.Administers),
        Of(
            Nothing, _ => new UndoSettingChange(900), a => a.Administers,
            "insert into settings (key, value) values ('Limits:Mentions', '4'); insert into setting_changes (id, key, new_value, changed_at) values (900, 'Limits:Mentions', '4', @now)"),
        Of(Nothing, s => new ChangeRole(s.Other, true, false), a => a.Administers),
        Of(Nothing, s => new SetPassword(s.Other, "a password of some length"), a => a.Administers, "insert into accounts (user_id, sign_in_name, sign_in_key, security_stamp) select max(id), 'other', 'OTHER', 's' from users"),
    ];
}
