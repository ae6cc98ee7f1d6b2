using Forum.Core.Answers;
using Forum.Core.Badges;
using Forum.Core.Comments;
using Forum.Core.Editing;
using Forum.Core.Suggestions;
using Forum.Data;

namespace Forum.Core.Inbox;

/// <summary>
/// Writes notices when something happened to what people wrote or follow. Each event tells a person once, by the most
/// specific of the kinds that fit, because the kinds are written in that order and the key keeps the first. Nobody is told
/// of their own acts, nor of what is deleted by now. Rules: docs/rules/inbox.md.
/// </summary>
internal sealed class TellPeople(Db db) : IHear<AnswerPosted>, IHear<CommentPosted>, IHear<AnswerAccepted>, IHear<PostEdited>, IHear<BadgeAwarded>,
    IHear<EditSuggested>, IHear<SuggestionDecided>
{
    public Task Hear(Heard<AnswerPosted> heard, CancellationToken token)
    {
        var told = new { heard.Id, heard.At, post = heard.What.AnswerId, comment = (long?)null, actor = heard.What.AuthorId, followed = heard.What.QuestionId };
        return db.InTransaction(async () =>
        {
            await TellAuthor("answer", "q", told, token);
            await TellFollowers("answer", told, token);
        }, token);
    }

    public Task Hear(Heard<CommentPosted> heard, CancellationToken token)
    {
        var told = new { heard.Id, heard.At, post = heard.What.PostId, comment = (long?)heard.What.CommentId, actor = heard.What.AuthorId, followed = heard.What.PostId };
        return db.InTransaction(async () =>
        {
            foreach (var someone in heard.What.Mentioned)
                await TellMentioned(someone, heard, token);
            await TellAuthor("comment", "p", told, token);
            await TellFollowers("comment", told, token);
        }, token);
    }

    public Task Hear(Heard<AnswerAccepted> heard, CancellationToken token)
    {
        var (question, answer) = (heard.What.QuestionId, heard.What.AnswerId);
        var told = new { heard.Id, heard.At, post = answer, comment = (long?)null, actor = heard.What.AskerId, followed = question };
        return db.InTransaction(async () =>
        {
            // Taken back and given again, an acceptance is no news.
            var isNews = await db.Get<bool>(
                """
                select exists (select 1 from posts where id = @question and accepted_answer_id = @answer)
                   and not exists (select 1 from inbox where post_id = @answer and kind in ('accept', 'follow-accept'))
                """,
                new { question, answer }, token);
            if (!isNews)
                return;

            await TellAuthor("accept", "p", told, token);
            await TellFollowers("accept", told, token);
        }, token);
    }

    public Task Hear(Heard<EditSuggested> heard, CancellationToken token)
    {
        var told = new { heard.Id, heard.At, post = heard.What.PostId, comment = (long?)null, actor = heard.What.AuthorId, followed = heard.What.PostId };
        return db.InTransaction(() => TellAuthor("suggested-edit", "p", told, token), token);
    }

    public Task Hear(Heard<SuggestionDecided> heard, CancellationToken token)
    {
        var kind = heard.What.Outcome switch
        {
            SuggestionOutcome.Approved or SuggestionOutcome.Improved => "edit-approved",
            SuggestionOutcome.Rejected => "edit-rejected",
            SuggestionOutcome.Overtaken when heard.What.DeciderId != heard.What.AuthorId => "edit-cancelled",
            _ => null,
        };
        // Nobody reads the inbox of the one whose name strangers' suggestions carry.
        return kind is null || heard.What.AuthorId is not > 0
            ? Task.CompletedTask
            : db.InTransaction(() => db.Execute(
                """
                insert into inbox (user_id, kind, post_id, question_id, actor_id, at, event_id)
                values (@AuthorId, @kind, @PostId, @QuestionId, null, @At, @Id)
                on conflict do nothing
                """,
                new { heard.What.AuthorId, kind, heard.What.PostId, heard.What.QuestionId, heard.At, heard.Id }, token), token);
    }

    public Task Hear(Heard<PostEdited> heard, CancellationToken token)
    {
        if (!heard.What.IsNewRevision)
            return Task.CompletedTask;

        var told = new { heard.Id, heard.At, post = heard.What.PostId, comment = (long?)null, actor = heard.What.EditorId, followed = heard.What.PostId };
        return db.InTransaction(async () =>
        {
            await TellAuthor("edit", "p", told, token);
            await TellFollowers("edit", told, token);
        }, token);
    }

    public Task Hear(Heard<BadgeAwarded> heard, CancellationToken token) =>
        db.InTransaction(() => db.Execute(
            """
            insert into inbox (user_id, kind, post_id, question_id, badge_id, at, event_id)
            select h.user_id, 'badge', p.id, q.id, h.badge_id, @At, @Id
            from (select user_id, badge_id from user_badges where user_id = @UserId and badge_id = @BadgeId limit 1) h
            left join posts p on p.id = @PostId
            left join posts q on q.id = coalesce(p.question_id, p.id)
            where true
            on conflict do nothing
            """, new { heard.Id, heard.At, heard.What.UserId, heard.What.BadgeId, heard.What.PostId }, token), token);

    // p is the post it is about, q its question; whose is the one of the two whose author is told.
    private Task<int> TellAuthor(string kind, string whose, object told, CancellationToken token) =>
        db.Execute(
            $"""
            insert into inbox (user_id, kind, post_id, question_id, comment_id, actor_id, at, event_id)
            select {whose}.author_id, '{kind}', p.id, q.id, @comment, @actor, @At, @Id
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            left join comments c on c.id = @comment
            where p.id = @post and p.deleted_at is null and q.deleted_at is null and c.deleted_at is null
              and {whose}.author_id is not null and {whose}.author_id > 0 and {whose}.author_id <> @actor
            on conflict do nothing
            """,
            told, token);

    private Task<int> TellFollowers(string kind, object told, CancellationToken token) =>
        db.Execute(
            $"""
            insert into inbox (user_id, kind, post_id, question_id, comment_id, actor_id, at, event_id)
            select f.user_id, 'follow-{kind}', p.id, q.id, @comment, @actor, @At, @Id
            from posts p
            join posts q on q.id = coalesce(p.question_id, p.id)
            join follows f on f.post_id in (@followed, p.id)
            left join comments c on c.id = @comment
            where p.id = @post and p.deleted_at is null and q.deleted_at is null and c.deleted_at is null and f.user_id <> @actor
            on conflict do nothing
            """,
            told, token);

    private Task<int> TellMentioned(long someone, Heard<CommentPosted> heard, CancellationToken token) =>
        db.Execute(
            """
            insert into inbox (user_id, kind, post_id, question_id, comment_id, actor_id, at, event_id)
            select u.id, 'mention', p.id, q.id, c.id, c.author_id, @At, @Id
            from comments c
            join posts p on p.id = c.post_id
            join posts q on q.id = coalesce(p.question_id, p.id)
            join users u on u.id = @someone
            where c.id = @CommentId and c.deleted_at is null and p.deleted_at is null and q.deleted_at is null and u.id <> @AuthorId
            on conflict do nothing
            """,
            new { someone, heard.Id, heard.At, heard.What.CommentId, heard.What.AuthorId }, token);
}
