using Forum.Core.Answers;
using Forum.Core.Badges;
using Forum.Core.Bounties;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Questions;
using Forum.Core.Reviews;
using Forum.Core.Saves;
using Forum.Core.Suggestions;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;
using Forum.Tests.Support;
using MediatR;

namespace Forum.Tests.Badges;

/// <summary>
/// What people do for badges: a person does something so often, or so well, and the events that it would have noted are there. Rows
/// where a hundred commands would be needed to come to the number.
/// </summary>
internal sealed class TestDeeds(TestForum forum)
{
    private const string Body = "What somebody wrote to earn a badge by it, or to miss it by one.";
    private const long Day = 86_400_000;

    /// <summary>Badge → somebody new does it for that number; returns who.</summary>
    public static readonly IReadOnlyDictionary<string, Func<TestDeeds, int, Task<long>>> For = new Dictionary<string, Func<TestDeeds, int, Task<long>>>(StringComparer.Ordinal)
    {
        ["Student"] = (d, n) => d.Scores(1, n),
        ["Scholar"] = (d, n) => d.Accepts(n),
        ["Nice Question"] = (d, n) => d.Scores(1, n),
        ["Good Question"] = (d, n) => d.Scores(1, n),
        ["Great Question"] = (d, n) => d.Scores(1, n),
        ["Popular Question"] = (d, n) => d.IsViewed(n),
        ["Notable Question"] = (d, n) => d.IsViewed(n),
        ["Famous Question"] = (d, n) => d.IsViewed(n),
        ["Favorite Question"] = (d, n) => d.IsSaved(n),
        ["Stellar Question"] = (d, n) => d.IsSaved(n),
        ["Curious"] = (d, n) => d.AsksOnDays(n),
        ["Inquisitive"] = (d, n) => d.AsksOnDays(n),
        ["Socratic"] = (d, n) => d.AsksOnDays(n),
        ["Promoter"] = (d, n) => d.Sponsors(n, own: true, awards: false),
        ["Investor"] = (d, n) => d.Sponsors(n, own: false, awards: false),
        ["Benefactor"] = (d, n) => d.Sponsors(1, own: true, awards: n > 0),
        ["Altruist"] = (d, n) => d.Sponsors(1, own: false, awards: n > 0),
        ["Teacher"] = (d, n) => d.Scores(2, n),
        ["Nice Answer"] = (d, n) => d.Scores(2, n),
        ["Good Answer"] = (d, n) => d.Scores(2, n),
        ["Great Answer"] = (d, n) => d.Scores(2, n),
        ["Self-Learner"] = (d, n) => d.AnswersOwn(n),
        ["Explainer"] = (d, n) => d.EditsAndAnswers(n),
        ["Refiner"] = (d, n) => d.EditsAndAnswers(n),
        ["Illuminator"] = (d, n) => d.EditsAndAnswers(n),
        ["Enlightened"] = (d, n) => d.IsAccepted(n),
        ["Guru"] = (d, n) => d.IsAccepted(n),
        ["Populist"] = (d, n) => d.IsBetterThanAccepted(n, 2 * n + 1),
        ["Revival"] = (d, n) => d.AnswersLate(n, TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1)),
        ["Necromancer"] = (d, n) => d.AnswersLate(n, TimeSpan.FromDays(60)),
        ["Lifejacket"] = (d, n) => d.Rescues(n, low: -2, high: 2),
        ["Lifeboat"] = (d, n) => d.Rescues(n, low: -3, high: 3),
        ["Tenacious"] = (d, n) => d.IsAcceptedAtZero(n, others: 4 * n),
        ["Unsung Hero"] = (d, n) => d.IsAcceptedAtZero(n, others: 3 * n),
        ["Generalist"] = (d, n) => d.IsGoodInTags(n, 15),
        ["Autobiographer"] = (d, n) => d.Introduces(n > 0 ? "Somebody who writes." : ""),
        ["Commentator"] = (d, n) => d.Comments(n, 0),
        ["Pundit"] = (d, n) => d.Comments(n, 5),
        ["Enthusiast"] = (d, n) => d.Visits(n),
        ["Fanatic"] = (d, n) => d.Visits(n),
        ["Mortarboard"] = (d, n) => d.GainsOnDays(n, 200),
        ["Epic"] = (d, n) => d.GainsOnDays(n, 200),
        ["Legendary"] = (d, n) => d.GainsOnDays(n, 200),
        ["Yearling"] = (d, n) => d.GainsInAYear(n),
        ["Supporter"] = (d, n) => d.Votes(n, Direction.Up),
        ["Critic"] = (d, n) => d.Votes(n, Direction.Down),
        ["Suffrage"] = (d, n) => d.Votes(n, Direction.Up),
        ["Vox Populi"] = (d, n) => d.Votes(n, Direction.Up),
        ["Civic Duty"] = (d, n) => d.Votes(n, Direction.Down),
        ["Electorate"] = (d, n) => d.VotesOnQuestions(n, others: 3 * n),
        ["Sportsmanship"] = (d, n) => d.VotesForRivals(n),
        ["Editor"] = (d, n) => d.Edits(n, own: true),
        ["Strunk & White"] = (d, n) => d.Edits(n, own: false),
        ["Copy Editor"] = (d, n) => d.Edits(n, own: false),
        ["Organizer"] = (d, n) => d.Retags(n),
        ["Cleanup"] = (d, n) => d.RollsBack(n),
        ["Excavator"] = (d, n) => d.EditsOldPosts(n),
        ["Archaeologist"] = (d, n) => d.EditsOldPosts(n),
        ["Proofreader"] = (d, n) => d.Reviews(n),
        ["Custodian"] = (d, n) => d.ReviewsPosts(n),
        ["Reviewer"] = (d, n) => d.ReviewsPosts(n),
        ["Steward"] = (d, n) => d.ReviewsPosts(n),
        ["Citizen Patrol"] = (d, n) => d.Flags(n, 0),
        ["Deputy"] = (d, n) => d.Flags(n, 1),
        ["Marshal"] = (d, n) => d.Flags(n, 1),
        ["Disciplined"] = (d, n) => d.Deletes(n),
        ["Peer Pressure"] = (d, n) => d.Deletes(-n),
        ["Synonymizer"] = (d, n) => d.ProposesSynonyms(n),
        ["Tag Editor"] = (d, n) => d.DescribesTags(n),
        ["Research Assistant"] = (d, n) => d.DescribesTags(n),
        ["Taxonomist"] = (d, n) => d.CreatesATag(n),
    };

    private Db? writing;

    private long Now => forum.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A post of that score, by whoever is given or somebody new, who gets a vote for it now.</summary>
    public async Task<long> Scores(int kind, int score, long? by = null)
    {
        var author = by ?? await forum.Make.User();
        var post = kind == 1 ? await Question(author, score) : await Answer(await Question(await forum.Make.User(), 0), author, score);
        await Happen(new VoteCast(post, post, author, 0, Direction.Up));
        return author;
    }

    /// <summary>A question whose asker accepts an answer so often.</summary>
    public async Task<long> Accepts(int count)
    {
        var asker = await forum.Make.User();
        for (var i = 0; i < Math.Max(1, count); i++)
        {
            var question = await Question(asker, 0);
            var answer = await Answer(question, await forum.Make.User(), 0);
            if (count > 0)
                await Accept(question, answer);
            await Happen(new AnswerAccepted(question, answer, null, null, asker));
        }

        return asker;
    }

    /// <summary>A question that has been looked at so often, by one of its visitors just now.</summary>
    public async Task<long> IsViewed(int views, long? by = null)
    {
        var author = by ?? await forum.Make.User();
        var question = await Question(author, 0);
        await Write("update posts set view_count = @before where id = @question", new { before = views - 1, question });
        forum.Service<ViewCounter>().Count(question, Visitor.Account(author + 1_000_000));
        await forum.Service<ViewCounter>().Write(default);
        return author;
    }

    /// <summary>A question that so many people saved, the last of them just now.</summary>
    public async Task<long> IsSaved(int saves, long? by = null)
    {
        var author = by ?? await forum.Make.User();
        var question = await Question(author, 0);
        var people = await People(saves - 1);
        await Write("insert into saves (user_id, post_id, saved_at) select value, @question, @Now from json_each(@people)", new { question, Now, people = List(people) });
        await forum.Send(new SavePost(question), await forum.Make.User());
        return author;
    }

    /// <summary>A question that scores on each of so many days.</summary>
    public async Task<long> AsksOnDays(int days, int others = 0, int otherScore = 0)
    {
        var author = await forum.Make.User();
        var last = 0L;
        await Together(async () =>
        {
            for (var day = 0; day < days; day++)
                last = await Question(author, 1, at: Now - day * Day);
        });
        await Together(async () =>
        {
            for (var other = 0; other < others; other++)
                await Question(author, otherScore);
        });
        await Happen(new VoteCast(last, last, author, 0, Direction.Up));
        return author;
    }

    /// <summary>Bounties offered, and given away by hand or not.</summary>
    public async Task<long> Sponsors(int count, bool own, bool awards, int share = 1)
    {
        var sponsor = await forum.Make.User();
        var asker = own ? sponsor : await forum.Make.User();
        var question = await Question(asker, 0);
        var answer = await Answer(question, await forum.Make.User(), 0);
        for (var i = 0; i < count; i++)
        {
            await Write(
                """
                insert into bounties (question_id, sponsor_id, amount, started_at, ends_at, awarded_answer_id, awarded_amount, outcome)
                values (@question, @sponsor, 50, @Now, @Now, @given, @amount, @outcome)
                """, new { question, sponsor, Now, given = awards ? answer : (long?)null, amount = awards ? 50 / share : 0, outcome = !awards ? (int?)null : share == 1 ? 1 : 2 });
        }

        await Happen(awards ? new BountyAwarded(0, question, answer, null, sponsor, 50, share > 1) : new BountyStarted(0, question, sponsor));
        return sponsor;
    }

    /// <summary>An answer of that score to a question of one's own.</summary>
    public async Task<long> AnswersOwn(int score)
    {
        var author = await forum.Make.User();
        var answer = await Answer(await Question(author, 0), author, score);
        await Happen(new VoteCast(answer, answer, author, 0, Direction.Up));
        return author;
    }

    /// <summary>So many questions of others edited and answered, so long after each other.</summary>
    public async Task<long> EditsAndAnswers(int count, TimeSpan? apart = null, int score = 1)
    {
        var (author, asker) = (await forum.Make.User(), await forum.Make.User());
        await Together(async () =>
        {
            for (var i = 0; i < Math.Max(1, count); i++)
            {
                var question = await Question(asker, 0);
                await Answer(question, author, score);
                if (i < count)
                    await Revise(question, author, number: 2, at: Now - (long)(apart ?? TimeSpan.FromHours(12)).TotalMilliseconds);
            }
        });

        await Happen(new PostEdited(1, 1, author, 2, true, []));
        return author;
    }

    /// <summary>An accepted answer of that score, the only one.</summary>
    public async Task<long> IsAccepted(int score, long? by = null)
    {
        var author = by ?? await forum.Make.User();
        var question = await Question(await forum.Make.User(), 0);
        var answer = await Answer(question, author, score);
        await Accept(question, answer);
        await Happen(new AnswerAccepted(question, answer, author, null, 0));
        return author;
    }

    /// <summary>An answer that was not accepted beside one that was.</summary>
    public async Task<long> IsBetterThanAccepted(int accepted, int score, long? by = null)
    {
        var author = by ?? await forum.Make.User();
        var question = await Question(await forum.Make.User(), 0);
        var other = await Answer(question, await forum.Make.User(), accepted);
        await Accept(question, other);
        var answer = await Answer(question, author, score);
        await Happen(new VoteCast(other, question, null, 0, Direction.Up));
        await Happen(new VoteCast(answer, question, author, 0, Direction.Up));
        return author;
    }

    /// <summary>An answer of that score, so long after the question.</summary>
    public async Task<long> AnswersLate(int score, TimeSpan after, int? earlier = null, long? by = null)
    {
        var author = by ?? await forum.Make.User();
        var question = await Question(await forum.Make.User(), 0, at: Now - (long)after.TotalMilliseconds);
        if (earlier is { } before)
            await Answer(question, await forum.Make.User(), before, at: Now - 1);
        var answer = await Answer(question, author, score);
        await Happen(new VoteCast(answer, question, author, 0, Direction.Up));
        return author;
    }

    /// <summary>An answer of that score to a question that was low and is high.</summary>
    public async Task<long> Rescues(int score, int low, int high, long? by = null)
    {
        var author = by ?? await forum.Make.User();
        var question = await Question(await forum.Make.User(), high);
        await Write(
            "insert into legacy_votes (post_id, kind, day, votes) values (@question, 3, 100, @down), (@question, 2, 101, @up)",
            new { question, down = -low, up = high - low });
        var answer = await Answer(question, author, score);
        await Happen(new VoteCast(answer, question, author, 0, Direction.Up));
        return author;
    }

    /// <summary>So many accepted answers that nobody voted on, among others.</summary>
    public async Task<long> IsAcceptedAtZero(int count, int others)
    {
        var (author, asker) = (await forum.Make.User(), await forum.Make.User());
        var last = (Question: 0L, Answer: 0L);
        await Together(async () =>
        {
            for (var i = 0; i < count; i++)
            {
                last.Question = await Question(asker, 0);
                last.Answer = await Answer(last.Question, author, 0);
                await Accept(last.Question, last.Answer);
            }
        });

        await Together(async () =>
        {
            for (var i = 0; i < others; i++)
                await Answer(last.Question, author, 1);
        });
        await Happen(new AnswerAccepted(last.Question, last.Answer, author, null, asker));
        return author;
    }

    /// <summary>Answers that score so much under each of so many tags.</summary>
    public async Task<long> IsGoodInTags(int count, int score)
    {
        var author = await forum.Make.User();
        await Write("insert into tags (name, question_count, created_at) select 'tag' || value, 5, 0 from json_each(@numbers) where true on conflict do nothing", new { numbers = List(Enumerable.Range(1, count).Select(n => (long)n)) });
        await Write("insert into tag_scores (user_id, tag_id, answer_score, answers) select @author, id, @score, 1 from tags where name like 'tag%'", new { author, score });
        return author;
    }

    /// <summary>Writes that about oneself.</summary>
    public async Task<long> Introduces(string about)
    {
        var someone = await forum.Make.User();
        await forum.Send(new EditProfile(someone, "Somebody", about, "", ""), someone);
        return someone;
    }

    /// <summary>So many comments that so many people voted for.</summary>
    public async Task<long> Comments(int count, int score)
    {
        var author = await forum.Make.User();
        var post = await Question(await forum.Make.User(), 0);
        var last = 0L;
        for (var i = 0; i < count; i++)
            last = await forum.Make.Comment(post, author);
        await Write("update comments set score = @score, legacy_score = @score where author_id = @author", new { score, author });
        await Happen(score == 0 ? new CommentPosted(last, post, post, author, []) : new CommentVoteCast(last, post, post, 0));
        return author;
    }

    /// <summary>Comes on so many days in a row, and not before.</summary>
    public async Task<long> Visits(int days)
    {
        var someone = await forum.Make.User();
        for (var day = 0; day < days; day++)
        {
            await forum.Send(new NoteVisit(), someone);
            forum.Clock.Advance(TimeSpan.FromDays(1));
        }

        return someone;
    }

    /// <summary>Gains so much on each of so many days, the last of them today, and one less on another.</summary>
    public async Task<long> GainsOnDays(int days, int gain)
    {
        var author = await forum.Make.User();
        var post = await Question(author, 0);
        await Together(async () =>
        {
            for (var day = 0; day < days; day++)
            {
                await Gain(author, gain - 10, Now - day * Day);
                await Gain(author, 10, Now - day * Day);
                await Gain(author, -2, Now - day * Day);
            }
        });

        await Gain(author, gain - 1, Now - days * Day);
        await Happen(new VoteCast(post, post, author, 0, Direction.Up));
        return author;
    }

    /// <summary>Has been a member for a year since just now, and gained so much in it.</summary>
    public async Task<long> GainsInAYear(int gain, int years = 1)
    {
        var someone = await forum.Make.User();
        await Write("update users set created_at = @created where id = @someone", new { created = Now - years * Feat.Year, someone });
        await Together(async () =>
        {
            for (var year = 1; year <= years; year++)
                await Gain(someone, gain, Now - year * Feat.Year + Day);
        });
        await Gain(someone, 1_000, Now);
        return someone;
    }

    /// <summary>So many votes today.</summary>
    public async Task<long> Votes(int count, Direction direction) => await Voted(await forum.Make.User(), count, 2, direction);

    /// <summary>So many votes on questions among others on answers.</summary>
    public async Task<long> VotesOnQuestions(int count, int others)
    {
        var voter = await forum.Make.User();
        await Voted(voter, others, 2, Direction.Down);
        return await Voted(voter, count, 1, Direction.Up);
    }

    /// <summary>So many votes for answers beside good ones of one's own.</summary>
    public async Task<long> VotesForRivals(int count, int ownScore = 1)
    {
        var (voter, rival, question) = (await forum.Make.User(), await forum.Make.User(), await Question(await forum.Make.User(), 0));
        await Answer(question, voter, ownScore);
        await Together(async () =>
        {
            for (var i = 0; i < count; i++)
                await Vote(voter, await Answer(question, rival, 1), Direction.Up);
        });
        await Happen(new VoteCast(question, question, rival, voter, Direction.Up));
        return voter;
    }

    /// <summary>So many posts edited.</summary>
    public async Task<long> Edits(int count, bool own)
    {
        var (editor, author) = (await forum.Make.User(), await forum.Make.User());
        await Together(async () =>
        {
            for (var i = 0; i < count; i++)
                await Revise(await Question(own ? editor : author, 0), editor, number: 2);
        });
        await Happen(new PostEdited(1, 1, editor, 2, true, []));
        return editor;
    }

    /// <summary>Tags of so many questions of others changed.</summary>
    public async Task<long> Retags(int count)
    {
        var (editor, author) = (await forum.Make.User(), await forum.Make.User());
        await Together(async () =>
        {
            for (var i = 0; i < count; i++)
                await Revise(await Question(author, 0), editor, number: 2, tags: "other", body: null);
        });
        await Happen(new PostEdited(1, 1, editor, 2, true, []));
        return editor;
    }

    /// <summary>Takes back what was changed, so often.</summary>
    public async Task<long> RollsBack(int count)
    {
        var editor = await forum.Make.User(5_000);
        const string First = "The text as it was at first, before anybody changed it.";
        var question = await forum.Make.Question(body: First);
        await forum.Send(new EditPost(question, "Another text, which is worse than the one before it."), await forum.Make.User(5_000));
        await forum.Send(new EditPost(question, count > 0 ? First : "A third text, which is no older one.", RollbackTo: count > 0 ? 1 : null), editor);
        return editor;
    }

    /// <summary>So many suggested edits decided on, the last of them just now.</summary>
    public async Task<long> Reviews(int count)
    {
        var (reviewer, author) = (await forum.Make.User(), await forum.Make.User());
        var question = await Question(author, 0);
        await Write(
            """
            insert into suggested_edits (post_id, author_id, body, comment, basis, revision, created_at, outcome, decided_at)
            select @question, @author, 'A text', 'A summary', '', 1, @Now, 2, @Now from json_each(@each)
            """, new { question, author, Now, each = List(Enumerable.Range(1, count).Select(i => (long)i)) });
        await Write("insert into suggested_edit_reviews (edit_id, user_id, verdict, given_at) select id, @reviewer, -1, @Now from suggested_edits where post_id = @question", new { reviewer, Now, question });
        await Happen(new SuggestionReviewed(0, question, reviewer));
        return reviewer;
    }

    /// <summary>So many reviews in a queue, and one that was skipped and one that was a test.</summary>
    public async Task<long> ReviewsPosts(int count, long? by = null, int queue = 1)
    {
        var (reviewer, author) = (by ?? await forum.Make.User(), await forum.Make.User());
        var question = await Question(author, 0);
        await Write(
            """
            insert into review_tasks (queue, post_id, opened_at, audit, outcome, closed_at)
            select @queue, @question, @Now, case when value = 0 then 1 end, 1, @Now from json_each(@each)
            """, new { question, queue, Now, each = List(Enumerable.Range(-1, count + 2).Select(i => (long)i)) });
        await Write(
            """
            insert into reviews (task_id, user_id, outcome, reviewed_at)
            select id, @reviewer, case when id = (select min(id) from review_tasks where post_id = @question) then 0 else 1 end, @Now from review_tasks where post_id = @question
            """, new { reviewer, Now, question });
        await Happen(new PostReviewed(0, (ReviewQueue)queue, question, question, reviewer, ReviewOutcome.LooksOk, false));
        return reviewer;
    }

    /// <summary>So many flags of that state, and one of a comment that waits.</summary>
    public async Task<long> Flags(int count, int state)
    {
        var (flagger, author) = (await forum.Make.User(), await forum.Make.User());
        var question = await Question(author, 0);
        var comment = await forum.Make.Comment(question, author);
        await Write(
            """
            insert into flags (kind, post_id, user_id, raised_at, state, decided_at)
            select 7, @question, @flagger, @Now, @state, case when @state = 0 then null else @Now end from json_each(@each)
            """, new { question, flagger, state, Now, each = List(Enumerable.Range(1, count).Select(i => (long)i)) });
        await Write("insert into flags (kind, post_id, comment_id, user_id, raised_at) values (13, @question, @comment, @flagger, @Now)", new { question, comment, flagger, Now });
        await Happen(new FlagRaised(0, FlagKind.Moderator, question, question, null, flagger, author));
        await Happen(new FlagsDecided([], FlagState.Helpful, [], question, [flagger], null));
        return flagger;
    }

    /// <summary>So many synonyms proposed and approved, the last of them just now, and one that is voted on still.</summary>
    public async Task<long> ProposesSynonyms(int count)
    {
        var someone = await forum.Make.User();
        await forum.Make.Tags("master");
        await Write(
            """
            insert into tag_synonyms (name, tag_id, proposed_by, proposed_at, approved_at)
            select 'name' || value, (select id from tags where name = 'master'), @someone, @Now, case when value > 0 then @Now end
            from json_each(@each)
            """, new { someone, Now, each = List(Enumerable.Range(0, count + 1).Select(i => (long)i)) });
        await Happen(new SynonymApproved("master", "name1", someone));
        return someone;
    }

    /// <summary>So many tags described, each by its excerpt and its wiki, and another by nothing.</summary>
    public async Task<long> DescribesTags(int count)
    {
        var someone = await forum.Make.User();
        await Together(async () =>
        {
            for (var i = 0; i <= count; i++)
            {
                var (excerpt, wiki) = (await TagText(4, someone, i == 0 ? "" : Body), await TagText(5, someone, i == 0 ? "" : Body));
                await Write("insert into tags (name, created_at, excerpt_post_id, wiki_post_id) values (@name, @Now, @excerpt, @wiki); update totals set tags = tags + 1", new { name = $"tag{i}", Now, excerpt, wiki });
            }
        });
        await Happen(new PostEdited(1, 1, someone, 2, true, []));
        return someone;
    }

    private async Task<long> TagText(int kind, long by, string body)
    {
        var id = await Written(db => db.Get<long>(
            "insert into posts (kind, author_id, body, html, renderer, created_at, active_at, license, revision_count) values (@kind, -1, @body, '', 0, @Now, @Now, '', 2) returning id",
            new { kind, body, Now }));
        await Write("insert into revisions (post_id, number, author_id, body, created_at, license) values (@id, 1, -1, '', @Now, ''), (@id, 2, @by, @body, @Now, '')", new { id, by, body, Now });
        return id;
    }

    /// <summary>So many posts of others edited that nobody touched for half a year, and one younger.</summary>
    public async Task<long> EditsOldPosts(int count)
    {
        var (editor, author) = (await forum.Make.User(), await forum.Make.User());
        await Together(async () =>
        {
            for (var i = 0; i < count; i++)
                await Revise(await Question(author, 0, at: Now - 183 * Day), editor, number: 2);
        });
        await Revise(await Question(author, 0, at: Now - 182 * Day), editor, number: 2);
        await Happen(new PostEdited(1, 1, editor, 2, true, []));
        return editor;
    }

    /// <summary>Deletes an answer of one's own that scores so much.</summary>
    public async Task<long> Deletes(int score)
    {
        var author = await forum.Make.User();
        var answer = await forum.Make.Answer(await forum.Make.Question(), author);
        await Write("update posts set score = @score where id = @answer", new { score, answer });
        await forum.Send(new DeletePost(answer), author);
        return author;
    }

    /// <summary>Made a tag that so many questions carry by now.</summary>
    public async Task<long> CreatesATag(int questions)
    {
        var someone = await forum.Make.User();
        await Write("insert into tags (name, question_count, created_at, created_by) values (@name, @questions, 0, @someone)", new { name = $"made-by-{someone}", questions, someone });
        return someone;
    }

    /// <summary>A question.</summary>
    public Task<long> Question(long by, int score, long? at = null) => Post(1, null, by, score, at);

    /// <summary>An answer.</summary>
    public Task<long> Answer(long question, long by, int score, long? at = null) => Post(2, question, by, score, at);

    /// <summary>Marks an answer as accepted.</summary>
    public Task Accept(long question, long answer) =>
        Write("update posts set accepted_answer_id = @answer, accepted_at = @Now where id = @question", new { question, answer, Now });

    /// <summary>Notes an event, as the command would have.</summary>
    public Task Happen(INotification what) => forum.Announce(what);

    // One transaction for rows that are written one after the other.
    private Task Together(Func<Task> work) =>
        forum.Sql(db => db.InTransaction(async () =>
        {
            writing = db;
            try
            {
                await work();
                return 0;
            }
            finally
            {
                writing = null;
            }
        }, default));

    private Task<T> Written<T>(Func<Db, Task<T>> work) => writing is { } db ? work(db) : forum.Sql(own => own.InTransaction(() => work(own), default));

    private Task Write(string sql, object parameters) => Written(db => db.Execute(sql, parameters));

    private Task<long> Post(int kind, long? question, long by, int score, long? at) =>
        Written(async db =>
        {
            var id = await db.Get<long>(
                """
                insert into posts (kind, question_id, author_id, title, body, html, renderer, score, created_at, active_at, license)
                values (@kind, @question, @by, @title, @Body, @Body, 0, @score, @at, @at, 'CC BY-SA 4.0')
                returning id
                """, new { kind, question, by, title = kind == 1 ? "What earns somebody a badge here?" : null, Body, score, at = at ?? Now });
            await db.Execute(
                "insert into revisions (post_id, number, author_id, body, created_at, license) values (@id, 1, @by, @Body, @at, 'CC BY-SA 4.0')", new { id, by, Body, at = at ?? Now });
            return id;
        });

    private Task Revise(long post, long by, int number, long? at = null, string? tags = null, string? body = Body) =>
        Write(
            "insert into revisions (post_id, number, author_id, body, tags, created_at, license) values (@post, @number, @by, @body, @tags, @at, 'CC BY-SA 4.0')",
            new { post, number, by, body, tags, at = at ?? Now });

    private Task Gain(long user, int gain, long at) =>
        Write("insert into reputation_events (user_id, kind, nominal, applied, at) values (@user, 12, @gain, @gain, @at)", new { user, gain, at });

    private async Task<long> Voted(long voter, int count, int kind, Direction direction)
    {
        var author = await forum.Make.User();
        var question = await Question(author, 0);
        await Together(async () =>
        {
            for (var i = 0; i < count; i++)
                await Vote(voter, kind == 1 ? await Question(author, 0) : await Answer(question, author, 0), direction);
        });
        await Happen(new VoteCast(question, question, author, voter, direction));
        return voter;
    }

    private Task Vote(long voter, long post, Direction direction) =>
        Write("insert into votes (post_id, user_id, direction, cast_at) values (@post, @voter, @direction, @Now)", new { post, voter, direction = (int)direction, Now });

    private async Task<IReadOnlyList<long>> People(int count)
    {
        var people = new List<long>();
        for (var i = 0; i < count; i++)
            people.Add(await forum.Make.User());
        return people;
    }

    private static string List(IEnumerable<long> numbers) => SqlDialect.Sqlite.List(numbers);
}
