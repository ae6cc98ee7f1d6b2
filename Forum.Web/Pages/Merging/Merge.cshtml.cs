using System.Globalization;
using System.Text.RegularExpressions;
using Forum.Core;
using Forum.Core.Merging;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Merging;

/// <summary>Where moderators merge a question into another, undo that, and move an answer: first what would happen, then it happens.</summary>
public sealed partial class MergeModel(ISender forum, CurrentUser user) : PageModel, IShownAgain
{
    /// <summary>The question or the answer.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Which of the two addresses: merge or move.</summary>
    [BindProperty(SupportsGet = true)]
    public string Act { get; set; } = "merge";

    /// <summary>The other question, as it was typed: a number or an address.</summary>
    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    /// <summary>What is shown.</summary>
    public ShowMerge.View View { get; private set; } = null!;

    private long? Target => To is { } typed && Number().Match(typed) is { Success: true } found && long.TryParse(found.ValueSpan, CultureInfo.InvariantCulture, out var id)
        ? id
        : string.IsNullOrWhiteSpace(To) ? null : 0;

    /// <summary>Shows what would happen.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        if (!user.IsModerator)
            Refusals.ModeratorsOnly.Throw();
    }

    /// <summary>Merges it, or moves it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        if (Act == "move")
            await forum.Send(new MoveAnswer(Id, Target ?? 0), token);
        else
            await forum.Send(new MergeQuestions(Id, Target ?? 0), token);
        return LocalRedirect($"/a/{(Act == "move" ? Id : Target)}");
    }

    /// <summary>Undoes the merge.</summary>
    public async Task<IActionResult> OnPostUnmerge(CancellationToken token)
    {
        await forum.Send(new UnmergeQuestions(Id), token);
        return LocalRedirect($"/a/{Id}");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowMerge(Id, Target), token);

    [GeneratedRegex(@"(?<=^\s*|/(?:questions|q|a)/)\d{1,18}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
