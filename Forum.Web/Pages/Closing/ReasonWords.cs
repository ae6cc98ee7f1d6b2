using Forum.Core.Closing;
using Forum.Web.Languages;

namespace Forum.Web.Pages.Closing;

/// <summary>What a reason for closing says to whom, in the reader's language: one that every community has, or one of the site's own.</summary>
public sealed class ReasonWords(Words words, IReadOnlyList<SiteReason> siteReasons)
{
    /// <summary>What it is called.</summary>
    public string Title(string? reason) => Site(reason)?.Title ?? words[Known("closing.reason-", reason)];

    /// <summary>What its asker is told to do.</summary>
    public string ForAsker(string? reason) => Site(reason)?.ForAsker ?? words[Known("closing.asker-", reason)];

    /// <summary>What everybody is told.</summary>
    public string ForPublic(string? reason) => Site(reason)?.ForPublic ?? words[Known("closing.public-", reason)];

    /// <summary>What those are told who can close.</summary>
    public string ForClosers(string? reason) => Site(reason)?.ForClosers ?? words[Known("closing.closers-", reason)];

    private ReasonText? Site(string? reason) =>
        CloseReason.SiteId(reason) is { } id ? siteReasons.FirstOrDefault(own => own.Id == id)?.In(words.Lang) : null;

    // Imports know reasons that have no words of their own here.
    private string Known(string room, string? reason) => words.Has(room + reason) ? room + reason : room + "unknown";
}
