using System.Globalization;
using System.Text.Json;
using Forum.Core.Abuse;
using Forum.Core.Editing;
using Forum.Core.Flags;
using Forum.Core.Locks;
using Forum.Core.Moderation;
using Forum.Core.PostNotices;
using Forum.Core.Reviews;
using Forum.Core.Settings;
using Forum.Web.Languages;
using Forum.Web.Pages.Abuse;
using Forum.Web.Pages.Admin;
using Forum.Web.Pages.Closing;
using Forum.Web.Pages.Locks;

namespace Forum.Web.Pages.Moderation;

/// <summary>What was there before and after an act, in the reader's language: the log keeps names of fields, ids and codes. Rules: docs/rules/audit.md.</summary>
public sealed class ActWords(Words words)
{
    /// <param name="Text">In words.</param>
    /// <param name="Address">Where it leads; null: nowhere.</param>
    public sealed record Piece(string Text, string? Address = null);

    /// <param name="What">What it is that was one and is the other.</param>
    /// <param name="Before">As it was; none: nothing is said of it.</param>
    /// <param name="After">As it is since.</param>
    public sealed record Change(string What, IReadOnlyList<Piece> Before, IReadOnlyList<Piece> After);

    /// <summary>All that a line says. What is the same before and after is said once.</summary>
    public IReadOnlyList<Change> Of(ListActs.Line line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return
        [
            .. from detail in line.Details
               let before = detail.Before == detail.After ? [] : Pieces(line, detail.Name, detail.Before)
               let after = Pieces(line, detail.Name, detail.After)
               where before.Count + after.Count > 0
               select new Change(Name(detail.Name), before, after),
        ];
    }

    /// <summary>The key of what a field is called: <c>IsBlocked</c> is <c>moderation.field-is-blocked</c>.</summary>
    public static string Key(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return "moderation.field-" + string.Concat(field.Select((letter, at) => char.IsUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
    }

    string Name(string field) => words.Has(Key(field)) ? words[Key(field)] : field;

    IReadOnlyList<Piece> Pieces(ListActs.Line line, string name, string? value) => value switch
    {
        // A setting that is not set is what the configuration says.
        null when name == "Value" => [new(words["settings.unset"])],
        null or "" => [],
        ['[', ..] => [.. Items(value).Select(item => Said(line, name, item))],
        _ => [Said(line, name, value)],
    };

    Piece Said(ListActs.Line line, string name, string value) => name switch
    {
        "Question" or "Target" or "Targets" or "Chained" => Linked("/q/", value),
        "Answer" or "Post" or "PostId" => Linked("/a/", value),
        "Comment" => Linked("/comments/", value),
        "Reviewer" => Linked("/mod/users/", value),
        "EditId" => Linked("/suggested-edits/", value),
        "Redaction" => Linked("/redactions/", value),
        "MessageId" or "SuspensionId" or "NoteId" => new("#" + value, $"/mod/users/{line.Act.SubjectId}"),
        "Blocked" => new("#" + value, "/admin/blocked"),
        "Departure" => new("#" + value, "/mod/departures"),
        "Task" => new("#" + value, line.Act.Value("Queue") is { } queue && Known<ReviewQueue>(queue) is { } place ? $"/review/{place.Key()}/{value}" : null),
        "Revisions" => new(value, $"/posts/{line.Act.SubjectId}/revisions#revision-{value}"),
        "Vote" or "MergeId" or "Move" or "Suspension" or "CancellationId" or "BountyId" or "SynonymId" => new("#" + value),
        "Tag" or "Synonym" or "Hammer" => new(value, $"/tags/{Uri.EscapeDataString(value)}/info"),
        "Until" => new(Time(value)),
        "Key" => new(Setting.Find(value) is { } setting ? $"{RulesModel.Name(words, setting)} ({value})" : value),
        "Value" => new(SettingOf(line) is { } changed ? RulesModel.Choice(words, changed, value) : value),
        "Template" => new(Word("discipline.template-", value)),
        "Reason" => new(ReasonOf(line, value)),
        "Kind" or "State" or "Queue" or "Outcome" or "Deletion" or "Action" => new(Coded(line, name, value)),
        "IsApproved" => new(words[value == "1" ? "moderation.yes" : "moderation.no"]),
        _ when bool.TryParse(value, out var isSo) => new(words[isSo ? "moderation.yes" : "moderation.no"]),
        _ => new(long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? words.Number(number) : value),
    };

    string Coded(ListActs.Line line, string name, string value)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            return value;
        return (name, line.Act.Action) switch
        {
            ("State", _) => Known<FlagState>(code) is { } state ? words["flags.state-" + state.Key()] : value,
            ("Queue", _) => Known<ReviewQueue>(code) is { } queue ? words["reviews.queue-" + queue.Key()] : value,
            ("Outcome", _) => Known<ReviewOutcome>(code) is { } outcome ? words["reviews.outcome-" + outcome.Key()] : value,
            ("Deletion", _) => Known<DeletionKind>(code) is { } deletion ? words["moderation.deletion-" + deletion.ToString().ToLowerInvariant()] : value,
            ("Action", _) => Known<BlockedAction>(code) is { } action ? words["abuse.action-" + BlockedModel.Key(action)] : value,
            ("Kind", "lock" or "unlock") => Known<LockKind>(code) is { } locked ? words["locks.kind-" + LockWords.Of(locked)] : value,
            ("Kind", "place-notice" or "remove-notice") => Known<NoticeKind>(code) is { } notice ? words["notices.kind-" + NoticeRules.KeyOf(notice)] : value,
            ("Kind", "block-text") => Known<BlockedKind>(code) is { } blocked ? words["abuse.kind-" + BlockedModel.Key(blocked)] : value,
            ("Kind", _) => Known<FlagKind>(code) is { } flag ? words["flags.kind-" + flag.Key()] : value,
            _ => value,
        };
    }

    // Of a flag: which reason for closing it names, or what the site noticed.
    string ReasonOf(ListActs.Line line, string value) => line.Act.Action == "flag"
        ? Word(line.Act.Value("Kind") == (int)FlagKind.Noticed ? "flags.noticed-" : "flags.close-", value)
        : new ReasonWords(words, line.SiteReason is { } own ? [own] : []).Title(value);

    string Word(string room, string end) => words.Has(room + end) ? words[room + end] : end;

    // Times are kept as milliseconds or as text.
    string Time(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? words.Exact(DateTimeOffset.FromUnixTimeMilliseconds(at))
        : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var said) ? words.Exact(said)
        : value;

    static Setting? SettingOf(ListActs.Line line) => (line.Act.Text("Key") ?? line.Act.FormerText("Key")) is { } key ? Setting.Find(key) : null;

    static Piece Linked(string room, string number) => new("#" + number, room + number);

    static T? Known<T>(long code) where T : struct, Enum => Enum.GetValues<T>().Where(known => Convert.ToInt64(known, CultureInfo.InvariantCulture) == code).Select(known => (T?)known).FirstOrDefault();

    static IEnumerable<string> Items(string json)
    {
        using var list = JsonDocument.Parse(json);
        return [.. list.RootElement.EnumerateArray().Select(item => item.ToString())];
    }
}
