using System.Globalization;
using Forum.Core.Flags;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Pages.Moderation;

/// <summary>The flags that wait for moderators, by post, with what can be done about them.</summary>
public sealed class FlagsModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>Flags of this kind alone.</summary>
    [FromQuery(Name = "kind")]
    public FlagKind? Kind { get; set; }

    /// <summary>The page of the list.</summary>
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    /// <summary>The post whose flags are meant.</summary>
    [BindProperty]
    public long Post { get; set; }

    /// <summary>The one flag that is meant; null: all that wait on the post.</summary>
    [BindProperty]
    public long? Flag { get; set; }

    /// <summary>What the flaggers are told.</summary>
    [BindProperty]
    public string? Reply { get; set; }

    /// <summary>The same in words.</summary>
    [BindProperty]
    public string? Words { get; set; }

    /// <summary>What was just done here.</summary>
    [FromQuery(Name = "said")]
    public string? Said { get; set; }

    /// <summary>The post that comes next in the list.</summary>
    [FromQuery(Name = "next")]
    public long? Next { get; set; }

    /// <summary>The posts with their flags.</summary>
    public ListFlaggedPosts.View View { get; private set; } = null!;

    /// <summary>What was written to flaggers whose flags another moderator decided on meanwhile: there is no field for it any more.</summary>
    public string? Unsaid => !string.IsNullOrWhiteSpace(Words) && View.Posts.All(post => post.PostId != Post) ? Words : null;

    /// <summary>The address of a page of the list.</summary>
    public string Address(int number) => Place(number);

    /// <summary>The post after one on this page; the one before the last.</summary>
    public long? After(ListFlaggedPosts.Item post)
    {
        var at = View.Posts.ToList().IndexOf(post);
        return at + 1 < View.Posts.Count ? View.Posts[at + 1].PostId : at > 0 ? View.Posts[at - 1].PostId : null;
    }

    /// <summary>Where something is done, so that it leads back to this page of the list.</summary>
    public string Doing(string handler, long? next) => Place(Number, ("next", next?.ToString(CultureInfo.InvariantCulture)), ("handler", handler));

    /// <summary>Lists them.</summary>
    public async Task<IActionResult> OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        if (View.Posts.Count > 0 || (Number == 1 && (Kind is null || Said is null)))
            return Page();

        // Whoever does the last of a page or a kind goes on with the first of all.
        Kind = null;
        return LocalRedirect(Place(1, ("said", Said)));
    }

    /// <summary>Says that they were helpful.</summary>
    public async Task<IActionResult> OnPostHelpful(CancellationToken token)
    {
        await forum.Send(new DecideFlags(Post, IsHelpful: true, Only: Only), token);
        return Done("helpful", Flag is null ? Next : Post);
    }

    /// <summary>Declines them.</summary>
    public async Task<IActionResult> OnPostDecline(CancellationToken token)
    {
        await forum.Send(new DecideFlags(Post, IsHelpful: false, Reply, Words, Only), token);
        return Done("declined", Flag is null ? Next : Post);
    }

    /// <summary>Keeps them for the moderator who asks.</summary>
    public async Task<IActionResult> OnPostClaim(CancellationToken token)
    {
        await forum.Send(new ClaimFlags(Post), token);
        return Done("claimed", Post);
    }

    /// <summary>Gives them back.</summary>
    public async Task<IActionResult> OnPostRelease(CancellationToken token)
    {
        await forum.Send(new ReleaseFlags(Post), token);
        return Done("released", Post);
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ListFlaggedPosts(Kind, Number), token);

    // Back to where it was done: the same kind and page, at the post that comes next.
    LocalRedirectResult Done(string said, long? post) => LocalRedirect(Place(Number, ("said", said)) + (post is { } there ? $"#post-{there}" : ""));

    string Place(int number, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var query = new Dictionary<string, string?>();
        if (Kind is { } kind)
            query["kind"] = kind.ToString();
        if (number > 1)
            query["page"] = number.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in more)
        {
            if (value is not null)
                query[name] = value;
        }

        return QueryHelpers.AddQueryString("/mod/flags", query);
    }

    IReadOnlyList<long>? Only => Flag is { } one ? [one] : null;
}
