using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Samples;
using Forum.Core.Tags;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Tags;

public sealed class TagScoreTests
{
    [Test]
    public async Task Whoever_was_there_before_is_counted_once_and_whoever_is_concerned_soon_after()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(1_000), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada, tags: "files io");
        await forum.Send(new CastVote(question, Up), bob);
        await Count(forum);
        Assert.That(await Scores(forum, ada), Is.EqualTo("files 0/0 1/1, io 0/0 1/1"));

        await forum.Send(new PostAnswer(question, "Read it line by line, with an iterator over the lines of the file."), bob);
        var answer = await forum.Value<long>("select id from posts where kind = 2");
        await forum.Send(new CastVote(answer, Up), ada);
        Assert.That(await Scores(forum, bob), Is.Empty);
        await forum.Verify();
        await Count(forum);

        Assert.That(await Scores(forum, bob), Is.EqualTo("files 1/1 0/0, io 1/1 0/0"));
        await forum.Verify();
    }

    [Test]
    public async Task Scores_follow_votes_tags_and_deletion_there_and_back()
    {
        await using var forum = new TestForum();
        var (ada, bob, mod) = (await forum.Make.User(1_000), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(by: ada, tags: "files");
        await forum.Make.Tags("io");
        await Count(forum);
        await forum.Send(new PostAnswer(question, "Read it line by line, with an iterator over the lines of the file."), bob);
        var answer = await forum.Value<long>("select id from posts where kind = 2");
        await forum.Send(new CastVote(answer, Up), ada);
        await Expect("files 1/1 0/0");

        await forum.Send(new RetractVote(answer), ada);
        await Expect("files 0/1 0/0");
        await forum.Send(new EditPost(question, "I have a large text file and want to read it line by line.", "How do I read a file line by line?", "io"), mod);
        await Expect("io 0/1 0/0");
        await forum.Send(new DeletePost(question), mod);
        await Expect("");
        await forum.Send(new UndeletePost(question), mod);
        await Expect("io 0/1 0/0");

        async Task Expect(string scores)
        {
            await Count(forum);
            Assert.That(await Scores(forum, bob), Is.EqualTo(scores));
            await forum.Verify();
        }
    }

    [Test]
    public async Task Community_wiki_scores_for_nobody()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        var question = await forum.Make.Question(by: ada);
        await forum.Write("update posts set wiki_at = 1 where id = @question", new { question });

        await Count(forum);

        Assert.That(await Scores(forum, ada), Is.Empty);
    }

    [Test]
    public async Task Verify_finds_a_score_that_is_not_that_of_the_posts()
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(1_000);
        await forum.Make.Question(by: ada);
        await Count(forum);
        await forum.Write("update tag_scores set question_score = 7");

        Assert.That(await forum.Send(new Core.Verification.Verify()), Has.One.StartsWith("scores by tag: user"));
    }

    [Test]
    public async Task A_seeded_community_has_them()
    {
        await using var forum = new TestForum();
        await forum.Send(new SeedQuestions(30));

        Assert.That(await forum.Value<int>("select count(*) from tag_scores"), Is.Positive);
        await forum.Verify();
        await forum.Write("delete from watermarks");
        await Count(forum);
        await forum.Verify();
    }

    [Test]
    public async Task The_sample_community_has_them()
    {
        await using var forum = new TestForum();
        await forum.Send(new MakeSample());

        Assert.That(await forum.Value<int>("select count(*) from tag_scores"), Is.Positive);
        await forum.Verify();
    }

    private static Task Count(TestForum forum) => forum.Service<KeepTagScores>().CatchUp(default);

    private static async Task<string> Scores(TestForum forum, long user) => string.Join(", ", await forum.Sql(db => db.Query<string>(
        """
        select t.name || ' ' || s.answer_score || '/' || s.answers || ' ' || s.question_score || '/' || s.questions
        from tag_scores s
        join tags t on t.id = s.tag_id
        where s.user_id = @user
        order by t.name
        """, new { user })));
}
