using Forum.Core.Pipeline;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Markdown;

/// <summary>
/// Renders again what an older renderer made: posts, comments and texts about people, some at a time, so that people's
/// writes pass between. Returns how many were rendered. What was written meanwhile is left to who wrote it.
/// </summary>
/// <param name="Progress">Is told how many are done of how many.</param>
[For(Who.Anyone)]
public sealed record RenderStale(IProgress<(long Done, long Of)>? Progress = null) : IRequest<long>
{
    const int Chunk = 100;

    internal sealed class Handler(Db db, MarkdownRenderer renderer, CommunityMarkdown community) : IRequestHandler<RenderStale, long>
    {
        public async Task<long> Handle(RenderStale request, CancellationToken cancellationToken)
        {
            var version = MarkdownRenderer.Version;
            var all = await db.Get<long>(
                """
                select (select count(*) from posts where renderer < @version)
                     + (select count(*) from comments where renderer < @version)
                     + (select count(*) from users where about_renderer < @version and about <> '')
                """,
                new { version }, cancellationToken);
            long done = 0;
            foreach (var kind in Kind.All)
            {
                long after = long.MinValue;
                while (await db.Query<Text>(kind.Stale, new { version, after, chunk = Chunk }, cancellationToken) is { Count: > 0 } texts)
                {
                    after = texts[^1].Id;
                    var rendered = texts.Select(text => (Text: text, Html: Render(text, kind.Profile))).ToList();
                    await db.InTransaction(
                        async () =>
                        {
                            foreach (var (text, html) in rendered)
                                await Store(kind, text, html, version, cancellationToken);
                        },
                        cancellationToken);
                    done += texts.Count;
                    request.Progress?.Report((done, all));
                }
            }

            return done;
        }

        /// <summary>What the renderer refuses today keeps the HTML that it has.</summary>
        string Render(Text text, MarkdownProfile profile)
        {
            var options = community.Options(profile) with { Dialect = MarkdownOptions.DialectOf(text.WrittenAt) };
            var rendered = text.IsHtml ? MarkdownRenderer.RenderHtml(text.Body, options) : renderer.Render(text.Body, options);
            return rendered.Refusal is null ? rendered.Html : text.Html;
        }

        async Task Store(Kind kind, Text text, string html, int version, CancellationToken token)
        {
            var isStored = await db.Execute(kind.Update, new { text.Id, text.Body, html, version }, token) > 0;
            if (!isStored || kind.Profile != MarkdownProfile.Post)
                return;

            foreach (var post in await db.Query<IndexedPost>($"{IndexedPost.Select} where p.id = @Id and {IndexedPost.IsVisible}", new { text.Id }, token))
                await db.Index(post.Id, post.Title, PlainText.Of(post.Html), token);
        }
    }

    /// <summary>Where rendered texts are.</summary>
    sealed record Kind(MarkdownProfile Profile, string Stale, string Update)
    {
        public static readonly Kind[] All =
        [
            new(
                MarkdownProfile.Post,
                """
                select id as Id, body as Body, body_is_html as IsHtml, html as Html, coalesce(edited_at, created_at) as WrittenAt
                from posts where renderer < @version and id > @after order by id limit @chunk
                """,
                "update posts set html = @html, renderer = @version where id = @Id and body = @Body"),
            new(
                MarkdownProfile.Comment,
                """
                select id as Id, body as Body, 0 as IsHtml, html as Html, coalesce(edited_at, created_at) as WrittenAt
                from comments where renderer < @version and id > @after order by id limit @chunk
                """,
                "update comments set html = @html, renderer = @version where id = @Id and body = @Body"),
            new(
                MarkdownProfile.About,
                """
                select id as Id, about as Body, 0 as IsHtml, about_html as Html, seen_at as WrittenAt
                from users where about_renderer < @version and about <> '' and id > @after order by id limit @chunk
                """,
                "update users set about_html = @html, about_renderer = @version where id = @Id and about = @Body"),
        ];
    }

    sealed record Text
    {
        public long Id { get; init; }
        public string Body { get; init; } = "";
        public bool IsHtml { get; init; }
        public string Html { get; init; } = "";
        public DateTimeOffset WrittenAt { get; init; }
    }
}
