using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Questions;

/// <summary>Each ranking is one: from 1, without gaps, no question twice.</summary>
internal sealed class RankingsAddUp : ICheck
{
    public string Name => "ranked questions";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            with ranked as (
                select list, rank, question_id, row_number() over (partition by list order by rank) as place,
                       count(*) over (partition by list, question_id) as times
                from ranked_questions)
            select list || ': question ' || question_id || ' at ' || rank
            from ranked
            where rank <> place or times > 1
            """, token: token);
}

/// <summary>Questions know how many posts link to them, unless something happened since they were counted.</summary>
internal sealed class LinkCountsAddUp : ICheck
{
    public string Name => "link counts";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            with counted as (
                select l.to_post_id as id, count(distinct l.from_post_id) as links
                from post_links l
                join posts f on f.id = l.from_post_id and f.is_listed = 1
                group by l.to_post_id)
            select 'question ' || q.id || ' has link_count ' || q.link_count || ', links are ' || coalesce(c.links, 0)
            from posts q
            left join counted c on c.id = q.id
            where q.kind = 1 and q.deleted_at is null and q.link_count <> coalesce(c.links, 0)
              and exists (select 1 from jobs where name = @Links and updated_at > coalesce((select max(at) from events), 0))
            order by q.id
            """,
            new { RankQuestions.Links }, token);
}
