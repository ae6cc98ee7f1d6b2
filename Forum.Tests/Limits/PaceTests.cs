using System.Net;
using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Flags;
using Forum.Core.Paces;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Limits;

/// <summary>A test for each line of the table "by account, address and range" of docs/rules/limits.md, on both sides of its number.</summary>
public sealed class PaceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    [TestCase("203.0.113.7", "203.0.113.7/32", "203.0.113.0/24")]
    [TestCase("::ffff:203.0.113.7", "203.0.113.7/32", "203.0.113.0/24")]
    [TestCase("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48")]
    public void An_address_has_a_network_near_and_one_around(string address, string near, string around)
    {
        Assert.That(Networks.Near(IPAddress.Parse(address)), Is.EqualTo(near));
        Assert.That(Networks.Around(IPAddress.Parse(address)), Is.EqualTo(around));
    }

    [Test]
    public void So_many_are_done_at_once_and_one_comes_back_with_each_part_of_the_time()
    {
        var free = default(DateTimeOffset);
        for (var i = 0; i < 3; i++)
        {
            (free, var wait) = PaceRules.Once(free, 3, TimeSpan.FromMinutes(1), Now);
            Assert.That(wait, Is.Null);
        }

        Assert.That(PaceRules.Once(free, 3, TimeSpan.FromMinutes(1), Now).Wait, Is.EqualTo(TimeSpan.FromSeconds(20)));
        Assert.That(PaceRules.Once(free, 3, TimeSpan.FromMinutes(1), Now.AddSeconds(20) - Instant).Wait, Is.EqualTo(Instant));
        (free, var none) = PaceRules.Once(free, 3, TimeSpan.FromMinutes(1), Now.AddSeconds(20));
        Assert.That(none, Is.Null);
        Assert.That(PaceRules.Once(free, 3, TimeSpan.FromMinutes(1), Now.AddSeconds(20)).Wait, Is.EqualTo(TimeSpan.FromSeconds(20)));
    }

    [TestCase(PacedBy.Account, 1, "limits.too-often-seconds", 2)]
    [TestCase(PacedBy.Address, 90, "limits.too-often-around-seconds", 90)]
    [TestCase(PacedBy.Range, 91, "limits.too-often-around-minutes", 2)]
    [TestCase(PacedBy.Range, 5_401, "limits.too-often-around-hours", 2)]
    public void What_is_said_names_the_time(PacedBy by, int seconds, string code, int number)
    {
        var refusal = PaceRules.WhyNot(by, TimeSpan.FromSeconds(seconds));

        Assert.That((refusal.Code, refusal.Arguments[0], refusal.Wait), Is.EqualTo((code, number, TimeSpan.FromSeconds(seconds))));
    }

    private static IEnumerable<TestCaseData> Lines() => PaceRules.All.Select(line => new TestCaseData(line).SetArgDisplayNames($"{line.Act} by {line.By} in {line.Window}"));

    [TestCaseSource(nameof(Lines))]
    public async Task Each_line_counts_to_its_number_and_no_further(PaceLimit line)
    {
        // This line alone, with its own number.
        var defaults = new ForumSettings();
        var most = line.Most(defaults);
        var off = PaceRules.All.Where(other => other != line).Select(other => (Setting(other), "0")).Where(setting => setting.Item1 != Setting(line));
        await using var forum = new TestForum(
            [("Forum:Paces:IsOn", "true"), .. off, ("Forum:Limits:QuestionsPerDay", "100000"), ("Forum:Limits:QuestionsPer30Days", "100000"), ("Forum:Flags:PerDay", "100"), ("Forum:Preset", "PrivateBeta")]);
        var acts = new Acts(forum, line);
        await acts.Prepare(most + 2);
        for (var i = 0; i < most; i++)
            await acts.Once(i);

        var refused = Assert.ThrowsAsync<RefusedException>(() => acts.Once(most))!.Refusal;
        Assert.That(refused.Wait, Is.EqualTo(line.Window / most).Within(Instant));
        forum.Clock.Advance(line.Window / most + Instant);
        await acts.Once(most);
        Assert.ThrowsAsync<RefusedException>(() => acts.Once(most + 1));
        acts.GoElsewhere();
        await acts.Once(most + 1);
    }

    [Test]
    public void Every_act_is_somebodys_request_or_counted_at_sign_in()
    {
        var paced = typeof(PacedAttribute).Assembly.GetTypes()
            .Select(type => (PacedAttribute?)Attribute.GetCustomAttribute(type, typeof(PacedAttribute)))
            .OfType<PacedAttribute>().Select(attribute => attribute.Act);

        Assert.That(paced.Append(PacedAct.FailToSignIn).Distinct(), Is.EquivalentTo(Enum.GetValues<PacedAct>()));
        Assert.That(PaceRules.All.Select(line => line.Act).Distinct(), Is.EquivalentTo(Enum.GetValues<PacedAct>()));
        foreach (var kept in PaceRules.All.Where(line => line.IsKept))
            Assert.That(typeof(IDailyPaced).Assembly.GetTypes().Any(type => typeof(IDailyPaced).IsAssignableFrom(type) && ((PacedAttribute?)Attribute.GetCustomAttribute(type, typeof(PacedAttribute)))?.Act == kept.Act), kept.ToString());
    }

    [Test]
    public async Task Whom_people_trust_is_not_counted_by_the_address_and_moderators_not_at_all()
    {
        await using var forum = new TestForum(("Forum:Paces:IsOn", "true"), ("Forum:Paces:Comments", "1"), ("Forum:Paces:CommentsOfOne", "2"));
        forum.From = IPAddress.Parse("203.0.113.7");
        var question = await forum.Make.Question();
        var (newcomer, regular, moderator) = (await forum.Make.User(124), await forum.Make.User(125), await forum.Make.User(moderator: true));
        await Say(newcomer);
        await forum.IsRefused(() => Say(newcomer), "limits.too-often-around-seconds");
        for (var i = 0; i < 2; i++)
            await Say(regular);
        await forum.IsRefused(() => Say(regular), "limits.too-often-seconds");
        for (var i = 0; i < 5; i++)
            await Say(moderator);

        Task Say(long user) => forum.Send(new PostComment(question, "Which version of it is this about?"), user);
    }

    [Test]
    public async Task Days_are_counted_in_the_database_and_addresses_thrown_away()
    {
        await using var forum = new TestForum(("Forum:Paces:IsOn", "true"));
        forum.From = IPAddress.Parse("203.0.113.7");
        await forum.Make.Tags("files");
        await forum.Send(new AskQuestion("How do I read a file line by line?", "I have a large text file and want to read it line by line.", "files"), await forum.Make.User(1));

        Assert.That(await forum.Value<string>("select group_concat(scope || ' ' || who, ', ') from (select * from paces order by scope)"), Is.EqualTo("2 203.0.113.7/32, 3 203.0.113.0/24"));
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Service<Housekeeping>().Tidy(default);
        Assert.That(await forum.Value<int>("select count(*) from paces"), Is.Zero);
    }

    [Test]
    public async Task What_is_counted_in_memory_is_forgotten_before_it_grows()
    {
        await using var forum = new TestForum(("Forum:Paces:IsOn", "true"), ("Forum:Paces:SearchesAround", "0"));
        var counters = forum.Service<Counters>();
        for (var i = 0; i < Counters.MostKept + 10; i++)
            counters.Count(PacedAct.Search, new CurrentUser(), new Origin { Address = new IPAddress(new byte[] { 10, (byte)(i >> 16), (byte)(i >> 8), (byte)i }) });

        Assert.That(counters.Kept, Is.LessThan(Counters.MostKept));
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < Counters.MostKept; i++)
            counters.Count(PacedAct.Search, new CurrentUser(), new Origin { Address = new IPAddress(new byte[] { 11, (byte)(i >> 16), (byte)(i >> 8), (byte)i }) });
        Assert.That(counters.Kept, Is.LessThanOrEqualTo(Counters.MostKept));
    }

    [Test]
    public async Task The_form_comes_back_filled_with_the_time_to_wait_and_addresses_are_those_before_the_proxy()
    {
        await using var site = TestSite.OnPort(
            ("Forum:Paces:IsOn", "true"), ("Forum:Paces:FailedSignIns", "1"), ("Forum:Limits:RegistrationsPerHour", "1"), ("Proxies:0", "127.0.0.1"));
        using var one = From("203.0.113.7");
        using var other = From("198.51.100.9");
        await one.Fill("/account/sign-in", ("Input.Name", "nobody"), ("Input.Password", "wrong password"));

        var late = await one.Fill("/account/sign-in", ("Input.Name", "somebody"), ("Input.Password", "wrong password"));
        Assert.That(late.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(late.Value("Input.Name"), Is.EqualTo("somebody"));
        Assert.That(late.Said("[role=alert]"), Does.Contain("from your network").And.Contain("in 60 minutes"));
        Assert.That((await other.Fill("/account/sign-in", ("Input.Name", "nobody"), ("Input.Password", "wrong password"))).Status, Is.EqualTo(HttpStatusCode.BadRequest));

        using var second = From("198.51.100.9");
        await other.Fill("/account/register", Account("ada"));
        var refused = await second.Fill("/account/register", Account("bob"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Value("Input.Email"), Is.EqualTo("bob@example.org"));
        Assert.That(refused.Headers["Retry-After"], Is.EqualTo("3600"));
        Assert.That(await site.Forum.Value<int>("select count(*) from accounts"), Is.EqualTo(1));

        SiteClient From(string address)
        {
            var client = site.Anonymous();
            client.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            return client;
        }

        static (string, string)[] Account(string name) =>
            [("Input.SignInName", name), ("Input.Name", name), ("Input.Email", $"{name}@example.org"), ("Input.Password", "a long pass phrase")];
    }

    // The name of a line's number among the settings.
    private static string Setting(PaceLimit line) => (line.Act, line.By, line.IsKept) switch
    {
        (PacedAct.Register, PacedBy.Address, false) => "Forum:Limits:RegistrationsPerHour",
        (PacedAct.Search, PacedBy.Account or PacedBy.Address, _) => "Forum:Limits:SearchesPerMinute",
        _ => "Forum:Paces:" + line.Act switch
        {
            PacedAct.Register => "Registrations", PacedAct.FailToSignIn => "FailedSignIns", PacedAct.Ask => "Questions", PacedAct.Answer => "Answers",
            PacedAct.Comment => "Comments", PacedAct.Vote => "Votes", PacedAct.Flag => "Flags", _ => "Searches",
        } + (line.IsKept ? "ADay" : "") + line.By switch { PacedBy.Account => "OfOne", PacedBy.Range => "Around", _ => "" },
    };

    // Does a line's act, each time as whoever it does not count else.
    private sealed class Acts(TestForum forum, PaceLimit line)
    {
        private const string Text = "I have a large text file and want to read it line by line.";
        private readonly List<long> people = [];
        private readonly List<long> things = [];
        private int range = 1;
        private bool isElsewhere;

        public async Task Prepare(int times)
        {
            await forum.Make.Tags("files");
            var author = await forum.Make.User(1_000);
            for (var i = 0; i < times; i++)
            {
                people.Add(await forum.Make.User(20));
                if (line.Act is PacedAct.Answer or PacedAct.Vote or PacedAct.Flag)
                    things.Add(await forum.Make.Question(author, title: $"How do I read the file number {i} by line?"));
            }

            if (line.Act == PacedAct.Comment)
                things.Add(await forum.Make.Question(author));
            await forum.Write("update users set is_moderator = 0");
        }

        /// <summary>Another account, address or range.</summary>
        public void GoElsewhere() => (isElsewhere, range) = (true, 2);

        public Task Once(int i)
        {
            // A range is counted by addresses within it, an address by people at it.
            forum.From = line.By == PacedBy.Account ? null : new IPAddress(new byte[] { 203, 0, (byte)range, (byte)(line.By == PacedBy.Range ? i + 1 : 7) });
            long? who = line.By == PacedBy.Account ? people[isElsewhere ? 1 : 0] : people[i];
            return line.Act switch
            {
                PacedAct.Register => forum.Send(new RegisterAccount($"person{i}", $"Person {i}", $"person{i}@example.org", "a long pass phrase")),
                PacedAct.FailToSignIn => Fail(),
                PacedAct.Ask => forum.Send(new AskQuestion($"How do I read file number {i} by line?", Text, "files"), who),
                PacedAct.Answer => forum.Send(new PostAnswer(things[i], $"Read the lines one at a time: number {i}."), who),
                PacedAct.Comment => forum.Send(new PostComment(things[0], "Which version of it is this about?"), who),
                PacedAct.Vote => forum.Send(new CastVote(things[i], Direction.Up), who),
                PacedAct.Flag => forum.Send(new FlagPost(things[i], FlagKind.Rude), who),
                _ => forum.Send(new SearchQuestions("file"), line.By == PacedBy.Account ? who : null),
            };
        }

        private Task Fail()
        {
            forum.Service<Counters>().Count(PacedAct.FailToSignIn, new CurrentUser(), new Origin { Address = forum.From })?.Throw();
            return Task.CompletedTask;
        }
    }
}
