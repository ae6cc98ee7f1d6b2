using Forum.Core.Editing;
using Forum.Core.Tags;
using Forum.Tests.Support;

namespace Forum.Tests.Tags;

public sealed class ClearTagsTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";

    [Test]
    public async Task A_tag_that_no_question_has_goes_at_night_and_a_dry_run_leaves_it()
    {
        await using var forum = new TestForum();
        var asker = await forum.Make.User(1_000);
        var question = await forum.Make.Question(asker, body: Text, tags: "files lines");
        await forum.Send(new EditPost(question, Text, Tags: "files"), asker);
        await forum.Service<KeepTagScores>().CatchUp(default);

        Assert.That((await forum.Service<ClearTags>().Clear(isDry: true, default)).Select(tag => tag.Name), Is.EqualTo(new[] { "lines" }));
        Assert.That(await Names(forum), Is.EqualTo("files lines"));
        forum.Clock.Set(new DateTimeOffset(2026, 3, 3, 2, 59, 59, TimeSpan.Zero));
        await forum.Service<ClearTags>().Nightly(default);
        forum.Clock.Set(new DateTimeOffset(2026, 3, 4, 3, 0, 0, TimeSpan.Zero));
        await forum.Service<ClearTags>().Nightly(default);

        Assert.That(await Names(forum), Is.EqualTo("files"));
        Assert.That(await forum.Service<ClearTags>().Nightly(default), Is.Null);
        Assert.That(await forum.Value<string>("select kind || ' ' || tag from tag_events"), Is.EqualTo("cleared lines"));
        await forum.Verify();
    }

    [TestCase(183, false)]
    [TestCase(184, true)]
    public async Task A_tag_of_one_question_goes_after_half_a_year_and_the_question_keeps_the_others(int days, bool goes)
    {
        await using var forum = new TestForum();
        var lone = await forum.Make.Question(body: Text, tags: "files lines");
        await forum.Make.Question(tags: "files");
        await forum.Service<KeepTagScores>().CatchUp(default);

        forum.Clock.Advance(TimeSpan.FromDays(days));
        await forum.Service<ClearTags>().Clear(isDry: false, default);

        Assert.That(await forum.Value<string>("select tags from posts where id = @lone", new { lone }), Is.EqualTo(goes ? "files" : "files lines"));
        Assert.That(await Names(forum), Is.EqualTo(goes ? "files" : "files lines"));
        await forum.Service<KeepTagScores>().CatchUp(default);
        await forum.Verify();
    }

    [Test]
    public async Task What_is_described_ruled_on_or_the_only_tag_of_a_question_stays()
    {
        await using var forum = new TestForum();
        var (moderator, trusted, asker) = (await forum.Make.User(moderator: true), await forum.Make.User(4_000), await forum.Make.User(1_000));
        await forum.Make.Question(asker, tags: "described common");
        await forum.Make.Question(asker, tags: "only");
        await forum.Make.Question(asker, tags: "common");
        var deleted = await forum.Make.Question(asker, tags: "of-deleted common");
        await forum.Send(new EditTagText("described", TagPart.Excerpt, "For questions about what is described."), trusted);
        await forum.Send(new ChangeTagRules("blocked", false, false, true), moderator);
        await forum.Send(new DeletePost(deleted), asker);

        forum.Clock.Advance(TimeSpan.FromDays(365));
        await forum.Service<ClearTags>().Clear(isDry: false, default);

        Assert.That(await Names(forum), Is.EqualTo("blocked common described only"));
        await forum.Send(new UndeletePost(deleted), moderator);
        Assert.That(await forum.Value<string>("select tags from posts where id = @deleted", new { deleted }), Is.EqualTo("common"));
        await forum.Service<KeepTagScores>().CatchUp(default);
        await forum.Verify();
    }

    [Test]
    public async Task The_operator_may_switch_both_off()
    {
        await using var forum = new TestForum(("Forum:Tags:ClearUnused", "false"), ("Forum:Tags:ClearLone", "false"));
        await forum.Make.Question(tags: "files lines");
        await forum.Make.Question(tags: "files");
        await forum.Make.Tags("unused");
        forum.Clock.Advance(TimeSpan.FromDays(365));

        Assert.That(await forum.Service<ClearTags>().Clear(isDry: false, default), Is.Empty);
    }

    private static Task<string> Names(TestForum forum) => forum.Value<string>("select group_concat(name, ' ') from (select name from tags order by name)");
}
