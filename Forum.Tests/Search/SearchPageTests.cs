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

        var page = await anyone.Get("/search?q=widgets+migrated:yes");

        Assert.That(page.Said(".s-notice__warning"), Is.EqualTo("“migrated:yes” asks for something that does not exist here. It was searched for as text."));
    }

    [Test]
    public async Task A_misspelt_word_is_offered_as_titles_spell_it()
    {
        await using var site = new TestSite();
        await site.Forum.Make.Question(title: "How are widgets sorted quickly?");
        using var anyone = site.Anonymous();

        var link = (await anyone.Get("/search?q=wigdets+score:-5")).Document.QuerySelector(".f-did-you-mean a")!;

        Assert.That((link.TextContent, link.GetAttribute("href")), Is.EqualTo(("widgets score:-5", "/search?q=widgets%20score%3A-5")));
        Assert.That((await anyone.Get("/search?q=widgets")).Document.QuerySelector(".f-did-you-mean"), Is.Null);
    }

    [Test]
    public async Task The_advanced_form_writes_the_query()
    {
        await using var site = new TestSite();
        using var anyone = site.Anonymous();

        Assert.That((await anyone.Get("/search/advanced")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            (await anyone.Get("/search/advanced?Words=sort+list&Without=slow&Tags=c%23+linq&Score=3&Kind=is:question&From=2024-01-01")).Location,
            Is.EqualTo("/search?q=sort%20list%20-slow%20%5Bc%23%5D%20%5Blinq%5D%20score%3A3%20created%3A2024-01-01..%20is%3Aquestion"));
    }

    [Test]
    public async Task This_question_is_the_one_whose_page_was_open()
    {
        await using var site = new TestSite();
        using var anyone = site.Anonymous();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/search?q=widgets+inquestion:this");
        request.Headers.Referrer = new Uri(site.Address, "/questions/12/how-are-widgets-sorted");

        Assert.That((await anyone.Send(request)).Location, Is.EqualTo("/search?q=widgets%20inquestion%3A12"));
        Assert.That((await anyone.Get("/search?q=widgets+inquestion:this")).Said(".s-notice__warning"), Does.Contain("inquestion:1234"));
    }

    [Test]
    public async Task Browsers_are_told_how_to_search()
    {
        await using var site = new TestSite(("Forum:Name", "Gardens & Trees of all kinds"));
        using var anyone = site.Anonymous();

        var page = await anyone.Get("/opensearch.xml");

        var description = System.Xml.Linq.XDocument.Parse(page.Text).Root!;
        Assert.That(description.Elements().Single(e => e.Name.LocalName == "ShortName").Value, Is.EqualTo("Gardens & Trees"));
        Assert.That(description.Elements().First(e => e.Name.LocalName == "Url").Attribute("template")!.Value, Does.EndWith("/search?q={searchTerms}"));
        Assert.That((await anyone.Get("/questions")).Document.QuerySelector("link[rel=search]")!.GetAttribute("href"), Is.EqualTo("/opensearch.xml"));
    }

    [Test]
    public async Task Who_searches_too_often_waits_and_is_told_why()
    {
        await using var site = TestSite.OnPort(("Forum:Limits:SearchesPerMinute", "2"), ("Forum:Paces:IsOn", "true"));
        using var anyone = site.Anonymous();

        await anyone.Get("/search?q=one");
        await anyone.Get("/search?q=two");
        var page = await anyone.Get("/search?q=three");

        Assert.That((int)page.Status, Is.EqualTo(429));
        Assert.That(page.Document.Body!.TextContent, Does.Contain("This was done very often from your network in a short time. Nothing is lost: try again in 30 seconds."));
    }

    [Test]
    public async Task Strangers_page_through_fewer_results_and_name_fewer_tags()
    {
        await using var site = new TestSite(("Forum:Search:AnonymousResults", "2"), ("Forum:Search:AnonymousTags", "1"), ("Forum:Pages:SearchResults", "1"));
        foreach (var colour in new[] { "red", "green", "blue", "black" })
            await site.Forum.Make.Question(title: $"How are {colour} widgets sorted?", tags: "widgets sorting");
        using var anyone = site.Anonymous();
        using var member = await site.SignedInAs(await site.Forum.Make.User());

        Assert.That((await anyone.Get("/search?q=widgets")).Said(".f-list-count"), Is.EqualTo("2+ results"));
        Assert.That((await member.Get("/search?q=widgets")).Said(".f-list-count"), Is.EqualTo("4 results"));
        Assert.That((await anyone.Get("/search?q=widgets+[widgets]+[sorting]")).Said(".s-notice__warning"), Does.StartWith("“[sorting]” was left out"));
        Assert.That((await member.Get("/search?q=widgets+[widgets]+[sorting]")).Document.QuerySelector(".s-notice__warning"), Is.Null);
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
