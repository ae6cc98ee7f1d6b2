using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Merging;

/// <summary>
/// Merges a question into another: its answers go there with everything that is theirs, and it stays behind as a locked stub that leads
/// there. Rules: docs/rules/merging.md.
/// </summary>
/// <param name="SourceId">The question whose answers go.</param>
/// <param name="TargetId">The one they go to.</param>
[For(Who.Moderator)]
public sealed record MergeQuestions(long SourceId, long TargetId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<MergeQuestions>
    {
        public async Task Handle(MergeQuestions merge, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var source = await db.VisiblePost(merge.SourceId, user, settings, token);
            var target = await db.VisiblePost(merge.TargetId, user, settings, token);
            MergingRules.WhyNotMerge(me, source, target, await db.IsMerged(target.Id, token))?.Throw();

            var id = await db.Get<long>(
                "insert into question_merges (source_id, target_id, merged_by, merged_at) values (@source, @target, @me, @now) returning id",
                new { source = source.Id, target = target.Id, me = me.Id, now }, token);
            var answers = await db.Move(new Departure(source.Id, target.Id, AnswerId: null, id, me.Id, now), token);
            await db.Execute(
                """
                insert into merged_follows (merge_id, user_id)
                select @id, f.user_id
                from follows f
                where f.post_id = @source and not exists (select 1 from follows t where t.user_id = f.user_id and t.post_id = @target)
                """, new { id, source = source.Id, target = target.Id }, token);
            await db.Execute(
                "insert into follows (user_id, post_id, followed_at) select user_id, @target, @now from merged_follows where merge_id = @id",
                new { id, target = target.Id, now }, token);
            await db.Lock(source.Id, LockKind.Merged, now, until: null, me.Id, token);
            await db.Log(source.Id, Merges.Source, me.Id, now, token);
            await db.Log(target.Id, Merges.Destination, me.Id, now, token);
            await log.Record(
                new Act("merge", ActSubject.Post, source.Id)
                {
                    ConcernsId = source.AuthorId, After = new { MergeId = id, Target = target.Id, Answers = answers.Count },
                }, token);
            happened.Note(new QuestionsMerged(id, source.Id, target.Id, source.AuthorId, me.Id));
        }
    }
}

/// <summary>A question was merged into another.</summary>
public sealed record QuestionsMerged(long MergeId, long SourceId, long TargetId, long? AskerId, long ModeratorId) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages) =>
        pages.Question(SourceId).Title(SourceId).Relisted(SourceId).Question(TargetId).Title(TargetId).Relisted(TargetId).Tags().Profile(AskerId);

    /// <inheritdoc />
    public void Name(MovedPosts posts) => posts.Thread(SourceId).Thread(TargetId);
}

/// <summary>The kinds of the timeline's rows, as a dump calls them.</summary>
internal static class Merges
{
    public const string Source = "merge-source";
    public const string Destination = "merge-destination";
    public const string Ended = "unmerged";
    public const string AnswerMoved = "answer-moved";
    public const string Converted = "converted-to-comment";
    public const string MadeOfComment = "converted-from-comment";
}

/// <summary>A merge is undone by unmerging.</summary>
internal sealed class UndoMerge : IUndo
{
    public string Action => "merge";

    public IBaseRequest Command(LoggedAct act) => new UnmergeQuestions(act.SubjectId);
}
