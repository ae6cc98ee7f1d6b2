using Forum.Core.Badges;
using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>
/// Badges.xml, under the names they had. One that can be earned here has the class it has here; of others, dumps before 2014 do not say
/// it, and then they are bronze.
/// </summary>
internal sealed class ImportBadges(Db db, ImportRun run)
{
    private const string File = "Badges";
    private const int BatchSize = 1000;
    private const int Bronze = 3;

    internal Task Run(CancellationToken token) => run.Read(File, BatchSize, Parse, (rows, batch) => Prepare(rows, batch, token), token);

    private static BadgeRow Parse(DumpRow row)
    {
        var name = DumpText.Line(row.Text("Name"), 100) ?? throw new BrokenRowException(new Refusal("importing.missing", "Name"));
        var isTag = row.Is("TagBased");
        return new()
        {
            Id = row.Number("Id"),
            UserId = row.Number("UserId"),
            Name = name,
            Class = !isTag && Badge.Find(name) is { } ours ? (int)ours.Class : row.OptionalNumber("Class") is >= 1 and <= 3 and var named ? (int)named : Bronze,
            IsTag = isTag,
            At = row.Time("Date"),
        };
    }

    private async Task<Func<Task>> Prepare(IReadOnlyList<BadgeRow> rows, ImportRun.Batch batch, CancellationToken token)
    {
        var users = await run.Users(rows.Select(r => (long?)r.UserId));
        var counts = batch.Of(File);
        foreach (var row in rows)
            batch.Saw(row.At);
        var kept = rows.Where(r => users.Contains(r.UserId)).ToList();
        if (kept.Count < rows.Count)
            counts.Skip(Skip.NoUser, rows.Count - kept.Count);
        return async () =>
        {
            await db.Execute(
                "insert into badges (name, class, is_tag) values (@Name, @Class, @IsTag) on conflict do nothing",
                kept.Select(r => new { r.Name, r.Class, r.IsTag }).Distinct().ToList(), token);
            var written = await db.Execute(
                """
                insert into user_badges (user_id, badge_id, class, thing, awarded_at, legacy_id)
                select @UserId, id, class, -@Id, @At, @Id
                from badges
                where name = @Name and class = @Class and is_tag = @IsTag
                on conflict (legacy_id) do nothing
                """, kept, token);
            counts.Imported += written;
            counts.Already += kept.Count - written;
        };
    }

    private sealed record BadgeRow
    {
        public long Id { get; init; }
        public long UserId { get; init; }
        public string Name { get; init; } = "";
        public int Class { get; init; }
        public bool IsTag { get; init; }
        public DateTimeOffset At { get; init; }
    }
}
