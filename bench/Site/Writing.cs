using System.Globalization;
using System.Text;
using Forum.Bench.Load;
using Microsoft.Data.Sqlite;

namespace Forum.Bench.Site;

/// <summary>What people write: requests that each change something, made from the forms of the members' sessions. Asked from many threads.</summary>
sealed class Writing
{
    const int MostPosts = 100_000;

    static readonly string[] Vocabulary =
        "the a value of list when that server returns every query which file error after loading index table type string request method but class with same page function array object user before key and result for data is not found"
            .Split(' ');

    readonly IReadOnlyList<Member> members;
    readonly (long Id, long Author)[] posts;
    readonly long[] questions;
    readonly HashSet<(long Member, long Post)> voted;
    readonly string[] tags;
    // What was written in earlier runs is not written again.
    readonly string run = Guid.NewGuid().ToString("N")[..8];
    int votes = -1;
    int texts;

    /// <summary>Writing of these members in a community.</summary>
    public Writing(Community community, IReadOnlyList<Member> members)
    {
        this.members = members;
        tags = community.Tags;
        using var connection = SeededDatabase.Open(community.Database, SqliteOpenMode.ReadOnly);
        var open = Open(connection);
        posts = [.. open.Select(post => (post.Id, post.Author))];
        questions = [.. open.Where(post => post.IsQuestion).Select(post => post.Id)];
        voted = [.. members.SelectMany(member => connection.Read("select post_id from votes where user_id = @p0", r => (member.Id, r.GetInt64(0)), member.Id))];
        if (questions.Length == 0)
            throw new WrongUseException("There are no open questions to write to: more --questions are needed.");
    }

    /// <summary>An upvote for a post that its member has not voted on, as the arrow's script sends it.</summary>
    public Target Vote()
    {
        // Members take turns, and each goes through the posts from a place of their own.
        while (true)
        {
            var turn = Interlocked.Increment(ref votes);
            var member = members[turn % members.Count];
            var post = posts[(turn / members.Count + turn % members.Count * (posts.Length / members.Count)) % posts.Length];
            if (turn / members.Count >= posts.Length)
                throw new WrongUseException("Everybody has voted on everything: more --questions are needed.");
            if (post.Author != member.Id && !voted.Contains((member.Id, post.Id)))
                return Form(member, string.Create(CultureInfo.InvariantCulture, $"/posts/{post.Id}/vote"), isScript: true, ("direction", "up"));
        }
    }

    /// <summary>A comment, as the form's script sends it.</summary>
    public Target Comment()
    {
        var number = Interlocked.Increment(ref texts);
        return Form(Someone(number), string.Create(CultureInfo.InvariantCulture, $"/posts/{Any(posts, number).Id}/comments"), isScript: true, ("Body", Sentence(number)));
    }

    /// <summary>An answer of some paragraphs with code.</summary>
    public Target Answer()
    {
        var number = Interlocked.Increment(ref texts);
        return Form(Someone(number), string.Create(CultureInfo.InvariantCulture, $"/posts/{Any(questions, number)}/answer"), isScript: false, ("Body", Body(number)));
    }

    /// <summary>A question.</summary>
    public Target Ask()
    {
        var number = Interlocked.Increment(ref texts);
        return Form(
            Someone(number), "/questions/ask", isScript: false,
            ("Input.Title", Title(number)), ("Input.Body", Body(number)), ("Input.Tags", $"{Any(tags, number)} {Any(tags, number * 7 + 1)}"), ("Input.Answer", ""));
    }

    // Big tables are not read through: ids are drawn until there are enough.
    static List<(long Id, long Author, bool IsQuestion)> Open(SqliteConnection connection)
    {
        const string Select =
            """
            select p.id, p.author_id, p.kind = 1 and p.closed_at is null and p.protected_at is null
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            where p.kind in (1, 2) and p.deleted_at is null and p.locked_at is null and q.deleted_at is null and q.locked_at is null
            """;
        static (long, long, bool) Row(SqliteDataReader row) => (row.GetInt64(0), row.IsDBNull(1) ? 0 : row.GetInt64(1), row.GetInt64(2) == 1);
        var last = connection.Read("select max(id) from posts", r => r.GetInt64(0))[0];
        if (last <= MostPosts)
            return Shuffled(connection.Read(Select, Row));

        var random = new Random(4);
        var drawn = new HashSet<long>();
        while (drawn.Count < MostPosts)
            drawn.Add(random.NextInt64(1, last + 1));
        return [.. drawn.SelectMany(id => connection.Read(Select + " and p.id = @p0", Row, id))];
    }

    static List<T> Shuffled<T>(List<T> list)
    {
        var all = list.ToArray();
        new Random(4).Shuffle(all);
        return [.. all];
    }

    static Target Form(Member member, string path, bool isScript, params (string Name, string Value)[] fields) =>
        Target.Post(path, member.Cookie, isScript, fields.Append(("__RequestVerificationToken", member.Token)).Append(("_key", Guid.NewGuid().ToString("N"))));

    Member Someone(int number) => members[number % members.Count];

    static T Any<T>(IReadOnlyList<T> from, int number) => from[(int)((uint)(number * 2_654_435_761L >> 8) % from.Count)];

    string Title(int number) => $"Why does {Words(number, 6)} {run} {number.ToString(CultureInfo.InvariantCulture)}?";

    string Sentence(int number) => $"{Words(number, 14)} {run} {number.ToString(CultureInfo.InvariantCulture)}.";

    string Body(int number)
    {
        var text = new StringBuilder();
        for (var paragraph = 0; paragraph < 3; paragraph++)
            text.Append(Words(number * 3 + paragraph, 45)).Append(" `").Append(Any(Vocabulary, number)).Append("()` **").Append(Any(Vocabulary, number + 1)).Append("**.\n\n");
        text.Append("```\n");
        for (var line = 0; line < 8; line++)
            text.Append("var ").Append(Any(Vocabulary, number + line)).Append(" = ").Append(Words(number + line, 3).Replace(' ', '.')).Append("();\n");
        return text.Append("```\n\n").Append(Sentence(number)).ToString();
    }

    static string Words(int number, int count)
    {
        var random = new Random(number);
        return string.Join(' ', Enumerable.Range(0, count).Select(_ => Vocabulary[random.Next(Vocabulary.Length)]));
    }
}
