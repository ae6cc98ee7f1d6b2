using Forum.Core;
using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Reputations;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Reputations;

public sealed class ShowReputationTests
{
    [Test]
    public async Task A_person_sees_balances_by_day_and_the_newest_lines()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada, title: "How do I sort a list of names?");
        await forum.Send(new CastVote(question, Up), bob);

        var shown = await forum.Send(new ShowReputation(ada));
        var line = (await Lines(forum, ada)).Single();

        Assert.That(shown.Reputation, Is.EqualTo(11));
        Assert.That(shown.Days.Select(d => (d.Date, d.Balance)), Is.EqualTo(new[] { (new DateOnly(2026, 3, 2), 11) }));
        Assert.That((line.Key, line.Change, line.Title), Is.EqualTo(("reputations.question-upvoted", 10, "How do I sort a list of names?")));
    }

    [Test]
    public async Task Nobody_else_learns_what_a_person_voted_down()
    {
        await using var forum = new TestForum();
        var bob = await forum.Make.User(1_000);
        var answer = await forum.Make.Answer(await forum.Make.Question());
        await forum.Send(new CastVote(answer, Down), bob);
        await forum.Send(new RetractVote(answer), bob);

        Assert.That((await Lines(forum, bob, by: bob)).Select(l => l.Key),
            Is.EqualTo(new[] { "reputations.vote-undone", "reputations.answer-downvote-cast", "reputations.opening" }));
        Assert.That((await Lines(forum, bob)).Select(l => l.Key), Is.EqualTo(new[] { "reputations.opening" }));
    }

    [Test]
    public async Task A_deleted_questions_title_is_not_shown()
    {
        await using var forum = new TestForum();
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question();
        var answer = await forum.Make.Answer(question, by: ada);
        await forum.Send(new CastVote(answer, Up), bob);
        await forum.Write("update posts set deleted_at = 1 where id = @question", new { question });

        Assert.That((await Lines(forum, ada, by: ada)).Single(), Has.Property("Title").Null.And.Property("PostId").Null);
    }

    [Test]
    public async Task One_and_all_lines_add_up_to_the_reputation_shown_to_anybody()
    {
        await using var forum = new TestForum(("Forum:Pages:Ledger", "3"));
        var ada = await Busy(forum);

        foreach (var reader in new long?[] { ada, null })
        {
            var (sum, days, pages) = (1, new Dictionary<DateTimeOffset, (int Total, int Sum)>(), 0);
            ListReputation.View view;
            string? before = null;
            do
            {
                view = await forum.Send(new ListReputation(ada, before), reader);
                pages++;
                foreach (var day in view.Days)
                {
                    sum += day.Lines.Sum(line => line.Change);
                    days[day.Start] = (day.Total, days.GetValueOrDefault(day.Start).Sum + day.Lines.Sum(line => line.Change));
                }
            }
            while ((before = view.Next) is not null);

            Assert.That(sum + view.Unshown, Is.EqualTo(view.Reputation), $"as {reader}");
            Assert.That(1 + view.Shown + view.Unshown, Is.EqualTo(view.Reputation));
            Assert.That(days.Values.Select(day => day.Sum), Is.EqualTo(days.Values.Select(day => day.Total)));
            Assert.That(view.Unshown, reader is null ? Is.Negative : Is.Zero);
            Assert.That(pages, Is.GreaterThan(2));
        }

        await forum.Verify();
    }

    [Test]
    public async Task One_what_posts_brought_and_what_came_from_elsewhere_add_up_to_the_reputation()
    {
        await using var forum = new TestForum(("Forum:Pages:Questions", "1"));
        var ada = await Busy(forum);
        var (posts, before) = (new List<ListReputationByPost.Post>(), (string?)null);
        ListReputationByPost.View view;
        do
        {
            view = await forum.Send(new ListReputationByPost(ada, before));
            posts.AddRange(view.Posts);
        }
        while ((before = view.Next) is not null);

        Assert.That(posts.Select(post => post.Id), Is.Unique);
        Assert.That(posts.Select(post => post.Score), Is.Ordered.Descending);
        Assert.That(posts.Sum(post => post.Total), Is.EqualTo(view.FromPosts));
        Assert.That(1 + posts.Sum(post => post.Total) + view.Elsewhere, Is.EqualTo(view.Reputation));
        Assert.That(posts.Single(post => post.IsAccepted), Has.Property("IsAnswer").True.And.Property("Up").EqualTo(1).And.Property("Total").EqualTo(25));
    }

    [Test]
    public async Task A_line_says_when_the_cap_or_the_floor_cut_it()
    {
        await using var forum = new TestForum(("Forum:Reputation:DailyCap", "15"));
        var (ada, bob) = (await forum.Make.User(), await forum.Make.User(1_000));
        var question = await forum.Make.Question(by: ada);
        var second = await forum.Make.Answer(question, by: ada);
        var third = await forum.Make.Answer(question, by: ada);
        var newcomer = await forum.Make.User();
        var poor = await forum.Make.Answer(question, by: newcomer);
        foreach (var post in new[] { question, second, third })
            await forum.Send(new CastVote(post, Up), bob);
        await forum.Send(new CastVote(poor, Down), bob);

        Assert.That((await Lines(forum, ada)).Select(line => (line.LimitKey, line.Change, line.Nominal)),
            Is.EqualTo(new[] { ("reputations.cap-reached", 0, 10), ("reputations.cap-reached", 5, 10), ((string?)null, 10, 10) }));
        Assert.That((await Lines(forum, newcomer)).Select(line => (line.LimitKey, line.Change, line.Nominal)),
            Is.EqualTo(new[] { ("reputations.floor-reached", 0, -2) }));
    }

    [Test]
    public async Task A_line_says_that_its_post_was_deleted_or_its_vote_taken_back()
    {
        await using var forum = new TestForum();
        var (ada, bob, mod) = (await forum.Make.User(), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question();
        var (one, other) = (await forum.Make.Answer(question, by: ada), await forum.Make.Answer(question, by: ada));
        await forum.Send(new CastVote(one, Up), bob);
        await forum.Send(new CastVote(other, Up), bob);
        await forum.Send(new DeletePost(one), mod);
        await forum.Send(new RetractVote(other), bob);

        var lines = await Lines(forum, ada);

        Assert.That(lines.Select(line => (line.Key, line.ReversalKey, line.Change)), Is.EqualTo(new[]
        {
            ("reputations.vote-undone", null, -10),
            ("reputations.post-deleted", (string?)null, -10),
            ("reputations.answer-upvoted", "reputations.reversed", 10),
            ("reputations.answer-upvoted", "reputations.reversed-post-deleted", 10),
        }));
    }

    [TestCase("nonsense")]
    [TestCase("1.2.3")]
    [TestCase("99999999999999999999.1")]
    [TestCase("")]
    public async Task A_place_that_is_none_is_the_beginning(string before)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(100);
        await forum.Make.Question(by: ada);

        Assert.That((await forum.Send(new ListReputation(ada, before))).Days, Has.Count.EqualTo(1));
        Assert.That((await forum.Send(new ListReputationByPost(ada, before))).Posts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Who_does_not_exist_has_none()
    {
        await using var forum = new TestForum();

        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ShowReputation(4_711)));
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ListReputation(4_711)));
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ListReputationByPost(4_711)));
    }

    // Somebody who asked, answered, was accepted and accepted, voted answers down and took one vote back, and lost a post; over four days.
    private static async Task<long> Busy(TestForum forum)
    {
        var (ada, bob, mod) = (await forum.Make.User(500), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        var asked = await forum.Make.Question(by: ada, title: "How do I sort a list of names?");
        var other = await forum.Make.Question(by: bob, title: "How do I count a list of names?");
        var answered = await forum.Make.Answer(other, by: ada);
        var (bobs, lost) = (await forum.Make.Answer(asked, by: bob), await forum.Make.Answer(asked, by: ada));
        var bad = await forum.Make.Answer(other);
        await forum.Send(new CastVote(asked, Up), bob);
        await forum.Send(new CastVote(bad, Down), ada);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Send(new CastVote(answered, Up), bob);
        await forum.Send(new AcceptAnswer(answered), bob);
        await forum.Send(new AcceptAnswer(bobs), ada);
        await forum.Send(new CastVote(lost, Up), bob);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Send(new CastVote(bobs, Down), ada);
        await forum.Send(new RetractVote(bobs), ada);
        await forum.Send(new DeletePost(lost), mod);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Send(new CastVote(other, Down), ada);
        return ada;
    }

    private static async Task<IReadOnlyList<LedgerLine>> Lines(TestForum forum, long user, long? by = null) =>
        [.. (await forum.Send(new ListReputation(user), by)).Days.SelectMany(day => day.Lines)];
}
