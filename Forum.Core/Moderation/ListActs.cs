using System.Reflection;
using System.Text.Json;
using Forum.Core.Closing;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Moderation;

/// <summary>
/// Lines of the log, newest first, some at a time: all, or those that are looked for. What is given must all hold. Two statements, one more when days
/// are given, one when posts went elsewhere, one when questions were closed for a reason of the site's own. Rules: docs/rules/audit.md.
/// </summary>
/// <param name="Action">What was done.</param>
/// <param name="ActorId">Who did it; 0: the rules did.</param>
/// <param name="UserId">To or about whom.</param>
/// <param name="PostId">To which post.</param>
/// <param name="From">Not before this UTC day.</param>
/// <param name="To">Not after this UTC day.</param>
/// <param name="Before">Where to go on, of an earlier view's <see cref="View.Next"/>.</param>
[For(Who.Moderator)]
public sealed record ListActs(
    string? Action = null, long? ActorId = null, long? UserId = null, long? PostId = null, DateOnly? From = null, DateOnly? To = null, long? Before = null)
    : IRequest<ListActs.View>
{
    /// <param name="Items">Newest first.</param>
    /// <param name="Next">Where older ones begin, or null.</param>
    /// <param name="Actions">What there is to look for: the kinds that the log has.</param>
    public sealed record View(IReadOnlyList<Line> Items, long? Next, IReadOnlyList<string> Actions);

    /// <summary>A line, with what it needs to be read.</summary>
    public sealed record Line
    {
        public LoggedAct Act { get; init; } = null!;

        /// <summary>Who did it.</summary>
        public string? Actor { get; init; }

        /// <summary>Whom it concerns.</summary>
        public string? Concerns { get; init; }

        /// <summary>The post's question, or the person's or tag's name.</summary>
        public string? Subject { get; init; }

        /// <summary>Of a flag: the post that it is on, or on whose comment.</summary>
        public long? FlaggedPostId { get; init; }

        /// <summary>The question that a question was merged into or an answer moved to.</summary>
        public long? TargetId { get; init; }

        /// <summary>Its title.</summary>
        public string? Target { get; init; }

        /// <summary>Why a question was closed, or somebody voted so: the reason's key.</summary>
        public string? CloseReason { get; init; }

        /// <summary>The reason, when it is the site's own.</summary>
        public SiteReason? SiteReason { get; init; }

        /// <summary>Whether a button undoes it: nobody did yet, and the reader may try.</summary>
        public bool MayUndo { get; init; }

        /// <summary>What was there before and after, by name.</summary>
        public IReadOnlyList<Detail> Details { get; init; } = [];
    }

    /// <param name="Name">What.</param>
    /// <param name="Before">As it was; null: nothing said.</param>
    /// <param name="After">As it is.</param>
    public sealed record Detail(string Name, string? Before, string? After);

    internal sealed class Handler(Db db, ForumSettings settings, IEnumerable<IUndo> undos, CurrentUser user) : IRequestHandler<ListActs, View>
    {
        public async Task<View> Handle(ListActs list, CancellationToken token)
        {
            var size = settings.Discipline.ActsListed;
            // Numbers grow with time: days are bounds of numbers.
            var least = list.From is { } from ? await db.FirstActSince(Start(from), token) ?? long.MaxValue : 0;
            var beyond = list.To is { } to ? await db.FirstActSince(Start(to.AddDays(1)), token) ?? long.MaxValue : long.MaxValue;
            var before = Math.Min(beyond, list.Before ?? long.MaxValue);

            string[] wanted =
            [
                .. list.Action is null ? Nothing : ["l.action = @Action"],
                .. list.ActorId switch { null => Nothing, 0 => ["l.actor_id is null"], _ => ["l.actor_id = @ActorId"] },
                .. list.PostId is null ? Nothing : ["l.subject_kind = 1 and l.subject_id = @PostId"],
                .. list.UserId is null ? Nothing : ["(l.concerns_id = @UserId or l.subject_kind = 3 and l.subject_id = @UserId)"],
            ];
            var rows = await db.Query<LoggedLine>(
                $"""
                select {LoggedAct.Columns}, m.name as Actor, c.name as Concerns,
                       {LoggedLine.Names}
                from (
                    select l.*
                    from moderation_acts l
                    where l.id < @before and l.id >= @least {string.Concat(wanted.Select(clause => " and " + clause))}
                    order by l.id desc
                    limit @size) a
                left join users m on m.id = a.actor_id
                left join users c on c.id = a.concerns_id
                order by a.id desc
                """,
                new { before, least, size = size + 1, list.Action, list.ActorId, list.PostId, list.UserId }, token);
            return new View(await db.Read([.. rows.Take(size).Select(row => Of(row, undos, user))], token), rows.Count > size ? rows[size - 1].Id : null, await db.LoggedActions(token));
        }

        private static readonly string[] Nothing = [];

        private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
    }

    internal static Line Of(LoggedLine row, IEnumerable<IUndo> undos, CurrentUser user) => new()
    {
        Act = row,
        Actor = row.Actor,
        Concerns = row.Concerns,
        // A tag is called as it was then.
        Subject = (row.Subject == ActSubject.Tag ? row.Text("Tag") ?? row.FormerText("Tag") : null) ?? row.SubjectName ?? row.Text("Key"),
        FlaggedPostId = row.FlaggedPostId,
        TargetId = row.Action switch
        {
            "merge" => row.Value("Target"),
            "unmerge" => row.FormerValue("Target"),
            "move-answer" => row.Value("Question"),
            _ => null,
        },
        CloseReason = row.Action is "close" or "close-vote" ? row.Text("Reason") : row.Action == "reopen" ? row.FormerText("Reason") : null,
        MayUndo = row.UndoneBy is null && undos.FirstOrDefault(known => known.Action == row.Action)?.Command(row) is { } command && MayTry(user, command),
        Details = DetailsOf(row),
    };

    // What takes an administrator is not offered to other moderators.
    private static bool MayTry(CurrentUser user, IBaseRequest command) =>
        user.IsAdministrator || command.GetType().GetCustomAttribute<ForAttribute>()?.Who != Who.Administrator;

    private static IReadOnlyList<Detail> DetailsOf(LoggedAct act)
    {
        var (before, after) = (Fields(act.Before), Fields(act.After));
        return [.. before.Keys.Union(after.Keys).Select(name => new Detail(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))];
    }

    private static Dictionary<string, string> Fields(string json)
    {
        if (json.Length == 0)
            return [];

        using var details = JsonDocument.Parse(json);
        return details.RootElement.ValueKind != JsonValueKind.Object
            ? []
            : details.RootElement.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null).ToDictionary(field => field.Name, field => field.Value.ToString());
    }
}

/// <summary>One line of the log, for whoever is about to undo it. Rules: docs/rules/audit.md.</summary>
/// <exception cref="NotFoundException">There is none of this number.</exception>
[For(Who.Moderator)]
public sealed record ShowAct(long Id) : IRequest<ListActs.Line>
{
    internal sealed class Handler(Db db, IEnumerable<IUndo> undos, CurrentUser user) : IRequestHandler<ShowAct, ListActs.Line>
    {
        public async Task<ListActs.Line> Handle(ShowAct show, CancellationToken token) =>
            await db.Find<LoggedLine>(
                $"""
                select {LoggedAct.Columns}, m.name as Actor, c.name as Concerns,
                       {LoggedLine.Names}
                from moderation_acts a
                left join users m on m.id = a.actor_id
                left join users c on c.id = a.concerns_id
                where a.id = @Id
                """,
                new { show.Id }, token) is { } row ? (await db.Read([ListActs.Of(row, undos, user)], token))[0] : throw new NotFoundException();
    }
}

/// <summary>A line with the names it needs.</summary>
internal sealed record LoggedLine : LoggedAct
{
    public string? Actor { get; init; }
    public string? Concerns { get; init; }
    public string? SubjectName { get; init; }
    public long? FlaggedPostId { get; init; }

    /// <summary>Of an act: what its subject is called, and for a flag which post that is on.</summary>
    internal const string Names =
        """
        case a.subject_kind
            when 1 then (select coalesce(p.title, q.title) from posts p left join posts q on q.id = p.question_id where p.id = a.subject_id)
            when 3 then (select s.name from users s where s.id = a.subject_id)
            when 4 then (select t.name from tags t where t.id = a.subject_id)
            when 6 then (select coalesce(p.title, q.title) from flags f join posts p on p.id = f.post_id left join posts q on q.id = p.question_id where f.id = a.subject_id)
        end as SubjectName,
        case a.subject_kind when 6 then (select f.post_id from flags f where f.id = a.subject_id) end as FlaggedPostId
        """;
}

/// <summary>What the log is asked besides its lines.</summary>
internal static class ActIndex
{
    /// <summary>Adds what lines name by numbers alone: titles of questions that posts went to, and reasons of the site's own.</summary>
    public static async Task<IReadOnlyList<ListActs.Line>> Read(this Db db, IReadOnlyList<ListActs.Line> lines, CancellationToken token)
    {
        long[] targets = [.. lines.Select(line => line.TargetId).OfType<long>().Distinct()];
        var titles = targets.Length == 0
            ? []
            : (await db.Query<Title>($"select id as Id, title as Text from posts where {db.Dialect.In("id", "@targets")}", new { targets }, token)).ToDictionary(title => title.Id, title => title.Text);
        var reasons = lines.Any(line => CloseReason.SiteId(line.CloseReason) is not null) ? await db.AllSiteReasons(token) : [];
        return
        [
            .. lines.Select(line => line with
            {
                Target = line.TargetId is { } target ? titles.GetValueOrDefault(target) : null,
                SiteReason = reasons.FirstOrDefault(reason => reason.Key == line.CloseReason),
            }),
        ];
    }

    private sealed record Title
    {
        public long Id { get; init; }
        public string? Text { get; init; }
    }

    /// <summary>The number of the first act since a time; null when there is none.</summary>
    public static Task<long?> FirstActSince(this Db db, DateTimeOffset at, CancellationToken token) =>
        db.Get<long?>("select (select id from moderation_acts where at >= @at order by at, id limit 1)", new { at }, token);

    /// <summary>The kinds of acts that there are. A look for each in the index, not one at each line.</summary>
    public static Task<IReadOnlyList<string>> LoggedActions(this Db db, CancellationToken token) =>
        db.Query<string>(
            """
            with recursive kinds (action) as (
                select min(action) from moderation_acts
                union all
                select (select min(a.action) from moderation_acts a where a.action > kinds.action) from kinds where kinds.action is not null)
            select action from kinds where action is not null
            """, token: token);
}
