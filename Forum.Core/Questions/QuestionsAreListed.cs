using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Questions;

/// <summary>What questions repeat of their answers: how many there are, whether one answers it.</summary>
internal sealed class QuestionsCountAnswers : ICheck
{
    public string Name => "answers";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        await db.Query<string>(
            """
            with answers as (
                select a.question_id, count(*) as count, max(case when a.score > 0 or a.id = q.accepted_answer_id then 1 else 0 end) as is_answered
                from posts a
                join posts q on q.id = a.question_id
                where a.kind = 2 and a.deleted_at is null
                group by a.question_id)
            select 'question ' || q.id || ' has answer_count ' || q.answer_count || ' and is_answered ' || q.is_answered
                || ', its answers say ' || coalesce(a.count, 0) || ' and ' || coalesce(a.is_answered, 0)
            from posts q
            left join answers a on a.question_id = q.id
            where q.kind = 1 and (q.answer_count <> coalesce(a.count, 0) or q.is_answered <> coalesce(a.is_answered, 0))
            order by q.id
            """, token: token);
}

/// <summary>What tags repeat of their questions, for the order of their lists.</summary>
internal sealed class TagsListQuestions : ICheck
{
    public string Name => "question lists of tags";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        await db.Query<string>(
            """
            select 'tag ' || t.tag_id || ' lists question ' || q.id || ' otherwise than the question says'
            from question_tags t
            join posts q on q.id = t.question_id
            where t.is_listed <> (q.deleted_at is null) or t.is_answered <> q.is_answered or t.created_at <> q.created_at
               or t.active_at <> q.active_at or t.score <> q.score
            order by t.tag_id, q.id
            """, token: token);
}

/// <summary>How many questions that are not deleted carry a tag, and how many of them are unanswered.</summary>
internal sealed class TagsCountQuestions : ICheck
{
    public string Name => "question counts of tags";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        await db.Query<string>(
            """
            select 'tag ' || t.id || ' has question_count ' || t.question_count || ' and unanswered_count ' || t.unanswered_count
                || ', its questions are ' || coalesce(c.count, 0) || ' and ' || coalesce(c.unanswered, 0)
            from tags t
            left join (
                select tag_id, count(*) as count, count(*) filter (where is_answered = 0) as unanswered
                from question_tags
                where is_listed = 1
                group by tag_id) c on c.tag_id = t.id
            where t.question_count <> coalesce(c.count, 0) or t.unanswered_count <> coalesce(c.unanswered, 0)
            order by t.id
            """, token: token);
}

/// <summary>A question's tags as it repeats them, and as they are.</summary>
internal sealed class QuestionsRepeatTags : ICheck
{
    public string Name => "tags of questions";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        await db.Query<string>(
            """
            select 'question ' || q.id || ' says "' || q.tags || '", its tags are otherwise'
            from posts q
            where q.kind = 1
              and (length(q.tags) - length(replace(q.tags, ' ', '')) + (q.tags <> '') <> (select count(*) from question_tags t where t.question_id = q.id)
                   or exists (
                       select 1 from question_tags t
                       join tags n on n.id = t.tag_id
                       where t.question_id = q.id and instr(' ' || q.tags || ' ', ' ' || n.name || ' ') = 0))
            order by q.id
            """, token: token);
}
