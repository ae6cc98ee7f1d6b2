using Forum.Core.Editing;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Closing;

/// <summary>
/// Why a question is closed or may become so: votes, reasons, originals, and what the one who asks may do about it. What the notice on the
/// question's page and the pages of voting show. Rules: docs/rules/closing.md.
/// </summary>
/// <exception cref="NotFoundException">There is no such question, or it is deleted and not the reader's to see.</exception>
public sealed record ShowClosing(long QuestionId) : IRequest<ShowClosing.View>
{
    /// <param name="Question">The question.</param>
    /// <param name="Originals">Of a duplicate: the questions that have its answer.</param>
    public sealed record View(PostFacts Question, IReadOnlyList<Original> Originals)
    {
        /// <summary>Those that votes propose while it is open.</summary>
        public IReadOnlyList<Original> Proposed { get; init; } = [];

        /// <summary>Reasons that votes gave and how many each: of the closing, or while it is open of the votes that wait. Empty for who may not see them.</summary>
        public IReadOnlyList<(string Reason, int Votes)> Reasons { get; init; } = [];

        /// <summary>Whose votes closed it; empty for who may not see them.</summary>
        public IReadOnlyList<Voter> Voters { get; init; } = [];

        /// <summary>Votes to close that wait; null for who may not see how many.</summary>
        public int? CloseVotes { get; init; }

        /// <summary>Votes to reopen that wait; null for who may not see how many.</summary>
        public int? ReopenVotes { get; init; }

        /// <summary>Why the reader may not vote to close, or null.</summary>
        public Refusal? WhyNotClose { get; init; } = Refusals.SignIn;

        /// <summary>Why the reader may not vote to reopen, or null.</summary>
        public Refusal? WhyNotReopen { get; init; } = Refusals.SignIn;

        /// <summary>Whether a vote of the reader to close waits.</summary>
        public bool HasVotedToClose { get; init; }

        /// <summary>Whether a vote of the reader to reopen waits.</summary>
        public bool HasVotedToReopen { get; init; }

        /// <summary>The tag whose gold badge lets the reader decide about duplicates alone, or null.</summary>
        public string? Hammer { get; init; }

        /// <summary>Whether the reader's vote decides alone whatever the reason.</summary>
        public bool IsBinding { get; init; }

        /// <summary>Whether the reader may vote for no reason but that it is a duplicate.</summary>
        public bool IsHammerOnly { get; init; }

        /// <summary>Whether the reader asked it.</summary>
        public bool IsAsker { get; init; }

        /// <summary>Whether the reader takes part in closing and reopening: sees names and votes.</summary>
        public bool IsCloser { get; init; }

        /// <summary>Whether the reader may say that the proposed questions answer theirs.</summary>
        public bool MayConfirm { get; init; }

        /// <summary>Why the reader may not name other originals, or null.</summary>
        public Refusal? WhyNotChangeOriginals { get; init; } = Refusals.SignIn;

        /// <summary>Whether the reader may name other originals.</summary>
        public bool MayChangeOriginals => WhyNotChangeOriginals is null;

        /// <summary>When the asker asked for it to be reopened, since it was closed.</summary>
        public DateTimeOffset? AskedAt { get; init; }

        /// <summary>The site's own reasons: those that can be chosen, and that of the closing.</summary>
        public IReadOnlyList<SiteReason> SiteReasons { get; init; } = [];

        public string Slug => Questions.Slug.Of(Question.Title);
    }

    /// <summary>A question that has the answer of another.</summary>
    public sealed record Original
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
        public int Score { get; init; }
        public int AnswerCount { get; init; }
    }

    /// <summary>Somebody whose vote closed it.</summary>
    public sealed record Voter
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public bool IsModerator { get; init; }

        /// <summary>The tag whose gold badge made the vote decide.</summary>
        public string? Hammer { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowClosing, View>
    {
        public async Task<View> Handle(ShowClosing show, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var question = await db.VisibleQuestion(show.QuestionId, user, settings, token);
            var isClosed = question.ClosedAt is not null;
            var originals = question.CloseReason == CloseReason.Duplicate ? await Originals(question.Id, token) : [];
            var reasons = await db.SiteReasons(CloseReason.SiteId(question.CloseReason), token);
            var view = new View(question, originals) { SiteReasons = reasons };
            if (!user.IsSignedIn)
                return view;

            var me = People.Seen(user);
            var isAsker = question.AuthorId == me.Id;
            var isCloser = settings.WhyNot(Privilege.CloseVotes, me) is null;
            var kind = isClosed ? ModerationVoteKind.Reopen : ModerationVoteKind.Close;
            var round = await db.Round(question.Id, kind, token);
            var record = await db.VotingRecord(me.Id, question.Id, kind, round, now, token);
            var hammer = await db.Hammer(me.Id, question.Id, token);
            var waiting = await db.CloseVotesOn(question.Id, token);
            var closeWithout = ClosingRules.WhyNotClose(me, question, record, null, now, settings);
            var mayVoteAtAll = isCloser || (isAsker && settings.WhyNot(Privilege.ViewCloseVotes, me) is null);
            var proposed = waiting.Where(v => v.Reason == CloseReason.Duplicate && v.TargetId is not null).ToList();
            return view with
            {
                IsAsker = isAsker,
                IsCloser = isCloser,
                IsBinding = me.IsModerator,
                Hammer = hammer,
                IsHammerOnly = hammer is not null && closeWithout is not null && ClosingRules.WhyNotHelp(me, question, settings) is not null,
                WhyNotClose = hammer is null ? closeWithout : ClosingRules.WhyNotClose(me, question, record, hammer, now, settings),
                WhyNotReopen = ClosingRules.WhyNotReopen(me, question, record, question.CloseReason == CloseReason.Duplicate ? hammer : null, now, settings),
                HasVotedToClose = !isClosed && record.HasVoted,
                HasVotedToReopen = isClosed && record.HasVoted,
                CloseVotes = mayVoteAtAll && !isClosed ? waiting.Select(v => v.Id).Distinct().Count() : null,
                ReopenVotes = mayVoteAtAll && isClosed ? await db.Waiting(question.Id, ModerationVoteKind.Reopen, token) : null,
                Reasons = !mayVoteAtAll ? [] : isClosed ? await ReasonsOfClosing(question.Id, token) : Counted(waiting),
                Voters = isCloser && isClosed ? await Voters(question.Id, token) : [],
                Proposed = proposed.Count == 0 ? [] : await Named(ClosingRules.Verdict(proposed, settings.Closing.Targets).Targets, token),
                MayConfirm = ClosingRules.WhyNotConfirm(me, question, proposed.Count) is null,
                WhyNotChangeOriginals = ClosingRules.WhyNotChangeTargets(me, question, question.CloseReason == CloseReason.Duplicate, hammer),
                AskedAt = isClosed ? await AskedAt(question, token) : null,
            };
        }

        private static List<(string, int)> Counted(IReadOnlyList<CloseVoteRow> votes) =>
            [.. votes.GroupBy(v => v.Reason).Select(g => (g.Key, g.Select(v => v.Id).Distinct().Count())).OrderByDescending(r => r.Item2)];

        // The newest round that closed it; an import closed without votes.
        private async Task<IReadOnlyList<(string, int)>> ReasonsOfClosing(long question, CancellationToken token) =>
        [
            .. from row in await db.Query<ReasonRow>(
                   $"""
                   select v.reason as Reason, count(*) as Votes
                   from moderation_votes v
                   where v.post_id = @question and v.kind = {(int)ModerationVoteKind.Close} and v.outcome = {(int)ModerationVoteOutcome.Counted}
                     and v.round = ({LastRound})
                   group by v.reason
                   """, new { question }, token)
               orderby row.Votes descending, row.Reason
               select (row.Reason, row.Votes),
        ];

        private Task<IReadOnlyList<Voter>> Voters(long question, CancellationToken token) =>
            db.Query<Voter>(
                $"""
                select u.id as Id, u.name as Name, max(u.is_moderator, u.is_administrator) as IsModerator, v.hammer as Hammer
                from moderation_votes v
                join users u on u.id = v.user_id
                where v.post_id = @question and v.kind = {(int)ModerationVoteKind.Close} and v.outcome = {(int)ModerationVoteOutcome.Counted}
                  and v.round = ({LastRound})
                order by v.id
                """, new { question }, token);

        private static readonly string LastRound =
            $"select max(c.round) from moderation_votes c where c.post_id = @question and c.kind = {(int)ModerationVoteKind.Close} and c.outcome = {(int)ModerationVoteOutcome.Counted}";

        private Task<IReadOnlyList<Original>> Originals(long question, CancellationToken token) =>
            db.Query<Original>(
                """
                select q.id as Id, q.title as Title, q.score as Score, q.answer_count as AnswerCount
                from post_links l
                join posts q on q.id = l.to_post_id
                where l.from_post_id = @question and l.kind = 3 and q.deleted_at is null and q.title is not null
                order by l.created_at, q.id
                """, new { question }, token);

        private async Task<IReadOnlyList<Original>> Named(IReadOnlyList<long> ids, CancellationToken token)
        {
            var rows = await db.Query<Original>(
                $"""
                select q.id as Id, q.title as Title, q.score as Score, q.answer_count as AnswerCount
                from posts q
                where {db.Dialect.InList("q.id", "@ids")} and q.deleted_at is null
                """, new { ids = db.Dialect.List(ids) }, token);
            return [.. ids.Select(id => rows.FirstOrDefault(row => row.Id == id)).OfType<Original>()];
        }

        private Task<DateTimeOffset?> AskedAt(PostFacts question, CancellationToken token) =>
            db.Find<DateTimeOffset?>("select asked_at from reopen_requests where question_id = @Id and closed_at = @ClosedAt", new { question.Id, question.ClosedAt }, token);

        private sealed record ReasonRow
        {
            public string Reason { get; init; } = "";
            public int Votes { get; init; }
        }
    }
}
