using Forum.Core.Markdown;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>A tag in a few words: what it is for, how much there is of it, and whether the reader watches or ignores it.</summary>
/// <exception cref="NotFoundException">There is no such tag.</exception>
public sealed record ShowTagCard(string Name) : IRequest<ShowTagCard.View>
{
    public sealed record View
    {
        public string Name { get; init; } = "";
        public int QuestionCount { get; init; }
        public int UnansweredCount { get; init; }
        public string? ExcerptHtml { get; init; }

        /// <summary>People who watch it by its name.</summary>
        public int Watchers { get; init; }

        internal bool? IsIgnored { get; init; }

        /// <summary>What it is to the reader by its own name; a pattern may say more.</summary>
        public Interest Interest => IsIgnored switch
        {
            true => Interest.Ignored,
            false => Interest.Watched,
            null => Interest.None,
        };

        /// <summary>What the tag is for, as plain text; empty when nobody wrote it.</summary>
        public string Excerpt => ExcerptHtml is null ? "" : PlainText.Excerpt(ExcerptHtml, 300);
    }

    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<ShowTagCard, View>
    {
        public async Task<View> Handle(ShowTagCard show, CancellationToken token) =>
            await db.Find<View>(
                """
                select t.name as Name, t.question_count as QuestionCount, t.unanswered_count as UnansweredCount, e.html as ExcerptHtml,
                       (select count(*) from watched_tags o where o.pattern = t.name and o.is_ignored = 0) as Watchers, w.is_ignored as IsIgnored
                from tags t
                left join posts e on e.id = t.excerpt_post_id and e.deleted_at is null
                left join watched_tags w on w.user_id = @me and w.pattern = t.name
                where t.name = @name
                """,
                new { me = user.Id, name = TextLength.Clean(show.Name).ToLowerInvariant() }, token)
            ?? throw new NotFoundException();
    }
}
