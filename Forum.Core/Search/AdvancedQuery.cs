using System.Text;

namespace Forum.Core.Search;

/// <summary>
/// The fields of the form that writes a query for who does not know the language. All are text: what cannot be read comes out of the
/// query's own reader, which says so.
/// </summary>
public sealed record AdvancedQuery
{
    /// <summary>Words that must all be there.</summary>
    public string? Words { get; init; }

    /// <summary>Words side by side.</summary>
    public string? Phrase { get; init; }

    /// <summary>Words that must not be there.</summary>
    public string? Without { get; init; }

    /// <summary>Words of the title, each.</summary>
    public string? InTitle { get; init; }

    /// <summary>What stands in a code block.</summary>
    public string? InCode { get; init; }

    /// <summary>Where a link leads.</summary>
    public string? Url { get; init; }

    /// <summary>Tags that the question has, all of them.</summary>
    public string? Tags { get; init; }

    /// <summary>Tags of which it has one.</summary>
    public string? AnyTags { get; init; }

    /// <summary>Tags that it does not have.</summary>
    public string? WithoutTags { get; init; }

    /// <summary>The number of the author, or <c>me</c>.</summary>
    public string? Author { get; init; }

    /// <summary>The least score.</summary>
    public string? Score { get; init; }

    /// <summary>The least number of answers.</summary>
    public string? Answers { get; init; }

    /// <summary>The first day…</summary>
    public string? From { get; init; }

    /// <summary>…and the last.</summary>
    public string? To { get; init; }

    /// <summary>An operator of <see cref="Kinds"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>An operator of <see cref="States"/>.</summary>
    public string? State { get; init; }

    /// <summary>What a post can be.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["is:question", "is:answer"];

    /// <summary>In what state it can be.</summary>
    public static IReadOnlyList<string> States { get; } =
        ["isanswered:no", "answers:0", "isanswered:yes", "hasaccepted:yes", "isaccepted:yes", "hascode:yes", "closed:no", "closed:yes", "duplicate:yes", "wiki:yes", "locked:yes"];

    /// <summary>The query that they make.</summary>
    public string Text
    {
        get
        {
            var query = new StringBuilder();
            Add(Each(Words), word => word);
            Add(One(Phrase), phrase => $"\"{phrase}\"");
            Add(Each(Without), word => "-" + word.TrimStart('-'));
            Add(Each(InTitle), word => $"title:{word}");
            Add(One(InCode), code => $"code:\"{code}\"");
            Add(One(Url), url => $"url:\"{url}\"");
            Add(Names(Tags), tag => $"[{tag}]");
            if (Names(AnyTags).Select(tag => $"[{tag}]").ToList() is { Count: > 0 } any)
                Add([string.Join(" or ", any)], tags => tags);
            Add(Names(WithoutTags), tag => $"-[{tag}]");
            Add(One(Author).Select(NoBlanks), author => $"user:{author}");
            Add(One(Score).Select(NoBlanks), score => $"score:{score}");
            Add(One(Answers).Select(NoBlanks), answers => $"answers:{answers}");
            if (NoBlanks($"{From}..{To}") is { Length: > 2 } dates)
                Add([dates], range => $"created:{range}");
            Add(Kinds.Where(kind => kind == Kind), kind => kind);
            Add(States.Where(state => state == State), state => state);
            return query.ToString();

            void Add(IEnumerable<string> values, Func<string, string> write)
            {
                foreach (var value in values.Where(value => value.Length > 0))
                    query.Append(query.Length > 0 ? " " : "").Append(write(value));
            }
        }
    }

    static string[] Each(string? text) => (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // Whatever stands in quotes has none.
    static string[] One(string? text) => [(text ?? "").Replace('"', ' ').Trim()];

    static IEnumerable<string> Names(string? text) => (text ?? "").Split([' ', ',', ';', '，', '、', '[', ']'], StringSplitOptions.RemoveEmptyEntries).Select(tag => tag.Trim());

    static string NoBlanks(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
