using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>Who asks and answers best under a tag: always, and in the last 30 days.</summary>
/// <exception cref="NotFoundException">There is no such tag.</exception>
public sealed record ListTopUsers(string Tag) : IRequest<ListTopUsers.View>
{
    private const int RecentDays = 30;

    /// <param name="Tag">The tag's name; when the name that was asked for only stands for another, that one's.</param>
    /// <param name="Questions">How many questions carry it.</param>
    /// <param name="Answerers">By the score of all their answers.</param>
    /// <param name="Askers">By the score of all their questions.</param>
    /// <param name="RecentAnswerers">By the score of their answers of the last 30 days.</param>
    /// <param name="RecentAskers">By the score of their questions of the last 30 days.</param>
    public sealed record View(
        string Tag, int Questions, IReadOnlyList<Person> Answerers, IReadOnlyList<Person> Askers, IReadOnlyList<Person> RecentAnswerers, IReadOnlyList<Person> RecentAskers);

    /// <summary>Somebody with what they wrote under the tag.</summary>
    public sealed record Person
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Reputation { get; init; }
        public string Picture { get; init; } = "";
        public int Gold { get; init; }
        public int Silver { get; init; }
        public int Bronze { get; init; }
        public int Score { get; init; }
        public int Posts { get; init; }
    }

    internal sealed class Handler(Db db, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListTopUsers, View>
    {
        public async Task<View> Handle(ListTopUsers list, CancellationToken token)
        {
            var tag = await db.Find<Found>(
                """
                select id as Id, name as Name, question_count as Questions
                from tags
                where id = coalesce((select tag_id from tag_synonyms where name = @Tag and approved_at is not null), (select id from tags where name = @Tag))
                """,
                new { list.Tag }, token) ?? throw new NotFoundException();
            var parameters = new { tag = tag.Id, since = clock.GetUtcNow().AddDays(-RecentDays), now = clock.GetUtcNow(), settings.Pages.TopUsers, settings.Pages.MostCounted };
            return new View(
                tag.Name, tag.Questions,
                await db.Query<Person>(People("select user_id, answer_score as score, answers as posts from tag_scores where tag_id = @tag and answers > 0 and answer_score >= 0 order by answer_score desc, user_id limit @TopUsers"), parameters, token),
                await db.Query<Person>(People("select user_id, question_score as score, questions as posts from tag_scores where tag_id = @tag and questions > 0 and question_score >= 0 order by question_score desc, user_id limit @TopUsers"), parameters, token),
                // Whatever was answered lately is among the questions that were active lately.
                await db.Query<Person>(People(
                    """
                    select a.author_id as user_id, sum(a.score) as score, count(*) as posts
                    from (select question_id from question_tags where tag_id = @tag and is_listed = 1 and active_at >= @since order by active_at desc limit @MostCounted) q
                    join posts a on a.question_id = q.question_id and a.kind = 2 and a.deleted_at is null
                    where a.created_at >= @since and a.author_id is not null and a.wiki_at is null
                    group by a.author_id
                    having sum(a.score) >= 0
                    order by score desc, user_id
                    limit @TopUsers
                    """), parameters, token),
                await db.Query<Person>(People(
                    """
                    select p.author_id as user_id, sum(p.score) as score, count(*) as posts
                    from (select question_id from question_tags where tag_id = @tag and is_listed = 1 and created_at >= @since order by created_at desc limit @MostCounted) q
                    join posts p on p.id = q.question_id
                    where p.author_id is not null and p.wiki_at is null
                    group by p.author_id
                    having sum(p.score) >= 0
                    order by score desc, user_id
                    limit @TopUsers
                    """), parameters, token));
        }

        private static string People(string best) =>
            $"""
            select u.id as Id, u.name as Name, {UserCard.ShownReputation} as Reputation, u.picture as Picture,
                   {UserCard.ShownBadges}, best.score as Score, best.posts as Posts
            from ({best}) best
            join users u on u.id = best.user_id
            where u.id > 0 and u.removed_at is null
            order by best.score desc, u.id
            """;
    }

    private sealed record Found
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Questions { get; init; }
    }
}
