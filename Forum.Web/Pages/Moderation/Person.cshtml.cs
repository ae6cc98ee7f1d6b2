using Forum.Core.Discipline;
using Forum.Core.Users;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>A person as moderators see them: what they did, what was said to them and noted of them.</summary>
public sealed class PersonModel(ISender forum, TimeProvider clock) : PageModel, IShownAgain
{
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Who.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>A note as it was typed.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>The person.</summary>
    public ShowPerson.View View { get; private set; } = null!;

    /// <summary>What they did in the last seven days, newest first.</summary>
    public IReadOnlyList<ListActivity.Item> LastWeek { get; private set; } = [];

    /// <summary>Shows the person.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Notes something.</summary>
    public async Task<IActionResult> OnPostNote(CancellationToken token)
    {
        await forum.Send(new Annotate(Id, Body ?? ""), token);
        return LocalRedirect($"/mod/users/{Id}#notes");
    }

    /// <summary>Takes a note away.</summary>
    public async Task<IActionResult> OnPostRemoveNote(long noteId, CancellationToken token)
    {
        await forum.Send(new KeepNote(noteId, IsKept: false), token);
        return LocalRedirect($"/mod/users/{Id}#notes");
    }

    /// <summary>Says that an answer needs no other.</summary>
    public async Task<IActionResult> OnPostSettle(CancellationToken token)
    {
        await forum.Send(new SettleThread(Id), token);
        return LocalRedirect($"/mod/users/{Id}#thread");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token)
    {
        View = await forum.Send(new ShowPerson(Id), token);
        var since = clock.GetUtcNow() - Week;
        LastWeek = [.. (await forum.Send(new ListActivity(Id), token)).Items.Where(act => act.At >= since)];
    }
}
