using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Verification;
using Forum.Data;
using Forum.Data.Sqlite;
using MediatR;

namespace Forum.Core.Samples;

/// <summary>
/// Fills a database that has no posts with a synthetic community, for measuring and trying out: the same number gives the
/// same community, as if people had written it. Returns how many questions and answers it has. The database is there whole
/// or as it was before; nobody else may use it meanwhile.
/// </summary>
/// <param name="Questions">How many questions.</param>
/// <param name="Watch">Is told how it goes on.</param>
/// <exception cref="ConflictException">There are posts already.</exception>
[For(Who.Anyone)]
public sealed record SeedQuestions(int Questions, IProgress<SeedQuestions.Progress>? Watch = null) : IRequest<int>
{
    /// <summary>What is being done…</summary>
    public enum Step
    {
        /// <summary>Writing questions and what belongs to them.</summary>
        Questions,

        /// <summary>Writing people and their ledgers.</summary>
        People,

        /// <summary>Making indexes.</summary>
        Indexes,
    }

    /// <summary>…and how much of it is done.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Progress(Step Step, int Done, int Of);

    internal sealed class Handler(Db db, Database database, CommunityMarkdown markdown, ForumSettings settings) : IRequestHandler<SeedQuestions, int>
    {
        // So many threads or people are made by one processor at a time, and so many times that wait to be written.
        private const int Chunk = 50;
        private static readonly int Ahead = 4 * Environment.ProcessorCount;

        public async Task<int> Handle(SeedQuestions seed, CancellationToken cancellationToken)
        {
            if (await db.Get<bool>("select exists (select 1 from posts) or exists (select 1 from tags)", token: cancellationToken))
                throw new ConflictException(new Refusal("importing.not-empty"));

            // Who registered already stays who they are.
            var firstPerson = await db.Get<long>("select coalesce(max(seq), 0) + 1 from sqlite_sequence where name = 'users'", token: cancellationToken);
            db.EndSnapshot();
            var community = new SyntheticCommunity(seed.Questions, firstPerson, settings);
            using var load = BulkLoad.Begin(database, "comments", "comment_votes", "votes", "question_tags", "revisions", "saves", "users", "reputation_events", "tag_scores");
            var ledger = new SeededLedger(community.People, firstPerson, settings.Reputation);
            await Threads(seed, community, ledger, load, cancellationToken);
            await People(seed, community, ledger, load, cancellationToken);
            ledger.Write(load);
            await load.Session.CountTagScoresOf(long.MinValue, long.MaxValue, cancellationToken);
            await load.Session.TagScoresAreCounted(cancellationToken);
            await load.Session.NothingIsToBeRelated(cancellationToken);
            load.Index(seed.Watch is { } watch ? new Indexes(watch, load.Postponed) : null, cancellationToken);
            await load.Session.Recount(cancellationToken);
            await load.Finish();
            return community.Posts;
        }

        private async Task Threads(SeedQuestions seed, SyntheticCommunity community, SeededLedger ledger, BulkLoad load, CancellationToken token)
        {
            var writer = new ThreadWriter(load, community, ledger, settings);
            var done = 0;
            await foreach (var thread in InOrder(seed.Questions, number => RenderedThread.Of(community.Thread(number), markdown), token))
            {
                writer.Write(thread);
                if (++done % 1_000 == 0)
                    seed.Watch?.Report(new Progress(Step.Questions, done, seed.Questions));
            }

            writer.Finish();
        }

        private async Task People(SeedQuestions seed, SyntheticCommunity community, SeededLedger ledger, BulkLoad load, CancellationToken token)
        {
            ledger.Fold();
            var writer = new PersonWriter(load);
            var done = 0;
            await foreach (var (person, html) in InOrder(
                community.People,
                number => community.Person(number) is var person && person.About.Length == 0 ? (person, "") : (person, markdown.About(person.About, nameof(person.About))),
                token))
            {
                writer.Write(person, html, ledger.Reputation(person.Id));
                if (++done % 1_000 == 0)
                    seed.Watch?.Report(new Progress(Step.People, done, community.People));
            }
        }

        // Making and rendering is most of the work and is done by every processor; what is written comes in order, from one.
        private static async IAsyncEnumerable<T> InOrder<T>(int count, Func<int, T> make, [EnumeratorCancellation] CancellationToken token)
        {
            var made = new Queue<Task<T[]>>();
            for (var first = 0; first < count || made.Count > 0;)
            {
                while (first < count && made.Count < Ahead)
                {
                    var (from, some) = (first, Math.Min(Chunk, count - first));
                    made.Enqueue(Task.Run(() => Enumerable.Range(from, some).Select(make).ToArray(), token));
                    first += some;
                }

                foreach (var one in await made.Dequeue())
                    yield return one;
            }
        }

        private sealed class Indexes(IProgress<Progress> watch, int of) : IProgress<int>
        {
            public void Report(int value) => watch.Report(new Progress(Step.Indexes, value, of));
        }
    }
}
