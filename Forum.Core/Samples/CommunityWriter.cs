using Forum.Core.Answers;
using Forum.Core.Bounties;
using Forum.Core.Markdown;
using Forum.Core.Questions;
using Forum.Core.Reputations;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;

namespace Forum.Core.Samples;

/// <summary>
/// Writes a community that has a past: the same rows and ledgers as the requests of people, at times of the writer's
/// choosing, and without events, because nobody is waiting to hear of it. Inside a transaction.
/// </summary>
internal sealed class CommunityWriter(Db db, CommunityMarkdown markdown, ForumSettings settings)
{
    private readonly Dictionary<string, PostText> rendered = new(StringComparer.Ordinal);

    /// <summary>Writes a person who has been here since <paramref name="at"/>.</summary>
    public async Task<long> Join(string name, string about, DateTimeOffset at, DateTimeOffset seenAt, bool isModerator, bool isAdministrator, CancellationToken token)
    {
        await db.Execute("update totals set users = users + 1", token: token);
        return await db.Get<long>(
            """
            insert into users (name, search_name, about, about_html, about_renderer, is_moderator, is_administrator, created_at, seen_at)
            values (@name, @searchName, @about, @html, @renderer, @isModerator, @isAdministrator, @at, @seenAt)
            returning id
            """,
            new
            {
                name, searchName = PersonName.Fold(name), about, html = about.Length == 0 ? "" : markdown.About(about, nameof(about)),
                renderer = MarkdownRenderer.Version, isModerator, isAdministrator, at, seenAt,
            }, token);
    }

    /// <summary>Publishes a question.</summary>
    public async Task<long> Ask(long author, string title, string body, string tags, DateTimeOffset at, CancellationToken token)
    {
        var id = await db.Publish(new NewPost(1, null, author, title, Text(body), settings.License, at), token);
        // Whoever writes a past may use any tag.
        await db.Tag(id, TagNames.Parse(tags), new Person { Id = author, IsModerator = true }, settings, at, token);
        await db.Execute("update revisions set tags = (select tags from posts where id = @id) where post_id = @id and number = 1", new { id }, token);
        return id;
    }

    /// <summary>Publishes an answer.</summary>
    public async Task<long> Answer(long question, long author, string body, DateTimeOffset at, CancellationToken token)
    {
        var id = await db.Publish(new NewPost(2, question, author, null, Text(body), settings.License, at), token);
        await db.Bump(question, at, token);
        return id;
    }

    /// <summary>Adds a comment.</summary>
    public Task Comment(long post, long author, string body, DateTimeOffset at, CancellationToken token) =>
        db.Execute(
            """
            insert into comments (post_id, author_id, body, html, renderer, created_at, license)
            values (@post, @author, @body, @html, @renderer, @at, @License)
            """,
            new { post, author, body, html = markdown.Comment(body, nameof(body)), renderer = MarkdownRenderer.Version, at, settings.License }, token);

    /// <summary>Casts a vote, with what it does to score and reputation.</summary>
    public async Task Vote(long post, long voter, Direction direction, DateTimeOffset at, CancellationToken token)
    {
        var target = await db.VoteTarget(post, voter, token);
        await db.Execute("insert into votes (post_id, user_id, direction, cast_at) values (@post, @voter, @direction, @at)", new { post, voter, direction = (int)direction, at }, token);
        await db.Rescore(target, (int)direction, token);
        await db.Record(VoteLedger.Changes(direction, voter, target), settings.Reputation, at, token);
    }

    /// <summary>Accepts an answer in its asker's name.</summary>
    public async Task Accept(long question, long answer, DateTimeOffset at, CancellationToken token)
    {
        var accepted = await db.Acceptable(answer, token);
        await db.Execute("update posts set accepted_answer_id = @answer, accepted_at = @at where id = @question", new { question, answer, at }, token);
        await db.Record(Accepts.Changes(accepted.AskerId!.Value, accepted), settings.Reputation, at, token);
    }

    /// <summary>Offers a bounty, with what it costs its sponsor.</summary>
    public Task StartBounty(long question, long sponsor, int amount, string reason, string note, DateTimeOffset at, CancellationToken token) =>
        db.Offer(new NewBounty(question, sponsor, amount, reason, note, at), settings, token);

    /// <summary>Gives the bounty on a question to its first answer, in its sponsor's name.</summary>
    public async Task AwardBounty(long question, DateTimeOffset at, CancellationToken token)
    {
        var bounty = await db.BountyOn(question, token);
        var first = (await db.BountyAnswers(question, token)).MinBy(answer => answer.CreatedAt);
        await db.End(bounty!, BountyOutcome.Awarded, new BountyAward(first!, bounty!.Amount), settings.Reputation, at, token);
    }

    /// <summary>Makes what a thread's lists and counts are derived from true, once all of it is written.</summary>
    public async Task Finish(long question, int views, CancellationToken token)
    {
        await db.Execute(
            """
            update posts
            set comment_count = (select count(*) from comments c where c.post_id = posts.id and c.deleted_at is null)
            where id = @question or question_id = @question
            """, new { question }, token);
        await db.Execute("update posts set view_count = @views where id = @question", new { question, views }, token);
        await db.Relist(question, token);
    }

    private PostText Text(string body)
    {
        if (!rendered.TryGetValue(body, out var text))
            rendered.Add(body, text = markdown.Post(body, nameof(body)));
        return text;
    }
}
