using System.Globalization;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Voting;
using Forum.Data;
using MediatR;

namespace Forum.Core.Samples;

/// <summary>
/// Writes some questions of a synthetic community, for measuring and trying out: the same numbers give the same
/// community. One call is one transaction; a large community is many calls.
/// </summary>
/// <param name="First">Number of the first question to write, from 0; the call for 0 also writes the people.</param>
/// <param name="Count">How many to write now.</param>
/// <param name="Total">How many the whole community has, which decides how many people there are.</param>
/// <exception cref="ConflictException">The first call finds posts already.</exception>
[For(Who.Anyone)]
public sealed record SeedQuestions(int First, int Count, int Total) : IRequest<Unit>, ICommand
{
    /// <summary>Names of synthetic people begin so, and end in their number.</summary>
    internal const string NamePrefix = "Member ";

    internal sealed class Handler(Db db, CommunityMarkdown markdown, ForumSettings settings) : IRequestHandler<SeedQuestions, Unit>
    {
        // A fixed past: the community does not depend on when it is made.
        private static readonly DateTimeOffset Begin = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);
        // A statement takes only so many parameters.
        private const int AtOnce = 500;
        private static readonly TimeSpan Span = TimeSpan.FromDays(4 * 365);

        private readonly CommunityWriter writer = new(db, markdown, settings);

        public async Task<Unit> Handle(SeedQuestions seed, CancellationToken token)
        {
            if (seed.First == 0)
            {
                if (await db.Get<bool>("select exists (select 1 from posts)", token: token))
                    throw new ConflictException(new Refusal("importing.not-empty"));
                await People(seed, token);
            }

            var people = await db.Query<long>(
                @"select id from users where name like @like escape '\' order by id", new { like = Tags.Like.Beginning(NamePrefix) }, token);
            for (var number = seed.First; number < seed.First + seed.Count; number++)
                await Thread(new Dice(number), seed, number, people, token);
            return Unit.Value;
        }

        private async Task People(SeedQuestions seed, CancellationToken token)
        {
            var count = Math.Max(20, seed.Total / 4);
            var openings = new List<OpeningBalance>();
            for (var i = 0; i < count; i++)
            {
                var dice = new Dice(-1 - i);
                var name = string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{i + 1}");
                var id = await writer.Join(name, dice.Chance(0.3) ? SyntheticText.Paragraph(dice) : "", Begin, Begin + dice.Next(Span), false, false, token);
                openings.Add(new OpeningBalance(id, 1 + (int)(2_000 / (1 + dice.Next(400))), Begin));
            }

            foreach (var some in openings.Chunk(AtOnce))
                await db.Open(some, settings.Reputation, token);
        }

        private async Task Thread(Dice dice, SeedQuestions seed, int number, IReadOnlyList<long> people, CancellationToken token)
        {
            var at = Begin + Span * ((number + dice.Real()) / Math.Max(1, seed.Total));
            var asker = people[dice.Zipf(people.Count)];
            var question = await writer.Ask(asker, SyntheticText.Title(dice), SyntheticText.Body(dice), SyntheticText.Tags(dice), at, token);
            await Remarks(dice, question, people, at, token);
            await Votes(dice, question, asker, people, at, token);
            long? accepted = null;
            var answers = dice.Chance(0.12) ? 0 : 1 + dice.Zipf(6);
            var answeredAt = at;
            for (var i = 0; i < answers; i++)
            {
                answeredAt += TimeSpan.FromMinutes(5 + dice.Next(2_000));
                var author = people[dice.Zipf(people.Count)];
                var answer = await writer.Answer(question, author, SyntheticText.Body(dice), answeredAt, token);
                await Remarks(dice, answer, people, answeredAt, token);
                await Votes(dice, answer, author, people, answeredAt, token);
                if (accepted is null && dice.Chance(0.35))
                    await writer.Accept(question, (accepted = answer).Value, answeredAt.AddHours(2), token);
            }

            await writer.Finish(question, views: 10 + (int)(50_000.0 / (1 + dice.Next(3_000))), token);
        }

        private async Task Remarks(Dice dice, long post, IReadOnlyList<long> people, DateTimeOffset at, CancellationToken token)
        {
            for (var i = dice.Zipf(4); i > 0; i--)
                await writer.Comment(post, people[dice.Zipf(people.Count)], SyntheticText.Sentence(dice), at.AddMinutes(dice.Next(3_000)), token);
        }

        private async Task Votes(Dice dice, long post, long author, IReadOnlyList<long> people, DateTimeOffset at, CancellationToken token)
        {
            var voters = new HashSet<long> { author };
            for (var i = dice.Zipf(12); i > 0; i--)
            {
                var voter = people[dice.Next(people.Count)];
                if (voters.Add(voter))
                    await writer.Vote(post, voter, dice.Chance(0.88) ? Direction.Up : Direction.Down, at.AddMinutes(dice.Next(20_000)), token);
            }
        }
    }
}
