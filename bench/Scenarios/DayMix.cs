using Forum.Bench.Load;
using Forum.Bench.Site;

namespace Forum.Bench.Scenarios;

/// <summary>What people do on a site all day, one request after the other. Asked from many threads; the same request has the same number.</summary>
sealed class DayMix
{
    /// <summary>Its kinds, with their share of the requests in percent and the p99 they must stay under, in milliseconds.</summary>
    public static readonly (string Name, int Percent, double Most)[] Kinds =
    [
        ("question", 75, PageLimit), ("home", 10, PageLimit), ("tag", 8, PageLimit), ("search", 4, SearchLimit), ("user", 2, PageLimit), ("write", 1, PageLimit),
    ];

    const double PageLimit = 23;
    const double SearchLimit = 100;
    const int MostQuestions = 100_000;
    const double SignedIn = 0.3;

    readonly IReadOnlyList<Member> members;
    readonly Community community;
    readonly Writing writing;
    readonly string[] addresses;
    readonly Zipf questions;
    readonly Zipf tags;
    readonly Zipf users;

    /// <summary>The mix of a community.</summary>
    public DayMix(Community community, IReadOnlyList<Member> members, Writing writing)
    {
        (this.community, this.members, this.writing) = (community, members, writing);
        var read = community.Questions.Take(MostQuestions).ToArray();
        community.Know(read);
        addresses = [.. read.Select(community.Address)];
        (questions, tags, users) = (new Zipf(read.Length), new Zipf(community.Tags.Length), new Zipf(community.Users.Length));
    }

    /// <summary>The request of a number.</summary>
    public Planned Next(int number)
    {
        var random = new Random(number);
        var kind = 0;
        for (var percent = random.Next(100); percent >= Kinds[kind].Percent; kind++)
            percent -= Kinds[kind].Percent;
        if (Kinds[kind].Name == "write")
            return Write(kind, random);

        var path = Kinds[kind].Name switch
        {
            "question" => addresses[questions.Next(random)],
            "home" => "/",
            "tag" => Community.Address(community.Tags[tags.Next(random)]),
            "user" => Community.Address(community.Users[users.Next(random)]),
            _ => PageTargets.Search(Query(random)),
        };
        return new Planned(kind, Target.Get(path, random.NextDouble() < SignedIn ? members[random.Next(members.Count)].Cookie : null));
    }

    // Mostly something known to be there, often within a tag, now and then nearly anything.
    string Query(Random random)
    {
        var words = PageTargets.Words(community.Title(community.Questions[questions.Next(random)]));
        return random.Next(10) switch
        {
            < 6 => words,
            < 9 => $"[{community.Tags[tags.Next(random)]}] {words.Split(' ')[0]}",
            _ => words.Split(' ')[0],
        };
    }

    Planned Write(int kind, Random random) => random.Next(20) switch
    {
        < 14 => new Planned(kind, writing.Vote()),
        < 18 => new Planned(kind, writing.Comment()),
        < 19 => new Planned(kind, writing.Answer(), 302),
        _ => new Planned(kind, writing.Ask(), 302),
    };
}
