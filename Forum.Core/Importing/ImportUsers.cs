using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>
/// Users.xml. A person whom an earlier import brought keeps their profile as it is here; the numbers that only the old site
/// knew follow the dump. Reputation is an opening balance, so that the profile shows the dump's number whatever is deleted later.
/// </summary>
internal sealed class ImportUsers(Db db, ImportRun run, DumpText text, ReputationSettings rules)
{
    private const string File = "Users";
    private const int BatchSize = 500;
    private const int LongestName = 100;

    internal Task Run(CancellationToken token) => run.Read(File, BatchSize, Parse, (rows, batch) => Prepare(rows, batch, token), token);

    private static User Parse(DumpRow row)
    {
        var id = row.Number("Id");
        var created = row.Time("CreationDate");
        return new User
        {
            Id = id,
            Name = DumpText.Line(row.Text("DisplayName"), LongestName) ?? $"user{id}",
            Reputation = Math.Max(1, row.Count("Reputation")),
            About = row.Text("AboutMe") ?? "",
            Location = DumpText.Line(row.Text("Location"), 100) ?? "",
            Website = Address(row.Text("WebsiteUrl")),
            Picture = Address(row.Text("ProfileImageUrl")),
            CreatedAt = created,
            SeenAt = row.OptionalTime("LastAccessDate") ?? created,
            NetworkId = row.OptionalNumber("AccountId") is > 0 and var network ? network : null,
            Views = row.Count("Views"),
            UpVotes = row.Count("UpVotes"),
            DownVotes = row.Count("DownVotes"),
        };
    }

    private async Task<Func<Task>> Prepare(IReadOnlyList<User> rows, ImportRun.Batch batch, CancellationToken token)
    {
        var here = (await run.Look<Here>("select id as Id, is_imported as IsImported, reputation as Reputation from users where", "id", rows.Select(r => (long?)r.Id)))
            .ToDictionary(h => h.Id);
        var networks = (await run.Look<long>("select network_id from users where", "network_id", rows.Select(r => r.NetworkId))).ToHashSet();
        var counts = batch.Of(File);
        var added = new List<User>(rows.Count);
        var known = new List<User>();
        var seen = new HashSet<long>();
        foreach (var row in rows)
        {
            batch.Saw(row.SeenAt);
            if (!seen.Add(row.Id))
                counts.Skip(Skip.Twice);
            else if (here.GetValueOrDefault(row.Id) is not { } there)
                added.Add(row with { NetworkId = row.NetworkId is { } network && networks.Add(network) ? network : null });
            else if (there.IsImported)
                known.Add(row);
            else if (row.Id == People.Community)
                added.Add(row with { NetworkId = null });
            else
                counts.Skip(Skip.IdTaken);
        }

        var ready = added.AsParallel().AsOrdered().Select(u => text.About(u.About, u.SeenAt) is var about
            ? u with { About = about.Body, AboutHtml = about.Html, SearchName = PersonName.Fold(u.Name) }
            : u).ToList();
        counts.Imported += ready.Count;
        counts.Already += known.Count;
        return () => Write(ready, known, token);
    }

    // The one who acts when no person does: every database has that row.

    private async Task Write(List<User> added, List<User> known, CancellationToken token)
    {
        await db.Execute(
            """
            insert into users (id, name, about, about_html, about_renderer, location, website, picture, created_at, seen_at,
                               network_id, legacy_views, legacy_up_votes, legacy_down_votes, search_name, is_imported)
            values (@Id, @Name, @About, @AboutHtml, @Renderer, @Location, @Website, @Picture, @CreatedAt, @SeenAt,
                    @NetworkId, @Views, @UpVotes, @DownVotes, @SearchName, 1)
            on conflict (id) do update
            set about = excluded.about, about_html = excluded.about_html, about_renderer = excluded.about_renderer, location = excluded.location,
                website = excluded.website, created_at = excluded.created_at, seen_at = excluded.seen_at, legacy_views = excluded.legacy_views,
                legacy_up_votes = excluded.legacy_up_votes, legacy_down_votes = excluded.legacy_down_votes,
                is_imported = 1
            where users.is_imported = 0
            """, added, token);
        await db.Open([.. added.Select(u => new OpeningBalance(u.Id, u.Reputation, u.CreatedAt))], rules, token);

        await db.Execute(
            """
            update users
            set legacy_views = max(legacy_views, @Views), legacy_up_votes = @UpVotes, legacy_down_votes = @DownVotes, seen_at = max(seen_at, @SeenAt)
            where id = @Id
            """, known, token);
        await Reopen(known, token);
    }

    // The old site went on counting: the balance people came with is a different one now.
    private async Task Reopen(List<User> known, CancellationToken token)
    {
        var changed = new List<User>();
        foreach (var user in known)
        {
            if (await db.Execute(
                "update reputation_events set nominal = @gain where user_id = @Id and kind = @kind and nominal <> @gain",
                new { user.Id, kind = (int)ReputationKind.Opening, gain = user.Reputation - ReputationSettings.Start }, token) > 0)
                changed.Add(user);
        }

        foreach (var at in changed.GroupBy(u => u.SeenAt))
            await db.Recalculate([.. at.Select(u => u.Id)], rules, at.Key, token);
        await db.Open([.. known.Select(u => new OpeningBalance(u.Id, u.Reputation, u.CreatedAt))], rules, token);
    }

    // Only what a browser may open, and no longer than one reads.
    private static string Address(string? text) =>
        DumpText.Line(text, 500) is { } line && Uri.TryCreate(line, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? line : "";

    private sealed record User
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string SearchName { get; init; } = "";
        public int Reputation { get; init; }
        public string About { get; init; } = "";
        public string AboutHtml { get; init; } = "";
        public int Renderer { get; } = Markdown.MarkdownRenderer.Version;
        public string Location { get; init; } = "";
        public string Website { get; init; } = "";
        public string Picture { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset SeenAt { get; init; }
        public long? NetworkId { get; init; }
        public int Views { get; init; }
        public int UpVotes { get; init; }
        public int DownVotes { get; init; }
    }

    private sealed record Here
    {
        public long Id { get; init; }
        public bool IsImported { get; init; }
        public int Reputation { get; init; }
    }
}
