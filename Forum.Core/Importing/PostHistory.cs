using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Forum.Core.Importing;

/// <summary>A row of PostHistory as it waits in <c>import_history</c>.</summary>
internal sealed record HistoryRow
{
    public long Id { get; init; }
    public long PostId { get; init; }
    public int Type { get; init; }
    public string Guid { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public long? UserId { get; init; }
    public string? UserName { get; init; }
    public string? Comment { get; init; }
    public string? Text { get; init; }
    public string? License { get; init; }

    /// <summary>Whether it is part of a revision: initial, edited or rolled back title, body or tags.</summary>
    public bool IsEdit => Type is >= 1 and <= 9;
}

/// <summary>A state that a post's text was in; null says unchanged.</summary>
internal sealed record DumpRevision
{
    public int Number { get; init; }
    public string Guid { get; init; } = "";
    public long? UserId { get; init; }
    public string? UserName { get; init; }
    public string? Title { get; init; }
    public string? Body { get; init; }
    public string? Tags { get; init; }
    public string Comment { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string License { get; init; } = "";
}

/// <summary>What PostHistory tells of one post. Pure.</summary>
internal static class PostHistory
{
    // The text goes into a column, not into a page: what is no ASCII stays readable.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The revisions of a post, oldest first: the rows that share a RevisionGUID are one.</summary>
    public static IReadOnlyList<DumpRevision> Revisions(IEnumerable<HistoryRow> history) =>
    [
        .. history.Where(h => h.IsEdit)
            .OrderBy(h => h.Id)
            .GroupBy(h => h.Guid, StringComparer.Ordinal)
            .Select((rows, at) => Revision(at + 1, [.. rows])),
    ];

    /// <summary>When a post became what a pair of kinds switches on and off (locked, protected), or null when it is off.</summary>
    public static DateTimeOffset? Since(IEnumerable<HistoryRow> history, int on, int off) =>
        Newest(history.Where(h => h.Type == on || h.Type == off)) is { } last && last.Type == on ? last.CreatedAt : null;

    /// <summary>Why a closed question is closed, as its newest closing says; null when that is not known.</summary>
    public static string? CloseReason(IEnumerable<HistoryRow> history) =>
        CloseReason(Newest(history.Where(h => h.Type == 10))?.Comment);

    /// <summary>The reason that a number of a dump means; null when it means none that has a key here.</summary>
    public static string? CloseReason(string? number) =>
        number switch
        {
            "1" or "101" => "duplicate",
            "2" or "102" => "off-topic",
            "3" or "105" => "opinion-based",
            "103" => "needs-details",
            "104" => "needs-focus",
            "4" => "not-a-question",
            "7" => "too-localized",
            "10" => "general-reference",
            "20" => "noise",
            _ => null,
        };

    /// <summary>The kind of a row that is no edit, as it stands in the post's timeline.</summary>
    public static string Event(int type) => type switch
    {
        10 => "closed",
        11 => "reopened",
        12 => "deleted",
        13 => "undeleted",
        14 => "locked",
        15 => "unlocked",
        16 => "community-owned",
        17 => "migrated",
        18 => "merged",
        19 => "protected",
        20 => "unprotected",
        21 => "disassociated",
        22 => "unmerged",
        24 => "suggested-edit-applied",
        25 => "tweeted",
        31 => "comments-moved",
        33 => "notice-added",
        34 => "notice-removed",
        35 => "migrated-away",
        36 => "migrated-here",
        37 => "merge-source",
        38 => "merge-destination",
        50 => "bumped",
        52 => "hot-question-added",
        53 => "hot-question-removed",
        66 => "created-from-wizard",
        _ => "type-" + type.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What the dump says of such a row: its comment and its text, as JSON; empty when it says nothing.</summary>
    public static string Details(HistoryRow row)
    {
        var details = new JsonObject();
        if (!string.IsNullOrEmpty(row.Comment))
            details["comment"] = DumpText.Clean(row.Comment);
        if (!string.IsNullOrEmpty(row.Text))
            details["text"] = Parsed(row.Text);
        return details.Count == 0 ? "" : details.ToJsonString(Readable);
    }

    /// <summary>The names in <c>&lt;a&gt;&lt;b&gt;</c> or, in dumps from 2024 on, <c>|a|b|</c>, between blanks.</summary>
    public static string Tags(string? text) =>
        string.Join(' ', (text ?? "").Split(['<', '>', '|', ' '], StringSplitOptions.RemoveEmptyEntries).Select(TagName).Distinct(StringComparer.Ordinal));

    /// <summary>A tag's name as it is kept.</summary>
    public static string TagName(string name) => TextLength.Clean(name).ToLowerInvariant();

    private static HistoryRow? Newest(IEnumerable<HistoryRow> rows) => rows.MaxBy(h => (h.CreatedAt, h.Id));

    // Voters and originals are JSON already; a notice is words.
    private static JsonNode? Parsed(string text)
    {
        if (text.StartsWith('{'))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                // Words that begin like JSON.
            }
        }

        return DumpText.Clean(text);
    }

    private static DumpRevision Revision(int number, HistoryRow[] rows)
    {
        string? Text(int a, int b, int c) => Newest(rows.Where(r => r.Type == a || r.Type == b || r.Type == c))?.Text;
        var first = rows[0];
        return new DumpRevision
        {
            Number = number,
            Guid = first.Guid,
            UserId = first.UserId,
            UserName = first.UserName,
            Title = DumpText.Line(Text(1, 4, 7)),
            Body = Text(2, 5, 8) is { } body ? DumpText.Clean(body) : null,
            Tags = Text(3, 6, 9) is { } tags ? Tags(tags) : null,
            Comment = DumpText.Line(rows.Select(r => r.Comment).FirstOrDefault(c => !string.IsNullOrWhiteSpace(c)), 1000) ?? "",
            CreatedAt = first.CreatedAt,
            License = Licenses.Of(first.License, first.CreatedAt),
        };
    }
}
