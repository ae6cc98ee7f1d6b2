using Forum.Core;
using Forum.Core.Fairness;
using Forum.Core.Moderation;
using Forum.Tests.Fairness;
using Forum.Tests.Support;
using static Forum.Core.Voting.Direction;

namespace Forum.Tests.Moderation;

public sealed class ModerationLogTests
{
    [Test]
    public async Task What_a_moderator_does_is_logged_with_who_did_it_and_why_and_undone_from_there_once()
    {
        await using var forum = new TestForum();
        var (ada, bob, moderator) = (await forum.Make.User(100), await forum.Make.User(1_000), await forum.Make.User(moderator: true));
        await SerialVotingTests.Vote(forum, bob, ada, Up, 3);
        await forum.Send(new InvalidateVotes(bob, ada, "One person."), moderator);

        Assert.That(
            await forum.Value<string>("select action || ' ' || actor_id || ' ' || subject_id || ' ' || concerns_id || ' ' || reason from moderation_acts"),
            Is.EqualTo($"invalidate-votes {moderator} {bob} {ada} One person."));

        await forum.Send(new UndoAct(1), moderator);

        Assert.That(await forum.Value<int>("select count(*) from votes"), Is.EqualTo(3));
        Assert.That(await forum.Value<string>("select action || ' ' || undoes_id from moderation_acts where id = 2"), Is.EqualTo("restore-votes 1"));
        Assert.That(() => forum.Send(new UndoAct(1), moderator), Throws.TypeOf<ConflictException>());
        Assert.That(() => forum.Send(new UndoAct(2), moderator), Throws.TypeOf<ConflictException>(), "nothing undoes a restoration but invalidating anew");
        Assert.That(() => forum.Send(new UndoAct(3), moderator), Throws.TypeOf<NotFoundException>());
        await forum.Verify();
    }

    [Test]
    public async Task Only_moderators_undo()
    {
        await using var forum = new TestForum();

        Assert.That(async () => await forum.Send(new UndoAct(1), await forum.Make.User(100_000)), Throws.TypeOf<RefusedException>());
    }

    [Test]
    public void Nothing_changes_or_removes_a_line()
    {
        var root = Path.Combine(Path.GetDirectoryName(typeof(ModerationLogTests).Assembly.Location)!, "..", "..", "..", "..");
        var odd =
            from project in new[] { "Forum.Core", "Forum.Web" }
            from file in Directory.EnumerateFiles(Path.Combine(root, project), "*.cs", SearchOption.AllDirectories)
            let text = File.ReadAllText(file)
            where text.Contains("update moderation_acts", StringComparison.OrdinalIgnoreCase) || text.Contains("delete from moderation_acts", StringComparison.OrdinalIgnoreCase)
            select file;

        Assert.That(odd, Is.Empty);
    }
}
