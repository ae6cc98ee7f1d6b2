using FluentValidation;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Merging;

/// <summary>
/// Makes a comment an answer to the question it is under, in its author's name and of its time, and returns the answer's id. The comment is
/// taken away. Rules: docs/rules/merging.md.
/// </summary>
/// <param name="CommentId">The comment.</param>
/// <param name="Body">What the answer says: the comment's text, or that and what an answer must say besides.</param>
[For(Who.Moderator)]
public sealed record ConvertComment(long CommentId, string Body) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<ConvertComment>
    {
        public Rules(ForumSettings settings) => RuleFor(c => c.Body).HasLength(settings.Limits.Body);
    }

    internal sealed class Rendering(CommunityMarkdown markdown) : IPrepare<ConvertComment>
    {
        public PostText Body { get; private set; } = PostText.Empty;

        public Task Prepare(ConvertComment request, CancellationToken token)
        {
            Body = markdown.Post(request.Body, nameof(request.Body));
            return Task.CompletedTask;
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, Rendering text, Conversions conversions, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
        : IRequestHandler<ConvertComment, long>
    {
        public async Task<long> Handle(ConvertComment convert, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var (comment, post) = await db.VisibleComment(convert.CommentId, user, settings, token);
            var question = post.IsQuestion ? post : await db.VisiblePost(post.QuestionId, user, settings, token);
            MergingRules.WhyNotConvert(me, comment, post, question)?.Throw();

            var author = comment.AuthorId!.Value;
            var license = await db.Get<string>("select license from comments where id = @Id", new { comment.Id }, token);
            var id = await db.Publish(new NewPost(2, question.Id, author, null, text.Body, license, comment.CreatedAt), token);
            await db.Log(id, Merges.MadeOfComment, me.Id, now, token);
            await db.Bump(question.Id, comment.CreatedAt, token);
            await db.Relist(question.Id, token);
            happened.Note(new AnswerPosted(id, question.Id, author));
            // The answer to a community wiki is one.
            if (question.WikiAt is not null)
            {
                await db.SetWiki(id, isWiki: true, me.Id, now, token);
                happened.Note(new WikiChanged(id, question.Id, author, me.Id, IsWiki: true));
            }

            await conversions.TakeComment(comment.Id, post.Id, question.Id, me.Id, token);
            await log.Record(
                new Act("convert-comment", ActSubject.Comment, comment.Id) { ConcernsId = author, After = new { Answer = id, PostId = post.Id, Question = question.Id } }, token);
            happened.Note(new CommentConverted(comment.Id, id, question.Id, author, me.Id));
            happened.NoteLinks(id, question.Id, await db.LinkNew(id, text.Body, now, token));
            return id;
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "convert-comment";

        public IBaseRequest? Command(LoggedAct act) => act.Value("Answer") is { } answer ? new ReturnComment(act.SubjectId, answer) : null;
    }
}

/// <summary>Brings back a comment that was made an answer, and takes the answer away. Rules: docs/rules/merging.md.</summary>
[For(Who.Moderator)]
public sealed record ReturnComment(long CommentId, long AnswerId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, Conversions conversions, ForumSettings settings, ModerationLog log) : IRequestHandler<ReturnComment>
    {
        public async Task Handle(ReturnComment give, CancellationToken token)
        {
            var me = await db.Me(user, token);
            var answer = await db.VisiblePost(give.AnswerId, user, settings, token);
            var postId = await db.Find<long?>("select post_id from comments where id = @CommentId", new { give.CommentId }, token) ?? throw new NotFoundException();
            var post = await db.VisiblePost(postId, user, settings, token);
            // Somebody may have deleted the answer before.
            if (answer.DeletedAt is null)
            {
                MergingRules.WhyNotConvert(me, answer)?.Throw();
                await conversions.TakeAnswer(answer, me.Id, token);
            }

            await conversions.BringComment(give.CommentId, post.Id, post.QuestionId, token);
            await log.Record(
                new Act("return-comment", ActSubject.Comment, give.CommentId) { ConcernsId = answer.AuthorId, Before = new { Answer = answer.Id, PostId = post.Id, Question = answer.QuestionId } },
                token);
        }
    }
}

/// <summary>A comment became an answer to the question it was under.</summary>
public sealed record CommentConverted(long CommentId, long AnswerId, long QuestionId, long AuthorId, long ModeratorId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId);
}

/// <summary>A comment with its source, for whoever would make it an answer.</summary>
/// <exception cref="NotFoundException">There is no such comment, or it is deleted, or its post is not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowCommentConversion(long CommentId) : IRequest<ShowCommentConversion.View>
{
    /// <param name="Comment">The comment.</param>
    /// <param name="Question">The question it would answer.</param>
    /// <param name="WhyNot">Why the reader may not; null when they may.</param>
    public sealed record View(CommentFacts Comment, PostFacts Question, Refusal? WhyNot);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowCommentConversion, View>
    {
        public async Task<View> Handle(ShowCommentConversion show, CancellationToken token)
        {
            var (comment, post) = await db.VisibleComment(show.CommentId, user, settings, token);
            var question = post.IsQuestion ? post : await db.VisiblePost(post.QuestionId, user, settings, token);
            return new View(comment, question, MergingRules.WhyNotConvert(People.Seen(user), comment, post, question));
        }
    }
}
