using Forum.Core.Search;
using NUnit.Framework;

namespace Forum.Tests.Search;

public sealed class EnglishStemmerTests
{
    // Pairs of the Snowball project's vocabulary for its English stemmer.
    [TestCase("consign", "consign"), TestCase("consigned", "consign"), TestCase("consigning", "consign"), TestCase("consignment", "consign")]
    [TestCase("consist", "consist"), TestCase("consisted", "consist"), TestCase("consistency", "consist"), TestCase("consistently", "consist")]
    [TestCase("consolation", "consol"), TestCase("consolatory", "consolatori"), TestCase("consolingly", "consol")]
    [TestCase("conspicuously", "conspicu"), TestCase("conspiracy", "conspiraci"), TestCase("constancy", "constanc")]
    [TestCase("knack", "knack"), TestCase("knaves", "knave"), TestCase("kneeling", "kneel"), TestCase("knightly", "knight")]
    [TestCase("knitted", "knit"), TestCase("knives", "knive"), TestCase("knocking", "knock"), TestCase("knotty", "knotti")]
    [TestCase("caresses", "caress"), TestCase("ponies", "poni"), TestCase("ties", "tie"), TestCase("cries", "cri"), TestCase("cats", "cat")]
    [TestCase("gas", "gas"), TestCase("this", "this"), TestCase("gaps", "gap"), TestCase("kiwis", "kiwi")]
    [TestCase("agreed", "agre"), TestCase("plastered", "plaster"), TestCase("motoring", "motor"), TestCase("luxuriating", "luxuri")]
    [TestCase("hopping", "hop"), TestCase("hoping", "hope"), TestCase("hoped", "hope"), TestCase("falling", "fall"), TestCase("adding", "add")]
    [TestCase("cry", "cri"), TestCase("by", "by"), TestCase("say", "say"), TestCase("happy", "happi")]
    [TestCase("relational", "relat"), TestCase("conditional", "condit"), TestCase("valency", "valenc"), TestCase("digitizer", "digit")]
    [TestCase("operator", "oper"), TestCase("feudalism", "feudal"), TestCase("decisiveness", "decis"), TestCase("hopefulness", "hope")]
    [TestCase("sensibility", "sensibl"), TestCase("triplicate", "triplic"), TestCase("formative", "format"), TestCase("electrical", "electr")]
    [TestCase("generate", "generat"), TestCase("general", "general"), TestCase("generically", "generic"), TestCase("generous", "generous")]
    [TestCase("communism", "communism"), TestCase("community", "communiti"), TestCase("arsenal", "arsenal")]
    [TestCase("skies", "sky"), TestCase("dying", "die"), TestCase("news", "news"), TestCase("succeeded", "succeed"), TestCase("proceeds", "proceed")]
    [TestCase("rate", "rate"), TestCase("rolling", "roll"), TestCase("controlling", "control"), TestCase("youth", "youth"), TestCase("boyish", "boyish")]
    [TestCase("queries", "queri"), TestCase("query", "queri"), TestCase("querying", "queri"), TestCase("classes", "class"), TestCase("indexes", "index")]
    public void Words_lose_their_inflection(string word, string stem) =>
        Assert.That(EnglishStemmer.Stem(word), Is.EqualTo(stem));

    [TestCase("")]
    [TestCase("as")]
    [TestCase("c++")]
    [TestCase("utf8")]
    [TestCase("élève")]
    [TestCase("HOPING")]
    [TestCase("honorificabilitudinitatibushonorificabilitudinitatibus")]
    public void What_is_no_plain_English_word_stays(string word) =>
        Assert.That(EnglishStemmer.Stem(word), Is.EqualTo(word));
}
