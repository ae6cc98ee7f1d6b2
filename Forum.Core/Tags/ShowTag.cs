using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>All there is to say of a tag.</summary>
/// <exception cref="NotFoundException">There is no such tag.</exception>
public sealed record ShowTag(string Tag) : IRequest<ShowTag.View>
{
    /// <summary>The tag; when the name only stands for another, that.</summary>
    public sealed record View
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int QuestionCount { get; init; }
        public int UnansweredCount { get; init; }

        /// <summary>When it was first used; of an imported one that nobody used, 1970.</summary>
        public DateTimeOffset CreatedAt { get; init; }
        public bool IsRequired { get; init; }
        public bool IsModeratorOnly { get; init; }
        public bool IsBlocked { get; init; }
        public long? ExcerptPostId { get; init; }
        public string? ExcerptHtml { get; init; }
        public long? WikiPostId { get; init; }

        /// <summary>The wiki as it is sent to the browser.</summary>
        public string? WikiHtml { get; init; }
        public string Related { get; init; } = "";

        /// <summary>The tag whose questions are being moved here or, when <see cref="IsLeaving"/>, that its own are being moved to; null when neither is.</summary>
        public string? Merging { get; init; }
        public bool IsLeaving { get; init; }
        public int Moved { get; init; }
        public int ToMove { get; init; }

        /// <summary>Names that stand for it.</summary>
        public IReadOnlyList<string> Synonyms { get; init; } = [];

        /// <summary>What was done to it, newest first.</summary>
        public IReadOnlyList<Line> History { get; init; } = [];

        /// <summary>What it is for, as plain text.</summary>
        public string Excerpt => ExcerptHtml is null ? "" : Markdown.PlainText.Of(ExcerptHtml);

        /// <summary>Tags that often stand beside it.</summary>
        public IReadOnlyList<RelatedTag> RelatedTags => RelatedTag.Parse(Related);
    }

    /// <summary>Something that was done to a tag.</summary>
    public sealed record Line
    {
        public string Kind { get; init; } = "";
        public string Tag { get; init; } = "";
        public string Other { get; init; } = "";
        public long? ActorId { get; init; }
        public string? ActorName { get; init; }
        public DateTimeOffset At { get; init; }
    }

    internal sealed class Handler(Db db, ForumSettings settings) : IRequestHandler<ShowTag, View>
    {
        public async Task<View> Handle(ShowTag show, CancellationToken token)
        {
            var tag = await db.Find<View>(
                """
                select t.id as Id, t.name as Name, t.question_count as QuestionCount, t.unanswered_count as UnansweredCount, t.created_at as CreatedAt,
                       t.is_required as IsRequired, t.is_moderator_only as IsModeratorOnly, t.is_blocked as IsBlocked, t.related as Related,
                       t.excerpt_post_id as ExcerptPostId, e.html as ExcerptHtml, t.wiki_post_id as WikiPostId, w.html as WikiHtml,
                       other.name as Merging, coalesce(m.tag_id = t.id, 0) as IsLeaving, coalesce(m.moved, 0) as Moved, coalesce(m.questions, 0) as ToMove
                from tags t
                left join posts e on e.id = t.excerpt_post_id and e.deleted_at is null
                left join posts w on w.id = t.wiki_post_id and w.deleted_at is null
                left join tag_merges m on m.id = (select min(id) from tag_merges where finished_at is null and (tag_id = t.id or into_id = t.id))
                left join tags other on other.id = case when m.tag_id = t.id then m.into_id else m.tag_id end
                where t.id = coalesce(
                    (select s.tag_id from tag_synonyms s where s.name = @Tag and s.approved_at is not null), (select id from tags where name = @Tag))
                """,
                new { show.Tag }, token) ?? throw new NotFoundException();
            return tag with
            {
                WikiHtml = tag.WikiHtml is { Length: > 0 } html ? await db.Shown(html, "w", settings, token) : null,
                Synonyms = await db.Query<string>("select name from tag_synonyms where tag_id = @Id and approved_at is not null order by name", new { tag.Id }, token),
                History = await db.Query<Line>(
                    """
                    select h.kind as Kind, h.tag as Tag, h.other as Other, h.actor_id as ActorId, u.name as ActorName, h.at as At
                    from (
                        select * from (select * from tag_events where tag = @Name order by id desc limit @History)
                        union
                        select * from (select * from tag_events where other = @Name and other <> '' order by id desc limit @History)
                        order by id desc
                        limit @History) h
                    left join users u on u.id = h.actor_id
                    order by h.id desc
                    """,
                    new { tag.Name, settings.Tags.History }, token),
            };
        }
    }
}
