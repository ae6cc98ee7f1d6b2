using Forum.Core.Badges;
using Forum.Core.Markdown;
using Forum.Data;

namespace Forum.Core.Tags;

/// <summary>What is said of a tag. Both are posts, as in a dump; the numbers are those of <c>posts.kind</c>.</summary>
public enum TagPart
{
    /// <summary>What the tag is for, in a sentence or two: shown wherever tags are chosen.</summary>
    Excerpt = 4,

    /// <summary>All there is to say.</summary>
    Wiki = 5,
}

/// <summary>A tag as handlers need it.</summary>
internal sealed record FoundTag
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public long? ExcerptPostId { get; init; }
    public long? WikiPostId { get; init; }
    public bool HasGold { get; init; }

    public long? TextOf(TagPart part) => part == TagPart.Excerpt ? ExcerptPostId : WikiPostId;
}

/// <summary>The posts that describe tags.</summary>
internal static class TagTexts
{
    /// <summary>The title of a post, or the name of the tag whose text it is, as a column of the statement that names the post so.</summary>
    public static string TitleOf(string post) => $"coalesce({post}.title, {NameOf(post)})";

    /// <summary>Whether the person @me holds the gold badge of the tag whose text a post is.</summary>
    public static string HasGold(string post) =>
        $"""
        {post}.kind in ({(int)TagPart.Excerpt}, {(int)TagPart.Wiki}) and exists (
            select 1 from badges g join user_badges h on h.badge_id = g.id and h.user_id = @me
            where g.name = {NameOf(post)} and g.is_tag = 1 and g.class = {(int)BadgeClass.Gold})
        """;

    /// <summary>The tag of a name.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public static async Task<FoundTag> TagNamed(this Db db, string name, long? me, CancellationToken token) =>
        await db.Find<FoundTag>(
            $"""
            select t.id as Id, t.name as Name, t.excerpt_post_id as ExcerptPostId, t.wiki_post_id as WikiPostId,
                   exists (
                       select 1 from badges g join user_badges h on h.badge_id = g.id and h.user_id = @me
                       where g.name = t.name and g.is_tag = 1 and g.class = {(int)BadgeClass.Gold}) as HasGold
            from tags t
            where t.name = @name
            """,
            new { name, me }, token) ?? throw new NotFoundException();

    /// <summary>
    /// The post of a tag's text, made if need be: by nobody in particular and empty, so that whatever people write is a revision of theirs.
    /// </summary>
    public static async Task<long> TextFor(this Db db, FoundTag tag, TagPart part, string license, DateTimeOffset now, CancellationToken token)
    {
        if (tag.TextOf(part) is { } known)
            return known;

        var id = await db.Get<long>(
            """
            insert into posts (kind, author_id, body, html, renderer, created_at, active_at, license)
            values (@kind, -1, '', '', @Version, @now, @now, @license)
            returning id
            """,
            new { kind = (int)part, MarkdownRenderer.Version, now, license }, token);
        await db.Execute(
            "insert into revisions (post_id, number, author_id, body, created_at, license) values (@id, 1, -1, '', @now, @license)", new { id, now, license }, token);
        await db.Execute(
            part == TagPart.Excerpt ? "update tags set excerpt_post_id = @post where id = @Id" : "update tags set wiki_post_id = @post where id = @Id",
            new { tag.Id, post = id }, token);
        return id;
    }

    private static string NameOf(string post) =>
        $"""
        case when {post}.kind in ({(int)TagPart.Excerpt}, {(int)TagPart.Wiki}) then coalesce(
            (select n.name from tags n where n.excerpt_post_id = {post}.id), (select n.name from tags n where n.wiki_post_id = {post}.id)) end
        """;
}
