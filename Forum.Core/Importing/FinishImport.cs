using Forum.Core.Bounties;
using Forum.Core.Questions;
using Forum.Core.Tags;
using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>
/// What follows from the rows once all files are read: scores, accepted answers, counts, the order of lists, tags of
/// questions, badges of people. Each is computed from what it is derived from, so that doing it again changes nothing.
/// </summary>
internal sealed class FinishImport(Db db, ImportRun run, bool hasVotes)
{
    internal const string Posts = "posts-derived";
    internal const string Users = "users-derived";
    private const int PostsAtOnce = 500;
    private const int UsersAtOnce = 2000;
    private const long Day = 86_400_000;

    internal Task OfPosts(CancellationToken token) =>
        run.Chunks(Posts, "import_posts", PostsAtOnce, async (from, upTo) =>
        {
            var chunk = new { from, upTo, previous = run.Report.Earlier ?? DateTimeOffset.MaxValue };
            await CountVotes(chunk, token);
            await db.Execute(
                $"""
                update posts
                set score = (select coalesce(sum(direction), 0) from votes v where v.post_id = posts.id)
                          + (select coalesce(sum(case kind when {ImportVotes.Up} then votes else -votes end), 0) from legacy_votes l where l.post_id = posts.id),
                    comment_count = (select count(*) from comments c where c.post_id = posts.id and c.deleted_at is null),
                    save_count = (select count(*) from saves s where s.post_id = posts.id),
                    is_listed = deleted_at is null and not exists (select 1 from posts q where q.id = posts.question_id and q.deleted_at is not null)
                where id in (select id from import_posts where id > @from and id <= @upTo)
                """, chunk, token);
        }, token);

    /// <summary>Comes when all scores are there: what a question shows of its answers.</summary>
    internal Task OfQuestions(CancellationToken token) =>
        run.Chunks(Posts, "import_posts", PostsAtOnce, async (from, upTo) =>
        {
            var chunk = new { from, upTo, previous = run.Report.Earlier ?? DateTimeOffset.MaxValue };
            await Accept(chunk, token);
            await db.Execute(
                """
                update posts
                set answer_count = (select count(*) from posts a where a.question_id = posts.id and a.kind = 2 and a.deleted_at is null),
                    is_answered = exists (
                        select 1 from posts a
                        where a.question_id = posts.id and a.kind = 2 and a.deleted_at is null and (a.score > 0 or a.id = posts.accepted_answer_id)),
                    active_at = max(active_at, coalesce((
                        select max(a.active_at) from posts a where a.question_id = posts.id and a.kind = 2 and a.deleted_at is null), 0))
                where kind = 1 and id in (select id from import_posts where id > @from and id <= @upTo)
                """, chunk, token);
            await Tag(from, upTo, token);
        }, token);

    internal Task OfUsers(CancellationToken token) =>
        run.Chunks(Users, "users", UsersAtOnce, async (from, upTo) =>
        {
            await db.Execute(
                """
                update users
                set gold = (select count(*) from user_badges b where b.user_id = users.id and b.class = 1),
                    silver = (select count(*) from user_badges b where b.user_id = users.id and b.class = 2),
                    bronze = (select count(*) from user_badges b where b.user_id = users.id and b.class = 3)
                where id > @from and id <= @upTo
                """, new { from, upTo }, token);
            await db.CountTagScoresOf(from, upTo, token);
        }, token);

    internal Task OfTagsAndTotals(CancellationToken token) =>
        db.InTransaction(async () =>
        {
            await db.Execute("update badges set award_count = (select count(*) from user_badges b where b.badge_id = badges.id)", token: token);
            await db.Execute(
                """
                update tags
                set created_at = coalesce(
                    (select min(t.created_at) from question_tags t where t.tag_id = tags.id),
                    (select p.created_at from posts p where p.id = coalesce(tags.wiki_post_id, tags.excerpt_post_id)),
                    (select min(created_at) from posts), 0)
                where created_at = 0
                """, token: token);
            // What the former site had running ends with it: its sponsors paid there, and here nobody could give it.
            await db.Execute(
                $"update bounties set ended_at = ends_at, outcome = {(int)BountyOutcome.Unrecorded} where ended_at is null and legacy_id is not null", token: token);
            await db.Recount(token);
            await db.TagScoresAreCounted(token);
            await db.EverythingIsToBeRelated(token);
        }, token);

    // The dump's votes take the place of what an earlier dump said. A dump without votes has only the sum: it stands for
    // votes of the day the post was written.
    private async Task CountVotes(object chunk, CancellationToken token)
    {
        if (hasVotes)
        {
            await db.Execute(
                "delete from legacy_votes where post_id in (select id from import_posts where id > @from and id <= @upTo)", chunk, token);
            await db.Execute(
                $"""
                insert into legacy_votes (post_id, kind, day, votes)
                select v.post_id, v.kind, v.day, v.votes
                from import_posts p
                join import_votes v on v.post_id = p.id
                where p.id > @from and p.id <= @upTo and v.kind in ({ImportVotes.Up}, {ImportVotes.Down})
                order by v.post_id, v.kind, v.day
                """, chunk, token);
        }
        else
        {
            await db.Execute(
                $"""
                insert into legacy_votes (post_id, kind, day, votes)
                select p.id, case when i.score > 0 then {ImportVotes.Up} else {ImportVotes.Down} end, p.created_at / {Day}, abs(i.score)
                from import_posts i
                join posts p on p.id = i.id
                where i.id > @from and i.id <= @upTo and i.score <> 0 and not exists (select 1 from legacy_votes l where l.post_id = i.id)
                order by p.id
                """, chunk, token);
        }
    }

    // Of a question that was here before, an accept counts that is newer than the last import: an older one that is not
    // there any more was taken back here, and one that is there was given here.
    private Task<int> Accept(object chunk, CancellationToken token) =>
        db.Execute(
            $"""
            with accepts as (
                select i.id, a.id as answer_id, max(a.created_at, coalesce(min(v.day) * {Day}, 0)) as at
                from import_posts i
                join posts a on a.id = i.accepted_answer_id and a.question_id = i.id and a.kind = 2
                left join import_votes v on v.post_id = a.id and v.kind = {ImportVotes.Accept}
                where i.id > @from and i.id <= @upTo
                group by i.id, a.id, i.is_new, a.created_at
                having i.is_new = 1 or min(v.day) * {Day} > @previous)
            update posts
            set accepted_answer_id = accepts.answer_id, accepted_at = accepts.at
            from accepts
            where posts.id = accepts.id and posts.accepted_answer_id is null
            """, chunk, token);

    private async Task Tag(long from, long upTo, CancellationToken token)
    {
        var questions = await db.Query<Tagged>(
            """
            select p.id as Id, p.tags as Tags, p.created_at as CreatedAt
            from import_posts i
            join posts p on p.id = i.id
            where i.id > @from and i.id <= @upTo and p.kind = 1
            order by p.id
            """, new { from, upTo }, token);
        var pairs = questions.SelectMany(q => q.Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new { q.Id, name, q.CreatedAt })).ToList();
        await db.Execute(
            "insert into tags (name, created_at) values (@name, @CreatedAt) on conflict (name) do nothing", pairs, token);
        await db.Execute(
            "delete from question_tags where question_id in (select id from import_posts where id > @from and id <= @upTo)", new { from, upTo }, token);
        await db.Execute(
            """
            insert into question_tags (tag_id, question_id, is_listed, is_answered, created_at, active_at, score)
            select t.id, q.id, q.is_listed, q.is_answered, q.created_at, q.active_at, q.score
            from posts q, tags t
            where q.id = @Id and t.name = @name
            """, pairs, token);
    }

    private sealed record Tagged
    {
        public long Id { get; init; }
        public string Tags { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
    }
}
