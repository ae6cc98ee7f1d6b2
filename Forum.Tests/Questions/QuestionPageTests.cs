using System.Net;
using Forum.Tests.Support;
using Forum.Web.Pages.Questions;
using Forum.Web.Pages.Shared;

namespace Forum.Tests.Questions;

public sealed class QuestionPageTests
{
    private const string Slug = "how-do-i-read-a-file-line-by-line";

    [Test]
    public async Task A_question_has_one_address_and_the_others_lead_there()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        var answer = await site.Forum.Make.Answer(question);
        using var reader = site.Anonymous();

        async Task Leads(string from, HttpStatusCode status, string to)
        {
            var page = await reader.Get(from);
            Assert.That((page.Status, page.Headers.GetValueOrDefault("Location")), Is.EqualTo((status, to)), from);
        }

        await Leads($"/questions/{question}", HttpStatusCode.MovedPermanently, $"/questions/{question}/{Slug}");
        await Leads($"/questions/{question}/what-it-was-called?answers=newest", HttpStatusCode.MovedPermanently, $"/questions/{question}/{Slug}?answers=newest");
        await Leads($"/q/{question}", HttpStatusCode.Redirect, $"/questions/{question}/{Slug}");
        await Leads($"/q/{question}/7", HttpStatusCode.Redirect, $"/questions/{question}/{Slug}");
        await Leads($"/a/{answer}", HttpStatusCode.Redirect, $"/questions/{question}/{Slug}#answer-{answer}");
        Assert.That((await reader.Get($"/questions/{question}/{Slug}")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("/questions/999")]
    [TestCase("/q/999")]
    [TestCase("/a/999")]
    [TestCase("/questions/abc")]
    [TestCase("/questions/tagged/%20")]
    [TestCase("/questions/tagged/a+b+c+d+e+f")]
    public async Task An_address_that_means_nothing_is_not_found(string address)
    {
        await using var site = new TestSite();
        using var reader = site.Anonymous();

        Assert.That((await reader.Get(address)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("/questions?page=abc")]
    [TestCase("/questions?page=-1")]
    [TestCase("/questions?page=99999999999999999999")]
    [TestCase("/questions?tab=nonsense")]
    [TestCase("/tags?page=0&tab=x")]
    public async Task A_page_that_is_none_is_the_first(string address)
    {
        await using var site = new TestSite();
        await site.Forum.Make.Question();
        using var reader = site.Anonymous();

        var page = await reader.Get(address);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Text, Does.Contain("files"));
    }

    [Test]
    public async Task The_frame_of_a_question_without_its_posts_is_small()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question();
        using var reader = site.Anonymous();

        var page = await reader.Get($"/questions/{question}/{Slug}");
        foreach (var post in page.Document.QuerySelectorAll(".f-post").ToList())
            post.Remove();

        Assert.That(System.Text.Encoding.UTF8.GetByteCount(page.Document.DocumentElement.OuterHtml), Is.LessThan(30_000));
    }

    [Test]
    public async Task Asking_leads_to_the_question()
    {
        await using var site = new TestSite();
        await site.Forum.Make.Tags("files");
        using var ada = await site.SignedInAs(await site.Forum.Make.User());

        var answer = await ada.Fill(
            "/questions/ask", ("Input.Title", "How do I read a file line by line?"), ("Input.Body", "I have a large text file and little memory to read it."), ("Input.Tags", "files"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await site.Forum.Value<int>("select count(*) from posts"), Is.EqualTo(1));
    }

    [TestCase("/questions/tagged/c%2B%2B+linq", "c++", "linq")]
    [TestCase("/questions/tagged/c%23", "c#")]
    [TestCase("/questions/tagged/c++", "c++")]
    [TestCase("/questions/tagged/c+++linq", "c++", "linq")]
    [TestCase("/questions/tagged/c+linq", "c", "linq")]
    [TestCase("/questions/tagged/a%20b?tab=score", "a", "b")]
    [TestCase("/questions/tagged/%E5%BC%82%E6%AD%A5", "异步")]
    public void Tags_in_an_address_are_parted_by_a_plus_that_belongs_to_none(string target, params string[] names) =>
        Assert.That(TaggedModel.Split(target), Is.EqualTo(names));

    [TestCase(1, 1, "1")]
    [TestCase(1, 3, "1 2 3")]
    [TestCase(5, 10, "1 2 3 4 5 6 7 … 10")]
    [TestCase(6, 12, "1 … 4 5 6 7 8 … 12")]
    [TestCase(12, 12, "1 … 10 11 12")]
    public void Pages_around_the_open_one_are_offered(int number, int pages, string shown) =>
        Assert.That(
            string.Join(' ', new Pagination("/x", number, pages).Numbers().Select(n => n?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "…")),
            Is.EqualTo(shown));
}
