using Forum.Data;

namespace Forum.Core.Users;

/// <summary>What rules need to know of the person who acts, read inside the transaction that acts.</summary>
public sealed record Person
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public int Reputation { get; init; }
    /// <summary>Whether they are a moderator; administrators are.</summary>
    public bool IsModerator { get; init; }
    public bool IsAdministrator { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>People, for other features' handlers.</summary>
public static class People
{
    /// <summary>The Community user, who acts when no person does.</summary>
    public const long Community = -1;

    /// <summary>The one who is asking, as they were when the request began: enough to show a page, whose statements see that moment.</summary>
    public static Person Seen(CurrentUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new Person { Id = user.Id ?? 0, Name = user.Name, Reputation = user.Reputation, IsModerator = user.IsModerator, IsAdministrator = user.IsAdministrator };
    }

    /// <summary>The one who is asking, as the database has them now.</summary>
    /// <exception cref="RefusedException">Nobody is signed in.</exception>
    public static Task<Person> Me(this Db db, CurrentUser user, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(user);
        return db.Get<Person>(
            """
            select id as Id, name as Name, reputation as Reputation, max(is_moderator, is_administrator) as IsModerator, is_administrator as IsAdministrator, created_at as CreatedAt
            from users
            where id = @id
            """,
            new { id = user.Required }, token);
    }
}
