using Forum.Core.Tags;
using Forum.Data;

namespace Forum.Core.Verification;

/// <summary>How long lists are, kept beside what they list: of the site, of people, of tags.</summary>
internal static class KeptCounts
{
    /// <summary>
    /// Counts everything anew, for whoever writes many rows at once (an import, a seed) and leaves the counting to the end.
    /// The posts' <c>is_listed</c> and <c>is_answered</c> and the rows of <c>question_tags</c> are true by then. Posts are put under their tags anew.
    /// </summary>
    public static async Task Recount(this Db db, CancellationToken token)
    {
        await db.Execute(
            """
            update totals
            set questions = (select count(*) from posts where kind = 1 and is_listed = 1),
                unanswered = (select count(*) from posts where kind = 1 and is_listed = 1 and is_answered = 0),
                users = (select count(*) from users where id > 0 and removed_at is null),
                tags = (select count(*) from tags)
            """, token: token);
        await db.Execute(
            """
            update users
            set question_count = coalesce(c.questions, 0), answer_count = coalesce(c.answers, 0)
            from users u
            left join (
                select author_id, count(*) filter (where kind = 1) as questions, count(*) filter (where kind = 2) as answers
                from posts
                where author_id is not null and kind in (1, 2) and is_listed = 1
                group by author_id) c on c.author_id = u.id
            where users.id = u.id and (users.question_count <> coalesce(c.questions, 0) or users.answer_count <> coalesce(c.answers, 0))
            """, token: token);
        await db.Execute(
            """
            update tags
            set question_count = (select count(*) from question_tags q where q.tag_id = tags.id and q.is_listed = 1),
                unanswered_count = (select count(*) from question_tags q where q.tag_id = tags.id and q.is_listed = 1 and q.is_answered = 0)
            """, token: token);
        await db.Execute("delete from tagged_posts", token: token);
        // In the order of the table's key.
        await db.Execute($"insert into tagged_posts (tag_id, post_id) {TaggedPostsCheck.Rows} order by 1, 2", token: token);
    }
}

/// <summary>What the site's lists say of their length.</summary>
internal sealed class TotalsAreCounted : ICheck
{
    public string Name => "totals";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            with counted as (
                select 'questions' as name, (select questions from totals) as kept, (select count(*) from posts where kind = 1 and is_listed = 1) as count
                union all
                select 'unanswered', (select unanswered from totals), (select count(*) from posts where kind = 1 and is_listed = 1 and is_answered = 0)
                union all
                select 'users', (select users from totals), (select count(*) from users where id > 0 and removed_at is null)
                union all
                select 'tags', (select tags from totals), (select count(*) from tags))
            select name || ' are ' || coalesce(kept, 'nowhere') || ', there are ' || count
            from counted
            where kept is not count
            """, token: token);
}

/// <summary>How many listed questions and answers people have.</summary>
internal sealed class PeopleCountPosts : ICheck
{
    public string Name => "post counts of people";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            with written as (
                select p.author_id, count(*) filter (where p.kind = 1) as questions, count(*) filter (where p.kind = 2) as answers
                from posts p
                join posts q on q.id = coalesce(p.question_id, p.id)
                where p.kind in (1, 2) and p.deleted_at is null and q.deleted_at is null
                group by p.author_id)
            select 'user ' || u.id || ' has question_count ' || u.question_count || ' and answer_count ' || u.answer_count
                || ', their posts are ' || coalesce(w.questions, 0) || ' and ' || coalesce(w.answers, 0)
            from users u
            left join written w on w.author_id = u.id
            where u.question_count <> coalesce(w.questions, 0) or u.answer_count <> coalesce(w.answers, 0)
            order by u.id
            """, token: token);
}

/// <summary>Whether posts know that they are listed.</summary>
internal sealed class PostsKnowWhetherListed : ICheck
{
    public string Name => "listed posts";

    public Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        db.Query<string>(
            """
            select 'post ' || p.id || case p.is_listed when 1 then ' is listed but deleted' else ' is not listed though nothing is deleted' end
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            where p.kind in (1, 2) and p.is_listed <> (p.deleted_at is null and q.deleted_at is null)
            order by p.id
            """, token: token);
}
