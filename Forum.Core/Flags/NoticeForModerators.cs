using Forum.Core.Answers;
using Forum.Core.Closing;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Core.Flags;

/// <summary>
/// Raises a flag in nobody's name: something happened that moderators should look at. While one of that sort waits on the post, or was decided within
/// <see cref="FlagSettings.Burst"/>, there is no other. Rules: docs/rules/flags.md, section 7.
/// </summary>
/// <param name="PostId">Where.</param>
/// <param name="Reason">What: a key, whose words are <c>flags.noticed-…</c>.</param>
/// <param name="Source">A page of this site on which moderators see more of it.</param>
[For(Who.Anyone), EachTime]
public sealed record RaiseNotice(long PostId, string Reason, string Source = "") : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<RaiseNotice>
    {
        public async Task Handle(RaiseNotice raise, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var post = await db.Find<Place>(
                $"""
                select p.author_id as AuthorId, coalesce(p.question_id, p.id) as QuestionId,
                       exists (
                           select 1 from flags f
                           where f.post_id = p.id and f.kind = {(int)FlagKind.Noticed} and f.reason = @Reason and f.source = @Source and (f.state = 0 or f.decided_at > @since)) as IsKnown
                from posts p
                where p.id = @PostId and p.kind in (1, 2)
                """, new { raise.PostId, raise.Reason, raise.Source, since = now - settings.Flags.Burst }, token);
            if (post is null or { IsKnown: true })
                return;

            var id = await db.Raise(new Flag { Kind = FlagKind.Noticed, PostId = raise.PostId, Reason = raise.Reason, Source = raise.Source, RaisedAt = now }, post.AuthorId, log, token);
            happened.Note(new FlagRaised(id, FlagKind.Noticed, raise.PostId, post.QuestionId, null, null, post.AuthorId));
        }

        private sealed record Place
        {
            public long? AuthorId { get; init; }
            public long QuestionId { get; init; }
            public bool IsKnown { get; init; }
        }
    }
}

/// <summary>What moderators are told of by the rules.</summary>
public static class Notices
{
    public const string EditWar = "edit-war";
    public const string RollbackWar = "rollback-war";
    public const string ManyComments = "many-comments";
    public const string ManyAnswers = "many-answers";
    public const string Vandalism = "vandalism";
    public const string ManyDeletions = "many-deletions";
    public const string ContestedDuplicate = "contested-duplicate";
    public const string ContestedDeletion = "contested-deletion";
    public const string BlockedText = "blocked-text";
    public const string SuspectedSpam = "suspected-spam";
    public const string VoteFraud = "vote-fraud";
    public const string CopiedAnswers = "copied-answers";

    /// <summary>All of them; their words are under <c>flags.noticed-…</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [EditWar, RollbackWar, ManyComments, ManyAnswers, Vandalism, ManyDeletions, ContestedDuplicate, ContestedDeletion, BlockedText, SuspectedSpam, VoteFraud, CopiedAnswers];
}

/// <summary>Looks, when something happened, whether it has happened too often of late; and ends the flags of what is gone.</summary>
internal sealed class NoticeForModerators(Db db, IServiceScopeFactory scopes, SettingsStore settings)
    : IHear<PostEdited>, IHear<CommentPosted>, IHear<AnswerPosted>, IHear<PostDeleted>, IHear<CommentDeleted>,
    IHear<QuestionClosed>, IHear<DuplicateContested>
{
    private const int ContestedDeletions = 2;
    private const int MostCompared = 100;

    public async Task Hear(Heard<PostEdited> heard, CancellationToken token)
    {
        if (!heard.What.IsNewRevision || heard.What.Tag is not null)
            return;

        var rules = settings.Current.Flags;
        var (post, since) = (heard.What.PostId, heard.At - rules.Burst);
        var edits = await db.Query<Edit>(
            """
            select author_id as AuthorId, rollback_to is not null as IsRollback
            from revisions
            where post_id = @post and number > 1 and created_at > @since
            order by number desc
            limit 50
            """, new { post, since }, token);
        if (edits.Count(edit => edit.IsRollback) >= rules.BurstOfRollbacks)
            await Raise(post, Notices.RollbackWar, token);
        else if (edits.Take(rules.BurstOfEdits).Select(edit => edit.AuthorId).Distinct().Count() == 2
            && edits.Count >= rules.BurstOfEdits && edits.Take(rules.BurstOfEdits).Zip(edits.Skip(1).Take(rules.BurstOfEdits - 1)).All(pair => pair.First.AuthorId != pair.Second.AuthorId))
            await Raise(post, Notices.EditWar, token);

        var destroyed = await db.Get<bool>(
            """
            select exists (
                select 1
                from posts p
                join revisions r on r.post_id = p.id and r.number = (select max(o.number) from revisions o where o.post_id = p.id and o.number < @Revision and o.body is not null)
                left join redacted_revisions x on x.redaction_id = r.redaction_id and x.number = r.number
                where p.id = @post and p.author_id = @EditorId and p.score >= @VandalismScore and 100 * length(p.body) <= (100 - @VandalismPercent) * length(coalesce(x.body, r.body)))
            """, new { post, heard.What.Revision, heard.What.EditorId, rules.VandalismScore, rules.VandalismPercent }, token);
        if (destroyed)
            await Raise(post, Notices.Vandalism, token);
    }

    public async Task Hear(Heard<CommentPosted> heard, CancellationToken token)
    {
        var rules = settings.Current.Flags;
        var many = await db.Get<int>(
            "select count(*) from comments where post_id = @PostId and created_at > @since and deleted_at is null", new { heard.What.PostId, since = heard.At - rules.Burst }, token);
        if (many > rules.BurstOfComments)
            await Raise(heard.What.PostId, Notices.ManyComments, token);
    }

    public async Task Hear(Heard<AnswerPosted> heard, CancellationToken token)
    {
        var rules = settings.Current.Flags;
        var many = await db.Get<int>(
            "select count(*) from posts where question_id = @QuestionId and kind = 2 and deleted_at is null", new { heard.What.QuestionId }, token);
        if (many >= rules.BurstOfAnswers)
            await Raise(heard.What.QuestionId, Notices.ManyAnswers, token);
        if (await IsCopied(heard, rules, token))
            await Raise(heard.What.AnswerId, Notices.CopiedAnswers, token);
    }

    public async Task Hear(Heard<PostDeleted> heard, CancellationToken token)
    {
        await Send(new SettleFlags(heard.What.PostId), token);
        var rules = settings.Current.Flags;
        var since = heard.At - rules.Burst;
        if (heard.What.ActorId == heard.What.AuthorId)
        {
            var many = await db.Get<int>(
                """
                select count(distinct e.post_id)
                from post_events e
                join posts p on p.id = e.post_id
                where e.actor_id = @ActorId and e.kind = @Deleted and e.at > @since and p.author_id = @ActorId and p.deleted_at is not null
                  and not exists (
                      select 1
                      from post_events o
                      join flags f on f.post_id = o.post_id and f.user_id is null and f.kind = 21 and f.reason = @ManyDeletions
                      where o.actor_id = @ActorId and o.kind = @Deleted and o.at > @since)
                """, new { heard.What.ActorId, Deletion.Deleted, Notices.ManyDeletions, since }, token);
            if (many >= rules.BurstOfDeletions)
                await Raise(heard.What.PostId, Notices.ManyDeletions, token);
        }

        var times = await db.Get<int>("select count(*) from post_events where post_id = @PostId and kind = @Deleted and at > @since", new { heard.What.PostId, Deletion.Deleted, since }, token);
        if (times > ContestedDeletions)
            await Raise(heard.What.PostId, Notices.ContestedDeletion, token);
    }

    public Task Hear(Heard<CommentDeleted> heard, CancellationToken token) => Send(new SettleFlags(heard.What.PostId, heard.What.CommentId), token);

    public Task Hear(Heard<QuestionClosed> heard, CancellationToken token) => Send(new SettleFlags(heard.What.QuestionId), token);

    public Task Hear(Heard<DuplicateContested> heard, CancellationToken token) => Raise(heard.What.QuestionId, Notices.ContestedDuplicate, token);

    // Deleted ones count: whoever copies answers is often deleted before.
    private async Task<bool> IsCopied(Heard<AnswerPosted> heard, FlagSettings rules, CancellationToken token)
    {
        if (!await db.Get<bool>("select exists (select 1 from users where id = @AuthorId and reputation < @CopiedBelowReputation)", new { heard.What.AuthorId, rules.CopiedBelowReputation }, token))
            return false;

        var answers = await db.Query<Said>(
            """
            select p.id as Id, p.question_id as QuestionId, p.body as Body
            from revisions r
            join posts p on p.id = r.post_id and p.kind = 2
            where r.author_id = @AuthorId and r.created_at > @since and r.number = 1
            order by r.created_at desc
            limit @MostCompared
            """, new { heard.What.AuthorId, since = heard.At - rules.CopiedWithin, MostCompared }, token);
        if (answers.FirstOrDefault(answer => answer.Id == heard.What.AnswerId) is not { } written)
            return false;

        var text = FlagRules.Essence(written.Body);
        return text.Length > 0
            && answers.Where(answer => FlagRules.Essence(answer.Body).Equals(text, StringComparison.Ordinal)).Select(answer => answer.QuestionId).Distinct().Count() >= rules.CopiedAnswers;
    }

    private Task Raise(long post, string reason, CancellationToken token) => Send(new RaiseNotice(post, reason), token);

    // In a scope of its own, as if somebody had sent it.
    private async Task Send(IRequest request, CancellationToken token)
    {
        db.EndSnapshot();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(request, token);
    }

    private sealed record Said
    {
        public long Id { get; init; }
        public long QuestionId { get; init; }
        public string Body { get; init; } = "";
    }

    private sealed record Edit
    {
        public long? AuthorId { get; init; }
        public bool IsRollback { get; init; }
    }
}
