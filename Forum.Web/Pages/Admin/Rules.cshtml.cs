using System.Globalization;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Web.Http;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Forum.Web.Pages.Admin;

/// <summary>The numbers that the rules go by, a group at a time: shown with where they come from, and set. For administrators.</summary>
public sealed class RulesModel(ISender forum) : PageModel, IShownAgain
{
    /// <summary>The group; privileges when the address names none.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    /// <summary>What was typed, by key.</summary>
    [BindProperty]
    public Dictionary<string, string?> Values { get; set; } = [];

    /// <summary>The newest change when the form was shown.</summary>
    [BindProperty]
    public long Seen { get; set; }

    /// <summary>The group in the address.</summary>
    public string Open => Group ?? Setting.Groups[0];

    /// <summary>What is shown.</summary>
    public ShowSettings.View View { get; private set; } = null!;

    /// <summary>Who would gain or lose what; null unless it was asked for.</summary>
    public IReadOnlyList<PreviewThresholds.Move>? Preview { get; private set; }

    /// <summary>The address of a group.</summary>
    public static string Address(string group) => group == Setting.Groups[0] ? "/admin/rules" : $"/admin/rules/{group}";

    /// <summary>The name under which a value is posted.</summary>
    public static string Field(Setting setting) => $"{nameof(Values)}[{setting.Key}]";

    /// <summary>What stands in a value's field: nothing where the preset's threshold is in force, so that it goes with the preset.</summary>
    public static string Typed(ShowSettings.Line line) => line.Setting.Privilege is not null && line.Source == SettingSource.Default ? "" : line.Value;

    /// <summary>What stands behind an empty field: the threshold of the preset.</summary>
    public static string? Placeholder(Words words, ShowSettings.Line line) =>
        line.Setting.Privilege is null ? null : words.Number(long.Parse(line.Beneath, CultureInfo.InvariantCulture));

    /// <summary>What people call it; a value that nobody has named yet goes by its key.</summary>
    public static string Name(Words words, Setting setting) => words.Has(setting.Name) ? words[setting.Name] : setting.Key;

    /// <summary>A value as it is shown: names of a choice are words.</summary>
    public static string Choice(Words words, Setting setting, string value)
    {
        var key = $"settings.choice.{value.ToLowerInvariant()}";
        return setting.Choices.Count > 0 && words.Has(key) ? words[key] : value;
    }

    /// <summary>Shows the group.</summary>
    public async Task OnGet(CancellationToken token)
    {
        await ShowAgain(token);
        Seen = View.Seen;
    }

    /// <summary>Sets what was typed.</summary>
    public async Task<IActionResult> OnPost(CancellationToken token)
    {
        await forum.Send(new ChangeSettings(Values, Seen), token);
        return LocalRedirect(Address(Open));
    }

    /// <summary>Says whom it would concern.</summary>
    public async Task<IActionResult> OnPostPreview(CancellationToken token)
    {
        Preview = await forum.Send(new PreviewThresholds(Values), token);
        await ShowAgain(token);
        return Page();
    }

    /// <inheritdoc />
    public async Task ShowAgain(CancellationToken token) => View = await forum.Send(new ShowSettings(Open), token);
}
