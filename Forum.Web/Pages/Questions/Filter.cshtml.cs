using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Web.Http;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Questions;

/// <summary>Keeps a filter under a name, changes it, or forgets it. The address says what it shows.</summary>
public sealed class FilterModel(ISender forum, ForumSettings settings) : PageModel, IShownAgain
{
    /// <summary>The one that is changed; null for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Id { get; set; }

    /// <summary>What it is called.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>Whether the home page opens with it.</summary>
    [BindProperty]
    public bool IsHome { get; set; }

    /// <summary>What it shows.</summary>
    public QuestionFilter Filter { get; private set; } = new();

    /// <summary>Shows the form.</summary>
    public async Task OnGet(CancellationToken token)
    {
        Filter = Of(Request.Query);
        if (Id is null)
            return;

        var kept = (await forum.Send(new ShowMyLists(), token)).Filters.FirstOrDefault(filter => filter.Id == Id) ?? throw new Core.NotFoundException();
        (Name, IsHome) = (kept.Name, kept.IsHome);
    }

    /// <summary>Keeps it, and shows what it finds.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        Filter = Of(Request.Form);
        var id = await forum.Send(new SaveFilter(Name ?? "", Filter.ToString(), IsHome, Id), token);
        return LocalRedirect(IsHome ? "/" : $"/questions?tab=filter&{Filter}&saved={id}");
    }

    /// <summary>Forgets it.</summary>
    public async Task<IActionResult> OnPostDelete(CancellationToken token)
    {
        await forum.Send(new DeleteFilter(Id ?? 0), token);
        return LocalRedirect("/questions");
    }

    /// <inheritdoc />
    public Task ShowAgain(CancellationToken token)
    {
        Filter = Of(Request.Form);
        return Task.CompletedTask;
    }

    private QuestionFilter Of(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> said) =>
        QuestionFilter.Of(said.Select(part => KeyValuePair.Create(part.Key, part.Value.ToString())), settings.Limits);
}
