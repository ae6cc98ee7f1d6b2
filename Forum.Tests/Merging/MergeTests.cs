using System.Net;
using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Locks;
using Forum.Core.Merging;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Saves;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Merging;

public sealed class MergeTests
{
    [Test]
    public async Task Answers_go_with_what_is_theirs_and_the_question_stays_behind_with_what_is_its_own()
    {
        await using var forum = new TestForum();
        var town = await Town.Make(forum);
        var reputations = await Reputations(forum);

        await forum.Send(new MergeQuestions(town.Source, town.Target), town.Moderator);

        var target = await forum.Send(new ShowQuestion(town.Target), town.Bob);
        Assert.That(target.Answers.Items.Select(a => a.Id), Is.EquivalentTo(new[] { town.Accepted, town.Plain, town.There }));
        Assert.That(target.Answers.Items.Single(a => a.Id == town.Accepted).Comments, Has.Count.EqualTo(1));
        Assert.That(target.Question.Comments, Is.Empty);
        var source = await forum.Send(new ShowQuestion(town.Source), town.Bob);
        Assert.That((source.Answers.Items.Count, source.Question.Comments.Count, source.Question.Score), Is.EqualTo((0, 1, 1)));
        Assert.That((source.Question.AcceptedAnswerId, source.Question.Lock, source.Question.MergedInto), Is.EqualTo(((long?)null, LockKind.Merged, town.Target)));
        Assert.That(await Reputations(forum), Is.EqualTo(reputations));
        await forum.IsRefused(() => forum.Send(new CastVote(town.Source, Up), town.Bob), "voting.locked-post");
        await forum.IsRefused(() => forum.Send(new UnlockPost(town.Source), town.Moderator), "locks.unmerge-first");
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task Merging_and_unmerging_leave_everything_as_it_was()
    {
        await using var forum = new TestForum();
        var town = await Town.Make(forum);
        var before = await Dump.Of(forum);

        await forum.Send(new MergeQuestions(town.Source, town.Target), town.Moderator);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Settle();
        await forum.Verify();
        await forum.Send(new UnmergeQuestions(town.Source), town.Moderator);

        Assert.That(await Dump.Of(forum), Is.EquivalentTo(before));
    }

    [Test]
    public async Task The_log_undoes_a_merge_and_does_it_again()
    {
        await using var forum = new TestForum();
        var town = await Town.Make(forum);
        var before = await Dump.Of(forum);
        await forum.Send(new MergeQuestions(town.Source, town.Target), town.Moderator);
        var merged = await Dump.Of(forum);

        await forum.Send(new UndoAct(await Dump.LastAct(forum)), town.Moderator);
        Assert.That(await Dump.Of(forum), Is.EquivalentTo(before));
        await forum.Send(new UndoAct(await Dump.LastAct(forum)), town.Moderator);

        Assert.That(await Dump.Of(forum), Is.EqualTo(merged));
    }

    [Test]
    public async Task What_came_in_between_stays_where_it_belongs()
    {
        await using var forum = new TestForum();
        var town = await Town.Make(forum);
        await forum.Send(new MergeQuestions(town.Source, town.Target), town.Moderator);
        forum.Clock.Advance(TimeSpan.FromDays(3));
        var late = await forum.Make.Answer(town.Target, body: "This one was given on the other question, after they were merged.");
        await forum.Send(new CastVote(town.Plain, Up), town.TargetAsker);
        await forum.Send(new PostComment(town.Plain, "Does this work on the other one too?"), town.Carol);
        await forum.Send(new AcceptAnswer(town.Plain), town.TargetAsker);
        await forum.Settle();
        await forum.Verify();
        var reputations = await Reputations(forum);

        await forum.Send(new UnmergeQuestions(town.Source), town.Moderator);

        var (source, target) = (await forum.Send(new ShowQuestion(town.Source), town.Bob), await forum.Send(new ShowQuestion(town.Target), town.Bob));
        Assert.That(source.Answers.Items.Select(a => a.Id), Is.EquivalentTo(new[] { town.Accepted, town.Plain }));
        Assert.That(target.Answers.Items.Select(a => a.Id), Is.EquivalentTo(new[] { town.There, late }));
        var plain = source.Answers.Items.Single(a => a.Id == town.Plain);
        Assert.That((plain.Score, plain.Comments.Count), Is.EqualTo((1, 1)));
        Assert.That((source.Question.AcceptedAnswerId, target.Question.AcceptedAnswerId), Is.EqualTo(((long?)town.Accepted, (long?)null)));
        Assert.That(await Reputations(forum), Is.EqualTo(reputations), "nobody's reputation moves, the mark that is lost stays paid");
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task The_same_asker_accepts_the_same_answer_again_and_pays_once()
    {
        await using var forum = new TestForum();
        var town = await Town.Make(forum, sameAsker: true);
        await forum.Send(new MergeQuestions(town.Source, town.Target), town.Moderator);
        var reputations = await Reputations(forum);

        await forum.Send(new AcceptAnswer(town.Accepted), town.TargetAsker);

        Assert.That(await Reputations(forum), Is.EqualTo(reputations));
        await forum.Verify();

        await forum.Send(new UnacceptAnswer(town.Accepted), town.TargetAsker);
        await forum.Verify();
        await forum.Send(new UnmergeQuestions(town.Source), town.Moderator);

        Assert.That(await Reputations(forum), Is.EqualTo(reputations), "the mark is back, and what it brings");
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task Everybody_who_answered_is_told_once()
    {
        await using var forum = new TestForum();
        var town = await Town.Make(forum);
        await forum.Make.Answer(town.Source, town.Bob, "A second answer by the same person, with other words.");

        await forum.Send(new MergeQuestions(town.Source, town.Target), town.Moderator);
        await forum.Settle();

        Assert.That(
            await forum.Sql(db => db.Query<string>("select user_id || ' ' || question_id from inbox where kind = 'merged' order by user_id")),
            Is.EqualTo(new[] { town.Bob, town.Carol }.Order().Select(id => $"{id} {town.Target}")));
    }

    [Test]
    public async Task Chains_are_undone_from_their_end()
    {
        await using var forum = new TestForum();
        var town = await Town.Make(forum);
        var third = await forum.Make.Question(title: "What is the third question about, then?");
        await forum.Send(new MergeQuestions(town.Source, town.Target), town.Moderator);
        await forum.IsRefused(() => forum.Send(new MergeQuestions(third, town.Source), town.Moderator), "merging.target-merged");
        await forum.Send(new MergeQuestions(town.Target, third), town.Moderator);

        await forum.IsRefused(() => forum.Send(new UnmergeQuestions(town.Source), town.Moderator), "merging.unmerge-target-first");
        await forum.Send(new UnmergeQuestions(town.Target), town.Moderator);
        await forum.Send(new UnmergeQuestions(town.Source), town.Moderator);

        Assert.That(await forum.Value<long>("select question_id from posts where id = @Plain", new { town.Plain }), Is.EqualTo(town.Source));
        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new UnmergeQuestions(town.Source), town.Moderator));
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task An_answer_that_is_moved_and_brought_back_is_where_it_was()
    {
        await using var forum = new TestForum();
        var town = await Town.Make(forum);
        var before = await Dump.Of(forum);

        await forum.Send(new MoveAnswer(town.Accepted, town.Target), town.Moderator);
        Assert.That((await forum.Send(new ShowQuestion(town.Target))).Answers.Items.Select(a => a.Id), Does.Contain(town.Accepted));
        Assert.That((await forum.Send(new ShowQuestion(town.Source))).Question.AcceptedAnswerId, Is.Null);
        await forum.Settle();
        await forum.Verify();
        Assert.That(await forum.Value<string>("select kind || ' ' || user_id from inbox where kind = 'answer-moved'"), Is.EqualTo($"answer-moved {town.Bob}"));
        await forum.Send(new UndoAct(await Dump.LastAct(forum)), town.Moderator);

        Assert.That(await Dump.Of(forum), Is.EquivalentTo(before));
        await forum.Send(new UndoAct(await Dump.LastAct(forum)), town.Moderator);
        Assert.That(await forum.Value<long>("select question_id from posts where id = @Accepted", new { town.Accepted }), Is.EqualTo(town.Target));
        await forum.Settle();
        await forum.Verify();
    }

    [Test]
    public async Task A_merged_question_leads_to_the_other_until_it_is_unmerged()
    {
        await using var site = new TestSite();
        var town = await Town.Make(site.Forum);
        using var stranger = site.Anonymous();
        using var moderator = await site.SignedInAs(town.Moderator);
        var (source, target) = ((await stranger.Get($"/q/{town.Source}")).Location!, (await stranger.Get($"/q/{town.Target}")).Location!);
        Assert.That((await stranger.Get(source)).Status, Is.EqualTo(HttpStatusCode.OK), "the page is kept now");
        var targetBefore = await stranger.Get(target);

        var preview = await moderator.Get($"/posts/{town.Source}/merge?to={Uri.EscapeDataString("http://localhost" + target)}");
        Assert.That(preview.Said(".f-merge-preview"), Does.Contain("2 answers, 1 comment").And.Contain("loses its mark"));
        Assert.That((await moderator.Submit(preview)).Location, Is.EqualTo($"/a/{town.Target}"));

        Assert.That((await stranger.Get(source)).Location, Is.EqualTo(target));
        Assert.That((await stranger.Get($"/a/{town.Plain}")).Location, Is.EqualTo(target));
        Assert.That((await stranger.Get(target)).Document.QuerySelectorAll(".f-post"), Has.Length.EqualTo(targetBefore.Document.QuerySelectorAll(".f-post").Length + 2));
        var stub = await stranger.Get(source + "?noredirect=1");
        Assert.That((stub.Status, stub.Said(".f-merged")), Is.EqualTo((HttpStatusCode.OK, "Its answers are with the question it was merged into: " + targetBefore.Heading)));

        var unmerged = await moderator.Submit(await moderator.Get($"/posts/{town.Source}/merge"));
        Assert.That(unmerged.Location, Is.EqualTo($"/a/{town.Source}"));
        Assert.That((await stranger.Get(source)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await stranger.Get(source + "?noredirect=1")).Document.QuerySelector(".f-merged"), Is.Null);

        using var member = await site.SignedInAs(town.Bob);
        Assert.That((await member.Get($"/posts/{town.Source}/merge")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("nonsense", "There is no such question.")]
    [TestCase("999999", "There is no such question.")]
    public async Task What_cannot_be_is_said_and_what_was_typed_stays(string typed, string said)
    {
        await using var site = new TestSite();
        var town = await Town.Make(site.Forum);
        using var moderator = await site.SignedInAs(town.Moderator);

        var page = await moderator.Get($"/posts/{town.Source}/merge?to={typed}");

        Assert.That((page.Said("main .s-notice"), page.Value("to")), Is.EqualTo((said, typed)));
    }

    private static Task<IReadOnlyList<string>> Reputations(TestForum forum) => forum.Sql(db => db.Query<string>("select id || ' ' || reputation from users order by id"));

    /// <summary>Two questions about the same, with answers, votes, comments, an accepted answer, followers and saves.</summary>
    internal sealed record Town(long Source, long Target, long Accepted, long Plain, long There, long Bob, long Carol, long TargetAsker, long Moderator)
    {
        public static async Task<Town> Make(TestForum forum, bool sameAsker = false)
        {
            var (asker, bob, carol) = (await forum.Make.User(500, "ada"), await forum.Make.User(500, "bob"), await forum.Make.User(500, "carol"));
            var targetAsker = sameAsker ? asker : await forum.Make.User(500, "dora");
            var moderator = await forum.Make.User(moderator: true);
            var source = await forum.Make.Question(asker, tags: "files");
            var target = await forum.Make.Question(targetAsker, "How can the lines of a file be read?", "There is a file, and its lines are to be read, one by one, without holding all.", "files streams");
            var accepted = await forum.Make.Answer(source, bob);
            var plain = await forum.Make.Answer(source, carol, "Use a buffered stream and a small loop that looks for line ends.");
            var there = await forum.Make.Answer(target, bob, "There is a method for it in the standard library of most languages.");
            var gone = await forum.Make.Answer(source, body: "Nobody needs this answer, which is deleted.");
            await forum.Send(new DeletePost(gone), moderator);
            forum.Clock.Advance(TimeSpan.FromDays(1));
            await forum.Send(new AcceptAnswer(accepted), asker);
            await forum.Send(new CastVote(accepted, Up), carol);
            await forum.Send(new CastVote(source, Up), carol);
            await forum.Make.Comment(accepted, carol);
            await forum.Make.Comment(source, bob);
            await forum.Send(new FollowPost(source), carol);
            await forum.Send(new FollowPost(source), bob);
            await forum.Send(new FollowPost(target), bob);
            await forum.Send(new SavePost(source), carol);
            await forum.Settle();
            return new Town(source, target, accepted, plain, there, bob, carol, targetAsker, moderator);
        }
    }
}
