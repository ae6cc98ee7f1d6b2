using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>What the list of people is ordered by.</summary>
public enum UserOrder
{
    /// <summary>Highest reputation first.</summary>
    Reputation,

    /// <summary>Newest first.</summary>
    Newest,

    /// <summary>By name.</summary>
    Name,
}

/// <summary>
/// A page of people; with <paramref name="Search"/> those whose names begin with it, whatever case and accents, by name.
/// The Community user and who was removed are not listed.
/// </summary>
public sealed record ListUsers(string? Search = null, UserOrder Order = UserOrder.Reputation, int Page = 1) : IRequest<PageOf<ListUsers.Item>>
{
    /// <summary>A person in the list.</summary>
    public sealed record Item
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Reputation { get; init; }
        public bool IsModerator { get; init; }
        public int Gold { get; init; }
        public int Silver { get; init; }
        public int Bronze { get; init; }
        public string Location { get; init; } = "";
        public string Picture { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }

        /// <summary>Of those who lead: reputation gained, votes, or edits.</summary>
        public int? Value { get; init; }
    }

    internal sealed class Handler(Db db, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListUsers, PageOf<Item>>
    {
        // No character comes after it, so it ends the range of names that begin alike.
        private const string End = "\U0010FFFF";

        public async Task<PageOf<Item>> Handle(ListUsers list, CancellationToken token)
        {
            var begins = PersonName.Fold(list.Search);
            var named = begins.Length > 0;
            var range = new { begins, ends = begins + End };
            var total = await db.Get<long>(
                named ? "select count(*) from users where search_name >= @begins and search_name < @ends and id > 0 and removed_at is null" : "select users from totals", range, token);
            var size = settings.Pages.Users;
            var number = (int)Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));

            // The page's ids come from an index alone, so that skipping pages does not read the people skipped.
            var order = named ? UserOrder.Name : list.Order;
            var items = await db.Query<Item>(
                $"""
                select u.id as Id, u.name as Name, {UserCard.ShownReputation} as Reputation, u.is_moderator | u.is_administrator as IsModerator,
                       {UserCard.ShownBadges}, u.location as Location, u.picture as Picture, u.created_at as CreatedAt
                from (
                    select id
                    from users
                    where id > 0 and removed_at is null {(named ? "and search_name >= @begins and search_name < @ends" : "")}
                    order by {By(order)}
                    limit @size offset @skip
                ) page
                join users u on u.id = page.id
                order by {By(order, "u.")}
                """,
                new { range.begins, range.ends, size, skip = (number - 1L) * size, now = clock.GetUtcNow() }, token);
            return new PageOf<Item>(items, number, size, total);
        }

        private static string By(UserOrder order, string of = "") => order switch
        {
            UserOrder.Reputation => $"{of}reputation desc, {of}id",
            UserOrder.Newest => $"{of}created_at desc, {of}id",
            UserOrder.Name => $"{of}search_name, {of}id",
        };
    }
}
