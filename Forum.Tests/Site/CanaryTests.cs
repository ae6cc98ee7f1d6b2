using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Discipline;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Questions;
using Forum.Core.Redactions;
using Forum.Core.Saves;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Core.Voting;
using Forum.Tests.Support;

namespace Forum.Tests.Site;

/// <summary>
/// Words that stand in one hidden place each. Every address is fetched as everybody, and each word may appear only where
/// its place may be seen.
/// </summary>
public sealed class CanaryTests
{
    private const string QuestionTitle = "zqquestiontitle";
    private const string QuestionBody = "zqquestionbody";
    private const string AnswerToDeleted = "zqanswertodeleted";
    private const string CommentOnDeleted = "zqcommentondeleted";
    private const string AnswerBody = "zqanswerbody";
    private const string CommentOnAnswer = "zqcommentonanswer";
    private const string CommentBody = "zqcommentbody";
    private const string OldText = "zqoldtext";
    private const string OldTitle = "zqoldtitle";
    private const string PrivateNote = "zqprivatenote";
    private const string OldExcerpt = "zqoldexcerpt";
    private const string GoneWiki = "zqgonewiki";
    private const string WaitingExcerpt = "zqwaitingexcerpt";
    private const string Suggested = "zqsuggestedtext";
    private const string WhySuggested = "zqwhysuggested";
    private const string FlagWords = "zqflagwords";
    private const string SpamTitle = "zqspamtitle";
    private const string SpamBody = "zqspambody";
    private const string RedactedText = "zqredactedtext";
    private const string RedactedTitle = "zqredactedtitle";
    private const string RedactedWhy = "zqredactedsummary";
    private const string RedactionReason = "zqredactionreason";
    private const string NoteOnPerson = "zqnoteonperson";
    private const string ModeratorMessage = "zqmoderatormessage";
    private const string NeighbourTitle = "Which words of another question are shown here?";
    private const string Filler = " and some more words, so that it is long enough to be a post of its own.";

    [Test]
    public async Task Hidden_words_appear_only_where_they_may()
    {
        await using var community = await Community.Make(onPort: false);
        var hidden = await Hide(community);
        var findings = new List<string>();

        foreach (var (name, viewer) in hidden.Viewers)
        {
            using var client = viewer is { } id ? await community.Site.SignedInAs(id) : community.Site.Anonymous();
            foreach (var address in Addresses(community, hidden))
            {
                var page = await client.Get(address);
                // What the reader typed themselves into the search is no leak.
                var text = address.StartsWith("/search?q=zq", StringComparison.Ordinal) ? page.Text.Replace(address["/search?q=".Length..], "", StringComparison.Ordinal) : page.Text;
                findings.AddRange(
                    from word in hidden.Words
                    where text.Contains(word, StringComparison.OrdinalIgnoreCase) && !hidden.May(word, viewer, address)
                    select $"{word} at {address} as {name} ({(int)page.Status})");
            }
        }

        Assert.That(findings, Is.Empty, string.Join('\n', findings));
    }

    [Test]
    public async Task Those_who_may_do_see_what_is_hidden()
    {
        await using var community = await Community.Make(onPort: false);
        var hidden = await Hide(community);

        using var author = await community.Site.SignedInAs(hidden.Author);
        using var moderator = await community.Site.SignedInAs(community.Moderator);

        Assert.Multiple(async () =>
        {
            Assert.That((await author.Get($"/questions/{hidden.DeletedQuestion}/{Slug.Of(QuestionTitle + " is what this question is about")}")).Text, Does.Contain(QuestionBody));
            Assert.That((await moderator.Get(hidden.QuestionAddress)).Text, Does.Contain(AnswerBody));
            Assert.That((await moderator.Get($"/posts/{hidden.Question}/revisions")).Text, Does.Contain(OldText));
            Assert.That((await author.Get("/saves")).Text, Does.Contain(PrivateNote));
            Assert.That((await moderator.Get($"/redactions/{hidden.Redaction}")).Text, Does.Contain(RedactionReason));
            Assert.That((await moderator.Get($"/mod/users/{hidden.Stranger}")).Text, Does.Contain(NoteOnPerson).And.Contain(ModeratorMessage));
        });
    }

    [TestCase(QuestionTitle)]
    [TestCase(AnswerBody)]
    [TestCase(OldText)]
    [TestCase("deleted:no " + QuestionTitle)]
    [TestCase("title:" + QuestionTitle)]
    [TestCase("body:" + AnswerBody)]
    public async Task Search_does_not_count_what_it_may_not_show(string word)
    {
        await using var community = await Community.Make(onPort: false);
        await Hide(community);
        using var moderator = await community.Site.SignedInAs(community.Moderator);

        var page = await moderator.Get($"/search?q={word}");

        Assert.That(page.Document.QuerySelectorAll(".s-post-summary"), Is.Empty);
    }

    private sealed record Hidden(
        long Author, long Trusted, long Stranger, long Moderator, long DeletedQuestion, long Question, string QuestionAddress, long DeletedAnswer, TagPosts Tags, long Neighbour,
        long Suggestion, long Spam, long Redacted, long Redaction, long[] Tickets)
    {
        public string[] Words { get; } =
        [
            QuestionTitle, QuestionBody, AnswerToDeleted, CommentOnDeleted, AnswerBody, CommentOnAnswer, CommentBody, OldText, OldTitle, PrivateNote, OldExcerpt, GoneWiki,
            WaitingExcerpt, Suggested, WhySuggested, FlagWords, SpamTitle, SpamBody,
            RedactedText, RedactedTitle, RedactedWhy, RedactionReason, NoteOnPerson, ModeratorMessage,
        ];

        public (string Name, long? Id)[] Viewers =>
            [("a stranger", null), ("its author", Author), ("another member", Stranger), ("a trusted member", Trusted), ("a moderator", Moderator)];

        public bool May(string word, long? viewer, string address)
        {
            var seesDeleted = viewer == Author || viewer == Trusted || viewer == Moderator;
            return word switch
            {
                // To whoever is told which of their own posts count against them.
                QuestionTitle when viewer == Author && address == "/help/question-ban" => true,
                // What moderators read: the desk, the flags that wait, the log.
                QuestionTitle or SpamTitle or FlagWords when viewer == Moderator && (address == "/mod" || address.StartsWith("/mod/flags", StringComparison.Ordinal) || address.StartsWith("/mod/log", StringComparison.Ordinal)) => true,
                // What was reviewed: to those who see deleted posts.
                QuestionTitle when seesDeleted && address.StartsWith("/review/", StringComparison.Ordinal) && address.EndsWith("/history", StringComparison.Ordinal) => true,
                // Spam: to its author, who is told of it.
                SpamTitle or SpamBody when viewer == Author && address is "/inbox" or "/help/question-ban" => true,
                // Deleted posts: on their own pages, to those who may see them, and among what such a reader saved or was told.
                QuestionTitle or QuestionBody or AnswerToDeleted or CommentOnDeleted => seesDeleted
                    && (address.Contains(Invariant(DeletedQuestion), StringComparison.Ordinal) || address.StartsWith("/saves", StringComparison.Ordinal) || AsksForDeleted(address)
                        || IsSuggestion(address) || address == "/inbox"),
                // An edit suggested for a deleted post: to those who may see the post, on its own page and in the post's timeline.
                Suggested or WhySuggested => seesDeleted && (IsSuggestion(address) || address == $"/posts/{DeletedQuestion}/timeline"),
                AnswerBody or CommentOnAnswer => seesDeleted
                    && (address.Contains(Invariant(DeletedAnswer), StringComparison.Ordinal) || address.StartsWith(QuestionAddress, StringComparison.Ordinal) || AsksForDeleted(address)),
                // Spam: as deleted posts, but to its author and moderators alone.
                SpamTitle or SpamBody => (viewer == Author || viewer == Moderator)
                    && (address.Contains(Invariant(Spam), StringComparison.Ordinal) || AsksForDeleted(address) || address.EndsWith("/flags", StringComparison.Ordinal)),
                // What somebody said to moderators: to themselves and to those.
                FlagWords => (viewer == Stranger || viewer == Moderator) && address == $"/users/{Stranger}/flags",
                // What is hidden: to nobody, moderators included, who did not say why they must look.
                RedactedText or RedactedTitle or RedactedWhy => false,
                // Why, what is noted of people and what is said to them: to moderators, and the last to whom it is said.
                RedactionReason => viewer == Moderator && (address == $"/redactions/{Redaction}" || address == "/mod" || address.StartsWith("/mod/log", StringComparison.Ordinal)),
                NoteOnPerson => viewer == Moderator && address.StartsWith($"/mod/users/{Stranger}", StringComparison.Ordinal),
                ModeratorMessage => (viewer == Moderator && address.StartsWith($"/mod/users/{Stranger}", StringComparison.Ordinal)) || (viewer == Stranger && address == "/messages/moderators"),
                // Deleted comments: nowhere.
                CommentBody => false,
                // What a post used to say: in the list of its revisions.
                OldText or OldTitle => address == $"/posts/{Question}/revisions",
                PrivateNote => viewer == Author && (address.StartsWith("/saves", StringComparison.Ordinal) || address.EndsWith("/save", StringComparison.Ordinal)),
                OldExcerpt => address == $"/posts/{Tags.Excerpt}/revisions",
                // Of a tag that is gone: its history, to those who see deleted posts of others.
                GoneWiki => (viewer == Trusted || viewer == Moderator) && address.StartsWith($"/posts/{Tags.GoneWiki}/", StringComparison.Ordinal),
                WaitingExcerpt => address.StartsWith($"/suggested-edits/{Tags.Waiting}", StringComparison.Ordinal)
                    || (viewer == Trusted || viewer == Moderator) && address.StartsWith($"/review/suggested-edits/{Tags.Ticket}", StringComparison.Ordinal),
                _ => false,
            };
        }

        private bool IsSuggestion(string address) => address.StartsWith($"/suggested-edits/{Suggestion}", StringComparison.Ordinal);
    }

    /// <summary>The excerpt of the tag, the wiki of one that is gone, and the edit that waits for the excerpt.</summary>
    private sealed record TagPosts(long Excerpt, long GoneWiki, long Waiting, long Ticket);

    private static bool AsksForDeleted(string address) => address.StartsWith("/search?q=deleted:", StringComparison.Ordinal);

    private static string Invariant(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Addresses(Community community, Hidden hidden)
    {
        var listed = ListedPage.All.Select(page => page.Address(community));
        string[] posts =
        [
            hidden.QuestionAddress, hidden.QuestionAddress + "?answers=newest", hidden.QuestionAddress + "?comments=all", $"/questions/{hidden.DeletedQuestion}",
            $"/questions/{hidden.DeletedQuestion}/{Slug.Of(QuestionTitle + " is what this question is about")}", $"/q/{hidden.DeletedQuestion}", $"/a/{hidden.DeletedAnswer}",
            $"/posts/{hidden.DeletedQuestion}/revisions", $"/posts/{hidden.DeletedAnswer}/revisions", $"/posts/{hidden.Question}/revisions",
            $"/posts/{hidden.DeletedQuestion}/edit", $"/posts/{hidden.DeletedAnswer}/edit", $"/posts/{hidden.DeletedQuestion}/comments", $"/posts/{hidden.DeletedAnswer}/comments",
            $"/posts/{hidden.Question}/comments", $"/posts/{hidden.Question}/save", $"/posts/{hidden.Question}/answer", $"/posts/{hidden.DeletedQuestion}/answer",
            $"/posts/{hidden.DeletedQuestion}/save", $"/posts/{hidden.DeletedQuestion}/follow", $"/posts/{hidden.DeletedQuestion}/delete", $"/posts/{hidden.DeletedQuestion}/undelete",
            $"/posts/{hidden.Tags.Excerpt}/revisions", $"/posts/{hidden.Tags.Excerpt}/timeline", $"/posts/{hidden.Tags.GoneWiki}/revisions", $"/posts/{hidden.Tags.GoneWiki}/timeline",
            $"/a/{hidden.Tags.GoneWiki}", $"/suggested-edits/{hidden.Tags.Waiting}", "/review/suggested-edits", "/tags/canary/info", "/tags/canary/edit", "/tags/canary/merge", "/tags/gone/info",
            $"/posts/{hidden.DeletedQuestion}/flag", $"/posts/{hidden.Question}/flag", $"/users/{hidden.Stranger}/flags", $"/users/{hidden.Author}/flags", $"/posts/{hidden.Question}/feedback",
            $"/questions/{hidden.Spam}", $"/q/{hidden.Spam}", $"/posts/{hidden.Spam}/revisions", $"/posts/{hidden.Spam}/timeline", $"/posts/{hidden.Spam}/clear-spam", "/review", "/review/low-quality/history",
            $"/posts/{hidden.Redacted}/revisions", $"/posts/{hidden.Redacted}/revisions?view=source", $"/posts/{hidden.Redacted}/timeline", $"/posts/{hidden.Redacted}/revisions/2/rollback",
            $"/posts/{hidden.Redacted}/revisions/2/redact", $"/redactions/{hidden.Redaction}", $"/q/{hidden.Redacted}", $"/questions/{hidden.Redacted}/{Slug.Of("What was called otherwise for a while")}",
            $"/posts/{hidden.Redacted}/edit", $"/users/{hidden.Author}?tab=activity",
            $"/mod/users/{hidden.Stranger}", $"/mod/users/{hidden.Stranger}/write", $"/users/{hidden.Stranger}", $"/users/{hidden.Stranger}?tab=activity", "/messages/moderators", "/mod", "/mod/log",
            $"/mod/log?user={hidden.Stranger}", $"/mod/log?post={hidden.Redacted}",
            $"/questions/{hidden.DeletedQuestion}/bounty", $"/questions/{hidden.DeletedQuestion}/bounty/refund", $"/answers/{hidden.DeletedAnswer}/bounty",
        ];
        string[] edits =
        [
            $"/questions/{hidden.Neighbour}", $"/questions/{hidden.Neighbour}/{Slug.Of(NeighbourTitle)}", $"/questions/linked/{hidden.Neighbour}", $"/questions/linked/{hidden.DeletedQuestion}",
            $"/posts/{hidden.DeletedQuestion}/timeline", $"/posts/{hidden.DeletedAnswer}/timeline", $"/posts/{hidden.Question}/timeline", $"/posts/{hidden.Neighbour}/timeline",
            $"/suggested-edits/{hidden.Suggestion}", $"/suggested-edits/{hidden.Suggestion}/improve", $"/posts/{hidden.DeletedQuestion}/suggested-edit", "/review/suggested-edits", $"/review/suggested-edits/{hidden.Tags.Ticket}",
            .. hidden.Tickets.SelectMany(ticket => new[] { $"/review/suggested-edits/{ticket}", $"/review/suggested-edits/{ticket}?view=source", $"/review/suggested-edits/{ticket}/improve" }),
        ];
        string[] lists =
        [
            "/", "/?tab=interesting", "/?tab=hot", "/?tab=week", "/?tab=month", "/questions?tab=trending", "/questions?tab=frequent", "/questions?tab=no-answers",
            "/questions?tab=unanswered-newest", "/questions?tab=my-tags", "/questions?tab=filter&tagged=canary", "/questions?tab=filter&mine=yes&sort=active",
            "/questions?tab=filter&sort=score&tagged=can*", "/questions?tab=filter&sort=frequent", "/questions?tab=filter&sort=trending", "/tags/canary/card",
            "/?tab=score", "/questions?tab=active", "/questions?tab=score", "/questions?tab=unanswered", "/questions/tagged/canary", "/tags?q=canary", "/tags/complete?q=canary",
            $"/users/{hidden.Author}", $"/users/{hidden.Trusted}", "/users", "/saves", "/inbox", "/questions/similar?title=" + QuestionTitle,
            "/search?q=[canary]", $"/search?q=user:{hidden.Author}", "/search?q=canary", "/search?q=deleted:all+canary", "/search?q=deleted:yes", "/search?q=canary+is:question&tab=votes",
            // One letter off: what is meant must be no secret either.
            .. hidden.Words.Select(word => $"/search?q={word[..^2]}{word[^1]}"), .. hidden.Words.Select(word => $"/search?q={word}s"),
        ];
        return [.. listed, .. posts, .. edits, .. lists, .. hidden.Words.Select(word => $"/search?q={word}")];
    }

    private static async Task<Hidden> Hide(Community community)
    {
        var forum = community.Site.Forum;
        var author = await forum.Make.User(reputation: 500, name: "Author Of Hidden");
        var trusted = await forum.Make.User(reputation: 2_000, name: "Trusted One");
        var stranger = await forum.Make.User(reputation: 100, name: "Another One");
        var helper = await forum.Make.User(reputation: 500, name: "Helping One");

        // What is hidden later was announced before: inboxes know of it.
        var deletedQuestion = await forum.Make.Question(author, QuestionTitle + " is what this question is about", QuestionBody + Filler, "canary");
        await forum.Send(new FollowPost(deletedQuestion), stranger);
        await forum.Send(new PostComment(deletedQuestion, CommentOnDeleted + " is in this comment."), author);
        await forum.Send(new PostAnswer(deletedQuestion, AnswerToDeleted + Filler), author);
        await forum.Send(new SavePost(deletedQuestion, ""), author);
        await forum.Settle();

        var question = await forum.Make.Question(author, OldTitle + " is what it was called before", OldText + Filler, "canary");
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new FollowPost(question), stranger);
        // What is deleted later was hot, trending, watched and linked to.
        foreach (var reader in new[] { author, trusted, stranger, community.Moderator })
            await forum.Send(new WatchTags("canary", IsIgnored: false), reader);
        await forum.Send(new CastVote(deletedQuestion, Direction.Up), helper);
        await forum.Write("insert into post_links (from_post_id, to_post_id, kind, created_at) values (@question, @deletedQuestion, 1, 1)", new { question, deletedQuestion });
        await forum.Service<RankQuestions>().CountLinks(default);
        await forum.Service<RankQuestions>().Rank(default);
        await forum.Send(new SuggestEdit(deletedQuestion, Suggested + Filler, Comment: WhySuggested + " is what it is for."), stranger);
        var suggestion = await forum.Value<long>("select max(id) from suggested_edits");
        var neighbour = await forum.Make.Question(helper, NeighbourTitle, $"As it is said at {forum.Settings.PublicUrl}questions/{deletedQuestion} in short.", "canary");
        var deletedAnswer = await forum.Send(new PostAnswer(question, AnswerBody + Filler), author);
        await forum.Send(new PostComment(deletedAnswer, CommentOnAnswer + " is in this comment."), author);
        var comment = await forum.Send(new PostComment(question, CommentBody + " is in this comment."), helper);
        await forum.Send(new SavePost(question, PrivateNote), author);
        await forum.Settle();
        // It is like others, and linked with one, when it is hidden.
        await forum.Service<KeepRelated>().CatchUp(default);
        Assert.That((await forum.Send(new ShowQuestion(neighbour))).Related.Concat((await forum.Send(new ShowQuestion(neighbour))).Linked).Count(q => q.Id == deletedQuestion), Is.EqualTo(2));
        forum.Clock.Advance(TimeSpan.FromHours(1));

        await forum.Send(new EditPost(question, "What it says now, after it was edited to say something else.", "What it is called now, after the edit", "canary"), author);
        await forum.Send(new DeleteComment(comment), helper);
        await forum.Send(new DeletePost(deletedAnswer), author);
        await forum.Send(new DeletePost(deletedQuestion), author);
        var tags = await HideTexts(forum, community.Moderator, stranger);
        var spam = await forum.Make.Question(await forum.Make.User(300), SpamTitle + " is what this is called that is spam", SpamBody + Filler, "canary");
        await forum.Write("update posts set author_id = @author where id = @spam; update revisions set author_id = @author where post_id = @spam; update users set question_count = question_count - 1 where id = (select max(id) from users); update users set question_count = question_count + 1 where id = @author", new { author, spam });
        await forum.Send(new SavePost(spam, ""), trusted);
        await forum.Send(new FlagPost(question, FlagKind.Moderator, FlagWords + " is what a moderator should know."), stranger);
        await forum.Send(new FlagPost(spam, FlagKind.Spam), community.Moderator);
        await forum.Settle();
        var (redacted, redaction) = await HideRevision(forum, author, community.Moderator);
        await forum.Send(new Annotate(stranger, NoteOnPerson + " is what moderators know."), community.Moderator);
        await forum.Send(new WriteToPerson(stranger, IsWarning: false, "rude", ModeratorMessage + " is what you are told."), community.Moderator);
        await forum.Settle();
        await forum.Service<KeepTagScores>().CatchUp(default);
        await forum.Verify();
        return new Hidden(author, trusted, stranger, community.Moderator, deletedQuestion, question, $"/questions/{question}/{Slug.Of("What it is called now, after the edit")}", deletedAnswer, tags, neighbour, suggestion, spam, redacted, redaction,
            [await Ticket(forum, suggestion), await TestOf(forum, suggestion, deletedQuestion), await TestOf(forum, await EditOf(forum, redacted), redacted)]);
    }

    // A question that was called otherwise and said otherwise for an hour, which two moderators hid.
    private static async Task<(long Question, long Redaction)> HideRevision(TestForum forum, long author, long moderator)
    {
        const string Title = "What was called otherwise for a while";
        var question = await forum.Make.Question(author, Title, "What it said before anything was said that must not be known.", "canary");
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditPost(question, RedactedText + Filler, RedactedTitle + " is what it was called for an hour", Comment: RedactedWhy + " is what was changed"), author);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditPost(question, "What it says since that was taken out of it again.", Title), author);
        var redaction = await forum.Send(new ProposeRedaction(question, 2, RedactionReason + " is why."), await forum.Make.User(moderator: true));
        await forum.Send(new AgreeToRedaction(redaction), moderator);
        Assert.That(await forum.Value<int>("select count(*) from revisions where redaction_id = @redaction", new { redaction }), Is.EqualTo(1));
        return (question, redaction);
    }

    private static Task<long> Ticket(TestForum forum, long edit) => forum.Value<long>("select ticket from review_tasks where edit_id = @edit and audit is null", new { edit });

    // An approved edit that began from the revision that is hidden now.
    private static async Task<long> EditOf(TestForum forum, long question)
    {
        await forum.Write(
            """
            insert into suggested_edits (post_id, author_id, title, body, comment, basis, revision, created_at, outcome, decided_at)
            select @question, author_id, title, 'Another text than that one.', 'Say it otherwise', '', 2, 1, 1, 1 from posts where id = @question
            """, new { question });
        return await forum.Value<long>("select max(id) from suggested_edits");
    }

    // As it was made before what it is of was deleted or hidden.
    private static async Task<long> TestOf(TestForum forum, long edit, long post)
    {
        await forum.Write(
            "insert into review_tasks (queue, post_id, opened_at, audit, edit_id, ticket) values (4, @post, 1, 1, @edit, 1000 + @edit)", new { post, edit });
        return 1_000 + edit;
    }

    private static async Task<TagPosts> HideTexts(TestForum forum, long moderator, long stranger)
    {
        await forum.Send(new EditTagText("canary", TagPart.Excerpt, OldExcerpt + Filler), moderator);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditTagText("canary", TagPart.Excerpt, "What the tag is for, as it is said now."), moderator);
        var waiting = await forum.Send(new SuggestTagText("canary", TagPart.Excerpt, WaitingExcerpt + Filler, "Say it in another way"), stranger);
        await forum.Make.Tags("gone");
        await forum.Send(new EditTagText("gone", TagPart.Wiki, GoneWiki + Filler), moderator);
        var gone = await forum.Value<long>("select wiki_post_id from tags where name = 'gone'");
        await forum.Service<ClearTags>().Clear(isDry: false, default);
        return new TagPosts(await forum.Value<long>("select excerpt_post_id from tags where name = 'canary'"), gone, waiting, await Ticket(forum, waiting));
    }
}
