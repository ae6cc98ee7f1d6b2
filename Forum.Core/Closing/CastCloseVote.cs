using FluentValidation;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Closing;

/// <summary>
/// Votes to close a question; enough votes close it, a moderator's alone, and on a duplicate that of who holds the gold badge of one of its
/// tags. Returns whether it is closed. Rules: docs/rules/closing.md.
/// </summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Reason">A key of <see cref="CloseReason"/>.</param>
/// <param name="Targets">Of a duplicate: its originals, as <see cref="TypedTargets"/> reads them.</param>
/// <param name="Note">Of a reason of one's own: what it is. It becomes a comment.</param>
public sealed record CastCloseVote(long QuestionId, string Reason, string Targets = "", string Note = "") : IRequest<bool>, ICommand
{
    internal sealed class Rules : AbstractValidator<CastCloseVote>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(v => v.Reason).Must(CloseReason.IsKnown).WithErrorCode("closing.no-reason");
            RuleFor(v => v.Targets).Cascade(CascadeMode.Stop)
                .Must(text => TypedTargets.Parse(text) is { Count: > 0 }).WithErrorCode("closing.no-target-typed")
                .Must(text => TypedTargets.Parse(text)!.Count <= settings.Closing.Targets).WithErrorCode("closing.too-many-targets").WithState(_ => new object[] { settings.Closing.Targets })
                .When(v => v.Reason == CloseReason.Duplicate);
            RuleFor(v => v.Note).HasLength(settings.Closing.OwnReason).When(v => v.Reason == CloseReason.Own);
        }
    }

    internal sealed class Rendering(CommunityMarkdown markdown) : IPrepare<CastCloseVote>
    {
        public string Html { get; private set; } = "";
        public IReadOnlyCollection<long> Named { get; private set; } = [];

        public Task Prepare(CastCloseVote request, CancellationToken token)
        {
            if (request.Reason == CloseReason.Own)
            {
                Html = markdown.Comment(request.Note, nameof(request.Note));
                Named = markdown.PostsNamedIn(Html);
            }

            return Task.CompletedTask;
        }
    }

    internal sealed class Handler(
        Db db, CurrentUser user, Rendering text, Closings closings, DuplicateProposals proposals, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<CastCloseVote, bool>
    {
        public async Task<bool> Handle(CastCloseVote vote, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var question = await db.VisibleQuestion(vote.QuestionId, user, settings, token);
            if (CloseReason.SiteId(vote.Reason) is { } site && !await db.Get<bool>("select exists (select 1 from close_reasons where id = @site and retired_at is null)", new { site }, token))
                new Refusal("closing.no-such-reason").Throw();

            await db.Lapse(question.Id, settings.Closing.VotesLast, log, now, token);
            var round = await db.Round(question.Id, ModerationVoteKind.Close, token);
            var record = await db.VotingRecord(me.Id, question.Id, ModerationVoteKind.Close, round, now, token);
            var hammer = vote.Reason == CloseReason.Duplicate ? await db.Hammer(me.Id, question.Id, token) : null;
            ClosingRules.WhyNotClose(me, question, record, hammer, now, settings)?.Throw();
            var targets = vote.Reason == CloseReason.Duplicate ? await db.Originals(question.Id, TypedTargets.Parse(vote.Targets)!, settings, token) : [];

            if (record.HasVoted)
                await Overtake(question.Id, me.Id, now, token);
            var id = await db.AddVote(question.Id, me.Id, ModerationVoteKind.Close, round, vote.Reason, hammer, now, token);
            for (var i = 0; i < targets.Count; i++)
                await db.Execute("insert into close_vote_targets (vote_id, target_id, place) values (@id, @target, @i)", new { id, target = targets[i], i }, token);
            var note = vote.Reason == CloseReason.Own ? TextLength.Clean(vote.Note) : "";
            var waiting = await db.Waiting(question.Id, ModerationVoteKind.Close, token);
            var isBinding = ClosingRules.IsBinding(me, hammer);
            if (!isBinding)
            {
                await log.Record(
                    new Act("close-vote", ActSubject.Post, question.Id)
                    {
                        ConcernsId = question.AuthorId, After = new { Vote = id, Round = round, vote.Reason, Targets = targets }, Reason = note,
                    }, token);
            }

            var isClosed = isBinding || waiting >= settings.Closing.CloseVotes;
            if (isBinding)
                await closings.Close(question, new Closure(vote.Reason, targets) { Vote = id, By = me.Id, Hammer = hammer, Note = note }, token);
            else if (isClosed)
                await closings.Close(question, await Verdict(question.Id, token), token);
            else
                await proposals.Keep(question.Id, now, token);

            if (note.Length > 0)
                await Comment(question, me, note, now, token);
            happened.Note(new CloseVoteCast(question.Id, me.Id, vote.Reason, waiting, isClosed));
            return isClosed;
        }

        // Whoever came to moderate since they voted decides now.
        private async Task Overtake(long question, long me, DateTimeOffset now, CancellationToken token)
        {
            var id = await db.Get<long>(
                $"""
                update moderation_votes set ended_at = @now, outcome = {(int)ModerationVoteOutcome.Overtaken}
                where post_id = @question and user_id = @me and kind = {(int)ModerationVoteKind.Close} and outcome is null
                returning id
                """, new { question, me, now }, token);
            await log.Record(new Act("overtake-close-vote", ActSubject.Post, question) { ConcernsId = me, Before = new { Vote = id } }, token);
        }

        private async Task<Closure> Verdict(long question, CancellationToken token)
        {
            var (reason, targets) = ClosingRules.Verdict(await db.Current(question, await db.CloseVotesOn(question, token), token), settings.Closing.Targets);
            return new Closure(reason, targets);
        }

        private async Task Comment(PostFacts question, Person me, string note, DateTimeOffset now, CancellationToken token)
        {
            var id = await db.Get<long>(
                """
                insert into comments (post_id, author_id, body, html, renderer, created_at, license)
                values (@Id, @me, @note, @Html, @renderer, @now, @License)
                returning id
                """, new { question.Id, me = me.Id, note, text.Html, renderer = MarkdownRenderer.Version, now, settings.License }, token);
            await db.CountComments(question.Id, token);
            happened.Note(new CommentPosted(id, question.Id, question.Id, me.Id, []));
            happened.NoteLinks(question.Id, question.Id, await db.KeepLinks(question.Id, [], text.Named, _ => [], now, token));
        }
    }
}

/// <summary>Somebody voted to close a question.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="VoterId">Who voted.</param>
/// <param name="Reason">A key of <see cref="CloseReason"/>.</param>
/// <param name="Votes">How many votes waited then, with this one.</param>
/// <param name="Closed">Whether the question is closed by it.</param>
public sealed record CloseVoteCast(long QuestionId, long VoterId, string Reason, int Votes, bool Closed) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>What the commands of this room read.</summary>
internal static class ClosingReads
{
    /// <summary>The question, if the one who asks may see it.</summary>
    /// <exception cref="NotFoundException">There is none, or it is deleted and not theirs to see.</exception>
    public static async Task<PostFacts> VisibleQuestion(this Db db, long id, CurrentUser user, ForumSettings settings, CancellationToken token) =>
        await db.VisiblePost(id, user, settings, token) is { IsQuestion: true } question ? question : throw new NotFoundException();

    /// <summary>The votes to close that wait on a question, with the questions they name.</summary>
    public static Task<IReadOnlyList<CloseVoteRow>> CloseVotesOn(this Db db, long question, CancellationToken token) =>
        db.Query<CloseVoteRow>(
            $"""
            select v.id as Id, v.user_id as UserId, v.reason as Reason, t.target_id as TargetId, coalesce(t.place, 0) as Place
            from moderation_votes v
            left join close_vote_targets t on t.vote_id = v.id
            where v.post_id = @question and v.kind = {(int)ModerationVoteKind.Close} and v.outcome is null
            """, new { question }, token);
}
