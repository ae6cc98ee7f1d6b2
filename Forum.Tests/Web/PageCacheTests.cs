using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;
using Forum.Web.Http;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Web;

/// <summary>Pages that are kept for strangers: never older than an answered write, never somebody else's.</summary>
public sealed partial class PageCacheTests
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64)";

    [Test]
    public async Task A_page_begun_before_a_write_is_shown_to_nobody_who_asks_after_it()
    {
        var (gate, site) = Gated();
        await using var _ = site;
        var question = await site.Forum.Make.Question();
        var voter = await site.Forum.Make.User(200);
        var address = await Address(site, question);
        gate.Close();

        var first = Get(site, address);
        await gate.Reached;
        await site.Forum.Send(new CastVote(question, Direction.Up), voter);
        var second = Get(site, address);
        gate.Open();
        await first;

        Assert.That(Score(await second), Is.EqualTo("1"));
        Assert.That(Score(await Get(site, address)), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_page_that_a_write_overtook_is_not_kept()
    {
        var (gate, site) = Gated();
        await using var _ = site;
        var question = await site.Forum.Make.Question();
        var voter = await site.Forum.Make.User(200);
        var address = await Address(site, question);
        gate.Close();

        var overtaken = Get(site, address);
        await gate.Reached;
        await site.Forum.Send(new CastVote(question, Direction.Up), voter);
        gate.Open();

        Assert.That(Score(await overtaken), Is.EqualTo("0"));
        Assert.That(Score(await Get(site, address)), Is.EqualTo("1"));
    }

    [Test]
    public async Task Many_who_ask_at_once_get_one_rendering()
    {
        var (gate, site) = Gated();
        await using var _ = site;
        var address = await Address(site, await site.Forum.Make.Question());
        var before = gate.Passed;
        gate.Close();

        var all = Enumerable.Range(0, 30).Select(_ => Get(site, address)).ToList();
        await gate.Reached;
        all.AddRange(Enumerable.Range(0, 30).Select(_ => Get(site, address)));
        gate.Open();
        var pages = await Task.WhenAll(all);

        Assert.That(gate.Passed - before, Is.EqualTo(1));
        Assert.That(pages.Select(page => page.Text).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_rendering_that_fails_holds_nobody_up()
    {
        await using var site = new TestSite();

        var pages = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Get(site, "/questions/404/no-such-question")));

        Assert.That(pages.Select(page => page.Status), Is.All.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Kept(site).Count, Is.Zero);
    }

    [Test]
    public async Task A_kept_page_asks_the_database_nothing()
    {
        var (gate, site) = Gated();
        await using var _ = site;
        var address = await Address(site, await site.Forum.Make.Question());
        var first = await Get(site, address);
        var passed = gate.Passed;

        var second = await Get(site, address);

        Assert.That(gate.Passed, Is.EqualTo(passed));
        Assert.That(second.Text, Is.EqualTo(first.Text));
        foreach (var (name, value) in first.Headers)
            Assert.That(second.Headers[name], Is.EqualTo(value), name);
    }

    [Test]
    public async Task Without_the_cache_every_page_is_rendered()
    {
        var (gate, site) = Gated(("Forum:PageCache:IsOn", "false"));
        await using var _ = site;
        var address = await Address(site, await site.Forum.Make.Question());
        var passed = gate.Passed;

        await Get(site, address);
        var page = await Get(site, address);

        Assert.That(gate.Passed, Is.EqualTo(passed + 2));
        Assert.That(page.Headers["Cache-Control"], Does.Contain("private").And.Contain("no-cache"));
        Assert.That(Kept(site).Count, Is.Zero);
    }

    [Test]
    public async Task Languages_themes_and_queries_are_told_apart()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        for (var i = 0; i < 3; i++)
            await site.Forum.Make.Answer(question);
        var address = await Address(site, question);
        await Get(site, address);

        var chinese = await Get(site, address, ("Accept-Language", "zh-CN,zh;q=0.9"));
        var chosen = await Get(site, address, ("Cookie", "other=1; forum.language=zh-Hans"));
        var dark = await Get(site, address, ("Cookie", "forum.theme=dark"));
        var newest = await Get(site, address + "?answers=newest");
        var english = await Get(site, address, ("Accept-Language", "en-GB"));

        Assert.That(chinese.Document.DocumentElement.GetAttribute("lang"), Is.EqualTo("zh-Hans"));
        Assert.That(chosen.Document.DocumentElement.GetAttribute("lang"), Is.EqualTo("zh-Hans"));
        Assert.That(chinese.Headers["Content-Language"], Is.EqualTo("zh-Hans"));
        Assert.That(dark.Document.Body!.ClassName, Does.Contain("theme-dark"));
        Assert.That(newest.Text, Does.Contain("data-address=\"" + address + "?answers=newest\""));
        Assert.That(english.Document.DocumentElement.GetAttribute("lang"), Is.EqualTo("en"));
        Assert.That(english.Document.Body!.ClassName, Does.Not.Contain("theme-dark"));
        Assert.That(english.Text, Does.Contain("data-address=\"" + address + "\""));
    }

    [TestCase("utm_source=mail")]
    [TestCase("answers=newest&answers=oldest")]
    [TestCase("Answers=newest")]
    [TestCase("handler=x")]
    public async Task Addresses_with_other_queries_are_not_kept_and_stand_on_their_page(string query)
    {
        await using var site = new TestSite();
        var address = await Address(site, await site.Forum.Make.Question());
        await Get(site, address);
        var kept = Kept(site).Count;

        var page = await Get(site, $"{address}?{query}");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Document.Body!.GetAttribute("data-address"), Is.EqualTo($"{address}?{query}"));
        Assert.That(Kept(site).Count, Is.EqualTo(kept));
    }

    [Test]
    public async Task Nobody_sees_the_page_of_who_is_signed_in()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User(5_000, "Ada Canary");
        var address = await Address(site, await site.Forum.Make.Question());
        using var signedIn = await site.SignedInAs(ada);

        var hers = await signedIn.Get(address);
        var ours = await Get(site, address);
        var hersAgain = await signedIn.Get(address);
        var oursAgain = await Get(site, address);

        Assert.That(hers.Text, Does.Contain("Ada Canary"));
        Assert.That(hersAgain.Text, Does.Contain("Ada Canary"));
        Assert.That(ours.Text + oursAgain.Text, Does.Not.Contain("Ada Canary"));
        Assert.That(hersAgain.Headers["Cache-Control"], Does.Contain("no-cache"));
        Assert.That(hersAgain.Headers.ContainsKey("ETag"), Is.False);
        Assert.That(Kept(site).Count, Is.EqualTo(1));
    }

    [TestCase("forum.session=expired-or-made-up")]
    [TestCase("forum.session=chunks-2; forum.sessionC1=a; forum.sessionC2=b")]
    public async Task Whoever_comes_with_a_session_gets_nothing_that_is_kept_and_leaves_nothing(string cookie)
    {
        var (gate, site) = Gated();
        await using var _ = site;
        var address = await Address(site, await site.Forum.Make.Question());
        await Get(site, address);
        var (passed, kept) = (gate.Passed, Kept(site).Count);

        var page = await Get(site, address, ("Cookie", cookie));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(gate.Passed, Is.EqualTo(passed + 1));
        Assert.That(Kept(site).Count, Is.EqualTo(kept));
    }

    [TestCase("/account/sign-in")]
    [TestCase("/account/register")]
    [TestCase("/settings/appearance")]
    [TestCase("/search?q=file")]
    [TestCase("/questions/ask")]
    [TestCase("/no/such/page")]
    [TestCase("/inbox")]
    [TestCase("/tags/complete?q=f")]
    public async Task What_is_no_page_for_everybody_is_not_kept(string address)
    {
        await using var site = new TestSite();
        await site.Forum.Make.Question();

        await Get(site, address);

        Assert.That(Kept(site).Count, Is.Zero);
    }

    [Test]
    public async Task Kept_pages_carry_no_posting_form_and_set_no_cookie()
    {
        await using var site = new TestSite();
        var author = await site.Forum.Make.User(1_000);
        var question = await site.Forum.Make.Question(author);
        await site.Forum.Make.Comment(await site.Forum.Make.Answer(question));
        string[] addresses =
        [
            "/", "/?tab=score", "/questions", "/questions?tab=unanswered&page=1", "/questions/tagged/files", "/tags", "/users", "/users?tab=newest",
            await Address(site, question), $"/posts/{question}/revisions", (await Get(site, $"/users/{author}")).Location!,
        ];

        foreach (var address in addresses)
        {
            var kept = Kept(site).Count;
            await Get(site, address);
            Assert.That(Kept(site).Count, Is.EqualTo(kept + 1), address);
            var page = await Get(site, address);

            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), address);
            Assert.That(page.Document.QuerySelector("form[method=post]"), Is.Null, address);
            Assert.That(page.Headers.ContainsKey("Set-Cookie"), Is.False, address);
            Assert.That(page.Headers["Content-Security-Policy"], Does.Contain("default-src 'none'"), address);
            Assert.That(page.Headers["Vary"], Is.EqualTo("Cookie, Accept-Language, Accept-Encoding"), address);
        }
    }

    [Test]
    public async Task A_browser_that_has_the_page_is_told_so_until_it_changes()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        var voter = await site.Forum.Make.User(200);
        var address = await Address(site, question);
        var first = await Get(site, address);
        var known = first.Headers["ETag"];

        foreach (var header in new[] { known, $"\"other\", {known}", "*", known.Replace("W/", "", StringComparison.Ordinal) })
        {
            var same = await Get(site, address, ("If-None-Match", header));
            Assert.That((same.Status, same.Text), Is.EqualTo((HttpStatusCode.NotModified, "")), header);
            Assert.That(same.Headers["ETag"], Is.EqualTo(known));
        }

        Assert.That((await Get(site, address, ("If-None-Match", "\"other\""))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Get(site, address, ("If-None-Match", "broken"))).Status, Is.EqualTo(HttpStatusCode.OK));
        await site.Forum.Send(new CastVote(question, Direction.Up), voter);
        var changed = await Get(site, address, ("If-None-Match", known));
        Assert.That(changed.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(changed.Headers["ETag"], Is.Not.EqualTo(known));
    }

    [Test]
    public async Task A_HEAD_request_gets_the_headers_of_the_kept_page()
    {
        await using var site = new TestSite();
        var address = await Address(site, await site.Forum.Make.Question());
        var page = await Get(site, address);

        using var client = site.Anonymous();
        var head = await client.Send(new HttpRequestMessage(HttpMethod.Head, address));

        Assert.That((head.Status, head.Text), Is.EqualTo((HttpStatusCode.OK, "")));
        Assert.That(head.Headers["ETag"], Is.EqualTo(page.Headers["ETag"]));
        Assert.That(head.Headers["Content-Length"], Is.EqualTo(Encoding.UTF8.GetByteCount(page.Text).ToString(CultureInfo.InvariantCulture)));
    }

    [TestCase("br", "br")]
    [TestCase("gzip", "gzip")]
    [TestCase("gzip, deflate, br, zstd", "br")]
    [TestCase("br;q=0, gzip;q=0.5", "gzip")]
    [TestCase("identity", null)]
    public async Task A_kept_page_comes_compressed_to_browsers_that_take_it_so(string accepted, string? expected)
    {
        await using var site = new TestSite();
        var address = await Address(site, await site.Forum.Make.Question());
        var plain = await Get(site, address);
        var page = Kept(site).Find(new PageKey(address, "en", null))!;
        page.Compress();

        using var client = site.Anonymous();
        var request = Request(address, ("Accept-Encoding", accepted));
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var response = await client.Http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.That(response.Content.Headers.ContentEncoding.SingleOrDefault(), Is.EqualTo(expected));
        Assert.That(response.Headers.ETag!.ToString(), Is.EqualTo(plain.Headers["ETag"]));
        Assert.That(Unpacked(body, expected), Is.EqualTo(plain.Text));
        if (expected is not null)
            Assert.That(body, Has.Length.LessThan(plain.Text.Length / 2));
    }

    [Test]
    public async Task A_page_for_one_reader_comes_compressed_too()
    {
        await using var site = new TestSite();
        var address = await Address(site, await site.Forum.Make.Question());
        using var client = await site.SignedInAs(await site.Forum.Make.User(200));
        var plain = await client.Get(address);

        var request = Request(address, ("Accept-Encoding", "gzip, br"));
        using var response = await client.Http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.That(response.Content.Headers.ContentEncoding.Single(), Is.EqualTo("gzip"));
        Assert.That(response.Headers.Vary, Does.Contain("Accept-Encoding"));
        Assert.That(Unpacked(body, "gzip"), Does.EndWith("</html>\n").Or.EndsWith("</html>"));
        Assert.That(body, Has.Length.LessThan(plain.Text.Length / 2));
    }

    [Test]
    public async Task Pages_make_room_for_others_but_those_asked_for_stay()
    {
        const int Most = 200_000;
        var (gate, site) = Gated(("Forum:PageCache:Bytes", Most.ToString(CultureInfo.InvariantCulture)));
        await using var _ = site;
        var favourite = await Address(site, await site.Forum.Make.Question(title: "Which question does everybody read?"));
        await Get(site, favourite);
        var passed = gate.Passed;
        var other = await Address(site, await site.Forum.Make.Question(title: "Which question does nobody read twice?"));
        await Get(site, favourite);
        passed = gate.Passed - 1;

        for (var i = 1; i <= 40; i++)
        {
            await Get(site, $"{other}?page={i}");
            await Get(site, favourite);
            Assert.That(Kept(site).Bytes, Is.LessThanOrEqualTo(Most));
        }

        Assert.That(Kept(site).Count, Is.InRange(3, 39));
        Assert.That(gate.Passed - passed, Is.EqualTo(40 + 1));
    }

    [Test]
    public async Task While_there_is_no_room_a_page_is_kept_when_it_is_asked_for_more_often_than_another()
    {
        await using var site = new TestSite(("Forum:PageCache:Bytes", "120000"));
        var address = await Address(site, await site.Forum.Make.Question());
        var (kept, pages) = (0, 0);
        do
        {
            kept = Kept(site).Count;
            await Get(site, $"{address}?page={++pages}");
        }
        while (Kept(site).Count > kept);

        Assert.That(kept, Is.GreaterThan(1));
        Assert.That(Kept(site).Find(Key($"{address}?page={pages}")), Is.Null);
        await Get(site, $"{address}?page={pages}");

        Assert.That(Kept(site).Find(Key($"{address}?page={pages}")), Is.Not.Null);
        Assert.That(Kept(site).Count, Is.EqualTo(kept));

        static PageKey Key(string target) => new(target, "en", null);
    }

    [Test]
    public async Task A_page_that_is_too_large_is_shown_and_not_kept()
    {
        await using var site = new TestSite(("Forum:PageCache:PageBytes", "1000"));
        var address = await Address(site, await site.Forum.Make.Question());

        Assert.That((await Get(site, address)).Heading, Is.Not.Empty);
        Assert.That(Kept(site).Count, Is.Zero);
    }

    [Test]
    public async Task What_no_event_tells_of_is_shown_after_a_minute()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        var address = await Address(site, question);
        await Get(site, address, ("User-Agent", Browser));
        await site.Services.GetRequiredService<ViewCounter>().Write(default);

        var before = await Get(site, address);
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        var after = await Get(site, address);

        Assert.That(Said(before), Does.Not.Contain("once"));
        Assert.That(Said(after), Does.Contain("once"));

        static string Said(SitePage page) => page.Said(".f-facts li:nth-child(3)");
    }

    [Test]
    public async Task Views_of_kept_pages_count_once_within_the_window_and_not_for_robots()
    {
        var (gate, site) = Gated(("Forum:PageCache:Lifetime", "01:00:00"));
        await using var _ = site;
        var question = await site.Forum.Make.Question();
        var address = await Address(site, question);
        await Get(site, address, ("User-Agent", "Example-Bot/1.0"));
        var passed = gate.Passed;

        await Get(site, address, ("User-Agent", "Examplespider (+https://example.org)"));
        await Get(site, address, ("User-Agent", Browser));
        await Get(site, address, ("User-Agent", Browser));
        site.Clock.Advance(TimeSpan.FromMinutes(16));
        await Get(site, address, ("User-Agent", Browser));
        await site.Services.GetRequiredService<ViewCounter>().Write(default);

        Assert.That(gate.Passed, Is.EqualTo(passed));
        Assert.That(await site.Forum.Value<int>("select view_count from posts where id = @question", new { question }), Is.EqualTo(2));
    }

    [Test]
    public async Task What_another_process_writes_is_found_by_its_event()
    {
        var (gate, site) = Gated();
        await using var _ = site;
        await using var beside = TestForum.Beside(site);
        var question = await site.Forum.Make.Question();
        var other = await Address(site, await site.Forum.Make.Question(title: "What has nothing to do with it?", tags: "linq"));
        var voter = await site.Forum.Make.User(200);
        var address = await Address(site, question);
        var watch = site.Services.GetRequiredService<WatchChanges>();
        await watch.Look(default);
        await Get(site, address);
        await Get(site, other);

        await beside.Send(new CastVote(question, Direction.Up), voter);
        var before = await Get(site, address);
        await watch.Look(default);
        var after = await Get(site, address);

        Assert.That((Score(before), Score(after)), Is.EqualTo(("0", "1")));
        var passed = gate.Passed;
        await Get(site, other);
        Assert.That(gate.Passed, Is.EqualTo(passed));
    }

    [Test]
    public async Task What_this_process_wrote_is_not_raised_again()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        var watch = site.Services.GetRequiredService<WatchChanges>();
        await watch.Look(default);

        await site.Forum.Send(new CastVote(question, Direction.Up), await site.Forum.Make.User(200));
        var raised = site.Services.GetRequiredService<Generations>().Current;
        await watch.Look(default);

        Assert.That(site.Services.GetRequiredService<Generations>().Current, Is.EqualTo(raised));
    }

    [Test]
    public async Task An_event_of_a_newer_program_makes_every_page_old()
    {
        await using var site = new TestSite();
        await using var beside = TestForum.Beside(site);
        await Get(site, "/about");
        await Get(site, "/tags");
        var watch = site.Services.GetRequiredService<WatchChanges>();
        await watch.Look(default);
        var before = site.Services.GetRequiredService<Generations>().Current;

        await beside.Write("insert into events (kind, payload, at) values ('Forum.Core.Later.Things', '{}', 0)");
        await watch.Look(default);

        Assert.That(site.Services.GetRequiredService<Generations>().AreUnchanged(before, [.. new PageTags().Site()]), Is.False);
    }

    [Test]
    public async Task Whatever_is_written_is_on_the_next_page()
    {
        await using var site = new TestSite();
        var author = await site.Forum.Make.User(3_000, "Grace");
        var question = await site.Forum.Make.Question(author, "How is a file read backwards?");
        var answer = await site.Forum.Make.Answer(question);
        var commenter = await site.Forum.Make.User(500, "Linus");
        var address = await Address(site, question);

        await Changes(address, async () => await site.Forum.Send(new PostComment(answer, "Does this work with pipes as well?"), commenter), page => page.Text.Contains("work with pipes", StringComparison.Ordinal));
        var comment = await site.Forum.Value<long>("select max(id) from comments");
        await Changes(address, () => site.Forum.Send(new VoteForComment(comment), author), page => page.Said($"#comment-{comment} .f-comment-votes--score") == "1");
        await Changes(address, () => site.Forum.Send(new RetractCommentVote(comment), author), page => page.Said($"#comment-{comment} .f-comment-votes--score") != "1");
        await Changes(address, () => site.Forum.Send(new DeleteComment(comment), commenter), page => !page.Text.Contains("work with pipes", StringComparison.Ordinal));
        await Changes(address, () => site.Forum.Send(new EditProfile(author, "Grace H.", "", "", ""), author), page => page.Text.Contains("Grace H.", StringComparison.Ordinal));
        var profile = (await Get(site, $"/users/{author}")).Location!;
        await Changes("/questions", () => site.Forum.Send(new CastVote(question, Direction.Up), commenter), page => page.Said(".f-stat__score").StartsWith('1'));
        await Changes(profile, () => site.Forum.Send(new RetractVote(question), commenter), page => !page.Text.Contains("3,010", StringComparison.Ordinal));
        await Changes("/questions/tagged/files", () => site.Forum.Send(new EditPost(question, "I have a large text file and want to read it from its end.", "How is a file read from its end?"), author),
            page => page.Text.Contains("from its end", StringComparison.Ordinal));
        await Changes(profile, () => site.Forum.Send(new EditPost(question, "I have a large text file and want to read it from the end.", "How is a file read upwards?"), author),
            page => page.Text.Contains("read upwards", StringComparison.Ordinal));
        var moderator = await site.Forum.Make.User(moderator: true);
        await Changes("/", () => site.Forum.Send(new DeletePost(question), moderator), page => !page.Text.Contains("read upwards", StringComparison.Ordinal));

        async Task Changes(string at, Func<Task> write, Predicate<SitePage> shows)
        {
            Assert.That(shows(await Get(site, at)), Is.False, at);
            await write();
            Assert.That(shows(await Get(site, at)), Is.True, at);
        }
    }

    /// <summary>Half a minute of readers and writers at once; every page is at least as new as the writes that were answered before it was asked for.</summary>
    [Test]
    public async Task Readers_never_see_a_page_older_than_an_answered_write()
    {
        const int People = 16;
        await using var site = new TestSite();
        var threads = new List<(long Author, long Question)>();
        for (var i = 0; i < People; i++)
        {
            var author = await site.Forum.Make.User(3_000);
            var question = await site.Forum.Make.Question(author, Title(i), Body(0));
            threads.Add((author, question));
        }

        var answered = new int[People];
        var (written, read) = (0, 0);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Task.WhenAll(Enumerable.Range(0, People).SelectMany(i => new[] { Task.Run(() => Write(i)), Task.Run(() => Read(i)) }));

        Assert.That((written > 0, read > 0), Is.EqualTo((true, true)));

        async Task Write(int i)
        {
            for (var number = 1; !end.IsCancellationRequested; number++)
            {
                await site.Forum.Send(new EditPost(threads[i].Question, Body(number)), threads[i].Author);
                Volatile.Write(ref answered[i], number);
                Interlocked.Increment(ref written);
            }
        }

        // Each reader goes round by a step of its own, so that some meet at a page.
        async Task Read(int reader)
        {
            using var client = site.Anonymous();
            for (var n = reader; !end.IsCancellationRequested; n += 1 + reader % 3)
            {
                var i = n % 4 == 0 ? n / 4 % People : reader % 4;
                var address = $"/questions/{threads[i].Question}/{Forum.Core.Questions.Slug.Of(Title(i))}";
                var least = Volatile.Read(ref answered[i]);
                using var response = await client.Http.GetAsync(address);
                var text = await response.Content.ReadAsStringAsync();
                var shown = int.Parse(Shown().Match(text).Groups["number"].Value, CultureInfo.InvariantCulture);
                Assert.That(shown, Is.GreaterThanOrEqualTo(least), address);
                Interlocked.Increment(ref read);
            }
        }

        static string Title(int i) => $"How does reader number {i} know what is new?";
        static string Body(int number) => $"This text is changed again and again, as it is written here: edition {number} of it.";
    }

    private static (Gate<ShowQuestion, ShowQuestion.View> Gate, TestSite Site) Gated(params (string Key, string Value)[] configuration)
    {
        var gate = new Gate<ShowQuestion, ShowQuestion.View>();
        return (gate, TestSite.With(services => services.AddSingleton<IPipelineBehavior<ShowQuestion, ShowQuestion.View>>(gate), configuration));
    }

    private static KeptPages Kept(TestSite site) => site.Services.GetRequiredService<KeptPages>();

    private static async Task<string> Address(TestSite site, long question)
    {
        var title = await site.Forum.Value<string>("select title from posts where id = @question", new { question });
        return $"/questions/{question}/{Forum.Core.Questions.Slug.Of(title)}";
    }

    private static async Task<SitePage> Get(TestSite site, string address, params (string Name, string Value)[] headers)
    {
        using var client = site.Anonymous();
        return await client.Send(Request(address, headers));
    }

    private static HttpRequestMessage Request(string address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static string Score(SitePage page) => page.Said("#question .f-votes--score");

    private static string Unpacked(byte[] body, string? encoding)
    {
        using var packed = new MemoryStream(body);
        using Stream stream = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("edition (?<number>[0-9]+) of it", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shown();
}
