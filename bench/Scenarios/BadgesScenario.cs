using System.Globalization;
using System.Xml;
using Forum.Bench.Measure;
using Forum.Bench.Site;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Scenarios;

/// <summary>
/// <c>badges</c>: a dump without its Badges.xml is imported, everybody gets what they earned, and that is compared with the Badges.xml,
/// for each person and badge by how often.
/// </summary>
static class BadgesScenario
{
    /// <summary>Badges that no dump has the data for, with what it lacks. What neither side can know is in no sum.</summary>
    static readonly Dictionary<string, string> Unknowable = new(StringComparer.Ordinal)
    {
        ["Suffrage"] = NamedVotes,
        ["Vox Populi"] = NamedVotes,
        ["Electorate"] = NamedVotes,
        ["Sportsmanship"] = NamedVotes,
        ["Enthusiast"] = "visits",
        ["Fanatic"] = "visits",
        ["Informed"] = "who read the tour",
        ["Peer Pressure"] = DeletedPosts,
        ["Disciplined"] = DeletedPosts,
        ["Citizen Patrol"] = Flags,
        ["Deputy"] = Flags,
        ["Marshal"] = Flags,
        ["Custodian"] = Reviews,
        ["Reviewer"] = Reviews,
        ["Steward"] = Reviews,
        ["Proofreader"] = Reviews,
        ["Taxonomist"] = "who created a tag",
        ["Synonymizer"] = "synonyms of tags",
        ["Announcer"] = SharedLinks,
        ["Booster"] = SharedLinks,
        ["Publicist"] = SharedLinks,
        ["Quorum"] = OtherSites,
        ["Convention"] = OtherSites,
        ["Talkative"] = OtherSites,
        ["Outspoken"] = OtherSites,
        ["Precognitive"] = OtherSites,
        ["Beta"] = OtherSites,
        ["Census"] = OtherSites,
        ["Caucus"] = Elections,
        ["Constituent"] = Elections,
        ["Constable"] = Elections,
        ["Sheriff"] = Elections,
        ["Tumbleweed"] = "views of one week; retired",
        ["Lifejacket"] = "badges from before 2019, when it was made",
        ["Lifeboat"] = "badges from before 2019, when it was made",
        ["Analytical"] = "who read the help; retired",
        ["Tag Editor"] = NotHere,
        ["Research Assistant"] = NotHere,
        ["Cleanup"] = "what a rollback led back to",
    };

    const string NamedVotes = "who voted";
    const string DeletedPosts = "deleted posts";
    const string Flags = "flags";
    const string Reviews = "reviews";
    const string SharedLinks = "visits by shared links";
    const string OtherSites = "what happened on other sites";
    const string Elections = "elections and moderators";
    const string NotHere = "it, but the feature is not here yet";

    /// <summary>Runs it.</summary>
    public static async Task Run(BenchOptions options, string? folder, CancellationToken token)
    {
        var dump = Path.GetFullPath(folder ?? Path.Combine(Repository.Folder, "..", "shared", "data", "beer.stackexchange.com"));
        var badges = Path.Combine(dump, "Badges.xml");
        if (!File.Exists(badges))
            throw new WrongUseException($"There is no {badges}: name a dump's folder, 'badges <folder>'.");

        var work = Directory.CreateTempSubdirectory("forum-badges-").FullName;
        try
        {
            var (without, database) = (Path.Combine(work, Path.GetFileName(dump)), Path.Combine(work, "forum.db"));
            Directory.CreateDirectory(without);
            foreach (var file in Directory.EnumerateFiles(dump).Where(file => !Path.GetFileName(file).StartsWith("Badges.", StringComparison.Ordinal)))
                File.CreateSymbolicLink(Path.Combine(without, Path.GetFileName(file)), file);

            BenchOptions.Tell("Importing without the badges");
            await ForumSite.Run(options, ["import", "stackexchange", without, "--database", database], isQuiet: true, token);
            BenchOptions.Tell("Awarding");
            await ForumSite.Run(options, ["badges", "award", "--all", "--database", database], isQuiet: true, token);
            Report(Theirs(badges), Ours(database), Path.GetFileName(dump), options);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(work, recursive: true);
        }
    }

    static void Report(Dictionary<(string Badge, long User), int> theirs, Dictionary<(string Badge, long User), int> ours, string name, BenchOptions options)
    {
        var rows = theirs.Keys.Union(ours.Keys)
            .GroupBy(key => key.Badge, StringComparer.Ordinal)
            .Select(badge =>
            {
                var both = badge.Sum(key => Math.Min(theirs.GetValueOrDefault(key), ours.GetValueOrDefault(key)));
                return (Badge: badge.Key, Both: both, Ours: badge.Sum(key => ours.GetValueOrDefault(key)) - both, Theirs: badge.Sum(key => theirs.GetValueOrDefault(key)) - both);
            })
            .OrderByDescending(row => row.Both + row.Ours + row.Theirs).ThenBy(row => row.Badge, StringComparer.Ordinal)
            .ToList();

        var report = new Report("badges");
        var known = rows.Where(row => !Unknowable.ContainsKey(row.Badge)).ToList();
        report.Table($"{name}: badges whose data a dump has", "badge", "both", "only ours", "only theirs", "agree");
        foreach (var row in known)
            report.Row(row.Badge, row.Both, row.Ours, row.Theirs, Share(row.Both, row.Ours, row.Theirs));
        report.Table("badges whose data a dump lacks", "badge", "both", "only ours", "only theirs");
        foreach (var row in rows.Except(known))
            report.Row($"{row.Badge}: {Unknowable[row.Badge]}", row.Both, row.Ours, row.Theirs);

        var (both, onlyOurs, onlyTheirs) = (known.Sum(row => row.Both), known.Sum(row => row.Ours), known.Sum(row => row.Theirs));
        report.Figure("agree", Share(both, onlyOurs, onlyTheirs));
        report.Figure("both", both);
        report.Figure("ours", onlyOurs);
        report.Figure("theirs", onlyTheirs);
        report.Finish(options);
    }

    static double Share(int both, int ours, int theirs) => both + ours + theirs == 0 ? 1 : (double)both / (both + ours + theirs);

    static Dictionary<(string Badge, long User), int> Theirs(string file)
    {
        var held = new Dictionary<(string, long), int>();
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Name == "row")
                Add(held, reader.GetAttribute("Name")!, long.Parse(reader.GetAttribute("UserId")!, CultureInfo.InvariantCulture));
        }

        return held;
    }

    static Dictionary<(string Badge, long User), int> Ours(string database)
    {
        var held = new Dictionary<(string, long), int>();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select b.name, h.user_id from user_badges h join badges b on b.id = h.badge_id";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            Add(held, reader.GetString(0), reader.GetInt64(1));
        return held;
    }

    static void Add(Dictionary<(string, long), int> held, string badge, long user) => held[(badge, user)] = held.GetValueOrDefault((badge, user)) + 1;
}
