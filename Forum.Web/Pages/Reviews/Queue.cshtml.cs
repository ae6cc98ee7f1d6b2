using Forum.Core;
using Forum.Core.Reviews;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Reviews;

/// <summary>Leads to the next task of a queue, or says that there is none.</summary>
public sealed class QueueModel(ISender forum) : PageModel
{
    /// <summary>Its address's end.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Queue { get; set; }

    /// <summary>Tasks of questions with this tag alone.</summary>
    [FromQuery]
    public string? Tag { get; set; }

    /// <summary>Questions or answers alone.</summary>
    [FromQuery]
    public string? Type { get; set; }

    /// <summary>The queue.</summary>
    public ReviewQueue Of { get; private set; }

    /// <summary>Whether not everything was looked for.</summary>
    public bool IsFiltered => !string.IsNullOrEmpty(Tag) || !string.IsNullOrEmpty(Type);

    /// <summary>Leads on.</summary>
    public async Task<IActionResult> OnGet(CancellationToken token)
    {
        Of = ReviewQueues.Find(Queue) ?? throw new NotFoundException();
        var task = await forum.Send(new FindTask(Of, string.IsNullOrWhiteSpace(Tag) ? null : Tag.Trim(), Type switch { "question" => true, "answer" => false, _ => null }), token);
        return task is { } id ? LocalRedirect($"/review/{Queue}/{id}{Filter(Tag, Type)}") : Page();
    }

    /// <summary>The end of an address that keeps a filter.</summary>
    public static string Filter(string? tag, string? type)
    {
        var query = new QueryString();
        if (!string.IsNullOrWhiteSpace(tag))
            query = query.Add("tag", tag.Trim());
        if (!string.IsNullOrWhiteSpace(type))
            query = query.Add("type", type);
        return query.ToUriComponent();
    }
}
