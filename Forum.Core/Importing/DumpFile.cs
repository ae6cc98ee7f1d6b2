using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Forum.Core.Importing;

/// <summary>
/// One file of a Stack Exchange data dump, read row by row: whatever its size, one row is in memory. Plain or gzipped.
/// It holds no DTD, and nothing outside the file is ever read.
/// </summary>
internal sealed class DumpFile : IDisposable
{
    private readonly string path;
    private readonly FileStream file;

    private DumpFile(string path)
    {
        this.path = path;
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
    }

    /// <summary>Bytes on disk.</summary>
    public long Length => file.Length;

    /// <summary>Bytes read so far.</summary>
    public long Position => file.Position;

    /// <summary>Whether the folder has the file, plain or gzipped.</summary>
    public static bool Exists(string folder, string name) => Find(folder, name) is not null;

    /// <summary>Opens <c>{name}.xml</c> or <c>{name}.xml.gz</c>, or null when the folder has neither.</summary>
    public static DumpFile? Open(string folder, string name) => Find(folder, name) is { } path ? new DumpFile(path) : null;

    /// <summary>The rows, in the order of the file.</summary>
    /// <exception cref="RefusedException">The file is not well-formed, or has a DTD.</exception>
    public IEnumerable<DumpRow> Rows()
    {
        using var unzipped = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : null;
        using var reader = XmlReader.Create(unzipped ?? (Stream)file, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            // Old posts hold characters that XML 1.0 forbids even as references; the text is cleaned as it is taken.
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });
        while (Next(reader) is { } row)
            yield return row;
    }

    public void Dispose() => file.Dispose();

    private static string? Find(string folder, string name) =>
        Directory.EnumerateFiles(folder)
            .Where(p => Path.GetFileName(p) is var n
                && (n.Equals(name + ".xml", StringComparison.OrdinalIgnoreCase) || n.Equals(name + ".xml.gz", StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();

    private DumpRow? Next(XmlReader reader)
    {
        var place = (IXmlLineInfo)reader;
        try
        {
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.Depth > 0)
                    return Row(reader, place.LineNumber);
            }

            return null;
        }
        catch (XmlException e) when (IsDtd(e))
        {
            throw new RefusedException(new Refusal("importing.dtd", Path.GetFileName(path)));
        }
        catch (XmlException e)
        {
            throw new RefusedException(new Refusal("importing.broken-file", Path.GetFileName(path), e.LineNumber, e.Message));
        }
        catch (InvalidDataException e)
        {
            throw new RefusedException(new Refusal("importing.broken-file", Path.GetFileName(path), place.LineNumber, e.Message));
        }
    }

    // The reader says so in words alone; the word itself is not translated.
    private static bool IsDtd(XmlException e) => e.Message.Contains("DTD", StringComparison.Ordinal);

    private static DumpRow Row(XmlReader reader, int line)
    {
        var isRow = reader.LocalName == "row";
        var values = new KeyValuePair<string, string>[reader.AttributeCount];
        for (var i = 0; reader.MoveToNextAttribute(); i++)
            values[i] = new(reader.LocalName, reader.Value);
        reader.MoveToElement();
        return new DumpRow(line, isRow ? values : null);
    }
}

/// <summary>A row of a dump: its line and its attributes. One that is left out is null.</summary>
internal sealed class DumpRow(int line, KeyValuePair<string, string>[]? attributes)
{
    /// <summary>The line of the file it begins in.</summary>
    public int Line { get; } = line;

    /// <summary>Its Id as written, for telling whether a file is still the one that was read before.</summary>
    public string Key => Text("Id") ?? "";

    /// <summary>An attribute as it stands.</summary>
    /// <exception cref="BrokenRowException">The element is not a row.</exception>
    public string? Text(string name)
    {
        foreach (var attribute in attributes ?? throw new BrokenRowException(new Refusal("importing.not-a-row")))
        {
            if (attribute.Key == name)
                return attribute.Value;
        }

        return null;
    }

    /// <summary>A number that must be there.</summary>
    /// <exception cref="BrokenRowException">It is not.</exception>
    public long Number(string name) => OptionalNumber(name) ?? throw Missing(name);

    /// <summary>A number, or null when it is left out.</summary>
    /// <exception cref="BrokenRowException">It is something else.</exception>
    public long? OptionalNumber(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(name, text);
    }

    /// <summary>A count: a number that is not negative and fits; 0 when it is left out.</summary>
    /// <exception cref="BrokenRowException">It is something else.</exception>
    public int Count(string name) => (int)Math.Clamp(OptionalNumber(name) ?? 0, 0, int.MaxValue);

    /// <summary>A time that must be there. Dumps write no zone; they mean UTC.</summary>
    /// <exception cref="BrokenRowException">It is not.</exception>
    public DateTimeOffset Time(string name) => OptionalTime(name) ?? throw Missing(name);

    /// <summary>A time, or null when it is left out.</summary>
    /// <exception cref="BrokenRowException">It is something else.</exception>
    public DateTimeOffset? OptionalTime(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw Wrong(name, text);
    }

    /// <summary>Whether an attribute says so.</summary>
    public bool Is(string name) => string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);

    private static BrokenRowException Missing(string name) => new(new Refusal("importing.missing", name));

    private static BrokenRowException Wrong(string name, string text) =>
        new(new Refusal("importing.wrong", name, text.Length <= 40 ? text : text[..40] + "…"));
}

/// <summary>A row cannot be used; it is reported with its line and the rest goes on.</summary>
internal sealed class BrokenRowException(Refusal why) : Exception(why.Code)
{
    /// <summary>What is wrong with it.</summary>
    public Refusal Why { get; } = why;
}
