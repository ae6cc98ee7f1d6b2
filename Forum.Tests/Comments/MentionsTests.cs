using Forum.Core.Comments;
using Forum.Core.Settings;

namespace Forum.Tests.Comments;

public sealed class MentionsTests
{
    // The latest to take part comes first.
    private static readonly Participant[] People =
    [
        new() { Id = 1, Name = "Ada Lovelace" }, new() { Id = 2, Name = "Bob" }, new() { Id = 3, Name = "Bobby Tables" },
        new() { Id = 4, Name = "Adam" }, new() { Id = 5, Name = "李小明" }, new() { Id = 6, Name = "J. R. Hartley (Fly)" },
    ];

    [TestCase("@Ada what do you think?", 1L)]
    [TestCase("@adalovelace what do you think?", 1L)]
    [TestCase("@Adam, what do you think?", 4L)]
    [TestCase("Thanks @bob.", 2L)]
    [TestCase("Thanks @bobb!", 3L)]
    [TestCase("@JRHart thanks", 6L)]
    [TestCase("@J.R.Hartley thanks", 6L)]
    [TestCase("@李小明你好", 5L)]
    [TestCase("@李小 你好", 5L)]
    [TestCase("谢谢@bob，问问@李小明", 2L, 5L)]
    [TestCase("@李小明@bob", 5L, 2L)]
    [TestCase("@ad is too little to tell")]
    [TestCase("@nobody here")]
    [TestCase("mail ada@bob.example")]
    [TestCase("run <code>@bob</code>")]
    [TestCase("see https://video.example/@bob")]
    [TestCase("@bob and @ada and @bob", 2L, 1L)]
    [TestCase("@bob @bobby @adam @ada", 2L, 3L, 4L)]
    public void People_of_the_thread_are_called_by_name(string html, params long[] called) =>
        Assert.That(Mentions.In(html, People, most: 3), Is.EqualTo(called));

    [TestCase("@ada, @bob and @carol", null)]
    [TestCase("@ada, @bob, @carol and @dave", 4)]
    [TestCase("@ada, @Ada, @ADA., @bob and @carol", null)]
    [TestCase("@J.R.Hartley, @JRHartley, @bob and @carol", null)]
    [TestCase("@李小明, @bob, @carol and @李小", 4)]
    [TestCase("@x, @y, @z and @ad are too little to call anybody", null)]
    [TestCase("see video.example/@ada, /@bob, /@carol and /@dave", null)]
    [TestCase("<pre><code>@Override @Test @Before @After</code></pre><blockquote>@ada @bob @carol @dave</blockquote>", null)]
    public void No_more_than_so_many_are_called_whoever_they_are(string html, int? tooMany) =>
        Assert.That(Mentions.WhyNot(html, new LimitSettings { Mentions = 3 })?.Arguments, tooMany is { } names ? Is.EqualTo(new object[] { 3, names }) : Is.Null);
}
