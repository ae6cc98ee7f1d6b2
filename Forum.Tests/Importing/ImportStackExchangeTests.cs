using Forum.Core;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Importing;
using Forum.Core.Questions;
using Forum.Core.Tags;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Importing;

public sealed class ImportStackExchangeTests
{
    private const long Ada = 1;
    private const long Bob = 2;
    private const long Soup = 10;
    private const long Reply = 11;
    private const string FirstEdit = "11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    private const string SecondEdit = "22222222-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

    private readonly TestForum forum = new();
    private readonly Dump dump = new();

    [TearDown]
    public async Task Tear_down()
    {
        await forum.DisposeAsync();
        dump.Dispose();
    }

    [Test]
    public async Task The_smallest_dump_is_Users_and_Posts()
    {
        Small();

        var report = await Import();

        Assert.That(report.Files.Where(f => f.Read > 0).Select(f => (f.File, f.Read, f.Imported)), Is.EqualTo(new[] { ("Users", 3L, 3L), ("Posts", 2L, 2L) }));
        Assert.That(await forum.Value<string>("select title from posts where id = 10"), Is.EqualTo("How long does a lentil soup keep?"));
        Assert.That(await forum.Value<string>("select body || ' ' || body_is_html from posts where id = 10"), Is.EqualTo("It has **lentils**. 0"));
        Assert.That(await forum.Value<string>("select body from revisions where post_id = 10"), Is.EqualTo("It has **lentils**."));
        Assert.That(await forum.Value<long>("select score from posts where id = 11"), Is.EqualTo(3));
        Assert.That(await forum.Value<long>("select answer_count from posts where id = 10"), Is.EqualTo(1));
        Assert.That(await forum.Value<string>("select value from settings where key = 'OldHost'"), Is.EqualTo("cooking.example.com"));
        await forum.Verify();
    }

    [Test]
    public async Task Gzipped_files_are_read_as_plain_ones_are()
    {
        Small();
        await Import();
        var plain = Dump.Content(forum.Database.Path);
        using var zipped = new Dump();
        zipped.Zipped("Users", Users()).Zipped("Posts", Posts());
        await using var other = new TestForum();

        await other.Send(new ImportStackExchange(zipped.Folder));

        Assert.That(Dump.Content(other.Database.Path), Is.EqualTo(plain));
    }

    [Test]
    public async Task Rows_with_one_RevisionGUID_are_one_revision_and_the_newest_Markdown_is_the_post()
    {
        Small();
        dump.With("PostHistory",
            Dump.History(1, 2, Soup, FirstEdit, "It has **lentils**.\r\nAnd water."),
            Dump.History(2, 1, Soup, FirstEdit, "How long does soup keep?"),
            Dump.History(3, 3, Soup, FirstEdit, "<soup>"),
            Dump.History(4, 5, Soup, SecondEdit, "It has *red* lentils, carrots and water.", by: Bob, at: "2015-02-05T10:00:00.000", more: "Comment=\"which lentils\""),
            Dump.History(5, 10, Soup, "33333333-aaaa-4aaa-8aaa-aaaaaaaaaaaa", """{"Voters":[{"Id":2,"DisplayName":"Bob"}]}""", by: null, at: "2015-02-06T10:00:00.000", more: "Comment=\"105\" UserDisplayName=\"user77\""),
            Dump.History(6, 2, 999, FirstEdit, "Its post is gone."));

        var report = await Import();

        Assert.That(await forum.Value<string>("select body from posts where id = 10"), Is.EqualTo("It has *red* lentils, carrots and water."));
        Assert.That(await forum.Value<string>("select html from posts where id = 10"), Does.Contain("<em>red</em>"));
        Assert.That(await forum.Value<long>("select revision_count from posts where id = 10"), Is.EqualTo(2));
        Assert.That(await forum.Value<string>("select title || '/' || body || '/' || tags from revisions where post_id = 10 and number = 1"),
            Is.EqualTo("How long does soup keep?/It has **lentils**.\nAnd water./soup"));
        Assert.That(await forum.Value<string>("select coalesce(title, '-') || '/' || comment || '/' || author_id from revisions where post_id = 10 and number = 2"),
            Is.EqualTo("-/which lentils/2"));
        Assert.That(await forum.Value<string>("select kind || '/' || actor_name || '/' || details from post_events"),
            Is.EqualTo("""closed/user77/{"comment":"105","text":{"Voters":[{"Id":2,"DisplayName":"Bob"}]}}"""));
        Assert.That(Skipped(report, "PostHistory"), Is.EqualTo("importing.skip-no-post=1"));
        await forum.Verify();
    }

    [Test]
    public async Task Votes_become_scores_accepts_saves_and_bounties()
    {
        dump.With("Users", Users()).With("Posts",
            Dump.Question(Soup, Ada, "How long does a lentil soup keep?", "<p>It has lentils.</p>", more: "AcceptedAnswerId=\"11\""),
            Dump.Answer(Reply, Soup, Bob, "<p>Three days.</p>"));
        dump.With("Votes",
            Dump.Vote(1, Soup, 2), Dump.Vote(2, Soup, 2), Dump.Vote(3, Soup, 3, "2015-02-04"), Dump.Vote(4, Reply, 1, "2015-02-05"),
            Dump.Vote(5, Soup, 5, more: "UserId=\"2\""), Dump.Vote(6, Soup, 5, more: "UserId=\"404\""), Dump.Vote(7, 999, 2), Dump.Vote(8, Soup, 10),
            Dump.Vote(9, Soup, 8, "2015-03-01", "UserId=\"1\" BountyAmount=\"50\""), Dump.Vote(10, Reply, 9, "2015-03-06", "BountyAmount=\"50\""));

        var report = await Import();

        Assert.That(await forum.Value<long>("select score from posts where id = 10"), Is.EqualTo(1));
        Assert.That(await forum.Value<string>("select group_concat(kind || ':' || day || ':' || votes) from legacy_votes"), Is.EqualTo("2:16469:2,3:16470:1"));
        Assert.That(await forum.Value<long>("select accepted_answer_id from posts where id = 10"), Is.EqualTo(Reply));
        Assert.That(await forum.Value<long>("select accepted_at from posts where id = 10"), Is.EqualTo(DateTimeOffset.Parse("2015-02-05Z", null).ToUnixTimeMilliseconds()));
        Assert.That(await forum.Value<string>("select user_id || '/' || post_id from saves"), Is.EqualTo("2/10"));
        Assert.That(await forum.Value<string>("select question_id || '/' || sponsor_id || '/' || amount || '/' || awarded_answer_id || '/' || awarded_amount from bounties"),
            Is.EqualTo("10/1/50/11/50"));
        Assert.That(Skipped(report, "Votes"), Is.EqualTo("importing.skip-no-post=1, importing.skip-no-user=1, importing.skip-vote-kind=1"));
        await forum.Verify();
    }

    [Test]
    public async Task Bounties_that_ended_have_their_outcome_and_none_runs_on()
    {
        dump.With("Users", Users()).With("Posts",
            Dump.Question(Soup, Ada, "How long does a lentil soup keep?", "<p>It has lentils.</p>"), Dump.Answer(Reply, Soup, Bob, "<p>Three days.</p>"));
        string[] votes =
        [
            Dump.Vote(1, Soup, 8, "2015-03-01", "UserId=\"1\" BountyAmount=\"50\""), Dump.Vote(2, Reply, 9, "2015-03-06", "BountyAmount=\"50\""),
            Dump.Vote(3, Soup, 8, "2015-04-01", "UserId=\"1\" BountyAmount=\"100\""), Dump.Vote(4, Reply, 9, "2015-04-09", "BountyAmount=\"50\""),
            Dump.Vote(5, Soup, 8, "2015-05-01", "UserId=\"1\" BountyAmount=\"200\""), Dump.Vote(6, Soup, 9, "2015-05-09"),
            Dump.Vote(7, Soup, 8, "2015-06-01", "UserId=\"1\" BountyAmount=\"400\""), Dump.Vote(8, Soup, 8, "2016-02-01", "UserId=\"2\" BountyAmount=\"50\""),
        ];
        dump.With("Votes", votes);

        await Import();

        Assert.That(await forum.Value<string>("select group_concat(outcome, ' ') from (select outcome from bounties order by legacy_id)"), Is.EqualTo("1 2 3 5 5"));
        var ada = await forum.Value<int>("select reputation from users where id = 1");
        Assert.That(await forum.Service<Core.Bounties.SettleBounties>().Settle(default), Is.Zero);
        Assert.That(await forum.Value<int>("select reputation from users where id = 1"), Is.EqualTo(ada));
        await forum.Verify();

        dump.With("Votes", [.. votes, Dump.Vote(9, Reply, 9, "2016-02-08", "BountyAmount=\"50\"")]);
        await Import();

        Assert.That(await forum.Value<string>("select group_concat(outcome, ' ') from (select outcome from bounties order by legacy_id)"), Is.EqualTo("1 2 3 5 1"));
        await forum.Verify();
    }

    [Test]
    public async Task HTML_that_Markdown_cannot_say_stays_HTML_and_is_made_safe()
    {
        dump.With("Users", Users()).With("Posts", Dump.Question(Soup, Ada, "How long does a lentil soup keep?",
            "<ul>\n<li><p>One week?</p></li>\n<li>Or two?<script>alert(1)</script></li>\n</ul>\n<p onclick=\"x()\">Or three?</p>"));

        await Import();

        Assert.That(await forum.Value<long>("select body_is_html from posts where id = 10"), Is.EqualTo(1));
        Assert.That(await forum.Value<string>("select body from posts where id = 10"), Does.StartWith("<ul>"));
        Assert.That(await forum.Value<string>("select html from posts where id = 10"), Does.Contain("<li>Or two?").And.Not.Contain("script").And.Not.Contain("onclick"));
        await forum.Verify();
    }

    [TestCase("<soup><lentils>")]
    [TestCase("|soup|lentils|")]
    public async Task Tags_are_read_in_both_notations(string tags)
    {
        dump.With("Users", Users()).With("Posts", Dump.Question(Soup, Ada, "How long does a lentil soup keep?", "<p>It has lentils.</p>", tags));

        await Import();

        Assert.That(await forum.Value<string>("select tags from posts where id = 10"), Is.EqualTo("soup lentils"));
        Assert.That(await forum.Value<string>("select group_concat(name || question_count) from (select * from tags order by id)"), Is.EqualTo("soup1,lentils1"));
    }

    [Test]
    public async Task Tags_keep_their_ids_wikis_and_marks()
    {
        dump.With("Users", Users()).With("Posts",
            Dump.Question(Soup, Ada, "How long does a lentil soup keep?", "<p>It has lentils.</p>"),
            """Id="20" PostTypeId="4" CreationDate="2015-02-03T10:00:00.000" Score="0" Body="Liquid food." OwnerUserId="1" """,
            """Id="21" PostTypeId="5" CreationDate="2015-02-03T10:00:00.000" Score="0" Body="&lt;p&gt;Soup is liquid food.&lt;/p&gt;" OwnerUserId="1" """);
        dump.With("Tags", """Id="7" TagName="soup" Count="1" ExcerptPostId="20" WikiPostId="21" IsRequired="True" """, """Id="8" TagName="unused" Count="0" ExcerptPostId="404" """);

        await Import();

        Assert.That(await forum.Value<string>("select id || '/' || excerpt_post_id || '/' || wiki_post_id || '/' || is_required || '/' || question_count from tags where name = 'soup'"),
            Is.EqualTo("7/20/21/1/1"));
        Assert.That(await forum.Value<bool>("select excerpt_post_id is null from tags where name = 'unused'"), Is.True);
    }

    [Test]
    public async Task Removed_authors_keep_their_names()
    {
        dump.With("Users", Users()).With("Posts",
            Dump.Question(Soup, Ada, "How long does a lentil soup keep?", "<p>It has lentils.</p>").Replace("OwnerUserId=\"1\"", "OwnerDisplayName=\"user123\"", StringComparison.Ordinal),
            Dump.Answer(Reply, Soup, 404, "<p>Three days.</p>"));

        await Import();

        Assert.That(await forum.Value<string>("select group_concat(coalesce(author_id, author_name)) from (select * from posts order by id)"), Is.EqualTo("user123,user404"));
    }

    [Test]
    public async Task The_Community_user_stays_the_one_there_is()
    {
        Small();

        await Import();

        Assert.That(await forum.Value<string>("select name || '/' || is_imported || '/' || reputation from users where id = -1"), Is.EqualTo("Community/1/1"));
        Assert.That(await forum.Value<long>("select count(*) from users"), Is.EqualTo(3));
    }

    [Test]
    public async Task People_bring_their_reputation_and_their_texts_made_safe()
    {
        dump.With("Users",
            Dump.User(Ada, "Ada", 4321, "AboutMe=\"&lt;p&gt;I cook.&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;\" Location=\"Graz\" WebsiteUrl=\"javascript:alert(1)\""),
            Dump.User(Bob, "Bob", 0, "WebsiteUrl=\"https://example.com/bob\""))
            .With("Posts");

        await Import();

        Assert.That(await forum.Value<long>("select reputation from users where id = 1"), Is.EqualTo(4321));
        Assert.That(await forum.Value<long>("select reputation from users where id = 2"), Is.EqualTo(1));
        Assert.That(await forum.Value<string>("select about_html from users where id = 1"), Does.Contain("I cook.").And.Not.Contain("<script"));
        Assert.That(await forum.Value<string>("select group_concat(website, '|') from (select * from users where id > 0 order by id)"), Is.EqualTo("|https://example.com/bob"));
        Assert.That(await forum.Value<long>("select network_id from users where id = 1"), Is.EqualTo(1001));
        await forum.Verify();
    }

    [Test]
    public async Task A_broken_row_is_told_with_its_line_and_the_rest_goes_on()
    {
        dump.With("Users", Users()).With("Posts",
            Dump.Question(Soup, Ada, "How long does a lentil soup keep?", "<p>It has lentils.</p>"),
            """Id="ten" PostTypeId="1" CreationDate="2015-02-01T10:00:00.000" """,
            """Id="12" PostTypeId="1" Title="When?" """,
            Dump.Answer(13, 999, Bob, "<p>To a question that is gone.</p>"),
            Dump.Answer(Reply, Soup, Bob, "<p>Three days.</p>"),
            """Id="14" PostTypeId="8" CreationDate="2015-02-01T10:00:00.000" """);
        var watch = new Watch();

        var report = await Import(watch);

        Assert.That(watch.Told, Is.EqualTo(new[] { "Posts 4 importing.wrong Id ten", "Posts 5 importing.missing CreationDate" }));
        Assert.That(Skipped(report, "Posts"), Is.EqualTo("importing.skip-broken=2, importing.skip-no-question=1, importing.skip-post-kind=1"));
        Assert.That(await forum.Value<long>("select count(*) from posts"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_broken_file_stops_the_import_and_a_whole_one_lets_it_go_on()
    {
        Small();
        dump.Raw("Comments.xml", "<comments>\n  <row " + Dump.Comment(1, Soup, Bob, "Which lentils?") + "/>\n  <row Id=\"2\" <");

        var refused = Assert.ThrowsAsync<RefusedException>(Import)!;

        Assert.That((refused.Refusal.Code, refused.Refusal.Arguments[0], refused.Refusal.Arguments[1]), Is.EqualTo(("importing.broken-file", (object)"Comments.xml", (object)3)));
        Assert.That(await forum.Send(new FindUnfinishedImport()), Is.EqualTo("cooking.example.com"));
        dump.With("Comments", Dump.Comment(1, Soup, Bob, "Which lentils?"), Dump.Comment(2, Soup, Ada, "The red ones, of course."));
        await Import();
        Assert.That(await forum.Value<long>("select comment_count from posts where id = 10"), Is.EqualTo(2));
        Assert.That(await forum.Send(new FindUnfinishedImport()), Is.Null);
    }

    [TestCase("<!DOCTYPE users [ <!ENTITY x SYSTEM \"file:///etc/passwd\"> ]>\n<users><row Id=\"1\" DisplayName=\"&x;\" /></users>")]
    [TestCase("<!DOCTYPE users SYSTEM \"http://127.0.0.1:1/users.dtd\">\n<users></users>")]
    [TestCase("<!DOCTYPE lolz [ <!ENTITY a \"aaaaaaaaaa\"> <!ENTITY b \"&a;&a;&a;&a;\"> ]>\n<users><row Id=\"1\" DisplayName=\"&b;\" /></users>")]
    public void A_DTD_is_refused(string xml)
    {
        dump.Raw("Users.xml", xml).With("Posts", Posts());

        Assert.That(Assert.ThrowsAsync<RefusedException>(Import)!.Refusal.Code, Is.EqualTo("importing.dtd"));
    }

    [Test]
    public void An_undeclared_entity_is_a_broken_file()
    {
        dump.Raw("Users.xml", "<users>\n<row Id=\"1\" DisplayName=\"&x;\" /></users>").With("Posts", Posts());

        Assert.That(Assert.ThrowsAsync<RefusedException>(Import)!.Refusal.Code, Is.EqualTo("importing.broken-file"));
    }

    [Test]
    public async Task Nothing_is_announced_and_nobody_can_sign_in_as_an_imported_user()
    {
        Small();

        await Import();

        Assert.That(await forum.Value<long>("select (select count(*) from events) + (select count(*) from accounts) + (select count(*) from inbox)"), Is.Zero);
    }

    [Test]
    public async Task A_later_dump_adds_what_is_new()
    {
        Later(first: true);
        await Import();
        Later(first: false);

        var report = await Import();

        Assert.That(await forum.Value<string>("select group_concat(id || ':' || score || ':' || comment_count) from (select * from posts order by id)"), Is.EqualTo("10:2:1,11:1:0,12:0:0"));
        Assert.That(await forum.Value<string>("select body from posts where id = 10"), Is.EqualTo("It has red lentils."));
        Assert.That(await forum.Value<long>("select revision_count from posts where id = 10"), Is.EqualTo(2));
        Assert.That(await forum.Value<long>("select reputation from users where id = 1"), Is.EqualTo(150));
        Assert.That(await forum.Value<long>("select accepted_answer_id from posts where id = 10"), Is.EqualTo(Reply));
        Assert.That(await forum.Value<long>("select view_count from posts where id = 10"), Is.EqualTo(70));
        Assert.That(report.Files.Single(f => f.File == "Posts"), Has.Property("Imported").EqualTo(1).And.Property("Already").EqualTo(2));
        await forum.Verify();
    }

    [Test]
    public async Task A_later_dump_overwrites_nothing_that_was_written_here_since()
    {
        Later(first: true);
        await Import();
        await Grown(Ada, Bob);
        await forum.Send(new EditPost(Soup, "It has brown lentils, carrots and a good deal of water.", "How long does my lentil soup keep?", "soup"), user: Ada);
        await forum.Send(new CastVote(Reply, Direction.Up), user: Ada);
        var asked = await forum.Send(new AskQuestion("May I freeze a soup with potatoes?", "They get a strange texture afterwards, at least mine do.", "soup", ""), user: Ada);
        await forum.Write("update users set about = 'Moved here.', name = 'Ada L.' where id = 1");
        await forum.Write("delete from saves");
        Later(first: false);

        var report = await Import();

        Assert.That(asked, Is.EqualTo(12), "the old site gave this number to another post");
        Assert.That(await forum.Value<string>("select body from posts where id = 10"), Is.EqualTo("It has brown lentils, carrots and a good deal of water."));
        Assert.That(await forum.Value<string>("select title from posts where id = 12"), Is.EqualTo("May I freeze a soup with potatoes?"));
        Assert.That(await forum.Value<long>("select score from posts where id = 11"), Is.EqualTo(2), "one vote of the old site, one of this");
        Assert.That(await forum.Value<string>("select name || ': ' || about from users where id = 1"), Is.EqualTo("Ada L.: Moved here."));
        Assert.That(await forum.Value<long>("select count(*) from saves"), Is.Zero, "what was unsaved here stays so");
        Assert.That(Skipped(report, "Posts"), Is.EqualTo("importing.skip-id-taken=1"));
        Assert.That(Skipped(report, "PostHistory"), Is.EqualTo("importing.skip-edited-here=1, importing.skip-no-post=1"));
        await forum.Verify();
    }

    [Test]
    public async Task Importing_the_same_dump_again_changes_nothing_also_after_the_forum_was_used()
    {
        Later(first: false);
        await Import();
        await Grown(Ada, Bob);
        await forum.Send(new PostComment(Soup, "Does it matter whether they are red ones?"), user: Bob);
        await forum.Send(new CastVote(Soup, Direction.Up), user: Bob);
        await forum.Service<KeepTagScores>().CatchUp(default);
        var before = Dump.Content(forum.Database.Path);

        await Import();

        Assert.That(Dump.Content(forum.Database.Path), Is.EqualTo(before));
    }

    [Test]
    public async Task Whoever_registered_before_moves_above_the_ids_of_the_old_site()
    {
        Small();
        var administrator = await forum.Make.User(name: "root", administrator: true);
        await forum.Write("insert into accounts (user_id, sign_in_name, sign_in_key, security_stamp) values (@administrator, 'root', 'ROOT', 'x')", new { administrator });

        await Import();

        Assert.That(administrator, Is.EqualTo(Ada));
        Assert.That(await forum.Value<string>("select name from users where id = 1"), Is.EqualTo("Ada"));
        Assert.That(await forum.Value<string>("select u.id || u.name || u.is_administrator from accounts a join users u on u.id = a.user_id"), Is.EqualTo("3root1"));
        await forum.Verify();
    }

    [Test]
    public async Task A_database_with_posts_of_its_own_is_left_alone()
    {
        Small();
        await forum.Make.Question();
        var before = Dump.Content(forum.Database.Path);

        Assert.That(Assert.ThrowsAsync<RefusedException>(Import)!.Refusal.Code, Is.EqualTo("importing.has-posts"));

        Assert.That(Dump.Content(forum.Database.Path), Is.EqualTo(before));
    }

    [Test]
    public async Task A_second_community_needs_a_second_database()
    {
        Small();
        await Import();
        using var other = new Dump("gardening.example.com");
        other.With("Users", Users()).With("Posts", Posts());

        var refused = Assert.ThrowsAsync<RefusedException>(() => forum.Send(new ImportStackExchange(other.Folder)))!;

        Assert.That((refused.Refusal.Code, refused.Refusal.Arguments[0]), Is.EqualTo(("importing.other-site", (object)"cooking.example.com")));
    }

    [Test]
    public async Task An_untouched_sample_gives_way_and_a_used_one_does_not([Values] bool isUsed)
    {
        Small();
        var asked = await forum.Make.Question();
        await forum.Settle();
        await forum.Write("insert into samples (made_at, last_event) select @now, max(id) from events", new { now = forum.Clock.GetUtcNow() });
        // What the program does by itself while it is looked at.
        await forum.Service<Forum.Core.Users.CountLeaders>().Count(default);
        if (isUsed)
            await forum.Make.Question(title: "Is there anybody in this sample?");

        if (isUsed)
            Assert.That(Assert.ThrowsAsync<RefusedException>(Import)!.Refusal.Code, Is.EqualTo("importing.sample-used"));
        else
            await Import();

        Assert.That(await forum.Value<bool>("select exists (select 1 from posts where id = @asked)", new { asked }), Is.EqualTo(isUsed));
        Assert.That(await forum.Value<bool>("select exists (select 1 from samples)"), Is.EqualTo(isUsed));
        await forum.Verify();
    }

    [Test]
    public void A_folder_must_be_a_dump_and_name_its_site()
    {
        using var unnamed = new Dump("download");
        unnamed.With("Users", Users()).With("Posts", Posts());
        using var halved = new Dump();
        halved.With("Users", Users());

        Assert.That(Code(unnamed.Folder + "/nowhere", null), Is.EqualTo("importing.no-folder"));
        Assert.That(Code(halved.Folder, null), Is.EqualTo("importing.no-file"));
        Assert.That(Code(unnamed.Folder, null), Is.EqualTo("importing.no-site"));
        Assert.That(Code(unnamed.Folder, "not a host"), Is.EqualTo("importing.no-site"));
        Assert.DoesNotThrowAsync(() => forum.Send(new ImportStackExchange(unnamed.Folder, "cooking.example.com")));
    }

    [Test]
    public async Task Every_table_is_either_the_communitys_or_kept_when_a_sample_is_replaced()
    {
        var tables = await forum.Sql(db => db.Query<string>(
            "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like 'post_search_%' and name not like 'title_search_%' and name not like 'code_search_%' and name not like 'link_search_%' order by name"));

        Assert.That(EmptyForImport.Tables.Concat(EmptyForImport.Kept).Order(StringComparer.Ordinal), Is.EqualTo(tables));
    }

    private string Code(string folder, string? site) =>
        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new ImportStackExchange(folder, site)))!.Refusal.Code;

    private Task<ImportReport> Import() => Import(null);

    private Task<ImportReport> Import(IWatchImport? watch) => forum.Send(new ImportStackExchange(dump.Folder, Watch: watch));

    private static string Skipped(ImportReport report, string file) =>
        string.Join(", ", report.Files.Single(f => f.File == file).Skipped.Select(s => $"{s.Key}={s.Value}"));

    private static string[] Users() => [Dump.User(-1, "Community"), Dump.User(Ada, "Ada", 101), Dump.User(Bob, "Bob", 15)];

    private static string[] Posts() =>
    [
        Dump.Answer(Reply, Soup, Bob, "<p>Three days in the fridge.</p>", score: 3),
        Dump.Question(Soup, Ada, "How long does a lentil soup keep?", "<p>It has <strong>lentils</strong>.</p>", score: -1),
    ];

    private void Small() => dump.With("Users", Users()).With("Posts", Posts());

    // The same community at two times.
    private void Later(bool first)
    {
        dump.With("Users", first ? Users() : [.. Users()[..1], Dump.User(Ada, "Ada Lovelace", 150), Dump.User(Bob, "Bob", 15), Dump.User(3, "Cy", 1)]);
        string[] posts =
        [
            Dump.Question(Soup, Ada, "How long does a lentil soup keep?", "<p>It has lentils.</p>", more: first ? "" : "AcceptedAnswerId=\"11\""),
            Dump.Answer(Reply, Soup, Bob, "<p>Three days.</p>"),
            Dump.Question(12, Bob, "Why is my bread so flat again?", "<p>It does not rise.</p>", "<bread>"),
        ];
        dump.With("Posts", first ? posts[..2] : [posts[0].Replace("ViewCount=\"7\"", "ViewCount=\"70\"", StringComparison.Ordinal), .. posts[1..]]);
        string[] history =
        [
            Dump.History(1, 2, Soup, FirstEdit, "It has lentils."), Dump.History(2, 1, Soup, FirstEdit, "How long does a lentil soup keep?"), Dump.History(3, 3, Soup, FirstEdit, "<soup>"),
            Dump.History(4, 2, Reply, "44444444-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "Three days.", by: Bob),
            Dump.History(5, 5, Soup, SecondEdit, "It has red lentils.", at: "2016-03-05T10:00:00.000"),
            Dump.History(6, 2, 12, "66666666-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "It does not rise.", by: Bob),
        ];
        dump.With("PostHistory", first ? history[..4] : history);
        string[] votes = [Dump.Vote(1, Soup, 2), Dump.Vote(2, Reply, 2), Dump.Vote(3, Soup, 5, more: "UserId=\"2\""), Dump.Vote(4, Soup, 2, "2016-03-06"), Dump.Vote(5, Reply, 1, "2016-03-07")];
        dump.With("Votes", first ? votes[..3] : votes);
        dump.With("Comments", first ? [] : [Dump.Comment(1, Soup, Bob, "Red ones or brown ones?", 2)]);
    }

    // Enough reputation to do what the test does.
    private async Task Grown(params long[] people)
    {
        foreach (var id in people)
            await forum.Write("update users set is_moderator = 1 where id = @id", new { id });
    }

    private sealed class Watch : IWatchImport
    {
        public List<string> Told { get; } = [];

        public void Advanced(string file, long done, long total, long rows) { }

        public void Skipped(string file, int line, Refusal why) => Told.Add($"{file} {line} {why.Code} {string.Join(' ', why.Arguments)}");
    }
}
