using System.Collections;
using Forum.Data;
using MediatR;

namespace Forum.Core.Pipeline;

/// <summary>Something that pages show, as a number: what may not be told apart by it is only rendered once too often.</summary>
/// <param name="Value">Its kind and its id, or a hash of its name.</param>
public readonly record struct PageTag(ulong Value);

/// <summary>Marks an event that is nobody's act: it follows from what others did, from time, or from looking.</summary>
public interface IHappenByItself;

/// <summary>An event after which pages show something else.</summary>
public interface IChangePages : INotification
{
    /// <summary>Names what is shown otherwise now.</summary>
    void Mark(PageTags pages);
}

/// <summary>
/// Names of what pages show. A kept page has those of what is on it, an event those of what it changes; where they meet, the page
/// is rendered anew. What may lag behind until a page expires is in docs/decisions/0009-pages-are-kept-by-what-they-show.md.
/// </summary>
public sealed class PageTags : IEnumerable<PageTag>
{
    private const int KindBits = 56;
    private readonly HashSet<PageTag> tags = [];
    private readonly HashSet<long> relisted = [];

    private enum Kind
    {
        Site = 1,
        Question,
        Title,
        Person,
        Profile,
        Questions,
        Tagged,
        Tags,
        People,
        Reputations,
        Badges,
    }

    /// <summary>How many.</summary>
    public int Count => tags.Count;

    /// <summary>Everything: settings, and what every page is made with.</summary>
    public PageTags Site() => Add(Kind.Site, 0);

    /// <summary>A question's thread: its texts, scores, comments.</summary>
    public PageTags Question(long id) => Add(Kind.Question, id);

    /// <summary>That a question can be seen, and its title: pages elsewhere name it.</summary>
    public PageTags Title(long questionId) => Add(Kind.Title, questionId);

    /// <summary>A person's name, picture and role, as they stand beside what they wrote.</summary>
    public PageTags Person(long? id) => id is { } known ? Add(Kind.Person, known) : this;

    /// <summary>A person's own page, with their reputation.</summary>
    public PageTags Profile(long? id) => id is { } known ? Add(Kind.Profile, known) : this;

    /// <summary>The lists of all questions.</summary>
    public PageTags Questions() => Add(Kind.Questions, 0);

    /// <summary>The lists of questions that carry a tag.</summary>
    public PageTags Tagged(string name) => Add(Kind.Tagged, Hash(name));

    /// <summary>The lists of tags.</summary>
    public PageTags Tags() => Add(Kind.Tags, 0);

    /// <summary>The lists of people.</summary>
    public PageTags People() => Add(Kind.People, 0);

    /// <summary>Reputations as a whole: every profile.</summary>
    public PageTags Reputations() => Add(Kind.Reputations, 0);

    /// <summary>The lists of badges and of those who hold them.</summary>
    public PageTags Badges() => Add(Kind.Badges, 0);

    /// <summary>A question's place, or what is said of it, in every list it is in; its tags are looked up when the event is written.</summary>
    public PageTags Relisted(long questionId)
    {
        relisted.Add(questionId);
        return Questions();
    }

    /// <inheritdoc />
    public IEnumerator<PageTag> GetEnumerator() => tags.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Names the lists of the tags of each relisted question. One statement, or none.</summary>
    internal async Task FindLists(Db db, CancellationToken token)
    {
        if (relisted.Count == 0)
            return;

        var lists = await db.Query<string>($"select tags from posts where {db.Dialect.In("id", "@relisted")}", new { relisted }, token);
        foreach (var name in lists.SelectMany(names => names.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            Tagged(name);
        relisted.Clear();
    }

    internal void Clear()
    {
        tags.Clear();
        relisted.Clear();
    }

    private PageTags Add(Kind kind, long id)
    {
        tags.Add(new PageTag(((ulong)kind << KindBits) | ((ulong)id & ((1UL << KindBits) - 1))));
        return this;
    }

    // FNV-1a: the same in every process, and names are short.
    private static long Hash(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in name)
            hash = (hash ^ letter) * 1099511628211UL;
        return (long)hash;
    }
}
