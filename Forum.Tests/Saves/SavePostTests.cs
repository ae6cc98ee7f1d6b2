using Forum.Core.Editing;
using Forum.Core.Saves;
using Forum.Tests.Support;

namespace Forum.Tests.Saves;

public sealed class SavePostTests
{
    [Test]
    public async Task A_saved_post_is_among_ones_saves_with_its_note_and_nobody_elses()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question();

        await forum.Send(new SavePost(question, "  for the report "), ada);

        var save = (await forum.Send(new ListSaves(), ada)).Items.Single();
        Assert.That((save.PostId, save.Note, save.IsQuestion), Is.EqualTo((question, "for the report", true)));
        Assert.That((await forum.Send(new ListSaves(), bob)).Items, Is.Empty);
        Assert.That(await Count(forum, question), Is.EqualTo(1));
        await forum.Verify();
    }

    [Test]
    public async Task Saving_again_changes_the_note_alone()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question();
        await forum.Send(new SavePost(question, "one"), ada);
        forum.Clock.Advance(TimeSpan.FromDays(1));

        await forum.Send(new SavePost(question, "two"), ada);

        var save = (await forum.Send(new ListSaves(), ada)).Items.Single();
        Assert.That((save.Note, save.SavedAt), Is.EqualTo(("two", forum.Clock.GetUtcNow().AddDays(-1))));
        Assert.That(await Count(forum, question), Is.EqualTo(1));
    }

    [Test]
    public async Task Unsaving_and_unfollowing_leave_everything_as_before()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var answer = await forum.Make.Answer(await forum.Make.Question());
        var before = await TestContents.Of(forum);

        await forum.Send(new SavePost(answer), ada);
        await forum.Send(new FollowPost(answer), ada);
        await forum.Send(new FollowPost(answer), ada);
        var state = await forum.Send(new ShowSave(answer), ada);
        Assert.That((state.IsSaved, state.IsFollowed), Is.EqualTo((true, true)));

        await forum.Send(new UnsavePost(answer), ada);
        await forum.Send(new UnfollowPost(answer), ada);
        await forum.Send(new UnsavePost(answer), ada);
        Assert.That(await TestContents.Of(forum), Is.EqualTo(before));
        await forum.Verify();
    }

    [Test]
    public async Task What_cannot_be_seen_cannot_be_saved_or_followed()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: ada);
        await forum.IsBadlyFormed(() => forum.Send(new SavePost(question, new string('x', 501)), bob), "Note", "limits.too-long");
        await forum.IsRefused(() => forum.Send(new SavePost(question)), "accounts.sign-in-first");
        await forum.IsRefused(() => forum.Send(new FollowPost(question)), "accounts.sign-in-first");
        await forum.Send(new DeletePost(question), ada);

        await forum.FindsNothing(() => forum.Send(new SavePost(question), bob));
        await forum.FindsNothing(() => forum.Send(new FollowPost(question), bob));
        await forum.FindsNothing(() => forum.Send(new ShowSave(question), bob));
    }

    [Test]
    public async Task A_save_of_what_was_deleted_keeps_the_note_and_tells_no_more()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User());
        var question = await forum.Make.Question(by: ada, title: "What does a walrus eat for breakfast?");
        await forum.Send(new SavePost(question, "tusks"), bob);
        await forum.Send(new DeletePost(question), ada);

        var save = (await forum.Send(new ListSaves(), bob)).Items.Single();

        Assert.That((save.Title, save.Excerpt, save.Note, save.IsGone), Is.EqualTo(("", "", "tusks", true)));
        await forum.Send(new UnsavePost(question), bob);
        Assert.That((await forum.Send(new ListSaves(), bob)).Items, Is.Empty);
    }

    private static Task<int> Count(TestForum forum, long post) => forum.Value<int>("select save_count from posts where id = @post", new { post });
}
