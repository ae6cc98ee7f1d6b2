using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Saves;

/// <summary>Whether one has saved or follows a post, and one's note on it.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowSave(long PostId) : IRequest<ShowSave.View>
{
    public sealed record View(PostFacts Post, bool IsSaved, string Note, bool IsFollowed)
    {
        public string Slug => Questions.Slug.Of(Post.Title);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowSave, View>
    {
        public async Task<View> Handle(ShowSave show, CancellationToken token)
        {
            var post = await db.VisiblePost(show.PostId, user, settings, token);
            var mine = new { me = user.Required, post.Id };
            var note = await db.Find<string>("select note from saves where user_id = @me and post_id = @Id", mine, token);
            var follows = await db.Get<bool>("select exists (select 1 from follows where user_id = @me and post_id = @Id)", mine, token);
            return new View(post, note is not null, note ?? "", follows);
        }
    }
}
