using Forum.Core.Pipeline;
using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Editing;

/// <summary>Each community wiki has who wrote it, but for what <see cref="CreditWiki"/> has yet to read; and nothing else has.</summary>
internal sealed class WikiCreditsAddUp : ICheck
{
    private const int MostPending = 100_000;

    public string Name => "authors of community wiki";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token)
    {
        var strays = await db.Query<string>(
            "select 'post ' || c.post_id || ' is no community wiki' from wiki_credits c join posts p on p.id = c.post_id where p.wiki_at is null order by c.post_id", token: token);
        // Nobody has begun yet.
        if (await db.Mark(CreditWiki.Reader, token) is not { } mark)
            return strays;

        var pending = WikiCredits.Concerned(await db.After(mark, MostPending, token)).Select(concerned => concerned.Post).ToHashSet();
        var lines = new List<string>(strays);
        var kept = (await db.Query<Kept>(
            "select p.id as PostId, c.editors as Editors, c.author_id as AuthorId, c.author_name as AuthorName, c.share as Share from posts p left join wiki_credits c on c.post_id = p.id where p.wiki_at is not null order by p.id",
            token: token)).Where(row => !pending.Contains(row.PostId));
        foreach (var row in kept)
        {
            if (await db.CreditOf(row.PostId) is { } credit && credit != new WikiCredit(row.Editors, row.AuthorId, row.AuthorName, row.Share))
                lines.Add($"post {row.PostId} is {row.Share} % by {row.AuthorId}, its revisions say {credit.Share} % by {credit.AuthorId}");
        }

        return lines;
    }

    private sealed record Kept
    {
        public long PostId { get; init; }
        public int Editors { get; init; }
        public long? AuthorId { get; init; }
        public string? AuthorName { get; init; }
        public int Share { get; init; }
    }
}
