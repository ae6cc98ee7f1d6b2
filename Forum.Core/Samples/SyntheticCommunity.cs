using System.Globalization;
using Forum.Core.Settings;
using Forum.Core.Voting;

namespace Forum.Core.Samples;

/// <summary>
/// A community that never was: so many questions and everything that people did with them, the same for the same number.
/// Pure: each thread is made by itself, in any order, on any thread.
/// </summary>
/// <param name="questions">How many questions it has.</param>
/// <param name="firstPerson">The id of its first person; the others follow.</param>
/// <param name="settings">The community's rules, as far as what people do depends on them.</param>
internal sealed class SyntheticCommunity(int questions, long firstPerson, ForumSettings settings)
{
    // A fixed past: the community does not depend on when it is made.
    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const int Founders = 20;
    private const int Moderators = 3;
    private const int MostAnswers = 40;

    // How much more the first people do than the last: few write most answers, many ask a question or two.
    private const double AskersLean = 1.6;
    private const double AnswerersLean = 2.2;
    private const double VotersLean = 1.3;

    private static readonly string[] CloseReasons = ["off-topic", "needs-details", "needs-focus", "opinion-based"];
    private static readonly string[] EditComments = ["", "", "formatting", "fixed a typo", "added what was asked for in the comments", "clearer title", "tags"];

    private readonly int[] firstPosts = FirstPosts(questions);
    private readonly Zipf tagRanks = new(TagsFor(questions));

    /// <summary>How many people it has.</summary>
    public int People { get; } = Math.Max(Founders, questions / 4);

    /// <summary>The names of its tags, the commonest first.</summary>
    public IReadOnlyList<string> Tags { get; } = Vocabulary.Tags(TagsFor(questions));

    /// <summary>How many questions and answers it has.</summary>
    public int Posts => firstPosts[^1] - 1;

    /// <summary>The id of somebody who moderates.</summary>
    public long Moderator => firstPerson;

    /// <summary>The id of a question by its number, from 0. Its answers follow.</summary>
    public long QuestionId(int number) => firstPosts[number];

    /// <summary>Somebody by their number, from 0.</summary>
    public SyntheticPerson Person(int number)
    {
        var dice = new Dice(number, salt: 4);
        // As many are here at any time as Present says.
        var joined = number < Founders ? Begin : Begin + (End - Begin) * ((double)number / People);
        return new SyntheticPerson(
            firstPerson + number, string.Create(CultureInfo.InvariantCulture, $"Member {number + 1}"),
            dice.Chance(0.3) ? new SyntheticText(dice, () => null).Addition() : "", number < Moderators, joined, End - (End - joined) * dice.Real() * dice.Real());
    }

    /// <summary>A question and all that became of it, by its number, from 0.</summary>
    public SyntheticThread Thread(int number)
    {
        var dice = new Dice(number, salt: 5);
        var at = AskedAt(number, dice);
        var text = new SyntheticText(dice, () => number == 0 ? null : $"https://{settings.PublicUrl.Host}/questions/{QuestionId(dice.Next(number))}");
        // Few threads have most of the views and votes.
        var fame = Math.Min(Math.Pow(1 - dice.Real(), -0.6), 200);
        var tags = TagNumbers(dice);
        var link = number > 0 && dice.Chance(0.1) ? dice.Next(number) : (int?)null;
        var isDuplicate = link is not null && dice.Chance(0.25);

        var question = Written(dice, text, QuestionId(number), Somebody(dice, at, AskersLean), at, SyntheticText.Title(dice), [.. tags.Select(tag => Tags[tag])]);
        Happen(dice, text, question, fame);
        for (var saves = dice.Count(0.03 * fame); saves > 0; saves--)
            AddOnce(question.SavedBy, Somebody(dice, at, VotersLean));
        question.SavedBy.Sort();

        var times = Enumerable.Range(0, AnswersOf(number)).Select(_ => After(dice, at, TimeSpan.FromHours(5))).Order().ToArray();
        var answers = new List<SyntheticPost>(times.Length);
        foreach (var answeredAt in times)
        {
            var answer = Written(dice, text, question.Id + 1 + answers.Count, Somebody(dice, answeredAt, AnswerersLean), answeredAt, null, []);
            Happen(dice, text, answer, 1.8 * fame / (1 + answers.Count));
            answers.Add(answer);
        }

        var thread = new SyntheticThread(question, answers, tags, (int)(20 + 30 * Math.Pow(fame, 1.7) * (0.5 + dice.Real())), link, isDuplicate);
        Accept(dice, thread);
        Close(dice, thread);
        Delete(dice, thread);
        return thread;
    }

    // Post ids, and with them everything that points at a post, are known before anything is written.
    private static int[] FirstPosts(int questions)
    {
        var first = new int[questions + 1];
        first[0] = 1;
        for (var number = 0; number < questions; number++)
            first[number + 1] = first[number] + 1 + AnswersOf(number);
        return first;
    }

    private static int AnswersOf(int number)
    {
        var dice = new Dice(number, salt: 3);
        return dice.Chance(0.12) ? 0 : Math.Min(1 + dice.Count(1.73), MostAnswers);
    }

    private static int TagsFor(int questions) => (int)Math.Clamp(5 * Math.Pow(questions, 0.6), 40, 50_000);

    private DateTimeOffset AskedAt(int number, Dice dice) => ToTheSecond(Begin + (End - Begin) * ((number + dice.Real()) / questions));

    private int Present(DateTimeOffset at) => Math.Clamp((int)(People * ((at - Begin) / (End - Begin))), Founders, People);

    private long Somebody(Dice dice, DateTimeOffset at, double lean) => firstPerson + dice.Power(Present(at), lean);

    private static DateTimeOffset ToTheSecond(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));

    // Mostly soon, sometimes years later, never in the future.
    private static DateTimeOffset After(Dice dice, DateTimeOffset at, TimeSpan typical)
    {
        var luck = dice.Real();
        var wait = TimeSpan.FromMinutes(1) + typical * Math.Min(luck / (1 - luck), 2_000);
        return ToTheSecond(wait < End - at ? at + wait : at + (End - at) * luck);
    }

    private int[] TagNumbers(Dice dice)
    {
        var tags = new List<int>();
        for (var wanted = 1 + dice.Next(5); wanted > 0; wanted--)
        {
            var tag = tagRanks.Draw(dice);
            if (!tags.Contains(tag))
                tags.Add(tag);
        }

        return [.. tags];
    }

    private SyntheticPost Written(Dice dice, SyntheticText text, long id, long author, DateTimeOffset at, string? title, string[] tags)
    {
        var post = new SyntheticPost(id, author, at);
        var edits = dice.Chance(0.17) ? 1 + dice.Power(3, 2.5) : 0;
        // Of an edited question it may be the last tag that was added.
        var isTagged = edits > 0 && tags.Length > 1 && dice.Chance(0.2);
        post.Revisions.Add(new SyntheticRevision(author, at, title, text.Body(), title is null ? null : string.Join(' ', isTagged ? tags[..^1] : tags), ""));
        for (var edit = 1; edit <= edits; edit++)
        {
            var editedAt = After(dice, post.ActiveAt + settings.Windows.EditGrace, TimeSpan.FromHours(8));
            var editor = dice.Chance(0.65) ? author : Somebody(dice, editedAt, AnswerersLean);
            var comment = dice.Of(EditComments);
            post.Revisions.Add((isTagged && edit == 1, title is not null && dice.Chance(0.25)) switch
            {
                (true, _) => new SyntheticRevision(editor, editedAt, null, null, string.Join(' ', tags), comment),
                (_, true) => new SyntheticRevision(editor, editedAt, SyntheticText.Title(dice), null, null, comment),
                _ => new SyntheticRevision(editor, editedAt, null, $"{post.Body}\n\n{text.Addition()}", null, comment),
            });
        }

        return post;
    }

    private void Happen(Dice dice, SyntheticText text, SyntheticPost post, double fame)
    {
        var voters = new HashSet<long> { post.Author };
        for (var votes = Math.Min(dice.Count(fame), Present(post.CreatedAt) / 2); votes > 0; votes--)
        {
            var voter = Somebody(dice, post.CreatedAt, VotersLean);
            if (voters.Add(voter))
                post.Votes.Add(new SyntheticVote(voter, dice.Chance(0.9) ? Direction.Up : Direction.Down, After(dice, post.CreatedAt, TimeSpan.FromDays(2))));
        }

        post.Votes.Sort((one, other) => one.Voter.CompareTo(other.Voter));
        for (var comments = dice.Count(1.47); comments > 0; comments--)
        {
            var at = After(dice, post.CreatedAt, TimeSpan.FromHours(3));
            var author = dice.Chance(0.3) ? post.Author : Somebody(dice, at, AnswerersLean);
            var liked = new List<long>();
            for (var likes = dice.Count(0.2); likes > 0; likes--)
            {
                if (Somebody(dice, at, VotersLean) is var voter && voter != author)
                    AddOnce(liked, voter);
            }

            liked.Sort();
            post.Comments.Add(new SyntheticComment(author, text.Comment(), at, liked, dice.Chance(0.02) ? After(dice, at, TimeSpan.FromHours(1)) : null));
        }

        post.Comments.Sort((one, other) => one.At.CompareTo(other.At));
    }

    private static void Accept(Dice dice, SyntheticThread thread)
    {
        if (thread.Answers.Count == 0 || !dice.Chance(0.55))
            return;

        thread.Accepted = thread.Answers[dice.Power(thread.Answers.Count, 2)];
        thread.AcceptedAt = After(dice, thread.Accepted.CreatedAt, TimeSpan.FromHours(3));
    }

    private static void Close(Dice dice, SyntheticThread thread)
    {
        if (!thread.IsDuplicate && !dice.Chance(0.02))
            return;

        thread.ClosedAt = After(dice, thread.Posts.Max(p => p.CreatedAt), TimeSpan.FromHours(3));
        thread.CloseReason = thread.IsDuplicate ? "duplicate" : dice.Of(CloseReasons);
    }

    // Only what nobody liked enough to keep its reputation (docs/rules/reputation.md, section 3), after all that happened to it.
    private void Delete(Dice dice, SyntheticThread thread)
    {
        if (thread.Posts.All(p => p.Score < settings.Reputation.KeptFromScore) && dice.Chance(0.07))
            Delete(dice, thread.Question, thread.Posts.Select(p => p.LastAt).Append(thread.AcceptedAt ?? Begin).Append(thread.ClosedAt ?? Begin).Max());
        else
        {
            foreach (var answer in thread.Answers)
            {
                if (answer != thread.Accepted && answer.Score < settings.Reputation.KeptFromScore && dice.Chance(0.06))
                    Delete(dice, answer, answer.LastAt);
            }
        }
    }

    private void Delete(Dice dice, SyntheticPost post, DateTimeOffset after)
    {
        post.DeletedAt = After(dice, after, TimeSpan.FromHours(12));
        post.DeletedBy = dice.Chance(0.6) ? post.Author : firstPerson + dice.Next(Moderators);
    }

    private static void AddOnce(List<long> people, long person)
    {
        if (!people.Contains(person))
            people.Add(person);
    }
}

/// <summary>Somebody of the synthetic community.</summary>
internal sealed record SyntheticPerson(long Id, string Name, string About, bool IsModerator, DateTimeOffset CreatedAt, DateTimeOffset SeenAt);
