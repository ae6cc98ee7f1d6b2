using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>A page of the states that a post's text was in, newest first, each whole and with the one before it.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
public sealed record ListRevisions(long PostId, int Page = 1) : IRequest<ListRevisions.View>
{
    public sealed record View(PostFacts Post, PageOf<Revision> Revisions)
    {
        /// <summary>For moderators: the proposal to hide some of them that waits; null when none does.</summary>
        public long? Waiting { get; init; }

        public string Slug => Questions.Slug.Of(Post.Title);
    }

    public sealed record Revision
    {
        public int Number { get; init; }
        public long? AuthorId { get; init; }
        public string? UserName { get; init; }
        public string? RemovedName { get; init; }
        /// <summary>Of a question.</summary>
        public string? Title { get; init; }
        public string Body { get; init; } = "";
        public string? Tags { get; init; }
        public string Comment { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public string License { get; init; } = "";

        /// <summary>The number of the revision whose text it brought back; null of any other edit.</summary>
        public int? RollbackTo { get; init; }

        /// <summary>By what its title, text, tags and summary are hidden; null when they are not.</summary>
        public long? RedactionId { get; init; }

        /// <summary>Whether they are hidden.</summary>
        public bool IsRedacted => RedactionId is not null;

        /// <summary>The state before; null of the first, and where one of the two is hidden.</summary>
        public Revision? Before { get; init; }

        public string AuthorName => UserName ?? RemovedName ?? "user";
        public string[] TagNames => (Tags ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListRevisions, View>
    {
        public async Task<View> Handle(ListRevisions list, CancellationToken token)
        {
            var post = await db.VisibleText(list.PostId, user, settings, token);
            var total = await db.Get<int>("select revision_count from posts where id = @Id", new { post.Id }, token);
            var size = settings.Pages.Revisions;
            var number = Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));
            var revisions = await db.Query<Revision>(
                $"""
                select r.number as Number, r.author_id as AuthorId, u.name as UserName, r.author_name as RemovedName, r.comment as Comment,
                       r.created_at as CreatedAt, r.license as License, r.rollback_to as RollbackTo, r.redaction_id as RedactionId,
                       {Editing.Revisions.WholeText}
                from revisions r
                left join users u on u.id = r.author_id
                where r.post_id = @Id
                order by r.number desc
                limit @size offset @skip
                """,
                new { post.Id, size = size + 1, skip = (number - 1) * size }, token);
            var shown = revisions.Take(size).Select((revision, i) => revision.IsRedacted
                ? revision with { Title = null, Body = "", Tags = null, Comment = "" }
                : revision with { Before = i + 1 < revisions.Count && !revisions[i + 1].IsRedacted ? revisions[i + 1] : null });
            return new View(post, new PageOf<Revision>([.. shown], number, size, total))
            {
                Waiting = user.IsModerator ? await db.Find<long?>("select id from redactions where post_id = @Id and state = 0", new { post.Id }, token) : null,
            };
        }
    }
}
