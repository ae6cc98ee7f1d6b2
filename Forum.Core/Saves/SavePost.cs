using FluentValidation;
using Forum.Core.Badges;
using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Saves;

/// <summary>Keeps a question or an answer among one's saves, with a note that nobody else sees; saving again changes the note.</summary>
public sealed record SavePost(long PostId, string Note = "") : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<SavePost>
    {
        public Rules(ForumSettings settings) => RuleFor(s => s.Note).HasLength(new LengthRange(0, settings.Limits.SaveNote));
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<SavePost>
    {
        public async Task Handle(SavePost save, CancellationToken token)
        {
            var post = await db.VisiblePost(save.PostId, user, settings, token);
            await db.Execute(
                """
                insert into saves (user_id, post_id, note, saved_at) values (@me, @Id, @note, @now)
                on conflict (user_id, post_id) do update set note = excluded.note
                """,
                new { me = user.Required, post.Id, note = TextLength.Clean(save.Note), now = clock.GetUtcNow() }, token);
            var saves = await db.CountSaves(post.Id, token);
            if (Badge.All.Any(badge => badge.Feat == Feat.QuestionSaves && badge.Goal(settings) == saves))
                happened.Note(new SavesReached(post.Id, saves));
        }
    }
}

/// <summary>A post was saved by so many people that its author may have earned something.</summary>
public sealed record SavesReached(long PostId, int Saves) : IChangePages
{
    /// <summary>None: how often a post was saved may lag as its views do.</summary>
    public void Mark(PageTags pages)
    {
    }
}

/// <summary>Takes a post from one's saves; nothing happens when it is not among them.</summary>
public sealed record UnsavePost(long PostId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<UnsavePost>
    {
        public async Task Handle(UnsavePost unsave, CancellationToken token)
        {
            await db.Execute("delete from saves where user_id = @me and post_id = @PostId", new { me = user.Required, unsave.PostId }, token);
            await db.CountSaves(unsave.PostId, token);
        }
    }
}

internal static class SaveCounts
{
    /// <summary>Counts a post's saves anew and returns how many there are.</summary>
    public static Task<int> CountSaves(this Db db, long postId, CancellationToken token) =>
        db.Find<int>(
            "update posts set save_count = (select count(*) from saves where post_id = posts.id) where id = @postId returning save_count", new { postId }, token);
}
