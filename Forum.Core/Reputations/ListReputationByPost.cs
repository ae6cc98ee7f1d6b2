using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Reputations;

/// <summary>
/// What each of a person's posts brought, those with the highest scores first, some at a time. 1, what all posts brought and
/// <see cref="View.Elsewhere"/> add up to the reputation.
/// </summary>
/// <param name="UserId">Whose.</param>
/// <param name="Before">Where to go on, of an earlier view's <see cref="View.Next"/>.</param>
public sealed record ListReputationByPost(long UserId, string? Before = null) : IRequest<ListReputationByPost.View>
{
    /// <param name="Reputation">Now.</param>
    /// <param name="Elsewhere">What came from no post of theirs that is to be seen: from accepting answers, votes cast, deleted posts, the former site.</param>
    /// <param name="Posts">Those with the highest scores first.</param>
    /// <param name="Next">Where further posts begin, or null.</param>
    public sealed record View(int Reputation, int Elsewhere, IReadOnlyList<Post> Posts, string? Next)
    {
        /// <summary>What all posts brought, on all pages.</summary>
        public int FromPosts => Reputation - ReputationSettings.Start - Elsewhere;
    }

    /// <summary>A question or an answer of theirs.</summary>
    public sealed record Post
    {
        public long Id { get; init; }
        public bool IsAnswer { get; init; }
        public string Title { get; init; } = "";
        public int Score { get; init; }

        /// <summary>What it brought, all in all.</summary>
        public int Total { get; init; }

        /// <summary>Votes for it that count, votes against it, and whether its being accepted counts.</summary>
        public int Up { get; init; }
        public int Down { get; init; }
        public bool IsAccepted { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListReputationByPost, View>
    {
        public async Task<View> Handle(ListReputationByPost list, CancellationToken token)
        {
            var person = await db.LedgerOwner(list.UserId, user, clock.GetUtcNow(), token);
            if (person.IsHidden)
                return new View(person.Reputation, 0, [], null);

            var size = settings.Pages.Questions;
            var place = PlaceInList.Parse(list.Before, 2);
            var posts = await db.Query<Post>(
                $"""
                select o.id as Id, o.kind = 2 as IsAnswer, coalesce(q.title, p.title) as Title, o.score as Score
                from (
                    select id, kind, score from ({Best(1, place is not null)}) questions
                    union all
                    select id, kind, score from ({Best(2, place is not null)}) answers
                    order by score desc, id desc
                    limit @size) o
                join posts p on p.id = o.id
                left join posts q on q.id = p.question_id
                order by o.score desc, o.id desc
                """,
                new { list.UserId, size = size + 1, score = place?[0], id = place?[1] }, token);
            var page = posts.Take(size).ToList();
            var brought = (await db.Query<Sum>(
                $"""
                select e.post_id as PostId, sum(e.applied) as Total,
                       count(*) filter (where e.state = 0 and e.kind in ({(int)ReputationKind.QuestionUpvoted}, {(int)ReputationKind.AnswerUpvoted})) as Up,
                       count(*) filter (where e.state = 0 and e.kind = {(int)ReputationKind.PostDownvoted}) as Down,
                       count(*) filter (where e.state = 0 and e.kind = {(int)ReputationKind.AnswerAccepted}) as Accepts
                from reputation_events e
                where {db.Dialect.InList("e.post_id", "@ids")} and e.user_id = @UserId
                group by e.post_id
                """,
                new { ids = db.Dialect.List(page.Select(post => post.Id)), list.UserId }, token)).ToDictionary(sum => sum.PostId);
            return new View(
                person.Reputation,
                person.Reputation - ReputationSettings.Start - await FromPosts(list.UserId, token),
                [.. page.Select(post => brought.GetValueOrDefault(post.Id) is { } sum ? post with { Total = sum.Total, Up = sum.Up, Down = sum.Down, IsAccepted = sum.Accepts > 0 } : post)],
                posts.Count > size ? PlaceInList.Of(page[^1].Score, page[^1].Id) : null);
        }

        private static string Best(int kind, bool goesOn) =>
            $"""
            select id, kind, score from posts where author_id = @UserId and kind = {kind} and is_listed = 1
                {(goesOn ? "and (score, id) < (@score, @id)" : "")} order by score desc, id desc limit @size
            """;

        // Two indexes that hold all it takes: no line is read.
        private Task<int> FromPosts(long userId, CancellationToken token) =>
            db.Get<int>(
                """
                select coalesce(sum(e.applied), 0)
                from posts p
                cross join reputation_events e on e.post_id = p.id and e.user_id = @userId
                where p.author_id = @userId and p.kind in (1, 2) and p.is_listed = 1
                """,
                new { userId }, token);
    }

    private sealed record Sum
    {
        public long PostId { get; init; }
        public int Total { get; init; }
        public int Up { get; init; }
        public int Down { get; init; }
        public int Accepts { get; init; }
    }
}
