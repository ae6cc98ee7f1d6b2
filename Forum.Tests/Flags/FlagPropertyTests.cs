using System.Text.Json;
using Forum.Core;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Moderation;
using Forum.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Forum.Tests.Flags;

/// <summary>Random acts of flaggers and moderators: the log of moderation, read from its beginning, says of every flag what it is.</summary>
public sealed class FlagPropertyTests
{
    /// <summary>What somebody does, or that time passes.</summary>
    public enum Kind
    {
        Flag, FlagComment, Retract, Decide, Undo, Clear, Delete, Days,
    }

    /// <summary>One act; who and what are taken modulo how many there are.</summary>
    public sealed record Doing(Kind Kind, int Who, int What);

    private static readonly Arbitrary<Doing[]> Doings = (
        from act in
            from kind in Gen.Frequency(
                (10, Gen.Constant(Kind.Flag)), (4, Gen.Constant(Kind.FlagComment)), (3, Gen.Constant(Kind.Retract)), (3, Gen.Constant(Kind.Decide)),
                (3, Gen.Constant(Kind.Undo)), (1, Gen.Constant(Kind.Clear)), (1, Gen.Constant(Kind.Delete)), (1, Gen.Constant(Kind.Days)))
            from who in Gen.Choose(0, 5)
            from what in Gen.Choose(0, 20)
            select new Doing(kind, who, what)
        select act).ArrayOf(30).ToArbitrary();

    [Test]
    public void The_log_replays_to_every_flag() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(12), Prop.ForAll(Doings, acts => Replays(acts).GetAwaiter().GetResult()));

    private static async Task<bool> Replays(Doing[] acts)
    {
        await using var forum = new TestForum(("Forum:Flags:RedFlags", "2"));
        var moderator = await forum.Make.User(moderator: true);
        long[] people = [await forum.Make.User(100), await forum.Make.User(100), await forum.Make.User(100), await forum.Make.User(100), await forum.Make.User(100), moderator];
        var question = await forum.Make.Question(people[0]);
        long[] posts = [question, await forum.Make.Answer(question, people[1]), await forum.Make.Question(people[2])];
        long[] comments = [await forum.Make.Comment(question, people[1], "Thanks!"), await forum.Make.Comment(posts[2], people[3])];
        foreach (var act in acts)
        {
            try
            {
                await Do(forum, act, people, posts, comments);
            }
            catch (Exception e) when (e is RefusedException or NotFoundException or ConflictException)
            {
                // What is refused has written nothing, which the end shows.
            }
        }

        await forum.Settle();
        await forum.Verify();
        var replayed = new Dictionary<long, (FlagState State, long Post)>();
        foreach (var line in await forum.Sql(db => db.Query<LoggedAct>($"select {Columns} from moderation_acts a where a.subject_kind = 6 order by a.id")))
        {
            using var after = JsonDocument.Parse(line.After);
            var state = (FlagState)after.RootElement.GetProperty("State").GetInt32();
            replayed[line.SubjectId] = after.RootElement.TryGetProperty("Post", out var post) ? (state, post.GetInt64()) : (state, replayed[line.SubjectId].Post);
        }

        var flags = await forum.Sql(db => db.Query<Flag>("select id as Id, state as State, post_id as PostId from flags order by id"));
        Assert.That(replayed.OrderBy(r => r.Key).Select(r => (r.Key, r.Value.State, r.Value.Post)), Is.EqualTo(flags.Select(f => (f.Id, f.State, f.PostId))));
        return true;
    }

    private const string Columns = "a.id as Id, a.action as Action, a.subject_id as SubjectId, a.after as After, a.at as At";

    private static async Task Do(TestForum forum, Doing act, long[] people, long[] posts, long[] comments)
    {
        var (who, post) = (people[act.Who], posts[act.What % posts.Length]);
        var flag = act.What + 1;
        switch (act.Kind)
        {
            case Kind.Flag:
                var kind = FlagKinds.OfPosts[act.What % FlagKinds.OfPosts.Count];
                await forum.Send(new FlagPost(post, kind, "What a moderator should know of it.", "https://example.com/source", "needs-focus"), who);
                break;
            case Kind.FlagComment:
                forum.Clock.Advance(TimeSpan.FromSeconds(10));
                await forum.Send(new FlagComment(comments[act.What % comments.Length], FlagKinds.OfComments[act.What % FlagKinds.OfComments.Count], "What a moderator should know of it."), who);
                break;
            case Kind.Retract:
                await forum.Send(new RetractFlag(flag), who);
                break;
            case Kind.Decide:
                await forum.Send(new DecideFlags(post, act.Who % 2 == 0, "standard"), people[5]);
                break;
            case Kind.Undo:
                await forum.Send(new UndoAct(flag), people[5]);
                break;
            case Kind.Clear:
                await forum.Send(new ClearSpam(post), people[5]);
                break;
            case Kind.Delete:
                await forum.Send(new DeletePost(post), who);
                await forum.Settle();
                break;
            case Kind.Days:
                forum.Clock.Advance(TimeSpan.FromDays(act.What));
                await forum.Service<AgeFlags>().Age(default);
                break;
        }
    }
}
