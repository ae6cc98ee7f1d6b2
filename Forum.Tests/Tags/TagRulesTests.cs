using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.Tags;

public sealed class TagRulesTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";

    [TestCase("", "blocked", false, "tags.is-blocked")]
    [TestCase("", "blocked", true, "tags.is-blocked")]
    [TestCase("blocked", "blocked", false, null)]
    [TestCase("blocked", "free", false, null)]
    [TestCase("", "reserved", false, "tags.moderators-only")]
    [TestCase("", "reserved", true, null)]
    [TestCase("reserved free", "free", false, "tags.moderators-took")]
    [TestCase("reserved free", "free", true, null)]
    [TestCase("reserved free", "reserved", false, null)]
    public void A_blocked_tag_is_taken_by_nobody_and_a_reserved_one_moved_by_moderators(string was, string becomes, bool moderates, string? code)
    {
        UsedTag[] known = [new() { Name = "blocked", IsBlocked = true }, new() { Name = "reserved", IsModeratorOnly = true }, new() { Name = "free" }];

        Assert.That(TagRules.WhyNotTag(new Person { IsModerator = moderates }, TagNames.Parse(was), TagNames.Parse(becomes), known, [])?.Code, Is.EqualTo(code));
    }

    [TestCase("free", "tags.one-required")]
    [TestCase("free bug", null)]
    [TestCase("support", null)]
    public void Where_tags_are_required_a_question_has_one_of_them(string becomes, string? code) =>
        Assert.That(TagRules.WhyNotTag(new Person { IsModerator = true }, [], TagNames.Parse(becomes), [], ["bug", "support"])?.Code, Is.EqualTo(code));

    [Test]
    public async Task It_is_said_at_the_field_of_asking_and_of_editing()
    {
        await using var forum = new TestForum();
        var (moderator, asker, newcomer) = (await forum.Make.User(moderator: true), await forum.Make.User(1_000), await forum.Make.User());
        var question = await forum.Make.Question(asker, body: Text, tags: "files");
        await forum.Send(new ChangeTagRules("homework", false, false, true), moderator);
        await forum.Send(new ChangeTagRules("featured", false, true, false), moderator);

        await forum.IsBadlyFormed(() => forum.Send(new AskQuestion("May this tag be used at all?", Text, "homework"), asker), "Tags", "tags.is-blocked");
        await forum.IsBadlyFormed(() => forum.Send(new EditPost(question, Text, Tags: "files featured"), asker), "Tags", "tags.moderators-only");
        await forum.IsBadlyFormed(
            () => forum.Send(new SuggestEdit(question, Text, Tags: "files homework", Comment: "It is for homework"), newcomer), "Tags", "tags.is-blocked");
        await forum.Send(new EditPost(question, Text, Tags: "files featured"), moderator);
        await forum.IsBadlyFormed(() => forum.Send(new EditPost(question, Text, Tags: "files"), asker), "Tags", "tags.moderators-took");
        await forum.Send(new ChangeTagRules("bug", true, false, false), moderator);
        await forum.IsBadlyFormed(() => forum.Send(new AskQuestion("May this tag be used at all?", Text, "files"), asker), "Tags", "tags.one-required");
        await forum.Verify();
    }

    [Test]
    public async Task Rules_are_the_moderators_and_are_logged()
    {
        await using var forum = new TestForum();
        var (moderator, member) = (await forum.Make.User(moderator: true), await forum.Make.User(20_000));

        await forum.IsRefused(() => forum.Send(new ChangeTagRules("bug", true, false, false), member), "moderation.moderators-only");
        await forum.IsBadlyFormed(() => forum.Send(new ChangeTagRules("bug", true, false, true), moderator), "IsRequired", "tags.required-and-blocked");
        await forum.Send(new ChangeTagRules("bug", true, true, false), moderator);

        var tag = await forum.Send(new ShowTag("bug"));
        Assert.That((tag.IsRequired, tag.IsModeratorOnly, tag.IsBlocked), Is.EqualTo((true, true, false)));
        Assert.That(tag.History.Select(line => (line.Kind, line.ActorId)), Is.EqualTo(new[] { ("rules-changed", (long?)moderator) }));
        await forum.Verify();
    }

    [Test]
    public async Task A_blocked_tag_is_not_offered()
    {
        await using var forum = new TestForum();
        await forum.Send(new ChangeTagRules("homework", false, false, true), await forum.Make.User(moderator: true));

        Assert.That(await forum.Send(new CompleteTag("home")), Is.Empty);
    }
}
