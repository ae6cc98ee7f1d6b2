using System.Text.RegularExpressions;
using Forum.Core.Flags;
using Forum.Tests.Support;
using Forum.Web.Languages;
using Forum.Web.Pages.Moderation;

namespace Forum.Tests.Moderation;

/// <summary>The log says what was there before and after in words, not as it keeps it (docs/rules/audit.md).</summary>
public sealed partial class ActWordsTests
{
    [Test]
    public void Every_field_that_is_recorded_anywhere_has_words_in_both_languages()
    {
        var fields = Recorded();
        Assert.That(fields, Has.Count.GreaterThan(40).And.Contain("Reason").And.Contain("Until").And.Contain("IsRequired").And.Contain("PostId"));

        Assert.That(fields.Where(field => !Words.Table("en").ContainsKey(ActWords.Key(field))), Is.Empty);
        Assert.That(fields.Where(field => !Words.Table("zh-Hans").ContainsKey(ActWords.Key(field))), Is.Empty);
    }

    [Test]
    public void Everything_that_the_site_notices_has_words() =>
        Assert.That(Notices.All.Where(notice => !Words.Table("en").ContainsKey("flags.noticed-" + notice)), Is.Empty);

    [TestCase("close", """{"Reason":"needs-focus","Targets":[],"Hammer":null,"Vote":7,"Round":1,"Votes":3,"Chained":[]}""", "Reason: Needs more focus|Vote: #7|Round of votes: 1|Votes: 3")]
    [TestCase("close", """{"Reason":"duplicate","Targets":[4,5],"Hammer":"c#","Chained":[6]}""", "Reason: Duplicate|Originals: #4 #5|Gold badge for: c#|Duplicates that now lead to its original: #6")]
    [TestCase("flag", """{"State":0,"Kind":1,"Post":3,"Comment":null,"Reason":""}""", "State of the flag: waiting|Kind: Spam|Post: #3")]
    [TestCase("flag", """{"State":0,"Kind":5,"Post":3,"Reason":"opinion-based"}""", "State of the flag: waiting|Kind: Should be closed|Post: #3|Reason: It asks for opinions")]
    [TestCase("flag", """{"State":0,"Kind":21,"Post":3,"Reason":"blocked-text"}""", "State of the flag: waiting|Kind: Noticed by the site|Post: #3|Reason: A blocked text was found in it.")]
    [TestCase("flag-helpful", """{"State":1}""", "State of the flag: helpful")]
    [TestCase("lock", """{"Kind":4,"Until":null}""", "Kind: Historical significance")]
    [TestCase("lock", """{"Kind":1,"Until":0}""", "Kind: Content dispute|Until: 1970-01-01 00:00:00Z")]
    [TestCase("place-notice", """{"Kind":2,"Until":0}""", "Kind: Current event|Until: 1970-01-01 00:00:00Z")]
    [TestCase("block-text", """{"Kind":1,"Action":2}""", "Kind: Domain|What happens: Hold for review")]
    [TestCase("review", """{"Task":9,"Queue":3,"Outcome":5,"Right":true}""", "Review: #9|Queue: Late answers|Outcome: deletion recommended|Test passed: yes")]
    [TestCase("delete", """{"Deletion":5,"Vote":null,"Round":1,"Votes":0}""", "Deleted by: as spam or abuse|Round of votes: 1|Votes: 0")]
    [TestCase("suspend", """{"SuspensionId":1,"Days":7,"Until":"1970-01-08T00:00:00+00:00","MessageId":2,"Template":"rude"}""", "Suspension: #1|Days: 7|Until: 1970-01-08 00:00:00Z|Message: #2|Template: Rudeness")]
    [TestCase("change-role", """{"IsModerator":true,"IsAdministrator":false}""", "Moderator: yes|Administrator: no")]
    [TestCase("redact", """{"Redaction":1,"Revisions":[1,2]}""", "Hiding: #1|Revisions: 1 2")]
    [TestCase("change-setting", """{"Key":"Limits:Mentions","Value":"4"}""", "Setting: People called by name in a comment (Limits:Mentions)|Value: as configured → becomes 4")]
    [TestCase("delete-synonym", """{"Tag":"files","Synonym":"file","IsApproved":1}""", "Tag: files|Synonym: file|Approved: yes")]
    [TestCase("convert-comment", """{"Answer":5,"PostId":3,"Question":1}""", "Answer: #5|Post: #3|Question: #1")]
    public async Task A_line_says_in_words_what_is_there_since(string action, string after, string said)
    {
        await using var site = new TestSite();
        var moderator = await site.Forum.Make.User(moderator: true);
        await site.Forum.Write(
            "insert into moderation_acts (action, actor_id, subject_kind, subject_id, at, after) values (@action, @moderator, 1, 1, 0, @after)", new { action, moderator, after });
        using var english = await site.SignedInAs(moderator);
        using var chinese = await site.SignedInAs(moderator, "zh-CN");

        Assert.That(Said(await english.Get("/mod/log")), Is.EqualTo(said));
        // What is left in Latin letters are names of tags and keys of settings.
        var translated = Said(await chinese.Get("/mod/log"));
        Assert.That(Latin().Matches(translated).Select(match => match.Value).Except(["files", "file", "Limits", "Mentions"]), Is.Empty, translated);
    }

    private static string Said(SitePage page) => string.Join(
        '|', page.Document.QuerySelectorAll(".f-changes dt").Select(what => $"{what.TextContent}: {Blanks().Replace(what.NextElementSibling!.TextContent, " ").Trim()}"));

    // The names in what acts keep of before and after, as the code writes them.
    private static List<string> Recorded()
    {
        var core = Path.Combine(Path.GetDirectoryName(typeof(ActWordsTests).Assembly.Location)!, "..", "..", "..", "..", "Forum.Core");
        return
        [
            .. (from file in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
                from Match details in Details().Matches(File.ReadAllText(file))
                from field in details.Groups["fields"].Value.Split(',')
                select field.Split('=')[0].Split('.')[^1].Trim()).Distinct(StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex(@"\b(Before|After) = [^{};]{0,60}?new \{(?<fields>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Details();

    [GeneratedRegex("[A-Za-z]{2,}", RegexOptions.None, 1000)]
    private static partial Regex Latin();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
