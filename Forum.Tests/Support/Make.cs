using Forum.Core.Markdown;
using Forum.Core.Questions;

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
        return await forum.Sql(db => db.InTransaction(async () =>
        {
            var id = await db.Get<long>(
                """
                insert into users (name, search_name, reputation, is_moderator, is_administrator, created_at, seen_at)
                values (@name, lower(@name), @reputation, @moderator, @administrator, @now, @now)
                returning id
                """, new { name, reputation, moderator, administrator, now });
            if (reputation > 1)
            {
                // An opening balance: reputation that no act here explains.
                await db.Execute(
                    "insert into reputation_events (user_id, kind, nominal, applied, at) values (@id, 1, @gain, @gain, @yesterday)",
                    new { id, gain = reputation - 1, yesterday = now.AddDays(-1) });
                await db.Execute(
                    "insert into reputation_days (user_id, day, balance) values (@id, @day, @reputation)",
                    new { id, day = now.AddDays(-1).ToUnixTimeMilliseconds() / 86_400_000, reputation });
            }

            return id;
        }, default));
    }

    /// <summary>A question.</summary>
    public async Task<long> Question(long? by = null, string title = "How do I read a file line by line?",
        string body = "I have a large text file and want to read it line by line without loading all of it.", string tags = "files", string answer = "")
    {
        var author = by ?? await User(reputation: 1_000);
        await Allow(author, tags);
        return await forum.Send(new AskQuestion(title, body, tags, answer), author);
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

    /// <summary>Makes sure that tags exist, so that anybody may use them.</summary>
    public Task Tags(string tags) => Allow(-1, tags);

    private async Task Allow(long author, string tags)
    {
        foreach (var name in Forum.Core.Tags.TagNames.Parse(tags))
        {
            await forum.Write(
                "insert into tags (name, created_at, created_by) values (@name, @now, @author) on conflict do nothing",
                new { name, now = forum.Clock.GetUtcNow(), author });
        }
    }
}
