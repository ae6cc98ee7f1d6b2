using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Tests.Support;
using static Forum.Core.Users.ActivityKind;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Users;

public sealed class ActivityTests
{
    [Test]
    public async Task What_somebody_did_is_listed_newest_first_and_votes_they_see_alone()
    {
        await using var forum = new TestForum();
        var ada = await Busy(forum);

        Assert.That(await Kinds(forum, ada, by: ada), Is.EqualTo(new[] { Vote, Badge, Comment, Edit, Answer, Question }));
        Assert.That(await Kinds(forum, ada), Is.EqualTo(new[] { Badge, Comment, Edit, Answer, Question }));
        Assert.That((await forum.Send(new ListActivity(ada, Vote))).Items, Is.Empty);
        Assert.That((await forum.Send(new ListActivity(ada, Edit))).Items.Single().Address, Does.EndWith("/revisions"));
        Assert.That((await forum.Send(new ListActivity(ada, Comment))).Items.Single().Text, Is.EqualTo("Does it matter which language it is?"));
    }

    [Test]
    public async Task It_goes_on_from_a_place_and_leaves_nothing_out_and_shows_nothing_twice()
    {
        await using var forum = new TestForum(("Forum:Pages:Activity", "2"));
        var ada = await Busy(forum, standing: true);
        var (all, before) = (new List<ActivityKind>(), (string?)null);
        do
        {
            var view = await forum.Send(new ListActivity(ada, null, before), ada);
            Assert.That(view.Items, Has.Count.LessThanOrEqualTo(2));
            all.AddRange(view.Items.Select(item => item.Kind));
            before = view.Next;
        }
        while (before is not null);

        Assert.That(all, Is.EquivalentTo(Enum.GetValues<ActivityKind>()));
    }

    [Test]
    public async Task What_is_deleted_is_left_out()
    {
        await using var forum = new TestForum();
        var ada = await Busy(forum);
        await forum.Write("update comments set deleted_at = 1 where author_id = @ada", new { ada });
        var asked = await forum.Value<long>("select id from posts where author_id = @ada and kind = 1", new { ada });
        await forum.Send(new DeletePost(asked), await forum.Make.User(moderator: true));

        Assert.That(await Kinds(forum, ada), Is.EqualTo(new[] { Badge, Edit, Answer }));
    }

    [TestCase("nonsense")]
    [TestCase("1.2")]
    [TestCase("99999999999999999999.1.1")]
    public async Task A_place_that_is_none_is_the_beginning(string before)
    {
        await using var forum = new TestForum();
        var ada = await forum.Make.User(100);
        await forum.Make.Question(by: ada);

        Assert.That((await forum.Send(new ListActivity(ada, null, before))).Items, Has.Count.EqualTo(1));
    }

    // One act of each kind, an hour after the other, or all in one instant.
    private static async Task<long> Busy(TestForum forum, bool standing = false)
    {
        var ada = await forum.Make.User(5_000);
        var other = await forum.Make.Question();
        Later();
        await forum.Make.Question(by: ada);
        Later();
        await forum.Send(new PostAnswer(other, "Read it line by line, with an iterator over the lines of the file."), ada);
        Later();
        await forum.Send(new EditPost(other, "I have a large text file and want to read it line by line, please."), ada);
        Later();
        await forum.Send(new PostComment(other, "Does it matter which language it is?"), ada);
        Later();
        await forum.Write(
            """
            insert into badges (id, name, class, award_count) values (1001, 'Of another site', 2, 1);
            insert into user_badges (user_id, badge_id, class, awarded_at) values (@ada, 1001, 2, @now);
            """, new { ada, now = forum.Clock.GetUtcNow() });
        Later();
        await forum.Send(new CastVote(other, Up), ada);
        return ada;

        void Later() => forum.Clock.Advance(standing ? TimeSpan.Zero : TimeSpan.FromHours(1));
    }

    private static async Task<IEnumerable<ActivityKind>> Kinds(TestForum forum, long user, long? by = null) =>
        (await forum.Send(new ListActivity(user), by)).Items.Select(item => item.Kind);
}
