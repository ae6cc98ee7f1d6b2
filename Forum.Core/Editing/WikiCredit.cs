namespace Forum.Core.Editing;

/// <summary>A state that a post's text was in, and who wrote it.</summary>
/// <param name="AuthorId">Who; null when their account is gone.</param>
/// <param name="AuthorName">Their name then.</param>
/// <param name="Text">Markdown; null when it stayed as it was.</param>
public sealed record WrittenText(long? AuthorId, string? AuthorName, string? Text);

/// <summary>Who wrote how much of a community wiki.</summary>
/// <param name="Editors">People who wrote any of its revisions.</param>
/// <param name="AuthorId">Who wrote most of what it says now.</param>
/// <param name="AuthorName">Their name, when their account is gone.</param>
/// <param name="Share">The part of its lines that is theirs, in percent.</param>
public sealed record WikiCredit(int Editors, long? AuthorId, string? AuthorName, int Share)
{
    private const int FirstAuthorsWeight = 2;

    /// <summary>
    /// Follows each line of a text from the revision that brought it to the last one: a line that was there before is still whose it was,
    /// wherever it stands. Blank lines are nobody's. Whoever has most lines is named, those of the first author counting double. Null for
    /// a text without revisions.
    /// </summary>
    public static async Task<WikiCredit?> Of(IAsyncEnumerable<WrittenText> revisions)
    {
        ArgumentNullException.ThrowIfNull(revisions);
        var writers = new List<(long? Id, string? Name)>();
        var lines = new List<(string Line, int Writer)>();
        await foreach (var revision in revisions)
        {
            var writer = (revision.AuthorId, revision.AuthorId is null ? revision.AuthorName : null);
            var number = writers.IndexOf(writer);
            if (number < 0)
            {
                number = writers.Count;
                writers.Add(writer);
            }

            if (revision.Text is not null)
                lines = Follow(lines, revision.Text, number);
        }

        if (writers.Count == 0)
            return null;

        var written = new int[writers.Count];
        foreach (var (_, writer) in lines)
            written[writer]++;
        var most = Enumerable.Range(0, writers.Count).MaxBy(writer => written[writer] * (writer == 0 ? FirstAuthorsWeight : 1));
        var share = lines.Count == 0 ? 100 : (int)Math.Round(100.0 * written[most] / lines.Count, MidpointRounding.AwayFromZero);
        return new WikiCredit(writers.Count, writers[most].Id, writers[most].Name, share);
    }

    private static List<(string Line, int Writer)> Follow(List<(string Line, int Writer)> before, string text, int writer)
    {
        var known = before.GroupBy(line => line.Line, StringComparer.Ordinal).ToDictionary(same => same.Key, same => new Queue<int>(same.Select(line => line.Writer)), StringComparer.Ordinal);
        var lines =
            from line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            select (line, known.TryGetValue(line, out var writers) && writers.TryDequeue(out var first) ? first : writer);
        return [.. lines];
    }
}
