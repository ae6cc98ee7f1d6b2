using System.Net;
using Forum.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Forum.Tests.Abuse;

/// <summary>docs/rules/abuse.md, sections 2 to 4, at the pages.</summary>
public sealed class AbusePagesTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";

    private static readonly (string Name, string Value)[] Eve =
        [("Input.SignInName", "eve"), ("Input.Name", "Eve"), ("Input.Email", "eve@mail.example"), ("Input.Password", "a password of some length")];

    [Test]
    public async Task Who_is_asked_gets_a_button_and_keeps_what_was_typed()
    {
        await using var site = new TestSite();
        await site.Forum.Make.Tags("files");
        var ada = await site.SignedInAs(await site.Forum.Make.User(3_000));
        (string, string)[] typed = [("Input.Title", "How do I read a file?"), ("Input.Body", "See https://docs.example/reading/files/line/by/line"), ("Input.Tags", "files")];

        var asked = await ada.Fill("/questions/ask", typed);
        var posted = await ada.Submit(asked, null, ("Input.Anyway", "true"));

        Assert.That(asked.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(asked.MessagesAt("Input.Body").Single(), Does.Contain("little more than a link"));
        Assert.That(asked.Document.QuerySelector("button[name='Input.Anyway'][value=true]"), Is.Not.Null);
        Assert.That(typed.Select(field => asked.Value(field.Item1)), Is.EqualTo(typed.Select(field => field.Item2)));
        Assert.That(posted.Status, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await site.Forum.Value<int>("select count(*) from posts"), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_is_refused_gets_no_such_button()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        await site.Forum.Write("insert into blocked_texts (kind, action, text, folded, created_at, version) values (1, 1, 'spam.example', 'spam.example', 0, 900)");
        var ada = await site.SignedInAs(await site.Forum.Make.User(3_000), "zh-Hans");

        var refused = await ada.Fill($"/posts/{question}/answer", ("Body", Text + " See spam.example."));

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(refused.MessagesAt("Body").Single(), Does.StartWith("其中有违反本社区规则的内容"));
        Assert.That(refused.Text, Does.Not.Contain("name=\"Anyway\""));
        Assert.That(refused.Value("Body"), Is.EqualTo(Text + " See spam.example."));
    }

    [TestCase("/questions/ask", "ask")]
    [TestCase("/posts/1/answer", "answer")]
    [TestCase("/posts/1/comments", "comment")]
    public async Task A_field_that_nobody_sees_stops_newcomers_programs_and_loses_nothing(string address, string trap)
    {
        await using var site = new TestSite();
        var (ada, newcomer) = (await site.Forum.Make.User(3_000), await site.Forum.Make.User(5));
        Assert.That(await site.Forum.Make.Question(newcomer), Is.EqualTo(1));
        var client = await site.SignedInAs(newcomer);
        var body = address == "/questions/ask" ? "Input.Body" : "Body";
        (string, string)[] typed = [(body, Text + " Is it?"), .. address == "/questions/ask" ? new[] { ("Input.Title", "How do I read a small file?"), ("Input.Tags", "files") } : []];
        site.Clock.Advance(TimeSpan.FromHours(2));
        const string Form = "main form:has([name=homepage])";

        var form = await client.Get(address);
        var refused = await client.Submit(form, Form, [.. typed, ("homepage", "http://spam.example")]);
        Assert.That(await site.Forum.Value<int>("select times from sprung_traps where trap = @trap", new { trap }), Is.EqualTo(1));
        var taken = await client.Submit(refused, Form);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(refused.Summary, Does.StartWith("A field that people do not see was filled."));
        Assert.That(refused.Value(body), Is.EqualTo(Text + " Is it?"));
        Assert.That(refused.Value("homepage"), Is.Empty);
        Assert.That(taken.Status, Is.EqualTo(HttpStatusCode.Found), taken.Text);
        Assert.That((await (await site.SignedInAs(ada)).Get(address)).Text, Does.Not.Contain("name=\"homepage\""));
    }

    [Test]
    public async Task Programs_make_no_accounts_by_filling_all_there_is_or_too_fast()
    {
        await using var site = new TestSite(("Forum:Abuse:RegisterAfter", "00:00:03"));
        var browser = site.Anonymous();

        var trapped = await browser.Fill("/account/register", [.. Eve, ("homepage", "x")]);
        var fast = await browser.Submit(await browser.Get("/account/register"), null, Eve);
        var forged = await browser.Submit(fast, null, [.. Eve, ("Begun", "long ago"), ("Input.BegunAt", "2000-01-01")]);
        Assert.That(await site.Forum.Value<int>("select count(*) from users where id > 0"), Is.Zero);
        site.Clock.Advance(TimeSpan.FromSeconds(3));
        var made = await browser.Submit(fast, null, Eve);

        Assert.That((trapped.Status, trapped.Value("Input.Name")), Is.EqualTo((HttpStatusCode.BadRequest, "Eve")));
        Assert.That((fast.Status, forged.Status), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)));
        Assert.That(fast.Summary, Does.Contain("faster than people can"));
        Assert.That(fast.Value("Input.Email"), Is.EqualTo("eve@mail.example"));
        Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Found), made.Summary);
        Assert.That(await site.Forum.Sql(db => db.Query<int>("select times from sprung_traps order by trap")), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task Moderators_see_and_change_what_is_blocked_and_nobody_else_does()
    {
        await using var site = new TestSite();
        var (moderator, member) = (await site.SignedInAs(await site.Forum.Make.User(moderator: true)), await site.SignedInAs(await site.Forum.Make.User(20_000)));

        Assert.That((await member.Get("/admin/blocked")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var bad = await moderator.Submit(
            await moderator.Get("/admin/blocked"), "#block form", ("Input.Kind", "1"), ("Input.Action", "1"), ("Input.Texts", "spam.example\nno domain"), ("Input.Note", "Sold pills."));
        var good = await moderator.Submit(bad, "#block form", ("Input.Kind", "1"), ("Input.Action", "1"), ("Input.Texts", "spam.example\nbad.example"));
        var list = await moderator.Get("/admin/blocked?kind=1");

        Assert.That((bad.Status, bad.MessagesAt("Input.Texts").Single()), Is.EqualTo((HttpStatusCode.BadRequest, "“no domain” is not the name of a domain, such as example.com.")));
        Assert.That((bad.Value("Input.Texts"), bad.Value("Input.Note")), Is.EqualTo(("spam.example\nno domain", "Sold pills.")));
        Assert.That(good.Location, Is.EqualTo("/admin/blocked"));
        Assert.That(list.Document.QuerySelectorAll("tbody tr").Length, Is.EqualTo(2));
        Assert.That((await moderator.Submit(list, "main table form")).Status, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await moderator.Get("/admin/blocked?kind=1")).Document.QuerySelectorAll("tbody .s-badge").Length, Is.EqualTo(1));
        Assert.That((await moderator.PostRaw("/admin/blocked?handler=unblock", ("text", "1"))).Status, Is.EqualTo(HttpStatusCode.BadRequest), "without a token");
    }
}
