using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Discipline;

/// <summary>A message between the moderators and a person, as both read it.</summary>
public sealed record ModeratorMessage
{
    internal const string Columns =
        """
        m.id as Id, m.kind as Kind, m.template as Template, m.body as Body, m.days as Days, m.at as At, m.acknowledged_at as AcknowledgedAt,
        m.handled_at as HandledAt, m.author_id as AuthorId, a.name as Author
        """;

    public long Id { get; init; }
    public MessageKind Kind { get; init; }

    /// <summary>What it is about: one of <see cref="Templates.All"/>, or nothing.</summary>
    public string Template { get; init; } = "";

    /// <summary>Plain text.</summary>
    public string Body { get; init; } = "";

    /// <summary>Of a suspension.</summary>
    public int? Days { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Of a warning: when the person said that they read it.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Of an answer: when a moderator had done with it.</summary>
    public DateTimeOffset? HandledAt { get; init; }

    /// <summary>Who wrote it. Which moderator is told to moderators alone.</summary>
    public long? AuthorId { get; init; }
    public string? Author { get; init; }
}

/// <summary>Messages, for the commands that write them.</summary>
internal static class ModeratorMessages
{
    /// <summary>The person that a moderator turns to.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public static async Task<Subject> Subject(this Db db, long id, CancellationToken token) =>
        await db.Find<Subject>(
            """
            select id as Id, max(is_moderator, is_administrator) as IsModerator, suspended_until as SuspendedUntil, removed_at as RemovedAt
            from users
            where id = @id
            """, new { id }, token) ?? throw new NotFoundException();

    /// <summary>Writes a message of the moderators, answers with it what waits of the person, and tells the person.</summary>
    public static async Task<long> Write(this Db db, NewMessage message, long by, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        var id = await db.Get<long>(
            """
            insert into moderator_messages (user_id, author_id, kind, template, body, days, at)
            values (@UserId, @by, @kind, @Template, @body, @Days, @now)
            returning id
            """,
            new { message.UserId, by, kind = (int)message.Kind, message.Template, body = TextLength.Clean(message.Body), message.Days, now }, token);
        await db.Handle(message.UserId, now, token);
        happened.Note(new ModeratorsWrote(id, message.UserId, message.Kind));
        return id;
    }

    /// <summary>Says that a person's answers need no other.</summary>
    public static Task<int> Handle(this Db db, long userId, DateTimeOffset now, CancellationToken token) =>
        db.Execute("update moderator_messages set handled_at = @now where user_id = @userId and kind = 5 and handled_at is null", new { userId, now }, token);

    /// <summary>The newest messages with a person, oldest first.</summary>
    public static async Task<IReadOnlyList<ModeratorMessage>> Thread(this Db db, long userId, int most, CancellationToken token) =>
    [
        .. (await db.Query<ModeratorMessage>(
            $"""
            select {ModeratorMessage.Columns}
            from moderator_messages m
            left join users a on a.id = m.author_id
            where m.user_id = @userId
            order by m.id desc
            limit @most
            """, new { userId, most }, token)).Reverse(),
    ];
}

/// <summary>What is to be written.</summary>
internal sealed record NewMessage(long UserId, MessageKind Kind, string Template, string Body, int? Days = null);

/// <summary>The moderators wrote to a person.</summary>
public sealed record ModeratorsWrote(long MessageId, long UserId, MessageKind Kind) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        // Whoever is suspended looks otherwise to others.
        if (Kind is MessageKind.Suspension or MessageKind.Lifting)
            pages.Person(UserId).Profile(UserId).People();
    }
}

/// <summary>Tells a person that the moderators wrote.</summary>
internal sealed class TellOfMessages(Db db) : IHear<ModeratorsWrote>
{
    public Task Hear(Heard<ModeratorsWrote> heard, CancellationToken token) =>
        db.InTransaction(
            () => db.Execute(
                "insert into inbox (user_id, kind, at, event_id) values (@UserId, @kind, @At, @Id) on conflict do nothing",
                new { heard.What.UserId, kind = heard.What.Kind == MessageKind.Warning ? "moderators-warned" : "moderators-wrote", heard.At, heard.Id }, token),
            token);
}
