using FluentValidation;
using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.Users;

public sealed class ProfileTests
{
    private const string Answer = "Open the file and read from it until there is nothing left to read.";

    [Test]
    public async Task A_profile_shows_what_its_owner_wrote()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();

        await forum.Send(new EditProfile(ada, "Ada Lovelace", "I write **programs**.", "London", "https://example.org"), ada);

        var user = (await forum.Send(new ShowUser(ada))).User;
        Assert.That((user.Name, user.Slug, user.Location, user.WebsiteLink?.Host), Is.EqualTo(("Ada Lovelace", "ada-lovelace", "London", "example.org")));
        Assert.That(user.About, Does.Contain("<strong>programs</strong>"));
        Assert.That(await forum.Send(new FindProfile(ada), ada), Is.EqualTo(new EditProfile(ada, "Ada Lovelace", "I write **programs**.", "London", "https://example.org")));
    }

    [Test]
    public async Task What_people_say_of_themselves_carries_no_script()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();

        await forum.Send(new EditProfile(ada, "Ada", "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))", "", ""), ada);

        var about = (await forum.Send(new ShowUser(ada))).User.About;
        Assert.That(about, Does.Not.Contain("<script").And.Not.Contain("onerror=").And.Not.Contain("href=\"javascript"));
    }

    [Test]
    public async Task Nobody_edits_the_profile_of_somebody_else()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(name: "Ada");
        var bob = await forum.Make.User();

        var refused = Assert.ThrowsAsync<RefusedException>(() => forum.Send(new EditProfile(ada, "Eve", "", "", ""), bob));

        Assert.That(refused!.Refusal.Code, Is.EqualTo("users.not-yours"));
        Assert.That((await forum.Send(new ShowUser(ada))).User.Name, Is.EqualTo("Ada"));
        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new FindProfile(ada), bob));
        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new FindProfile(ada)));
    }

    [Test]
    public async Task Moderators_edit_any_profile_but_not_the_Community_users()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var moderator = await forum.Make.User(moderator: true);

        await forum.Send(new EditProfile(ada, "Ada again", "", "", ""), moderator);

        Assert.That((await forum.Send(new ShowUser(ada))).User.Name, Is.EqualTo("Ada again"));
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new EditProfile(-1, "Nobody", "", "", ""), moderator));
    }

    [Test]
    public async Task Bad_fields_are_told_one_by_one_and_nothing_is_written()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(name: "Ada");

        var refused = Assert.ThrowsAsync<ValidationException>(() =>
            forum.Send(new EditProfile(ada, "\u202EA", new string('a', 3_001), new string('a', 101), "javascript:alert(1)"), ada));

        Assert.That(refused!.Errors.Select(e => e.PropertyName), Is.EquivalentTo(new[] { "Name", "About", "Location", "Website" }));
        Assert.That((await forum.Send(new ShowUser(ada))).User.Name, Is.EqualTo("Ada"));
    }

    [Test]
    public async Task A_profile_lists_posts_and_tags_but_nothing_deleted()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(reputation: 1_000);
        var kept = await forum.Make.Question(by: ada, tags: "files io");
        var deleted = await forum.Make.Question(title: "What is the secret that nobody may read?");
        await forum.Send(new PostAnswer(kept, Answer), ada);
        await forum.Send(new PostAnswer(deleted, "Nobody knows it, and whoever does know it will not tell you."), ada);
        await forum.Send(new DeletePost(deleted), await forum.Make.User(moderator: true));
        await forum.Service<KeepTagScores>().CatchUp(default);

        var profile = await forum.Send(new ShowUser(ada));

        Assert.That(profile.Questions.Items.Select(q => q.Id), Is.EqualTo(new[] { kept }));
        Assert.That((profile.Answers.Total, profile.Answers.Items.Single().QuestionId), Is.EqualTo((1L, kept)));
        Assert.That(profile.Tags.Select(t => (t.Name, t.Posts)), Is.EquivalentTo(new[] { ("files", 2), ("io", 2) }));
        Assert.That((await forum.Send(new ListUserPosts(ada, UserPosts.Answers))).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Posts_are_listed_best_first_and_in_pages()
    {
        await using var forum = new TestForum(("Forum:Pages:Questions", "2"));
        var ada = await forum.Make.User(reputation: 1_000);
        var questions = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            questions.Add(await forum.Make.Question(by: ada));
            forum.Clock.Advance(TimeSpan.FromHours(1));
        }

        await forum.Write("update posts set score = 5 where id = @id", new { id = questions[1] });

        var first = await forum.Send(new ListUserPosts(ada, UserPosts.Questions));
        var second = await forum.Send(new ListUserPosts(ada, UserPosts.Questions, 2));
        var beyond = await forum.Send(new ListUserPosts(ada, UserPosts.Questions, 900));

        Assert.That(first.Items.Select(q => q.Id), Is.EqualTo(new[] { questions[1], questions[2] }));
        Assert.That(second.Items.Select(q => q.Id), Is.EqualTo(new[] { questions[0] }));
        Assert.That((beyond.Number, beyond.Pages, beyond.Total), Is.EqualTo((2, 2, 3L)));
    }

    [Test]
    public async Task Who_was_removed_has_no_profile_and_who_never_was_has_none_either()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        await forum.Write("update users set removed_at = 1 where id = @ada", new { ada });

        Assert.That(Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowUser(ada)))!.WasDeleted, Is.True);
        Assert.That(Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowUser(999)))!.WasDeleted, Is.False);
    }

    [Test]
    public async Task People_are_found_by_how_their_names_begin()
    {
        await using var forum = new TestForum();
        await forum.Send(new RegisterAccount("sofia", "Sofía Ríos", "sofia@example.org", "long enough"));
        await forum.Send(new RegisterAccount("lin", "林晓 Lin", "lin@example.org", "long enough"));
        await forum.Send(new RegisterAccount("sol", "Solveig", "sol@example.org", "long enough"));

        Assert.That(await Found(forum, "SO"), Is.EqualTo(new[] { "Sofía Ríos", "Solveig" }));
        Assert.That(await Found(forum, "sofia r"), Is.EqualTo(new[] { "Sofía Ríos" }));
        Assert.That(await Found(forum, "林"), Is.EqualTo(new[] { "林晓 Lin" }));
        Assert.That(await Found(forum, "%"), Is.Empty);
        Assert.That(await Found(forum, "comm"), Is.Empty);
    }

    [Test]
    public async Task The_list_has_its_orders_and_pages()
    {
        await using var forum = new TestForum(("Forum:Pages:Users", "2"));
        var low = await forum.Make.User(reputation: 5, name: "Zoe");
        forum.Clock.Advance(TimeSpan.FromDays(1));
        var high = await forum.Make.User(reputation: 500, name: "Yan");
        forum.Clock.Advance(TimeSpan.FromDays(1));
        var middle = await forum.Make.User(reputation: 50, name: "Xia");

        Assert.That(await Ids(forum, UserOrder.Reputation), Is.EqualTo(new[] { high, middle }));
        Assert.That(await Ids(forum, UserOrder.Reputation, 2), Is.EqualTo(new[] { low }));
        Assert.That(await Ids(forum, UserOrder.Newest), Is.EqualTo(new[] { middle, high }));
    }

    [Test]
    public async Task Language_and_theme_stay_with_the_account()
    {
        await using var forum = new TestForum();
        var ada = await forum.Send(new RegisterAccount("ada", "Ada", "ada@example.org", "long enough"));

        await forum.Send(new ChooseAppearance("zh-Hans", "dark"), ada);
        var chosen = (await forum.Send(new RecogniseUser(ada)))!;
        await forum.Send(new ChooseAppearance(null, null), ada);
        var back = (await forum.Send(new RecogniseUser(ada)))!;

        Assert.That((chosen.Language, chosen.Theme), Is.EqualTo(("zh-Hans", "dark")));
        Assert.That((back.Language, back.Theme), Is.EqualTo(((string?)null, (string?)null)));
        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new ChooseAppearance("en", null)));
        Assert.ThrowsAsync<ValidationException>(() => forum.Send(new ChooseAppearance(new string('x', 21), null), ada));
    }

    private static async Task<IEnumerable<string>> Found(TestForum forum, string search) =>
        (await forum.Send(new ListUsers(search))).Items.Select(u => u.Name);

    private static async Task<IEnumerable<long>> Ids(TestForum forum, UserOrder order, int page = 1) =>
        (await forum.Send(new ListUsers(null, order, page))).Items.Select(u => u.Id);
}
