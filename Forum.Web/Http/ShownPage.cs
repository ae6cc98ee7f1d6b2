using Forum.Core.Pipeline;

namespace Forum.Web.Http;

/// <summary>
/// Marks a page that may be kept for readers who are not signed in: it carries no form that posts, sets no cookie, and depends on
/// nothing but its address, the language and the theme. It says what it shows by <see cref="ShownPage"/>; without that it is not kept.
/// </summary>
/// <param name="keys">The query keys that it reads; with any other the page is rendered each time.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeptAttribute(params string[] keys) : Attribute
{
    /// <summary>The query keys that the page reads.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;

    internal bool Knows(IQueryCollection query)
    {
        foreach (var (key, values) in query)
        {
            if (values.Count != 1 || !Keys.Contains(key, StringComparer.Ordinal))
                return false;
        }

        return true;
    }
}

/// <summary>What a page shows; there while one is rendered that may be kept. Pages of those who are signed in are not.</summary>
sealed class ShownPage
{
    /// <summary>By what changes it becomes old.</summary>
    public PageTags Tags { get; } = new PageTags().Site();

    /// <summary>When something that it shows is over; null: nothing is.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>The question that is looked at with it.</summary>
    public long? Viewed { get; set; }

    /// <summary>The page that is being rendered, or null when it is not to be kept.</summary>
    public static ShownPage? Of(HttpContext context) => context.Features.Get<ShownPage>();
}

/// <summary>For pages to say what they show.</summary>
public static class PageShows
{
    /// <summary>Where a page names what it shows; null when nobody wants to know.</summary>
    public static PageTags? Shows(this HttpContext context) => ShownPage.Of(context)?.Tags;
}
