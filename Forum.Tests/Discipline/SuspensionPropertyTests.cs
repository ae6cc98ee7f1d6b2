using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Discipline;
using Forum.Core.Inbox;
using Forum.Core.Moderation;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Discipline;

/// <summary>
/// Random suspensions, longer and shorter ones over each other, lifted by hand and undone from the log: once the last is lifted, every page shows
/// a stranger, the person and another member what it showed before, and so do the answers of the front door.
/// </summary>
public sealed partial class SuspensionPropertyTests
{
    /// <summary>What a moderator does to a person.</summary>
    public enum Kind
    {
        Suspend, Lift, Undo,
    }

    /// <summary>One act; who is taken modulo how many there are.</summary>
    public sealed record Deed(Kind Kind, int Who, int Days);

    private static readonly Arbitrary<Deed[]> Deeds = (
        from deed in
            from kind in Gen.Frequency((5, Gen.Constant(Kind.Suspend)), (2, Gen.Constant(Kind.Lift)), (2, Gen.Constant(Kind.Undo)))
            from who in Gen.Choose(0, 1)
            from days in Gen.Choose(1, 365)
            select new Deed(kind, who, days)
        select deed).ArrayOf(8).ToArbitrary();

    [Test]
    public void Suspending_and_lifting_leaves_nothing_that_anybody_sees() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4), Prop.ForAll(Deeds, deeds => Holds(deeds).GetAwaiter().GetResult()));

    private static async Task<bool> Holds(Deed[] deeds)
    {
        await using var site = new TestSite();
        var town = await Town.Found(site);
        var before = await town.Visible();

        await town.Forum.Send(new SuspendPerson(town.People[0], 7, "rude", "That was not kind at all."), town.Moderator);
        Assert.That(await town.Visible(), Is.Not.EqualTo(before), "a suspension is seen");
        foreach (var deed in deeds)
            await town.Do(deed);
        await town.LiftAll();

        var after = await town.Visible();
        foreach (var (place, text) in before)
            Assert.That(after[place], Is.EqualTo(text), place);
        await town.Forum.Verify();
        return true;
    }

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blanks();

    private sealed class Town(TestSite site)
    {
        private readonly List<long> questions = [];

        public TestForum Forum => site.Forum;

        public long Moderator { get; private set; }

        public long[] People { get; private set; } = [];

        public static async Task<Town> Found(TestSite site)
        {
            var town = new Town(site);
            var make = site.Forum.Make;
            town.Moderator = await make.User(moderator: true);
            // The third is nobody's target: a member who looks.
            town.People = [await make.User(500, "Ada"), await make.User(20, "Bob"), await make.User(30, "Cai")];
            for (var i = 0; i < 2; i++)
            {
                var question = await make.Question(by: town.People[i], title: $"How do I read file number {i} by line?");
                var answer = await make.Answer(question, by: town.People[1 - i]);
                await make.Comment(answer, by: town.People[i]);
                await site.Forum.Send(new CastVote(answer, Direction.Up), await make.User(1_000));
                await site.Forum.Send(new CastVote(question, Direction.Up), town.People[1 - i]);
                site.Clock.Advance(TimeSpan.FromHours(1));
                await site.Forum.Send(new AcceptAnswer(answer), town.People[i]);
                town.questions.Add(question);
            }

            await site.Forum.Settle();
            await site.Forum.Award();
            await site.Forum.Settle();
            // Profiles say when somebody was here last: now, all of them.
            foreach (var person in town.People.Append(town.Moderator))
            {
                using var client = await site.SignedInAs(person);
                await client.Get("/");
            }

            return town;
        }

        public async Task Do(Deed deed)
        {
            var who = People[deed.Who];
            try
            {
                await (deed.Kind switch
                {
                    Kind.Suspend => Forum.Send(new SuspendPerson(who, deed.Days, "rude", "That was not kind at all."), Moderator),
                    Kind.Lift => Forum.Send(new LiftSuspension(who, ""), Moderator),
                    _ => UndoLast(),
                });
            }
            catch (Exception refused) when (refused is RefusedException or ConflictException)
            {
                // What may not be done is not what is looked at here.
            }
        }

        public async Task LiftAll()
        {
            foreach (var person in People)
            {
                try
                {
                    await Forum.Send(new LiftSuspension(person, "We talked."), Moderator);
                }
                catch (ConflictException)
                {
                    // They are not suspended.
                }
            }

            await Forum.Settle();
        }

        /// <summary>What each page says, with where its links lead, and what the front door answers about people.</summary>
        public async Task<Dictionary<string, string>> Visible()
        {
            var seen = new Dictionary<string, string>(StringComparer.Ordinal);
            // What the moderators wrote is told, and read.
            foreach (var person in People)
                await Forum.Send(new MarkRead(null, long.MaxValue), person);
            foreach (var reader in new long?[] { null, People[0], People[1], People[2], Moderator })
            {
                using var client = reader is { } id ? await site.SignedInAs(id) : site.Anonymous();
                foreach (var address in Addresses())
                {
                    var page = await client.Get(address);
                    while (page.Location is not null)
                        page = await client.Follow(page);
                    var main = page.Document.QuerySelector("main")!;
                    foreach (var changing in main.QuerySelectorAll("input[type=hidden]"))
                        changing.Remove();
                    var links = string.Join(' ', main.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
                    var able = string.Join(' ', main.QuerySelectorAll("button").Select(b => $"{b.GetAttribute("aria-disabled")}{b.HasAttribute("disabled")}"));
                    seen[$"{address} as {reader}"] = $"{(int)page.Status} {Blanks().Replace(main.TextContent, " ")} {links} {able}";
                }

                foreach (var person in People)
                {
                    var view = await Forum.Send(new ShowUser(person), reader);
                    seen[$"profile of {person} as {reader}"] = $"{view.User} {string.Join(' ', view.Tags)} {string.Join(' ', view.Questions.Items)} {string.Join(' ', view.Answers.Items)} {string.Join(' ', view.Badges)}";
                }
            }

            return seen;
        }

        private IEnumerable<string> Addresses() =>
        [
            "/", "/questions", "/users", "/tags", "/tags/files/topusers", "/search?q=file", "/questions/ask", .. questions.SelectMany(q => new[] { $"/q/{q}", $"/posts/{q}/answer" }),
            .. People.SelectMany(p => new[] { $"/users/{p}", $"/users/{p}?tab=activity", $"/users/{p}?tab=reputation", $"/users/{p}?tab=badges" }),
        ];

        private async Task UndoLast()
        {
            if (await Forum.Sql(db => db.Find<long?>("select max(id) from moderation_acts where action = 'suspend'")) is { } last)
                await Forum.Send(new UndoAct(last), Moderator);
        }
    }
}
