using Forum.Core.Pipeline;
using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Tags;

/// <summary>People's scores under tags are those of their posts, but for who is concerned by what <see cref="KeepTagScores"/> has yet to read.</summary>
internal sealed class TagScoresAddUp : ICheck
{
    private const int MostPending = 100_000;

    public string Name => "scores by tag";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token)
    {
        // Nobody has counted yet.
        if (await db.Mark(KeepTagScores.Reader, token) is not { } mark)
            return [];

        var pending = (await db.AuthorsOf(await db.After(mark, MostPending, token), token)).ToHashSet();
        var differences = await db.Query<Difference>(
            """
            with counted as (
                select p.author_id as user_id, t.tag_id, sum(case p.kind when 2 then p.score else 0 end) as answer_score, sum(p.kind = 2) as answers,
                       sum(case p.kind when 1 then p.score else 0 end) as question_score, sum(p.kind = 1) as questions
                from posts p
                join question_tags t on t.question_id = coalesce(p.question_id, p.id)
                where p.kind in (1, 2) and p.is_listed = 1 and p.wiki_at is null and p.author_id is not null
                group by p.author_id, t.tag_id)
            select coalesce(c.user_id, k.user_id) as UserId,
                   'user ' || coalesce(c.user_id, k.user_id) || ' has ' || coalesce(k.answer_score || '/' || k.answers || ' ' || k.question_score || '/' || k.questions, 'nothing')
                   || ' under tag ' || coalesce(c.tag_id, k.tag_id) || ', the posts say '
                   || coalesce(c.answer_score || '/' || c.answers || ' ' || c.question_score || '/' || c.questions, 'nothing') as Text
            from counted c
            full join tag_scores k on k.user_id = c.user_id and k.tag_id = c.tag_id
            where (c.answer_score, c.answers, c.question_score, c.questions) is not (k.answer_score, k.answers, k.question_score, k.questions)
            order by 1, coalesce(c.tag_id, k.tag_id)
            """, token: token);
        return [.. differences.Where(d => !pending.Contains(d.UserId)).Select(d => d.Text)];
    }

    private sealed record Difference
    {
        public long UserId { get; init; }
        public string Text { get; init; } = "";
    }
}
