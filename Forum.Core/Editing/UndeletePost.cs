using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>
/// Brings a deleted post back as it was, with its place in lists, search and reputation. Who deleted their own post may,
/// and moderators. Rules: docs/rules/editing.md.
/// </summary>
public sealed record UndeletePost(long PostId) : IRequest, ICommand
{
    internal sealed class Words(Db db) : IPrepare<UndeletePost>
    {
        public IReadOnlyDictionary<string, IndexedWords> Thread { get; private set; } = new Dictionary<string, IndexedWords>();

        public async Task Prepare(UndeletePost request, CancellationToken token) => Thread = await db.ThreadWords(request.PostId, token);
    }

    internal sealed class Handler(Db db, CurrentUser user, Words words, Deletions deletions, ForumSettings settings, Happened happened) : IRequestHandler<UndeletePost>
    {
        public async Task Handle(UndeletePost undelete, CancellationToken token)
        {
            var person = await db.Me(user, token);
            var post = await db.VisiblePost(undelete.PostId, user, settings, token);
            EditingRules.WhyNotUndelete(person, post)?.Throw();

            happened.Note(await deletions.Undelete(post, words.Thread, person.Id, token));
        }
    }
}

/// <summary>A deleted post is back.</summary>
public sealed record PostUndeleted(long PostId, long QuestionId, long? AuthorId, long ActorId) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Title(QuestionId).Relisted(QuestionId).Tags().Profile(AuthorId).People();

    /// <inheritdoc />
    public void Name(MovedPosts posts) => posts.Thread(PostId);
}
