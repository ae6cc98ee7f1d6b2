using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Settings;

/// <summary>A command after which other settings are in force, in this process before it is answered.</summary>
internal interface IChangeSettings : ICommand;

/// <summary>
/// Sets values, by key, as they were typed; nothing stands for the value beneath: the configuration's, or the rules' own. Returns how
/// many changed. Rules: docs/rules/settings.md.
/// </summary>
/// <param name="Values">What was typed.</param>
/// <param name="Seen">The newest change there was when the form was shown (<see cref="ShowSettings.View.Seen"/>).</param>
[For(Who.Administrator)]
public sealed record ChangeSettings(IReadOnlyDictionary<string, string?> Values, long Seen) : IRequest<int>, IChangeSettings
{
    internal sealed class Rules : AbstractValidator<ChangeSettings>
    {
        public Rules() => RuleFor(c => c.Values).Custom((values, context) =>
        {
            foreach (var failure in SettingRules.Failures(values))
                context.AddFailure(failure);
        });
    }

    internal sealed class Handler(Db db, CurrentUser user, SettingsStore store, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<ChangeSettings, int>
    {
        public async Task<int> Handle(ChangeSettings change, CancellationToken token)
        {
            var own = await SettingsStore.Own(db, token);
            var wanted = SettingRules.Changes(change.Values, own, store.Configured);
            var after = SettingRules.After(own, wanted);
            if (SettingRules.Crossed(wanted.Keys, store.With(after)).ToList() is { Count: > 0 } crossed)
                throw new ValidationException(crossed);

            await RefuseOvertaken([.. wanted.Keys], change.Seen, token);
            foreach (var (key, value) in wanted)
                await db.Set(key, own.GetValueOrDefault(key), value, user.Required, log, clock.GetUtcNow(), token);
            if (wanted.Count > 0)
                happened.Note(new SettingsChanged([.. wanted.Keys]));
            return wanted.Count;
        }

        private async Task RefuseOvertaken(string[] keys, long seen, CancellationToken token)
        {
            var isOvertaken = await db.Get<bool>(
                $"select exists (select 1 from setting_changes where id > @seen and {db.Dialect.In("key", "@keys")})", new { seen, keys }, token);
            if (isOvertaken)
                throw new ConflictException(new Refusal("settings.overtaken"));
        }
    }
}

/// <summary>Sets a value back to what it was before a change, if nobody has changed it since.</summary>
[For(Who.Administrator)]
public sealed record UndoSettingChange(long ChangeId) : IRequest, IChangeSettings
{
    internal sealed class Handler(Db db, CurrentUser user, SettingsStore store, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<UndoSettingChange>
    {
        public async Task Handle(UndoSettingChange undo, CancellationToken token)
        {
            var change = await db.Find<Change>(
                """
                select c.key as Key, c.old_value as OldValue, exists (select 1 from setting_changes n where n.key = c.key and n.id > c.id) as IsOld
                from setting_changes c
                where c.id = @ChangeId
                """,
                new { undo.ChangeId }, token) ?? throw new NotFoundException();
            if (change.IsOld)
                throw new ConflictException(new Refusal("settings.changed-since"));

            var own = await SettingsStore.Own(db, token);
            var wanted = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { [change.Key] = change.OldValue };
            // The other end of a range may have been moved past it.
            if (SettingRules.Crossed(wanted.Keys, store.With(SettingRules.After(own, wanted))).Any())
                throw new ConflictException(new Refusal("settings.crossed-since"));

            await db.Set(change.Key, own.GetValueOrDefault(change.Key), change.OldValue, user.Required, log, clock.GetUtcNow(), token);
            happened.Note(new SettingsChanged([change.Key]));
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "change-setting";

        public IBaseRequest? Command(LoggedAct act) => new UndoSettingChange(act.SubjectId);
    }

    private sealed record Change
    {
        public string Key { get; init; } = "";
        public string? OldValue { get; init; }
        public bool IsOld { get; init; }
    }
}

/// <summary>Other settings are in force. <see cref="WatchChanges"/> reads what another process set.</summary>
public sealed record SettingsChanged(IReadOnlyList<string> Keys) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Site();
}

/// <summary>Puts changed settings in force after their commit and before anybody is answered.</summary>
internal sealed class ApplySettings<TRequest, TResponse>(SettingsStore store, Db db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull, IChangeSettings
{
    public async Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var response = await next();
        await store.Load(db, cancellationToken);
        return response;
    }
}

/// <summary>Rows of <c>settings</c>, with the log of their changes.</summary>
internal static class SettingRows
{
    /// <summary>Sets a value, or with null lets the one beneath through.</summary>
    public static async Task Set(this Db db, string key, string? oldValue, string? newValue, long by, ModerationLog log, DateTimeOffset now, CancellationToken token)
    {
        await (newValue is null
            ? db.Execute("delete from settings where key = @key", new { key }, token)
            : db.Execute(
                "insert into settings (key, value) values (@key, @newValue) on conflict (key) do update set value = excluded.value", new { key, newValue }, token));
        var id = await db.Get<long>(
            "insert into setting_changes (key, old_value, new_value, changed_by, changed_at) values (@key, @oldValue, @newValue, @by, @now) returning id",
            new { key, oldValue, newValue, by, now }, token);
        await log.Record(new Act("change-setting", ActSubject.Setting, id) { Before = new { Key = key, Value = oldValue }, After = new { Key = key, Value = newValue } }, token);
    }
}
