using FluentValidation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Privileges;

/// <summary>
/// Who would gain or lose which privilege if these values were set: <see cref="ChangeSettings"/> as it was typed, before it is done. Moderators
/// are not counted: they have them all.
/// </summary>
[For(Who.Administrator)]
public sealed record PreviewThresholds(IReadOnlyDictionary<string, string?> Values) : IRequest<IReadOnlyList<PreviewThresholds.Move>>
{
    private const int Names = 5;

    /// <summary>A privilege that would need another reputation.</summary>
    /// <param name="Key">Which.</param>
    /// <param name="Before">What it needs.</param>
    /// <param name="After">What it would need.</param>
    /// <param name="People">How many would have it then or no longer.</param>
    /// <param name="IsMore">Whether they are more than are counted.</param>
    /// <param name="First">The most trusted of them.</param>
    public sealed record Move(string Key, int Before, int After, int People, bool IsMore, IReadOnlyList<Person> First)
    {
        /// <summary>Whether they would gain it.</summary>
        public bool IsGain => After < Before;
    }

    /// <summary>Somebody whom it concerns.</summary>
    public sealed record Person
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Reputation { get; init; }
        internal string Key { get; init; } = "";
    }

    internal sealed class Rules : AbstractValidator<PreviewThresholds>
    {
        public Rules() => RuleFor(c => c.Values).Custom((values, context) =>
        {
            foreach (var failure in SettingRules.Failures(values))
                context.AddFailure(failure);
        });
    }

    internal sealed class Handler(Db db, SettingsStore store) : IRequestHandler<PreviewThresholds, IReadOnlyList<Move>>
    {
        public async Task<IReadOnlyList<Move>> Handle(PreviewThresholds preview, CancellationToken token)
        {
            var own = await SettingsStore.Own(db, token);
            var (now, then) = (store.With(own), store.With(SettingRules.After(own, SettingRules.Changes(preview.Values, own, store.Configured))));
            var most = now.Pages.MostCounted;

            // A row for each privilege, so that the text is the same each time.
            var parameters = new Dictionary<string, object> { ["most"] = most + 1, ["names"] = Names };
            foreach (var (privilege, i) in Privilege.All.Select((privilege, i) => (privilege, i)))
            {
                parameters[$"key{i}"] = privilege.Key;
                parameters[$"low{i}"] = Math.Min(now.Needs(privilege), then.Needs(privilege));
                parameters[$"high{i}"] = Math.Max(now.Needs(privilege), then.Needs(privilege));
            }

            var moved = $"with moved (key, low, high) as (values {string.Join(", ", Privilege.All.Select((_, i) => $"(@key{i}, @low{i}, @high{i})"))})";
            var counts = (await db.Query<Counted>(
                $"""
                {moved}
                select m.key as Key,
                       (select count(*) from (
                           select 1
                           from users u
                           where u.reputation >= m.low and u.reputation < m.high and {Concerned}
                           limit @most)) as People
                from moved m
                where m.low < m.high
                """,
                parameters, token)).ToDictionary(c => c.Key, c => c.People, StringComparer.Ordinal);
            var people = (await db.Query<Person>(
                $"""
                {moved}
                select m.key as Key, p.id as Id, p.name as Name, p.reputation as Reputation
                from moved m
                join users p on p.id in (
                    select u.id
                    from users u
                    where u.reputation >= m.low and u.reputation < m.high and {Concerned}
                    order by u.reputation desc, u.id
                    limit @names)
                where m.low < m.high
                order by p.reputation desc, p.id
                """,
                parameters, token)).ToLookup(p => p.Key, StringComparer.Ordinal);
            return
            [
                .. from privilege in Privilege.All
                   let before = now.Needs(privilege)
                   let after = then.Needs(privilege)
                   where before != after
                   let count = counts[privilege.Key]
                   select new Move(privilege.Key, before, after, Math.Min(count, most), count > most, [.. people[privilege.Key]]),
            ];
        }

        private const string Concerned = "u.id > 0 and u.is_moderator = 0 and u.is_administrator = 0 and u.removed_at is null";
    }

    private sealed record Counted
    {
        public string Key { get; init; } = "";
        public int People { get; init; }
    }
}
