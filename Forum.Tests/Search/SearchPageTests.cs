using System.Net;
using Forum.Tests.Support;

namespace Forum.Tests.Search;

public sealed class SearchPageTests
{
    [Test]
    public async Task Results_link_to_what_was_found_with_the_hits_marked()
    {
        await using var site = new TestSite();
        var id = await site.Forum.Make.Question(title: "Sorting <b> widgets & gadgets", tags: "c#");
        using var anyone = site.Anonymous();

        var page = await anyone.Get("/search?q=sort+widgets");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        var title = page.Document.QuerySelector(".s-post-summary--content-title a")!;
        Assert.That(title.InnerHtml, Is.EqualTo("<mark>Sorting</mark> &lt;b&gt; <mark>widgets</mark> &amp; gadgets"));
        Assert.That(title.GetAttribute("href"), Does.StartWith($"/questions/{id}/"));
        Assert.That(page.Said(".f-list-count"), Is.EqualTo("1 result"));
        Assert.That(page.Value("q"), Is.EqualTo("sort widgets"));
    }

    [Test]
    public async Task An_answer_that_was_found_is_linked_itself()
    {
        await using var site = new TestSite();
        var question = await site.Forum.Make.Question(title: "How are widgets sorted quickly?");
        var answer = await site.Forum.Make.Answer(question, body: "Compare the gadgets by their size, then swap neighbours.");
        using var anyone = site.Anonymous();

        var page = await anyone.Get("/search?q=gadgets");

        Assert.That(page.Document.QuerySelector(".s-post-summary--content-title a")!.GetAttribute("href"), Is.EqualTo($"/a/{answer}"));
    }

    [Test]
    public async Task Tags_alone_lead_to_their_list()
    {
        await using var site = new TestSite();
        using var anyone = site.Anonymous();

        Assert.That((await anyone.Get("/search?q=%5Bc%2B%2B%5D+%5Blinq%5D")).Location, Is.EqualTo("/questions/tagged/c%2B%2B+linq"));
    }

    [TestCase("en", "Nothing was found")]
    [TestCase("zh-Hans", "没有找到任何内容")]
    public async Task An_empty_result_helps_on(string language, string heading)
    {
        await using var site = new TestSite();
        using var anyone = site.Anonymous(language);

        var page = await anyone.Get("/search?q=zzz+score:3");

        Assert.That(page.Said(".f-empty h2"), Is.EqualTo(heading));
        var links = page.Document.QuerySelectorAll(".f-empty a").Select(a => a.GetAttribute("href"));
        Assert.That(links, Is.EqualTo(new[] { "/search?q=zzz", "/search?q=score%3A3", "/questions/ask?title=zzz" }));
    }

    [Test]
    public async Task Without_a_query_the_page_explains_how_to_search()
    {
        await using var site = new TestSite();
        using var anyone = site.Anonymous();

        var page = await anyone.Get("/search");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Document.QuerySelector("details[open] table"), Is.Not.Null);
        Assert.That(page.Document.QuerySelector(".f-empty"), Is.Null);
    }

    [Test]
    public async Task What_was_left_out_of_the_query_is_said()
    {
        await using var site = new TestSite();
        using var anyone = site.Anonymous();

        var page = await anyone.Get("/search?q=widgets+closed:yes");

        Assert.That(page.Said(".s-notice__warning"), Is.EqualTo("“closed:yes” is not supported yet and was left out."));
    }

    [TestCase("/search?q=%00%22%27%3B--&page=-5&tab=nonsense")]
    [TestCase("/search?q=%ED%A0%80&page=99999999999999")]
    [TestCase("/search?q=widgets&page=abc")]
    [TestCase("/search?q=widgets&page=2147483647&tab=score")]
    public async Task Odd_addresses_show_a_page(string address)
    {
        await using var site = new TestSite();
        await site.Forum.Make.Question(title: "How are widgets sorted quickly?");
        using var anyone = site.Anonymous();

        Assert.That((await anyone.Get(address)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Pages_keep_the_query_and_the_order()
    {
        await using var site = new TestSite(("Forum:Pages:SearchResults", "1"));
        await site.Forum.Make.Question(title: "How are red widgets sorted?");
        await site.Forum.Make.Question(title: "How are blue widgets sorted?");
        using var anyone = site.Anonymous();

        var page = await anyone.Get("/search?q=widgets+sorted&tab=newest");

        Assert.That(page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href"), Is.EqualTo("/search?q=widgets%20sorted&tab=newest&page=2"));
        Assert.That(page.Said(".s-post-summary--content-title a"), Is.EqualTo("How are blue widgets sorted?"));
        Assert.That((await anyone.Get("/search?q=widgets+sorted&tab=newest&page=2")).Said(".s-post-summary--content-title a"), Is.EqualTo("How are red widgets sorted?"));
    }

    [Test]
    public async Task Similar_questions_come_as_a_fragment()
    {
        await using var site = new TestSite();
        var id = await site.Forum.Make.Question(title: "How are red widgets sorted?");
        using var anyone = site.Anonymous();

        var page = await anyone.Get("/questions/similar?title=sort+widgets");

        Assert.That(page.Document.QuerySelector("a")!.GetAttribute("href"), Is.EqualTo($"/questions/{id}/how-are-red-widgets-sorted"));
        Assert.That(page.Text, Does.Not.Contain("<html"));
        Assert.That((await anyone.Get("/questions/similar")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_text_is_posted_to_find_questions_like_it_and_is_no_write()
    {
        await using var site = new TestSite(("Forum:Limits:WritesPerMinute", "1"));
        var id = await site.Forum.Make.Question(title: "Program ends with no message at all", body: "The garbage collector frees a finalizer that is still running.");
        using var browser = await site.SignedInAs(await site.Forum.Make.User());
        var token = (await browser.Get("/questions/ask")).Value("__RequestVerificationToken")!;

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var page = await browser.PostRaw("/questions/similar", ("title", "Strange crash"), ("body", "A finalizer and the garbage collector."), ("__RequestVerificationToken", token));
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(page.Text, Does.Contain($"/questions/{id}/"));
        }
    }
}
