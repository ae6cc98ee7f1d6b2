using Forum.Core.Search;
using Forum.Core.Settings;
using NUnit.Framework;

namespace Forum.Tests.Search;

public sealed class RelevanceTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    static readonly SearchSettings Weights = new();

    static Relevance.Hit Hit(long id, string? title, double rank = -1) => new() { Id = id, Title = title, TextRank = rank, ActiveAt = Now.AddYears(-3) };

    static string Order(string query, params Relevance.Hit[] hits) =>
        string.Join(',', new Relevance(SearchQueryParser.Parse(query, Weights), Weights, Now).Order(hits).Select(h => h.Id));

    [Test]
    public void A_title_in_the_words_of_the_query_comes_before_an_inflected_one() =>
        Assert.That(Order("parse dates", Hit(1, "Parsing a date"), Hit(2, "Parse dates"), Hit(3, null)), Is.EqualTo("2,1,3"));

    [Test]
    public void A_short_title_comes_before_a_long_one() =>
        Assert.That(Order("parse dates", Hit(1, "Parse many other things and dates too"), Hit(2, "Parse some dates")), Is.EqualTo("2,1"));

    [Test]
    public void Words_side_by_side_come_before_words_apart() =>
        Assert.That(Order("parse dates", Hit(1, "Parse more dates now"), Hit(2, "More parse dates now")), Is.EqualTo("2,1"));

    [Test]
    public void Among_like_titles_the_engines_rank_decides() =>
        Assert.That(Order("dates", Hit(1, null, -2), Hit(2, null, -5), Hit(3, null, -3)), Is.EqualTo("2,3,1"));

    [Test]
    public void Words_as_they_were_typed_come_before_inflected_ones() =>
        Assert.That(Order("dates", Hit(1, null, -3), Hit(2, null, -3) with { IsExact = true }, Hit(3, null, -3)), Is.EqualTo("2,3,1"));

    [Test]
    public void A_question_comes_before_a_like_answer() =>
        Assert.That(Order("dates", Hit(1, "Else"), Hit(2, null)), Is.EqualTo("1,2"));

    [Test]
    public void Votes_acceptance_and_activity_lift_a_little()
    {
        var plain = Hit(1, "Parse dates");

        Assert.That(Order("dates", plain with { Id = 2 }, plain with { Score = 5 }), Is.EqualTo("1,2"));
        Assert.That(Order("dates", plain with { Id = 2 }, plain with { IsAccepted = true }), Is.EqualTo("1,2"));
        Assert.That(Order("dates", plain with { Id = 2 }, plain with { ActiveAt = Now }), Is.EqualTo("1,2"));
        Assert.That(Order("dates", plain with { Id = 2 }, plain with { Score = -5 }), Is.EqualTo("2,1"), "downvotes only do not lift");
    }

    [Test]
    public void Function_words_of_a_query_count_for_nothing() =>
        Assert.That(Order("how to parse", Hit(1, "How to"), Hit(2, "Parse")), Is.EqualTo("2,1"));

    [Test]
    public void A_query_without_words_keeps_the_newest_first() =>
        Assert.That(Order("score:1", Hit(1, "One", 0), Hit(3, "Three", 0), Hit(2, "Two", 0)), Is.EqualTo("3,2,1"));
}
