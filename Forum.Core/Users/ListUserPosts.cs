using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>Which posts of a person.</summary>
public enum UserPosts
{
    /// <summary>What they asked.</summary>
    Questions,

    /// <summary>What they answered.</summary>
    Answers,
}

/// <summary>A page of a person's questions or answers, highest score first. What is deleted, or answers what is deleted, is not listed.</summary>
public sealed record ListUserPosts(long UserId, UserPosts Kind, int Page = 1) : IRequest<PageOf<ListUserPosts.Item>>
{
    /// <summary>A question or an answer in the list.</summary>
    public sealed record Item
    {
        public long Id { get; init; }

        /// <summary>The question, or the one it answers.</summary>
        public long QuestionId { get; init; }
        public string Title { get; init; } = "";
        public int Score { get; init; }
        public DateTimeOffset CreatedAt { get; init; }

        /// <summary>Of an answer: whether it is the accepted one; of a question: whether it has one.</summary>
        public bool IsAccepted { get; init; }

        /// <summary>Where it is shown.</summary>
        public string Address => Id == QuestionId ? $"/questions/{Id}/{Questions.Slug.Of(Title)}".TrimEnd('/') : $"/a/{Id}";
    }

    internal sealed class Handler(Db db, ForumSettings settings) : IRequestHandler<ListUserPosts, PageOf<Item>>
    {
        public Task<PageOf<Item>> Handle(ListUserPosts list, CancellationToken token) => db.PostsOf(list, settings.Pages.Questions, token);
    }
}

/// <summary>A person's posts, for the profile and for the lists.</summary>
internal static class PostsOfPeople
{
    /// <summary>One page of them. Two statements.</summary>
    internal static async Task<PageOf<ListUserPosts.Item>> PostsOf(this Db db, ListUserPosts list, int size, CancellationToken token)
    {
        var total = await db.Find<long>(Count(list.Kind), new { list.UserId }, token);
        var number = (int)Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));
        var items = await db.Query<ListUserPosts.Item>(Items(list.Kind), new { list.UserId, size, skip = (number - 1L) * size }, token);
        return new PageOf<ListUserPosts.Item>(items, number, size, total);
    }

    private static string Count(UserPosts kind) => kind switch
    {
        UserPosts.Questions => "select question_count from users where id = @UserId",
        UserPosts.Answers => "select answer_count from users where id = @UserId",
    };

    // The page's ids come from an index alone, so that skipping pages does not read the posts skipped.
    private static string Items(UserPosts kind) => kind switch
    {
        UserPosts.Questions =>
            """
            select id as Id, id as QuestionId, title as Title, score as Score, created_at as CreatedAt, accepted_answer_id is not null as IsAccepted
            from (
                select id as page_id
                from posts
                where author_id = @UserId and kind = 1 and is_listed = 1
                order by score desc, id desc
                limit @size offset @skip
            ) page
            join posts on id = page_id
            order by score desc, id desc
            """,
        UserPosts.Answers =>
            """
            select a.id as Id, q.id as QuestionId, q.title as Title, a.score as Score, a.created_at as CreatedAt,
                   q.accepted_answer_id is not null and q.accepted_answer_id = a.id as IsAccepted
            from (
                select id
                from posts
                where author_id = @UserId and kind = 2 and is_listed = 1
                order by score desc, id desc
                limit @size offset @skip
            ) page
            join posts a on a.id = page.id
            join posts q on q.id = a.question_id
            order by a.score desc, a.id desc
            """,
    };
}
