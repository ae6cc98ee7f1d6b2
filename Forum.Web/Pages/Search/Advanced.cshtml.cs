using Forum.Core.Search;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Search;

/// <summary>A form that writes a query; filled in, it leads to the results.</summary>
public sealed class AdvancedModel : PageModel
{
    /// <summary>Shows the form, or what it asks for.</summary>
    public IActionResult OnGet([FromQuery] AdvancedQuery asked) =>
        asked.Text is { Length: > 0 } query ? LocalRedirect(IndexModel.AddressOf(query)) : Page();

    /// <summary>An operator as the end of a text's key.</summary>
    public static string Key(string @operator) => @operator.Replace(':', '-');
}
