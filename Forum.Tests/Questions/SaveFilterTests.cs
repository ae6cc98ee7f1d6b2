using FluentValidation;
using Forum.Core;
using Forum.Core.Questions;
using Forum.Tests.Support;

namespace Forum.Tests.Questions;

public sealed class SaveFilterTests
{
    [Test]
    public async Task A_filter_is_kept_changed_and_forgotten_by_its_owner_alone()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());

        var id = await forum.Send(new SaveFilter("To answer", "answers=none&nonsense=1", IsHome: false), ada);
        Assert.That(await Filters(forum, ada), Is.EqualTo(new[] { new ShowMyLists.Saved(id, "To answer", new QuestionFilter { NoAnswers = true }, false) }));
        Assert.That(await Filters(forum, bob), Is.Empty);

        await forum.Send(new SaveFilter("For me", "bounty=yes", IsHome: true, id), ada);
        Assert.That(await Filters(forum, ada), Is.EqualTo(new[] { new ShowMyLists.Saved(id, "For me", new QuestionFilter { HasBounty = true }, true) }));

        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new SaveFilter("Mine", "", IsHome: false, id), bob));
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new DeleteFilter(id), bob));
        Assert.That(await Filters(forum, ada), Has.Count.EqualTo(1));

        await forum.Send(new DeleteFilter(id), ada);
        Assert.That(await Filters(forum, ada), Is.Empty);
    }

    [Test]
    public async Task One_filter_is_at_home()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();

        await forum.Send(new SaveFilter("One", "", IsHome: true), ada);
        await forum.Send(new SaveFilter("Two", "days=3", IsHome: true), ada);

        var mine = await forum.Send(new ShowMyLists(), ada);
        Assert.That(mine.Home?.Name, Is.EqualTo("Two"));
        Assert.That(mine.Filters.Count(filter => filter.IsHome), Is.EqualTo(1));
    }

    [Test]
    public async Task A_name_is_used_once()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var one = await forum.Send(new SaveFilter("One", "days=1", IsHome: false), ada);
        var two = await forum.Send(new SaveFilter("Two", "days=2", IsHome: false), ada);

        Assert.That(await forum.Send(new SaveFilter("One", "days=9", IsHome: false), ada), Is.EqualTo(one), "the name says which");
        var wrong = Assert.ThrowsAsync<ValidationException>(() => forum.Send(new SaveFilter("One", "", IsHome: false, two), ada));
        Assert.That(wrong!.Errors.Single().ErrorCode, Is.EqualTo("lists.name-taken"));
        Assert.ThrowsAsync<ValidationException>(() => forum.Send(new SaveFilter(" ", "", IsHome: false), ada));
        Assert.That((await Filters(forum, ada)).Select(filter => filter.Filter.Days), Is.EqualTo(new[] { 9, 2 }));
    }

    [Test]
    public async Task Somebody_keeps_so_many_filters_and_no_more()
    {
        await using var forum = new TestForum(("Forum:Lists:SavedFilters", "1"));
        var ada = await forum.Make.User();
        await forum.Send(new SaveFilter("One", "", IsHome: false), ada);

        var refused = Assert.ThrowsAsync<RefusedException>(() => forum.Send(new SaveFilter("Two", "", IsHome: true), ada));

        Assert.That(refused!.Refusal.Code, Is.EqualTo("lists.too-many-filters"));
        Assert.That((await Filters(forum, ada)).Single().Name, Is.EqualTo("One"));
    }

    private static async Task<IReadOnlyList<ShowMyLists.Saved>> Filters(TestForum forum, long user) => (await forum.Send(new ShowMyLists(), user)).Filters;
}
