using FluentValidation;
using Forum.Core;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.Users;

public sealed class RegisterAccountTests
{
    private static RegisterAccount Ada(string signInName = "ada", string email = "ada@example.org") =>
        new(signInName, "Ada Lovelace", email, "difference engine");

    [Test]
    public async Task Registering_makes_a_person_with_reputation_1_who_can_be_found_by_name_and_address()
    {
        await using var forum = new TestForum();

        var id = await forum.Send(Ada());

        var user = (await forum.Send(new ShowUser(id))).User;
        Assert.That((id, user.Name, user.Reputation, user.IsModerator, user.IsAdministrator), Is.EqualTo((1L, "Ada Lovelace", 1, false, false)));
        Assert.That((await forum.Send(new FindAccount(null, AccountKeys.Of("ADA"))))?.UserId, Is.EqualTo(id));
        Assert.That((await forum.Send(new FindAccount(null, AccountKeys.Of("Ada@Example.org"))))?.UserId, Is.EqualTo(id));
        await forum.Verify();
    }

    [Test]
    public async Task The_password_itself_is_nowhere_in_the_database()
    {
        await using var forum = new TestForum();

        await forum.Send(Ada());
        await forum.Settle();

        var bytes = await File.ReadAllBytesAsync(forum.Database.Path);
        var log = await File.ReadAllBytesAsync(forum.Database.Path + "-wal");
        Assert.That(bytes.AsSpan().IndexOf("difference engine"u8), Is.Negative);
        Assert.That(log.AsSpan().IndexOf("difference engine"u8), Is.Negative);
        Assert.That(Ada().ToString(), Does.Not.Contain("difference"));
    }

    [TestCase("ADA", "other@example.org", "SignInName:accounts.sign-in-name-taken")]
    [TestCase("other", "ADA@example.org", "Email:accounts.email-taken")]
    [TestCase("ａｄａ", "ada@EXAMPLE.org", "SignInName:accounts.sign-in-name-taken Email:accounts.email-taken")]
    public async Task A_name_or_address_that_is_taken_is_refused_at_its_field_and_nothing_is_written(string signInName, string email, string failures)
    {
        await using var forum = new TestForum();
        await forum.Send(Ada());

        var refused = Assert.ThrowsAsync<ValidationException>(() => forum.Send(Ada(signInName, email)));

        Assert.That(string.Join(' ', refused!.Errors.Select(e => $"{e.PropertyName}:{e.ErrorCode}")), Is.EqualTo(failures));
        Assert.That(await forum.Value<int>("select count(*) from users where id > 0"), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_many_who_want_a_name_at_once_one_gets_it_and_the_others_hear_so_at_the_field()
    {
        await using var forum = new TestForum();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await forum.Send(Ada(email: $"ada{i}@example.org"));
                return "registered";
            }
            catch (ValidationException refused)
            {
                return refused.Errors.Single().ErrorCode;
            }
        }));

        Assert.That(outcomes.Count(o => o == "registered"), Is.EqualTo(1));
        Assert.That(outcomes.Count(o => o == "accounts.sign-in-name-taken"), Is.EqualTo(7));
        Assert.That(await forum.Value<int>("select count(*) from users where id > 0"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_form_posted_twice_makes_one_account()
    {
        await using var forum = new TestForum();

        var first = await forum.Send(Ada(), formKey: "k");
        var second = await forum.Send(Ada(), formKey: "k");

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        await using var forum = new TestForum();

        var refused = Assert.ThrowsAsync<ValidationException>(() => forum.Send(new RegisterAccount("a b", "x", "nowhere", "short")));

        Assert.That(refused!.Errors.Select(e => e.ErrorCode), Is.EqualTo(new[]
        {
            "accounts.sign-in-name-characters", "limits.too-short", "accounts.email-malformed", "accounts.password-too-short",
        }));
        Assert.That(await forum.Value<int>("select count(*) from users where id > 0"), Is.Zero);
    }

    [Test]
    public async Task Wrong_passwords_at_the_same_time_all_count()
    {
        await using var forum = new TestForum();
        var id = await forum.Send(Ada());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => forum.Send(new CountFailedSignIn(id), formKey: "the same form")));

        Assert.That((await forum.Send(new FindAccount(id, null)))!.FailedSignIns, Is.EqualTo(20));
    }

    [Test]
    public async Task A_sign_in_that_began_before_a_lockout_does_not_lift_it()
    {
        await using var forum = new TestForum();
        var id = await forum.Send(Ada());
        var before = (await forum.Send(new FindAccount(id, null)))!;
        var until = forum.Clock.GetUtcNow().AddMinutes(15);

        await forum.Send(new UpdateAccount(before, before with { LockoutEndsAt = until }));
        await forum.Send(new UpdateAccount(before, before with { PasswordHash = "rehashed" }));

        Assert.That((await forum.Send(new FindAccount(id, null)))!.LockoutEndsAt, Is.EqualTo(until));
    }

    [Test]
    public async Task Of_two_password_changes_at_once_the_second_is_refused()
    {
        await using var forum = new TestForum();
        var id = await forum.Send(Ada());
        var before = (await forum.Send(new FindAccount(id, null)))!;

        await forum.Send(new UpdateAccount(before, before with { PasswordHash = "first", SecurityStamp = "1" }));

        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new UpdateAccount(before, before with { PasswordHash = "second", SecurityStamp = "2" })));
        Assert.That((await forum.Send(new FindAccount(id, null)))!.PasswordHash, Is.EqualTo("first"));
    }

    [Test]
    public async Task Only_the_first_of_many_becomes_the_first_administrator()
    {
        await using var forum = new TestForum();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            try
            {
                await forum.Send(new RegisterFirstAdministrator($"admin{i}", "Admin", $"admin{i}@example.org", "difference engine"));
                return true;
            }
            catch (RefusedException refused) when (refused.Refusal.Code == "accounts.administrator-exists")
            {
                return false;
            }
        }));

        Assert.That(outcomes.Count(o => o), Is.EqualTo(1));
        Assert.That(await forum.Value<int>("select count(*) from users where id > 0"), Is.EqualTo(1));
        Assert.That(await forum.Send(new HasAdministrator()), Is.True);
    }

    [Test]
    public async Task Only_administrators_give_roles_and_passwords()
    {
        await using var forum = new TestForum();
        var ada = await forum.Send(Ada());
        var moderator = await forum.Make.User(moderator: true);
        var administrator = await forum.Make.User(administrator: true);

        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new ChangeRole(ada, true, false)));
        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new ChangeRole(ada, true, true), ada));
        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new SetPassword(ada, "another password"), moderator));
        Assert.That((await forum.Send(new ShowUser(ada))).User.IsModerator, Is.False);

        await forum.Send(new ChangeRole(ada, true, false), administrator);
        Assert.That((await forum.Send(new ShowUser(ada))).User.IsModerator, Is.True);
        await forum.Send(new ChangeRole(ada, false, false), administrator);
        Assert.That((await forum.Send(new ShowUser(ada))).User.IsModerator, Is.False);
        Assert.ThrowsAsync<NotFoundException>(() => forum.Send(new ChangeRole(-1, false, true), administrator));
    }

    [Test]
    public async Task A_new_password_ends_sessions_and_lifts_a_lockout()
    {
        await using var forum = new TestForum();
        var ada = await forum.Send(Ada());
        var administrator = await forum.Make.User(administrator: true);
        var before = (await forum.Send(new FindAccount(ada, null)))!;
        await forum.Send(new UpdateAccount(before, before with { LockoutEndsAt = forum.Clock.GetUtcNow(), FailedSignIns = 3 }));

        await forum.Send(new SetPassword(ada, "another password"), administrator);

        var after = (await forum.Send(new FindAccount(ada, null)))!;
        Assert.That(after.SecurityStamp, Is.Not.EqualTo(before.SecurityStamp));
        Assert.That(after.PasswordHash, Is.Not.EqualTo(before.PasswordHash));
        Assert.That((after.LockoutEndsAt, after.FailedSignIns), Is.EqualTo(((DateTimeOffset?)null, 0)));
    }
}
