using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Tags;

/// <summary>Synonyms have the score of their votes, and stand for tags that stand for nothing themselves.</summary>
internal sealed class SynonymsAddUp : ICheck
{
    public string Name => "synonyms of tags";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            select 'synonym ' || s.id || ' has score ' || s.score || ', its votes say ' || coalesce(v.score, 0)
            from tag_synonyms s
            left join (select synonym_id, sum(direction) as score from tag_synonym_votes group by synonym_id) v on v.synonym_id = s.id
            where s.score <> coalesce(v.score, 0)
            union all
            select 'synonym ' || s.id || ' stands for tag ' || t.id || ', which stands for another'
            from tag_synonyms s
            join tags t on t.id = s.tag_id
            where exists (select 1 from tag_synonyms o where o.name = t.name)
            """, token: token);
}
