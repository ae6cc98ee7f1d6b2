using Forum.Core.Search;
using Forum.Core.Settings;

namespace Forum.Tests.Search;

public sealed class AdvancedQueryTests
{
    [Test]
    public void Every_field_becomes_an_operator_that_is_understood()
    {
        var query = new AdvancedQuery
        {
            Words = " sort  list ", Phrase = "by \"size\"", Without = "slow -old", InTitle = "widgets", InCode = "a != b", Url = "*.example.com", Tags = "c#, linq", AnyTags = "f# [vb.net]",
            WithoutTags = "java", Author = " me ", Score = "3", Answers = "1", From = "2024-01-01", To = "2024-12-31", Kind = "is:question", State = "closed:no",
        }.Text;

        Assert.That(query, Is.EqualTo(
            "sort list \"by  size\" -slow -old title:widgets code:\"a != b\" url:\"*.example.com\" [c#] [linq] [f#] or [vb.net] -[java] user:me score:3 answers:1 created:2024-01-01..2024-12-31 is:question closed:no"));
        Assert.That(SearchQueryParser.Parse(query, new SearchSettings()).Hints, Is.Empty);
    }

    [Test]
    public void Nothing_makes_no_query_and_what_is_no_choice_is_left_out() =>
        Assert.That(new AdvancedQuery { Words = " ", Phrase = "\"", From = "", Kind = "is:poem", State = "anything" }.Text, Is.Empty);

    [Test]
    public void Every_choice_is_an_operator()
    {
        foreach (var choice in AdvancedQuery.Kinds.Concat(AdvancedQuery.States))
            Assert.That(SearchQueryParser.Parse(choice, new SearchSettings()).Clauses.Single(), Is.Not.InstanceOf<TextClause>(), choice);
    }
}
