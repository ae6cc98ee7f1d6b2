using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Markdown;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Reviews;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Users;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Core.Abuse;

/// <summary>
/// Brings what the rules suspect before moderators: a post or a comment as a flag in nobody's name, other texts as a line of the log. While one of that sort
/// waits, or was decided within <see cref="FlagSettings.Burst"/>, there is no other. Rules: docs/rules/abuse.md, sections 2 and 5.
/// </summary>
/// <param name="Reason">What is suspected: a key, whose words are <c>flags.noticed-…</c>.</param>
/// <param name="Words">What was found.</param>
/// <param name="Blocked">Which blocked texts these are.</param>
[For(Who.Anyone), EachTime]
public sealed record HoldForReview(string Reason, string Words, long[] Blocked) : IRequest, ICommand
{
    /// <summary>The post, or what the comment is on.</summary>
    public long? PostId { get; init; }
    public long? CommentId { get; init; }

    /// <summary>Whose profile it is.</summary>
    public long? UserId { get; init; }

    /// <summary>The tag whose text it is.</summary>
    public string? Tag { get; init; }

    internal sealed class Handler(Db db, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<HoldForReview>
    {
        public async Task Handle(HoldForReview hold, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            if (!await (hold.PostId is { } post ? Flag(hold, post, now, token) : Log(hold, token)))
                return;
            if (hold.Blocked.Length > 0)
                await db.CountHits(hold.Blocked, now, token);
        }

        private async Task<bool> Flag(HoldForReview hold, long postId, DateTimeOffset now, CancellationToken token)
        {
            var place = await db.Find<Place>(
                $"""
                select coalesce(c.author_id, p.author_id) as AuthorId, coalesce(p.question_id, p.id) as QuestionId,
                       exists (
                           select 1 from flags f
                           where f.post_id = p.id and f.kind = {(int)FlagKind.Noticed} and f.reason = @Reason and f.comment_id is @CommentId and (f.state = 0 or f.decided_at > @since)) as IsKnown
                from posts p
                left join comments c on c.id = @CommentId
                where p.id = @postId and p.kind in (1, 2) and p.deleted_at is null and c.deleted_at is null
                """, new { postId, hold.CommentId, hold.Reason, since = now - settings.Flags.Burst }, token);
            if (place is null or { IsKnown: true })
                return false;

            var id = await db.Raise(
                new Flag { Kind = FlagKind.Noticed, PostId = postId, CommentId = hold.CommentId, Reason = hold.Reason, Words = hold.Words, RaisedAt = now }, place.AuthorId, log, token);
            happened.Note(new FlagRaised(id, FlagKind.Noticed, postId, place.QuestionId, hold.CommentId, null, place.AuthorId));
            return true;
        }

        private async Task<bool> Log(HoldForReview hold, CancellationToken token)
        {
            var tag = hold.Tag is null ? null : await db.Find<long?>("select id from tags where name = @Tag", new { hold.Tag }, token);
            var act = hold.UserId is { } person ? new Act("suspect-profile", ActSubject.User, person) { ConcernsId = person } : tag is { } id ? new Act("suspect-tag-text", ActSubject.Tag, id) : null;
            if (act is null)
                return false;
            await log.Record(act with { ByItself = true, After = new { hold.Blocked } }, token);
            return true;
        }

        private sealed record Place
        {
            public long? AuthorId { get; init; }
            public long QuestionId { get; init; }
            public bool IsKnown { get; init; }
        }
    }
}

/// <summary>Looks, when something was written, whether it has something in it that is taken but looked at, or looks like spam. Nobody waits for it.</summary>
internal sealed class SuspectTexts(Db db, IServiceScopeFactory scopes, BlockedTexts blocked, ISpamCheck spam, SettingsStore settings)
    : IHear<QuestionAsked>, IHear<AnswerPosted>, IHear<PostEdited>, IHear<CommentPosted>, IHear<CommentEdited>, IHear<EditSuggested>, IHear<ProfileEdited>
{
    public async Task Hear(Heard<QuestionAsked> heard, CancellationToken token) => await Post(heard.What.QuestionId, heard.What.AuthorId, 1, heard.At, token);

    public async Task Hear(Heard<AnswerPosted> heard, CancellationToken token) => await Post(heard.What.AnswerId, heard.What.AuthorId, 1, heard.At, token);

    public Task Hear(Heard<PostEdited> heard, CancellationToken token) =>
        heard.What.Tag is { } tag ? TagText(heard.What, tag, token) : Post(heard.What.PostId, heard.What.EditorId, heard.What.Revision, heard.At, token);

    public Task Hear(Heard<CommentPosted> heard, CancellationToken token) => Comment(heard.What.CommentId, heard.What.PostId, heard.What.AuthorId, token);

    public Task Hear(Heard<CommentEdited> heard, CancellationToken token) => Comment(heard.What.CommentId, heard.What.PostId, heard.What.EditorId, token);

    public async Task Hear(Heard<EditSuggested> heard, CancellationToken token)
    {
        var texts = await db.Find<Texts>(
            """
            select coalesce(e.title, '') || char(10) || e.body || char(10) || e.comment as Now, coalesce(p.title, '') || char(10) || p.body as Was
            from suggested_edits e
            join posts p on p.id = e.post_id
            where e.id = @EditId and p.kind in (1, 2)
            """, new { heard.What.EditId }, token);
        if (texts is not null && await Found(texts, heard.What.AuthorId, token) is { Count: > 0 } found)
            await Hold(found, new HoldForReview(Notices.BlockedText, "", []) { PostId = heard.What.PostId }, token);
    }

    public async Task Hear(Heard<ProfileEdited> heard, CancellationToken token)
    {
        var texts = await db.Find<Texts>(
            "select name || char(10) || about || char(10) || location || char(10) || website as Now from users where id = @UserId", new { heard.What.UserId }, token);
        if (texts is not null && await Found(texts, heard.What.EditorId, token) is { Count: > 0 } found)
            await Hold(found, new HoldForReview(Notices.BlockedText, "", []) { UserId = heard.What.UserId }, token);
    }

    private async Task TagText(PostEdited edited, string tag, CancellationToken token)
    {
        if (await TextsOf(edited.PostId, edited.Revision, token) is { } texts && await Found(texts, edited.EditorId, token) is { Count: > 0 } found)
            await Hold(found, new HoldForReview(Notices.BlockedText, "", []) { Tag = tag }, token);
    }

    private async Task Post(long id, long writer, int revision, DateTimeOffset at, CancellationToken token)
    {
        if (await TextsOf(id, revision, token) is not { } texts)
            return;
        if (await Found(texts, writer, token) is { Count: > 0 } found)
            await Hold(found, new HoldForReview(Notices.BlockedText, "", []) { PostId = id }, token);
        await Weigh(id, at, token);
    }

    private async Task Comment(long id, long post, long writer, CancellationToken token)
    {
        var texts = await db.Find<Texts>("select body as Now from comments where id = @id and deleted_at is null", new { id }, token);
        if (texts is not null && await Found(texts, writer, token) is { Count: > 0 } found)
            await Hold(found, new HoldForReview(Notices.BlockedText, "", []) { PostId = post, CommentId = id }, token);
    }

    private async Task Weigh(long id, DateTimeOffset at, CancellationToken token)
    {
        var rules = settings.Current.Abuse;
        if (!rules.Spam || await db.SpamSample(id, rules.SpamBelowReputation, token) is not { } sample || await spam.Likelihood(sample, token) is not { } likelihood)
            return;

        var percent = (int)(100 * likelihood);
        if (percent >= rules.SpamFlagged)
            await Send(new HoldForReview(Notices.SuspectedSpam, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{percent} %"), []) { PostId = id }, token);
        else if (percent >= rules.SpamReviewed)
        {
            db.EndSnapshot();
            await db.InTransaction(() => db.OpenTask(ReviewQueue.LowQuality, id, Notices.SuspectedSpam, at, token), token);
        }
    }

    private Task<Texts?> TextsOf(long post, int revision, CancellationToken token) =>
        db.Find<Texts>(
            """
            select coalesce(p.title, '') || char(10) || p.body as Now,
                   coalesce((select r.title from revisions r where r.post_id = p.id and r.number < @revision and r.title is not null order by r.number desc limit 1), '') || char(10)
                   || coalesce((select r.body from revisions r where r.post_id = p.id and r.number < @revision and r.body is not null order by r.number desc limit 1), '') as Was
            from posts p
            where p.id = @post and p.deleted_at is null
            """, new { post, revision }, token);

    private async Task<IReadOnlyList<BlockedText>> Found(Texts texts, long writer, CancellationToken token)
    {
        var set = await blocked.Now(db, token);
        var held = set.In(texts.Now).Where(hit => hit.Action == BlockedAction.Hold).ToList();
        if (held.Count == 0 || await db.Find<bool?>("select is_moderator = 1 or is_administrator = 1 from users where id = @writer", new { writer }, token) == true)
            return [];
        var before = set.In(texts.Was);
        return [.. held.Where(hit => !before.Contains(hit))];
    }

    private Task Hold(IReadOnlyList<BlockedText> found, HoldForReview hold, CancellationToken token) =>
        Send(hold with { Words = string.Join(", ", found.Select(text => text.Text)), Blocked = [.. found.Select(text => text.Id)] }, token);

    private async Task Send(IRequest request, CancellationToken token)
    {
        db.EndSnapshot();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(request, token);
    }

    private sealed record Texts
    {
        public string Now { get; init; } = "";
        public string? Was { get; init; }
    }
}
