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
/// Undoes the merge of a question: what went with it comes back as it is now, what the other question got since stays there.
/// Rules: docs/rules/merging.md.
/// </summary>
/// <exception cref="ConflictException">It is not merged.</exception>
[For(Who.Moderator)]
public sealed record UnmergeQuestions(long SourceId) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<UnmergeQuestions>
    {
        public async Task Handle(UnmergeQuestions unmerge, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var source = await db.VisiblePost(unmerge.SourceId, user, settings, token);
            var merge = await db.Find<Row>(
                "select id as Id, target_id as TargetId from question_merges where source_id = @Id and unmerged_at is null", new { source.Id }, token)
                ?? throw new ConflictException(new Refusal("merging.not-merged"));
            var target = await db.VisiblePost(merge.TargetId, user, settings, token);
            MergingRules.WhyNotUnmerge(me, source, target, await db.IsMerged(target.Id, token))?.Throw();

            await db.Execute("update question_merges set unmerged_by = @me, unmerged_at = @now where id = @Id", new { merge.Id, me = me.Id, now }, token);
            var answers = await db.Return("m.merge_id = @id", merge.Id, me.Id, settings.Reputation, now, token);
            await db.Execute(
                "delete from follows where post_id = @target and user_id in (select user_id from merged_follows where merge_id = @Id)", new { target = target.Id, merge.Id }, token);
            await db.Execute("delete from merged_follows where merge_id = @Id", new { merge.Id }, token);
            await db.Unlock(source.Id, token);
            await db.Log(source.Id, Merges.Ended, me.Id, now, token);
            await db.Log(target.Id, Merges.Ended, me.Id, now, token);
            await log.Record(
                new Act("unmerge", ActSubject.Post, source.Id)
                {
                    ConcernsId = source.AuthorId, Before = new { MergeId = merge.Id, Target = target.Id }, After = new { Answers = answers },
                }, token);
            happened.Note(new QuestionsUnmerged(merge.Id, source.Id, target.Id, source.AuthorId, me.Id));
        }
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public long TargetId { get; init; }
    }
}

/// <summary>A merge of questions was undone.</summary>
public sealed record QuestionsUnmerged(long MergeId, long SourceId, long TargetId, long? AskerId, long ModeratorId) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages) =>
        pages.Question(SourceId).Title(SourceId).Relisted(SourceId).Question(TargetId).Title(TargetId).Relisted(TargetId).Tags().Profile(AskerId);

    /// <inheritdoc />
    public void Name(MovedPosts posts) => posts.Thread(SourceId).Thread(TargetId);
}

/// <summary>What was unmerged is merged again.</summary>
internal sealed class UndoUnmerge : IUndo
{
    public string Action => "unmerge";

    public IBaseRequest? Command(LoggedAct act) => act.FormerValue("Target") is { } target ? new MergeQuestions(act.SubjectId, target) : null;
}
