using Forum.Core.Saves;
using Forum.Tests.Support;

namespace Forum.Tests.Saves;

public sealed class SavePagesTests
{
    [Test]
    public async Task A_post_is_saved_noted_listed_and_taken_out_again()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question(title: "What does a walrus eat for breakfast?");
        using var browser = await site.SignedInAs(ada);
        var thread = await browser.Follow(await browser.Get($"/q/{question}"));

        var saved = await browser.Submit(thread, $"form[action='/posts/{question}/save']");
        Assert.That(saved.Location, Is.EqualTo($"/a/{question}"));

        await browser.Fill($"/posts/{question}/save", ("Note", "for the zoo"));
        var list = await browser.Get("/saves");
        Assert.That(list.Text, Does.Contain("walrus").And.Contain("for the zoo"));

        await browser.Submit(list, "main form");
        Assert.That((await site.Forum.Send(new ListSaves(), ada)).Items, Is.Empty);
    }

    [Test]
    public async Task A_script_gets_the_button_in_its_new_state()
    {
        await using var site = new TestSite();
        var ada = await site.Forum.Make.User();
        var question = await site.Forum.Make.Question();
        using var browser = await site.SignedInAs(ada);
        var thread = await browser.Follow(await browser.Get($"/q/{question}"));
        browser.Http.DefaultRequestHeaders.Add("X-Requested-With", "fetch");

        foreach (var what in new[] { "save", "follow" })
        {
            var on = await browser.Submit(thread, $"form[action='/posts/{question}/{what}']");
            Assert.That(on.Document.QuerySelector($"#{what}-{question}")!.GetAttribute("aria-pressed"), Is.EqualTo("true"));
            var off = await browser.Submit(on, "form");
            Assert.That(off.Document.QuerySelector($"#{what}-{question}")!.GetAttribute("aria-pressed"), Is.EqualTo("false"));
        }

        var state = await site.Forum.Send(new ShowSave(question), ada);
        Assert.That((state.IsSaved, state.IsFollowed), Is.EqualTo((false, false)));
    }
}
