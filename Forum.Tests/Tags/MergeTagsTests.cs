using System.Diagnostics;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Samples;
using Forum.Core.Saves;
using Forum.Core.Tags;
using Forum.Tests.Support;

namespace Forum.Tests.Tags;

public sealed class MergeTagsTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";

    [Test]
    public async Task Questions_get_the_other_tag_and_everything_that_is_kept_follows()
    {
        await using var forum = new TestForum();
        var (moderator, asker, answerer) = (await forum.Make.User(moderator: true), await forum.Make.User(1_000), await forum.Make.User());
        var one = await forum.Make.Question(asker, tags: "csharp files");
        var both = await forum.Make.Question(asker, tags: "c# csharp");
        var other = await forum.Make.Question(asker, tags: "c#");
        var deleted = await forum.Make.Question(asker, tags: "csharp files");
        await forum.Make.Answer(one, answerer);
        await forum.Send(new DeletePost(deleted), asker);
        await forum.Service<KeepTagScores>().CatchUp(default);

        await forum.Send(new MergeTags("csharp", "c#"), moderator);
        Assert.That(await forum.Service<ApplyTagMerges>().Apply(default), Is.EqualTo(3));

        Assert.That(await Tags(forum, one), Is.EqualTo("c# files"));
        Assert.That(await Tags(forum, both), Is.EqualTo("c#"));
        Assert.That(await Tags(forum, other), Is.EqualTo("c#"));
        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Newest, ["c#"]))).Questions.Total, Is.EqualTo(3));
        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Newest, ["csharp"]))).Instead, Is.EqualTo(new[] { "c#" }));
        Assert.That(await forum.Value<int>("select count(*) from tags where name = 'csharp'"), Is.Zero);
        Assert.That(await forum.Value<string>("select answers || ' ' || questions from tag_scores s join tags t on t.id = s.tag_id where t.name = 'c#' and s.user_id = @asker", new { asker }), Is.EqualTo("0 3"));
        Assert.That(await forum.Value<string>("select answers || ' ' || questions from tag_scores s join tags t on t.id = s.tag_id where t.name = 'c#' and s.user_id = @answerer", new { answerer }), Is.EqualTo("1 0"));
        await forum.Verify();
        await forum.Send(new UndeletePost(deleted), asker);
        Assert.That(await Tags(forum, deleted), Is.EqualTo("c# files"));
        await forum.Service<KeepTagScores>().CatchUp(default);
        await forum.Verify();
    }

    [Test]
    public async Task The_history_of_questions_stays_and_bringing_an_old_revision_back_gives_the_new_tag()
    {
        await using var forum = new TestForum();
        var (moderator, asker) = (await forum.Make.User(moderator: true), await forum.Make.User(1_000));
        var question = await forum.Make.Question(asker, body: Text, tags: "csharp files");
        await forum.Make.Tags("c#");
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditPost(question, Text + " Really."), asker);

        await forum.Send(new MergeTags("csharp", "c#"), moderator);
        await forum.Service<ApplyTagMerges>().Apply(default);

        var history = (await forum.Send(new ListRevisions(question))).Revisions.Items;
        Assert.That(history.Select(r => (r.Number, r.Tags)), Is.EqualTo(new[] { (2, "csharp files"), (1, "csharp files") }));
        var old = await forum.Send(new ShowRollback(question, 1), asker);
        await forum.Send(old.Edit, asker);
        Assert.That(await Tags(forum, question), Is.EqualTo("c# files"));
        await forum.Verify();
    }

    [Test]
    public async Task Synonyms_texts_and_badges_come_along()
    {
        await using var forum = new TestForum(("Forum:Badges:TagQuestions", "1"), ("Forum:Badges:TagBronze:Score", "0"), ("Forum:Badges:TagBronze:Answers", "1"));
        var (moderator, trusted, answerer) = (await forum.Make.User(moderator: true), await forum.Make.User(4_000), await forum.Make.User());
        await forum.Make.Answer(await forum.Make.Question(tags: "csharp"), answerer);
        await forum.Make.Question(tags: "c#");
        await forum.Send(new EditTagText("csharp", TagPart.Excerpt, "For questions about the language."), trusted);
        await forum.Send(new ProposeSynonym("csharp", "c-sharp"), moderator);
        await forum.Service<KeepTagScores>().CatchUp(default);
        await forum.Award();
        Assert.That(await forum.Value<int>("select bronze from users where id = @answerer", new { answerer }), Is.EqualTo(1));

        await forum.Send(new MergeTags("csharp", "c#"), moderator);
        await forum.Service<ApplyTagMerges>().Apply(default);

        var tag = await forum.Send(new ShowTag("c#"));
        Assert.That((tag.Excerpt, tag.Synonyms), Is.EqualTo(("For questions about the language.", new[] { "c-sharp", "csharp" })));
        Assert.That(await forum.Value<string>("select b.name || ' ' || b.award_count from user_badges h join badges b on b.id = h.badge_id where h.user_id = @answerer and b.is_tag = 1", new { answerer }), Is.EqualTo("c# 1"));
        Assert.That(await forum.Value<int>("select bronze from users where id = @answerer", new { answerer }), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select count(*) from badges where name = 'csharp'"), Is.Zero);
        Assert.That(tag.History.Select(line => (line.Kind, line.ActorId)), Is.SupersetOf(new[] { ("merged", (long?)null), ("merge-asked", (long?)moderator) }));
        await forum.Verify();
    }

    [Test]
    public async Task Who_watches_a_tag_or_its_synonym_watches_what_it_becomes()
    {
        await using var forum = new TestForum();
        var (moderator, watcher, ignorer, late) = (await forum.Make.User(moderator: true), await forum.Make.User(), await forum.Make.User(), await forum.Make.User());
        await forum.Make.Tags("csharp c#");
        await forum.Send(new WatchTags("csharp", IsIgnored: false), watcher);
        await forum.Send(new WatchTags("csharp", IsIgnored: false), ignorer);
        await forum.Send(new WatchTags("c#", IsIgnored: true), ignorer);

        await forum.Send(new MergeTags("csharp", "c#"), moderator);
        await forum.Service<ApplyTagMerges>().Apply(default);
        await forum.Send(new WatchTags("csharp", IsIgnored: false), late);

        async Task<string> Of(long person) =>
            await forum.Value<string>("select group_concat(pattern || ' ' || is_ignored) from watched_tags where user_id = @person", new { person });
        Assert.That(await Of(watcher), Is.EqualTo("c# 0"));
        Assert.That(await Of(ignorer), Is.EqualTo("c# 1"));
        Assert.That(await Of(late), Is.EqualTo("c# 0"));
    }

    [Test]
    public async Task Both_badges_of_somebody_become_one()
    {
        await using var forum = new TestForum();
        var (moderator, someone) = (await forum.Make.User(moderator: true), await forum.Make.User());
        await forum.Make.Question(tags: "csharp c#");
        await TagTextTests.Gold(forum, someone, "csharp");
        await TagTextTests.Gold(forum, someone, "c#");

        await forum.Send(new MergeTags("csharp", "c#"), moderator);
        await forum.Service<ApplyTagMerges>().Apply(default);

        // Nothing under the tag earns it, so it is lost as every day.
        Assert.That(await forum.Value<string>("select gold || ' ' || (select count(*) from user_badges) || ' ' || (select coalesce(sum(award_count), 0) from badges where is_tag = 1) from users where id = @someone", new { someone }), Is.EqualTo("0 0 0"));
        await forum.Verify();
    }

    [Test]
    public async Task A_renamed_tag_keeps_what_it_has_and_its_old_name_stands_for_it()
    {
        await using var forum = new TestForum();
        var (moderator, trusted) = (await forum.Make.User(moderator: true), await forum.Make.User(4_000));
        var question = await forum.Make.Question(tags: "csharp files");
        await forum.Send(new EditTagText("csharp", TagPart.Wiki, "A language of curly braces, and all of it."), trusted);
        await forum.Send(new ProposeSynonym("csharp", "c#"), moderator);

        await forum.Send(new RenameTag("csharp", "C#"), moderator);
        await forum.Service<ApplyTagMerges>().Apply(default);

        var tag = await forum.Send(new ShowTag("csharp"));
        Assert.That((tag.Name, tag.QuestionCount, tag.Synonyms), Is.EqualTo(("c#", 1, new[] { "csharp" })));
        Assert.That(tag.WikiHtml, Does.Contain("curly braces"));
        Assert.That(await Tags(forum, question), Is.EqualTo("c# files"));
        Assert.That(tag.History[0].Kind, Is.EqualTo("renamed"));
        await forum.Service<KeepTagScores>().CatchUp(default);
        await forum.Verify();
    }

    [Test]
    public async Task Whatever_would_make_a_chain_or_is_none_is_refused()
    {
        await using var forum = new TestForum();
        var (moderator, member) = (await forum.Make.User(moderator: true), await forum.Make.User(20_000));
        await forum.Make.Question(tags: "a b c");
        await forum.Send(new ProposeSynonym("b", "syn"), moderator);
        await forum.Make.Tags("syn");

        await forum.IsRefused(() => forum.Send(new MergeTags("a", "b"), member), "moderation.moderators-only");
        await forum.IsRefused(() => forum.Send(new MergeTags("a", "nothing"), moderator), "tags.no-such");
        await forum.IsRefused(() => forum.Send(new MergeTags("a", "a"), moderator), "tags.same");
        await forum.IsRefused(() => forum.Send(new MergeTags("a", "syn"), moderator), "tags.is-synonym");
        await forum.IsRefused(() => forum.Send(new MergeTags("syn", "c"), moderator), "tags.is-synonym");
        await forum.IsRefused(() => forum.Send(new RenameTag("a", "b"), moderator), "tags.exists");
        await forum.IsRefused(() => forum.Send(new RenameTag("a", "syn"), moderator), "tags.is-synonym");
        await forum.Send(new MergeTags("a", "b"), moderator);
        await forum.IsRefused(() => forum.Send(new MergeTags("b", "c"), moderator), "tags.is-merging");
        await forum.IsRefused(() => forum.Send(new MergeTags("a", "c"), moderator), "tags.is-merging");
    }

    [Test]
    public async Task A_merge_that_is_cut_off_goes_on_where_it_was_and_people_may_write_meanwhile()
    {
        await using var forum = new TestForum();
        var (moderator, asker) = (await forum.Make.User(moderator: true), await forum.Make.User(1_000));
        var questions = new List<long>();
        for (var i = 0; i < 45; i++)
            questions.Add(await Question(forum, asker, "csharp"));
        await forum.Make.Tags("c#");
        await forum.Send(new MergeTags("csharp", "c#"), moderator);

        // It ends after each event that it notes, as if the process died.
        for (var rounds = 0; rounds < 100 && await forum.Value<bool>("select exists (select 1 from tag_merges where finished_at is null)"); rounds++)
        {
            using var soon = new CancellationTokenSource();
            var before = await forum.Value<int>("select moved from tag_merges");
            var work = forum.Service<ApplyTagMerges>().Apply(soon.Token);
            while (!work.IsCompleted && await forum.Value<int>("select moved from tag_merges") == before)
                await Task.Yield();
            await soon.CancelAsync();
            try
            {
                await work;
            }
            catch (OperationCanceledException)
            {
                await forum.Send(new AskQuestion("Is this asked while tags are being merged?", Text, "csharp"), await forum.Make.User());
            }
        }

        Assert.That(await forum.Value<int>("select count(*) from tags where name = 'csharp'"), Is.Zero);
        Assert.That(await forum.Value<int>("select moved from tag_merges"), Is.EqualTo(45));
        Assert.That(await forum.Value<int>("select count(*) from posts where kind = 1 and tags <> 'c#'"), Is.Zero);
        await forum.Service<KeepTagScores>().CatchUp(default);
        await forum.Verify();
    }

    [Test]
    public async Task People_write_while_the_questions_of_a_tag_are_moved()
    {
        await using var forum = new TestForum();
        await forum.Send(new SeedQuestions(2_000));
        var (moderator, member) = (await forum.Make.User(moderator: true), await forum.Make.User());
        var names = await forum.Sql(db => db.Query<string>("select name from tags order by question_count desc, name limit 2"));
        var posts = await forum.Sql(db => db.Query<long>("select id from posts where kind = 1 and deleted_at is null order by id"));
        await forum.Send(new MergeTags(names[0], names[1]), moderator);

        var (written, longest) = (0, TimeSpan.Zero);
        var began = Stopwatch.GetTimestamp();
        var work = Task.Run(() => forum.Service<ApplyTagMerges>().Apply(default));
        for (; !work.IsCompleted && written < posts.Count; written++)
        {
            var asked = Stopwatch.GetTimestamp();
            await forum.Send(new SavePost(posts[written], ""), member);
            longest = Stopwatch.GetElapsedTime(asked) is var took && took > longest ? took : longest;
        }

        var moved = await work;
        await TestContext.Out.WriteLineAsync($"{moved} questions moved in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; {written} writes meanwhile, the longest {longest.TotalMilliseconds:0} ms");
        Assert.That(moved, Is.GreaterThan(100));
        Assert.That(written, Is.GreaterThan(10));
        Assert.That(longest, Is.LessThan(TimeSpan.FromSeconds(2)));
        await forum.Service<KeepTagScores>().CatchUp(default);
        await forum.Verify();
    }

    [Test]
    public async Task What_would_change_is_told_before()
    {
        await using var forum = new TestForum();
        var (moderator, member) = (await forum.Make.User(moderator: true), await forum.Make.User());
        await forum.Make.Question(tags: "csharp files");
        await forum.Make.Question(tags: "csharp c#");
        await forum.Send(new ProposeSynonym("csharp", "c-sharp"), moderator);

        var view = await forum.Send(new PreviewMerge("csharp", " C# ", IsRename: false), moderator);

        Assert.That((view.To, view.Questions, view.Both, view.There, view.Synonyms, view.Badges, view.WhyNot), Is.EqualTo(("c#", 2L, 1L, 1L, 1L, 0L, (Core.Refusal?)null)));
        Assert.That((await forum.Send(new PreviewMerge("csharp", "csharp", IsRename: false), moderator)).WhyNot?.Code, Is.EqualTo("tags.same"));
        Assert.That((await forum.Send(new PreviewMerge("csharp", "no such", IsRename: false), moderator)).WhyNot?.Code, Is.EqualTo("tags.not-a-name"));
        await forum.IsRefused(() => forum.Send(new PreviewMerge("csharp", "c#", IsRename: false), member), "moderation.moderators-only");
    }

    private static async Task<long> Question(TestForum forum, long asker, string tag)
    {
        await forum.Make.Tags(tag);
        return await forum.Sql(db => db.InTransaction(
            async () =>
            {
                var now = forum.Clock.GetUtcNow();
                var id = await db.Publish(new NewPost(1, null, asker, "Is this a question of many?", new Core.Markdown.PostText(Text, $"<p>{Text}</p>", Text, 0), "CC BY-SA 4.0", now), default);
                await db.Tag(id, [tag], new Core.Users.Person { Id = asker, Reputation = 1_000 }, forum.Settings, now, default);
                await db.Execute("update revisions set tags = @tag where post_id = @id", new { id, tag });
                await db.Relist(id, default);
                return id;
            }, default));
    }

    private static Task<string> Tags(TestForum forum, long question) => forum.Value<string>("select tags from posts where id = @question", new { question });
}
