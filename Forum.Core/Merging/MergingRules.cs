using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Users;

namespace Forum.Core.Merging;

/// <summary>Who may merge and unmerge questions and move answers (docs/rules/merging.md).</summary>
public static class MergingRules
{
    /// <summary>Why a person may not merge a question into another.</summary>
    /// <param name="person">Who.</param>
    /// <param name="source">The question whose answers would go.</param>
    /// <param name="target">The one they would go to.</param>
    /// <param name="isTargetMerged">Whether that one is merged into a third.</param>
    public static Refusal? WhyNotMerge(Person person, PostFacts source, PostFacts target, bool isTargetMerged) => (person, source, target) switch
    {
        ({ IsModerator: false }, _, _) => Refusals.ModeratorsOnly,
        (_, { IsQuestion: false }, _) or (_, _, { IsQuestion: false }) => new("merging.no-question"),
        var (_, from, to) when from.Id == to.Id => new("merging.same"),
        (_, { IsGone: true }, _) or (_, _, { IsGone: true }) => new("merging.deleted"),
        (_, { Lock: LockKind.Merged }, _) => new("merging.merged-already"),
        _ when isTargetMerged => new("merging.target-merged"),
        (_, { LockedAt: not null }, _) => new("merging.locked"),
        var (who, _, to) when LockRules.Stops(who, to.Lock, LockedAct.Edit) => new("merging.locked"),
        (_, { HasBounty: true }, _) => new("merging.has-bounty"),
        _ => null,
    };

    /// <summary>Why a person may not undo a merge.</summary>
    public static Refusal? WhyNotUnmerge(Person person, PostFacts source, PostFacts target, bool isTargetMerged) => (person, source, target) switch
    {
        ({ IsModerator: false }, _, _) => Refusals.ModeratorsOnly,
        (_, { IsGone: true }, _) or (_, _, { IsGone: true }) => new("merging.deleted"),
        _ when isTargetMerged => new("merging.unmerge-target-first"),
        _ => null,
    };

    /// <summary>Why a person may not make an answer a comment.</summary>
    public static Refusal? WhyNotConvert(Person person, PostFacts answer) => (person, answer) switch
    {
        ({ IsModerator: false }, _) => Refusals.ModeratorsOnly,
        (_, { IsQuestion: true }) => new("merging.no-answer-to-convert"),
        (_, { IsGone: true }) => new("merging.deleted"),
        var (who, what) when LockRules.Stops(who, what.Lock, LockedAct.Delete) => new("locks.locked-post"),
        _ => null,
    };

    /// <summary>Why a person may not make a comment an answer to the question it is under.</summary>
    public static Refusal? WhyNotConvert(Person person, CommentFacts comment, PostFacts post, PostFacts question) => (person, comment) switch
    {
        ({ IsModerator: false }, _) => Refusals.ModeratorsOnly,
        _ when post.IsGone || question.IsGone => new("merging.deleted"),
        (_, { AuthorId: null or <= 0 }) => new("merging.comment-of-nobody"),
        _ when question.Lock == LockKind.Merged => new("merging.target-merged"),
        _ when LockRules.Stops(person, question.Lock, LockedAct.Answer) || LockRules.Stops(person, post.Lock, LockedAct.Comment) => new("locks.locked-post"),
        _ => null,
    };

    /// <summary>Why a person may not move an answer to another question.</summary>
    public static Refusal? WhyNotMove(Person person, PostFacts answer, PostFacts question, bool isQuestionMerged) => (person, answer, question) switch
    {
        ({ IsModerator: false }, _, _) => Refusals.ModeratorsOnly,
        (_, { IsQuestion: true }, _) => new("merging.no-answer"),
        (_, _, { IsQuestion: false }) => new("merging.no-question"),
        (_, { IsGone: true }, _) or (_, _, { IsGone: true }) => new("merging.deleted"),
        var (_, what, to) when what.QuestionId == to.Id => new("merging.there-already"),
        _ when isQuestionMerged => new("merging.target-merged"),
        var (who, what, to) when LockRules.Stops(who, what.Lock, LockedAct.Edit) || LockRules.Stops(who, to.Lock, LockedAct.Edit) => new("merging.locked"),
        _ => null,
    };
}
