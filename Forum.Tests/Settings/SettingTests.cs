using System.Globalization;
using Forum.Core.Privileges;
using Forum.Core.Settings;

namespace Forum.Tests.Settings;

public sealed class SettingTests
{
    [Test]
    public void Every_value_of_every_record_can_be_set()
    {
        var records = typeof(ForumSettings).GetProperties().Where(p => p.PropertyType.Namespace == typeof(ForumSettings).Namespace && p.PropertyType.IsClass);
        var expected =
            from record in records
            from value in record.PropertyType.GetProperties().Where(p => p.CanWrite && p.Name != "Numbers")
            select $"{record.Name}:{value.Name}";

        foreach (var key in expected)
            Assert.That(Setting.All.Any(setting => setting.Key == key || setting.Key.StartsWith(key + ":", StringComparison.Ordinal)), key);
        Assert.That(Setting.All.Select(setting => setting.Key), Is.Unique);
    }

    [Test]
    public void Every_default_may_be_set()
    {
        foreach (var setting in Setting.All)
        {
            var own = setting.Of(new ForumSettings());
            Assert.That(setting.Parse(own), Is.EqualTo(own), setting.Key);
            Assert.That(setting.WhyNot(own), Is.Null, setting.Key);
        }
    }

    [Test]
    public void Both_ends_of_a_range_know_each_other()
    {
        foreach (var setting in Setting.All.Where(setting => setting.End is not null))
            Assert.That(setting.OtherEnd!.OtherEnd, Is.EqualTo(setting), setting.Key);
    }

    [TestCase("Reputation:AnswerUpvoted", "12", null)]
    [TestCase("Reputation:AnswerUpvoted", "-1", "settings.no-number")]
    [TestCase("Reputation:AnswerUpvoted", "ten", "settings.no-number")]
    [TestCase("Reputation:AnswerUpvoted", "1.5", "settings.no-number")]
    [TestCase("Reputation:AnswerUpvoted", "", null)]
    [TestCase("Reputation:PostDownvoted", "-5", null)]
    [TestCase("Reputation:PostDownvoted", "1", "settings.no-number")]
    [TestCase("Reputation:DailyCap", "0", null)]
    [TestCase("Reputation:DailyCap", "-1", "settings.no-number")]
    [TestCase("Thresholds:vote-down", "1", null)]
    [TestCase("Thresholds:vote-down", "0", "settings.no-number")]
    [TestCase("Pages:Questions", "0", "settings.no-number")]
    [TestCase("Limits:WritesPerMinute", "0", null)]
    [TestCase("Limits:Title:Min", "0", null)]
    [TestCase("Limits:Title:Max", "0", "settings.no-number")]
    [TestCase("Windows:VoteChange", "00:05:00", null)]
    [TestCase("Windows:VoteChange", "2.00:00:00", null)]
    [TestCase("Windows:VoteChange", "0:10", null)]
    [TestCase("Windows:VoteChange", "00:00:00", "settings.no-span")]
    [TestCase("Windows:VoteChange", "-00:05:00", "settings.no-span")]
    [TestCase("Windows:VoteChange", "5", "settings.no-span")]
    [TestCase("Windows:VoteChange", "5 minutes", "settings.no-span")]
    [TestCase("Search:TitleWeight", "2.5", null)]
    [TestCase("Search:TitleWeight", "-2.5", "settings.no-fraction")]
    [TestCase("Search:TitleWeight", "NaN", "settings.no-fraction")]
    [TestCase("PageCache:IsOn", "false", null)]
    [TestCase("PageCache:IsOn", "maybe", "settings.no-choice")]
    [TestCase("Preset", "full", null)]
    [TestCase("Preset", "7", "settings.no-choice")]
    [TestCase("Fairness:Hour", "24", "settings.no-number")]
    public void A_typed_text_is_what_the_value_may_be_or_is_refused(string key, string text, string? code) =>
        Assert.That(Setting.Find(key)!.WhyNot(text)?.Code, Is.EqualTo(code));

    [Test]
    public void Thresholds_go_with_the_preset()
    {
        var votes = Setting.Find("thresholds:VOTE-UP")!;

        Assert.That(votes.Privilege, Is.EqualTo(Privilege.VoteUp));
        Assert.That(votes.Of(new ForumSettings { Preset = Preset.PrivateBeta }), Is.EqualTo(1.ToString(CultureInfo.InvariantCulture)));
    }
}
