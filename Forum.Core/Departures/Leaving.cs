using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Departures;

/// <summary>
/// Takes an account out of the community, a piece at a time inside the caller's transaction. What is left to do is what still points at the
/// person, so that a process that dies in between loses nothing and repeats nothing; a step that finds nothing makes room for the next
/// (docs/decisions/0037-an-account-ends-piece-by-piece.md). Scoped. Rules: docs/rules/departures.md.
/// </summary>
internal sealed class Leaving(Db db, CurrentUser user, Erasure erasure, Merger merger, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock)
{
    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>
    /// Ends the account: nobody signs in to it any more, and nothing personal is left but what is written in other tables, which follows.
    /// Whoever moderates, or is removed already, stays: then it is called off.
    /// </summary>
    public async Task Begin(Departure departure, CancellationToken token)
    {
        if (await db.Plan(departure.UserId, settings.Departures, token) is not { HasRole: false, RemovedAt: null } plan)
        {
            await db.Execute("update departures set called_off_at = @Now where id = @Id", new { departure.Id, Now }, token);
            return;
        }

        var id = departure.UserId;
        var keepsVotes = departure.KeepsVotes && departure.Kind == DepartureKind.Deleted && DepartureRules.KeepsVotes(plan, settings.Departures);
        if (departure.Kind is DepartureKind.Deleted or DepartureKind.Destroyed)
            await db.Remember(id, settings.Departures, Now, token);
        if (departure is { Kind: DepartureKind.Merged, IntoId: { } into })
            await merger.TakeAlong(id, into, token);
        await db.Execute("delete from accounts where user_id = @id", new { id }, token);
        await db.Execute(
            """
            update users
            set name = @name, search_name = @name, about = '', about_html = '', about_renderer = 0, location = '', website = '', picture = '', network_id = null,
                legacy_views = 0, legacy_up_votes = 0, legacy_down_votes = 0, streak = 0, longest_streak = 0, next_badge = null, hides_ignored = 0, removed_at = @Now
            where id = @id
            """,
            new { id, name = NameOf(id), Now }, token);
        await db.Execute("update totals set users = users - 1", token: token);
        await db.Execute("update departures set begun_at = @Now, keeps_votes = @keepsVotes where id = @Id", new { departure.Id, Now, keepsVotes }, token);

        // Who did it is known when somebody does; what a person asks for themselves begins when nobody is there.
        var isOwn = departure.AskedBy == id;
        await log.Record(
            new Act(ActOf(departure.Kind), ActSubject.User, id)
            {
                ConcernsId = departure.IntoId ?? id, ByItself = !user.IsSignedIn, Reason = departure.Reason,
                Before = new { plan.Reputation, plan.Posts, plan.Comments, plan.Votes },
                After = new { Departure = departure.Id, Own = isOwn ? true : (bool?)null, KeepsVotes = keepsVotes ? true : (bool?)null },
            }, token);
        happened.Note(new AccountEnded(id, departure.IntoId));
    }

    /// <summary>Becomes one piece of what is left to do, and says whether there is more.</summary>
    public async Task<bool> GoOn(Departure departure, CancellationToken token)
    {
        var steps = departure.Kind == DepartureKind.Merged ? merger.Steps(departure, token) : erasure.Steps(departure, token);
        if (departure.Step >= steps.Count)
        {
            await db.Execute("update departures set finished_at = @Now where id = @Id", new { departure.Id, Now }, token);
            happened.Note(new AccountEnded(departure.UserId, departure.IntoId));
            return false;
        }

        if (await steps[departure.Step]() == 0)
            await db.Execute("update departures set step = step + 1, cursor = 0 where id = @Id", new { departure.Id }, token);
        return true;
    }

    /// <summary>What stands for a person who is gone.</summary>
    public static string NameOf(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"user{id}");

    /// <summary>What the log calls the end of an account.</summary>
    public static string ActOf(DepartureKind kind) => kind switch
    {
        DepartureKind.Deleted => "delete-account",
        DepartureKind.Destroyed => "destroy-account",
        DepartureKind.Merged => "merge-accounts",
        DepartureKind.Purged => "purge-account",
    };
}

/// <summary>An account ended, or all that followed from it is done.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="IntoId">Of a merge: who stays.</param>
public sealed record AccountEnded(long UserId, long? IntoId) : IChangePages, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Person(UserId).Profile(UserId).Person(IntoId).Profile(IntoId).People().Reputations().Badges();
}

/// <summary>Texts and counts of some posts are somebody else's now, or nobody's.</summary>
/// <param name="FromId">Whose they were.</param>
/// <param name="IntoId">Whose they are; null: nobody's.</param>
/// <param name="Posts">The posts…</param>
/// <param name="Questions">…and the question of each.</param>
public sealed record TextsPassedOn(long FromId, long? IntoId, IReadOnlyList<long> Posts, IReadOnlyList<long> Questions) : IChangePages, IMovePosts, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        foreach (var question in Questions)
            pages.Question(question).Relisted(question);
    }

    /// <inheritdoc />
    public void Name(MovedPosts posts)
    {
        ArgumentNullException.ThrowIfNull(posts);
        foreach (var post in Posts)
            posts.Post(post);
    }
}
