using System.Net;
using Forum.Core.Comments;
using Forum.Tests.Support;

namespace Forum.Tests.Editing;

/// <summary>What must not get in, held against every form in which members write about posts.</summary>
public sealed class FormTests
{
    private const string Text = "A text that is long enough to be an answer, a body or a comment.";

    // The address and the field. A note may be empty, everything else must say something.
    private static readonly TestCaseData[] Forms =
    [
        new("/posts/{question}/answer", "Body") { TestName = "{m}(answer)" },
        new("/posts/{question}/edit", "Input.Body") { TestName = "{m}(edit)" },
        new("/posts/{question}/comments", "Body") { TestName = "{m}(comment)" },
        new("/comments/{comment}/edit", "Body") { TestName = "{m}(edit comment)" },
        new("/posts/{question}/save", "Note") { TestName = "{m}(note)" },
    ];

    private static readonly string[] Buttons =
    [
        "/posts/{question}/edit", "/posts/{question}/delete", "/posts/{question}/undelete", "/posts/{question}/save", "/posts/{question}/follow",
        "/posts/{question}/answer", "/posts/{question}/comments", "/comments/{comment}/edit", "/comments/{comment}/delete",
    ];

    [TestCaseSource(nameof(Forms))]
    public async Task What_is_too_long_comes_back_with_a_message(string address, string field)
    {
        await using var here = await Thread.Make();
        var text = new string('x', 30_001);
        var before = await TestContents.Of(here.Forum);

        var page = await here.Send(here.Ada, address, (field, text));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(page.MessagesAt(field), Is.Not.Empty);
        Assert.That(page.Value(field), Is.EqualTo(text));
        Assert.That(await TestContents.Of(here.Forum), Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Forms))]
    public async Task What_is_empty_comes_back_with_a_message(string address, string field)
    {
        await using var here = await Thread.Make();

        var isRequired = field != "Note";

        var page = await here.Send(here.Ada, address, (field, ""));

        Assert.That(page.Status, Is.EqualTo(isRequired ? HttpStatusCode.BadRequest : HttpStatusCode.Redirect));
        Assert.That(page.MessagesAt(field), isRequired ? Is.Not.Empty : Is.Empty);
    }

    [TestCaseSource(nameof(Forms))]
    public async Task A_forged_token_brings_the_form_back_filled(string address, string field)
    {
        await using var here = await Thread.Make();
        var before = await TestContents.Of(here.Forum);

        var forged = await here.Ada.PostRaw(here.At(address), (field, Text), ("__RequestVerificationToken", "forged"));
        var missing = await here.Ada.PostRaw(here.At(address), (field, Text));

        foreach (var page in new[] { forged, missing })
        {
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(page.Value(field), Is.EqualTo(Text));
        }

        Assert.That(await TestContents.Of(here.Forum), Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Buttons))]
    public async Task A_stranger_is_asked_to_sign_in(string address)
    {
        await using var here = await Thread.Make();
        using var stranger = here.Site.Anonymous();
        var before = await TestContents.Of(here.Forum);

        var posted = await stranger.PostRaw(here.At(address), ("Body", Text));

        Assert.That(posted.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(posted.Document.QuerySelector("input[name=_carried]"), Is.Not.Null);
        Assert.That(await TestContents.Of(here.Forum), Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Buttons))]
    public async Task What_is_not_there_is_not_found(string address)
    {
        await using var here = await Thread.Make();
        var token = Thread.Token(await here.Ada.Get("/saves"));

        foreach (var id in new[] { "987654321", "0", "-1", "abc", "99999999999999999999" })
        {
            var missing = address.Replace("{question}", id, StringComparison.Ordinal).Replace("{comment}", id, StringComparison.Ordinal);
            Assert.That((await here.Ada.Get(missing)).Status, Is.EqualTo(HttpStatusCode.NotFound), missing);
            Assert.That((await here.Ada.PostRaw(missing, ("Input.Body", Text), ("Body", Text), ("__RequestVerificationToken", token))).Status,
                Is.EqualTo(HttpStatusCode.NotFound), missing);
        }
    }

    [TestCase("/posts/{question}/delete", "editing.not-yours-to-delete")]
    [TestCase("/posts/{question}/undelete", "editing.not-deleted")]
    [TestCase("/posts/{question}/comments", "comments.comment-everywhere")]
    [TestCase("/comments/{comment}/edit", "comments.not-yours-to-edit")]
    [TestCase("/comments/{comment}/delete", "comments.not-yours-to-delete")]
    public async Task What_belongs_to_somebody_else_is_left_alone(string address, string code)
    {
        await using var here = await Thread.Make();
        using var bob = await here.Site.SignedInAs(here.BobId);
        var token = Thread.Token(await bob.Get("/saves"));
        var before = await TestContents.Of(here.Forum);

        var page = await bob.PostRaw(here.At(address), ("Input.Body", Text), ("Body", Text), ("__RequestVerificationToken", token));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Forbidden), code);
        Assert.That(page.Summary, Is.Not.Empty);
        Assert.That(await TestContents.Of(here.Forum), Is.EqualTo(before));
    }

    [Test]
    public async Task Five_megabytes_are_too_many()
    {
        await using var here = await Thread.Make();

        var page = await here.Ada.PostRaw(here.At("/posts/{question}/edit"), ("Input.Body", new string('x', 5_000_000)));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    /// <summary>Ada asked and commented; Bob looks on.</summary>
    private sealed class Thread : IAsyncDisposable
    {
        public TestSite Site { get; } = new();
        public TestForum Forum => Site.Forum;
        public SiteClient Ada { get; private set; } = null!;
        public long BobId { get; private set; }
        private long question;
        private long comment;

        public static async Task<Thread> Make()
        {
            var thread = new Thread();
            var ada = await thread.Forum.Make.User(name: "Ada");
            thread.BobId = await thread.Forum.Make.User(name: "Bob");
            thread.question = await thread.Forum.Make.Question(by: ada);
            thread.comment = await thread.Forum.Send(new PostComment(thread.question, "Which version of the library is this about?"), ada);
            // Seeing a question writes when, to within some minutes: not while a test compares.
            thread.Ada = await thread.Site.SignedInAs(ada);
            using var bob = await thread.Site.SignedInAs(thread.BobId);
            await thread.Ada.Get("/saves");
            await bob.Get("/saves");
            return thread;
        }

        public string At(string address) => address
            .Replace("{question}", $"{question}", StringComparison.Ordinal)
            .Replace("{comment}", $"{comment}", StringComparison.Ordinal);

        public async Task<SitePage> Send(SiteClient client, string address, (string Name, string Value) field)
        {
            var page = await client.Get(At(address));
            return await client.Submit(page, $"form[method=post]:has([name='{field.Name}'])", field);
        }

        // Any form of the visitor's has a token that is good for all of theirs.
        public static string Token(SitePage page) => page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        public async ValueTask DisposeAsync()
        {
            Ada.Dispose();
            await Site.DisposeAsync();
        }
    }
}
