using Forum.Core.Fairness;
using Forum.Core.Markdown;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Voting;

namespace Forum.Tests.Support;

/// <summary>Makes what a test needs; what it does not mention must not matter.</summary>
public sealed class Make(TestForum forum)
{
    private int made;

    /// <summary>A member with so much reputation.</summary>
    public async Task<long> User(int reputation = 1, string? name = null, bool moderator = false, bool administrator = false)
    {
        var number = Interlocked.Increment(ref made);
        name ??= $"user{number}";
        var now = forum.Clock.GetUtcNow();
        var id = await forum.Sql(db => db.InTransaction(async () =>
        {
            await db.Execute("update totals set users = users + 1");
            return await db.Get<long>(
                """
                insert into users (name, search_name, is_moderator, is_administrator, created_at, seen_at)
                values (@name, lower(@name), @moderator, @administrator, @now, @now)
                returning id
                """, new { name, moderator, administrator, now });
        }, default));
        await Grow(id, reputation);
        return id;
    }

    /// <summary>Gives somebody an opening balance: reputation that no act here explains.</summary>
    public async Task Grow(long user, int reputation)
    {
        if (reputation <= 1)
            return;

        var yesterday = forum.Clock.GetUtcNow().AddDays(-1);
        await forum.Sql(db => db.InTransaction(async () =>
        {
            await db.Open([new OpeningBalance(user, reputation, yesterday)], new ReputationSettings(), default);
            return 0;
        }, default));
    }

    /// <summary>A question.</summary>
    public async Task<long> Question(long? by = null, string title = "How do I read a file line by line?",
        string body = "I have a large text file and want to read it line by line without loading all of it.", string tags = "files", string answer = "")
    {
        var author = by ?? await User(reputation: 1_000);
        await Allow(author, tags);
        return await forum.Send(new AskQuestion(title, body, tags, answer) { Anyway = true }, author);
    }

    /// <summary>An answer to a question, whoever may answer when.</summary>
    public async Task<long> Answer(long question, long? by = null, string body = "Read the lines one at a time with an iterator that streams them.")
    {
        var author = by ?? await User();
        return await forum.Sql(db => db.InTransaction(async () =>
        {
            var id = await db.Publish(
                new NewPost(2, question, author, null, new PostText(body, $"<p>{body}</p>", body, 0), "CC BY-SA 4.0", forum.Clock.GetUtcNow()), default);
            await db.Relist(question, default);
            return id;
        }, default));
    }

    /// <summary>A comment on a post, whoever may comment where.</summary>
    public async Task<long> Comment(long post, long? by = null, string body = "Which version of the library is this about?")
    {
        var author = by ?? await User();
        return await forum.Sql(db => db.InTransaction(async () =>
        {
            var id = await db.Get<long>(
                """
                insert into comments (post_id, author_id, body, html, renderer, created_at, license)
                values (@post, @author, @body, @body, 0, @now, 'CC BY-SA 4.0')
                returning id
                """,
                new { post, author, body, now = forum.Clock.GetUtcNow() });
            await db.Execute("update posts set comment_count = comment_count + 1 where id = @post", new { post });
            return id;
        }, default));
    }

    /// <summary>Votes of somebody for a person that a moderator took out.</summary>
    public async Task<long> Cancellation(long author)
    {
        var (voter, moderator) = (await User(1_000), await User(moderator: true));
        await forum.Send(new CastVote(await Question(by: author), Direction.Up), voter);
        await forum.Send(new InvalidateVotes(voter, author, "Two accounts of one person."), moderator);
        return await forum.Value<long>("select max(id) from vote_cancellations");
    }

    /// <summary>Makes sure that tags exist, so that anybody may use them.</summary>
    public Task Tags(string tags) => Allow(-1, tags);

    private async Task Allow(long author, string tags)
    {
        foreach (var name in Forum.Core.Tags.TagNames.Parse(tags))
        {
            await forum.Sql(db => db.InTransaction(async () =>
            {
                var isNew = await db.Execute(
                    "insert into tags (name, created_at, created_by) values (@name, @now, @author) on conflict do nothing",
                    new { name, now = forum.Clock.GetUtcNow(), author });
                return await db.Execute("update totals set tags = tags + @isNew", new { isNew });
            }, default));
        }
    }
}
