using FluentValidation;
using Forum.Core;
using Forum.Core.Pipeline;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Voting;
using Forum.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Settings;

public sealed class ChangeSettingsTests
{
    [TestCase("Bounties:Least", "550")]
    [TestCase("Bounties:Most", "50")]
    [TestCase("Bounties:LeastAfterAnswering", "550")]
    [TestCase("Search:Related", "16")]
    public async Task What_is_least_may_not_be_above_what_is_most(string key, string value)
    {
        await using var forum = new TestForum();
        var boss = await forum.Make.User(administrator: true);

        var crossed = Assert.ThrowsAsync<ValidationException>(() => forum.Send(Set((key, value)), boss))!;

        Assert.That(crossed.Errors.Select(e => (e.PropertyName, e.ErrorCode)).Distinct(), Is.EqualTo([($"Values[{key}]", "settings.crossed")]));
    }

    [Test]
    public async Task What_is_set_counts_at_once_and_is_logged()
    {
        await using var forum = new TestForum();
        var (ada, bob, boss) = (await forum.Make.User(), await forum.Make.User(1_000), await forum.Make.User(administrator: true, name: "Boss"));

        Assert.That(await forum.Send(Set(("Reputation:AnswerUpvoted", "12"), ("Reputation:DailyCap", "200")), boss), Is.EqualTo(1));
        await forum.Send(new CastVote(await forum.Make.Answer(await forum.Make.Question(), by: ada), Direction.Up), bob);

        Assert.That(await forum.Value<int>("select reputation from users where id = @ada", new { ada }), Is.EqualTo(13));
        var line = Line(await forum.Send(new ShowSettings("reputation"), boss), "Reputation:AnswerUpvoted");
        Assert.That((line.Value, line.Beneath, line.Default, line.Source), Is.EqualTo(("12", "10", "10", SettingSource.Here)));
        var change = (await forum.Send(new ListSettingChanges(), boss)).Items.Single();
        Assert.That((change.Key, change.OldValue, change.NewValue, change.By), Is.EqualTo(("Reputation:AnswerUpvoted", (string?)null, "12", "Boss")));
    }

    [TestCase("")]
    [TestCase("10")]
    public async Task Back_to_what_is_beneath_leaves_no_row(string typed)
    {
        await using var forum = new TestForum();
        var boss = await forum.Make.User(administrator: true);
        await forum.Send(Set(("Reputation:AnswerUpvoted", "12")), boss);

        await forum.Send(Set(1, ("Reputation:AnswerUpvoted", typed)), boss);

        Assert.That(await forum.Value<int>("select count(*) from settings"), Is.Zero);
        Assert.That(forum.Settings.Reputation.AnswerUpvoted, Is.EqualTo(10));
        Assert.That(Line(await forum.Send(new ShowSettings("reputation"), boss), "Reputation:AnswerUpvoted").Source, Is.EqualTo(SettingSource.Default));
    }

    [Test]
    public async Task What_the_configuration_says_is_seen_beneath_what_is_set_here()
    {
        await using var forum = new TestForum(("Forum:Reputation:DailyCap", "300"));
        var boss = await forum.Make.User(administrator: true);
        Assert.That(Line(await forum.Send(new ShowSettings("reputation"), boss), "Reputation:DailyCap").Source, Is.EqualTo(SettingSource.Configuration));

        await forum.Send(Set(("Reputation:DailyCap", "250")), boss);

        var line = Line(await forum.Send(new ShowSettings("reputation"), boss), "Reputation:DailyCap");
        Assert.That((line.Value, line.Beneath, line.Default, line.Source), Is.EqualTo(("250", "300", "200", SettingSource.Here)));
    }

    [Test]
    public async Task What_may_not_be_is_refused_at_its_field_and_nothing_is_written()
    {
        await using var forum = new TestForum();
        var boss = await forum.Make.User(administrator: true);
        var before = await TestContents.Of(forum);

        var wrong = Assert.ThrowsAsync<ValidationException>(() => forum.Send(Set(("Thresholds:vote-down", "0"), ("Reputation:DailyCap", "5"), ("Nothing:Like:This", "1")), boss))!;
        var crossed = Assert.ThrowsAsync<ValidationException>(() => forum.Send(Set(("Limits:Title:Min", "151")), boss))!;

        Assert.That(wrong.Errors.Select(e => (e.PropertyName, e.ErrorCode)), Is.EquivalentTo(new[]
        {
            ("Values[Thresholds:vote-down]", "settings.no-number"), ("Values[Nothing:Like:This]", "settings.unknown"),
        }));
        Assert.That(crossed.Errors.Select(e => (e.PropertyName, e.ErrorCode)), Is.EqualTo([("Values[Limits:Title:Min]", "settings.crossed")]));
        Assert.That(await TestContents.Of(forum), Is.EqualTo(before));
    }

    [Test]
    public async Task Both_ends_of_a_range_move_together()
    {
        await using var forum = new TestForum();
        var boss = await forum.Make.User(administrator: true);

        await forum.Send(Set(("Limits:Title:Min", "160"), ("Limits:Title:Max", "200")), boss);

        Assert.That(forum.Settings.Limits.Title, Is.EqualTo(new LengthRange(160, 200)));
    }

    [Test]
    public async Task Nobody_overwrites_what_another_one_set_meanwhile()
    {
        await using var forum = new TestForum();
        var (boss, other) = (await forum.Make.User(administrator: true), await forum.Make.User(administrator: true));
        var seen = (await forum.Send(new ShowSettings("limits"), boss)).Seen;
        await forum.Send(Set(seen, ("Limits:Mentions", "5")), other);

        var late = Assert.ThrowsAsync<ConflictException>(() => forum.Send(Set(seen, ("Limits:Mentions", "3")), boss))!;
        await forum.Send(Set(seen, ("Limits:About", "4000")), boss);

        Assert.That(late.Refusal.Code, Is.EqualTo("settings.overtaken"));
        Assert.That((forum.Settings.Limits.Mentions, forum.Settings.Limits.About), Is.EqualTo((5, 4_000)));
    }

    [Test]
    public async Task A_change_is_undone_unless_there_is_a_newer_one()
    {
        await using var forum = new TestForum();
        var boss = await forum.Make.User(administrator: true);
        await forum.Send(Set(("Limits:Mentions", "5")), boss);
        await forum.Send(Set(1, ("Limits:Mentions", "6")), boss);

        Assert.That(Assert.ThrowsAsync<ConflictException>(() => forum.Send(new UndoSettingChange(1), boss))!.Refusal.Code, Is.EqualTo("settings.changed-since"));
        await forum.Send(new UndoSettingChange(2), boss);
        Assert.That(forum.Settings.Limits.Mentions, Is.EqualTo(5));
        await forum.Send(new UndoSettingChange(3), boss);

        Assert.That(forum.Settings.Limits.Mentions, Is.EqualTo(6));
        Assert.That((await forum.Send(new ListSettingChanges(), boss)).Items.Select(c => (c.OldValue, c.NewValue)), Is.EqualTo([("5", "6"), ("6", "5"), ("5", "6"), (null, "5")]));
        await forum.FindsNothing(() => forum.Send(new UndoSettingChange(99), boss));
    }

    [Test]
    public async Task An_undo_does_not_turn_a_range_around()
    {
        await using var forum = new TestForum();
        var boss = await forum.Make.User(administrator: true);
        await forum.Send(Set(("Limits:Title:Max", "400")), boss);
        await forum.Send(Set(1, ("Limits:Title:Min", "200")), boss);

        Assert.That(Assert.ThrowsAsync<ConflictException>(() => forum.Send(new UndoSettingChange(1), boss))!.Refusal.Code, Is.EqualTo("settings.crossed-since"));
    }

    [Test]
    public async Task Only_administrators_see_and_set_rules()
    {
        await using var forum = new TestForum();
        var moderator = await forum.Make.User(20_000, moderator: true);

        await forum.IsRefused(() => forum.Send(Set(("Limits:Mentions", "5")), moderator), "moderation.administrators-only");
        await forum.IsRefused(() => forum.Send(new ShowSettings("limits"), moderator), "moderation.administrators-only");
        await forum.IsRefused(() => forum.Send(new ListSettingChanges(), moderator), "moderation.administrators-only");
        await forum.IsRefused(() => forum.Send(new PreviewThresholds(new Dictionary<string, string?>()), moderator), "moderation.administrators-only");
        await forum.IsRefused(() => forum.Send(new UndoSettingChange(1), moderator), "moderation.administrators-only");
    }

    [Test]
    public async Task Another_process_follows()
    {
        await using var site = new TestSite();
        await using var beside = TestForum.Beside(site);
        var boss = await site.Forum.Make.User(administrator: true);
        var watch = site.Services.GetRequiredService<WatchChanges>();
        await watch.Look(default);
        Assert.That(site.Forum.Settings.Limits.Mentions, Is.EqualTo(3));

        await beside.Send(Set(("Limits:Mentions", "5")), boss);
        await watch.Look(default);

        Assert.That(site.Forum.Settings.Limits.Mentions, Is.EqualTo(5));
    }

    [Test]
    public async Task A_preview_tells_who_would_gain_and_who_would_lose()
    {
        await using var forum = new TestForum();
        var boss = await forum.Make.User(20, administrator: true);
        var (eve, ada, bob) = (await forum.Make.User(14, "Eve"), await forum.Make.User(15, "Ada"), await forum.Make.User(60, "Bob"));
        await forum.Make.User(16, moderator: true);

        var loss = (await forum.Send(new PreviewThresholds(Values(("Thresholds:vote-up", "61"))), boss)).Single();
        var gain = (await forum.Send(new PreviewThresholds(Values(("Thresholds:vote-up", "14"))), boss)).Single();
        var nothing = await forum.Send(new PreviewThresholds(Values(("Thresholds:vote-up", "15"))), boss);
        var preset = await forum.Send(new PreviewThresholds(Values(("Preset", "PrivateBeta"))), boss);

        Assert.That((loss.IsGain, loss.People, loss.Before, loss.After), Is.EqualTo((false, 2, 15, 61)));
        Assert.That(loss.First.Select(p => p.Id), Is.EqualTo([bob, ada]));
        Assert.That((gain.IsGain, gain.First.Single().Id), Is.EqualTo((true, eve)));
        Assert.That(nothing, Is.Empty);
        Assert.That(preset.Single(m => m.Key == "comment-everywhere"), Has.Property("People").EqualTo(2).And.Property("IsGain").True);
        Assert.That(await forum.Value<int>("select count(*) from settings"), Is.Zero);
    }

    [Test]
    public async Task A_preset_is_chosen_with_thresholds_of_ones_own_beside_it()
    {
        await using var forum = new TestForum();
        var boss = await forum.Make.User(administrator: true);

        await forum.Send(Set(("Preset", "Full"), ("Thresholds:create-tags", "300"), ("Thresholds:vote-down", "50")), boss);

        Assert.That((forum.Settings.Needs(Privilege.CreateTags), forum.Settings.Needs(Privilege.VoteDown)), Is.EqualTo((300, 50)));
        Assert.That(await forum.Sql(db => db.Query<string>("select key from settings order by key")), Is.EqualTo(["Preset", "Thresholds:vote-down"]));
    }

    private static ChangeSettings Set(params (string Key, string? Value)[] values) => Set(0, values);

    private static ChangeSettings Set(long seen, params (string Key, string? Value)[] values) => new(Values(values), seen);

    private static Dictionary<string, string?> Values(params (string Key, string? Value)[] values) => values.ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);

    private static ShowSettings.Line Line(ShowSettings.View view, string key) => view.Lines.Single(line => line.Setting.Key == key);
}
