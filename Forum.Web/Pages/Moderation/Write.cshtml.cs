using System.Globalization;
using Forum.Core.Discipline;
using Forum.Core.Settings;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Moderation;

/// <summary>Where a moderator writes to a person, warns or suspends them.</summary>
public sealed class WriteModel(ISender forum, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>What a suspension is called in addresses.</summary>
    public const string Suspension = "suspension";

    const string Warning = "warning";

    /// <summary>To whom.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What it is to be: a message, a warning or a suspension.</summary>
    [FromQuery(Name = "as")]
    public string? As { get; set; }

    /// <summary>What it is about.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Template { get; set; }

    /// <summary>Of a suspension, as it was typed.</summary>
    [BindProperty]
    public string? Days { get; set; }

    /// <summary>The message as it was typed.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>The person.</summary>
    public ShowPerson.View View { get; private set; } = null!;

    /// <summary>The longest suspension.</summary>
    public int Longest => settings.Discipline.LongestSuspension;

    /// <summary>What the moderator does, as keys of texts say it.</summary>
    public string Word => As switch { Suspension => "suspend", Warning => "warn", _ => "write" };

    /// <summary>The address of this form with a template.</summary>
    public string Address(string? template) =>
        $"/mod/users/{Id}/write?as={(As is Suspension or Warning ? As : "message")}" + (template is null || !Templates.All.Contains(template) ? "" : "&template=" + template);

    /// <summary>Shows the form.</summary>
    public Task OnGet(CancellationToken token) => ShowAgain(token);

    /// <summary>Writes, warns or suspends.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        if (As == Suspension)
        {
            // What is no number is no number of days.
            var days = int.TryParse(Days, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : 0;
            await forum.Send(new SuspendPerson(Id, days, Template, Body ?? ""), token);
        }
        else
            await forum.Send(new WriteToPerson(Id, As == Warning, Template, Body ?? ""), token);
        return LocalRedirect($"/mod/users/{Id}#thread");
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowPerson(Id), token);
}
