namespace Forum.Core.Samples;

/// <summary>
/// The words of a synthetic community, the commonest first: those that any English text is full of, those that programmers
/// use, and very many made-up ones that stand for the rare words by which people find a text again.
/// </summary>
internal static class Vocabulary
{
    private const int Count = 30_000;

    private static readonly string[] Everyday =
        """
        the to a i is in and of it that this for not with on my have but if be you as can do when so or from an am are what how using there get use would
        all like which me at then want need one by trying only some code will has try way just does was any where error problem following no out know
        work because here should more same after first other into now them but than each working help also new two very see without before instead
        could why still even up another they seems about find these every over answer correct different possible example set change way line make run
        right however since while issue thing below above again always never its been had were
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static readonly string[] Trade =
        """
        value function list error file string class table query method server object array request index thread loop key column row type version page
        test build data user name path module package variable pointer memory cache token header response timeout socket stream buffer parser compiler
        template interface library branch commit merge container image network port process signal lock transaction schema migration constraint trigger
        view cursor iterator generator closure callback promise event handler component layout style selector animation encoding character regex pattern
        match group database project application script command output input argument parameter return call result number date time format button form
        field property attribute element node tree graph map dictionary tuple enum struct union macro namespace import export dependency framework
        plugin widget window screen mobile browser client session cookie password login permission role address domain proxy certificate key hash
        signature cipher integer float double boolean byte bit char text line word sentence json xml yaml csv html css markdown log message exception
        stack trace breakpoint debugger profiler benchmark latency throughput queue topic broker worker job scheduler cron task async await future
        channel mutex semaphore deadlock race heap garbage collector reference copy slice range filter reduce sort search join split replace convert
        parse serialize deserialize validate render compile deploy install configure upgrade download upload mount bind listen connect disconnect retry
        fail crash hang leak overflow underflow truncate round scale rotate crop resize model training tensor matrix vector gradient loss epoch batch
        layer kernel driver device interrupt register instruction assembler linker loader shell terminal prompt environment directory folder permission
        symlink archive compression checksum backup restore replica shard partition cluster node region bucket blob endpoint route controller service
        repository entity mapper fixture mock stub assertion coverage pipeline artifact release tag branch rebase stash diff patch conflict hook
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static readonly string[] Verbs =
        """
        read write convert sort compare parse load remove find replace update copy join split count return open close call import render validate merge
        deploy cache serialize debug install configure print store send receive encode decode
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static readonly string[] KnownTags =
        """
        javascript python java c# php android html jquery c++ css sql r node.js arrays c ios reactjs mysql json .net ruby swift django angular regex
        pandas linux bash typescript git string spring multithreading performance sqlite rust go docker async linq kotlin postgresql excel list xml api
        algorithm testing oop unicode asp.net-core flutter vue.js kubernetes amazon-web-services firebase numpy matplotlib dataframe loops function
        dictionary vba powershell tensorflow opencv selenium unit-testing entity-framework wpf winforms xaml hibernate maven gradle npm webpack
        express mongodb redis elasticsearch rabbitmq apache-kafka nginx apache ubuntu windows macos xcode android-studio visual-studio eclipse vim
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static readonly string[] Onsets = ["b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "kr", "l", "m", "n", "p", "pl", "qu", "r", "s", "sc", "st", "t", "tr", "v", "w", "z"];
    private static readonly string[] Nuclei = ["a", "e", "i", "o", "u", "ai", "ea", "io", "ou", "y"];
    private static readonly string[] Codas = ["", "", "", "n", "r", "l", "s", "t", "x", "nd", "rk", "m"];

    private static readonly string[] Words = [.. Everyday.Concat(Trade).Concat(Verbs).Concat(MadeUp()).Distinct(StringComparer.Ordinal).Take(Count)];
    private static readonly Zipf Ranks = new(Words.Length);
    private static readonly Zipf TradeRanks = new(Trade.Length);

    /// <summary>A word of running text.</summary>
    public static string Word(Dice dice) => Words[Ranks.Draw(dice)];

    /// <summary>A thing that programmers talk about.</summary>
    public static string Thing(Dice dice) => Trade[TradeRanks.Draw(dice)];

    /// <summary>A word that few texts have.</summary>
    public static string RareWord(Dice dice) => Words[Words.Length / 10 + dice.Next(Words.Length - Words.Length / 10)];

    /// <summary>What one does to a thing.</summary>
    public static string Verb(Dice dice) => dice.Of(Verbs);

    /// <summary>The names of so many tags, the commonest first.</summary>
    public static string[] Tags(int count) =>
    [
        .. KnownTags
            .Concat(Enumerable.Range(0, int.MaxValue).Select(i => new Dice(i, salt: 2)).Select(dice => dice.Chance(0.4) ? RareWord(dice) : $"{RareWord(dice)}-{Thing(dice)}"))
            .Distinct(StringComparer.Ordinal)
            .Take(count),
    ];

    private static IEnumerable<string> MadeUp()
    {
        for (var i = 0; ; i++)
        {
            var dice = new Dice(i, salt: 1);
            yield return string.Concat(Enumerable.Range(0, 2 + dice.Power(3, 2)).Select(_ => dice.Of(Onsets) + dice.Of(Nuclei))) + dice.Of(Codas);
        }
    }
}
