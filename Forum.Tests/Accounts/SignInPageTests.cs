using System.Net;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.Accounts;

public sealed class SignInPageTests
{
    private const string Password = "difference engine";

    private static readonly (string, string)[] Right = [("Input.Name", "ada"), ("Input.Password", Password)];

    private static readonly (string, string)[] Wrong = [("Input.Name", "ada"), ("Input.Password", "analytical engine")];

    [TestCase("ada")]
    [TestCase("ADA ")]
    [TestCase("Ada@Example.org")]
    public async Task People_sign_in_by_name_or_by_address(string name)
    {
        await using var site = await SiteWithAda();
        using var browser = site.Anonymous();

        var signedIn = await browser.Fill("/account/sign-in?returnUrl=/tags", ("Input.Name", name), ("Input.Password", Password));

        Assert.That((signedIn.Status, signedIn.Location), Is.EqualTo((HttpStatusCode.Found, "/tags")));
        Assert.That((await browser.Follow(signedIn)).Document.QuerySelector("form[action='/account/sign-out']"), Is.Not.Null);
        var cookie = signedIn.Headers["Set-Cookie"];
        Assert.That(cookie, Does.Contain("forum.session=").And.Contain("httponly").IgnoreCase.And.Contain("samesite=lax").IgnoreCase);
    }

    [Test]
    public async Task A_wrong_password_an_unknown_name_and_a_locked_account_get_the_same_answer()
    {
        await using var site = await SiteWithAda(("Forum:Limits:FailedSignIns", "2"));
        using var browser = site.Anonymous();

        var unknown = await browser.Fill("/account/sign-in", ("Input.Name", "nobody"), ("Input.Password", Password));
        var wrong = await browser.Fill("/account/sign-in", Wrong);
        await browser.Fill("/account/sign-in", Wrong);
        var locked = await browser.Fill("/account/sign-in", Right);

        foreach (var refused in new[] { unknown, wrong, locked })
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.Summary, Is.EqualTo("Name and password do not belong together, or there were too many attempts: after 2 failed ones an account is locked for 15 minutes."));
            Assert.That(refused.Value("Input.Password"), Is.Empty);
        }

        Assert.That(wrong.Value("Input.Name"), Is.EqualTo("ada"));
    }

    [Test]
    public async Task A_lockout_ends_and_a_right_password_forgets_the_wrong_ones()
    {
        await using var site = await SiteWithAda(("Forum:Limits:FailedSignIns", "3"));
        using var browser = site.Anonymous();
        await browser.Fill("/account/sign-in", Wrong);
        await browser.Fill("/account/sign-in", Wrong);
        await browser.Fill("/account/sign-in", Wrong);
        Assert.That(await site.Forum.Value<long?>("select lockout_ends_at from accounts"), Is.Not.Null);

        await site.Forum.Write("update accounts set lockout_ends_at = 1");
        await browser.Fill("/account/sign-in", Wrong);
        var right = await browser.Fill("/account/sign-in", Right);

        Assert.That(right.Status, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await site.Forum.Value<int>("select failed_sign_ins from accounts"), Is.Zero);
    }

    [Test]
    public async Task The_same_form_sent_again_and_again_is_a_guess_each_time()
    {
        await using var site = await SiteWithAda(("Forum:Limits:FailedSignIns", "5"));
        using var browser = site.Anonymous();
        var page = await browser.Get("/account/sign-in");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => browser.Submit(page, null, Wrong)));

        Assert.That((await browser.Submit(page, null, Right)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("//example.org")]
    [TestCase("https://example.org/")]
    [TestCase("/\\example.org")]
    [TestCase("javascript:alert(1)")]
    [TestCase("")]
    public async Task Nobody_is_sent_to_another_site(string returnUrl)
    {
        await using var site = await SiteWithAda();
        using var browser = site.Anonymous();

        var signedIn = await browser.Fill("/account/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl), Right);
        var again = await browser.Get("/account/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));

        Assert.That((signedIn.Status, signedIn.Location), Is.EqualTo((HttpStatusCode.Found, "/")));
        Assert.That((again.Status, again.Location), Is.EqualTo((HttpStatusCode.Found, "/")));
    }

    [TestCase("", "")]
    [TestCase("ada", "")]
    [TestCase("", Password)]
    public async Task An_empty_field_is_a_failed_sign_in(string name, string password)
    {
        await using var site = await SiteWithAda();
        using var browser = site.Anonymous();

        Assert.That((await browser.Fill("/account/sign-in", ("Input.Name", name), ("Input.Password", password))).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await browser.PostRaw("/account/sign-in", Right)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Signing_out_takes_a_form_with_its_token()
    {
        await using var site = await SiteWithAda();
        using var browser = site.Anonymous();
        await browser.Fill("/account/sign-in", Right);

        var linked = await browser.Get("/account/sign-out");
        var forged = await browser.PostRaw("/account/sign-out");
        Assert.That((await browser.Get("/account/change-password")).Status, Is.EqualTo(HttpStatusCode.OK));
        var signedOut = await browser.Submit(linked);

        Assert.That(forged.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((signedOut.Status, signedOut.Location), Is.EqualTo((HttpStatusCode.Found, "/")));
        Assert.That((await browser.Get("/account/change-password")).Status, Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    public async Task A_changed_password_ends_the_other_sessions_and_keeps_this_one()
    {
        await using var site = await SiteWithAda();
        using var here = site.Anonymous();
        using var elsewhere = site.Anonymous();
        await here.Fill("/account/sign-in", Right);
        await elsewhere.Fill("/account/sign-in", Right);

        var changed = await here.Fill("/account/change-password", ("Input.Current", Password), ("Input.Changed", "analytical engine"));

        Assert.That((changed.Status, changed.Location), Is.EqualTo((HttpStatusCode.Found, "/account/change-password?done=true")));
        Assert.That((await here.Follow(changed)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await elsewhere.Get("/account/change-password")).Status, Is.EqualTo(HttpStatusCode.Found));
        using var later = site.Anonymous();
        Assert.That((await later.Fill("/account/sign-in", Right)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await later.Fill("/account/sign-in", Wrong)).Status, Is.EqualTo(HttpStatusCode.Found));
    }

    [TestCase("wrong password", "analytical engine", "Input.Current")]
    [TestCase("", "analytical engine", "Input.Current")]
    [TestCase(Password, "short", "Input.Changed")]
    [TestCase(Password, "", "Input.Changed")]
    [TestCase(Password, "Ada@example.org", "Input.Changed")]
    public async Task A_password_is_changed_only_for_a_good_one_by_who_knows_the_old_one(string current, string changed, string field)
    {
        await using var site = await SiteWithAda();
        using var browser = site.Anonymous();
        await browser.Fill("/account/sign-in", Right);
        var hash = await site.Forum.Value<string>("select password_hash from accounts");

        var page = await browser.Fill("/account/change-password", ("Input.Current", current), ("Input.Changed", changed));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(page.MessagesAt(field), Has.Count.EqualTo(1));
        Assert.That(await site.Forum.Value<string>("select password_hash from accounts"), Is.EqualTo(hash));
    }

    [Test]
    public async Task A_visit_is_noted_every_few_minutes()
    {
        await using var site = await SiteWithAda();
        using var browser = site.Anonymous();
        await browser.Fill("/account/sign-in", Right);

        site.Clock.Advance(TimeSpan.FromMinutes(4));
        await browser.Get("/users");
        var early = await site.Forum.Value<long>("select seen_at from users where id = 1");
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        await browser.Get("/users");
        var late = await site.Forum.Value<long>("select seen_at from users where id = 1");

        Assert.That(TimeSpan.FromMilliseconds(late - early), Is.EqualTo(TimeSpan.FromMinutes(6)));
    }

    [Test]
    public async Task What_was_chosen_in_the_account_holds_wherever_one_signs_in()
    {
        await using var site = await SiteWithAda();
        await site.Forum.Send(new ChooseAppearance("zh-Hans", "dark"), user: 1);
        using var browser = site.Anonymous("en");

        await browser.Fill("/account/sign-in", Right);
        var page = await browser.Get("/users");

        Assert.That(page.Document.DocumentElement.GetAttribute("lang"), Is.EqualTo("zh-Hans"));
        Assert.That(page.Document.Body!.ClassName, Does.Contain("theme-dark"));
    }

    [Test]
    public async Task What_is_chosen_while_signed_in_is_kept_with_the_account()
    {
        await using var site = await SiteWithAda();
        using var browser = site.Anonymous();
        await browser.Fill("/account/sign-in", Right);

        await browser.Fill("/settings/appearance", ("Language", "zh-Hans"), ("Theme", "dark"));

        var kept = (await site.Forum.Send(new RecogniseUser(1)))!;
        Assert.That((kept.Language, kept.Theme), Is.EqualTo(("zh-Hans", "dark")));
    }

    private static async Task<TestSite> SiteWithAda(params (string, string)[] configuration)
    {
        var site = new TestSite(configuration);
        await site.Forum.Send(new RegisterAccount("ada", "Ada Lovelace", "ada@example.org", Password));
        return site;
    }
}
