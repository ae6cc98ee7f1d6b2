using System.Net;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Tests.Support;

namespace Forum.Tests.Site;

/// <summary>Every form of the site, and what it answers to what nobody should send.</summary>
public sealed class BadInputTests
{
    private const string Kept = "What was typed is kept, whatever is wrong with the rest of it.";

    // 30,000 characters of what makes a naive renderer work for minutes.
    private static readonly string Brackets = string.Concat(Enumerable.Repeat("[a](", 7_000));

    /// <param name="Name">What it does.</param>
    /// <param name="Address">Where it is posted to; {q}, {a}, {c} and {u} are a question, an answer, a comment and its author.</param>
    /// <param name="Text">Its field for text, if it has one.</param>
    /// <param name="Markdown">Whether that text is Markdown of a post.</param>
    /// <param name="Others">What else it needs.</param>
    public sealed record Form(string Name, string Address, string? Text = null, bool Markdown = false, params (string Name, string Value)[] Others)
    {
        public override string ToString() => Name;
    }

    private static readonly Form[] Forms =
    [
        new("ask", "/questions/ask", "Input.Body", true, ("Input.Title", "A title that is long enough"), ("Input.Tags", "files")),
        new("answer", "/posts/{q}/answer", "Body", true),
        new("edit a post", "/posts/{q}/edit", "Input.Body", true, ("Input.Title", "A title that is long enough"), ("Input.Tags", "files")),
        new("describe a tag", "/tags/files/edit?part=wiki", "Body", true, ("Comment", "Say what it is for")),
        new("comment", "/posts/{q}/comments", "Body"),
        new("edit a comment", "/comments/{c}/edit", "Body"),
        new("delete a comment", "/comments/{c}/delete"),
        new("vote", "/posts/{a}/vote", null, false, ("direction", "up")),
        new("vote for a comment", "/comments/{c}/vote", null, false, ("direction", "up")),
        new("accept", "/answers/{a}/accept", null, false, ("accept", "yes")),
        new("save", "/posts/{q}/save", "Note"),
        new("follow", "/posts/{q}/follow"),
        new("delete", "/posts/{a}/delete"),
        new("edit a profile", "/users/edit/{u}", "Input.About", true, ("Input.Name", "Somebody")),
        new("change the password", "/account/change-password"),
        new("sign out", "/account/sign-out"),
    ];

    private static IEnumerable<Form> All() => Forms;

    private static IEnumerable<Form> WithText() => Forms.Where(form => form.Text is not null);

    private static IEnumerable<Form> WithMarkdown() => Forms.Where(form => form.Markdown);

    private static IEnumerable<Form> WithId() => Forms.Where(form => form.Address.Contains('{', StringComparison.Ordinal));

    [TestCaseSource(nameof(All))]
    public async Task Without_its_token_it_is_not_taken(Form form)
    {
        await using var scene = await Scene.Make();

        var answer = await scene.Client.PostRaw(scene.At(form.Address), [.. form.Others, .. Typed(form, Kept)]);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await scene.Rows(), Is.EqualTo(scene.Before));
    }

    [TestCaseSource(nameof(WithText))]
    public async Task With_a_forged_token_it_comes_back_with_what_was_typed(Form form)
    {
        await using var scene = await Scene.Make();

        var answer = await scene.Client.PostRaw(scene.At(form.Address), [.. form.Others, .. Typed(form, Kept), ("__RequestVerificationToken", "forged")]);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Document.Body!.TextContent + answer.Value(form.Text!), Does.Contain(Kept));
        Assert.That(await scene.Rows(), Is.EqualTo(scene.Before));
    }

    [TestCaseSource(nameof(All))]
    public async Task From_a_stranger_it_leads_to_sign_in_which_carries_it_on(Form form)
    {
        await using var scene = await Scene.Make();
        using var stranger = scene.Site.Anonymous();

        var answer = await stranger.PostRaw(scene.At(form.Address), [.. form.Others, .. Typed(form, Kept)]);

        Assert.That((int)answer.Status, Is.AnyOf(401, 400, 302));
        Assert.That(answer.Status == HttpStatusCode.Redirect || answer.Document.QuerySelector("input[type=password]") is not null || form.Name == "sign out", Is.True, answer.Heading);
        Assert.That(await scene.Rows(), Is.EqualTo(scene.Before));
    }

    [TestCaseSource(nameof(WithText))]
    public async Task Five_megabytes_are_too_large(Form form)
    {
        await using var scene = await Scene.Make(onPort: true);

        // A browser sends on while it is refused; this client asks first, so that it hears the answer.
        using var request = new HttpRequestMessage(HttpMethod.Post, scene.At(form.Address))
        {
            Content = new FormUrlEncodedContent(form.Others.Append((form.Text!, new string('x', 5_000_000))).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        request.Headers.ExpectContinue = true;
        var answer = await scene.Client.Send(request);

        Assert.That((int)answer.Status, Is.EqualTo(413));
        Assert.That(await scene.Rows(), Is.EqualTo(scene.Before));
    }

    [TestCaseSource(nameof(WithText))]
    public async Task A_text_that_is_too_long_is_a_message_at_its_field(Form form)
    {
        await using var scene = await Scene.Make();

        var answer = await scene.Post(form, new string('x', 40_000));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), answer.Heading);
        Assert.That(answer.Value(form.Text!)?.Length, Is.EqualTo(40_000));
        Assert.That(string.Concat(answer.MessagesAt(form.Text!)) + answer.Summary, Is.Not.Empty);
        Assert.That(await scene.Rows(), Is.EqualTo(scene.Before));
    }

    [TestCaseSource(nameof(WithMarkdown))]
    public async Task Markdown_that_is_made_to_hurt_is_answered_at_once(Form form)
    {
        await using var scene = await Scene.Make();

        var answer = await scene.Post(form, Brackets);

        Assert.That((int)answer.Status, Is.LessThan(500));
    }

    [TestCaseSource(nameof(WithId))]
    public async Task An_address_that_is_none_is_not_found(Form form)
    {
        await using var scene = await Scene.Make();
        var address = form.Address.Replace("{q}", "{x}", StringComparison.Ordinal).Replace("{a}", "{x}", StringComparison.Ordinal)
            .Replace("{c}", "{x}", StringComparison.Ordinal).Replace("{u}", "{x}", StringComparison.Ordinal);

        foreach (var id in new[] { "999999", "abc", "99999999999999999999", "0" })
        {
            var answer = await scene.Client.PostRaw(address.Replace("{x}", id, StringComparison.Ordinal), [.. form.Others, .. Typed(form, Kept)]);
            Assert.That((int)answer.Status, Is.AnyOf(404, 400), id);
        }

        Assert.That(await scene.Rows(), Is.EqualTo(scene.Before));
    }

    [Test]
    public async Task What_was_typed_is_shown_when_its_question_is_gone()
    {
        await using var scene = await Scene.Make();
        using var other = await scene.Site.SignedInAs(scene.Other);
        var page = await other.Get(scene.At("/posts/{q}/answer"));
        await scene.Site.Forum.Write("update posts set deleted_at = 1, deleted_by = -1 where kind = 1");

        var answer = await other.Submit(page, null, ("Body", Kept));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(answer.Said("textarea[readonly]"), Is.EqualTo(Kept));
    }

    [Test]
    public async Task What_was_typed_is_shown_when_it_came_too_fast()
    {
        await using var site = new TestSite(("Forum:Limits:WritesPerMinute", "1"));
        using var client = await site.SignedInAs(await site.Forum.Make.User(reputation: 500));
        var page = await client.Get("/questions/ask");
        await client.Submit(page, null, ("Input.Body", "too short"));

        var answer = await client.Submit(page, null, ("Input.Body", Kept));

        Assert.That((int)answer.Status, Is.EqualTo(429));
        Assert.That(answer.Said("textarea[readonly]"), Is.EqualTo(Kept));
    }

    [TestCase("/questions")]
    [TestCase("/users/1/somebody")]
    [TestCase("/search")]
    public async Task A_page_that_takes_no_form_says_so(string address)
    {
        await using var scene = await Scene.Make();

        Assert.That((int)(await scene.Client.PostRaw(address, ("x", "y"))).Status, Is.EqualTo(405));
    }

    [TestCase("/questions/ask", "Input.Title", "Input.Body", "Input.Tags")]
    [TestCase("/account/register", "Input.SignInName", "Input.Name", "Input.Email", "Input.Password")]
    public async Task Empty_fields_have_a_message_each(string address, params string[] fields)
    {
        await using var scene = await Scene.Make();
        using var client = address.StartsWith("/account", StringComparison.Ordinal) ? scene.Site.Anonymous() : await scene.Site.SignedInAs(scene.Author);

        var answer = await client.Fill(address);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        foreach (var field in fields)
            Assert.That(answer.MessagesAt(field), Is.Not.Empty, field);
    }

    [TestCase("/users/edit/{u}", "Input.About")]
    [TestCase("/posts/{q}/delete", null)]
    [TestCase("/comments/{c}/edit", "Body")]
    [TestCase("/comments/{c}/delete", null)]
    public async Task What_is_somebody_elses_is_refused(string address, string? field)
    {
        await using var scene = await Scene.Make();
        using var other = await scene.Site.SignedInAs(scene.Other);
        var form = await other.Get("/questions/ask");
        var token = form.Value("__RequestVerificationToken")!;

        var answer = await other.PostRaw(
            scene.At(address), [("__RequestVerificationToken", token), ("Input.Title", "A title that is long enough"), ("Input.Tags", "files"), ("Input.Name", "Somebody"), .. field is null ? [] : new[] { (field, Kept) }]);

        Assert.That((int)answer.Status, Is.AnyOf(403, 404), answer.Heading);
        Assert.That(await scene.Rows(), Is.EqualTo(scene.Before));
    }

    private static (string, string)[] Typed(Form form, string text) => form.Text is null ? [] : [(form.Text, text)];

    /// <summary>A question with an answer and a comment by one author, who is signed in.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private Scene(TestSite site) => Site = site;

        public TestSite Site { get; }
        public long Author { get; private set; }
        public long Other { get; private set; }
        public SiteClient Client { get; private set; } = null!;
        public string Before { get; private set; } = "";
        private long Question { get; set; }
        private long Answer { get; set; }
        private long Comment { get; set; }

        public static async Task<Scene> Make(bool onPort = false)
        {
            var scene = new Scene(onPort ? TestSite.OnPort() : new TestSite());
            var forum = scene.Site.Forum;
            scene.Author = await forum.Make.User(reputation: 500);
            scene.Other = await forum.Make.User(reputation: 60);
            scene.Question = await forum.Make.Question(scene.Author);
            scene.Answer = await forum.Send(new PostAnswer(scene.Question, "Read it as a stream, one line after the other."), scene.Author);
            scene.Comment = await forum.Send(new PostComment(scene.Question, "A comment that is long enough."), scene.Author);
            scene.Client = await scene.Site.SignedInAs(scene.Author);
            scene.Before = await scene.Rows();
            return scene;
        }

        public string At(string address) => address
            .Replace("{q}", Question.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{a}", Answer.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{c}", Comment.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{u}", Author.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

        public async Task<SitePage> Post(Form form, string text)
        {
            var page = await Client.Get(At(form.Address));
            var token = page.Value("__RequestVerificationToken")!;
            return await Client.PostRaw(At(form.Address), [.. form.Others, (form.Text!, text), ("__RequestVerificationToken", token)]);
        }

        /// <summary>What a refused form must leave as it was.</summary>
        public Task<string> Rows() => Site.Forum.Value<string>(
            """
            select (select group_concat(id || body || score || coalesce(deleted_at, '') || coalesce(accepted_answer_id, '')) from posts)
                   || (select count(*) from revisions) || (select group_concat(id || body || score || coalesce(deleted_at, '')) from comments)
                   || (select count(*) from votes) || (select count(*) from saves) || (select count(*) from follows)
                   || (select group_concat(name || about) from users)
            """);

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Site.DisposeAsync();
        }
    }
}
