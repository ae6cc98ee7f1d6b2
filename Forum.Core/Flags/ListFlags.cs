using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Flags;

/// <summary>A person's flags, newest first: to that person, and to moderators. Rules: docs/rules/flags.md, section 3.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Page">From 1 on.</param>
/// <exception cref="NotFoundException">There is no such person, or they are not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ListFlags(long UserId, int Page = 1) : IRequest<ListFlags.View>
{
    /// <param name="UserId">Whose they are.</param>
    /// <param name="Name">Their name.</param>
    /// <param name="Flags">The flags of the page.</param>
    /// <param name="Number">The page's number.</param>
    /// <param name="IsMore">Whether there are more.</param>
    /// <param name="Helpful">How many were helpful, ever.</param>
    /// <param name="Declined">How many were declined, ever.</param>
    /// <param name="PostsLeft">How many posts they may still flag today.</param>
    /// <param name="CommentsLeft">How many comments.</param>
    /// <param name="WhyNot">Why they may not flag at all, or null.</param>
    public sealed record View(
        long UserId, string Name, IReadOnlyList<Item> Flags, int Number, bool IsMore, int Helpful, int Declined, int PostsLeft, int CommentsLeft, Refusal? WhyNot);

    /// <summary>A flag in the list.</summary>
    public sealed record Item
    {
        public long Id { get; init; }
        public FlagKind Kind { get; init; }
        public FlagState State { get; init; }
        public long PostId { get; init; }
        public long? CommentId { get; init; }
        public bool IsQuestion { get; init; }

        /// <summary>The question's title; empty when the post is deleted and not the reader's to see.</summary>
        public string Title { get; init; } = "";
        public string Reason { get; init; } = "";
        public string Source { get; init; } = "";
        public string Words { get; init; } = "";
        public string Reply { get; init; } = "";
        public DateTimeOffset RaisedAt { get; init; }
        public DateTimeOffset? DecidedAt { get; init; }

        /// <summary>Whether it can be taken back by the one who asks.</summary>
        public bool MayRetract { get; init; }
        internal bool IsGone { get; init; }
        internal Editing.DeletionKind? Deletion { get; init; }
        internal long? AuthorId { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListFlags, View>
    {
        public async Task<View> Handle(ListFlags list, CancellationToken token)
        {
            if (user.Id != list.UserId && !user.IsModerator)
                throw new NotFoundException();

            var now = clock.GetUtcNow();
            var whose = await db.Find<Person>(
                """
                select id as Id, name as Name, reputation as Reputation, max(is_moderator, is_administrator) as IsModerator, created_at as CreatedAt
                from users
                where id = @UserId
                """, new { list.UserId }, token) ?? throw new NotFoundException();
            var flagger = await db.Flagger(whose, settings.Flags, now, token);
            var size = settings.Flags.Listed;
            var number = Math.Clamp(list.Page, 1, int.MaxValue / size);
            var rows = await db.Query<Item>(
                """
                select f.id as Id, f.kind as Kind, f.state as State, f.post_id as PostId, f.comment_id as CommentId, p.kind = 1 as IsQuestion, q.title as Title,
                       f.reason as Reason, f.source as Source, f.words as Words, f.reply as Reply, f.raised_at as RaisedAt, f.decided_at as DecidedAt,
                       p.deleted_at is not null or q.deleted_at is not null as IsGone, coalesce(p.deletion, q.deletion) as Deletion, p.author_id as AuthorId
                from flags f
                join posts p on p.id = f.post_id
                join posts q on q.id = coalesce(p.question_id, p.id)
                where f.user_id = @UserId
                order by f.raised_at desc, f.id desc
                limit @size offset @skip
                """,
                new { list.UserId, size = size + 1, skip = (number - 1L) * size }, token);
            var left = FlagRules.Allowance(whose.Reputation, flagger.Helpful, flagger.Declined, settings.Flags);
            return new View(
                whose.Id, whose.Name,
                [
                    .. rows.Take(size).Select(row => row with
                    {
                        Title = row.IsGone && !ShowQuestion.MaySeeDeleted(user, row.AuthorId, row.Deletion, settings) ? "" : row.Title,
                        MayRetract = FlagRules.WhyNotRetract(user.Required, list.UserId, row.State) is null,
                    }),
                ],
                number, rows.Count > size, flagger.Helpful, flagger.Declined,
                Math.Max(0, left - flagger.PostsToday), Math.Max(0, left - flagger.CommentsToday), FlagRules.WhyNotFlag(flagger, settings, now));
        }
    }
}
