using Forum.Web.Languages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Help;

/// <summary>A text of the site: a help topic, or about, terms, privacy, contact.</summary>
public sealed class TextModel(Texts texts, Words words) : PageModel
{
    /// <summary>Texts with an address of their own, outside /help.</summary>
    public static IReadOnlyList<string> AtTheRoot { get; } = ["about", "terms", "privacy", "contact"];

    // These belong to pages that show more than the text.
    static readonly string[] Elsewhere = [.. AtTheRoot, "help"];

    /// <summary>The text shown.</summary>
    public Texts.Text Text { get; private set; } = new("", "");

    /// <summary>Whether the topics of the help are listed beside it.</summary>
    public bool IsHelp { get; private set; }

    /// <summary>Shows the topic in the address, or the text that the address itself names.</summary>
    public IActionResult OnGet(string? topic)
    {
        IsHelp = Request.Path.StartsWithSegments("/help", StringComparison.OrdinalIgnoreCase);
        if (topic is not null && Elsewhere.Contains(topic))
            return NotFound();
        var name = topic ?? Request.Path.Value!.Trim('/').ToLowerInvariant();
        if (texts.Find(name, words.Culture.Name) is not { } found)
            return NotFound();
        Text = found;
        return Page();
    }
}
