using Forum.Core.Search;
using Forum.Data;

namespace Forum.Core.Tags;

/// <summary>Names that stand for tags, for handlers of other features.</summary>
internal static class TagSynonyms
{
    /// <summary>
    /// A question's tags as somebody wrote them, each synonym replaced by its tag, each tag once. It is counted how often that happened.
    /// Null stays null: nothing was said of tags.
    /// </summary>
    public static async Task<string?> Masters(this Db db, string? tags, DateTimeOffset now, CancellationToken token)
    {
        var names = TagNames.Parse(tags);
        if (names.Count == 0)
            return tags;

        var masters = (await db.Query<Master>(
            $"""
            update tag_synonyms
            set used_count = used_count + 1, used_at = @now
            where approved_at is not null and {db.Dialect.In("name", "@names")}
            returning name as Name, (select t.name from tags t where t.id = tag_id) as Tag
            """,
            new { names, now }, token)).ToDictionary(m => m.Name, m => m.Tag, StringComparer.Ordinal);
        return string.Join(' ', names.Select(name => masters.GetValueOrDefault(name, name)).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Those of some names that stand for a tag, with it.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> MastersOf(this Db db, IReadOnlyCollection<string> names, CancellationToken token) =>
        names.Count == 0
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : (await db.Query<Master>(
                $"""
                select s.name as Name, t.name as Tag
                from tag_synonyms s
                join tags t on t.id = s.tag_id
                where s.approved_at is not null and {db.Dialect.In("s.name", "@names")}
                """,
                new { names }, token)).ToDictionary(m => m.Name, m => m.Tag, StringComparer.Ordinal);

    /// <summary>A search's conditions with the tags that are meant by the names in them.</summary>
    public static async Task<IReadOnlyList<SearchClause>> InMasters(this Db db, IReadOnlyList<SearchClause> clauses, CancellationToken token)
    {
        var masters = await db.MastersOf([.. clauses.OfType<TagsClause>().SelectMany(clause => clause.AnyOf)], token);
        return masters.Count == 0
            ? clauses
            : [.. clauses.Select(clause => clause is TagsClause tags ? tags with { AnyOf = [.. tags.AnyOf.Select(name => masters.GetValueOrDefault(name, name))] } : clause)];
    }

    /// <summary>What rules need to know before a name stands for a tag.</summary>
    public static Task<SynonymFacts> SynonymFacts(this Db db, string name, FoundTag tag, long? person, CancellationToken token) =>
        db.Get<SynonymFacts>(
            """
            select coalesce((select answer_score from tag_scores where user_id = @person and tag_id = @Id), 0) as Score,
                   (select t.name from tag_synonyms s join tags t on t.id = s.tag_id where s.name = @name) as StandsFor,
                   (select t.name from tag_synonyms s join tags t on t.id = s.tag_id where s.name = @tagName) as TagStandsFor,
                   exists (select 1 from tag_synonyms s join tags t on t.id = s.tag_id where t.name = @name) as HasSynonyms,
                   exists (
                       select 1 from tag_merges m
                       where m.finished_at is null
                         and (m.tag_id in (select id from tags where name in (@name, @tagName)) or m.into_id in (select id from tags where name = @name))) as IsMerging
            """,
            new { name, tagName = tag.Name, tag.Id, person }, token);

    /// <summary>Lets a name stand for a tag from now on, whether or not it was proposed, and returns who proposed it.</summary>
    public static Task<long?> LetStandFor(this Db db, string name, long tagId, long? by, DateTimeOffset now, CancellationToken token) =>
        db.Get<long?>(
            """
            insert into tag_synonyms (name, tag_id, proposed_by, proposed_at, approved_at, approved_by)
            values (@name, @tagId, @by, @now, @now, @by)
            on conflict (name) do update
            set tag_id = excluded.tag_id, approved_at = coalesce(approved_at, excluded.approved_at), approved_by = coalesce(approved_by, excluded.approved_by)
            returning proposed_by
            """,
            new { name, tagId, by, now }, token);

    private sealed record Master
    {
        public string Name { get; init; } = "";
        public string Tag { get; init; } = "";
    }
}
