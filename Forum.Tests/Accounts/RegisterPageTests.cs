using System.Collections.Concurrent;
using System.Net;
using Forum.Core.Users;
using Forum.Tests.Support;
using Forum.Web.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Tests.Accounts;

public sealed class RegisterPageTests
{
    private const string Password = "difference engine";

    private static readonly (string Name, string Value)[] Ada =
    [
        ("Input.SignInName", "ada"), ("Input.Name", "Ada Lovelace"), ("Input.Email", "ada@example.org"), ("Input.Password", Password),
    ];

    [Test]
    public async Task Whoever_registers_is_signed_in()
    {
        await using var site = new TestSite();
        using var browser = site.Anonymous();

        var registered = await browser.Fill("/account/register?returnUrl=/tags", Ada);

        Assert.That((registered.Status, registered.Location), Is.EqualTo((HttpStatusCode.Found, "/tags")));
        Assert.That((await browser.Get("/users/1/ada-lovelace")).Document.QuerySelector("a[href='/users/edit/1']"), Is.Not.Null);
        Assert.That((await browser.Get("/account/register")).Status, Is.EqualTo(HttpStatusCode.Found));
    }

    [TestCase("Input.SignInName", "", "The minimum")]
    [TestCase("Input.SignInName", "a b c", "letters and digits")]
    [TestCase("Input.SignInName", "ada@example.org", "letters and digits")]
    [TestCase("Input.SignInName", "taken", "already")]
    [TestCase("Input.SignInName", "TAKEN", "already")]
    [TestCase("Input.Name", "", "The minimum")]
    [TestCase("Input.Name", "an invisible \u200B character", "invisible")]
    [TestCase("Input.Email", "", "e-mail address")]
    [TestCase("Input.Email", "nowhere", "e-mail address")]
    [TestCase("Input.Email", "Taken@example.org", "already")]
    [TestCase("Input.Password", "", "at least 8")]
    [TestCase("Input.Password", "1234567", "at least 8")]
    [TestCase("Input.Password", "ada@example.org", "must not be")]
    public async Task A_bad_field_brings_the_form_back_filled_with_a_message_at_it(string field, string value, string says)
    {
        await using var site = new TestSite();
        await site.Forum.Send(new RegisterAccount("taken", "Somebody", "taken@example.org", Password));
        using var browser = site.Anonymous();

        var page = await browser.Fill("/account/register", [.. Ada.Where(given => given.Name != field), (field, value)]);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(page.MessagesAt(field), Has.Count.EqualTo(1));
        if (says != "The minimum")
            Assert.That(page.MessagesAt(field)[0], Does.Contain(says));
        Assert.That(page.Document.QuerySelector($"[name='{field}']")!.GetAttribute("aria-invalid"), Is.EqualTo("true"));
        foreach (var (name, typed) in Ada.Where(given => given.Name != field && given.Name != "Input.Password"))
            Assert.That(page.Value(name), Is.EqualTo(typed));
        Assert.That(page.Text, Does.Not.Contain(Password));
        Assert.That(await site.Forum.Value<int>("select count(*) from users where id > 0"), Is.EqualTo(1));
    }

    [Test]
    public async Task Too_long_fields_and_missing_ones_are_bad_input_not_errors()
    {
        await using var site = new TestSite();
        using var browser = site.Anonymous();

        var tooLong = await browser.Fill("/account/register", [.. Ada.Select(given => (given.Name, new string('x', 10_000)))]);
        var missing = await browser.Get("/account/register");
        foreach (var input in missing.Document.QuerySelectorAll("main [name^='Input.']"))
            input.Remove();
        var without = await browser.Submit(missing);

        Assert.That(tooLong.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Ada.All(given => tooLong.MessagesAt(given.Name).Count == 1));
        Assert.That(without.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await browser.PostRaw("/account/register", Ada)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await site.Forum.Value<int>("select count(*) from users where id > 0"), Is.Zero);
    }

    [Test]
    public async Task Of_two_who_want_a_name_at_once_the_other_reads_so_at_the_field()
    {
        await using var site = new TestSite();
        using var one = site.Anonymous();
        using var other = site.Anonymous();
        var forms = await Task.WhenAll(one.Get("/account/register"), other.Get("/account/register"));

        var answers = await Task.WhenAll(one.Submit(forms[0], null, Ada), other.Submit(forms[1], null, Ada));

        Assert.That(answers.Select(a => a.Status), Is.EquivalentTo(new[] { HttpStatusCode.Found, HttpStatusCode.BadRequest }));
        var refused = answers.Single(a => a.Status == HttpStatusCode.BadRequest);
        Assert.That(refused.MessagesAt("Input.SignInName"), Has.Count.EqualTo(1));
        Assert.That(refused.MessagesAt("Input.Email"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_double_click_registers_once_and_signs_in()
    {
        await using var site = new TestSite();
        using var browser = site.Anonymous();
        var form = await browser.Get("/account/register");

        var answers = await Task.WhenAll(browser.Submit(form, null, Ada), browser.Submit(form, null, Ada));

        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(HttpStatusCode.Found));
        Assert.That(await site.Forum.Value<int>("select count(*) from users where id > 0"), Is.EqualTo(1));
    }

    [Test]
    public async Task Posting_more_fields_makes_nobody_an_administrator()
    {
        await using var site = new TestSite();
        using var browser = site.Anonymous();

        await browser.Fill("/account/register", [.. Ada, ("Input.IsAdministrator", "true"), ("Input.IsModerator", "true"), ("IsAdministrator", "true")]);

        Assert.That(await site.Forum.Send(new HasAdministrator()), Is.False);
        Assert.That(await site.Forum.Value<int>("select max(is_moderator) from users"), Is.Zero);
    }

    [Test]
    public async Task What_was_typed_before_is_carried_through_sign_in_and_registering()
    {
        await using var site = new TestSite();
        using var browser = site.Anonymous();

        var signIn = await browser.PostRaw("/questions/ask", ("Input.Title", "What happens to my words?"));
        var register = await browser.Submit(signIn, "form[action='/account/register?handler=carry']");
        var registered = await browser.Submit(register, "form[action='/account/register']", Ada);

        Assert.That(signIn.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(register.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(registered.Status, Is.EqualTo(HttpStatusCode.OK), registered.Text);
        Assert.That(registered.Value("Input.Title"), Is.EqualTo("What happens to my words?"));
        Assert.That(registered.Document.QuerySelector("form[action='/account/sign-out']"), Is.Not.Null);
    }

    [Test]
    public async Task No_password_comes_into_a_log()
    {
        await using var site = new TestSite(("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"));
        using var log = new Heap();
        site.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        using var browser = site.Anonymous();

        await browser.Fill("/account/register", Ada);
        await browser.Fill("/account/change-password", ("Input.Current", Password), ("Input.Changed", "short"));
        using var other = site.Anonymous();
        await other.Fill("/account/sign-in", ("Input.Name", "ada"), ("Input.Password", Password + "x"));
        await other.Fill("/account/sign-in", ("Input.Name", "ada"), ("Input.Password", Password));

        Assert.That(log.Lines, Is.Not.Empty);
        Assert.That(log.Lines.Where(line => line.Contains("difference", StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    [Test]
    public async Task The_first_administrator_comes_by_a_link_that_works_once()
    {
        await using var site = new TestSite();
        using var browser = site.Anonymous();
        var link = await Link(site);

        var form = await browser.Get(link!.PathAndQuery);
        var bad = await browser.Submit(form, null, [.. Ada.Where(a => a.Name != "Input.Password"), ("Input.Password", "short")]);
        var appointed = await browser.Submit(form, null, Ada);

        Assert.That(form.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((bad.Status, bad.MessagesAt("Input.Password").Count), Is.EqualTo((HttpStatusCode.BadRequest, 1)));
        Assert.That(appointed.Status, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await site.Forum.Send(new ShowUser(1))).User.IsAdministrator, Is.True);
        using var late = site.Anonymous();
        Assert.That((await late.Get(link.PathAndQuery)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await Link(site), Is.Null);
    }

    [TestCase("")]
    [TestCase("?token=")]
    [TestCase("?token=forged")]
    public async Task Without_the_link_nobody_becomes_administrator(string query)
    {
        await using var site = new TestSite();
        using var browser = site.Anonymous();
        var form = await browser.Get((await Link(site))!.PathAndQuery);

        Assert.That((await browser.Get("/account/first-administrator" + query)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await browser.Submit(form, null, [.. Ada, ("Token", "forged")])).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await site.Forum.Send(new HasAdministrator()), Is.False);
    }

    private static async Task<Uri?> Link(TestSite site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstAdministratorLink>().Make(default);
    }

    private sealed class Heap : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
