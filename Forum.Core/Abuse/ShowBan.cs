using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Abuse;

/// <summary>Why no question is taken of the one who asks, whatever it says; null when there is nothing of the kind. Rules: docs/rules/abuse.md.</summary>
public sealed record ShowAskingBan : IRequest<Refusal?>
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowAskingBan, Refusal?>
    {
        public Task<Refusal?> Handle(ShowAskingBan show, CancellationToken token) => db.WritingBan(1, user, settings.Abuse, clock.GetUtcNow(), token);
    }
}

/// <summary>Whether the one who asks may ask and answer, and which of their posts count against them. Rules: docs/rules/abuse.md.</summary>
public sealed record ShowBan : IRequest<ShowBan.View>
{
    private const int Most = 100;

    /// <param name="Rules">The numbers in force.</param>
    /// <param name="Questions">How their questions fared; null for a stranger.</param>
    /// <param name="Answers">How their answers fared.</param>
    public sealed record View(AbuseSettings Rules, Standing? Questions, Standing? Answers);

    /// <param name="Record">How they fared.</param>
    /// <param name="WhyNot">Why no more are taken; null when they are.</param>
    /// <param name="ProbeAt">When one is taken all the same.</param>
    /// <param name="Bad">Those that count against their author.</param>
    public sealed record Standing(PostingRecord Record, Refusal? WhyNot, DateTimeOffset? ProbeAt, IReadOnlyList<BadPost> Bad);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowBan, View>
    {
        public async Task<View> Handle(ShowBan show, CancellationToken token)
        {
            var rules = settings.Abuse;
            if (user.Id is not { } me)
                return new View(rules, null, null);

            var person = People.Seen(user);
            var now = clock.GetUtcNow();
            var (questions, answers) = (await db.PostingRecord(me, 1, token), await db.PostingRecord(me, 2, token));
            return new View(
                rules,
                new Standing(questions, BanRules.WhyNotAsk(person, questions, now, rules), questions.LastAt + rules.BanProbe, await db.BadPosts(me, 1, Most, token)),
                new Standing(answers, BanRules.WhyNotAnswer(person, answers, now, rules), answers.LastAt + rules.BanProbe, await db.BadPosts(me, 2, Most, token)));
        }
    }
}
