using Forum.Core;
using Forum.Core.Editing;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Tags;

public sealed class SynonymTests
{
    [Test]
    public async Task Four_votes_approve_a_synonym_and_two_against_delete_it()
    {
        await using var forum = new TestForum();
        var scene = await Scene(forum);
        var wanted = await forum.Send(new ProposeSynonym("c#", "csharp"), scene.Expert);
        var unwanted = await forum.Send(new ProposeSynonym("c#", "c-sharp-language"), scene.Expert);

        for (var i = 0; i < 3; i++)
            Assert.That(await forum.Send(new VoteOnSynonym(wanted, Up), await Knowing(forum, "c#", 5)), Is.False);
        Assert.That(await forum.Value<bool>("select approved_at is not null from tag_synonyms where id = @wanted", new { wanted }), Is.False);
        Assert.That(await forum.Send(new VoteOnSynonym(wanted, Up), await Knowing(forum, "c#", 5)), Is.True);
        Assert.That(await forum.Send(new VoteOnSynonym(unwanted, Down), await Knowing(forum, "c#", 5)), Is.False);
        Assert.That(await forum.Send(new VoteOnSynonym(unwanted, Down), await Knowing(forum, "c#", 5)), Is.Null);

        Assert.That((await forum.Send(new ShowTag("c#"))).Synonyms, Is.EqualTo(new[] { "csharp" }));
        Assert.That((await forum.Send(new ListSynonyms(SynonymState.Proposed))).Items, Is.Empty);
        await forum.Verify();
    }

    [TestCase(1_249, 5, "privileges.tag-synonyms.needs")]
    [TestCase(1_250, 4, "tags.synonym-score")]
    [TestCase(1_250, 5, null)]
    public async Task Proposing_takes_reputation_and_answers_under_the_tag(int reputation, int score, string? code)
    {
        await using var forum = new TestForum();
        await forum.Make.Question(tags: "c#");
        var someone = await Knowing(forum, "c#", score, reputation);

        if (code is not null)
            await forum.IsRefused(() => forum.Send(new ProposeSynonym("c#", "csharp"), someone), code);
        else
            Assert.That(await forum.Send(new ProposeSynonym("c#", "csharp"), someone), Is.GreaterThan(0));
    }

    [TestCase(4, "tags.synonym-score")]
    [TestCase(5, null)]
    public async Task Voting_takes_answers_under_the_tag(int score, string? code)
    {
        await using var forum = new TestForum();
        var scene = await Scene(forum);
        var synonym = await forum.Send(new ProposeSynonym("c#", "csharp"), scene.Expert);
        var voter = await Knowing(forum, "c#", score);

        if (code is not null)
            await forum.IsRefused(() => forum.Send(new VoteOnSynonym(synonym, Up), voter), code);
        else
            Assert.That(await forum.Send(new VoteOnSynonym(synonym, Up), voter), Is.False);
        await forum.IsRefused(() => forum.Send(new VoteOnSynonym(synonym, Up), scene.Expert), "tags.own-synonym");
    }

    [Test]
    public async Task A_second_vote_takes_the_place_of_the_first()
    {
        await using var forum = new TestForum();
        var scene = await Scene(forum);
        var synonym = await forum.Send(new ProposeSynonym("c#", "csharp"), scene.Expert);
        var voter = await Knowing(forum, "c#", 5);

        await forum.Send(new VoteOnSynonym(synonym, Up), voter);
        await forum.Send(new VoteOnSynonym(synonym, Up), voter);
        Assert.That(await forum.Value<int>("select score from tag_synonyms"), Is.EqualTo(1));
        await forum.Send(new VoteOnSynonym(synonym, Down), voter);

        Assert.That(await forum.Value<int>("select score from tag_synonyms"), Is.EqualTo(-1));
        await forum.Verify();
    }

    [Test]
    public async Task A_moderators_synonym_stands_at_once_and_can_be_undone()
    {
        await using var forum = new TestForum();
        var (moderator, member) = (await forum.Make.User(moderator: true), await forum.Make.User(20_000));
        await forum.Make.Question(tags: "c#");

        var synonym = await forum.Send(new ProposeSynonym("c#", "csharp"), moderator);
        await forum.IsRefused(() => forum.Send(new DeleteSynonym(synonym), member), "moderation.moderators-only");
        Assert.That((await forum.Send(new ShowTag("csharp"))).Name, Is.EqualTo("c#"));
        await forum.Send(new DeleteSynonym(synonym), moderator);

        await forum.FindsNothing(() => forum.Send(new ShowTag("csharp")));
        Assert.That((await forum.Send(new ShowTag("c#"))).History.Select(line => line.Kind), Is.EqualTo(new[] { "synonym-deleted", "synonym-approved" }));
    }

    [Test]
    public async Task No_synonym_stands_for_a_synonym_nor_round_in_a_circle()
    {
        await using var forum = new TestForum();
        var moderator = await forum.Make.User(moderator: true);
        await forum.Make.Question(tags: "a b c");
        await forum.Send(new ProposeSynonym("b", "a"), moderator);

        await forum.IsRefused(() => forum.Send(new ProposeSynonym("a", "b"), moderator), "tags.is-synonym");
        await forum.IsRefused(() => forum.Send(new ProposeSynonym("a", "d"), moderator), "tags.is-synonym");
        await forum.IsRefused(() => forum.Send(new ProposeSynonym("c", "b"), moderator), "tags.has-synonyms");
        await forum.IsRefused(() => forum.Send(new ProposeSynonym("c", "a"), moderator), "tags.is-synonym");
        await forum.IsRefused(() => forum.Send(new ProposeSynonym("b", "b"), moderator), "tags.same");
        await forum.IsBadlyFormed(() => forum.Send(new ProposeSynonym("b", "x y"), moderator), "Synonym", "tags.not-a-name");
    }

    [Test]
    public async Task Whoever_uses_a_synonym_gets_the_tag_and_it_is_counted()
    {
        await using var forum = new TestForum();
        var (moderator, asker, newcomer) = (await forum.Make.User(moderator: true), await forum.Make.User(1_000), await forum.Make.User());
        var edited = await forum.Make.Question(asker, tags: "files");
        var suggested = await forum.Make.Question(asker, tags: "files");
        await forum.Make.Tags("c#");
        await forum.Send(new ProposeSynonym("c#", "csharp"), moderator);
        const string body = "I have a large text file and want to read it line by line without loading all of it.";

        var asked = await forum.Send(new AskQuestion("Which of the two names is kept?", body, "csharp files c#"), await forum.Make.User());
        await forum.Send(new EditPost(edited, body, Tags: "files csharp"), asker);
        var edit = await forum.Send(new SuggestEdit(suggested, body, Tags: "csharp files", Comment: "It is about that language"), newcomer);
        await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), moderator);

        Assert.That(await forum.Value<string>("select tags from posts where id = @asked", new { asked }), Is.EqualTo("c# files"));
        Assert.That(await forum.Value<string>("select tags from revisions where post_id = @asked", new { asked }), Is.EqualTo("c# files"));
        Assert.That(await forum.Value<string>("select tags from posts where id = @edited", new { edited }), Is.EqualTo("files c#"));
        Assert.That(await forum.Value<string>("select tags from posts where id = @suggested", new { suggested }), Is.EqualTo("c# files"));
        Assert.That(await forum.Value<int>("select used_count from tag_synonyms"), Is.EqualTo(3));
        Assert.That(await forum.Value<int>("select count(*) from tags where name = 'csharp'"), Is.Zero);
        await forum.Verify();
    }

    [Test]
    public async Task An_edit_that_was_suggested_before_gets_the_tag_when_it_is_approved()
    {
        await using var forum = new TestForum();
        var (moderator, newcomer) = (await forum.Make.User(moderator: true), await forum.Make.User());
        const string body = "I have a large text file and want to read it line by line without loading all of it.";
        var question = await forum.Make.Question(body: body, tags: "files");
        await forum.Make.Tags("c# csharp");
        var edit = await forum.Send(new SuggestEdit(question, body, Tags: "csharp files", Comment: "It is about that language"), newcomer);
        await forum.Send(new ProposeSynonym("c#", "csharp"), moderator);

        await forum.Send(new ReviewSuggestedEdit(edit, Verdict.Approve), moderator);

        Assert.That(await forum.Value<string>("select tags from posts where id = @question", new { question }), Is.EqualTo("c# files"));
        await forum.Verify();
    }

    [Test]
    public async Task A_proposed_synonym_changes_nothing_yet()
    {
        await using var forum = new TestForum();
        var scene = await Scene(forum);
        await forum.Make.Tags("csharp");
        await forum.Send(new ProposeSynonym("c#", "csharp"), scene.Expert);

        var question = await forum.Make.Question(tags: "csharp");

        Assert.That(await forum.Value<string>("select tags from posts where id = @question", new { question }), Is.EqualTo("csharp"));
        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Newest, ["csharp"]))).Questions.Total, Is.EqualTo(1));
    }

    [Test]
    public async Task Lists_search_and_completion_lead_to_the_tag()
    {
        await using var forum = new TestForum();
        var moderator = await forum.Make.User(moderator: true);
        var question = await forum.Make.Question(tags: "c# linq");
        await forum.Send(new ProposeSynonym("c#", "csharp"), moderator);

        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Newest, ["csharp", "linq", "c#"]))).Instead, Is.EqualTo(new[] { "c#", "linq" }));
        Assert.That((await forum.Send(new ListQuestions(QuestionOrder.Newest, ["c#"]))).Instead, Is.Null);
        Assert.That((await forum.Send(new SearchQuestions("[csharp] file"))).Results.Items.Select(item => item.Id), Is.EqualTo(new[] { question }));
        Assert.That((await forum.Send(new CompleteTag("csh"))).Select(tag => tag.Name), Is.EqualTo(new[] { "c#" }));
        Assert.That((await forum.Send(new CompleteTag("csharp"))).Select(tag => tag.Name), Is.EqualTo(new[] { "c#" }));
    }

    /// <summary>Somebody whose answers under a tag have a score.</summary>
    internal static async Task<long> Knowing(TestForum forum, string tag, int score, int reputation = 1)
    {
        var someone = await forum.Make.User(reputation);
        await forum.Write(
            "insert into tag_scores (user_id, tag_id, answer_score, answers) values (@someone, (select id from tags where name = @tag), @score, 1)", new { someone, tag, score });
        return someone;
    }

    private static async Task<(long Expert, long Question)> Scene(TestForum forum)
    {
        var question = await forum.Make.Question(tags: "c#");
        return (await Knowing(forum, "c#", 5, 1_250), question);
    }
}
