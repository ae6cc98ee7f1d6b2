namespace Forum.Bench.Scenarios;

/// <summary>Markdown as people write it.</summary>
static class MicroTexts
{
    /// <summary>A comment.</summary>
    public const string Comment = "@ada have you tried `File.ReadLines(path)`? It does **not** load the whole file, see [the documentation](https://example.org/io).";

    /// <summary>A question.</summary>
    public const string Question =
        """
        I have a file of about *40 GB* and want to count the lines that begin with a date. This is what I have so far:

        ```csharp
        var count = 0;
        foreach (var line in File.ReadAllLines("log.txt"))
        {
            if (DateTime.TryParse(line[..10], out _))
                count++;
        }
        Console.WriteLine(count);
        ```

        It works for small files, but for the large one I get:

        > System.OutOfMemoryException: Array dimensions exceeded supported range.
        > at System.IO.File.ReadAllLines(String path)

        What I have tried:

        - a larger page file,
        - `gcAllowVeryLargeObjects`, as [this answer](https://example.org/a/1) says,
        - reading it in pieces with `FileStream.Read`, which loses lines at the borders.

        Is there a way to do it **without** loading everything? I am on .NET 10 and Linux, if that matters.
        """;

    /// <summary>A long answer.</summary>
    public static readonly string Answer = string.Join("\n\n", Enumerable.Range(1, 8).Select(part =>
        $"""
        ## {part}. Read it line by line

        {Question}

        | method | memory | time |
        |--------|-------:|-----:|
        | `ReadAllLines` | 80 GB | – |
        | `ReadLines` | **2 MB** | 95 s |
        | `PipeReader` | 1 MB | 41 s |

        1. Open the file with a [buffer](https://example.org/b{part}) of 64 KB.
        2. Look for `\n`.
           1. Mind the last line.
           2. Mind `\r\n`.
        """));
}
