using Forum.Core.Questions;
using Forum.Core.Settings;
using FsCheck;
using FsCheck.Fluent;

namespace Forum.Tests.Questions;

public sealed class QuestionFilterTests
{
    private static readonly LimitSettings Limits = new();

    [TestCase("", "sort=newest")]
    [TestCase("answers=none&unanswered=yes&bounty=yes&days=7&mine=yes&tagged=c%23+asp.net*&sort=score", "answers=none&unanswered=yes&bounty=yes&days=7&mine=yes&tagged=c%23%20asp.net%2A&sort=score")]
    [TestCase("SORT=Trending", "sort=trending")]
    [TestCase("sort=sideways&days=-3&answers=many&bounty=no", "sort=newest")]
    [TestCase("sort=99", "sort=newest")]
    [TestCase("days=99999999999999999999", "sort=newest")]
    [TestCase("tagged=* c# a[b]&=&&x", "tagged=c%23&sort=newest")]
    [TestCase("days=7&days=8", "days=7&sort=newest")]
    [TestCase("tagged=%ZZ%23", "sort=newest")]
    public void What_cannot_be_read_says_nothing(string text, string filter) =>
        Assert.That(QuestionFilter.Parse(text, Limits).ToString(), Is.EqualTo(filter));

    [Test]
    public void Any_text_is_a_filter_and_a_filter_is_the_same_when_it_is_read_again() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<string>(text =>
        {
            var filter = QuestionFilter.Parse(text ?? "", Limits);
            return QuestionFilter.Parse(filter.ToString(), Limits) == filter;
        }));
}
