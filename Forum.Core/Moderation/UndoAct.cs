using System.Text.Json;
using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Moderation;

/// <summary>
/// Undoes something that was done, by the command that is its opposite, with that command's own rules. Rules: docs/rules/audit.md.
/// </summary>
/// <exception cref="NotFoundException">There is no such act.</exception>
/// <exception cref="ConflictException">It was undone already, or is of a kind that cannot be.</exception>
[For(Who.Moderator)]
public sealed record UndoAct(long ActId) : IRequest
{
    internal sealed class Handler(Db db, ISender sender, Undoing undoing, IEnumerable<IUndo> undos) : IRequestHandler<UndoAct>
    {
        public async Task Handle(UndoAct undo, CancellationToken token)
        {
            var act = await db.Find<LoggedAct>($"select {LoggedAct.Columns} from moderation_acts a where a.id = @ActId", new { undo.ActId }, token)
                ?? throw new NotFoundException();
            if (act.UndoneBy is not null)
                throw new ConflictException(new Refusal("moderation.already-undone"));
            var command = undos.FirstOrDefault(known => known.Action == act.Action)?.Command(act) ?? throw new ConflictException(new Refusal("moderation.not-undoable"));

            undoing.ActId = act.Id;
            await sender.Send(command, token);
        }
    }
}

/// <summary>How one kind of act is undone.</summary>
public interface IUndo
{
    /// <summary>The kind.</summary>
    string Action { get; }

    /// <summary>The command that undoes <paramref name="act"/>; null when nothing does. It logs what it does like any other.</summary>
    IBaseRequest? Command(LoggedAct act);
}

/// <summary>A line of the log.</summary>
public record LoggedAct
{
    internal const string Columns =
        """
        a.id as Id, a.action as Action, a.actor_id as ActorId, a.subject_kind as Subject, a.subject_id as SubjectId, a.concerns_id as ConcernsId,
        a.before as Before, a.after as After, a.reason as Reason, a.at as At, a.undoes_id as Undoes,
        (select u.id from moderation_acts u where u.undoes_id = a.id) as UndoneBy
        """;

    public long Id { get; init; }
    public string Action { get; init; } = "";

    /// <summary>Who did it; null: the rules.</summary>
    public long? ActorId { get; init; }
    public ActSubject Subject { get; init; }
    public long SubjectId { get; init; }
    public long? ConcernsId { get; init; }
    public string Before { get; init; } = "";
    public string After { get; init; } = "";
    public string Reason { get; init; } = "";
    public DateTimeOffset At { get; init; }

    /// <summary>The act that this one undid.</summary>
    public long? Undoes { get; init; }

    /// <summary>The act that undid this one.</summary>
    public long? UndoneBy { get; init; }

    /// <summary>A number of what is there since; null when it says none by that name.</summary>
    public long? Value(string name) => Number(After, name);

    /// <summary>A number of what was there before.</summary>
    public long? FormerValue(string name) => Number(Before, name);

    /// <summary>A text of what is there since, such as a tag's name; null when it says none by that name.</summary>
    public string? Text(string name) => Word(After, name);

    /// <summary>A text of what was there before.</summary>
    public string? FormerText(string name) => Word(Before, name);

    /// <summary>Whether something was so before.</summary>
    public bool FormerSwitch(string name)
    {
        if (Before.Length == 0)
            return false;

        using var details = JsonDocument.Parse(Before);
        return details.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
    }

    private static string? Word(string json, string name)
    {
        if (json.Length == 0)
            return null;

        using var details = JsonDocument.Parse(json);
        return details.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static long? Number(string json, string name)
    {
        if (json.Length == 0)
            return null;

        using var details = JsonDocument.Parse(json);
        return details.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
    }
}
