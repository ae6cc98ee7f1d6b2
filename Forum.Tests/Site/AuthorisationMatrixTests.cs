using System.Globalization;
using Forum.Core;
using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Data;
using Forum.Tests.Support;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Site;

/// <summary>
/// Who may do what to which post: every command there is, in every state of what it is done to, by everybody who could make a
/// difference, against <see cref="Authorisations"/>, which says what the rules say.
/// </summary>
public sealed class AuthorisationMatrixTests
{
    [Test]
    public void Every_command_is_in_the_table()
    {
        var commands = typeof(CoreModule).Assembly.GetTypes().Where(t => typeof(ICommand).IsAssignableFrom(t) && t is { IsAbstract: false, IsInterface: false }).ToList();

        var rows = Authorisations.Rows.Select(row => row.Command).ToHashSet();
        Assert.That(commands.Where(t => !rows.Contains(t) && !Authorisations.OfNobody.ContainsKey(t)).Select(t => t.Name), Is.Empty, "Commands without a row");
        Assert.That(Authorisations.OfNobody.Keys.Where(rows.Contains), Is.Empty);
    }

    [TestCase(Preset.PrivateBeta)]
    [TestCase(Preset.PublicBeta)]
    [TestCase(Preset.Full)]
    public async Task Everybody_may_what_the_rules_say_and_nothing_else(Preset preset)
    {
        await using var forum = new TestForum(("Forum:Preset", preset.ToString()));
        var scene = await Scene.Make(forum);
        var askers = Asker.Under(preset);
        var wrong = new List<(string Case, string Found, string Who)>();
        foreach (var row in Authorisations.Rows)
        {
            var (did, wanted) = (false, false);
            foreach (var relation in row.Relations)
            {
                foreach (var person in askers)
                {
                    var asked = new Asked(person, relation, forum.Settings);
                    var expected = row.IsAllowed(asked);
                    var (isAllowed, why) = await Try(forum, scene, row, asked);
                    (did, wanted) = (did || isAllowed == true, wanted || expected);
                    if (isAllowed != expected)
                        wrong.Add(($"{row.Name}, {relation}", isAllowed == true ? "was allowed" : why, person.Name));
                }
            }

            // What nobody can do at all tests nothing: it was not made so that nothing but who asks can refuse it.
            if (wanted && !did)
                wrong.Add((row.Name, "nobody may", "anybody"));
        }

        Assert.That(
            wrong.GroupBy(w => (w.Case, w.Found)).Select(same => $"{same.Key.Case}: {same.Key.Found}: {string.Join(", ", same.Select(w => w.Who))}"), Is.Empty);
    }

    // Null: it was neither done nor refused.
    private static async Task<(bool? IsAllowed, string Why)> Try(TestForum forum, Scene scene, Authorisation row, Asked asked)
    {
        await using var scope = forum.Service<IServiceScopeFactory>().CreateAsyncScope();
        var (db, user, person) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<CurrentUser>(), asked.Person);
        var now = forum.Clock.GetUtcNow();
        try
        {
            await db.InTransaction(
                async () =>
                {
                    var parameters = new { me = scene.Me, scene.Question, scene.Answer, scene.Comment, target = scene.Target(row.On), scene.Asker, scene.Answerer, now };
                    if (row.Before.Length > 0)
                        await db.Execute(row.Before, parameters);
                    if (Scene.Sql(row.On, asked.Relation) is { Length: > 0 } relation)
                        await db.Execute(relation, parameters);
                    if (person.IsSignedIn)
                    {
                        await db.Execute(
                            """
                            update users
                            set reputation = @Reputation, is_moderator = @IsModerator, is_administrator = @IsAdministrator, suspended_until = @until
                            where id = @Me
                            """,
                            new { person.Reputation, person.IsModerator, person.IsAdministrator, until = person.IsSuspended ? now.AddDays(7) : (DateTimeOffset?)null, scene.Me });
                        (user.Id, user.Name, user.Reputation) = (scene.Me, "me", person.Reputation);
                        (user.IsModerator, user.IsAdministrator) = (person.IsModerator || person.IsAdministrator, person.IsAdministrator);
                        user.SuspendedUntil = person.IsSuspended ? now.AddDays(7) : null;
                    }

                    await scope.ServiceProvider.GetRequiredService<ISender>().Send(row.Make(scene));
                    throw new Undone();
                },
                default);
        }
        catch (Undone)
        {
            return (true, "");
        }
        catch (RefusedException refused)
        {
            return (false, refused.Refusal.Code);
        }
        catch (NotFoundException)
        {
            return (false, "not found");
        }
        catch (ConflictException conflict)
        {
            return (false, "conflict: " + conflict.Refusal.Code);
        }
        catch (Exception other)
        {
            return (null, $"{other.GetType().Name}: {other.Message}");
        }

        return (null, "it did not end");
    }

    private sealed class Undone : Exception;
}

/// <summary>What the one who asks has to do with what they ask for, and the state it is in.</summary>
public enum Relation
{
    Other,
    Own,
    AnswerToOwnQuestion,
    Closed,
    Locked,
    Protected,
    Deleted,
    OwnDeleted,
}

/// <summary>What a command is done to.</summary>
public enum Target
{
    Nothing,
    Question,
    Answer,
    Comment,
}

/// <summary>Somebody who could make a difference.</summary>
public sealed record Asker(string Name, int Reputation = 1, bool IsSignedIn = true, bool IsSuspended = false, bool IsModerator = false, bool IsAdministrator = false)
{
    /// <summary>A stranger, each threshold of the preset and one below it, somebody suspended who could do all, a moderator and an administrator with nothing.</summary>
    public static IReadOnlyList<Asker> Under(Preset preset) =>
    [
        new("a stranger", IsSignedIn: false),
        .. Privilege.All.Select(privilege => privilege.Threshold(preset))
            .SelectMany(threshold => new[] { threshold - 1, threshold }).Where(reputation => reputation > 0).Distinct().Order()
            .Select(reputation => new Asker(reputation.ToString(CultureInfo.InvariantCulture), reputation)),
        new("suspended", 100_000, IsSuspended: true),
        new("a moderator", IsModerator: true),
        new("an administrator", IsAdministrator: true),
    ];
}

/// <summary>One case: who asks, in which relation, under which rules.</summary>
public sealed record Asked(Asker Person, Relation Relation, ForumSettings Settings)
{
    public bool Moderates => Person.IsModerator || Person.IsAdministrator;
    public bool Administers => Person.IsAdministrator;
    public bool IsOwn => Relation is Relation.Own or Relation.OwnDeleted;
    public bool IsDeleted => Relation is Relation.Deleted or Relation.OwnDeleted;

    public bool Is(params ReadOnlySpan<Relation> relations) => relations.Contains(Relation);

    /// <summary>Whether their reputation is enough, or they moderate.</summary>
    public bool Has(Privilege privilege) => Moderates || Person.Reputation >= Settings.Needs(privilege);
}

/// <summary>A question with an answer and a comment by three people, days old, and somebody who comes along.</summary>
public sealed record Scene(long Me, long Asker, long Answerer, long Question, long Answer, long Comment, long Other, string Tag)
{
    public const string Body = "This is long enough to be a question or an answer of its own, and said nowhere else.";

    public static async Task<Scene> Make(TestForum forum)
    {
        var (asker, answerer, commenter, me, other) =
            (await forum.Make.User(5_000), await forum.Make.User(5_000), await forum.Make.User(5_000), await forum.Make.User(30_000), await forum.Make.User(5_000));
        var question = await forum.Make.Question(asker, tags: "files");
        var answer = await forum.Send(new Forum.Core.Answers.PostAnswer(question, "Read it with File.ReadLines, which keeps one line in memory."), answerer);
        var comment = await forum.Make.Comment(question, commenter);
        await forum.Make.Tags("streams");
        await forum.Settle();
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.Write("update users set question_count = 1, answer_count = 1 where id = @me", new { me });
        return new Scene(me, asker, answerer, question, answer, comment, other, "files");
    }

    public long Target(Target on) => on switch
    {
        Site.Target.Answer => Answer,
        Site.Target.Comment => Comment,
        _ => Question,
    };

    /// <summary>What makes it so, before the command; it is taken back with everything else.</summary>
    public static string Sql(Target on, Relation relation) => (on, relation) switch
    {
        (_, Relation.Other) => "",
        (Site.Target.Comment, Relation.Own) => "update comments set author_id = @me, created_at = @now where id = @target",
        (Site.Target.Comment, Relation.Deleted) => Deleted("@Question"),
        (_, Relation.Own) => "update posts set author_id = @me where id = @target",
        (_, Relation.AnswerToOwnQuestion) => "update posts set author_id = @me where id = @Question",
        (_, Relation.Closed) => "update posts set closed_at = @now - 1000 * 3600, close_reason = 'needs-focus' where id = @Question",
        (_, Relation.Locked) => "update posts set locked_at = @now - 1000 * 3600 where id in (@Question, @Answer)",
        (_, Relation.Protected) => "update posts set protected_at = @now - 1000 * 3600 where id = @Question",
        (_, Relation.Deleted) => Deleted("@target"),
        (_, Relation.OwnDeleted) => "update posts set author_id = @me where id = @target;" + Deleted("@target"),
    };

    private static string Deleted(string post) =>
        $"update posts set deleted_at = @now - 1000 * 3600, deleted_by = author_id, is_listed = 0 where id = {post}; update posts set is_listed = 0 where question_id = {post}";
}

/// <summary>Who may do one thing.</summary>
/// <param name="Name">What it is called in a finding.</param>
/// <param name="Command">The command.</param>
/// <param name="On">What it is done to.</param>
/// <param name="Make">The command, made so that nothing but who asks can refuse it.</param>
/// <param name="IsAllowed">What the rules say.</param>
/// <param name="Before">What must be there first.</param>
public sealed record Authorisation(string Name, Type Command, Target On, Func<Scene, IBaseRequest> Make, Func<Asked, bool> IsAllowed, string Before)
{
    /// <summary>The relations that there are to it.</summary>
    public IReadOnlyList<Relation> Relations { get; init; } = On switch
    {
        Target.Nothing => [Relation.Other],
        Target.Question => [Relation.Other, Relation.Own, Relation.Closed, Relation.Locked, Relation.Protected, Relation.Deleted, Relation.OwnDeleted],
        Target.Answer =>
            [Relation.Other, Relation.Own, Relation.AnswerToOwnQuestion, Relation.Closed, Relation.Locked, Relation.Protected, Relation.Deleted, Relation.OwnDeleted],
        Target.Comment => [Relation.Other, Relation.Own, Relation.Closed, Relation.Locked, Relation.Protected, Relation.Deleted],
    };

    /// <summary>Anything that a member may and who is suspended may not.</summary>
    public static Authorisation Of<T>(Target on, Func<Scene, T> make, Func<Asked, bool> isAllowed, string before = "", string name = "") where T : IBaseRequest =>
        new($"{typeof(T).Name}{(name.Length > 0 ? $" ({name})" : "")}", typeof(T), on, scene => make(scene), asked => asked.Person is { IsSignedIn: true, IsSuspended: false } && isAllowed(asked), before);

    /// <summary>What needs no account, or remains to who is suspended.</summary>
    public static Authorisation Open<T>(Func<Scene, T> make, Func<Asked, bool> isAllowed, string before = "", string name = "") where T : IBaseRequest =>
        Of(Target.Nothing, make, _ => true, before, name) with { IsAllowed = isAllowed };
}
