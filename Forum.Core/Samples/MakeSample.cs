using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;
using MediatR;

namespace Forum.Core.Samples;

/// <summary>
/// Fills an empty database with a small community to look at, and returns whether it did: one that holds anybody's
/// account or post is left alone.
/// </summary>
[For(Who.Anyone)]
public sealed record MakeSample : IRequest<bool>, ICommand
{
    internal sealed class Password(IHashPasswords hasher) : IPrepare<MakeSample>
    {
        /// <summary>What signs every sample account in: <see cref="ListSampleAccounts.Password"/>.</summary>
        public string Hash { get; private set; } = "";

        public Task Prepare(MakeSample request, CancellationToken token)
        {
            Hash = hasher.Hash(ListSampleAccounts.Password);
            return Task.CompletedTask;
        }
    }

    internal sealed class Handler(Db db, CommunityMarkdown markdown, Password password, ForumSettings settings, TimeProvider clock) : IRequestHandler<MakeSample, bool>
    {
        private const int DaysBack = 60;

        public async Task<bool> Handle(MakeSample make, CancellationToken token)
        {
            if (await db.Get<bool>("select exists (select 1 from accounts) or exists (select 1 from posts)", token: token))
                return false;

            var now = clock.GetUtcNow();
            var writer = new CommunityWriter(db, markdown, settings);
            var people = await Join(writer, password.Hash, now, token);
            foreach (var question in SampleCommunity.Questions.OrderByDescending(q => q.DaysAgo))
                await Write(writer, question, people, now.AddDays(-question.DaysAgo), now, token);

            await db.CountTagScoresOf(long.MinValue, long.MaxValue, token);
            await db.TagScoresAreCounted(token);
            await db.Execute("insert into samples (made_at, last_event) values (@now, (select coalesce(max(id), 0) from events))", new { now }, token);
            return true;
        }

        private async Task<Dictionary<string, long>> Join(CommunityWriter writer, string passwordHash, DateTimeOffset now, CancellationToken token)
        {
            var people = new Dictionary<string, long>(StringComparer.Ordinal);
            var since = now.AddDays(-DaysBack);
            foreach (var member in SampleCommunity.Members)
            {
                var id = await writer.Join(member.Name, member.About, since, now, member.IsModerator, member.IsAdministrator, token);
                await db.Execute(
                    """
                    insert into accounts (user_id, sign_in_name, sign_in_key, password_hash, security_stamp)
                    values (@id, @Key, @signInKey, @passwordHash, @stamp)
                    """,
                    new { id, member.Key, signInKey = AccountKeys.Of(member.Key), passwordHash, stamp = Guid.NewGuid().ToString("N") }, token);
                people.Add(member.Key, id);
            }

            await db.Open([.. SampleCommunity.Members.Select(m => new OpeningBalance(people[m.Key], m.Reputation, since))], settings.Reputation, token);
            return people;
        }

        private static async Task Offer(CommunityWriter writer, long question, SampleCommunity.Bounty bounty, Dictionary<string, long> people, DateTimeOffset now, CancellationToken token)
        {
            await writer.StartBounty(question, people[bounty.Sponsor], bounty.Amount, bounty.Reason, bounty.Note, now.AddDays(-bounty.DaysAgo), token);
            if (bounty.AwardedDaysAgo is { } daysAgo)
                await writer.AwardBounty(question, now.AddDays(-daysAgo), token);
        }

        private static async Task Write(CommunityWriter writer, SampleCommunity.Question question, Dictionary<string, long> people, DateTimeOffset at, DateTimeOffset now, CancellationToken token)
        {
            var asker = people[question.Author];
            var id = await writer.Ask(asker, question.Title, question.Body, question.Tags, at, token);
            foreach (var comment in question.Comments)
                await writer.Comment(id, people[comment.Author], comment.Body, at.AddMinutes(25), token);
            foreach (var (voter, i) in question.Up.Select((voter, i) => (voter, i)))
                await writer.Vote(id, people[voter], Direction.Up, at.AddMinutes(10 + 17 * i), token);

            foreach (var answer in question.Answers.OrderBy(a => a.HoursLater))
            {
                var answeredAt = at.AddHours(answer.HoursLater);
                var answerId = await writer.Answer(id, people[answer.Author], answer.Body, answeredAt, token);
                foreach (var comment in answer.Comments ?? [])
                    await writer.Comment(answerId, people[comment.Author], comment.Body, answeredAt.AddMinutes(30), token);
                foreach (var (voter, i) in answer.Up.Select((voter, i) => (voter, i)))
                    await writer.Vote(answerId, people[voter], Direction.Up, answeredAt.AddMinutes(7 + 13 * i), token);
                foreach (var voter in answer.Down ?? [])
                    await writer.Vote(answerId, people[voter], Direction.Down, answeredAt.AddMinutes(50), token);
                if (answer.IsAccepted)
                    await writer.Accept(id, answerId, answeredAt.AddHours(1), token);
            }

            if (question.Bounty is { } bounty)
                await Offer(writer, id, bounty, people, now, token);
            await writer.Finish(id, views: 20 + question.DaysAgo * (7 + question.Up.Length), token);
        }
    }
}
