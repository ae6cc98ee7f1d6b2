using Forum.Core.Locks;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>
/// Makes a post community wiki, or its author's own again. Its author may make an answer so, moderators any post, and moderators alone
/// take it back. Rules: docs/rules/editing.md.
/// </summary>
/// <param name="PostId">Which post.</param>
/// <param name="IsWiki">Whether it becomes community wiki; else it ceases to be.</param>
public sealed record ChangeWiki(long PostId, bool IsWiki) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<ChangeWiki>
    {
        public async Task Handle(ChangeWiki change, CancellationToken token)
        {
            var person = await db.Me(user, token);
            var post = await db.VisiblePost(change.PostId, user, settings, token);
            (change.IsWiki ? WikiRules.WhyNotMake(person, post, settings) : WikiRules.WhyNotEnd(person, post))?.Throw();

            await db.SetWiki(post.Id, change.IsWiki, person.Id, clock.GetUtcNow(), token);
            // Making one's own answer a wiki moderates nothing.
            if (post.AuthorId != person.Id)
                await log.Record(new Act(change.IsWiki ? "make-wiki" : "end-wiki", ActSubject.Post, post.Id) { ConcernsId = post.AuthorId }, token);
            happened.Note(new WikiChanged(post.Id, post.QuestionId, post.AuthorId, person.Id, change.IsWiki));
        }
    }

    internal sealed class UndoMaking : IUndo
    {
        public string Action => "make-wiki";

        public IBaseRequest? Command(LoggedAct act) => new ChangeWiki(act.SubjectId, IsWiki: false);
    }

    internal sealed class UndoEnding : IUndo
    {
        public string Action => "end-wiki";

        public IBaseRequest? Command(LoggedAct act) => new ChangeWiki(act.SubjectId, IsWiki: true);
    }
}

/// <summary>A post became community wiki, or ceased to be.</summary>
public sealed record WikiChanged(long PostId, long QuestionId, long? AuthorId, long ActorId, bool IsWiki) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Question(QuestionId).Profile(AuthorId);

    /// <inheritdoc />
    public void Name(MovedPosts posts) => posts.Post(PostId);
}

/// <summary>Who may make which post community wiki.</summary>
public static class WikiRules
{
    /// <summary>Why a person may not make a post community wiki.</summary>
    public static Refusal? WhyNotMake(Person person, PostFacts post, ForumSettings settings) => (person, post) switch
    {
        (_, { IsGone: true }) => new("editing.deleted-post"),
        (_, { WikiAt: not null }) => new("editing.is-wiki"),
        _ when LockRules.Stops(person, post.Lock, LockedAct.Edit) => new("editing.locked-post"),
        ({ IsModerator: true }, _) => null,
        (_, { IsQuestion: true }) => new("editing.wiki-moderators"),
        var (who, what) when what.AuthorId != who.Id => new("editing.wiki-not-yours"),
        _ => settings.WhyNot(Privilege.CreateWiki, person),
    };

    /// <summary>Why a person may not make a community wiki its author's own again.</summary>
    public static Refusal? WhyNotEnd(Person person, PostFacts post) => (person, post) switch
    {
        (_, { IsGone: true }) => new("editing.deleted-post"),
        (_, { WikiAt: null }) => new("editing.no-wiki"),
        _ when LockRules.Stops(person, post.Lock, LockedAct.Edit) => new("editing.locked-post"),
        ({ IsModerator: true }, _) => null,
        _ => new("editing.wiki-moderators"),
    };
}

/// <summary>What a post's being community wiki consists of.</summary>
internal static class Wikis
{
    /// <summary>The kinds of its timeline's rows, the first as a dump calls it.</summary>
    public const string Begun = "community-owned";

    /// <inheritdoc cref="Begun"/>
    public const string Ended = "community-owned-ended";

    /// <summary>Makes a post community wiki, or no longer. What was earned until now stays; what comes moves nobody's reputation.</summary>
    public static async Task SetWiki(this Db db, long postId, bool isWiki, long actor, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("update posts set wiki_at = @at where id = @postId", new { postId, at = isWiki ? now : (DateTimeOffset?)null }, token);
        await db.Log(postId, isWiki ? Begun : Ended, actor, now, token);
        if (!isWiki)
            await db.Execute("delete from wiki_credits where post_id = @postId", new { postId }, token);
    }
}
