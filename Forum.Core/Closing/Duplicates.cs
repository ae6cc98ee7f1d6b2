using System.Globalization;
using System.Text.RegularExpressions;
using Forum.Core.Badges;
using Forum.Core.Comments;
using Forum.Core.Markdown;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Closing;

/// <summary>Originals of duplicates as people type them: numbers or addresses of questions or answers, one a line or between blanks.</summary>
public static partial class TypedTargets
{
    /// <summary>The posts that are named, in their order; null when something is none.</summary>
    public static IReadOnlyList<long>? Parse(string? text)
    {
        var ids = new List<long>();
        foreach (var word in (text ?? "").Split((char[])[' ', '\n', '\r', '\t', ',', ';', '，'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Address().Match(word) is not { Success: true } match
                || !long.TryParse(match.Groups["id"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return null;
            if (!ids.Contains(id))
                ids.Add(id);
        }

        return ids;
    }

    // An answer's place on its question's page is named by what follows #.
    [GeneratedRegex(@"^(?:#?(?<id>\d{1,18})|(?:https?://[^/]+)?/(?:questions|q|a)/(?<id>\d{1,18})(?:[/?#].*)?)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}

/// <summary>Duplicates and their originals: <c>post_links</c> of kind 3. Rules: docs/rules/closing.md.</summary>
internal static class Duplicates
{
    private const int LongestChain = 10;

    /// <summary>
    /// The questions that are meant by what is named as originals of a question: an answer stands for its question, a duplicate for its own
    /// originals.
    /// </summary>
    /// <exception cref="RefusedException">One of them may not stand as one.</exception>
    public static async Task<IReadOnlyList<long>> Originals(this Db db, long questionId, IReadOnlyList<long> named, ForumSettings settings, CancellationToken token)
    {
        var found = await db.Meant(questionId, named, token);
        var originals = new List<long>();
        foreach (var name in named)
        {
            var meant = found.Where(target => target.Named == name).ToList();
            if (meant.Count == 0)
                new Refusal("closing.no-target", name).Throw();
            foreach (var target in meant)
            {
                ClosingRules.WhyNotTarget(questionId, target)?.Throw();
                if (!originals.Contains(target.Id))
                    originals.Add(target.Id);
            }
        }

        if (originals.Count > settings.Closing.Targets)
            new Refusal("closing.too-many-targets", settings.Closing.Targets).Throw();
        return originals;
    }

    /// <summary>Votes to close as they count now: what was named long ago may stand for other questions by now, or for none.</summary>
    public static async Task<IReadOnlyList<CloseVoteRow>> Current(this Db db, long questionId, IReadOnlyList<CloseVoteRow> votes, CancellationToken token)
    {
        var found = await db.Meant(questionId, [.. votes.Select(v => v.TargetId).OfType<long>().Distinct()], token);
        return
        [
            .. votes.Where(v => v.TargetId is null),
            .. from vote in votes
               from target in found
               where target.Named == vote.TargetId && ClosingRules.WhyNotTarget(questionId, target) is null
               select vote with { TargetId = target.Id },
        ];
    }

    private static async Task<IReadOnlyList<DuplicateTarget>> Meant(this Db db, long questionId, IReadOnlyList<long> named, CancellationToken token) =>
        named.Count == 0 ? [] : await db.Query<DuplicateTarget>(
            $"""
            with recursive chain (named, id, depth) as (
                select p.id, coalesce(p.question_id, p.id), 0
                from posts p
                where {db.Dialect.InList("p.id", "@named")} and p.kind in (1, 2) and p.deleted_at is null
                union
                select c.named, l.to_post_id, c.depth + 1
                from chain c
                join posts d on d.id = c.id and d.closed_at is not null and d.close_reason = '{CloseReason.Duplicate}'
                join post_links l on l.from_post_id = d.id and l.kind = 3
                where c.depth < {LongestChain} and d.id <> @questionId)
            select c.named as Named, q.id as Id, q.kind = 1 as IsQuestion, q.deleted_at is not null as IsDeleted, q.is_answered as IsAnswered
            from chain c
            join posts q on q.id = c.id
            where q.id = @questionId or q.closed_at is null or q.close_reason is not '{CloseReason.Duplicate}'
               or not exists (select 1 from post_links l where l.from_post_id = q.id and l.kind = 3)
            """, new { named = db.Dialect.List(named), questionId }, token);

    /// <summary>The tag whose gold badge lets a person decide alone that a question is a duplicate, or is none; null when there is none.</summary>
    public static async Task<string?> Hammer(this Db db, long me, long questionId, CancellationToken token)
    {
        var golden = await db.Query<string>(
            $"""
            select t.name
            from question_tags q
            join tags t on t.id = q.tag_id
            join badges b on b.name = t.name and b.is_tag = 1 and b.class = {(int)BadgeClass.Gold}
            join user_badges h on h.badge_id = b.id and h.user_id = @me
            where q.question_id = @questionId
            """, new { me, questionId }, token);
        if (golden.Count == 0)
            return null;

        var history = await db.Query<Retagging>(
            """
            select r.author_id as AuthorId, coalesce(x.tags, r.tags) as Tags
            from revisions r
            left join redacted_revisions x on x.redaction_id = r.redaction_id and x.number = r.number
            where r.post_id = @questionId and r.tags is not null
            order by r.number
            """, new { questionId }, token);
        return ClosingRules.Hammer(me, golden, history);
    }

    /// <summary>The originals of a question.</summary>
    public static Task<IReadOnlyList<long>> OriginalsOf(this Db db, long questionId, CancellationToken token) =>
        db.Query<long>("select to_post_id from post_links where from_post_id = @questionId and kind = 3 order by created_at, to_post_id", new { questionId }, token);

    /// <summary>Makes some questions the originals of another; its own duplicates become theirs. Returns those duplicates.</summary>
    public static async Task<IReadOnlyList<long>> MarkDuplicate(this Db db, long questionId, IReadOnlyList<long> targets, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("delete from post_links where from_post_id = @questionId and kind = 3", new { questionId }, token);
        // The order of the list is that of their times.
        for (var i = 0; i < targets.Count; i++)
        {
            await db.Execute(
                "insert into post_links (from_post_id, to_post_id, kind, created_at) values (@questionId, @target, 3, @at) on conflict do nothing",
                new { questionId, target = targets[i], at = now.AddMilliseconds(i) }, token);
        }

        var chained = await db.Query<long>("select from_post_id from post_links where to_post_id = @questionId and kind = 3", new { questionId }, token);
        if (chained.Count == 0)
            return [];

        await db.Execute(
            $"""
            insert into post_links (from_post_id, to_post_id, kind, created_at)
            select l.from_post_id, t.id, 3, l.created_at
            from post_links l
            join posts t on {db.Dialect.InList("t.id", "@targets")}
            where l.to_post_id = @questionId and l.kind = 3 and l.from_post_id <> t.id
            on conflict do nothing
            """, new { questionId, targets = db.Dialect.List(targets) }, token);
        await db.Execute("delete from post_links where to_post_id = @questionId and kind = 3", new { questionId }, token);
        return chained;
    }
}

/// <summary>
/// Keeps the comment in which the program asks the asker whether another question answers theirs: it is there while votes say so, and
/// goes when the question is closed or the last of them was taken back. Scoped.
/// </summary>
internal sealed class DuplicateProposals(Db db, CommunityMarkdown markdown, ForumSettings settings, Happened happened)
{
    /// <summary>Writes the comment or removes it, as the votes on a question want it.</summary>
    public async Task Keep(long questionId, DateTimeOffset now, CancellationToken token)
    {
        var proposed = await db.Query<long>(
            $"""
            select t.target_id
            from moderation_votes v
            join close_vote_targets t on t.vote_id = v.id
            where v.post_id = @questionId and v.kind = {(int)ModerationVoteKind.Close} and v.outcome is null
            order by v.id, t.place
            """, new { questionId }, token);
        var comment = await db.Find<Row>(
            "select id as Id, html as Html from comments where post_id = @questionId and is_proposal = 1 and deleted_at is null limit 1", new { questionId }, token);
        // Of a vote that was taken back the comment may name what nobody proposes any more.
        if (comment is not null && !markdown.PostsNamedIn(comment.Html).Any(proposed.Contains))
        {
            await Remove(questionId, comment, now, token);
            comment = null;
        }

        if (comment is null && proposed.Count > 0)
            await Ask(questionId, proposed[0], now, token);
    }

    private async Task Ask(long questionId, long target, DateTimeOffset now, CancellationToken token)
    {
        var body = new Uri(settings.PublicUrl, $"/q/{target.ToString(CultureInfo.InvariantCulture)}").AbsoluteUri;
        var html = markdown.Comment(body, "Body");
        var id = await db.Get<long>(
            """
            insert into comments (post_id, author_id, body, html, renderer, created_at, license, is_proposal)
            values (@questionId, @Community, @body, @html, @renderer, @now, @License, 1)
            returning id
            """, new { questionId, People.Community, body, html, renderer = MarkdownRenderer.Version, now, settings.License }, token);
        await db.CountComments(questionId, token);
        happened.Note(new CommentPosted(id, questionId, questionId, People.Community, []));
        happened.NoteLinks(questionId, questionId, await db.KeepLinks(questionId, [], [target], _ => [], now, token));
    }

    private async Task Remove(long questionId, Row comment, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("update comments set deleted_at = @now, deleted_by = @Community where id = @Id", new { comment.Id, People.Community, now }, token);
        await db.CountComments(questionId, token);
        happened.Note(new CommentDeleted(comment.Id, questionId, questionId, People.Community));
        happened.NoteLinks(questionId, questionId, await db.KeepLinks(questionId, markdown.PostsNamedIn(comment.Html), [], markdown.PostsNamedIn, now, token));
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public string Html { get; init; } = "";
    }
}
