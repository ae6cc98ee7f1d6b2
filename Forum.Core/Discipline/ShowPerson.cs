using Forum.Core.Departures;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Discipline;

/// <summary>A person as moderators see them: facts, notes, messages, suspensions and deleted posts. Five statements. Rules: docs/rules/discipline.md.</summary>
/// <exception cref="NotFoundException">There is no such person.</exception>
[For(Who.Moderator)]
public sealed record ShowPerson(long Id) : IRequest<ShowPerson.View>
{
    private const int PostsShown = 20;

    /// <param name="Person">The person.</param>
    /// <param name="Notes">What moderators noted, newest first.</param>
    /// <param name="Messages">The thread, oldest first.</param>
    /// <param name="Suspensions">Newest first.</param>
    /// <param name="Deleted">The newest of their posts that are deleted.</param>
    /// <param name="WhyNot">Why the one who asks may not write to them, warn or suspend them; null: they may.</param>
    public sealed record View(
        Facts Person, IReadOnlyList<Note> Notes, IReadOnlyList<ModeratorMessage> Messages, IReadOnlyList<Suspension> Suspensions, IReadOnlyList<DeletedPost> Deleted, Refusal? WhyNot);

    /// <summary>The person, with nothing hidden.</summary>
    public sealed record Facts
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Reputation { get; init; }
        public bool IsModerator { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset SeenAt { get; init; }
        public DateTimeOffset? SuspendedUntil { get; init; }
        public DateTimeOffset? RemovedAt { get; init; }
        public int Questions { get; init; }
        public int Answers { get; init; }
        public int DeletedPosts { get; init; }
        public int HelpfulFlags { get; init; }
        public int DeclinedFlags { get; init; }
        public int Warnings { get; init; }

        /// <summary>The account they had before, when they were known again by their address.</summary>
        public long? FormerId { get; init; }

        /// <summary>What was left of that account's suspension.</summary>
        public DateTimeOffset? FormerUntil { get; init; }

        /// <summary>Who they are now, when their account became one with another.</summary>
        public long? MovedTo { get; init; }

        /// <summary>Answers of theirs that wait for a moderator.</summary>
        public int Waiting { get; init; }
    }

    /// <summary>What a moderator noted.</summary>
    public sealed record Note
    {
        public long Id { get; init; }
        public string? Author { get; init; }
        public string Body { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }

    /// <summary>A time in which they only read.</summary>
    public sealed record Suspension
    {
        public long Id { get; init; }
        public string? By { get; init; }
        public string Template { get; init; } = "";
        public DateTimeOffset BeginsAt { get; init; }
        public DateTimeOffset EndsAt { get; init; }
        public DateTimeOffset? LiftedAt { get; init; }
    }

    /// <summary>A post that is deleted, or answers what is.</summary>
    public sealed record DeletedPost
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
        public bool IsAnswer { get; init; }
        public int Score { get; init; }
        public DateTimeOffset? DeletedAt { get; init; }
        public string? DeletedBy { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowPerson, View>
    {
        public async Task<View> Handle(ShowPerson show, CancellationToken token)
        {
            var person = await db.Find<Facts>(
                """
                select u.id as Id, u.name as Name, u.reputation as Reputation, max(u.is_moderator, u.is_administrator) as IsModerator, u.created_at as CreatedAt,
                       u.seen_at as SeenAt, u.suspended_until as SuspendedUntil, u.removed_at as RemovedAt, u.question_count as Questions, u.answer_count as Answers,
                       (select count(*) from posts p where p.author_id = u.id and p.kind in (1, 2) and p.is_listed = 0) as DeletedPosts,
                       (select count(*) from flags f where f.user_id = u.id and f.state = 1) as HelpfulFlags,
                       (select count(*) from flags f where f.user_id = u.id and f.state = 2) as DeclinedFlags,
                       (select count(*) from moderator_messages m where m.user_id = u.id and m.kind = 2) as Warnings,
                       (select count(*) from moderator_messages m where m.user_id = u.id and m.kind = 5 and m.handled_at is null) as Waiting,
                       r.former_id as FormerId, r.suspended_until as FormerUntil
                from users u
                left join returned_people r on r.user_id = u.id
                where u.id = @Id
                """, new { show.Id }, token) ?? throw new NotFoundException();
            if (person.RemovedAt is not null)
                person = person with { MovedTo = await db.MovedTo(person.Id, token) };
            var notes = await db.Query<Note>(
                """
                select n.id as Id, a.name as Author, n.body as Body, n.at as At
                from user_notes n
                left join users a on a.id = n.author_id
                where n.user_id = @Id and n.deleted_at is null
                order by n.id desc
                limit @MessagesShown
                """, new { show.Id, settings.Discipline.MessagesShown }, token);
            var messages = await db.Thread(show.Id, settings.Discipline.MessagesShown, token);
            var suspensions = await db.Query<Suspension>(
                """
                select s.id as Id, b.name as By, m.template as Template, s.begins_at as BeginsAt, s.ends_at as EndsAt, s.lifted_at as LiftedAt
                from suspensions s
                left join moderator_messages m on m.id = s.message_id
                left join users b on b.id = s.by_id
                where s.user_id = @Id
                order by s.id desc
                limit @MessagesShown
                """, new { show.Id, settings.Discipline.MessagesShown }, token);
            var deleted = await db.Query<DeletedPost>(
                """
                select p.id as Id, coalesce(p.title, q.title) as Title, p.kind = 2 as IsAnswer, p.score as Score, p.deleted_at as DeletedAt, d.name as DeletedBy
                from posts p
                left join posts q on q.id = p.question_id
                left join users d on d.id = p.deleted_by
                where p.author_id = @Id and p.kind in (1, 2) and p.is_listed = 0
                order by p.id desc
                limit @PostsShown
                """, new { show.Id, PostsShown }, token);
            var subject = new Subject { Id = person.Id, IsModerator = person.IsModerator, SuspendedUntil = person.SuspendedUntil, RemovedAt = person.RemovedAt };
            return new View(person, notes, messages, suspensions, deleted, DisciplineRules.WhyNot(People.Seen(user), user.IsAdministrator, subject));
        }
    }
}
