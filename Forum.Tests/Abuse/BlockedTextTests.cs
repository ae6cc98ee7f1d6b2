using FluentValidation;
using Forum.Core;
using Forum.Core.Abuse;
using Forum.Core.Answers;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Moderation;
using Forum.Core.Questions;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Tests.Support;

namespace Forum.Tests.Abuse;

/// <summary>docs/rules/abuse.md, section 2.</summary>
public sealed class BlockedTextTests
{
    private const string Text = "I have a large text file and want to read it line by line without loading all of it.";

    [TestCase("Go to spam.example now", true)]
    [TestCase("Go to https://spam.example/x?y=1 now", true)]
    [TestCase("Go to HTTPS://WWW.Shop.SPAM.example:8080 now", true)]
    [TestCase("[here](//spam.example)", true)]
    [TestCase("<a href=\"http://spam.example\">here</a>", true)]
    [TestCase("Go to sраm.example now", true, Description = "Cyrillic letters")]
    [TestCase("Go to ｓｐａｍ．ｅｘａｍｐｌｅ now", true, Description = "wide letters")]
    [TestCase("Go to spam。example now", true, Description = "the stop of Chinese")]
    [TestCase("Go to sp\u200Bam.ex\u00ADample now", true, Description = "what is not seen")]
    [TestCase("Go to &#115;pam.example now", true, Description = "an entity")]
    [TestCase("Go to http://%73pam.example now", true, Description = "a code of an address")]
    [TestCase("Go to sp*am*.example now", true, Description = "marks of Markdown")]
    [TestCase("Go to spam\\.example now", true, Description = "an escape of Markdown")]
    [TestCase("Go to sp<!-- x -->am.example now", true, Description = "a comment of HTML")]
    [TestCase("Go to notspam.example now", false)]
    [TestCase("Go to spam.example.org now", false)]
    [TestCase("The spam of this example", false)]
    public void A_domain_is_found_with_all_below_it_however_it_is_written(string text, bool isFound) =>
        Assert.That(Of(BlockedKind.Domain, "https://www.spam.example/path").In(text), Has.Count.EqualTo(isFound ? 1 : 0));

    [TestCase("Buy cheap pills here", true)]
    [TestCase("CHEAP\n  Pills", true)]
    [TestCase("chéap píllš", true)]
    [TestCase("сhеар рills", true, Description = "Cyrillic letters")]
    [TestCase("ｃｈｅａｐ ｐｉｌｌｓ", true)]
    [TestCase("𝒄𝒉𝒆𝒂𝒑 𝓹𝓲𝓵𝓵𝓼", true, Description = "letters of mathematics")]
    [TestCase("🅲🅷🅴🅰🅿 pills", true, Description = "letters in black squares")]
    [TestCase("ch\u200Deap pi\u2060lls", true)]
    [TestCase("cheap **pills**", true)]
    [TestCase("ch_ea_p pills", true)]
    [TestCase("cheap <b>pills</b>", true)]
    [TestCase("cheap pillsbury", false)]
    [TestCase("uncheap pills", false)]
    [TestCase("cheap and good pills", false)]
    public void A_phrase_is_found_as_whole_words_however_it_is_spelt(string text, bool isFound) =>
        Assert.That(Of(BlockedKind.Phrase, "Cheap  pills").In(text), Has.Count.EqualTo(isFound ? 1 : 0));

    [Test]
    public void A_phrase_without_blanks_is_found_within_a_sentence() =>
        Assert.That(Of(BlockedKind.Phrase, "低价药").In("这里有低价药出售"), Has.Count.EqualTo(1));

    [TestCase("xn--bcher-kva.example")]
    [TestCase("bücher.example")]
    public void A_name_in_letters_and_in_its_code_is_one(string written)
    {
        Assert.That(Of(BlockedKind.Domain, written).In("See https://xn--bcher-kva.example/"), Has.Count.EqualTo(1));
        Assert.That(Of(BlockedKind.Domain, written).In("See https://bücher.example/"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_refused_is_told_at_the_field_and_counted_and_nothing_is_written()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(3_000, "Ada"), await forum.Make.User(moderator: true));
        var (question, tag) = (await forum.Make.Question(ada), "files");
        var comment = await forum.Send(new PostComment(question, "This is a comment that says enough."), ada);
        await forum.Send(new BlockTexts(BlockedKind.Domain, BlockedAction.Refuse, "spam.example\nbad.example", "Sold pills."), moderator);
        var events = await forum.Value<long>("select max(id) from events");

        (MediatR.IBaseRequest Request, string Field)[] tried =
        [
            (new AskQuestion("How do I sell more pills?", Text + " At spam.example, of course.", tag), "Body"),
            (new AskQuestion("How do I buy at spam.example?", Text, tag), "Title"),
            (new AskQuestion("How do I sell more pills?", Text, tag, Text + " spam.example"), "Answer"),
            (new PostAnswer(question, Text + " See spam.example."), "Body"),
            (new PostComment(question, "Have a look at www.spam.example for it."), "Body"),
            (new EditComment(comment, "Have a look at www.spam.example for it."), "Body"),
            (new EditPost(question, Text + " See spam.example."), "Body"),
            (new EditPost(question, Text + " And more of it.", Comment: "spam.example"), "Comment"),
            (new EditProfile(ada, "Ada", "I sell at spam.example.", "", ""), "About"),
            (new EditProfile(ada, "Ada", "", "", "https://spam.example/"), "Website"),
        ];
        foreach (var (request, field) in tried)
        {
            var refused = Assert.ThrowsAsync<ValidationException>(() => Send(forum, request, ada));
            Assert.That(refused!.Errors.Select(e => (e.PropertyName, e.ErrorCode)), Is.EqualTo(new[] { (field, "abuse.blocked") }), request.GetType().Name);
        }

        var newcomer = await forum.Make.User(1, "Newcomer");
        Assert.ThrowsAsync<ValidationException>(() => forum.Send(new SuggestEdit(question, Text + " See spam.example.", Comment: "Say where it is"), newcomer));
        Assert.ThrowsAsync<ValidationException>(() => forum.Send(new SuggestTagText(tag, TagPart.Excerpt, "For what is sold at spam.example and there alone.", "Say where it is"), newcomer));
        Assert.ThrowsAsync<ValidationException>(() => forum.Send(new RegisterAccount("eve", "spam.example", "eve@mail.example", "a password of some length")));

        Assert.That(await forum.Value<long>("select max(id) from events"), Is.EqualTo(events), "nothing happened");
        Assert.That(await forum.Value<int>("select hits from blocked_texts where folded = 'spam.example'"), Is.EqualTo(tried.Length + 3));
        Assert.That(await forum.Value<int>("select hits from blocked_texts where folded = 'bad.example'"), Is.Zero);
        await forum.Send(new PostComment(question, "Nobody is to write spam.example here."), moderator);
        Assert.That(await forum.Value<int>("select count(*) from comments"), Is.EqualTo(2));
    }

    [Test]
    public async Task Who_mends_a_text_is_not_held_to_what_others_wrote_in_it()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(3_000), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(body: Text + " See spam.example.");
        await forum.Send(new BlockTexts(BlockedKind.Domain, BlockedAction.Refuse, "spam.example"), moderator);

        await forum.Send(new EditPost(question, Text + " I saw it at spam.example."), ada);

        Assert.That(await forum.Value<int>("select revision_count from posts where id = @question", new { question }), Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_held_is_posted_and_moderators_get_one_flag()
    {
        await using var forum = new TestForum();
        var (ada, moderator) = (await forum.Make.User(3_000, "Ada"), await forum.Make.User(moderator: true));
        var question = await forum.Make.Question(ada);
        await forum.Send(new BlockTexts(BlockedKind.Phrase, BlockedAction.Hold, "cheap pills"), moderator);

        var answer = await forum.Send(new PostAnswer(question, Text + " And take CHEAP pills."), ada);
        var comment = await forum.Send(new PostComment(question, "Have you looked for cheap pills?"), ada);
        await forum.Settle();
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await forum.Send(new EditPost(answer, Text + " And take cheap pills, as I said."), ada);
        await forum.Settle();

        var flags = await forum.Sql(db => db.Query<Flag>($"select {Flag.Columns} from flags f order by f.id"));
        Assert.That(flags.Select(f => (f.Kind, f.Reason, f.PostId, f.CommentId, f.UserId, f.Words)), Is.EquivalentTo(new[]
        {
            (FlagKind.Noticed, "blocked-text", answer, (long?)null, (long?)null, "cheap pills"), (FlagKind.Noticed, "blocked-text", question, comment, null, "cheap pills"),
        }));
        Assert.That(await forum.Value<int>("select hits from blocked_texts where folded = 'cheap pills'"), Is.EqualTo(2));
        await forum.Send(new EditProfile(ada, "Ada", "I sell cheap pills.", "", ""), ada);
        await forum.Settle();
        Assert.That(await forum.Value<long>("select concerns_id from moderation_acts where action = 'suspect-profile'"), Is.EqualTo(ada));
    }

    [Test]
    public async Task Blocking_is_in_force_at_once_logged_and_undone()
    {
        await using var forum = new TestForum();
        var (moderator, ada) = (await forum.Make.User(moderator: true), await forum.Make.User(3_000));
        var question = await forum.Make.Question(ada);
        Task<long> Post() => forum.Send(new PostComment(question, "Have a look at spam.example for it."), ada);
        Task Undo(string act) => Last(act).ContinueWith(id => forum.Send(new UndoAct(id.Result), moderator), TaskScheduler.Default).Unwrap();
        Task<long> Last(string act) => forum.Value<long>("select max(id) from moderation_acts where action = @act", new { act });

        await Post();
        await forum.Send(new BlockTexts(BlockedKind.Domain, BlockedAction.Refuse, "spam.example"), moderator);
        Assert.ThrowsAsync<ValidationException>(Post);
        Assert.ThrowsAsync<ConflictException>(() => forum.Send(new BlockTexts(BlockedKind.Domain, BlockedAction.Hold, "SPAM.example"), moderator));

        await Undo("block-text");
        await Post();
        await Undo("unblock-text");
        Assert.ThrowsAsync<ValidationException>(Post);
        await Undo("block-text-again");
        await Post();
        Assert.That(await forum.Value<int>("select count(*) from comments"), Is.EqualTo(3));
    }

    [Test]
    public async Task Whether_moderators_block_is_a_setting()
    {
        await using var forum = new TestForum(("Forum:Abuse:ModeratorsBlock", "false"));
        var (moderator, administrator) = (await forum.Make.User(moderator: true), await forum.Make.User(administrator: true));

        Assert.ThrowsAsync<RefusedException>(() => forum.Send(new BlockTexts(BlockedKind.Domain, BlockedAction.Refuse, "spam.example"), moderator));
        Assert.That((await forum.Send(new ListBlocked(), moderator)).WhyNot, Is.EqualTo(Refusals.AdministratorsOnly));
        Assert.That(await forum.Send(new BlockTexts(BlockedKind.Domain, BlockedAction.Refuse, "spam.example"), administrator), Is.EqualTo(1));
        Assert.That((await forum.Send(new ListBlocked(BlockedKind.Domain), administrator)).Texts.Single().Text, Is.EqualTo("spam.example"));
    }

    [TestCase(BlockedKind.Domain, BlockedAction.Refuse, "not a domain", "abuse.no-domain")]
    [TestCase(BlockedKind.Domain, BlockedAction.Refuse, "localhost", "abuse.no-domain")]
    [TestCase(BlockedKind.Domain, BlockedAction.None, "spam.example", "abuse.no-action")]
    [TestCase(BlockedKind.Phrase, BlockedAction.Refuse, "a", "abuse.no-phrase")]
    [TestCase(BlockedKind.Phrase, BlockedAction.Refuse, " \n ", "abuse.nothing-to-block")]
    [TestCase((BlockedKind)9, BlockedAction.Refuse, "some words", "abuse.no-kind")]
    public async Task What_could_not_be_looked_for_is_not_blocked(BlockedKind kind, BlockedAction action, string text, string code)
    {
        await using var forum = new TestForum();
        var administrator = await forum.Make.User(administrator: true);

        var refused = Assert.ThrowsAsync<ValidationException>(() => forum.Send(new BlockTexts(kind, action, text), administrator));

        Assert.That(refused!.Errors.Select(e => e.ErrorCode), Does.Contain(code));
        Assert.That(await forum.Value<int>("select count(*) from blocked_texts where created_by is not null"), Is.Zero);
    }

    [Test]
    public async Task Another_process_sees_what_was_blocked()
    {
        await using var site = new TestSite();
        await using var other = TestForum.Beside(site);
        var (moderator, ada) = (await site.Forum.Make.User(moderator: true), await site.Forum.Make.User(3_000));
        var question = await site.Forum.Make.Question(ada);
        await other.Send(new PostComment(question, "Have a look at spam.example for it."), ada);

        await site.Forum.Send(new BlockTexts(BlockedKind.Domain, BlockedAction.Refuse, "spam.example"), moderator);

        Assert.ThrowsAsync<ValidationException>(() => other.Send(new PostComment(question, "Do look at spam.example for it."), ada));
    }

    [TestCase("You should kill yourself over this.", FlagKind.Unkind, true)]
    [TestCase("KiLL y\u043Eurself!", FlagKind.Harassment, true)]
    [TestCase("You killed it yourself, I think.", FlagKind.Unkind, false)]
    [TestCase("Oh wow, worked like a charm on mine", FlagKind.Obsolete, true)]
    [TestCase("It does nothing at all on mine, see", FlagKind.Obsolete, false)]
    public async Task A_comment_with_known_words_dies_by_one_flag(string text, FlagKind kind, bool isDeleted)
    {
        await using var forum = new TestForum();
        var flagger = await forum.Make.User(1_000);
        var comment = await forum.Make.Comment(await forum.Make.Question(), body: text);

        await forum.Send(new FlagComment(comment, kind), flagger);

        Assert.That(await forum.Value<bool>("select deleted_at is not null from comments where id = @comment", new { comment }), Is.EqualTo(isDeleted));
        Assert.That(await forum.Value<int>("select sum(hits) from blocked_texts"), Is.EqualTo(isDeleted ? 1 : 0));
    }

    private static BlockedSet Of(BlockedKind kind, string text) =>
        new([new BlockedText { Id = 1, Kind = kind, Action = BlockedAction.Refuse, Text = text, Folded = BlockedText.FoldedFor(kind, text) }], 1);

    private static Task Send(TestForum forum, MediatR.IBaseRequest request, long user) => request switch
    {
        MediatR.IRequest<long> asks => forum.Send(asks, user),
        MediatR.IRequest<int> asks => forum.Send(asks, user),
        MediatR.IRequest asks => forum.Send(asks, user),
        _ => throw new AssertionException("It answers something else."),
    };
}
