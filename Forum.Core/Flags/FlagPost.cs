using FluentValidation;
using Forum.Core.Editing;
using Forum.Core.Moderation;
using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.Reviews;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;
using MediatR;

namespace Forum.Core.Flags;

/// <summary>
/// Says that something is wrong with a question or an answer, and returns the flag's id. So many flags of spam or rudeness, or a
/// moderator's one, delete the post. Rules: docs/rules/flags.md.
/// </summary>
/// <param name="PostId">The post.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Words">What a moderator should know; of kinds that have words.</param>
/// <param name="Source">Where a text was copied from, or the question that this one duplicates.</param>
/// <param name="Reason">Why a question should be closed: one of <see cref="FlagKinds.CloseReasons"/>.</param>
[Paced(PacedAct.Flag)]
public sealed record FlagPost(long PostId, FlagKind Kind, string? Words = null, string? Source = null, string? Reason = null) : IRequest<long>, ICommand
{
    private const int SourceLength = 500;

    internal sealed class Rules : AbstractValidator<FlagPost>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(f => f.Kind).Must(kind => FlagKinds.OfPosts.Contains(kind)).WithErrorCode("flags.no-kind");
            RuleFor(f => f.Words!).HasLength(settings.Flags.Words).When(f => f.Kind == FlagKind.Moderator);
            RuleFor(f => f.Words!).HasLength(new LengthRange(0, settings.Flags.Words.Max)).When(f => f.Kind == FlagKind.Plagiarism && f.Words is not null);
            RuleFor(f => f.Source).Must(IsAddress).When(f => f.Kind == FlagKind.Plagiarism).WithErrorCode("flags.no-source");
            RuleFor(f => f.Reason).Must(reason => FlagKinds.CloseReasons.Contains(reason)).When(f => f.Kind == FlagKind.Close).WithErrorCode("flags.no-reason");
            RuleFor(f => f.Source).Must(source => source is { Length: > 0 and <= SourceLength }).When(f => f is { Kind: FlagKind.Close, Reason: FlagKinds.Duplicate }).WithErrorCode("flags.no-duplicate");
        }

        private static bool IsAddress(string? source) =>
            source is { Length: > 0 and <= SourceLength } && Uri.TryCreate(source.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
    }

    internal sealed class Handler(Db db, CurrentUser user, Deletions deletions, ModerationLog log, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<FlagPost, long>
    {
        public async Task<long> Handle(FlagPost flag, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var post = await db.VisiblePost(flag.PostId, user, settings, token);
            var flagger = await db.Flagger(me, settings.Flags, now, token);
            FlagRules.WhyNotFlag(flag.Kind, flagger, await db.FlaggedPost(post, me.Id, token), settings, now)?.Throw();

            var id = await db.Raise(
                new Flag
                {
                    Kind = flag.Kind, PostId = post.Id, UserId = me.Id, RaisedAt = now,
                    Reason = flag.Kind == FlagKind.Close ? flag.Reason! : "",
                    Source = flag.Kind is FlagKind.Plagiarism or FlagKind.Close ? TextLength.Line(flag.Source) : "",
                    Words = flag.Kind.HasWords() ? TextLength.Clean(flag.Words) : "",
                }, post.AuthorId, log, token);
            happened.Note(new FlagRaised(id, flag.Kind, post.Id, post.QuestionId, null, me.Id, post.AuthorId));
            if (flag.Kind is FlagKind.NotAnAnswer or FlagKind.VeryLowQuality)
                await db.OpenTask(ReviewQueue.LowQuality, post.Id, flag.Kind.Key(), now, token);
            else if (flag.Kind == FlagKind.Close)
                await db.OpenTask(ReviewQueue.CloseVotes, post.Id, "flag", now, token);
            if (flag.Kind.IsRed())
                await CallSpam(id, me, post, now, token);
            return id;
        }

        private async Task CallSpam(long id, Person me, PostFacts post, DateTimeOffset now, CancellationToken token)
        {
            await db.VoteDown(id, me.Id, (await db.VoteTargets([post.Id], null, token)).Single(), settings, now, token);
            var waiting = await db.WaitingFlags(post.Id, token);
            if (!me.IsModerator && waiting.Count(flag => flag.Kind.IsRed()) < settings.Flags.RedFlags)
                return;

            // What it was called besides was right too; what is said in words still waits for a moderator.
            await db.Condemn(post, deletions, log, me.IsModerator ? me.Id : null, settings, happened, now, token);
            var right = waiting.Where(flag => flag.CommentId is null && !flag.Kind.HasWords() && flag.Kind != FlagKind.Noticed).ToList();
            await db.End(right, new Verdict(FlagState.Helpful, "", me.IsModerator ? me.Id : null), new Flagging(log, settings), now, token);
            happened.Note(FlagsDecided.Of(right, FlagState.Helpful, post.QuestionId, me.IsModerator ? me.Id : null));
        }
    }
}

/// <summary>Somebody flagged a post or a comment; or the rules did.</summary>
/// <param name="FlagId">The flag.</param>
/// <param name="Kind">What it says.</param>
/// <param name="PostId">The post.</param>
/// <param name="QuestionId">Its question, or itself.</param>
/// <param name="CommentId">The comment that is flagged.</param>
/// <param name="UserId">Who did; null: the rules.</param>
/// <param name="AuthorId">Whose post or comment it is.</param>
public sealed record FlagRaised(long FlagId, FlagKind Kind, long PostId, long QuestionId, long? CommentId, long? UserId, long? AuthorId) : IChangePages, IMovePosts
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        // A flag of spam is a vote down.
        if (Kind.IsRed())
            pages.Question(QuestionId).Relisted(QuestionId).Profile(AuthorId).People();
    }

    /// <inheritdoc />
    public void Name(MovedPosts posts)
    {
        if (Kind.IsRed())
            posts.Post(PostId);
    }
}

/// <summary>Flags have another state.</summary>
/// <param name="Flags">Which.</param>
/// <param name="State">Theirs now.</param>
/// <param name="PostIds">What they are of.</param>
/// <param name="QuestionId">Its question.</param>
/// <param name="Flaggers">Who raised them.</param>
/// <param name="ActorId">Who decided; null: the rules.</param>
public sealed record FlagsDecided(long[] Flags, FlagState State, long[] PostIds, long QuestionId, long[] Flaggers, long? ActorId) : IChangePages, IMovePosts
{
    internal static FlagsDecided Of(IReadOnlyList<Flag> flags, FlagState state, long questionId, long? actor) =>
        new(
            [.. flags.Select(flag => flag.Id)], state, [.. flags.Where(flag => flag.IsDownvote).Select(flag => flag.PostId).Distinct()], questionId,
            [.. flags.Select(flag => flag.UserId).OfType<long>().Distinct()], actor);

    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        if (PostIds.Length > 0)
            pages.Question(QuestionId).Relisted(QuestionId).Reputations().People();
    }

    /// <inheritdoc />
    public void Name(MovedPosts posts)
    {
        foreach (var post in PostIds)
            posts.Post(post);
    }
}
