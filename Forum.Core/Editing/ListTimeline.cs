using System.Text.Json;
using Forum.Core.Bounties;
using Forum.Core.Closing;
using Forum.Core.Importing;
using Forum.Core.Markdown;
using Forum.Core.PostNotices;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>What happened to a post, newest first: edits, answers, comments, votes by day, accepts, bounties, deletions and the like.</summary>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
public sealed record ListTimeline(long PostId, int Page = 1) : IRequest<ListTimeline.View>
{
    /// <param name="Post">The post.</param>
    /// <param name="Items">A page of what happened, newest first.</param>
    /// <param name="Number">The number of the page, from 1.</param>
    /// <param name="IsMore">Whether older things follow.</param>
    /// <param name="AreVotesSplit">Whether the reader sees votes each way; else <see cref="Item.Up"/> is what the score changed by.</param>
    public sealed record View(PostFacts Post, IReadOnlyList<Item> Items, int Number, bool IsMore, bool AreVotesSplit)
    {
        /// <summary>The site's own reasons for closing; none where no item needs them.</summary>
        public IReadOnlyList<SiteReason> SiteReasons { get; init; } = [];
    }

    /// <summary>Something that happened.</summary>
    public sealed record Item
    {
        public DateTimeOffset At { get; init; }

        /// <summary>What: written, edited, rolled-back, answer, comment, accepted, votes, bounty-started, bounty-ended, edit-suggested, suggested-edit-…, or the kind of a post_events row.</summary>
        public string Kind { get; init; } = "";
        public long? UserId { get; init; }
        public string? UserName { get; init; }
        public string? RemovedName { get; init; }

        /// <summary>The number of a revision, or the id of an answer, a comment or a suggested edit.</summary>
        public long? Number { get; init; }

        /// <summary>Votes up that day, whose hour is not told; of a bounty its amount.</summary>
        public int Up { get; init; }

        /// <summary>Votes down that day; of a rollback the number of the revision it brought back.</summary>
        public int Down { get; init; }

        /// <summary>The editor's summary, or how an answer or a comment begins.</summary>
        public string Text { get; init; } = "";

        internal string Details { get; init; } = "";

        /// <summary>Of closing, the key of its reason; of a notice, the key of what it says; null where it is not known.</summary>
        public string? Key { get; init; }

        /// <summary>Who did it; null when nobody is named.</summary>
        public string? ActorName => UserName ?? RemovedName;
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListTimeline, View>
    {
        private const int ExcerptLength = 140;
        private const long Day = 86_400_000;

        public async Task<View> Handle(ListTimeline list, CancellationToken token)
        {
            var post = await db.VisibleText(list.PostId, user, settings, token);
            var size = settings.Pages.Timeline;
            var number = Math.Clamp(list.Page, 1, int.MaxValue / size);
            var items = await db.Query<Item>(
                $"""
                select t.At as At, t.Kind as Kind, t.UserId as UserId, u.name as UserName, t.RemovedName as RemovedName,
                       t.Number as Number, t.Up as Up, t.Down as Down, t.Text as Text, t.Details as Details
                from (
                    select created_at as At, case when number = 1 then 'written' when rollback_to is not null then 'rolled-back' else 'edited' end as Kind,
                           author_id as UserId, author_name as RemovedName, number as Number, 0 as Up, coalesce(rollback_to, 0) as Down, comment as Text, '' as Details
                    from revisions
                    where post_id = @Id
                    union all
                    select at, kind, actor_id, actor_name, null, 0, 0, '', details
                    from post_events
                    where post_id = @Id
                    union all
                    select s.created_at, 'edit-suggested', s.author_id, null, s.id, 0, 0, s.comment, ''
                    from suggested_edits s
                    where s.post_id = @Id
                    union all
                    select s.decided_at, case s.outcome when {(int)SuggestionOutcome.Rejected} then 'suggested-edit-rejected'
                                                        when {(int)SuggestionOutcome.Withdrawn} then 'suggested-edit-withdrawn'
                                                        else 'suggested-edit-cancelled' end,
                           s.decided_by, null, s.id, 0, 0, '', ''
                    from suggested_edits s
                    where s.post_id = @Id and s.outcome in ({(int)SuggestionOutcome.Rejected}, {(int)SuggestionOutcome.Withdrawn}, {(int)SuggestionOutcome.Overtaken})
                    union all
                    select created_at, 'comment', author_id, author_name, id, 0, 0, substr(html, 1, 1000), ''
                    from comments
                    where post_id = @Id and deleted_at is null
                    union all
                    select created_at, 'answer', author_id, author_name, id, 0, 0, substr(html, 1, 1000), ''
                    from posts
                    where question_id = @Id and kind = 2 and deleted_at is null
                    union all
                    select accepted_at, 'accepted', author_id, author_name, accepted_answer_id, 0, 0, '', ''
                    from posts
                    where id = @Id and accepted_at is not null
                    union all
                    select started_at, 'bounty-started', sponsor_id, null, null, amount, 0, case when outcome is {(int)BountyOutcome.Refunded} then '' else note end, ''
                    from bounties
                    where question_id = @Id
                    union all
                    select ended_at, case when outcome is {(int)BountyOutcome.Refunded} then 'bounty-refunded' else 'bounty-ended' end, null, null, awarded_answer_id, awarded_amount, 0, '', ''
                    from bounties
                    where question_id = @Id and ended_at is not null
                    union all
                    select at / {Day} * {Day}, 'votes', null, null, null, sum(up), sum(down), '', ''
                    from (
                        select cast_at as at, direction = 1 as up, direction = -1 as down from votes where post_id = @Id
                        union all
                        select raised_at, 0, 1 from flags where post_id = @Id and is_downvote = 1
                        union all
                        select (day + 1) * {Day} - 1, case when kind = 2 then votes else 0 end, case when kind = 3 then votes else 0 end
                        from legacy_votes
                        where post_id = @Id) cast_votes
                    group by at / {Day}) t
                left join users u on u.id = t.UserId
                order by t.At desc, t.Kind, t.Number desc
                limit @size offset @skip
                """,
                new { post.Id, size = size + 1, skip = (number - 1L) * size }, token);
            var maySplit = user.IsSignedIn && settings.WhyNot(Privilege.EstablishedUser, People.Seen(user)) is null;
            var shown = items.Take(size).Select(item => Shown(item, maySplit)).ToList();
            return new View(post, shown, number, items.Count > size, maySplit)
            {
                SiteReasons = shown.Any(item => CloseReason.SiteId(item.Key) is not null) ? await db.AllSiteReasons(token) : [],
            };
        }

        // Votes each way are for those who see them beside the post.
        private static Item Shown(Item item, bool maySplit) => item.Kind switch
        {
            "answer" or "comment" => item with { Text = PlainText.Excerpt(item.Text, ExcerptLength) },
            "votes" when !maySplit => item with { Up = item.Up - item.Down, Down = 0 },
            Closings.Closed => item with { Key = ReasonOf(item.Details) },
            NoticeRows.Added or NoticeRows.Removed => item with { Key = Word(item.Details, "Kind") },
            _ => item,
        };

        // Closed here, or elsewhere before an import: dumps number their reasons.
        private static string? ReasonOf(string details) => Word(details, "Reason") ?? PostHistory.CloseReason(Word(details, "comment"));

        // What a dump had there is not always JSON.
        private static JsonDocument? Parsed(string details)
        {
            try
            {
                return JsonDocument.Parse(details);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private static string? Word(string details, string name)
        {
            if (!details.StartsWith('{'))
                return null;

            using var json = Parsed(details);
            return json is not null && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
    }
}
