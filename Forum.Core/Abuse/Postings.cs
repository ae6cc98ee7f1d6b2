using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Abuse;

/// <summary>How people's posts fared, for the handlers that ask and answer.</summary>
internal static class Postings
{
    // An answer that went with its question has no date of its own: that is not the answerer's fault.
    private const string IsBad = "(p.deleted_at is not null or p.score < 0 or p.closed_at is not null and coalesce(p.close_reason, '') <> 'duplicate')";

    /// <summary>
    /// The row of a <see cref="PostingRecord"/> as a statement of another one's parts: all questions (kind 1) or answers (2) of a person, by an index
    /// that begins with both, with those of an account they had before.
    /// </summary>
    public static string RecordOf(string author, string kind) =>
        $"""
        select o.Posts + coalesce(case {kind} when 1 then r.questions else r.answers end, 0) as Posts,
               o.Bad + coalesce(case {kind} when 1 then r.bad_questions else r.bad_answers end, 0) as Bad,
               coalesce(max(o.LastAt, case {kind} when 1 then r.last_question_at else r.last_answer_at end), o.LastAt, case {kind} when 1 then r.last_question_at else r.last_answer_at end) as LastAt
        from (
            select count(*) as Posts, count(*) filter (where {IsBad}) as Bad, max(p.created_at) as LastAt
            from posts p
            where p.author_id = {author} and p.kind = {kind} and p.wiki_at is null) o
        left join returned_people r on r.user_id = {author}
        """;

    /// <summary>How all questions (kind 1) or answers (2) of a person fared.</summary>
    public static Task<PostingRecord> PostingRecord(this Db db, long author, int kind, CancellationToken token) =>
        db.Get<PostingRecord>(RecordOf("@author", "@kind"), new { author, kind }, token);

    /// <summary>Why no question (kind 1) or answer (2) is taken of the one who asks, for forms that say so before anything is typed.</summary>
    public static async Task<Refusal?> WritingBan(this Db db, int kind, CurrentUser user, AbuseSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var record = IsJudged(user, rules) ? await db.PostingRecord(user.Required, kind, token) : null;
        return WhyNot(record, kind, user, rules, now);
    }

    /// <summary>Whether it depends on how the posts of the one who asks fared.</summary>
    public static bool IsJudged(CurrentUser user, AbuseSettings rules) => user.IsSignedIn && BanRules.IsJudged(People.Seen(user), rules);

    /// <summary>The same, when it is known how they fared; that is null for whom it does not matter.</summary>
    public static Refusal? WhyNot(PostingRecord? record, int kind, CurrentUser user, AbuseSettings rules, DateTimeOffset now) =>
        !user.IsSignedIn ? null
        : Writing.WhyNot(user, now) is { } reads ? reads
        : record is null ? null
        : kind == 1 ? BanRules.WhyNotAsk(People.Seen(user), record, now, rules)
        : BanRules.WhyNotAnswer(People.Seen(user), record, now, rules);

    /// <summary>Those of them that count against their author, no more than <paramref name="most"/>.</summary>
    public static Task<IReadOnlyList<BadPost>> BadPosts(this Db db, long author, int kind, int most, CancellationToken token) =>
        db.Query<BadPost>(
            $"""
            select p.id as Id, case when q.deleted_at is not null and q.author_id is not @author then '' else coalesce(q.title, p.title) end as Title, p.score as Score, p.deleted_at is not null as IsDeleted, p.closed_at is not null as IsClosed
            from posts p
            left join posts q on q.id = p.question_id
            where p.author_id = @author and p.kind = @kind and p.wiki_at is null and {IsBad}
            limit @most
            """,
            new { author, kind, most }, token);
}

/// <summary>A post that counts against its author.</summary>
public sealed record BadPost
{
    public long Id { get; init; }

    /// <summary>Of its question, or its own; empty when the question was deleted and is not theirs to see.</summary>
    public string Title { get; init; } = "";
    public int Score { get; init; }
    public bool IsDeleted { get; init; }
    public bool IsClosed { get; init; }
}
