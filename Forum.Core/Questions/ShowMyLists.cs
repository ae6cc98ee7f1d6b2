using Forum.Core.Settings;
using Forum.Core.Tags;
using Forum.Data;
using MediatR;

namespace Forum.Core.Questions;

/// <summary>What shapes the lists of the one who asks: the tags they watch and ignore, and the filters they kept. One statement, and none for a stranger.</summary>
public sealed record ShowMyLists : IRequest<ShowMyLists.View>
{
    /// <param name="Watching">Their tags.</param>
    /// <param name="Filters">Their filters, by name.</param>
    public sealed record View(Watching Watching, IReadOnlyList<Saved> Filters)
    {
        /// <summary>The filter their home page opens with, or null.</summary>
        public Saved? Home => Filters.FirstOrDefault(filter => filter.IsHome);
    }

    /// <summary>A filter somebody kept.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">What they call it.</param>
    /// <param name="Filter">What it shows.</param>
    /// <param name="IsHome">Whether their home page opens with it.</param>
    public sealed record Saved(long Id, string Name, QuestionFilter Filter, bool IsHome);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowMyLists, View>
    {
        public async Task<View> Handle(ShowMyLists show, CancellationToken token)
        {
            if (user.Id is not { } me)
                return new View(Watching.Nothing, []);

            var rows = await db.Query<Row>(
                """
                select null as Id, pattern as Name, null as Filter, is_ignored as Flag from watched_tags where user_id = @me
                union all
                select id, name, filter, is_home from saved_filters where user_id = @me
                """,
                new { me }, token);
            var tags = rows.Where(row => row.Id is null).OrderBy(row => row.Name, StringComparer.Ordinal).ToLookup(row => row.Flag, row => row.Name);
            var filters =
                from row in rows
                where row.Id is not null
                orderby row.Name
                select new Saved(row.Id!.Value, row.Name, QuestionFilter.Parse(row.Filter!, settings.Limits), row.Flag);
            return new View(new Watching([.. tags[false]], [.. tags[true]]), [.. filters]);
        }
    }

    private sealed record Row
    {
        public long? Id { get; init; }
        public string Name { get; init; } = "";
        public string? Filter { get; init; }
        public bool Flag { get; init; }
    }
}
