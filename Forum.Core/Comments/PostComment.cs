using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Comments;

/// <summary>Comments on a question or an answer and returns the comment's id. Rules: docs/rules/comments.md.</summary>
/// <param name="PostId">The question or answer.</param>
/// <param name="Body">One paragraph: bold, italic, code, links, <c>@names</c> of people in the thread.</param>
[Paced(PacedAct.Comment)]
public sealed record PostComment(long PostId, string Body) : IRequest<long>, ICommand, IBringText
{
    /// <inheritdoc />
    public IEnumerable<Written> Brings() => [new(nameof(Body), Body, WrittenKind.Comment)];

    internal sealed class Rules : AbstractValidator<PostComment>
    {
        public Rules(ForumSettings settings) => RuleFor(c => c.Body).HasLength(settings.Limits.Comment);
    }

    internal sealed class Rendering(CommunityMarkdown markdown) : IPrepare<PostComment>
    {
        public string Html { get; private set; } = "";
        public IReadOnlyCollection<long> Named { get; private set; } = [];

        public Task Prepare(PostComment request, CancellationToken token)
        {
            Html = markdown.Comment(request.Body, nameof(request.Body));
            Named = markdown.PostsNamedIn(Html);
            return Task.CompletedTask;
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, Rendering text, ForumSettings settings, Happened happened, TimeProvider clock)
        : IRequestHandler<PostComment, long>
    {
        public async Task<long> Handle(PostComment post, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var author = await db.Me(user, token);
            var on = await db.VisiblePost(post.PostId, user, settings, token);
            CommentRules.WhyNotPost(author, on, settings)?.Throw();

            var id = await db.Get<long>(
                """
                insert into comments (post_id, author_id, body, html, renderer, created_at, license)
                values (@on, @author, @body, @Html, @renderer, @now, @License)
                returning id
                """,
                new { on = on.Id, author = author.Id, body = TextLength.Clean(post.Body), text.Html, renderer = MarkdownRenderer.Version, now, settings.License }, token);
            await db.CountComments(on.Id, token);

            long[] mentioned = text.Html.Contains('@', StringComparison.Ordinal)
                ? [.. Mentions.In(text.Html, await db.Participants(on, author.Id, token), settings.Limits.Mentions)]
                : [];
            happened.Note(new CommentPosted(id, on.Id, on.QuestionId, author.Id, mentioned));
            happened.NoteLinks(on.Id, on.QuestionId, await db.KeepLinks(on.Id, [], text.Named, _ => [], now, token));
            return id;
        }
    }
}

/// <summary>Somebody commented on a post.</summary>
/// <param name="CommentId">The comment.</param>
/// <param name="PostId">The question or answer.</param>
/// <param name="QuestionId">Its question, or itself.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="Mentioned">Who is called by name in it.</param>
public sealed record CommentPosted(long CommentId, long PostId, long QuestionId, long AuthorId, long[] Mentioned) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>What the features of comments share.</summary>
internal static class Commenting
{
    /// <summary>Counts a post's comments anew.</summary>
    public static Task<int> CountComments(this Db db, long postId, CancellationToken token) =>
        db.Execute(
            "update posts set comment_count = (select count(*) from comments where post_id = posts.id and deleted_at is null) where id = @postId",
            new { postId }, token);

    /// <summary>Who takes part in a post's thread: asked or answered, edited this post or commented on it; the latest first.</summary>
    public static Task<IReadOnlyList<Participant>> Participants(this Db db, PostFacts post, long exceptId, CancellationToken token) =>
        db.Query<Participant>(
            """
            select u.id as Id, u.name as Name
            from (select author_id as id, created_at as at from comments where post_id = @Id and deleted_at is null
                  union all
                  select author_id, created_at from revisions where post_id = @Id
                  union all
                  select author_id, created_at from posts where id = @QuestionId
                  union all
                  select author_id, created_at from posts where question_id = @QuestionId and kind = 2 and deleted_at is null) t
            join users u on u.id = t.id
            where u.id <> @exceptId and u.removed_at is null
            group by u.id
            order by max(t.at) desc
            limit 200
            """,
            new { post.Id, post.QuestionId, exceptId }, token);

    /// <summary>The comment with its post, if the one who asks may see them.</summary>
    /// <exception cref="NotFoundException">There is none, it is deleted, or its post is not theirs to see.</exception>
    public static async Task<(CommentFacts Comment, PostFacts Post)> VisibleComment(this Db db, long id, CurrentUser user, ForumSettings settings, CancellationToken token)
    {
        var comment = await db.Find<CommentFacts>(
            """
            select id as Id, post_id as PostId, author_id as AuthorId, body as Body, html as Html, score as Score, created_at as CreatedAt, edited_at as EditedAt
            from comments
            where id = @id and deleted_at is null
            """,
            new { id }, token) ?? throw new NotFoundException();
        return (comment, await db.VisiblePost(comment.PostId, user, settings, token));
    }
}
