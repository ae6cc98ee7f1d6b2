using System.Text.Json.Serialization;

namespace Forum.Core.Importing;

/// <summary>What an import did, file by file. It grows with each batch and is kept with it.</summary>
public sealed class ImportReport
{
    /// <summary>The community's host.</summary>
    public string Site { get; set; } = "";

    /// <summary>A line for each file, in the order they were read.</summary>
    public List<FileReport> Files { get; set; } = [];

    /// <summary>The newest thing an earlier, complete import brought: what a later dump has beyond it is new.</summary>
    public DateTimeOffset? Earlier { get; set; }

    /// <summary>The files that the earlier import had.</summary>
    public List<string> EarlierFiles { get; set; } = [];

    /// <summary>The newest thing in this dump.</summary>
    public DateTimeOffset Newest { get; set; } = DateTimeOffset.UnixEpoch;

    internal FileReport Of(string file)
    {
        var line = Files.Find(f => f.File == file);
        if (line is null)
            Files.Add(line = new FileReport { File = file });
        return line;
    }
}

/// <summary>What became of the rows of one file: read = imported + here already + skipped.</summary>
public sealed class FileReport
{
    /// <summary>The file's name without its ending, or what was done after reading.</summary>
    public string File { get; set; } = "";

    /// <summary>Rows read.</summary>
    public long Read { get; set; }

    /// <summary>Rows whose content is new here.</summary>
    public long Imported { get; set; }

    /// <summary>Rows that an earlier import had brought.</summary>
    public long Already { get; set; }

    /// <summary>Rows left out, by the code of the reason.</summary>
    public SortedDictionary<string, long> Skipped { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Time spent on it.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>Rows read in a second.</summary>
    [JsonIgnore]
    public double RowsPerSecond => Time > TimeSpan.Zero ? Read / Time.TotalSeconds : 0;

    internal void Skip(string code, long rows = 1) => Skipped[code] = Skipped.GetValueOrDefault(code) + rows;

    internal void Add(FileReport other)
    {
        Read += other.Read;
        Imported += other.Imported;
        Already += other.Already;
        Time += other.Time;
        foreach (var (code, rows) in other.Skipped)
            Skip(code, rows);
    }
}

/// <summary>Hears how an import goes on, for who watches it.</summary>
public interface IWatchImport
{
    /// <summary>So much of a file, or of the work after reading, has been done.</summary>
    /// <param name="file">The file's name without its ending.</param>
    /// <param name="done">Bytes of the file, or posts.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="rows">Rows read so far.</param>
    void Advanced(string file, long done, long total, long rows);

    /// <summary>A row is broken and was skipped.</summary>
    void Skipped(string file, int line, Refusal why);
}

internal sealed class NobodyWatches : IWatchImport
{
    public void Advanced(string file, long done, long total, long rows) { }
    public void Skipped(string file, int line, Refusal why) { }
}
