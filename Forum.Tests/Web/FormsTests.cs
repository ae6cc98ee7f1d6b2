using System.Net;
using Forum.Tests.Support;

namespace Forum.Tests.Web;

/// <summary>Nothing that somebody typed is lost: after a message, an old token, an ended session.</summary>
public sealed class FormsTests
{
    private const string Title = "How do I prune roses in a dry winter?";
    private const string Body = "The soil is dry, and I would like to know how far back to cut them this year.";

    [Test]
    public async Task A_form_that_is_wrong_comes_back_filled_with_messages_at_its_fields()
    {
        await using var site = new TestSite();
        using var ada = await site.SignedInAs(await site.Forum.Make.User());

        var page = await ada.Fill("/questions/ask", ("Input.Title", "Too short"), ("Input.Body", Body), ("Input.Tags", "roses"));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(page.MessagesAt("Input.Title"), Is.Not.Empty);
        Assert.That(page.Value("Input.Title"), Is.EqualTo("Too short"));
        Assert.That(page.Value("Input.Body"), Is.EqualTo(Body));
    }

    [Test]
    public async Task Choices_say_before_the_first_of_them_what_is_wrong_also_to_who_hears_the_page()
    {
        await using var site = new TestSite();
        var (question, id) = (await site.Forum.Make.Question(), await site.Forum.Make.User(moderator: true));
        using var moderator = await site.SignedInAs(id);
        var form = await moderator.Get($"/posts/{question}/notice");

        var page = await moderator.Submit(form, $"form[action='/posts/{question}/notice']", ("Reason", "It is disputed."));

        Assert.That(form.Document.QuerySelector("fieldset.has-error, fieldset[aria-describedby]"), Is.Null);
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(page.MessagesAt("Kind"), Has.Count.EqualTo(1));
        var choices = page.Document.QuerySelector("fieldset.f-choices.has-error")!;
        Assert.That(choices.FirstElementChild!.LocalName, Is.EqualTo("legend"));
        Assert.That(choices.Children[1].Id, Is.EqualTo(choices.GetAttribute("aria-describedby")).And.Not.Null);
        Assert.That(page.Value("Reason"), Is.EqualTo("It is disputed."));
    }

    [Test]
    public async Task A_form_with_no_genuine_token_comes_back_filled_and_nothing_was_written()
    {
        await using var site = new TestSite();
        using var ada = await site.SignedInAs(await site.Forum.Make.User());
        await site.Forum.Make.Tags("roses");

        foreach (var token in new[] { "", "forged" })
        {
            var page = await ada.PostRaw("/questions/ask",
                ("Input.Title", Title), ("Input.Body", Body), ("Input.Tags", "roses"), ("__RequestVerificationToken", token));

            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(page.Summary, Does.StartWith("This form had been open too long"));
            Assert.That(page.Value("Input.Title"), Is.EqualTo(Title));
            Assert.That(page.Value("Input.Body"), Is.EqualTo(Body));
        }

        Assert.That(await site.Forum.Value<long>("select count(*) from posts"), Is.Zero);
    }

    [Test]
    public async Task The_form_that_came_back_can_be_sent()
    {
        await using var site = new TestSite();
        using var ada = await site.SignedInAs(await site.Forum.Make.User());
        await site.Forum.Make.Tags("roses");
        var refused = await ada.PostRaw("/questions/ask", ("Input.Title", Title), ("Input.Body", Body), ("Input.Tags", "roses"));

        var asked = await ada.Submit(refused);

        Assert.That(asked.Status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await site.Forum.Value<string>("select title from posts"), Is.EqualTo(Title));
    }

    [Test]
    public async Task A_form_whose_session_ended_is_carried_through_sign_in_without_scripts()
    {
        await using var site = new TestSite();
        await site.Forum.Make.Tags("roses");
        using var visitor = site.Anonymous();
        await Register(visitor, "ada", "correct horse battery");
        var form = await visitor.Get("/questions/ask");
        using var expired = site.Anonymous();

        var signIn = await expired.Submit(form, null, ("Input.Title", Title), ("Input.Body", Body), ("Input.Tags", "roses"));
        var resumed = await expired.Submit(signIn, "main form[action='/account/sign-in']", ("Input.Name", "ada"), ("Input.Password", "correct horse battery"));
        var asked = await expired.Submit(resumed);

        Assert.That(signIn.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(signIn.Text, Does.Contain("What you typed is kept"));
        Assert.That(resumed.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(resumed.Value("Input.Title"), Is.EqualTo(Title));
        Assert.That(resumed.Value("Input.Body"), Is.EqualTo(Body));
        Assert.That(resumed.Summary, Does.StartWith("You are signed in."));
        Assert.That(resumed.Document.Body!.GetAttribute("data-address"), Is.EqualTo("/questions/ask"));
        Assert.That(asked.Status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await site.Forum.Value<string>("select title from posts"), Is.EqualTo(Title));
    }

    [Test]
    public async Task A_wrong_password_on_the_way_loses_nothing_either()
    {
        await using var site = new TestSite();
        await site.Forum.Make.Tags("roses");
        using var visitor = site.Anonymous();
        await Register(visitor, "ada", "correct horse battery");
        using var expired = site.Anonymous();
        var signIn = await expired.PostRaw("/questions/ask", ("Input.Title", Title), ("Input.Body", Body), ("Input.Tags", "roses"));

        var wrong = await expired.Submit(signIn, "main form[action='/account/sign-in']", ("Input.Name", "ada"), ("Input.Password", "wrong"));
        var resumed = await expired.Submit(wrong, "main form[action='/account/sign-in']", ("Input.Name", "ada"), ("Input.Password", "correct horse battery"));

        Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(resumed.Value("Input.Body"), Is.EqualTo(Body));
    }

    [Test]
    public async Task What_was_carried_cannot_be_forged()
    {
        await using var site = new TestSite();
        using var visitor = site.Anonymous();
        await Register(visitor, "ada", "correct horse battery");
        using var browser = site.Anonymous();

        var answer = await browser.Submit(await browser.Get("/account/sign-in"), "main form[action='/account/sign-in']",
            ("Input.Name", "ada"), ("Input.Password", "correct horse battery"), ("_carried", "bm90IG91cnM"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(answer.Location, Is.EqualTo("/"));
    }

    [Test]
    public async Task A_script_gets_a_sentence_instead_of_a_page()
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();
        var request = new HttpRequestMessage(HttpMethod.Post, "/questions/ask") { Content = new FormUrlEncodedContent([KeyValuePair.Create("Input.Title", Title)]) };
        request.Headers.Add("X-Requested-With", "fetch");

        var answer = await client.Send(request);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(answer.Text, Is.EqualTo("Sign in to do this."));
    }

    [Test]
    public async Task A_form_that_is_sent_twice_posts_once()
    {
        await using var site = new TestSite();
        using var ada = await site.SignedInAs(await site.Forum.Make.User());
        await site.Forum.Make.Tags("roses");
        var form = await ada.Get("/questions/ask");

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ada.Submit(form, null, ("Input.Title", Title), ("Input.Body", Body), ("Input.Tags", "roses"))));

        Assert.That(both[0].Location, Is.Not.Null.And.EqualTo(both[1].Location));
        Assert.That(await site.Forum.Value<long>("select count(*) from posts"), Is.EqualTo(1));
    }

    [TestCase("/questions/abc")]
    [TestCase("/questions/99999999999999999999")]
    [TestCase("/questions/12345")]
    public async Task An_address_that_means_nothing_is_not_found(string address)
    {
        await using var site = new TestSite();
        using var client = site.Anonymous();

        Assert.That((await client.Get(address)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static async Task Register(SiteClient client, string name, string password)
    {
        var page = await client.Get("/account/register");
        var names = SitePage.FieldsOf(page.Form(null)).Select(field => field.Key).ToList();
        string Field(string part) => names.Find(field => field.EndsWith(part, StringComparison.Ordinal)) ?? part;

        var answer = await client.Submit(page, null,
            (Field("SignInName"), name), (Field(".Name"), "Ada Lovelace"), (Field("Email"), $"{name}@example.org"), (Field("Password"), password));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Redirect), answer.Text);
    }
}
