using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Tests.Support;

namespace Forum.Tests.Questions;

public sealed class LinkedQuestionsTests
{
    private const string Filler = "This text says nothing that anybody would look for anywhere. ";

    [Test]
    public async Task Writing_a_questions_address_links_both_in_a_question_an_answer_and_a_comment()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        var named = await forum.Make.Question(title: "The one that is named by all others");

        var asking = await forum.Make.Question(author, body: $"{Filler}As in {Address(forum, named)} it does not work.");
        var answered = await forum.Make.Question();
        await forum.Send(new PostAnswer(answered, $"{Filler}See [the other one](/questions/{named}/whatever)."), author);
        var commented = await forum.Make.Question();
        await forum.Send(new PostComment(commented, $"Is this not what {Address(forum, named)} says?"), author);

        Assert.That(await Linked(forum, named), Is.EquivalentTo(new[] { asking, answered, commented }));
        foreach (var other in new[] { asking, answered, commented })
            Assert.That(await Linked(forum, other), Is.EqualTo(new[] { named }));
        Assert.That((await forum.Send(new ShowQuestion(named))).LinkedCount, Is.EqualTo(3));
        await forum.Verify();
    }

    [Test]
    public async Task A_link_to_an_answer_links_its_question_and_one_to_itself_or_elsewhere_nothing()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        var named = await forum.Make.Question();
        var answer = await forum.Make.Answer(named);

        var asking = await forum.Make.Question(author, body: $"{Filler}As in {forum.Settings.PublicUrl}a/{answer} and https://example.com/questions/{named} it does not work.");
        await forum.Send(new PostComment(asking, $"I mean this very one: {Address(forum, asking)}"), author);
        await forum.Send(new PostComment(asking, $"And one that is not there: {Address(forum, 999)}"), author);

        Assert.That(await Linked(forum, asking), Is.EqualTo(new[] { named }));
        await forum.Verify();
    }

    [Test]
    public async Task What_nothing_names_any_more_is_linked_no_more()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        var (one, other) = (await forum.Make.Question(), await forum.Make.Question());
        var asking = await forum.Make.Question(author, body: $"{Filler}As in {Address(forum, one)} it does not work.");
        var comment = await forum.Send(new PostComment(asking, $"It is as {Address(forum, one)} says."), author);

        await forum.Send(new EditPost(asking, $"{Filler}As in {Address(forum, other)} it does not work."), author);
        Assert.That(await Linked(forum, asking), Is.EquivalentTo(new[] { one, other }), "the comment still names it");
        await forum.Send(new EditComment(comment, "It is as somebody says elsewhere."), author);
        Assert.That(await Linked(forum, asking), Is.EqualTo(new[] { other }));
        forum.Clock.Advance(TimeSpan.FromSeconds(10));
        await forum.Send(new EditComment(comment, $"It is as {Address(forum, one)} says, again."), author);
        await forum.Send(new DeleteComment(comment), author);

        Assert.That(await Linked(forum, asking), Is.EqualTo(new[] { other }));
    }

    [Test]
    public async Task Deleted_questions_and_answers_link_nothing()
    {
        await using var forum = new TestForum();
        var author = await forum.Make.User(1_000);
        var (named, answered) = (await forum.Make.Question(author), await forum.Make.Question());
        var answer = await forum.Send(new PostAnswer(answered, $"{Filler}See {Address(forum, named)}."), author);

        await forum.Send(new DeletePost(answer), author);
        Assert.That(await Linked(forum, named), Is.Empty);
        Assert.That(await Linked(forum, answered), Is.Empty);
        await forum.Send(new UndeletePost(answer), author);
        Assert.That(await Linked(forum, answered), Is.EqualTo(new[] { named }));
        await forum.Send(new DeletePost(named), author);

        Assert.That(await Linked(forum, answered), Is.Empty);
        Assert.That((await forum.Send(new ListLinked(answered))).Questions.Items, Is.Empty);
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ListLinked(named)));
    }

    [Test]
    public async Task The_list_says_which_names_which()
    {
        await using var site = new TestSite(("Forum:Pages:Questions", "1"));
        var author = await site.Forum.Make.User(1_000);
        var named = await site.Forum.Make.Question(title: "The one that is named by another");
        var asking = await site.Forum.Make.Question(author, title: "The one that names the other", body: $"{Filler}As in {Address(site.Forum, named)} it does not work.");
        using var anyone = site.Anonymous();

        var page = await anyone.Get($"/questions/linked/{named}");
        Assert.That(page.Said("main .f-linked a"), Is.EqualTo("The one that names the other"));
        Assert.That(page.Said("main .f-linked p"), Does.StartWith("names it"));
        Assert.That((await anyone.Get($"/questions/linked/{asking}")).Said("main .f-linked p"), Does.StartWith("named by it"));
        Assert.That((await anyone.Follow(await anyone.Get($"/questions/{asking}"))).Document.QuerySelector($"aside a[href='/questions/linked/{asking}'], a[href='/questions/linked/{asking}']"), Is.Not.Null);
    }

    private static string Address(TestForum forum, long question) => $"{forum.Settings.PublicUrl}questions/{question}";

    private static async Task<long[]> Linked(TestForum forum, long question) => [.. (await forum.Send(new ShowQuestion(question))).Linked.Select(q => q.Id)];
}
