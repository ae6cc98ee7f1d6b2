using System.Collections.Concurrent;
using Forum.Core.Abuse;
using Forum.Core.Answers;
using Forum.Core.Badges;
using Forum.Core.Bounties;
using Forum.Core.Closing;
using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Markdown;
using Forum.Core.PostNotices;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;
using MediatR;

namespace Forum.Core.Questions;

/// <summary>What the answers to a question are ordered by.</summary>
public enum AnswerOrder
{
    /// <summary>Accepted first (unless the asker wrote it), then highest score, older first among equals.</summary>
    Score,

    /// <summary>Newest first.</summary>
    Newest,

    /// <summary>Oldest first.</summary>
    Oldest,

    /// <summary>Latest written or edited first.</summary>
    Active,
}

/// <summary>A question with a page of its answers and their comments, as the one who asks may see it.</summary>
public sealed record ShowQuestion(long Id, AnswerOrder Order = AnswerOrder.Score, int Page = 1) : IRequest<ShowQuestion.View>
{
    public sealed record View(Post Question, PageOf<Post> Answers, IReadOnlyList<Linked> Linked)
    {
        /// <summary>The bounty that runs on the question, or null.</summary>
        public Bounty? Bounty => Question.Bounty;

        /// <summary>Why no answer is taken of the reader, whatever they answer; null when there is nothing of the kind.</summary>
        public Refusal? AnswerBan { get; init; }

        /// <summary>How many questions are linked with it, of which <see cref="Linked"/> are the first.</summary>
        public int LinkedCount { get; init; }

        /// <summary>Questions like it, the most alike first.</summary>
        public IReadOnlyList<Linked> Related { get; init; } = [];

        /// <summary>The readable end of its address.</summary>
        public string Slug => Questions.Slug.Of(Question.Title);
    }

    /// <summary>A bounty that runs on the question.</summary>
    /// <param name="Amount">How much.</param>
    /// <param name="EndsAt">When its time is over.</param>
    /// <param name="GraceEndsAt">Until when its sponsor can give it.</param>
    /// <param name="IsOver">Whether its time is over.</param>
    /// <param name="Reason">A key of <see cref="BountyReason.All"/>.</param>
    /// <param name="Note">What its sponsor adds, or empty.</param>
    /// <param name="SponsorId">Who offered it, or null.</param>
    /// <param name="SponsorName">Their name.</param>
    public sealed record Bounty(int Amount, DateTimeOffset EndsAt, DateTimeOffset GraceEndsAt, bool IsOver, string Reason, string Note, long? SponsorId, string SponsorName);

    /// <summary>The button by which the reader gives the bounty they offered to an answer.</summary>
    /// <param name="Amount">How much it is.</param>
    /// <param name="WhyNot">Why it does nothing yet, or null.</param>
    public sealed record AwardButton(int Amount, Refusal? WhyNot);

    /// <summary>A question or an answer on the page.</summary>
    public sealed record Post
    {
        public long Id { get; init; }
        public int Kind { get; init; }
        public string Title { get; init; } = "";
        /// <summary>As it is sent to the browser.</summary>
        public string Html { get; init; } = "";
        public string Tags { get; init; } = "";
        public int Score { get; init; }
        public int ViewCount { get; init; }
        public int SaveCount { get; init; }
        public int AnswerCount { get; init; }
        public int RevisionCount { get; init; }
        public long? AcceptedAnswerId { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset ActiveAt { get; init; }
        public DateTimeOffset? EditedAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
        public string? CloseReason { get; init; }
        public DateTimeOffset? DeletedAt { get; init; }
        public long? DeletedBy { get; init; }
        public DeletionKind? Deletion { get; init; }
        /// <summary>Of a question: votes to close or reopen it that wait.</summary>
        public int CloseVotes { get; init; }

        /// <summary>Of a question: the tag whose gold badge lets a reader, who may not vote to close, say that it is a duplicate or none; null when there is none.</summary>
        public string? Hammer { get; init; }
        internal bool IsGilded { get; init; }
        public DateTimeOffset? LockedAt { get; init; }

        /// <summary>What locks it: its own lock, or its question's where that reaches its answers; null when nothing does.</summary>
        public LockKind? Lock { get; init; }

        /// <summary>When its lock ends by itself; null when it does not.</summary>
        public DateTimeOffset? LockedUntil { get; init; }
        public DateTimeOffset? ProtectedAt { get; init; }
        public DateTimeOffset? WikiAt { get; init; }
        public string License { get; init; } = "";
        public long? AuthorId { get; init; }
        public string? AuthorName { get; init; }
        public string? RemovedName { get; init; }
        public long? AuthorReputation { get; init; }
        public long? Gold { get; init; }
        public long? Silver { get; init; }
        public long? Bronze { get; init; }
        public long? IsModerator { get; init; }
        public string? Picture { get; init; }
        public long? EditorId { get; init; }
        public string? EditorName { get; init; }
        public string? EditorUserName { get; init; }
        internal string? NoticeColumn { get; init; }

        /// <summary>The notices that stand above it.</summary>
        public IReadOnlyList<PostNotice> Notices => field ??= NoticeRows.Parse(NoticeColumn);
        internal int? WikiEditors { get; init; }
        internal long? WikiAuthorId { get; init; }
        internal string? WikiAuthorName { get; init; }
        internal int? WikiShare { get; init; }
        internal Direction? MyVote { get; init; }
        internal DateTimeOffset? MyVoteAt { get; init; }
        internal DateTimeOffset? MyVoteHeldUntil { get; init; }
        internal int? Up { get; init; }
        internal int? Down { get; init; }
        internal int VisibleAnswers { get; init; }
        internal int? BountyAmount { get; init; }
        internal DateTimeOffset? BountyStartedAt { get; init; }
        internal DateTimeOffset? BountyEndsAt { get; init; }
        internal string? BountyReason { get; init; }
        internal string? BountyNote { get; init; }
        internal long? SponsorId { get; init; }
        internal string? SponsorName { get; init; }

        /// <summary>Of a question: the one it is merged into, which is shown in its place; null when it is not.</summary>
        public long? MergedInto { get; init; }

        /// <summary>That question's title.</summary>
        public string MergedTitle { get; init; } = "";

        public IReadOnlyList<Comment> Comments { get; init; } = [];

        /// <summary>Score, arrows and tick, as the reader may use them.</summary>
        public PostVotes Votes { get; init; } = new();

        /// <summary>Of a question: the bounty that runs on it, or null.</summary>
        public Bounty? Bounty { get; init; }

        /// <summary>Of a question: why the reader may not offer a bounty on it, as far as the page can tell; null when they may, or nobody is signed in.</summary>
        public Refusal? WhyNoBounty { get; init; }

        /// <summary>Of an answer: the reputation that bounties brought it, or null.</summary>
        public int? Awarded { get; init; }

        /// <summary>Of an answer: how its reader gives it a bounty; null for all but the sponsor.</summary>
        public AwardButton? Award { get; init; }

        internal int? MyAnswers { get; init; }
        internal int MyBadAnswers { get; init; }
        internal DateTimeOffset? MyLastAnswerAt { get; init; }

        /// <summary>Whether the reader saved it.</summary>
        public bool IsSaved { get; init; }

        /// <summary>Whether the reader hears of what happens here.</summary>
        public bool IsFollowed { get; init; }

        /// <summary>Of a community wiki: who wrote most of it; null until that is worked out.</summary>
        public WikiCredit? Wiki => WikiAt is not null && WikiShare is { } share ? new WikiCredit(WikiEditors ?? 0, WikiAuthorId, WikiAuthorName, share) : null;

        /// <summary>Of a question: how the answers of its reader fared, where that decides whether they may write one.</summary>
        internal PostingRecord? MyRecord => MyAnswers is { } answers ? new PostingRecord { Posts = answers, Bad = MyBadAnswers, LastAt = MyLastAnswerAt } : null;

        public bool IsQuestion => Kind == 1;
        public UserCard Author => UserCard.Of(AuthorId, AuthorName, RemovedName, AuthorReputation, Gold, Silver, Bronze, IsModerator, Picture);
        public string[] TagNames => Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>Who edited it last.</summary>
        public string? Editor => EditorUserName ?? EditorName;
    }

    public sealed record Comment
    {
        public long Id { get; init; }
        public long PostId { get; init; }
        public string Html { get; init; } = "";
        public int Score { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? EditedAt { get; init; }
        public long? AuthorId { get; init; }
        public string? UserName { get; init; }
        public string? RemovedName { get; init; }
        public bool IsVoted { get; init; }

        /// <summary>Whether the program asks by it whether the question it names answers this one.</summary>
        public bool IsProposal { get; init; }

        /// <summary>Score and arrow, as the reader may use it.</summary>
        public CommentVotes Votes { get; init; } = new();

        public string AuthorName => UserName ?? RemovedName ?? "user";
    }

    /// <summary>Another question that this one is linked with or related to.</summary>
    public sealed record Linked
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
        public int Score { get; init; }
        public bool IsAnswered { get; init; }
        /// <summary>0: it is like this one; 1: one names the other; 3: this one is a duplicate of that one.</summary>
        public int Kind { get; init; }

        /// <summary>Whether strangers who come to it are led to this one: it is a duplicate that nobody answered.</summary>
        public bool LeadsBack { get; init; }
        internal int Total { get; init; }
    }

    private static readonly string PostColumns =
        $"""
        p.id as Id, p.kind as Kind, coalesce(p.title, '') as Title, p.html as Html, p.tags as Tags, p.score as Score, p.view_count as ViewCount,
               p.save_count as SaveCount, p.answer_count as AnswerCount, p.revision_count as RevisionCount, p.accepted_answer_id as AcceptedAnswerId,
               p.created_at as CreatedAt, p.active_at as ActiveAt, p.edited_at as EditedAt, p.closed_at as ClosedAt, p.close_reason as CloseReason,
               p.deleted_at as DeletedAt, p.deleted_by as DeletedBy, p.deletion as Deletion, p.locked_at as LockedAt, {LockColumns.Kind("p")} as Lock, p.locked_until as LockedUntil, p.protected_at as ProtectedAt, p.wiki_at as WikiAt,
               p.license as License, p.author_id as AuthorId, u.name as AuthorName, p.author_name as RemovedName, {UserCard.ShownReputation} as AuthorReputation,
               {UserCard.ShownBadges}, u.is_moderator as IsModerator, u.picture as Picture,
               p.editor_id as EditorId, p.editor_name as EditorName, e.name as EditorUserName,
               w.editors as WikiEditors, w.author_id as WikiAuthorId, coalesce(x.name, w.author_name) as WikiAuthorName, w.share as WikiShare,
               {NoticeRows.Column} as NoticeColumn
        """;

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowQuestion, View>
    {
        public async Task<View> Handle(ShowQuestion show, CancellationToken token)
        {
            var sql = Statements.For(db.Dialect, user, settings, show.Order);
            var question = await db.Find<Post>(sql.Question, new { show.Id, me = user.Id, now = clock.GetUtcNow() }, token) ?? throw new NotFoundException();
            if (question.DeletedAt is not null && !MaySeeDeleted(user, question.AuthorId, question.Deletion, settings))
                throw new NotFoundException(wasDeleted: true, Deletion.Why(question.Deletion));

            var answers = await Answers(sql, question, show, token);
            var comments = (await db.Query<Comment>(sql.Comments, new { ids = db.Dialect.List([question.Id, .. answers.Items.Select(a => a.Id)]), me = user.Id }, token)).ToLookup(c => c.PostId);
            var others = (await Others(question.Id, token)).ToLookup(other => other.Kind == 0);
            var titles = await Titles([question.Html, .. answers.Items.Select(a => a.Html), .. comments.SelectMany(c => c).Select(c => c.Html)], token);
            var ballot = user.IsSignedIn ? await db.Ballot(People.Seen(user), settings.Limits, clock.GetUtcNow(), token) : null;
            var bounty = Running(question);
            // Few hold the gold badge of a tag and may not vote to close already: only for them its history is looked into.
            var hammer = question.IsGilded && question is ({ ClosedAt: null } or { CloseReason: CloseReason.Duplicate }) && settings.WhyNot(Privilege.CloseVotes, People.Seen(user)) is not null
                ? await db.Hammer(user.Required, question.Id, token)
                : null;

            Post Shown(Post post) => post with
            {
                Lock = LockRules.Reaching(post.Lock, question.Lock),
                Html = ShownHtml.Show(post.Html, new ShownAs { Prefix = $"p{post.Id}-", OldHost = settings.OldHost, Titles = titles }),
                Comments = [.. comments[post.Id].Select(c => c with
                {
                    Html = ShownHtml.Show(c.Html, new ShownAs { Prefix = $"c{c.Id}-", OldHost = settings.OldHost, Titles = titles }),
                    Votes = VotesOnPage.Seen(Target(c, post, question), ballot, settings),
                })],
                Votes = VotesOnPage.Seen(Target(post, question), post.IsQuestion ? null : Acceptable(post, question), ballot, settings, clock.GetUtcNow()) with
                {
                    Counts = post is { Up: { } up, Down: { } down } ? new VoteCounts { PostId = post.Id, Up = up, Down = down } : null,
                },
                Bounty = post.IsQuestion && bounty is not null ? Seen(question, bounty) : null,
                WhyNoBounty = post.IsQuestion && user.IsSignedIn ? WhyNoBounty(question) : null,
                Hammer = post.IsQuestion ? hammer : null,
                Award = !post.IsQuestion && bounty is not null ? Award(post, question, bounty) : null,
            };

            return new View(Shown(question), answers with { Items = [.. answers.Items.Select(Shown)] }, [.. others[false]])
            {
                LinkedCount = others[false].FirstOrDefault()?.Total ?? 0,
                Related = [.. others[true]],
                AnswerBan = question.DeletedAt is null ? Postings.WhyNot(question.MyRecord, 2, user, settings.Abuse, clock.GetUtcNow()) : null,
            };
        }

        private async Task<PageOf<Post>> Answers(Statements sql, Post question, ShowQuestion show, CancellationToken token)
        {
            var size = settings.Pages.Answers;
            var total = question.VisibleAnswers;
            var number = Math.Clamp(show.Page, 1, Math.Max(1, (total + size - 1) / size));
            var items = await db.Query<Post>(
                sql.Answers,
                new { question.Id, accepted = question.AcceptedAnswerId, asker = question.AuthorId, me = user.Id, now = clock.GetUtcNow(), size, skip = (number - 1) * size }, token);
            return new PageOf<Post>(items, number, size, total);
        }

        private static RunningBounty? Running(Post question) =>
            question is { BountyAmount: { } amount, BountyStartedAt: { } startedAt, BountyEndsAt: { } endsAt }
                ? new RunningBounty { QuestionId = question.Id, SponsorId = question.SponsorId, AskerId = question.AuthorId, Amount = amount, StartedAt = startedAt, EndsAt = endsAt }
                : null;

        private Bounty Seen(Post question, RunningBounty bounty) => new(
            bounty.Amount, bounty.EndsAt, bounty.EndsAt + settings.Bounties.Grace, clock.GetUtcNow() >= bounty.EndsAt,
            question.BountyReason ?? "", question.BountyNote ?? "", bounty.SponsorId, question.SponsorName ?? "");

        // What the page does not know (their other bounties, their answers beyond the page) the form says.
        private Refusal? WhyNoBounty(Post question) => BountyRules.WhyNotStart(
            People.Seen(user),
            new BountyTarget
            {
                QuestionId = question.Id, AskedAt = question.CreatedAt, IsDeleted = question.DeletedAt is not null, IsClosed = question.ClosedAt is not null,
                IsLocked = LockRules.Blocks(question.Lock, LockedAct.Bounty), HasBounty = question.BountyAmount is not null,
            },
            clock.GetUtcNow(), settings);

        private AwardButton? Award(Post answer, Post question, RunningBounty bounty)
        {
            if (user.Id is not { } me || me != bounty.SponsorId || answer.DeletedAt is not null || answer.AuthorId is null || answer.AuthorId == me)
                return null;

            var whyNot = BountyRules.WhyNotAward(
                me, bounty, new BountyAnswer { Id = answer.Id, AuthorId = answer.AuthorId, IsDeleted = question.DeletedAt is not null }, clock.GetUtcNow(), settings.Bounties);
            return new AwardButton(bounty.Amount, whyNot);
        }

        private static VoteTarget Target(Post post, Post question) => new()
        {
            Id = post.Id,
            IsQuestion = post.IsQuestion,
            QuestionId = question.Id,
            AuthorId = post.AuthorId,
            Score = post.Score,
            EditedAt = post.EditedAt,
            IsDeleted = post.DeletedAt is not null || question.DeletedAt is not null,
            IsLocked = LockRules.Blocks(LockRules.Reaching(post.Lock, question.Lock), LockedAct.Vote),
            IsWiki = post.WikiAt is not null,
            Mine = post.MyVote,
            CastAt = post.MyVoteAt,
            HeldUntil = post.MyVoteHeldUntil,
        };

        private static CommentTarget Target(Comment comment, Post post, Post question) => new()
        {
            Id = comment.Id,
            PostId = comment.PostId,
            AuthorId = comment.AuthorId,
            Score = comment.Score,
            IsDeleted = post.DeletedAt is not null || question.DeletedAt is not null,
            IsLocked = LockRules.Blocks(LockRules.Reaching(post.Lock, question.Lock), LockedAct.Vote),
            IsMine = comment.IsVoted,
        };

        private static Acceptable Acceptable(Post answer, Post question) => new()
        {
            AnswerId = answer.Id,
            AnswererId = answer.AuthorId,
            IsWiki = answer.WikiAt is not null,
            QuestionId = question.Id,
            AskerId = question.AuthorId,
            AskedAt = question.CreatedAt,
            AcceptedId = question.AcceptedAnswerId,
            IsDeleted = answer.DeletedAt is not null || question.DeletedAt is not null,
            IsLocked = LockRules.Blocks(answer.Lock, LockedAct.Accept) || LockRules.Blocks(question.Lock, LockedAct.Accept),
        };

        // Both kinds in one statement; of the linked ones with how many there are.
        private Task<IReadOnlyList<Linked>> Others(long id, CancellationToken token) =>
            db.Query<Linked>(
                $"""
                select *
                from (select q.id as Id, q.title as Title, q.score as Score, q.is_answered as IsAnswered, max(l.kind) as Kind, max(l.leads and q.answer_count = 0) as LeadsBack,
                             count(*) over () as Total
                      from ({LinkedQuestions.Both}) l
                      join posts q on q.id = l.other
                      where q.deleted_at is null and q.kind = 1 and q.id <> @id
                      group by q.id
                      order by max(l.kind) desc, q.score desc, q.id
                      limit @Related)
                union all
                select *
                from (select q.id, q.title, q.score, q.is_answered, 0, 0, 0
                      from related_questions r
                      join posts q on q.id = r.related_id
                      where r.question_id = @id and q.deleted_at is null
                      order by r.place
                      limit @Related)
                """,
                new { id, settings.Search.Related }, token);

        // Usually there is nothing to ask for, and nothing is asked.
        private async Task<IReadOnlyDictionary<long, string>> Titles(IEnumerable<string> texts, CancellationToken token)
        {
            long[] ids = [.. texts.SelectMany(ShownHtml.LinkedPosts).Distinct()];
            return ids.Length == 0 ? new Dictionary<long, string>() : await db.TitlesOf(ids, token);
        }
    }

    /// <summary>
    /// The page's statements, made once for each kind of reader. What the reader did to each post comes with it, so that a page
    /// has so many statements however much is on it.
    /// </summary>
    private sealed record Statements(string Question, string Answers, string Comments)
    {
        private static readonly ConcurrentDictionary<(SqlDialect, bool IsSignedIn, bool SeesCounts, bool IsJudged, string Visible, AnswerOrder), Statements> Made = new();

        public static Statements For(SqlDialect dialect, CurrentUser user, ForumSettings settings, AnswerOrder order) =>
            Made.GetOrAdd(
                (dialect, user.IsSignedIn, user.IsSignedIn && settings.WhyNot(Privilege.EstablishedUser, People.Seen(user)) is null, Postings.IsJudged(user, settings.Abuse),
                    VisibleAnswers(user, settings), order),
                kind => Make(kind.Item1, kind.IsSignedIn, kind.SeesCounts, kind.IsJudged, kind.Visible, kind.Item6));

        private static readonly string Gilded =
            $"""

                       exists (select 1 from question_tags y
                               join tags t on t.id = y.tag_id
                               join badges g on g.name = t.name and g.is_tag = 1 and g.class = {(int)BadgeClass.Gold}
                               join user_badges h on h.badge_id = g.id and h.user_id = @me
                               where y.question_id = p.id) as IsGilded,
            """;

        private static Statements Make(SqlDialect dialect, bool isSignedIn, bool seesCounts, bool isJudged, string visible, AnswerOrder order)
        {
            var columns = PostColumns
                + (isSignedIn ? ", coalesce(v.direction, h.direction) as MyVote, coalesce(v.cast_at, h.cast_at) as MyVoteAt, h.counts_at as MyVoteHeldUntil, s.user_id is not null as IsSaved, f.user_id is not null as IsFollowed" : "")
                + (seesCounts ? ",\n       " + VotesOnPage.CountColumns : "");
            var tables =
                """
                posts p
                    left join users u on u.id = p.author_id
                    left join users e on e.id = p.editor_id
                    left join wiki_credits w on p.wiki_at is not null and w.post_id = p.id
                    left join users x on x.id = w.author_id
                """ + (isSignedIn
                ? """

                    left join votes v on v.post_id = p.id and v.user_id = @me
                    left join held_votes h on h.post_id = p.id and h.user_id = @me
                    left join saves s on s.post_id = p.id and s.user_id = @me
                    left join follows f on f.post_id = p.id and f.user_id = @me
                """
                : "");
            var total = isSignedIn ? $"(select count(*) from posts a where a.question_id = p.id and a.kind = 2 and {Of("a", visible)})" : "p.answer_count";
            return new Statements(
                $"""
                select {columns}, {total} as VisibleAnswers,
                       (select count(*) from moderation_votes v where v.post_id = p.id and v.kind in (1, 2) and v.outcome is null) as CloseVotes,{(isSignedIn ? Gilded : "")}
                       b.amount as BountyAmount, b.started_at as BountyStartedAt, b.ends_at as BountyEndsAt, b.reason as BountyReason, b.note as BountyNote,
                       b.sponsor_id as SponsorId, n.name as SponsorName, m.id as MergedInto, coalesce(m.title, '') as MergedTitle{(isJudged ? ", o.Posts as MyAnswers, o.Bad as MyBadAnswers, o.LastAt as MyLastAnswerAt" : "")}
                from {tables}
                    left join question_merges g on g.source_id = p.id and g.unmerged_at is null
                    left join posts m on m.id = g.target_id and m.deleted_at is null
                    left join bounties b on b.question_id = p.id and b.ended_at is null
                    left join users n on n.id = b.sponsor_id
                    {(isJudged ? $"join ({Postings.RecordOf("@me", "2")}) o" : "")}
                where p.id = @Id and p.kind = 1
                """,
                $"""
                select {columns}, (select sum(b.awarded_amount) from bounties b where b.awarded_answer_id = p.id) as Awarded
                from {tables}
                where p.question_id = @Id and p.kind = 2 and {Of("p", visible)}
                order by {OrderOf(order)}
                limit @size offset @skip
                """,
                $"""
                select c.id as Id, c.post_id as PostId, c.html as Html, c.score as Score, c.created_at as CreatedAt, c.edited_at as EditedAt,
                       c.author_id as AuthorId, u.name as UserName, c.author_name as RemovedName, c.is_proposal as IsProposal{(isSignedIn ? ", v.user_id is not null as IsVoted" : "")}
                from comments c
                left join users u on u.id = c.author_id
                {(isSignedIn ? "left join comment_votes v on v.comment_id = c.id and v.user_id = @me" : "")}
                where {dialect.InList("c.post_id", "@ids")} and c.deleted_at is null
                order by c.post_id, c.created_at, c.id
                """);
        }
    }

    /// <summary>Whether a deleted post shows itself to this reader: spam to its author and moderators alone.</summary>
    internal static bool MaySeeDeleted(CurrentUser user, long? authorId, DeletionKind? deletion, ForumSettings settings) =>
        user.IsModerator
        || (user.IsSignedIn && (user.Id == authorId || (deletion != DeletionKind.Spam && user.Reputation >= settings.Needs(Privilege.ModeratorTools))));

    /// <summary>The condition on an answer <c>p</c> for showing it to this reader; needs <c>@me</c>.</summary>
    internal static string VisibleAnswers(CurrentUser user, ForumSettings settings) => user switch
    {
        { IsSignedIn: false } => "p.deleted_at is null",
        { IsModerator: true } => "1 = 1",
        _ when MaySeeDeleted(user, null, null, settings) => SpamApart,
        _ => "(p.deleted_at is null or p.author_id = @me)",
    };

    private static readonly string SpamApart = $"(p.deletion is not {(int)DeletionKind.Spam} or p.author_id = @me)";

    private static string Of(string answer, string condition) => condition.Replace("p.", answer + ".", StringComparison.Ordinal);

    /// <summary>The order of answers <c>p</c>; needs <c>@accepted</c> and <c>@asker</c>. Deleted ones come last.</summary>
    internal static string OrderOf(AnswerOrder order) => "p.deleted_at is not null, " + order switch
    {
        AnswerOrder.Score => "(p.id = @accepted and p.author_id is not @asker) desc, p.score desc, p.created_at, p.id",
        AnswerOrder.Newest => "p.created_at desc, p.id desc",
        AnswerOrder.Oldest => "p.created_at, p.id",
        AnswerOrder.Active => "p.active_at desc, p.id desc",
    };
}

/// <summary>Titles that texts refer to, looked up when they are shown.</summary>
internal static class ReferredTitles
{
    /// <summary>Titles of the questions among <paramref name="ids"/>, and of the questions that the answers among them answer; deleted ones are left out.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> TitlesOf(this Db db, IReadOnlyCollection<long> ids, CancellationToken token)
    {
        var rows = await db.Query<TitleRow>(
            $"""
            select p.id as Id, q.title as Title
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            where {db.Dialect.In("p.id", "@ids")} and p.deleted_at is null and q.deleted_at is null and q.title is not null
            """,
            new { ids }, token);
        return rows.ToDictionary(r => r.Id, r => r.Title);
    }

    private sealed record TitleRow
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
    }
}
