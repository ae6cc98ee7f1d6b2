using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Settings;

/// <summary>The values of a group, with where each comes from.</summary>
/// <param name="Group">One of <see cref="Setting.Groups"/>.</param>
[For(Who.Administrator)]
public sealed record ShowSettings(string Group) : IRequest<ShowSettings.View>
{
    /// <summary>The group.</summary>
    /// <param name="Lines">Its values, in their order.</param>
    /// <param name="Seen">The newest change there is: a form says it, so that nobody overwrites what another one set meanwhile.</param>
    public sealed record View(IReadOnlyList<Line> Lines, long Seen);

    /// <summary>A value.</summary>
    /// <param name="Setting">What it is.</param>
    /// <param name="Value">As it is in force.</param>
    /// <param name="Beneath">As it would be if the database said nothing.</param>
    /// <param name="Default">As the rules have it.</param>
    /// <param name="Source">Where it comes from.</param>
    public sealed record Line(Setting Setting, string Value, string Beneath, string Default, SettingSource Source);

    internal sealed class Handler(Db db, SettingsStore store) : IRequestHandler<ShowSettings, View>
    {
        public async Task<View> Handle(ShowSettings show, CancellationToken token)
        {
            if (!Setting.Groups.Contains(show.Group))
                throw new NotFoundException();

            var own = await SettingsStore.Own(db, token);
            var (inForce, configured) = (store.With(own), store.Configured);
            // Thresholds are those of the preset in force, unless something else says otherwise.
            var (beneath, defaults) = (configured with { Preset = inForce.Preset }, new ForumSettings { Preset = inForce.Preset });
            var seen = await db.Get<long>("select coalesce(max(id), 0) from setting_changes", token: token);
            return new View(
                [
                    .. from setting in Setting.All
                       where setting.Group == show.Group
                       let isThreshold = setting.Privilege is not null
                       select new Line(
                           setting, setting.Of(inForce), setting.Of(isThreshold ? beneath : configured), setting.Of(isThreshold ? defaults : new ForumSettings()),
                           store.SourceOf(setting, own)),
                ],
                seen);
        }
    }
}

/// <summary>A page of what was set, newest first.</summary>
[For(Who.Administrator)]
public sealed record ListSettingChanges(int Page = 1) : IRequest<PageOf<ListSettingChanges.Item>>
{
    /// <summary>A change. A null value says: the one beneath was in force.</summary>
    public sealed record Item
    {
        public long Id { get; init; }
        public string Key { get; init; } = "";
        public string? OldValue { get; init; }
        public string? NewValue { get; init; }
        public long? ById { get; init; }
        public string? By { get; init; }
        public DateTimeOffset At { get; init; }

        /// <summary>Whether nobody has changed the value since: then the change can be undone.</summary>
        public bool IsNewest { get; init; }
    }

    internal sealed class Handler(Db db, ForumSettings settings) : IRequestHandler<ListSettingChanges, PageOf<Item>>
    {
        public async Task<PageOf<Item>> Handle(ListSettingChanges list, CancellationToken token)
        {
            var size = settings.Pages.Revisions;
            var total = await db.Get<long>("select count(*) from setting_changes", token: token);
            var number = (int)Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));
            var items = await db.Query<Item>(
                """
                select c.id as Id, c.key as Key, c.old_value as OldValue, c.new_value as NewValue, c.changed_by as ById, u.name as By, c.changed_at as At,
                       not exists (select 1 from setting_changes n where n.key = c.key and n.id > c.id) as IsNewest
                from setting_changes c
                left join users u on u.id = c.changed_by
                order by c.id desc
                limit @size offset @skip
                """,
                new { size, skip = (number - 1L) * size }, token);
            return new PageOf<Item>(items, number, size, total);
        }
    }
}
