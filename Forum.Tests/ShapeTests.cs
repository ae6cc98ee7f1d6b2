using System.Reflection;
using System.Text.RegularExpressions;
using Forum.Core;
using Forum.Core.Pipeline;
using MediatR;

namespace Forum.Tests;

/// <summary>The few conventions a compiler cannot hold.</summary>
public sealed partial class ShapeTests
{
    private static readonly Type[] Core = typeof(CoreModule).Assembly.GetTypes();

    [Test]
    public void Each_request_nests_one_handler()
    {
        var odd = Core
            .Where(t => typeof(IBaseRequest).IsAssignableFrom(t) && t is { IsAbstract: false, IsInterface: false })
            .Where(t => t.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).Count(n => n.Name == "Handler") != 1)
            .Select(t => t.Name);

        Assert.That(odd, Is.Empty);
    }

    [Test]
    public void Rules_touch_neither_the_database_nor_a_clock()
    {
        var odd =
            from type in Core
            where type.Name.EndsWith("Rules", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true }
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            from parameter in method.GetParameters()
            where parameter.ParameterType.Name is "Db" or "TimeProvider"
            select $"{type.Name}.{method.Name}";

        Assert.That(odd, Is.Empty);
    }

    [Test]
    public void Core_knows_no_web_and_no_driver()
    {
        var names = typeof(CoreModule).Assembly.GetReferencedAssemblies().Select(a => a.Name!);

        Assert.That(names.Where(n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || n is "Dapper" or "Microsoft.Data.Sqlite"), Is.Empty);
    }

    [Test]
    public void Nothing_is_called_service_manager_or_helper()
    {
        var odd = Core.Where(t => BadName().IsMatch(t.Name)).Select(t => t.FullName);

        Assert.That(odd, Is.Empty);
    }

    [Test]
    public void Commands_that_anybody_may_send_are_few_and_known()
    {
        var open = Core
            .Where(t => typeof(ICommand).IsAssignableFrom(t) && t.GetCustomAttribute<ForAttribute>()?.Who == Who.Anyone)
            .Select(t => t.Name);

        // Accounts begin before anybody is signed in; the rest is the console's and the background's.
        Assert.That(open, Is.SubsetOf(
            new[]
            {
                "RegisterAccount", "RegisterFirstAdministrator", "UpdateAccount", "CountFailedSignIn", "NoteVisit", "KeepProtectionKey",
                "MakeSample", "RecalculateReputation", "SettleBounty", "AwardAllBadges", "AwardAllTagBadges", "EndLock", "EndNotice", "ClearAway", "BringUp", "TakeAccountOut", "ForgetAddresses", "PurgeAccount",
                "AgeFlag", "SettleFlags", "RaiseNotice", "FinishEditing", "EndTasks", "KeepAudits", "HoldForReview", "SpringTrap",
                // Also for those who are suspended: reading what one was told, and how. The handlers ask who it is.
                "AnswerModerators", "AcknowledgeWarning", "MarkRead", "OpenNotice", "LeaveForum", "KeepMyAccount", "ChooseAppearance", "RenderStale", "LapseVotesOn", "CountHeldVote",
                // Strangers may where the settings say so; the handler asks.
                "SuggestEdit",
            }));
    }

    [Test]
    public void Commands_note_what_pages_show_otherwise_afterwards()
    {
        // What is written without an event stays on kept pages until they expire.
        var silent = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LookAtConnections"] = "seen by moderators alone",
            ["Annotate"] = "seen by moderators alone",
            ["ForgetAddresses"] = "no page shows it",
            ["KeepNote"] = "seen by moderators alone",
            ["SettleThread"] = "seen by moderators alone",
            ["AcknowledgeWarning"] = "seen by who was warned and moderators alone",
            ["DropRedaction"] = "seen by moderators alone",
            ["LookAtRedacted"] = "seen by moderators alone",
            ["RestoreAnswer"] = "noted where it is shared with making comments answers",
            ["ReturnComment"] = "noted where it is shared with making comments answers",
            ["ReviewSuggestedEdit"] = "noted where it is shared with the queue",
            ["ImproveSuggestedEdit"] = "noted where it is shared with the queue",
            ["FollowPost"] = "seen by who follows alone",
            ["UnfollowPost"] = "seen by who follows alone",
            ["UnsavePost"] = "seen by who saved alone",
            ["WatchTags"] = "seen by who watches alone",
            ["UnwatchTag"] = "seen by who watched alone",
            ["HideIgnored"] = "seen by who ignores alone",
            ["SaveFilter"] = "seen by who saved alone",
            ["DeleteFilter"] = "seen by who saved alone",
            ["ChooseNextBadge"] = "seen by who chose alone",
            ["MarkRead"] = "an inbox is its owner's",
            ["OpenNotice"] = "an inbox is its owner's",
            ["SpringTrap"] = "seen by moderators alone",
            ["ClaimFlags"] = "moderators' list is never kept",
            ["ReleaseFlags"] = "moderators' list is never kept",
            ["ChooseAppearance"] = "a stranger's choice is in a cookie",
            ["SetPassword"] = "no page shows it",
            ["UpdateAccount"] = "no page shows it",
            ["CountFailedSignIn"] = "no page shows it",
            ["KeepProtectionKey"] = "no page shows it",
            ["MakeSample"] = "before the site is served",
        };

        var forgotten =
            from type in Core
            where typeof(ICommand).IsAssignableFrom(type) && type is { IsAbstract: false, IsInterface: false }
            where !silent.ContainsKey(type.Name)
            let handler = type.GetNestedType("Handler", BindingFlags.NonPublic | BindingFlags.Public)
            where !handler.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => p.ParameterType == typeof(Happened))
            select type.Name;

        Assert.That(forgotten, Is.Empty);
        Assert.That(silent.Keys, Is.SubsetOf(Core.Where(t => typeof(ICommand).IsAssignableFrom(t)).Select(t => t.Name)));
    }

    [Test]
    public void What_moderators_and_administrators_do_is_logged()
    {
        var unlogged = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ClaimFlags"] = "decides nothing, and ends by itself",
            ["ReleaseFlags"] = "decides nothing",
            ["CloseAsBefore"] = "Closings logs it",
        };

        var forgotten =
            from type in Core
            where typeof(ICommand).IsAssignableFrom(type) && type.GetCustomAttribute<ForAttribute>()?.Who is Who.Moderator or Who.Administrator
            let handler = type.GetNestedType("Handler", BindingFlags.NonPublic | BindingFlags.Public)
            where !handler.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => p.ParameterType == typeof(Forum.Core.Moderation.ModerationLog))
            select type.Name;

        Assert.That(forgotten, Is.EquivalentTo(unlogged.Keys));
    }

    [Test]
    public void Every_event_says_which_pages_it_changes() =>
        Assert.That(Core.Where(t => typeof(INotification).IsAssignableFrom(t) && t is { IsAbstract: false } && !typeof(IChangePages).IsAssignableFrom(t)), Is.Empty);

    [Test]
    public void Who_writes_without_a_command_is_known()
    {
        var core = Path.Combine(Path.GetDirectoryName(typeof(ShapeTests).Assembly.Location)!, "..", "..", "..", "..", "Forum.Core");
        var known = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Happened.cs"] = "writes the events themselves",
            ["InTransaction.cs"] = "runs the commands",
            ["RenderStale.cs"] = "announces TextsRendered",
            ["RecalculateReputation.cs"] = "announces ReputationsRecalculated",
            ["AwardBadges.cs"] = "notes BadgeAwarded and BadgeLost",
            ["AwardAllBadges.cs"] = "announces BadgesRecomputed",
            ["BadgeLedger.cs"] = "makes rows of badges that nobody holds yet",
            ["ReverseSerialVotes.cs"] = "notes VotesCancelled and the retraction of each vote",
            ["Jobs.cs"] = "what recurring work remembers is on no page",
            ["Housekeeping.cs"] = "what it throws away is on no page",
            ["MergeSearchIndex.cs"] = "finds the same before and after",
            ["ReadEvents.cs"] = "keeps how far it has come",
            ["ApplyTagMerges.cs"] = "notes QuestionsRetagged and what becomes of badges",
            ["CountRelatedTags.cs"] = "announces RelatedTagsCounted",
            ["Screen.cs"] = "counts on a page of moderators, which is never kept",
            ["RegisterAccount.cs"] = "counts on a page of moderators, which is never kept",
            ["HoldForReview.cs"] = "no page of tasks is kept",
            ["LearnSpam.cs"] = "what is learned is on no page",
            ["ClearTags.cs"] = "notes QuestionsRetagged",
            ["RelatedQuestions.cs"] = "related questions may lag until a page expires",
            ["TagScores.cs"] = "scores by tag may lag until a page expires",
            ["TellPeople.cs"] = "an inbox is its owner's",
            ["OpenReviews.cs"] = "no page of tasks is kept; an inbox is its owner's",
            ["TellOfFlags.cs"] = "an inbox is its owner's",
            ["TellOfMerges.cs"] = "an inbox is its owner's",
            ["ClearAway.cs"] = "an inbox is its owner's",
            ["ProtectByItself.cs"] = "notes ProtectionChanged",
            ["TellOfBounties.cs"] = "an inbox is its owner's",
            ["TellOfClosing.cs"] = "an inbox is its owner's",
            ["ModeratorMessages.cs"] = "an inbox is its owner's",
            ["TellOfReputation.cs"] = "an inbox is its owner's",
            ["CountLeaders.cs"] = "announces LeadersCounted",
            ["RankQuestions.cs"] = "announces QuestionsRanked; how often a question is linked to may lag",
            ["CountStatistics.cs"] = "figures may lag until a page expires",
            ["CountVotePairs.cs"] = "seen by moderators alone",
            ["SightAddresses.cs"] = "seen by moderators alone",
            ["CreditWiki.cs"] = "announces WikiCredited",
            ["ViewCounter.cs"] = "views may lag until a page expires",
            ["ImportStackExchange.cs"] = "never beside a server",
            ["BeginImport.cs"] = "never beside a server",
            ["FinishImport.cs"] = "never beside a server",
            ["ImportRun.cs"] = "never beside a server",
        };

        var writers = Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            .Where(file => Writing().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetFileName(file));

        Assert.That(writers, Is.SubsetOf(known.Keys));
    }

    [GeneratedRegex(@"\.(?:InTransaction|InShortTransactions)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Writing();

    [GeneratedRegex("(?:Service|Manager|Helper|Util|Utils|Dto|Impl|Base)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BadName();
}
