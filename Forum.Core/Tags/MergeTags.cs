using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>
/// Makes a tag another one: its name stands for the other from now on, and its questions follow, some at a time
/// (<see cref="ApplyTagMerges"/>). What was a synonym of it is one of the other. There is no way back. Rules: docs/rules/tags.md.
/// </summary>
/// <param name="From">The tag that goes.</param>
/// <param name="Into">The tag that stays.</param>
[For(Who.Moderator)]
public sealed record MergeTags(string From, string Into) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<MergeTags>
    {
        public async Task Handle(MergeTags merge, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var (from, into) = (await db.TagNamed(merge.From, user.Id, token), await db.MergeTarget(merge.Into, token));
            (await db.WhyNotMerge(from, into, token))?.Throw();

            await db.LogTag(TagEvent.MergeAsked, into.Name, from.Name, user.Required, now, token);
            await log.Record(new Act("merge-tags", ActSubject.Tag, into.Id) { Before = new { Tag = from.Name }, After = new { Tag = into.Name } }, token);
            await db.BeginMerge(from, into, isRename: false, user.Required, happened, now, token);
        }
    }
}

/// <summary>
/// Gives a tag another name: the new tag takes over what is said of the old one and its rules, and the old one is merged into it. Where
/// the new name stood for the tag, both change places.
/// </summary>
/// <param name="From">The tag.</param>
/// <param name="To">Its new name.</param>
[For(Who.Moderator)]
public sealed record RenameTag(string From, string To) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<RenameTag>
    {
        public Rules(ForumSettings settings) => RuleFor(r => r.To).IsTag(settings.Limits);
    }

    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<RenameTag>
    {
        public async Task Handle(RenameTag rename, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var from = await db.TagNamed(rename.From, user.Id, token);
            var to = TagNames.Parse(rename.To)[0];
            (await db.WhyNotRename(from, to, token))?.Throw();

            await db.Execute("delete from tag_synonyms where name = @to", new { to }, token);
            var id = await db.Get<long>(
                """
                insert into tags (name, created_at, created_by, excerpt_post_id, wiki_post_id, is_required, is_moderator_only, related)
                select @to, created_at, created_by, excerpt_post_id, wiki_post_id, is_required, is_moderator_only, related
                from tags
                where id = @Id
                returning id
                """,
                new { from.Id, to }, token);
            await db.Execute("update tags set excerpt_post_id = null, wiki_post_id = null, is_required = 0 where id = @Id", new { from.Id }, token);
            await db.Execute("update totals set tags = tags + 1", token: token);
            await db.LogTag(TagEvent.RenameAsked, to, from.Name, user.Required, now, token);
            await log.Record(new Act("rename-tag", ActSubject.Tag, id) { Before = new { Tag = from.Name }, After = new { Tag = to } }, token);
            await db.BeginMerge(from, new FoundTag { Id = id, Name = to }, isRename: true, user.Required, happened, now, token);
        }
    }

    // The old name stands for the tag, and the two change places again.
    internal sealed class Undo : IUndo
    {
        public string Action => "rename-tag";

        public IBaseRequest? Command(LoggedAct act) => act.Text("Tag") is { } now && act.FormerText("Tag") is { } before ? new RenameTag(now, before) : null;
    }
}

/// <summary>What merging or renaming a tag would change, and why it may not be.</summary>
/// <param name="From">The tag that goes.</param>
/// <param name="To">The tag that stays, or the new name.</param>
/// <param name="IsRename">Whether the other is a new name.</param>
/// <exception cref="NotFoundException">There is no such tag.</exception>
[For(Who.Moderator)]
public sealed record PreviewMerge(string From, string To, bool IsRename) : IRequest<PreviewMerge.View>
{
    /// <summary>What would change.</summary>
    public sealed record View
    {
        public string From { get; init; } = "";
        public string To { get; init; } = "";

        /// <summary>Questions that would carry the other tag, those that are deleted among them.</summary>
        public long Questions { get; init; }

        /// <summary>Those of them that carry both already, as far as they are counted.</summary>
        public long Both { get; init; }

        /// <summary>Questions that carry the other tag now.</summary>
        public long There { get; init; }

        /// <summary>Synonyms that would stand for the other tag.</summary>
        public long Synonyms { get; init; }

        /// <summary>Badges of the tag that would be the other's.</summary>
        public long Badges { get; init; }

        /// <summary>Why it may not be done, or null.</summary>
        public Refusal? WhyNot { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<PreviewMerge, View>
    {
        public async Task<View> Handle(PreviewMerge preview, CancellationToken token)
        {
            var from = await db.TagNamed(preview.From, user.Id, token);
            var to = TagNames.Parse(preview.To) is [var name] && TagNames.IsValid(name, settings.Limits.TagLength) ? name : null;
            if (to is null)
                return new View { From = from.Name, To = preview.To, WhyNot = new Refusal("tags.not-a-name", settings.Limits.TagLength) };

            var counts = await db.Get<View>(
                """
                select (select question_count from tags where id = @Id) + (select count(*) from question_tags where tag_id = @Id and is_listed = 0) as Questions,
                       (select count(*)
                        from (select question_id from question_tags where tag_id = @Id limit @MostCounted) q
                        join question_tags o on o.question_id = q.question_id and o.tag_id = (select id from tags where name = @to)) as Both,
                       coalesce((select question_count from tags where name = @to), 0) as There,
                       (select count(*) from tag_synonyms where tag_id = @Id and name <> @to) as Synonyms,
                       coalesce((select sum(award_count) from badges where name = @Name and is_tag = 1), 0) as Badges
                """,
                new { from.Id, from.Name, to, settings.Pages.MostCounted }, token);
            return counts with { From = from.Name, To = to, WhyNot = await WhyNot(preview, from, to, token) };
        }

        private async Task<Refusal?> WhyNot(PreviewMerge preview, FoundTag from, string to, CancellationToken token)
        {
            if (preview.IsRename)
                return await db.WhyNotRename(from, to, token);
            var into = await db.Find<FoundTag>("select id as Id, name as Name from tags where name = @to", new { to }, token);
            return into is null ? new Refusal("tags.no-such", to) : await db.WhyNotMerge(from, into, token);
        }
    }
}

/// <summary>What merging and renaming share.</summary>
internal static class TagMerges
{
    /// <summary>The tag that another is to become.</summary>
    /// <exception cref="RefusedException">There is none of that name.</exception>
    public static async Task<FoundTag> MergeTarget(this Db db, string name, CancellationToken token)
    {
        var clean = TagNames.Parse(name) is [var one] ? one : name;
        return await db.Find<FoundTag>(
                "select id as Id, name as Name, excerpt_post_id as ExcerptPostId, wiki_post_id as WikiPostId from tags where name = @clean", new { clean }, token)
            ?? throw new RefusedException(new Refusal("tags.no-such", clean));
    }

    /// <summary>Why a tag may not become another. That its name stands for it already is no hindrance, nor that it has synonyms: they come along.</summary>
    public static async Task<Refusal?> WhyNotMerge(this Db db, FoundTag from, FoundTag into, CancellationToken token)
    {
        var facts = await db.SynonymFacts(from.Name, into, null, token);
        return TagRules.WhyNotJoin(from.Name, into.Name, facts with { HasSynonyms = false, StandsFor = facts.StandsFor == into.Name ? null : facts.StandsFor });
    }

    /// <summary>Why a tag may not have another name.</summary>
    public static async Task<Refusal?> WhyNotRename(this Db db, FoundTag from, string to, CancellationToken token)
    {
        var facts = await db.SynonymFacts(to, from, null, token);
        return TagRules.WhyNotJoin(to, from.Name, facts with { HasSynonyms = false, StandsFor = facts.StandsFor == from.Name ? null : facts.StandsFor })
            ?? (await db.Get<bool>("select exists (select 1 from tags where name = @to)", new { to }, token) ? new Refusal("tags.exists", to) : null);
    }

    /// <summary>Lets a tag's name and its synonyms stand for another, and asks for its questions to be moved there.</summary>
    public static async Task BeginMerge(this Db db, FoundTag from, FoundTag into, bool isRename, long by, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("update tag_synonyms set tag_id = @into where tag_id = @from", new { from = from.Id, into = into.Id }, token);
        var proposedBy = await db.LetStandFor(from.Name, into.Id, by, now, token);
        await db.Execute(
            """
            insert into tag_merges (tag_id, into_id, is_rename, questions, asked_by, asked_at)
            values (
                @from, @into, @isRename,
                (select question_count from tags where id = @from) + (select count(*) from question_tags where tag_id = @from and is_listed = 0), @by, @now)
            """,
            new { from = from.Id, into = into.Id, isRename, by, now }, token);
        happened.Note(new TagChanged(from.Name, by));
        happened.Note(new SynonymApproved(into.Name, from.Name, proposedBy));
    }
}
