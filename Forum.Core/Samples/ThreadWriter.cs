using Forum.Core.Answers;
using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Search;
using Forum.Core.Settings;
using Forum.Core.Voting;
using Forum.Data.Sqlite;

namespace Forum.Core.Samples;

/// <summary>A thread with its texts rendered and read for search, ready to be written.</summary>
internal sealed record RenderedThread(SyntheticThread Thread, IReadOnlyList<RenderedThread.Post> Posts)
{
    /// <summary>A post's texts.</summary>
    /// <param name="Said">The post.</param>
    /// <param name="Html">Its body.</param>
    /// <param name="Words">The words it is found by; null when it is not to be found.</param>
    /// <param name="Comments">The HTML of its comments.</param>
    public sealed record Post(SyntheticPost Said, string Html, IndexedWords? Words, IReadOnlyList<string> Comments);

    /// <summary>Renders a thread.</summary>
    public static RenderedThread Of(SyntheticThread thread, CommunityMarkdown markdown) => new(thread, [.. thread.Posts.Select(post =>
    {
        var text = markdown.Post(post.Body, nameof(post.Body));
        return new Post(
            post, text.Html, thread.IsListed(post) ? IndexedWords.With(post.Title, text.Words) : null,
            [.. post.Comments.Select(comment => markdown.Comment(comment.Body, nameof(comment.Body)))]);
    })]);
}

/// <summary>Writes threads of a synthetic community with what is derived from them, but for people's reputation, which the ledger keeps, and the lengths of lists.</summary>
internal sealed class ThreadWriter(BulkLoad load, SyntheticCommunity community, SeededLedger ledger, ForumSettings settings)
{
    private readonly BulkStatement posts = load.Prepare(
        """
        insert into posts (
            id, kind, question_id, author_id, title, body, html, renderer, tags, score, answer_count, comment_count, save_count, view_count,
            accepted_answer_id, accepted_at, is_answered, created_at, edited_at, editor_id, active_at, deleted_at, deleted_by,
            closed_at, close_reason, license, revision_count, is_listed)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly BulkStatement revisions = load.Prepare(
        "insert into revisions (post_id, number, author_id, title, body, tags, comment, created_at, license) values (?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private readonly BulkStatement events = load.Prepare("insert into post_events (post_id, kind, actor_id, at) values (?, ?, ?, ?)");
    private readonly BulkStatement questionTags = load.Prepare(
        "insert into question_tags (tag_id, question_id, is_listed, is_answered, created_at, active_at, score) values (?, ?, ?, ?, ?, ?, ?)");

    private readonly BulkStatement links = load.Prepare("insert into post_links (from_post_id, to_post_id, kind, created_at) values (?, ?, ?, ?)");
    private readonly BulkStatement votes = load.Prepare("insert into votes (post_id, user_id, direction, cast_at) values (?, ?, ?, ?)");
    private readonly BulkStatement comments = load.Prepare(
        "insert into comments (id, post_id, author_id, body, html, renderer, score, created_at, deleted_at, deleted_by, license) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private readonly BulkStatement commentVotes = load.Prepare("insert into comment_votes (comment_id, user_id, cast_at) values (?, ?, ?)");
    private readonly BulkStatement saves = load.Prepare("insert into saves (user_id, post_id, saved_at) values (?, ?, ?)");
    private readonly SearchLoad search = new(load);

    private readonly SyntheticPost?[] firstTagged = new SyntheticPost?[community.Tags.Count];
    private readonly List<(long User, long Post, DateTimeOffset At)> saved = [];
    private long lastComment;

    /// <summary>Writes a thread; they come in the order of their ids.</summary>
    public void Write(RenderedThread rendered)
    {
        var thread = rendered.Thread;
        var deletion = thread.Question.DeletedAt is { } deletedAt ? ledger.Deletion(thread.Question.Id, deletedAt) : 0;
        foreach (var post in rendered.Posts)
        {
            WritePost(thread, post);
            WriteRevisions(post.Said);
            WriteComments(post);
            WriteVotes(thread, post.Said, deletion == 0 && post.Said.DeletedAt is { } at ? ledger.Deletion(post.Said.Id, at) : deletion);
        }

        WriteTags(thread);
        WriteLink(thread);
        if (thread is { Accepted: { } accepted, AcceptedAt: { } acceptedAt, Question: var question })
        {
            var acceptable = new Acceptable { AnswerId = accepted.Id, AnswererId = accepted.Author, QuestionId = question.Id, AskerId = question.Author };
            ledger.Add(Accepts.Changes(question.Author, acceptable), acceptedAt, deletion);
        }
    }

    /// <summary>Writes what is known when all threads are written.</summary>
    public void Finish()
    {
        var tags = load.Prepare("insert into tags (id, name, created_at, created_by) values (?, ?, ?, ?)");
        for (var tag = 0; tag < firstTagged.Length; tag++)
        {
            if (firstTagged[tag] is { } first)
                tags.Run(tag + 1, community.Tags[tag], first.CreatedAt, first.Author);
        }

        foreach (var (user, post, at) in saved.Order())
            saves.Run(user, post, at);
        search.Finish();
    }

    private void WritePost(SyntheticThread thread, RenderedThread.Post post)
    {
        var said = post.Said;
        var isQuestion = said == thread.Question;
        var last = said.Revisions.Count > 1 ? said.Revisions[^1] : null;
        posts.Run(
            said.Id, isQuestion ? 1 : 2, isQuestion ? BulkValue.Null : thread.Question.Id, said.Author, said.Title, said.Body, post.Html, MarkdownRenderer.Version, said.Tags,
            said.Score, isQuestion ? thread.AnswerCount : 0, said.Comments.Count(c => c.DeletedAt is null), said.SavedBy.Count, isQuestion ? thread.Views : 0,
            isQuestion ? thread.Accepted?.Id : null, isQuestion ? thread.AcceptedAt : null, isQuestion && thread.IsAnswered, said.CreatedAt, last?.At, last?.Author,
            isQuestion ? thread.ActiveAt : said.ActiveAt, said.DeletedAt, said.DeletedBy, isQuestion ? thread.ClosedAt : null, isQuestion ? thread.CloseReason : null,
            settings.License, said.Revisions.Count, thread.IsListed(said));
        if (post.Words is { } words)
            search.Add(said.Id, words);
        saved.AddRange(said.SavedBy.Select(user => (user, said.Id, said.ActiveAt)));
        if (said.DeletedAt is not null)
            events.Run(said.Id, Deletion.Deleted, said.DeletedBy, said.DeletedAt);
    }

    private void WriteRevisions(SyntheticPost post)
    {
        for (var i = 0; i < post.Revisions.Count; i++)
        {
            var revision = post.Revisions[i];
            revisions.Run(post.Id, i + 1, revision.Author, revision.Title, revision.Body, revision.Tags, revision.Comment, revision.At, settings.License);
        }
    }

    private void WriteComments(RenderedThread.Post post)
    {
        foreach (var (comment, html) in post.Said.Comments.Zip(post.Comments))
        {
            comments.Run(
                ++lastComment, post.Said.Id, comment.Author, comment.Body, html, MarkdownRenderer.Version, comment.Voters.Count, comment.At,
                comment.DeletedAt, comment.DeletedAt is null ? BulkValue.Null : comment.Author, settings.License);
            foreach (var voter in comment.Voters)
                commentVotes.Run(lastComment, voter, comment.At);
        }
    }

    private void WriteVotes(SyntheticThread thread, SyntheticPost post, int deletion)
    {
        var target = new VoteTarget { Id = post.Id, IsQuestion = post == thread.Question, QuestionId = thread.Question.Id, AuthorId = post.Author };
        foreach (var vote in post.Votes)
        {
            votes.Run(post.Id, vote.Voter, (int)vote.Direction, vote.At);
            ledger.Add(VoteLedger.Changes(vote.Direction, vote.Voter, target), vote.At, deletion);
        }
    }

    private void WriteTags(SyntheticThread thread)
    {
        var isListed = thread.IsListed(thread.Question);
        // In the order of the table's key.
        foreach (var tag in thread.Tags.Order())
        {
            questionTags.Run(
                tag + 1, thread.Question.Id, isListed, thread.IsAnswered, thread.Question.CreatedAt, thread.ActiveAt, thread.Question.Score);
            firstTagged[tag] ??= thread.Question;
        }
    }

    private void WriteLink(SyntheticThread thread)
    {
        if (thread.ClosedAt is { } closedAt)
            events.Run(thread.Question.Id, "closed", community.Moderator, closedAt);
        if (thread.Link is { } link)
            links.Run(thread.Question.Id, community.QuestionId(link), thread.IsDuplicate ? 3 : 1, thread.ClosedAt ?? thread.Question.CreatedAt);
    }
}

/// <summary>Writes people of a synthetic community.</summary>
internal sealed class PersonWriter(BulkLoad load)
{
    private readonly BulkStatement users = load.Prepare(
        """
        insert into users (id, name, search_name, reputation, is_moderator, about, about_html, about_renderer, created_at, seen_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    public void Write(SyntheticPerson person, string aboutHtml, int reputation) =>
        users.Run(
            person.Id, person.Name, Users.PersonName.Fold(person.Name), reputation, person.IsModerator, person.About, aboutHtml, MarkdownRenderer.Version,
            person.CreatedAt, person.SeenAt);
}
