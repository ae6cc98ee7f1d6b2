using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Merging;

/// <summary>What merging a question, or moving an answer, would do; with what is merged already.</summary>
/// <param name="PostId">The question or the answer.</param>
/// <param name="TargetId">The question it would go to; null: none was named yet.</param>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
public sealed record ShowMerge(long PostId, long? TargetId = null) : IRequest<ShowMerge.View>
{
    /// <param name="Post">The question or the answer.</param>
    /// <param name="Target">The question it would go to, or is merged into; null: none was named, or there is none.</param>
    /// <param name="IsMerged">Whether it is merged.</param>
    /// <param name="WhyNot">Why not so; null when nothing is against it.</param>
    public sealed record View(PostFacts Post, PostFacts? Target, bool IsMerged, Refusal? WhyNot)
    {
        /// <summary>How many answers would go.</summary>
        public int Answers { get; init; }

        /// <summary>How many comments would go with them.</summary>
        public int Comments { get; init; }

        /// <summary>Whether a mark of acceptance would be lost.</summary>
        public bool LosesAccept { get; init; }

        /// <summary>Questions that are merged into this one.</summary>
        public IReadOnlyList<Stub> Stubs { get; init; } = [];
    }

    /// <summary>A question that is merged into another.</summary>
    public sealed record Stub
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
        public DateTimeOffset MergedAt { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowMerge, View>
    {
        public async Task<View> Handle(ShowMerge show, CancellationToken token)
        {
            var post = await db.VisiblePost(show.PostId, user, settings, token);
            var mergedInto = await db.Query<long>("select target_id from question_merges where source_id = @Id and unmerged_at is null", new { post.Id }, token);
            var isMerged = mergedInto.Count > 0;
            var target = isMerged ? await Target(mergedInto[0], token) : await Target(show.TargetId, token);
            var isTargetMerged = target is not null && await db.IsMerged(target.Id, token);
            var me = People.Seen(user);
            var whyNot = (target, isMerged, post.IsQuestion) switch
            {
                (null, _, _) => show.TargetId is null && !isMerged ? null : new Refusal("merging.no-question"),
                (_, true, _) => MergingRules.WhyNotUnmerge(me, post, target, isTargetMerged),
                (_, _, true) => MergingRules.WhyNotMerge(me, post, target, isTargetMerged),
                _ => MergingRules.WhyNotMove(me, post, target, isTargetMerged),
            };
            var goes = await db.Get<Going>(
                $"""
                select count(*) as Answers, coalesce(sum(comment_count), 0) as Comments
                from posts
                where {(post.IsQuestion ? "question_id" : "id")} = @Id and kind = 2 and deleted_at is null
                """, new { post.Id }, token);
            return new View(post, target, isMerged, whyNot)
            {
                Answers = goes.Answers,
                Comments = goes.Comments,
                LosesAccept = post.IsQuestion
                    ? await db.Get<bool>("select accepted_answer_id is not null from posts where id = @Id", new { post.Id }, token)
                    : post.IsAccepted,
                Stubs = await db.Query<Stub>(
                    """
                    select q.id as Id, q.title as Title, m.merged_at as MergedAt
                    from question_merges m
                    join posts q on q.id = m.source_id
                    where m.target_id = @Id and m.unmerged_at is null
                    order by m.merged_at
                    """, new { post.Id }, token),
            };
        }

        private async Task<PostFacts?> Target(long? id, CancellationToken token)
        {
            if (id is not { } known || !await db.Get<bool>("select exists (select 1 from posts where id = @known and kind in (1, 2))", new { known }, token))
                return null;

            return await db.VisiblePost(known, user, settings, token);
        }

        private sealed record Going
        {
            public int Answers { get; init; }
            public int Comments { get; init; }
        }
    }
}
