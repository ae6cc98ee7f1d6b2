using FsCheck;
using FsCheck.Fluent;
using Forum.Core.Search;
using NUnit.Framework;

namespace Forum.Tests.Search;

public sealed class SearchTermsTests
{
    [TestCase("C# and F#", "c# and f#")]
    [TestCase("c#9 vs. C++11, g++", "c# 9 vs c++ 11 g++")]
    [TestCase("Why is i++ slow?", "why is i++ slow")]
    [TestCase("Use .NET or ASP.NET Core.", "use .net or asp.net core")]
    [TestCase("node.js, Vue.js", "node.js vue.js")]
    [TestCase("Objective-C and T-SQL in UTF-8", "objective-c and t-sql in utf-8")]
    [TestCase("open-source, well-known", "open source well known")]
    [TestCase("a - b -> c", "a b c")]
    [TestCase("Python 3.11.2", "python 3.11.2")]
    [TestCase("see issue#12 or page#top", "see issue 12 or page top")]
    [TestCase("a+b, a+++b, x##y", "a b a b x y")]
    [TestCase("__init__ and MAX_VALUE", "__init__ and max_value")]
    [TestCase("list.Where(x => x)", "list.where x x")]
    [TestCase("foo().Bar(...etc)", "foo .bar etc")]
    [TestCase("I don't know Bob's and it’s", "i dont know bob and it")]
    [TestCase("l'index d’abord qu'il n'est", "index abord il est")]
    [TestCase("2024-04-03", "2024 04 03")]
    [TestCase("https://example.com/a/b", "https example.com a b")]
    [TestCase("Éléments Straße Ørsted Ὀδυσσεύς", "elements strasse orsted οδυσσευσ")]
    [TestCase("e\u0301le\u0300ve", "eleve")]
    [TestCase("ＦＵＬＬ　ｗｉｄｔｈ Ｃ＃", "full width c#")]
    [TestCase("zero\u200Bwidth soft\u00ADhyphen", "zerowidth softhyphen")]
    [TestCase("йод ёж", "йод ёж")]
    [TestCase("हिन्दी", "हिन्दी")]
    [TestCase("数据库", "数据 据库")]
    [TestCase("如何解析JSON字符串", "如何 何解 解析 json 字符 符串")]
    [TestCase("中", "中")]
    [TestCase("データベース", "デー ータ タベ ベー ース")]
    [TestCase("한국어 검색", "한국 국어 검색")]
    [TestCase("𠮷野家", "𠮷野 野家")]
    [TestCase("- . # + ' \"", "")]
    [TestCase("", "")]
    public void Text_becomes_words(string text, string words) =>
        Assert.That(string.Join(' ', SearchTerms.Of(text).Select(t => t.Text)), Is.EqualTo(words));

    [TestCase("getUserName", "get user name")]
    [TestCase("XMLHttpRequest", "xml http request")]
    [TestCase("dataFrame", "data frame")]
    [TestCase("JavaScript", "")]
    [TestCase("GitHub", "")]
    [TestCase("HTML", "")]
    [TestCase("Word", "")]
    [TestCase("foo_bar_baz", "foo bar baz")]
    [TestCase("System.Linq", "system linq")]
    [TestCase("asp.net", "asp net")]
    [TestCase(".NET", "net")]
    [TestCase("main.c", "main")]
    [TestCase("3.11.2", "3.11")]
    [TestCase("3.11", "")]
    [TestCase("c#", "")]
    [TestCase("objective-c", "objective")]
    public void Compound_words_are_found_by_their_parts(string word, string parts) =>
        Assert.That(string.Join(' ', SearchTerms.Of(word).Single().Parts), Is.EqualTo(parts));

    [TestCase("utf-8", "utf8")]
    [TestCase("e-mail", "email")]
    [TestCase("email", null)]
    public void A_hyphenated_word_is_also_found_without_the_hyphen(string word, string? alias) =>
        Assert.That(SearchTerms.Of(word).Single().Alias, Is.EqualTo(alias));

    [Test]
    public void A_text_is_indexed_as_its_words_then_the_stems_and_parts() =>
        Assert.That(SearchTerms.ForIndex("Parsing getUser in C#, 数据库"), Is.EqualTo(
            "parsing getuser in c# 数据 据库 ~ ~pars ~getus get ~get user ~user 库 "));

    [Test]
    public void Terms_know_where_they_stand()
    {
        const string text = "Où est l’ÉLÉMENT « ﬁn », C＃?";

        var written = SearchTerms.Of(text).Select(t => text[t.Start..t.End]);

        Assert.That(written, Is.EqualTo(new[] { "Où", "est", "ÉLÉMENT", "ﬁn", "C＃" }));
    }

    [Test]
    public void Terms_are_cut_at_their_greatest_length() =>
        Assert.That(SearchTerms.Of(new string('x', 5000)).Single().Text, Has.Length.EqualTo(SearchTerms.MaxLength));

    [Test]
    public void Every_text_has_terms_that_the_engine_keeps_whole() =>
        Prop.ForAll<string>(text =>
        {
            var source = text ?? "";
            foreach (var term in SearchTerms.Of(source))
            {
                Assert.That(term.Text, Is.Not.Empty.And.Not.Contains(" ").And.Not.Contains("\"").And.Not.StartsWith("~"));
                Assert.That(term.Text, Has.Length.LessThanOrEqualTo(SearchTerms.MaxLength));
                Assert.That(term.Text.Where(char.IsAscii), Has.All.Matches<char>(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || "#+.-_".Contains(c)));
                Assert.That(term.Start, Is.InRange(0, source.Length - 1));
                Assert.That(term.End, Is.InRange(term.Start + 1, source.Length));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Random_characters_of_all_planes_never_throw() =>
        Prop.ForAll<int[]>(codes => Assert.That(() => SearchTerms.ForIndex(string.Concat((codes ?? []).Select(c => (char)(c * 7919 & 0xFFFF)))), Throws.Nothing)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [TestCase("Running tests in PARALLEL")]
    [TestCase("C++ templates über alles")]
    public void Case_changes_nothing_outside_compound_words(string text) =>
        Assert.That(SearchTerms.ForIndex(text.ToUpperInvariant()), Is.EqualTo(SearchTerms.ForIndex(text.ToLowerInvariant())));
}
