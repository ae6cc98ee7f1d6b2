using System.Text.RegularExpressions;
using Forum.Core;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Moderation;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Tests.Support;
using Forum.Web.Languages;

namespace Forum.Tests.Moderation;

/// <summary>What is in the log, how it is found, read and undone (docs/rules/audit.md).</summary>
public sealed partial class LogTests
{
    [Test]
    public void Every_act_that_is_recorded_anywhere_has_words_in_both_languages()
    {
        var core = Path.Combine(Path.GetDirectoryName(typeof(LogTests).Assembly.Location)!, "..", "..", "..", "..", "Forum.Core");
        var actions = Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Recorded().Matches(File.ReadAllText(file)))
            .SelectMany(match => Literal().Matches(match.Value)).Select(literal => literal.Groups["text"].Value)
            .Distinct(StringComparer.Ordinal).ToList();
        Assert.That(actions, Has.Count.GreaterThan(15).And.Contain("suspend").And.Contain("end-wiki"));

        // One that is put together from a part has words for each end.
        static bool IsWorded(string language, string action) => action.EndsWith('-')
            ? Words.Table(language).Keys.Any(key => key.StartsWith("moderation.act." + action, StringComparison.Ordinal))
            : Words.Table(language).ContainsKey("moderation.act." + action);

        Assert.That(actions.Where(action => !IsWorded("en", action)), Is.Empty);
        Assert.That(actions.Where(action => !IsWorded("zh-Hans", action)), Is.Empty);
    }

    [Test]
    public async Task A_role_a_setting_tag_rules_a_name_and_a_wiki_are_logged_and_undone_from_the_log()
    {
        await using var forum = new TestForum();
        var (ada, boss) = (await forum.Make.User(), await forum.Make.User(administrator: true));
        await forum.Make.Tags("old");
        var question = await forum.Make.Question();
        await forum.Send(new ChangeRole(ada, IsModerator: true, IsAdministrator: false), boss);
        await forum.Send(new ChangeSettings(new Dictionary<string, string?> { ["Limits:Mentions"] = "4" }, 0), boss);
        await forum.Send(new ChangeTagRules("old", false, true, false), boss);
        await forum.Send(new ChangeWiki(question, IsWiki: true), boss);
        Assert.That(await Actions(forum, boss), Is.EqualTo(["make-wiki", "change-tag-rules", "change-setting", "change-role"]));

        foreach (var line in (await forum.Send(new ListActs(), boss)).Items)
        {
            Assert.That(line.MayUndo, line.Act.Action);
            await forum.Send(new UndoAct(line.Act.Id), boss);
        }

        Assert.That(await forum.Value<int>("select is_moderator from users where id = @ada", new { ada }), Is.Zero);
        Assert.That(forum.Settings.Limits.Mentions, Is.EqualTo(new ForumSettings().Limits.Mentions));
        Assert.That(await forum.Value<int>("select is_moderator_only from tags where name = 'old'"), Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from posts where wiki_at is not null"), Is.Zero);
        Assert.That((await forum.Send(new ListActs(), boss)).Items.Count(line => line.Act.Undoes is not null), Is.EqualTo(4));
        await forum.Verify();
    }

    [Test]
    public async Task What_takes_an_administrator_to_undo_is_not_offered_to_other_moderators()
    {
        await using var forum = new TestForum();
        var (moderator, boss) = (await forum.Make.User(moderator: true), await forum.Make.User(administrator: true));
        await forum.Send(new ChangeSettings(new Dictionary<string, string?> { ["Limits:Mentions"] = "4" }, 0), boss);

        Assert.That((await forum.Send(new ListActs(), boss)).Items.Single().MayUndo);
        Assert.That((await forum.Send(new ListActs(), moderator)).Items.Single().MayUndo, Is.False);
        Assert.That((await forum.Send(new ShowAct(1), moderator)).MayUndo, Is.False);
        Assert.That(() => forum.Send(new UndoAct(1), moderator), Throws.TypeOf<RefusedException>());
    }

    [Test]
    public async Task A_flag_in_the_log_leads_to_its_post()
    {
        await using var site = new TestSite();
        var (ada, moderator) = (await site.Forum.Make.User(100), await site.Forum.Make.User(moderator: true));
        var question = await site.Forum.Make.Question();
        await site.Forum.Send(new FlagPost(question, FlagKind.Moderator, Words: "Something is wrong with this one."), ada);
        using var browser = await site.SignedInAs(moderator);

        Assert.That((await browser.Get("/mod/log")).Document.QuerySelector($"#act-1 a[href='/a/{question}']"), Is.Not.Null);
    }

    [Test]
    public async Task A_comment_that_a_moderator_deleted_is_brought_back_and_one_that_its_author_deleted_is_no_moderation()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question();
        var (own, others) = (await forum.Make.Comment(question, ada), await forum.Make.Comment(question, ada));
        await forum.Send(new DeleteComment(own), ada);
        await forum.Send(new DeleteComment(others), moderator);
        Assert.That(await Actions(forum, moderator), Is.EqualTo(["delete-comment"]));

        await forum.Send(new UndoAct(1), moderator);

        Assert.That(await forum.Value<int>("select comment_count from posts where id = @question", new { question }), Is.EqualTo(1));
        Assert.That(() => forum.Send(new RestoreComment(others), moderator), Throws.TypeOf<ConflictException>());
        await forum.Verify();
    }

    [Test]
    public async Task Synonyms_that_moderators_decide_on_are_logged_and_undone()
    {
        await using var forum = new TestForum();
        var moderator = await forum.Make.User(moderator: true);
        await forum.Make.Tags("files");
        await forum.Send(new ProposeSynonym("files", "file"), moderator);
        await forum.Send(new UndoAct(1), moderator);
        Assert.That(await forum.Value<int>("select count(*) from tag_synonyms"), Is.Zero);

        await forum.Send(new UndoAct(2), moderator);

        Assert.That(await forum.Value<string>("select name from tag_synonyms where approved_at is not null"), Is.EqualTo("file"));
        Assert.That(await Actions(forum, moderator), Is.EqualTo(["approve-synonym", "delete-synonym", "approve-synonym"]));
    }

    [Test]
    public async Task A_rename_is_undone_by_the_name_before()
    {
        await using var forum = new TestForum();
        var moderator = await forum.Make.User(moderator: true);
        await forum.Make.Question(tags: "teh");
        await forum.Send(new RenameTag("teh", "the"), moderator);
        await forum.Service<ApplyTagMerges>().Apply(default);

        await forum.Send(new UndoAct(1), moderator);
        await forum.Service<ApplyTagMerges>().Apply(default);

        Assert.That((await forum.Value<string>("select tags from posts where kind = 1")).Trim(), Is.EqualTo("teh"));
    }

    [Test]
    public async Task It_is_searched_by_who_to_whom_what_post_and_day()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator, other) = (await forum.Make.User(), await forum.Make.User(), await forum.Make.User(moderator: true), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: ada);
        await forum.Send(new ChangeWiki(question, IsWiki: true), moderator);
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await forum.Send(new Forum.Core.Discipline.Annotate(bob, "A note."), other);
        var today = DateOnly.FromDateTime(forum.Clock.GetUtcNow().UtcDateTime);

        Assert.That(await Found(new ListActs(Action: "annotate")), Is.EqualTo([2]));
        Assert.That(await Found(new ListActs(ActorId: moderator)), Is.EqualTo([1]));
        Assert.That(await Found(new ListActs(UserId: bob)), Is.EqualTo([2]));
        Assert.That(await Found(new ListActs(UserId: ada)), Is.EqualTo([1]));
        Assert.That(await Found(new ListActs(PostId: question)), Is.EqualTo([1]));
        Assert.That(await Found(new ListActs(From: today)), Is.EqualTo([2]));
        Assert.That(await Found(new ListActs(To: today.AddDays(-1))), Is.EqualTo([1]));
        Assert.That(await Found(new ListActs(From: today.AddDays(1))), Is.Empty);
        Assert.That(await Found(new ListActs(Before: 2)), Is.EqualTo([1]));
        Assert.That(await Found(new ListActs(ActorId: other, UserId: ada)), Is.Empty);

        async Task<IEnumerable<long>> Found(ListActs list) => (await forum.Send(list, moderator)).Items.Select(line => line.Act.Id);
    }

    [TestCase("12", 12)]
    [TestCase("/questions/12/a-title", 12)]
    [TestCase("/questions/12/a-title#13", 13)]
    [TestCase("https://example.org/questions/12/a-title", 12)]
    [TestCase("/a/13", 13)]
    public async Task A_post_is_named_by_number_or_address(string typed, long post)
    {
        await using var site = new TestSite();
        var moderator = await site.Forum.Make.User(moderator: true);
        await site.Forum.Write(
            "insert into moderation_acts (action, actor_id, subject_kind, subject_id, at) values ('close', @moderator, 1, @post, 0), ('close', @moderator, 1, 99, 0)", new { moderator, post });
        using var browser = await site.SignedInAs(moderator);

        var page = await browser.Get("/mod/log?post=" + Uri.EscapeDataString(typed));

        Assert.That(page.Document.QuerySelectorAll("[id^='act-']").Select(line => line.Id), Is.EqualTo(["act-1"]));
    }

    [TestCase("post=what", "post", "A number, or the address of a question or an answer, please.")]
    [TestCase("user=who", "user", "A person's number or the address of their profile, please.")]
    [TestCase("actor=who", "actor", "A person's number or the address of their profile, please.")]
    [TestCase("from=someday", "from", "This value cannot be read. Please enter it again.")]
    public async Task What_cannot_be_looked_for_is_said_at_its_field(string query, string field, string says)
    {
        await using var site = new TestSite();
        using var browser = await site.SignedInAs(await site.Forum.Make.User(moderator: true));

        var page = await browser.Get("/mod/log?" + query);

        Assert.That(page.MessagesAt(field), Is.EqualTo([says]));
        Assert.That(page.Document.QuerySelector("details[open]"), Is.Not.Null);
    }

    [Test]
    public async Task A_number_that_is_nobodys_finds_nobody_and_one_that_is_somebodys_name_finds_them()
    {
        await using var site = new TestSite();
        var (moderator, named) = (await site.Forum.Make.User(moderator: true), await site.Forum.Make.User(name: "2048"));
        using var browser = await site.SignedInAs(moderator);

        Assert.That((await browser.Get("/mod/people?who=999")).Document.QuerySelector(".s-empty-state"), Is.Not.Null);
        Assert.That((await browser.Get("/mod/people?who=2048")).Document.QuerySelector($"a[href='/mod/users/{named}']"), Is.Not.Null);
        Assert.That((await browser.Get($"/mod/people?who={named}")).Location, Is.EqualTo($"/mod/users/{named}"));
    }

    [Test]
    public async Task A_post_is_not_locked_for_no_reason_and_the_form_says_so_where_it_is_chosen()
    {
        await using var site = new TestSite();
        var (moderator, question) = (await site.Forum.Make.User(moderator: true), await site.Forum.Make.Question());
        using var browser = await site.SignedInAs(moderator);

        var again = await browser.Fill($"/posts/{question}/lock", ("Reason", "It goes round in circles."));

        Assert.That(again.Document.QuerySelector("fieldset.has-error .f-error-text")?.TextContent, Is.EqualTo("Choose why."));
        Assert.That(again.Value("Reason"), Is.EqualTo("It goes round in circles."));
    }

    [Test]
    public async Task A_moderator_undoes_from_the_page_after_being_asked()
    {
        await using var site = new TestSite();
        var moderator = await site.Forum.Make.User(moderator: true);
        var question = await site.Forum.Make.Question();
        await site.Forum.Send(new ChangeWiki(question, IsWiki: true), moderator);
        using var browser = await site.SignedInAs(moderator);
        var log = await browser.Get("/mod/log");
        Assert.That(log.Document.QuerySelector("a[href='/mod/log/1/undo']"), Is.Not.Null);
        Assert.That(await site.Forum.Value<int>("select count(*) from posts where wiki_at is not null"), Is.EqualTo(1));

        var line = await browser.Follow(await browser.Fill("/mod/log/1/undo"));

        Assert.That(line.Text, Does.Contain("undone by #2"));
        Assert.That(await site.Forum.Value<int>("select count(*) from posts where wiki_at is not null"), Is.Zero);
        Assert.That((await browser.Get("/mod/log/1/undo")).Document.QuerySelector("main form[method=post]"), Is.Null);
    }

    [TestCase("/mod")]
    [TestCase("/mod/log")]
    [TestCase("/mod/flags")]
    [TestCase("/mod/people")]
    [TestCase("/mod/users/1")]
    [TestCase("/mod/users/1/write")]
    [TestCase("/mod/users/1/lift")]
    [TestCase("/mod/log/1/undo")]
    public async Task The_desk_is_for_moderators(string address)
    {
        await using var site = new TestSite();
        using var member = await site.SignedInAs(await site.Forum.Make.User(20_000));
        using var stranger = site.Anonymous();

        Assert.That((int)(await member.Get(address)).Status, Is.EqualTo(403));
        Assert.That((await stranger.Get(address)).Location, Does.StartWith("/account/sign-in"));
    }

    [Test]
    public async Task The_old_address_of_votes_leads_to_the_new_one()
    {
        await using var site = new TestSite();
        using var stranger = site.Anonymous();

        Assert.That((await stranger.Get("/moderation/votes")).Location, Is.EqualTo("/mod/votes"));
    }

    private static async Task<IEnumerable<string>> Actions(TestForum forum, long moderator) => (await forum.Send(new ListActs(), moderator)).Items.Select(line => line.Act.Action);

    [GeneratedRegex(@"new Act\([^,]*,", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Recorded();

    [GeneratedRegex("\"(?<text>[a-z-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
