using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Questions;

/// <summary>Related questions are questions, others than the one they are related to, each once and in places without gaps. What is alike changes with every word that is written, and is not compared.</summary>
internal sealed class RelatedQuestionsCheck : ICheck
{
    public string Name => "related questions";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            select 'question ' || r.question_id || ' is related to ' || case when r.related_id = r.question_id then 'itself' else 'post ' || r.related_id || ', which is no question' end
            from related_questions r
            left join posts q on q.id = r.question_id and q.kind = 1
            left join posts o on o.id = r.related_id and o.kind = 1
            where q.id is null or o.id is null or r.related_id = r.question_id
            union all
            select 'question ' || question_id || ' is related to ' || count(distinct related_id) || ' questions in ' || count(*) || ' places up to ' || max(place)
            from related_questions
            group by question_id
            having count(*) <> count(distinct related_id) or count(*) <> max(place)
            """, token: token);
}
