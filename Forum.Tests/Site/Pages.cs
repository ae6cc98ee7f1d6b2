using System.Globalization;
using Forum.Core.Samples;
using Forum.Core.Tags;
using Forum.Tests.Support;

namespace Forum.Tests.Site;

/// <summary>
/// Every page of the site with an address at which it can be seen in the sample community. The standing tests walk this list;
/// a page that is missing here fails <see cref="StandingTests.Every_page_is_listed"/>.
/// </summary>
/// <param name="Name">The Razor page.</param>
/// <param name="Address">Where it is seen.</param>
/// <param name="By">Who sees it.</param>
public sealed record ListedPage(string Name, Func<Community, string> Address, Viewer By = Viewer.Anyone)
{
    /// <summary>Pages whose GET shows no page of its own, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> WithoutView { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/Preview"] = "answers a posted text with HTML; a GET is 404",
        ["/Account/FirstAdministrator"] = "opens with a link that is printed once, while there is no administrator",
        ["/Comments/Show"] = "redirects to the post",
        ["/Inbox/Open"] = "redirects to what the notice is about",
        ["/Suggestions/Newest"] = "redirects to the suggested edit",
        ["/Search/Similar"] = "a fragment for a script",
        ["/Voting/Post"] = "a GET redirects to the post",
        ["/Voting/Comment"] = "a GET redirects to the comment",
        ["/Voting/Accept"] = "a GET redirects to the answer",
        ["/Badges/Next"] = "a GET redirects to the profile, where the form is",
        ["/Tags/Card"] = "a fragment for a script",
        ["/Tags/Complete"] = "a fragment for a script",
    };

    /// <summary>All the others.</summary>
    public static IReadOnlyList<ListedPage> All { get; } =
    [
        new("/Index", _ => "/"),
        new("/Questions/Index", _ => "/questions"),
        new("/Questions/Index", _ => "/questions?tab=unanswered"),
        new("/Questions/Index", _ => "/questions?tab=hot"),
        new("/Questions/Index", _ => "/questions?tab=no-answers"),
        new("/Questions/Index", _ => "/questions?tab=frequent"),
        new("/Questions/Index", _ => "/questions?tab=my-tags", Viewer.Member),
        new("/Questions/Index", _ => "/questions?tab=filter&unanswered=yes&days=30&tagged=c%23&sort=score"),
        new("/Questions/Filter", _ => "/filters/save?mine=yes", Viewer.Member),
        new("/Questions/Show", c => $"/questions/{c.Question}/{c.Slug}"),
        new("/Questions/Linked", c => $"/questions/linked/{c.Question}"),
        new("/Questions/Tagged", c => $"/questions/tagged/{c.Tag}"),
        new("/Questions/Ask", _ => "/questions/ask", Viewer.Member),
        new("/Questions/Index", _ => "/questions?tab=bountied"),
        new("/Questions/Show", c => $"/questions/{c.Bountied}/{c.BountiedSlug}"),
        new("/Bounties/Start", c => $"/questions/{c.Question}/bounty", Viewer.Member),
        new("/Bounties/Start", c => $"/questions/{c.Bountied}/bounty", Viewer.Member),
        new("/Bounties/Award", c => $"/answers/{c.BountiedAnswer}/bounty", Viewer.Member),
        new("/Bounties/Refund", c => $"/questions/{c.Bountied}/bounty/refund", Viewer.Moderator),
        new("/Tags/Index", _ => "/tags"),
        new("/Tags/TopUsers", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/topusers"),
        new("/Tags/Info", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/info"),
        new("/Tags/Info", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/info", Viewer.Moderator),
        new("/Tags/Info", _ => "/tags/leaving/info"),
        new("/Tags/Edit", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/edit", Viewer.Moderator),
        new("/Tags/Edit", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/edit?part=wiki", Viewer.Moderator),
        new("/Tags/Edit", c => $"/tags/{Uri.EscapeDataString(c.OtherTag)}/edit", Viewer.Newcomer),
        new("/Tags/Synonyms", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/synonyms"),
        new("/Tags/Synonyms", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/synonyms", Viewer.Moderator),
        new("/Tags/AllSynonyms", _ => "/tags/synonyms"),
        new("/Tags/AllSynonyms", _ => "/tags/synonyms?tab=proposed", Viewer.Moderator),
        new("/Tags/Merge", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/merge", Viewer.Moderator),
        new("/Tags/Merge", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/merge?to={Uri.EscapeDataString(c.OtherTag)}", Viewer.Moderator),
        new("/Tags/Merge", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/merge?to={Uri.EscapeDataString(c.Tag)}", Viewer.Moderator),
        new("/Tags/Merge", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/rename?to=something-else", Viewer.Moderator),
        new("/Tags/Rules", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/rules", Viewer.Moderator),
        new("/Tags/Rules", _ => "/tags/no-such-tag-yet/rules", Viewer.Moderator),
        new("/Posts/Revisions", c => $"/posts/{c.TagExcerpt}/revisions"),
        new("/Posts/Timeline", c => $"/posts/{c.TagExcerpt}/timeline"),
        new("/Posts/Rollback", c => $"/posts/{c.TagExcerpt}/revisions/1/rollback", Viewer.Moderator),
        new("/Suggestions/Show", c => $"/suggested-edits/{c.TagSuggestion}", Viewer.Moderator),
        new("/Suggestions/Improve", c => $"/suggested-edits/{c.TagSuggestion}/improve", Viewer.Moderator),
        new("/Admin/Rules", _ => "/admin/rules/tags", Viewer.Administrator),
        new("/Tags/Watch", c => $"/tags/{Uri.EscapeDataString(c.Tag)}/watch", Viewer.Member),
        new("/Settings/Tags", _ => "/settings/tags", Viewer.Member),
        new("/Posts/Wiki", c => $"/posts/{c.Answer}/wiki", Viewer.Moderator),
        new("/Answers/Post", c => $"/posts/{c.Question}/answer", Viewer.Member),
        new("/Comments/Index", c => $"/posts/{c.Question}/comments", Viewer.Member),
        new("/Comments/Edit", c => $"/comments/{c.Comment}/edit", Viewer.Moderator),
        new("/Comments/Delete", c => $"/comments/{c.Comment}/delete", Viewer.Moderator),
        new("/Posts/Edit", c => $"/posts/{c.Question}/edit", Viewer.Moderator),
        new("/Posts/Revisions", c => $"/posts/{c.Question}/revisions"),
        new("/Posts/Revisions", c => $"/posts/{c.Question}/revisions?view=side-by-side"),
        new("/Posts/Revisions", c => $"/posts/{c.Question}/revisions?view=source"),
        new("/Posts/Rollback", c => $"/posts/{c.Question}/revisions/1/rollback", Viewer.Moderator),
        new("/Suggestions/Index", _ => "/review/suggested-edits?tag=no-such-tag", Viewer.Moderator),
        new("/Suggestions/Task", c => $"/review/suggested-edits/{c.EditTicket}", Viewer.Moderator),
        new("/Suggestions/Task", c => $"/review/suggested-edits/{c.FailedTicket}", Viewer.Member),
        new("/Suggestions/ImproveTask", c => $"/review/suggested-edits/{c.EditTicket}/improve", Viewer.Moderator),
        new("/Suggestions/Show", c => $"/suggested-edits/{c.Suggestion}", Viewer.Moderator),
        new("/Suggestions/Improve", c => $"/suggested-edits/{c.Suggestion}/improve", Viewer.Moderator),
        new("/Posts/Timeline", c => $"/posts/{c.Question}/timeline"),
        new("/Posts/Delete", c => $"/posts/{c.Answer}/delete", Viewer.Moderator),
        new("/Posts/Undelete", c => $"/posts/{c.Deleted}/undelete", Viewer.Moderator),
        new("/Flags/Post", c => $"/posts/{c.Question}/flag", Viewer.Member),
        new("/Flags/Post", c => $"/posts/{c.Answer}/flag", Viewer.Newcomer),
        new("/Flags/Comment", c => $"/comments/{c.Comment}/flag", Viewer.Member),
        new("/Flags/Index", c => $"/users/{c.Member}/flags", Viewer.Member),
        new("/Flags/Index", c => $"/users/{c.Member}/flags", Viewer.Moderator),
        new("/Flags/ClearSpam", c => $"/posts/{c.Spam}/clear-spam", Viewer.Moderator),
        new("/Reviews/Index", _ => "/review"),
        new("/Reviews/Queue", _ => "/review/late-answers?tag=no-such-tag", Viewer.Moderator),
        new("/Reviews/Task", c => $"/review/first-questions/{c.FirstQuestion}", Viewer.Moderator),
        new("/Reviews/Task", c => $"/review/low-quality/{c.LowQuality}", Viewer.Moderator),
        new("/Reviews/Task", c => $"/review/first-answers/{c.Reviewed}"),
        new("/Reviews/Task", c => $"/review/first-questions/{c.Failed}", Viewer.Member),
        new("/Reviews/History", _ => "/review/first-answers/history"),
        new("/Reviews/History", _ => "/review/suggested-edits/history"),
        new("/Reviews/Feedback", c => $"/posts/{c.WithFeedback}/feedback", Viewer.Member),
        new("/Reviews/Reviewer", c => $"/users/{c.Member}/reviews", Viewer.Member),
        new("/Reviews/Reviewer", c => $"/users/{c.Member}/reviews", Viewer.Moderator),
        new("/Closing/Close", c => $"/posts/{c.Question}/close", Viewer.Moderator),
        new("/Closing/Reopen", c => $"/posts/{c.Closed}/reopen", Viewer.Moderator),
        new("/Closing/Originals", c => $"/posts/{c.Closed}/originals", Viewer.Moderator),
        new("/Closing/Confirm", c => $"/posts/{c.Question}/duplicate", Viewer.Member),
        new("/Closing/Protect", c => $"/posts/{c.Question}/protect", Viewer.Moderator),
        new("/Abuse/Blocked", _ => "/admin/blocked", Viewer.Moderator),
        new("/Abuse/Blocked", _ => "/admin/blocked?kind=3", Viewer.Administrator),
        new("/Closing/SiteReasons", _ => "/admin/close-reasons", Viewer.Administrator),
        new("/Questions/Show", c => $"/questions/{c.Closed}/is-this-question-closed-in-the-meantime", Viewer.Moderator),
        new("/Questions/Show", c => $"/questions/{c.Closed}/is-this-question-closed-in-the-meantime", Viewer.Member),
        new("/Saves/Index", _ => "/saves", Viewer.Member),
        new("/Saves/Save", c => $"/posts/{c.Question}/save", Viewer.Member),
        new("/Saves/Follow", c => $"/posts/{c.Question}/follow", Viewer.Member),
        new("/Inbox/Index", _ => "/inbox", Viewer.Member),
        new("/Account/Register", _ => "/account/register", Viewer.Stranger),
        new("/Account/SignIn", _ => "/account/sign-in", Viewer.Stranger),
        new("/Account/SignOut", _ => "/account/sign-out", Viewer.Member),
        new("/Account/ChangePassword", _ => "/account/change-password", Viewer.Member),
        new("/Settings/Appearance", _ => "/settings/appearance"),
        new("/Help/Text", _ => "/help"),
        new("/Help/Text", _ => "/help/formatting"),
        new("/Help/Text", _ => "/about"),
        new("/Help/Text", _ => "/terms"),
        new("/Help/Text", _ => "/privacy"),
        new("/Help/Text", _ => "/contact"),
        new("/Help/Privileges", _ => "/help/privileges", Viewer.Member),
        new("/Help/Reputation", _ => "/help/reputation"),
        new("/Search/Index", _ => "/search?q=file"),
        new("/Search/Index", _ => "/search"),
        new("/Search/Index", _ => "/search?q=file+deleted:all+score:many"),
        new("/Search/Advanced", _ => "/search/advanced"),
        new("/Badges/Index", _ => "/badges"),
        new("/Badges/Index", _ => "/badges?tab=tags"),
        new("/Badges/Show", c => $"/badges/{c.Student}/student"),
        new("/Badges/Show", _ => "/badges/1002/c"),
        new("/Users/Index", _ => "/users"),
        new("/Users/Index", _ => "/users?tab=reputation&period=year"),
        new("/Users/Index", _ => "/users?tab=voters"),
        new("/Users/Show", c => $"/users/{c.Member}/{c.MemberSlug}"),
        new("/Users/Show", c => $"/users/{c.Member}/{c.MemberSlug}?tab=activity"),
        new("/Users/Show", c => $"/users/{c.Member}/{c.MemberSlug}?tab=answers"),
        new("/Users/Show", c => $"/users/{c.Member}/{c.MemberSlug}?tab=reputation"),
        new("/Users/Show", c => $"/users/{c.Member}/{c.MemberSlug}?tab=reputation&view=post"),
        new("/Users/Show", c => $"/users/{c.Member}/{c.MemberSlug}?tab=reputation&view=graph"),
        new("/Users/Show", c => $"/users/{c.Member}/{c.MemberSlug}?tab=badges"),
        new("/Users/Edit", c => $"/users/edit/{c.Member}", Viewer.Member),
        new("/Admin/Rules", _ => "/admin/rules", Viewer.Administrator),
        new("/Admin/Rules", _ => "/admin/rules/limits", Viewer.Administrator),
        new("/Admin/Rules", _ => "/admin/rules/windows", Viewer.Administrator),
        new("/Admin/Rules", _ => "/admin/rules/fairness", Viewer.Administrator),
        new("/Admin/Changes", _ => "/admin/rules/changes", Viewer.Administrator),
        new("/Locks/Lock", c => $"/posts/{c.Answer}/lock", Viewer.Moderator),
        new("/Locks/Lock", c => $"/posts/{c.Bountied}/lock", Viewer.Administrator),
        new("/PostNotices/Notice", c => $"/posts/{c.Answer}/notice", Viewer.Moderator),
        new("/PostNotices/Notice", c => $"/posts/{c.Question}/notice", Viewer.Moderator),
        new("/Redactions/Redact", c => $"/posts/{c.Redacted}/revisions/1/redact", Viewer.Moderator),
        new("/Redactions/Redact", c => $"/posts/{c.Leaky}/revisions/2/redact", Viewer.Moderator),
        new("/Redactions/Show", c => $"/redactions/{c.Proposal}", Viewer.Moderator),
        new("/Redactions/Show", c => $"/redactions/{c.Redaction}", Viewer.Moderator),
        new("/Posts/Revisions", c => $"/posts/{c.Redacted}/revisions"),
        new("/Posts/Revisions", c => $"/posts/{c.Leaky}/revisions", Viewer.Moderator),
        new("/Merging/ToAnswer", c => $"/comments/{c.Comment}/to-answer", Viewer.Moderator),
        new("/Merging/ToComment", c => $"/posts/{c.Answer}/to-comment", Viewer.Moderator),
        new("/Merging/Merge", c => $"/posts/{c.Question}/merge", Viewer.Moderator),
        new("/Merging/Merge", c => $"/posts/{c.Question}/merge?to={c.Bountied}", Viewer.Moderator),
        new("/Merging/Merge", c => $"/posts/{c.Answer}/move?to={c.Bountied}", Viewer.Moderator),
        new("/Moderation/Index", _ => "/mod", Viewer.Moderator),
        new("/Moderation/Flags", _ => "/mod/flags", Viewer.Moderator),
        new("/Moderation/Log", _ => "/mod/log", Viewer.Moderator),
        new("/Moderation/Log", c => $"/mod/log?user={c.Member}&action=warn&from=2020-01-01", Viewer.Moderator),
        new("/Moderation/Undo", _ => "/mod/log/1/undo", Viewer.Moderator),
        new("/Moderation/People", _ => "/mod/people?who=a", Viewer.Moderator),
        new("/Moderation/Person", c => $"/mod/users/{c.Disciplined}", Viewer.Moderator),
        new("/Moderation/Write", c => $"/mod/users/{c.Disciplined}/write?as=suspension&template=rude", Viewer.Moderator),
        new("/Moderation/Write", c => $"/mod/users/{c.Disciplined}/write?as=warning", Viewer.Moderator),
        new("/Moderation/Write", c => $"/mod/users/{c.Disciplined}/write", Viewer.Moderator),
        new("/Moderation/Lift", c => $"/mod/users/{c.Disciplined}/lift", Viewer.Moderator),
        new("/Moderation/Thread", _ => "/messages/moderators", Viewer.Disciplined),
        new("/Admin/Rules", _ => "/admin/rules/discipline", Viewer.Administrator),
        new("/Moderation/Votes", _ => "/mod/votes", Viewer.Moderator),
        new("/Moderation/Pairs", _ => "/mod/votes/pairs", Viewer.Moderator),
        new("/Moderation/Pairs", _ => "/mod/votes/pairs?by=count", Viewer.Moderator),
        new("/Moderation/Connections", c => $"/mod/users/{c.Disciplined}/connections", Viewer.Moderator),
        new("/Help/QuestionBan", _ => "/help/question-ban"),
        new("/Care/Index", _ => "/mod/care", Viewer.Moderator),
        new("/Departures/Index", _ => "/mod/departures", Viewer.Moderator),
        new("/Departures/Delete", c => $"/mod/users/{c.Disciplined}/delete", Viewer.Moderator),
        new("/Departures/Delete", c => $"/mod/users/{c.Disciplined}/delete?sure=true", Viewer.Moderator),
        new("/Departures/Destroy", c => $"/mod/users/{c.Disciplined}/destroy?sure=true", Viewer.Moderator),
        new("/Departures/Merge", c => $"/mod/users/{c.Disciplined}/merge", Viewer.Moderator),
        new("/Settings/DeleteAccount", _ => "/settings/delete-account?sure=true", Viewer.Member),
        new("/Statistics/Index", _ => "/mod/statistics", Viewer.Moderator),
        new("/Statistics/Index", _ => "/mod/statistics?by=month", Viewer.Moderator),
        new("/Statistics/Metrics", _ => "/metrics"),
        new("/Admin/Rules", _ => "/admin/rules/insight", Viewer.Administrator),
        new("/Errors/Error", _ => "/no/such/page"),
    ];
}

/// <summary>Who looks at a page.</summary>
public enum Viewer
{
    /// <summary>A stranger and a member.</summary>
    Anyone,

    /// <summary>A stranger alone: whoever is signed in is led on.</summary>
    Stranger,

    /// <summary>A member.</summary>
    Member,

    /// <summary>Whom the moderators warned and suspended.</summary>
    Disciplined,

    /// <summary>A member with nothing but the reputation everybody has.</summary>
    Newcomer,

    /// <summary>A moderator.</summary>
    Moderator,

    /// <summary>An administrator.</summary>
    Administrator,
}

/// <summary>A site with the sample community, and what of it the pages are looked at with.</summary>
public sealed class Community : IAsyncDisposable
{
    private Community(TestSite site) => Site = site;

    public TestSite Site { get; }
    public long Question { get; private set; }
    public string Slug { get; private set; } = "";
    public long Answer { get; private set; }
    public long Comment { get; private set; }
    public long Deleted { get; private set; }
    /// <summary>A question of the member's that is closed as a duplicate.</summary>
    public long Closed { get; private set; }
    /// <summary>A question on which the member's bounty runs.</summary>
    public long Bountied { get; private set; }
    public string BountiedSlug { get; private set; } = "";
    public long BountiedAnswer { get; private set; }
    /// <summary>Whom the moderators wrote to, warned and suspended, and who answered.</summary>
    public long Disciplined { get; private set; }
    public string Tag { get; private set; } = "";
    public long Member { get; private set; }
    public string MemberSlug { get; private set; } = "";
    public long Newcomer { get; private set; }
    public long Moderator { get; private set; }
    public long Administrator { get; private set; }
    /// <summary>An edit that waits for the question.</summary>
    public long Suggestion { get; private set; }

    /// <summary>The tickets of that edit's task, and of a test that the member failed.</summary>
    public long EditTicket { get; private set; }
    public long FailedTicket { get; private set; }

    /// <summary>A tag that another may be merged into.</summary>
    public string OtherTag { get; private set; } = "";

    /// <summary>The excerpt of the question's tag, and an edit that waits for its wiki.</summary>
    public long TagExcerpt { get; private set; }
    public long TagSuggestion { get; private set; }

    /// <summary>A question whose first revision is hidden, one for whose first that is proposed, and what hides and proposes it.</summary>
    public long Redacted { get; private set; }
    public long Leaky { get; private set; }
    public long Redaction { get; private set; }
    public long Proposal { get; private set; }

    /// <summary>A post that was deleted as spam.</summary>
    public long Spam { get; private set; }

    /// <summary>Tasks that wait for the member, one that is done, and a test that they failed; and a post of theirs with feedback.</summary>
    public long FirstQuestion { get; private set; }
    public long LowQuality { get; private set; }
    public long Reviewed { get; private set; }
    public long Failed { get; private set; }
    public long WithFeedback { get; private set; }

    /// <summary>The badge of that name.</summary>
    public long Student { get; private set; }

    /// <summary>Makes one.</summary>
    public static async Task<Community> Make(bool onPort)
    {
        var community = new Community(onPort ? TestSite.OnPort() : new TestSite());
        var forum = community.Site.Forum;
        await forum.Send(new MakeSample());
        community.Question = await forum.Value<long>(
            "select q.id from posts q where q.kind = 1 and q.deleted_at is null and q.comment_count > 0 and q.answer_count > 1 order by q.answer_count desc, q.id limit 1");
        community.Slug = Forum.Core.Questions.Slug.Of(await forum.Value<string>("select title from posts where id = @Question", new { community.Question }));
        community.Answer = await forum.Value<long>("select id from posts where question_id = @Question and deleted_at is null limit 1", new { community.Question });
        community.Comment = await forum.Value<long>("select id from comments where post_id = @Question and deleted_at is null limit 1", new { community.Question });
        community.Tag = (await forum.Value<string>("select tags from posts where id = @Question", new { community.Question })).Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        // The most trusted who is no moderator sees most of what a member sees.
        community.Member = await forum.Value<long>("select id from users where is_moderator = 0 and is_administrator = 0 and id > 0 order by reputation desc limit 1");
        community.MemberSlug = Forum.Core.Questions.Slug.Of(await forum.Value<string>("select name from users where id = @Member", new { community.Member }));
        community.Moderator = await forum.Value<long>("select id from users where is_moderator = 1 or is_administrator = 1 order by id desc limit 1");
        community.Bountied = await forum.Value<long>("select question_id from bounties where ended_at is null and sponsor_id = @Member", new { community.Member });
        community.BountiedSlug = Forum.Core.Questions.Slug.Of(await forum.Value<string>("select title from posts where id = @Bountied", new { community.Bountied }));
        community.BountiedAnswer = await forum.Value<long>("select min(id) from posts where question_id = @Bountied", new { community.Bountied });
        community.Administrator = await forum.Value<long>("select id from users where is_administrator = 1 order by id limit 1");
        // Something of each kind in the lists that begin empty.
        await forum.Send(new Forum.Core.Settings.ChangeSettings(new Dictionary<string, string?> { ["Limits:Mentions"] = "4" }, 0), community.Administrator);
        await forum.Make.Cancellation(community.Member);
        community.Deleted = await forum.Make.Question(community.Member, "Is this question deleted in the meantime?");
        await forum.Send(new Forum.Core.Editing.DeletePost(community.Deleted), community.Member);
        await Close(community);
        var body = await forum.Value<string>("select body from posts where id = @Question", new { community.Question });
        community.Suggestion = await forum.Send(
            new Forum.Core.Suggestions.SuggestEdit(community.Question, body + "\n\nA newcomer added this line.", Comment: "Add a line to it"), await forum.Make.User());
        await Flag(community);
        await Review(community);
        await ReviewEdits(community);
        (community.Redacted, community.Redaction) = await Redact(community, community.Administrator);
        (community.Leaky, community.Proposal) = await Redact(community, await forum.Make.User(moderator: true));
        community.Disciplined = await forum.Make.User(name: "Someone");
        await forum.Send(new Forum.Core.Discipline.Annotate(community.Disciplined, "Met before."), community.Moderator);
        await forum.Send(new Forum.Core.Discipline.WriteToPerson(community.Disciplined, IsWarning: true, "rude", "Please be kind to others."), community.Moderator);
        await forum.Send(new Forum.Core.Discipline.SuspendPerson(community.Disciplined, 7, "rude", "You were warned before."), community.Moderator);
        await forum.Send(new Forum.Core.Discipline.AnswerModerators("I did not know that."), community.Disciplined);
        await Describe(community);
        await forum.Send(new Forum.Core.Tags.WatchTags(community.Tag, IsIgnored: false), community.Member);
        await forum.Send(new Forum.Core.Tags.WatchTags("sql*", IsIgnored: true), community.Member);
        await forum.Send(new Forum.Core.Questions.SaveFilter("Waiting", "unanswered=yes&mine=yes", IsHome: false), community.Member);
        await forum.Service<Forum.Core.Users.CountLeaders>().Count(default);
        await forum.Service<Forum.Core.Questions.RankQuestions>().CountLinks(default);
        await forum.Service<Forum.Core.Questions.RankQuestions>().Rank(default);
        await forum.Service<Forum.Core.Statistics.CountStatistics>().All(null, default);
        await Notify(forum, community.Member);
        await forum.Award();
        community.Student = await forum.Value<long>("select id from badges where name = 'Student'");
        return community;
    }

    // Flags of a member in each state that is shown apart, and a post that was deleted as spam.
    private static async Task Flag(Community community)
    {
        var (forum, member, moderator) = (community.Site.Forum, community.Member, community.Moderator);
        var (first, second) = (await forum.Make.Question(title: "Which of these is flagged by the member?"), await forum.Make.Question(title: "Which of these was flagged in vain?"));
        await forum.Send(new Forum.Core.Flags.FlagPost(first, Forum.Core.Flags.FlagKind.Moderator, "It asks for a moderator, and says so at length."), member);
        await forum.Send(new Forum.Core.Flags.FlagPost(first, Forum.Core.Flags.FlagKind.VeryLowQuality), member);
        await forum.Send(new Forum.Core.Flags.FlagPost(second, Forum.Core.Flags.FlagKind.Plagiarism, "Word for word.", "https://example.com/source"), member);
        await forum.Send(new Forum.Core.Flags.DecideFlags(second, IsHelpful: false, "no-evidence"), moderator);
        community.Spam = await forum.Make.Question(title: "Where do I buy these pills for cheap?");
        await forum.Send(new Forum.Core.Flags.FlagPost(community.Spam, Forum.Core.Flags.FlagKind.Spam), moderator);
    }

    // An edit that was rejected before, with which the member was tested.
    private static async Task ReviewEdits(Community community)
    {
        var (forum, member, moderator) = (community.Site.Forum, community.Member, community.Moderator);
        var question = await forum.Make.Question(title: "Which of these was edited for no reason?");
        var edit = await forum.Send(
            new Forum.Core.Suggestions.SuggestEdit(question, await forum.Value<string>("select body from posts where id = @question", new { question }) + " Cheap pills here.", Comment: "Say it better"),
            await forum.Make.User());
        await forum.Send(new Forum.Core.Suggestions.ReviewSuggestedEdit(edit, Forum.Core.Suggestions.Verdict.Reject, "spam"), moderator);
        community.EditTicket = await forum.Value<long>("select ticket from review_tasks where edit_id = @Suggestion", new { community.Suggestion });
        community.FailedTicket = 123_456_789_012;
        var now = forum.Clock.GetUtcNow();
        await forum.Write("insert into review_tasks (queue, post_id, opened_at, audit, edit_id, ticket) values (4, @question, @now, -1, @edit, @FailedTicket)", new { question, now, edit, community.FailedTicket });
        await forum.Write("insert into reviews (task_id, user_id, outcome, reviewed_at, is_right) select id, @member, 12, @now, 0 from review_tasks where ticket = @FailedTicket", new { member, now, community.FailedTicket });
    }

    // Tasks of each kind that is shown apart, and a reviewer who was suspended once.
    private static async Task Review(Community community)
    {
        var (forum, member, moderator) = (community.Site.Forum, community.Member, community.Moderator);
        const string answer = "Read the lines one at a time, with what streams them: then only one is in memory.";
        community.WithFeedback = await forum.Send(new Forum.Core.Answers.PostAnswer(community.Question, answer), member);
        var (question, poor) = (await forum.Make.Question(title: "What is looked at because it is the first?"), await forum.Send(new Forum.Core.Answers.PostAnswer(community.Question, answer + " So do others."), await forum.Make.User()));
        await forum.Write(
            """
            insert into review_tasks (queue, post_id, reason, opened_at, audit)
            values (1, @question, 'first', @now, null), (7, @poor, 'short', @now, null), (2, @WithFeedback, 'first', @now, null), (1, @Question, '', @now, -1)
            on conflict do nothing
            """, new { question, poor, community.WithFeedback, community.Question, now = forum.Clock.GetUtcNow() });
        community.FirstQuestion = await forum.Value<long>("select id from review_tasks where post_id = @question and queue = 1", new { question });
        community.LowQuality = await forum.Value<long>("select id from review_tasks where post_id = @poor and queue = 7", new { poor });
        community.Reviewed = await forum.Value<long>("select id from review_tasks where post_id = @WithFeedback and queue = 2", new { community.WithFeedback });
        community.Failed = await forum.Value<long>("select id from review_tasks where audit = -1");
        await forum.Send(new Forum.Core.Reviews.ReviewPost(community.Reviewed, Forum.Core.Reviews.ReviewOutcome.Feedback, "details"), moderator);
        await forum.Write("insert into reviews (task_id, user_id, outcome, reviewed_at, is_right) values (@Failed, @member, 1, @now, 0)", new { community.Failed, member, now = forum.Clock.GetUtcNow() });
        var suspension = await forum.Send(new Forum.Core.Reviews.SuspendReviewer(member, 3, "Looks at nothing before it looks OK."), moderator);
        await forum.Send(new Forum.Core.Reviews.LiftReviewSuspension(suspension), moderator);
    }

    // Closed for a reason that all have, and one of the site's own to choose from.
    private static async Task<(long Question, long Redaction)> Redact(Community community, long moderator)
    {
        var forum = community.Site.Forum;
        var question = await forum.Make.Question(
            await forum.Make.User(1_000), "Why can I not sign in to the service with this?", "My password is hunter2 and the service does not let me in with it at all.");
        await forum.Send(new Forum.Core.Editing.EditPost(question, "The service does not let me in with my password, whichever browser I use for it."), community.Administrator);
        return (question, await forum.Send(new Forum.Core.Redactions.ProposeRedaction(question, 1, "It has a password."), moderator));
    }

    private static async Task Close(Community community)
    {
        var forum = community.Site.Forum;
        community.Closed = await forum.Make.Question(community.Member, "Is this question closed in the meantime?");
        var original = await forum.Value<long>("select min(id) from posts where kind = 1 and is_answered = 1 and deleted_at is null");
        await forum.Send(new Forum.Core.Closing.CastCloseVote(community.Closed, "duplicate", $"{original}"), community.Moderator);
        await forum.Send(
            new Forum.Core.Closing.WriteSiteReason(
                null,
                [
                    new()
                    {
                        Language = "en", Title = "Not about this", ForAsker = "Ask about this, please: edit it so.", ForPublic = "It is about something else altogether.",
                        ForClosers = "Whatever is not about this at all.",
                    },
                ]),
            community.Administrator);
    }

    // What is said of a tag, what stands for it and beside it, and one that is becoming another.
    private static async Task Describe(Community community)
    {
        var (forum, tag) = (community.Site.Forum, community.Tag);
        community.Newcomer = await forum.Make.User();
        community.OtherTag = await forum.Value<string>("select name from tags where name <> @tag and question_count > 0 order by question_count desc, name limit 1", new { tag });
        await forum.Send(new EditTagText(tag, TagPart.Excerpt, "For questions about what this tag is called after.", "Say what it is for"), community.Moderator);
        await forum.Send(new EditTagText(tag, TagPart.Wiki, "All there is to say of **this tag**, and where to begin with it."), community.Moderator);
        community.TagExcerpt = await forum.Value<long>("select excerpt_post_id from tags where name = @tag", new { tag });
        community.TagSuggestion = await forum.Send(new SuggestTagText(tag, TagPart.Wiki, "All there is to say of **this tag**, by a newcomer.", "Say more of it"), community.Newcomer);
        await forum.Send(new ProposeSynonym(tag, "stands-for-it"), community.Moderator);
        await forum.Write(
            """
            insert into tag_synonyms (name, tag_id, proposed_by, proposed_at) values ('proposed', (select id from tags where name = @tag), @Newcomer, @now);
            update tags set related = @OtherTag || ' 7' where name = @tag;
            """, new { tag, community.Newcomer, community.OtherTag, now = forum.Clock.GetUtcNow() });
        await forum.Make.Tags("leaving");
        await forum.Send(new ChangeTagRules("leaving", true, true, false), community.Moderator);
        await forum.Send(new ChangeTagRules("leaving", false, true, true), community.Moderator);
        await forum.Write(
            """
            insert into tag_merges (tag_id, into_id, is_rename, questions, moved, asked_at)
            values ((select id from tags where name = 'leaving'), (select id from tags where name = @OtherTag), 0, 1200, 300, 0)
            """, new { community.OtherTag });
    }

    // What the inbox has of no question, and of a kind that nobody knows yet; and what a profile shows of badges.
    private static async Task Notify(TestForum forum, long member)
    {
        var now = forum.Clock.GetUtcNow();
        await forum.Write(
            """
            insert into badges (id, name, class, is_tag, award_count) values (1001, 'Of another site', 1, 0, 1), (1002, 'c#', 3, 1, 1);
            insert into user_badges (user_id, badge_id, class, awarded_at) values (@member, 1001, 1, @now), (@member, 1002, 3, @now);
            update users set gold = gold + 1, bronze = bronze + 1 where id = @member;
            insert into inbox (user_id, kind, badge_id, amount, at, event_id)
            values (@member, 'badge', 1001, null, @now, -1), (@member, 'reputation', null, 42, @now, -2), (@member, 'something-later', null, null, @now, -3);
            """, new { member, now });
    }

    /// <summary>Those who see a page.</summary>
    public IEnumerable<long?> Viewers(Viewer by) => by switch
    {
        Viewer.Anyone => [null, Member],
        Viewer.Stranger => [null],
        Viewer.Member => [Member],
        Viewer.Newcomer => [Newcomer],
        Viewer.Disciplined => [Disciplined],
        Viewer.Moderator => [Moderator],
        Viewer.Administrator => [Administrator],
    };

    /// <summary>Names a viewer in a test's message.</summary>
    public static string Name(long? viewer) => viewer is { } id ? string.Create(CultureInfo.InvariantCulture, $"user {id}") : "a stranger";

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
