using System.Diagnostics;
using Forum.Core.Departures;
using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Core.Editing;

/// <summary>Keeps who wrote how much of each community wiki, some seconds after it was edited. The first time it works out all of them.</summary>
public sealed class CreditWiki(IServiceScopeFactory scopes, ILogger<CreditWiki> log)
    : ReadEvents(Reader, Interval, "It could not be worked out who wrote a community wiki; it is tried again.", scopes, log)
{
    internal const string Reader = "wiki-credits";
    private const int WikisAtOnce = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override async Task Begin(IServiceProvider scope, CancellationToken token)
    {
        var db = scope.GetRequiredService<Db>();
        for (var after = 0L; ;)
        {
            var wikis = await db.Query<long>("select id from posts where wiki_at is not null and id > @after order by id limit @WikisAtOnce", new { after, WikisAtOnce }, token);
            if (wikis.Count == 0)
                return;
            foreach (var wiki in wikis)
            {
                var began = Stopwatch.GetTimestamp();
                await db.Credit(wiki, token);
                await GiveWay(began, 1, token);
            }

            after = wikis[^1];
        }
    }

    /// <inheritdoc />
    protected override async Task Follow(IServiceProvider scope, IReadOnlyList<ReadEvent> events, CancellationToken token)
    {
        var db = scope.GetRequiredService<Db>();
        var happened = scope.GetRequiredService<Happened>();
        foreach (var (post, question) in WikiCredits.Concerned(events))
        {
            var began = Stopwatch.GetTimestamp();
            if (await db.Credit(post, token))
                await happened.Announce(new WikiCredited(post, question), db, token);
            await GiveWay(began, 1, token);
        }
    }
}

/// <summary>It was worked out anew who wrote how much of a community wiki.</summary>
public sealed record WikiCredited(long PostId, long QuestionId) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>The rows of <c>wiki_credits</c>.</summary>
internal static class WikiCredits
{
    /// <summary>The posts that some events may have changed, with their questions.</summary>
    public static IReadOnlyCollection<(long Post, long Question)> Concerned(IEnumerable<ReadEvent> events) =>
        events.SelectMany(happened => Concerned(happened.What)).ToHashSet();

    /// <summary>Who wrote how much of a post as it is now.</summary>
    public static Task<WikiCredit?> CreditOf(this Db db, long postId) =>
        WikiCredit.Of(db.Stream<Revision>(
            // What is hidden is still who wrote which lines.
            """
            select r.author_id as AuthorId, r.author_name as AuthorName, coalesce(x.body, r.body) as Text
            from revisions r
            left join redacted_revisions x on x.redaction_id = r.redaction_id and x.number = r.number
            where r.post_id = @postId
            order by r.number
            """, new { postId })
            .Select(revision => new WrittenText(revision.AuthorId, revision.AuthorName, revision.Text)));

    /// <summary>Works it out and keeps it, and says whether the post is community wiki and had another or none.</summary>
    public static async Task<bool> Credit(this Db db, long postId, CancellationToken token)
    {
        var isWiki = await db.Find<long?>("select id from posts where id = @postId and wiki_at is not null", new { postId }, token) is not null;
        var credit = isWiki ? await db.CreditOf(postId) : null;
        db.EndSnapshot();
        if (credit is null)
            return false;

        return await db.InTransaction(
            () => db.Execute(
                """
                insert into wiki_credits (post_id, editors, author_id, author_name, share)
                select @postId, @Editors, @AuthorId, @AuthorName, @Share
                where exists (select 1 from posts where id = @postId and wiki_at is not null)
                on conflict (post_id) do update
                set editors = excluded.editors, author_id = excluded.author_id, author_name = excluded.author_name, share = excluded.share
                where (editors, author_id, author_name, share) is not (excluded.editors, excluded.author_id, excluded.author_name, excluded.share)
                """,
                new { postId, credit.Editors, credit.AuthorId, credit.AuthorName, credit.Share }, token),
            token) > 0;
    }

    private static IEnumerable<(long, long)> Concerned(INotification? what) => what switch
    {
        PostEdited edited => [(edited.PostId, edited.QuestionId)],
        WikiChanged { IsWiki: true } changed => [(changed.PostId, changed.QuestionId)],
        TextsPassedOn passed => passed.Posts.Zip(passed.Questions),
        _ => [],
    };

    private sealed record Revision
    {
        public long? AuthorId { get; init; }
        public string? AuthorName { get; init; }
        public string? Text { get; init; }
    }
}
