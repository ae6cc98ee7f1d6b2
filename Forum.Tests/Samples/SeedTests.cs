using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Questions;
using Forum.Core.Samples;
using Forum.Core.Search;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Samples;

/// <summary>The synthetic community: the same each time, true in itself, like one that people made.</summary>
public sealed class SeedTests
{
    [Test]
    public async Task The_same_number_gives_the_same_community()
    {
        await using var one = new TestForum();
        await using var two = new TestForum();

        await one.Send(new SeedQuestions(120));
        await two.Send(new SeedQuestions(120));

        Assert.That(await TestContents.Of(two), Is.EqualTo(await TestContents.Of(one)));
    }

    [Test]
    public async Task It_is_true_in_itself_and_has_what_communities_have()
    {
        await using var forum = new TestForum();

        var posts = await forum.Send(new SeedQuestions(500));

        Assert.That(await forum.Value<int>("select count(*) from posts"), Is.EqualTo(posts).And.InRange(1_500, 1_900));
        await forum.Verify();
        Assert.That(await forum.Value<int>("select count(*) from pragma_foreign_key_check"), Is.Zero);
        foreach (var something in new[]
        {
            "posts where kind = 1 and closed_at is not null", "posts where kind = 1 and deleted_at is not null", "posts where kind = 2 and deleted_at is not null",
            "posts where accepted_answer_id is not null", "posts where kind = 1 and answer_count = 0", "posts where kind = 1 and answer_count > 5",
            "posts where revision_count > 2", "revisions where number > 1 and title is not null", "revisions where number > 1 and tags is not null",
            "posts where score < 0", "posts where score > 9", "posts where html like '%<pre><code class=%'", "posts where html like '%data-post=%'",
            "posts where html like '%<li>%'", "post_links where kind = 1", "post_links where kind = 3", "comments where score > 0", "comments where deleted_at is not null",
            "saves", "users where reputation > 500", "users where about <> ''", "users where is_moderator = 1",
            "reputation_events where kind = 0 and reason = 3", "reputation_events where state = 0 and applied <> nominal",
        })
            Assert.That(await forum.Value<int>($"select count(*) from {something}"), Is.GreaterThan(0), something);
    }

    [Test]
    public async Task Nothing_happens_before_its_time_or_after_today()
    {
        await using var forum = new TestForum();

        await forum.Send(new SeedQuestions(200));

        foreach (var odd in new[]
        {
            "votes v join posts p on p.id = v.post_id where v.cast_at < p.created_at or v.cast_at > coalesce(p.deleted_at, @now)",
            "posts a join posts q on q.id = a.question_id where a.created_at < q.created_at or a.created_at > coalesce(q.deleted_at, q.closed_at, @now)",
            "comments c join posts p on p.id = c.post_id where c.created_at < p.created_at or c.created_at > coalesce(p.deleted_at, @now)",
            "posts p join users u on u.id = p.author_id where u.created_at > p.created_at or u.seen_at > @now",
            "posts where accepted_at < created_at or accepted_at > coalesce(deleted_at, @now) or active_at > @now",
        })
            Assert.That(await forum.Value<int>($"select count(*) from {odd}", new { now = forum.Clock.GetUtcNow() }), Is.Zero, odd);
    }

    [Test]
    public async Task Few_tags_have_most_questions_and_few_people_most_posts()
    {
        await using var forum = new TestForum();

        await forum.Send(new SeedQuestions(1_000));

        const string tags = "(select question_count as n, percent_rank() over (order by question_count desc) as place from tags)";
        const string people = "(select question_count + answer_count as n, percent_rank() over (order by question_count + answer_count desc) as place from users where id > 0)";
        foreach (var counted in (string[])[tags, people])
            Assert.That(await forum.Value<double>($"select 1.0 * sum(n) filter (where place <= 0.2) / sum(n) from {counted}"), Is.GreaterThan(0.4), counted);
    }

    [Test]
    public async Task The_site_works_on_it_as_on_any_other()
    {
        await using var forum = new TestForum();
        await forum.Send(new SeedQuestions(300));
        var newest = (await forum.Send(new ListQuestions(QuestionOrder.Newest, []))).Questions.Items[0];

        var found = await forum.Send(new SearchQuestions($"\"{newest.Title}\""));
        Assert.That(found.Results.Items.Select(i => i.Id), Does.Contain(newest.Id));
        var shown = await forum.Send(new ShowQuestion(newest.Id));
        Assert.That(shown.Question.Title, Is.EqualTo(newest.Title));

        var voter = await forum.Make.User(500);
        await forum.Send(new CastVote(newest.Id, Direction.Up), voter);
        await forum.Send(new PostAnswer(newest.Id, "Read the lines one at a time with an iterator that streams them."), voter);
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task It_has_the_schema_that_every_database_has()
    {
        await using var seeded = new TestForum();
        await using var empty = new TestForum();
        const string schema = "select group_concat(coalesce(sql, name), char(10)) from (select * from sqlite_schema where name not like 'sqlite_stat%' order by type, name)";

        await seeded.Send(new SeedQuestions(20));

        Assert.That(await seeded.Value<string>(schema), Is.EqualTo(await empty.Value<string>(schema)));
        Assert.That(await seeded.Value<string>("select group_concat(k) from post_search_config"), Is.EqualTo(await empty.Value<string>("select group_concat(k) from post_search_config")));
        Assert.That(await seeded.Value<string>("select journal_mode from pragma_journal_mode"), Is.EqualTo("wal"));
        Assert.That(await seeded.Value<string>("select integrity_check from pragma_integrity_check"), Is.EqualTo("ok"));
    }

    [Test]
    public async Task A_database_that_has_posts_is_left_alone()
    {
        await using var forum = new TestForum();
        await forum.Make.Question();
        var before = await TestContents.Of(forum);

        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new SeedQuestions(10)));

        Assert.That(await TestContents.Of(forum), Is.EqualTo(before));
    }

    [Test]
    public async Task One_that_is_cut_off_leaves_the_database_as_it_was()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(name: "Ada");
        var before = await TestContents.Of(forum);

        Assert.ThrowsAsync<OperationCanceledException>(() => forum.Send(new SeedQuestions(30, new Impatient())));

        Assert.That(await TestContents.Of(forum), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(forum.Database.Path)!, "*.part*"), Is.Empty);
        await forum.Send(new SeedQuestions(30));
        Assert.That((await forum.Send(new ShowUser(ada))).User.Name, Is.EqualTo("Ada"));
        await forum.Verify();
    }

    private sealed class Impatient : IProgress<SeedQuestions.Progress>
    {
        public void Report(SeedQuestions.Progress value) => throw new OperationCanceledException();
    }
}
