using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Forum.Core.Badges;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Web.Languages;

namespace Forum.Tests.Badges;

/// <summary>What holds of every badge in the list.</summary>
public sealed partial class CatalogueTests
{
    private static readonly Words English = new Words(HtmlEncoder.Default).In("en");

    [Test]
    public void Names_and_keys_are_their_own()
    {
        Assert.That(Badge.All.Select(b => b.Name), Is.Unique);
        Assert.That(Badge.All.Select(b => b.Key), Is.Unique);
        Assert.That(Badge.All.Where(b => b.Key != Slug.Of(b.Name) || Badge.Find(b.Name) != b), Is.Empty);
    }

    [Test]
    public void Each_has_a_name_and_a_sentence_and_the_English_name_is_the_dumps()
    {
        foreach (var badge in Badge.All)
        {
            Assert.That(English[badge.TitleKey], Is.EqualTo(badge.Name));
            Assert.That(English.Has(badge.WhatKey), Is.True, badge.Name);
        }
    }

    [Test]
    public void A_sentence_names_no_number_that_the_badge_does_not_have()
    {
        var odd = Badge.All.Where(b => Place().Matches(Words.Table("en")[b.WhatKey]).Any(place => int.Parse(place.Groups["n"].Value, null) >= b.Defaults.Length));

        Assert.That(odd.Select(b => b.Name), Is.Empty);
    }

    [Test]
    public void Each_is_looked_for_after_something_and_among_somebodys()
    {
        Assert.That(Badge.All.Where(b => b.Feat.On.Count == 0 || b.Feat.ByPerson.Length == 0).Select(b => b.Name), Is.Empty);
        Assert.That(Badge.All.Where(b => b.Defaults.Length is 0 or > 3 || b.Defaults.Any(n => n <= 0)).Select(b => b.Name), Is.Empty);
    }

    [Test]
    public void A_higher_class_of_the_same_feat_needs_more()
    {
        foreach (var family in Badge.All.GroupBy(b => b.Feat).Where(f => f.Count() > 1))
        {
            var goals = family.OrderByDescending(b => b.Class).ThenBy(b => b.Goal(new ForumSettings())).ToList();
            Assert.That(goals.Select(b => b.Goal(new ForumSettings())), Is.Ordered.And.Unique, goals[0].Name);
        }
    }

    [Test]
    public void Every_badge_has_its_tests() => Assert.That(TestDeeds.For.Keys, Is.EquivalentTo(Badge.All.Select(b => b.Name)));

    [GeneratedRegex(@"\{(?<n>\d)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
