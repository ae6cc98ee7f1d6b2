using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>What tags are listed by.</summary>
public enum TagOrder
{
    /// <summary>Most questions first.</summary>
    Popular,

    /// <summary>By the alphabet.</summary>
    Name,

    /// <summary>Newest first.</summary>
    New,
}

/// <summary>A page of tags whose names contain <paramref name="Search"/>.</summary>
public sealed record ListTags(string Search = "", TagOrder Order = TagOrder.Popular, int Page = 1) : IRequest<PageOf<ListTags.Item>>
{
    public sealed record Item
    {
        public string Name { get; init; } = "";
        public int QuestionCount { get; init; }
        public string? ExcerptHtml { get; init; }

        /// <summary>What the tag is for, as plain text.</summary>
        public string Excerpt => ExcerptHtml is null ? "" : Markdown.PlainText.Excerpt(ExcerptHtml, 200);
    }

    internal sealed class Handler(Db db, ForumSettings settings) : IRequestHandler<ListTags, PageOf<Item>>
    {
        public async Task<PageOf<Item>> Handle(ListTags list, CancellationToken token)
        {
            var size = settings.Pages.Tags;
            var search = TextLength.Clean(list.Search).ToLowerInvariant();
            var like = Like.Containing(search);
            var total = await db.Get<long>(
                search.Length > 0 ? @"select count(*) from tags where name like @like escape '\'" : "select tags from totals", new { like }, token);
            var number = (int)Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));
            var items = await db.Query<Item>(
                $"""
                select t.name as Name, t.question_count as QuestionCount, e.html as ExcerptHtml
                from tags t
                left join posts e on e.id = t.excerpt_post_id and e.deleted_at is null
                {(search.Length > 0 ? @"where t.name like @like escape '\'" : "")}
                order by {OrderOf(list.Order)}
                limit @size offset @skip
                """,
                new { like, size, skip = (number - 1L) * size }, token);
            return new PageOf<Item>(items, number, size, total);
        }

        private static string OrderOf(TagOrder order) => order switch
        {
            TagOrder.Popular => "t.question_count desc, t.name",
            TagOrder.Name => "t.name",
            TagOrder.New => "t.created_at desc, t.id desc",
        };
    }
}

/// <summary>Tags that go on from what somebody has begun to type, or for which such a name stands, most used first.</summary>
public sealed record CompleteTag(string Begun) : IRequest<IReadOnlyList<ListTags.Item>>
{
    private const int Most = 8;

    internal sealed class Handler(Db db) : IRequestHandler<CompleteTag, IReadOnlyList<ListTags.Item>>
    {
        public Task<IReadOnlyList<ListTags.Item>> Handle(CompleteTag complete, CancellationToken token) =>
            db.Query<ListTags.Item>(
                """
                select t.name as Name, t.question_count as QuestionCount, e.html as ExcerptHtml
                from tags t
                left join posts e on e.id = t.excerpt_post_id and e.deleted_at is null
                where (t.name like @like escape '\' or t.id in (select s.tag_id from tag_synonyms s where s.approved_at is not null and s.name like @prefix escape '\'))
                  and t.is_blocked = 0 and t.name not in (select s.name from tag_synonyms s where s.approved_at is not null)
                order by t.name = @begun or t.id in (select s.tag_id from tag_synonyms s where s.approved_at is not null and s.name = @begun) desc, t.name like @prefix escape '\' desc, t.question_count desc, t.name
                limit @Most
                """,
                new
                {
                    begun = TextLength.Clean(complete.Begun).ToLowerInvariant(),
                    like = Like.Containing(TextLength.Clean(complete.Begun).ToLowerInvariant()),
                    prefix = Like.Beginning(TextLength.Clean(complete.Begun).ToLowerInvariant()),
                    Most,
                }, token);
    }
}

/// <summary>Patterns for <c>like … escape '\'</c> that take every character as it is.</summary>
internal static class Like
{
    public static string Containing(string text) => $"%{Literal(text)}%";

    public static string Beginning(string text) => $"{Literal(text)}%";

    private static string Literal(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);
}
