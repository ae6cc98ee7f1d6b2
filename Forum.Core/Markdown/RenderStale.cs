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

    internal sealed class Handler(Db db, MarkdownRenderer renderer, CommunityMarkdown community, Happened happened) : IRequestHandler<RenderStale, long>
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
                    var rendered = texts.Select(text => Render(text, kind.Profile)).ToList();
                    await db.InShortTransactions(rendered, text => Store(kind, text, version, cancellationToken), cancellationToken);
                    done += texts.Count;
                    request.Progress?.Report((done, all));
                }
            }

            // Once for all: until then kept pages show what the older renderer made, which was good enough yesterday.
            if (done > 0)
                await happened.Announce(new TextsRendered(done), db, cancellationToken);
            return done;
        }

        /// <summary>What the renderer refuses today keeps the HTML that it has.</summary>
        Rendered Render(Text text, MarkdownProfile profile)
        {
            var options = community.Options(profile) with { Dialect = MarkdownOptions.DialectOf(text.WrittenAt) };
            var rendered = text.IsHtml ? MarkdownRenderer.RenderHtml(text.Body, options) : renderer.Render(text.Body, options);
            var html = rendered.Refusal is null ? rendered.Html : text.Html;
            return new(text.Id, text.Body, html, text.Title, profile == MarkdownProfile.Post ? IndexedWords.Of(text.Title, html) : null);
        }

        async Task Store(Kind kind, Rendered text, int version, CancellationToken token)
        {
            var isStored = await db.Execute(kind.Update, new { text.Id, text.Body, text.Html, version }, token) > 0;
            if (!isStored || text.Words is null)
                return;

            if (await db.Find<Indexed>("select title as Title from posts where id = @Id and kind in (1, 2) and is_listed = 1", new { text.Id }, token) is { } now)
                await db.Index(text.Id, now.Title == text.Title ? text.Words : text.Words with { Title = SearchTerms.ForIndex(now.Title ?? "") }, token);
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
                select id as Id, title as Title, body as Body, body_is_html as IsHtml, html as Html, coalesce(edited_at, created_at) as WrittenAt
                from posts where renderer < @version and id > @after order by id limit @chunk
                """,
                "update posts set html = @Html, renderer = @version where id = @Id and body = @Body"),
            new(
                MarkdownProfile.Comment,
                """
                select id as Id, body as Body, 0 as IsHtml, html as Html, coalesce(edited_at, created_at) as WrittenAt
                from comments where renderer < @version and id > @after order by id limit @chunk
                """,
                "update comments set html = @Html, renderer = @version where id = @Id and body = @Body"),
            new(
                MarkdownProfile.About,
                """
                select id as Id, about as Body, 0 as IsHtml, about_html as Html, seen_at as WrittenAt
                from users where about_renderer < @version and about <> '' and id > @after order by id limit @chunk
                """,
                "update users set about_html = @Html, about_renderer = @version where id = @Id and about = @Body"),
        ];
    }

    sealed record Rendered(long Id, string Body, string Html, string? Title, IndexedWords? Words);

    sealed record Indexed
    {
        public string? Title { get; init; }
    }

    sealed record Text
    {
        public long Id { get; init; }
        public string? Title { get; init; }
        public string Body { get; init; } = "";
        public bool IsHtml { get; init; }
        public string Html { get; init; } = "";
        public DateTimeOffset WrittenAt { get; init; }
    }
}

/// <summary>Texts were rendered again by a newer renderer.</summary>
public sealed record TextsRendered(long Count) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Site();
}
