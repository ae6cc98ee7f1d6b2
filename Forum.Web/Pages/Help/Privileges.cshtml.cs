using Forum.Core.Privileges;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Help;

/// <summary>Every privilege with the reputation it needs here, from the list the rules read.</summary>
public sealed class PrivilegesModel(ISender forum, Texts texts, Words words) : PageModel
{
    /// <summary>What the operator says about them.</summary>
    public Texts.Text Text { get; private set; } = new("", "");

    /// <summary>The privileges, and which the visitor has.</summary>
    public ListPrivileges.View View { get; private set; } = new(null, []);

    /// <summary>Shows them.</summary>
    public async Task OnGet(CancellationToken token)
    {
        Text = texts.Find("privileges", words.Culture.Name)!;
        View = await forum.Send(new ListPrivileges(), token);
    }
}
