using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Core.Tags;
using Forum.Tests.Support;

namespace Forum.Tests.Editing;

public sealed class EditPostTests
{
    private const string NewBody = "I have a very large file and want to read it without loading all of it at once.";
    private const string NewTitle = "How do I read a very large file line by line?";

    [Test]
    public async Task An_edit_is_a_new_revision_and_changes_what_is_shown()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(name: "Ada");
        await forum.Make.Tags("streams");
        var question = await forum.Make.Question(by: ada, tags: "files");
        forum.Clock.Advance(TimeSpan.FromHours(1));

        var number = await forum.Send(new EditPost(question, NewBody, NewTitle, "streams, files", "Clearer"), ada);

        var page = await forum.Send(new ShowQuestion(question));
        var history = await forum.Send(new ListRevisions(question));
        var now = forum.Clock.GetUtcNow();
        Assert.Multiple(() =>
        {
            Assert.That(number, Is.EqualTo(2));
            Assert.That(page.Question.Title, Is.EqualTo(NewTitle));
            Assert.That(page.Question.Html, Does.Contain("very large file"));
            Assert.That(page.Question.TagNames, Is.EqualTo(["streams", "files"]));
            Assert.That(page.Question.EditedAt, Is.EqualTo(now));
            Assert.That(page.Question.Editor, Is.EqualTo("Ada"));
            Assert.That(page.Question.ActiveAt, Is.EqualTo(now));
            Assert.That(history.Revisions.Items.Select(r => r.Number), Is.EqualTo([2, 1]));
            Assert.That(history.Revisions.Items[0].Comment, Is.EqualTo("Clearer"));
            Assert.That(history.Revisions.Items[0].Body, Is.EqualTo(NewBody));
            Assert.That(history.Revisions.Items[1].Title, Is.EqualTo("How do I read a file line by line?"));
            Assert.That(history.Revisions.Items[1].TagNames, Is.EqualTo(["files"]));
        });
        await forum.Verify();
    }

    [Test]
    public async Task Search_finds_the_new_words_and_not_the_old_ones()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada, body: "The walrus is what this question is about, mostly.");

        await forum.Send(new EditPost(question, "The pelican is what this question is about, mostly."), ada);

        Assert.That((await forum.Send(new SearchQuestions("pelican"))).Results.Items, Has.Count.EqualTo(1));
        Assert.That((await forum.Send(new SearchQuestions("walrus"))).Results.Items, Is.Empty);
    }

    [TestCase(299, 1)]
    [TestCase(300, 2)]
    public async Task Within_5_minutes_an_edit_joins_ones_own_revision(int seconds, int revisions)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada);
        forum.Clock.Advance(TimeSpan.FromSeconds(seconds));

        await forum.Send(new EditPost(question, NewBody), ada);

        var page = await forum.Send(new ShowQuestion(question));
        Assert.That(page.Question.RevisionCount, Is.EqualTo(revisions));
        Assert.That(page.Question.EditedAt, revisions == 1 ? Is.Null : Is.Not.Null);
        Assert.That((await forum.Send(new ListRevisions(question))).Revisions.Items[0].Body, Is.EqualTo(NewBody));
        await forum.Verify();
    }

    [Test]
    public async Task Somebody_elses_edit_never_joins_and_neither_does_the_next_of_the_author()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);

        await forum.Send(new EditPost(question, NewBody), bob);
        await forum.Send(new EditPost(question, NewBody + " Really."), bob);
        await forum.Send(new EditPost(question, NewBody + " Truly."), ada);

        var history = await forum.Send(new ListRevisions(question));
        Assert.That(history.Revisions.Items.Select(r => (r.Number, r.AuthorId)), Is.EqualTo(new[] { (3, (long?)ada), (2, bob), (1, ada) }));
        Assert.That(history.Revisions.Items[1].Body, Does.EndWith("Really."));
        await forum.Verify();
    }

    [Test]
    public async Task A_joined_edit_that_takes_back_a_change_leaves_no_trace_of_it()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada);
        var old = await forum.Value<string>("select body from posts where id = @question", new { question });
        forum.Clock.Advance(TimeSpan.FromHours(1));

        await forum.Send(new EditPost(question, NewBody, NewTitle), ada);
        await forum.Send(new EditPost(question, old, NewTitle), ada);

        Assert.That(await forum.Value<int>("select count(*) from revisions where post_id = @question and body is not null", new { question }), Is.EqualTo(1));
        Assert.That((await forum.Send(new ListRevisions(question))).Revisions.Items[0].Body, Is.EqualTo(old));
        await forum.Verify();
    }

    [Test]
    public async Task Who_was_overtaken_is_told_and_nothing_of_either_is_lost()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        var form = await forum.Send(new ShowEditForm(question), ada);
        await forum.Send(new EditPost(question, NewBody, Basis: form.Basis), bob);
        var before = await TestContents.Of(forum);

        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new EditPost(question, NewBody + " Mine.", Basis: form.Basis), ada));

        Assert.That(await TestContents.Of(forum), Is.EqualTo(before));
        var again = await forum.Send(new ShowEditForm(question), ada);
        await forum.Send(new EditPost(question, NewBody + " Mine.", Basis: again.Basis), ada);
        Assert.That((await forum.Send(new ShowEditForm(question), ada)).Body, Does.EndWith("Mine."));
    }

    [Test]
    public async Task Two_windows_of_one_person_do_not_overwrite_each_other_within_the_grace_period()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada);
        var form = await forum.Send(new ShowEditForm(question), ada);
        await forum.Send(new EditPost(question, NewBody, Basis: form.Basis), ada);

        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new EditPost(question, NewBody + " Other.", Basis: form.Basis), ada));
    }

    [TestCase(999, false)]
    [TestCase(1_000, true)]
    public async Task Editing_other_peoples_posts_needs_1000(int reputation, bool may)
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(reputation);
        var question = await forum.Make.Question();

        if (may)
            await forum.Send(new EditPost(question, NewBody), bob);
        else
            await forum.IsRefused(() => forum.Send(new EditPost(question, NewBody), bob), "editing.edit-freely");
    }

    [TestCase(99, false)]
    [TestCase(100, true)]
    public async Task Editing_community_wiki_needs_100(int reputation, bool may)
    {
        await using var forum = new TestForum();
        var (question, bob) = (await forum.Make.Question(), await forum.Make.User(reputation));
        await forum.Write("update posts set wiki_at = created_at where id = @question", new { question });

        if (may)
            await forum.Send(new EditPost(question, NewBody), bob);
        else
            await forum.IsRefused(() => forum.Send(new EditPost(question, NewBody), bob), "privileges.edit-wiki.needs");
    }

    [Test]
    public async Task What_is_locked_or_deleted_is_not_edited()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(500), await forum.Make.User(moderator: true));
        var (locked, deleted) = (await forum.Make.Question(by: ada), await forum.Make.Question(by: ada));
        await forum.Write("update posts set locked_at = created_at where id = @locked", new { locked });
        await forum.Send(new DeletePost(deleted), ada);

        await forum.IsRefused(() => forum.Send(new EditPost(locked, NewBody), ada), "editing.locked-post");
        await forum.IsRefused(() => forum.Send(new EditPost(deleted, NewBody), ada), "editing.deleted-post");
        await forum.IsRefused(() => forum.Send(new EditPost(deleted, NewBody), moderator), "editing.deleted-post");
        await forum.Send(new EditPost(locked, NewBody), moderator);
    }

    [Test]
    public async Task An_edit_that_changes_nothing_is_refused()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada);
        var form = await forum.Send(new ShowEditForm(question), ada);

        await forum.IsRefused(() => forum.Send(new EditPost(question, $"\r\n{form.Body}  ", form.Title, form.Tags, "Nothing"), ada), "editing.nothing-changed");
    }

    [TestCase("Body", "short", NewTitle, "files", "", "limits.too-short")]
    [TestCase("Title", NewBody, "", "files", "", "limits.too-short")]
    [TestCase("Tags", NewBody, NewTitle, "", "", "tags.too-few")]
    [TestCase("Tags", NewBody, NewTitle, "a b c d e f", "", "tags.too-many")]
    public async Task What_cannot_be_asked_cannot_be_made_by_editing(string field, string body, string title, string tags, string comment, string code)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        var question = await forum.Make.Question(by: ada);

        await forum.IsBadlyFormed(() => forum.Send(new EditPost(question, body, title, tags, comment), ada), field, code);
        await forum.IsBadlyFormed(() => forum.Send(new EditPost(question, NewBody, NewTitle, "files", new string('x', 301)), ada), "Comment", "limits.too-long");
    }

    [Test]
    public async Task An_editor_creates_tags_only_with_the_reputation_for_it()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(149);
        var question = await forum.Make.Question(by: ada);

        await forum.IsRefused(() => forum.Send(new EditPost(question, NewBody, NewTitle, "files never-seen"), ada), "tags.cannot-create");
    }

    [Test]
    public async Task Changing_tags_moves_the_question_from_one_tags_count_to_the_others()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();
        await forum.Make.Tags("streams");
        var question = await forum.Make.Question(by: ada, tags: "files");

        await forum.Send(new EditPost(question, NewBody, Tags: "streams"), ada);

        var counts = (await forum.Send(new ListTags())).Items.ToDictionary(t => t.Name, t => t.QuestionCount);
        Assert.That((counts["streams"], counts["files"]), Is.EqualTo((1, 0)));
        await forum.Verify();
    }

    [Test]
    public async Task Editing_an_answer_brings_its_question_up_and_ignores_title_and_tags()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User();
        var question = await forum.Make.Question();
        var answer = await forum.Send(new PostAnswer(question, "Use a stream and read one line after the other."), bob);
        forum.Clock.Advance(TimeSpan.FromDays(1));

        await forum.Send(new EditPost(answer, "Use a stream and read a line at a time, then stop.", NewTitle, "streams"), bob);

        var page = await forum.Send(new ShowQuestion(question));
        Assert.That(page.Question.ActiveAt, Is.EqualTo(forum.Clock.GetUtcNow()));
        Assert.That(page.Question.TagNames, Is.EqualTo(["files"]));
        Assert.That(page.Answers.Items.Single().Html, Does.Contain("a line at a time"));
        await forum.Verify();
    }

    [Test]
    public async Task Revisions_of_a_deleted_post_are_for_those_who_see_it()
    {
        await using var forum = new TestForum();
        var (ada, bob, eve) = (await forum.Make.User(), await forum.Make.User(2_000), await forum.Make.User(1_999));
        var question = await forum.Make.Question(by: ada);
        var answer = await forum.Make.Answer(question);
        await forum.Send(new DeletePost(question), ada);

        Assert.That((await forum.Send(new ListRevisions(question), ada)).Revisions.Items, Has.Count.EqualTo(1));
        Assert.That((await forum.Send(new ListRevisions(question), bob)).Revisions.Items, Has.Count.EqualTo(1));
        foreach (var post in new[] { question, answer })
        {
            await forum.FindsNothing(() => forum.Send(new ListRevisions(post), eve));
            await forum.FindsNothing(() => forum.Send(new ListRevisions(post)));
            await forum.FindsNothing(() => forum.Send(new ShowEditForm(post), eve));
        }
    }

    [Test]
    public async Task A_preview_is_what_the_post_would_be()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User();

        Assert.That(await forum.Send(new Preview("**bold** and <script>alert(1)</script>"), ada), Does.Contain("<strong>bold</strong>").And.Not.Contain("<script"));
        Assert.That(await forum.Send(new Preview(""), ada), Is.Empty);
        await forum.IsBadlyFormed(() => forum.Send(new Preview(new string('x', 30_001)), ada), "Body", "limits.too-long");
        await forum.IsRefused(() => forum.Send(new Preview("text")), "accounts.sign-in-first");
    }
}
