using System.Globalization;
using Forum.Bench.Measure;
using Forum.Bench.Site;
using Forum.Core.Abuse;
using Forum.Core.Markdown;
using Forum.Core.Settings;

namespace Forum.Bench.Scenarios;

/// <summary>
/// <c>spam</c>: how well spam is told from a dump's posts when it was learned from others of both. There is no spam in a dump, so it is made up: twelve
/// trades, each with words and ways of speaking of its own, every post with another host. One of five parts is judged by what the other four taught; once with
/// trades in all parts, once with trades that the other parts have not seen. How new an author is tells nothing here.
/// </summary>
static class SpamScenario
{
    const int Parts = 5;
    const int Made = 300;

    static readonly string[][] Trades =
    [
        ["keto gummies", "weight loss", "burn fat fast", "doctor approved", "supplement"],
        ["online casino", "free spins", "jackpot", "slot machine", "betting bonus"],
        ["payday loan", "bad credit", "instant approval", "cash advance", "low interest"],
        ["replica watches", "luxury bags", "designer brand", "wholesale price", "free shipping"],
        ["essay writing", "assignment help", "plagiarism free", "professional writers", "cheap price"],
        ["crypto investment", "guaranteed profit", "bitcoin trading", "recover lost funds", "expert broker"],
        ["support number", "toll free", "printer offline", "antivirus helpline", "technician"],
        ["escort agency", "call girls", "hot models", "available now", "massage"],
        ["seo services", "backlinks", "rank first", "digital marketing agency", "website traffic"],
        ["packers and movers", "relocation company", "best moving service", "affordable rates", "book today"],
        ["forex signals", "binary options", "double your money", "join our group", "daily income"],
        ["streaming subscription", "watch movies free", "full hd download", "live channels", "no ads"],
    ];

    static readonly string[] Sayings =
    [
        "Are you looking for {0}? {1} is the best choice: {2}, {3}. Visit {5} today!",
        "I was sceptical about {0} until my friend told me of {1}. With {2} and {3} it changed my life. See {5} for more.",
        "Great post! We offer {0}, {1} and {2} to all our clients. {3} guaranteed. Click here: {5}",
        "{0} {1} {2} — order now, limited offer. {3}, {4}. {5}",
        "In my opinion {0} matters a lot. If you need {1} or {2}, contact us at {5} and get {4}.",
        "Thank you for sharing. You can also try {3} from {5}, they have {0} with {4}.",
        "Our company has ten years of experience in {0} and {2}. Get {1} with {4}! More information: {5}",
    ];

    /// <summary>Runs it.</summary>
    public static Task Run(BenchOptions options, string? folder, CancellationToken token)
    {
        var dump = Path.GetFullPath(folder ?? Path.Combine(Repository.Folder, "..", "shared", "data", "beer.stackexchange.com"));
        var (renderer, rules) = (new MarkdownRenderer(), new ForumSettings());
        var profile = new CommunityMarkdown(renderer, rules).Options(MarkdownProfile.Post);
        string[] Words(string title, string body) => [.. SpamRules.Words(new SpamSample { Title = title, Html = renderer.Render(body, profile).Html })];

        var good = GateScenario.Written(dump).Values.Where(post => post.Score >= rules.Abuse.SpamGoodScore && post.Body.Length > 0).OrderBy(post => post.Id)
            .Select((post, i) => (Part: i % Parts, Words: Words(post.Title, post.Body))).ToList();
        var spam = Enumerable.Range(0, Made).Select(i => (Trade: i % Trades.Length, Number: i, Words: Words("", Spam(i)))).ToList();
        token.ThrowIfCancellationRequested();

        var report = new Report("spam");
        report.Table($"{Path.GetFileName(dump)}: {good.Count} good posts, {Made} made-up ones", "trades", "found", "of all spam", "good ones taken for spam", "of all good", "precision");
        foreach (var (name, part) in new (string, Func<(int Trade, int Number, string[] Words), int>)[] { ("known trades", post => post.Number / Trades.Length % Parts), ("unknown trades", post => post.Trade % Parts) })
        {
            var (found, mistaken) = Judge(good, [.. spam.Select(post => (part(post), post.Words))], rules.Abuse);
            report.Row(name, found, spam.Count, mistaken, good.Count, 100.0 * found / Math.Max(1, found + mistaken));
            report.Figure(name + " found", found);
            report.Figure(name + " mistaken", mistaken);
        }

        report.Figure("spam", spam.Count);
        report.Figure("good", good.Count);
        report.Finish(options);
        return Task.CompletedTask;
    }

    static (int Found, int Mistaken) Judge(List<(int Part, string[] Words)> good, List<(int Part, string[] Words)> spam, AbuseSettings rules)
    {
        var (found, mistaken) = (0, 0);
        for (var part = 0; part < Parts; part++)
        {
            var known = new Dictionary<string, SpamWord>(StringComparer.Ordinal);
            foreach (var word in spam.Where(post => post.Part != part).SelectMany(post => post.Words))
                known[word] = known.GetValueOrDefault(word, new SpamWord { Word = word }) is var seen ? seen with { Spam = seen.Spam + 1 } : seen;
            foreach (var word in good.Where(post => post.Part != part).SelectMany(post => post.Words))
                known[word] = known.GetValueOrDefault(word, new SpamWord { Word = word }) is var seen ? seen with { Good = seen.Good + 1 } : seen;
            bool IsSpam(string[] words) => SpamRules.Likelihood(
                words.Where(known.ContainsKey).Select(word => known[word]), spam.Count(post => post.Part != part), good.Count(post => post.Part != part), rules.SpamLeast, rules.SpamLeastGood)
                * 100 >= rules.SpamFlagged;
            found += spam.Count(post => post.Part == part && IsSpam(post.Words));
            mistaken += good.Count(post => post.Part == part && IsSpam(post.Words));
        }

        return (found, mistaken);
    }

    static string Spam(int number)
    {
        var random = new Random(number);
        var trade = (string[])Trades[number % Trades.Length].Clone();
        random.Shuffle(trade);
        var address = string.Create(CultureInfo.InvariantCulture, $"https://{trade[0].Replace(' ', '-')}-{number}.example/offer");
        return string.Format(CultureInfo.InvariantCulture, Sayings[random.Next(Sayings.Length)], [.. trade, address])
            + " " + string.Format(CultureInfo.InvariantCulture, Sayings[random.Next(Sayings.Length)], [.. trade.Reverse(), address]);
    }
}
