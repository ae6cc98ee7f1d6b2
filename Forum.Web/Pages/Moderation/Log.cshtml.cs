using System.Globalization;
using Forum.Core;
using Forum.Core.Moderation;
using Forum.Web.Languages;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Pages.Moderation;

/// <summary>The log of moderation: all of it, what is looked for, or one line.</summary>
public sealed class LogModel(ISender forum, Words words) : PageModel
{
    /// <summary>What is looked for most.</summary>
    public static IReadOnlyList<string> Often { get; } = ["close", "merge", "move-answer", "delete", "lock", "warn", "suspend"];

    /// <summary>One line; null: many.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Id { get; set; }

    /// <summary>What was done.</summary>
    [FromQuery(Name = "action")]
    public string? Action { get; set; }

    /// <summary>Who did it: a number, the address of a profile.</summary>
    [FromQuery(Name = "actor")]
    public string? Actor { get; set; }

    /// <summary>To or about whom.</summary>
    [FromQuery(Name = "user")]
    public string? User_ { get; set; }

    /// <summary>To which post: a number, or an address of it.</summary>
    [FromQuery(Name = "post")]
    public string? Post { get; set; }

    /// <summary>The first day.</summary>
    [FromQuery(Name = "from")]
    public DateOnly? From { get; set; }

    /// <summary>The last day.</summary>
    [FromQuery(Name = "to")]
    public DateOnly? To { get; set; }

    /// <summary>Where to go on.</summary>
    [FromQuery(Name = "before")]
    public long? Before { get; set; }

    /// <summary>What was just done here.</summary>
    [FromQuery(Name = "said")]
    public string? Said { get; set; }

    /// <summary>The lines.</summary>
    public ListActs.View View { get; private set; } = null!;

    /// <summary>The line that was asked for.</summary>
    public ListActs.Line? One { get; private set; }

    /// <summary>Whether something is looked for.</summary>
    public bool IsSearch => !string.IsNullOrEmpty(Action + Actor + User_ + Post) || From is not null || To is not null;

    /// <summary>Whether acts of a kind are looked for, and nothing besides.</summary>
    public bool IsOnly(string action) => Action == action && string.IsNullOrEmpty(Actor + User_ + Post) && From is null && To is null;

    /// <summary>A day as a field of a form holds it.</summary>
    public string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The address of older lines.</summary>
    public string Older(long before) => QueryHelpers.AddQueryString(
        "/mod/log",
        new Dictionary<string, string?>
        {
            ["action"] = Action, ["actor"] = Actor, ["user"] = User_, ["post"] = Post, ["from"] = Day(From), ["to"] = Day(To),
            ["before"] = before.ToString(CultureInfo.InvariantCulture),
        }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    /// <summary>Shows it.</summary>
    public async Task OnGet(CancellationToken token)
    {
        if (Id is { } id)
        {
            One = await forum.Send(new ShowAct(id), token);
            return;
        }

        foreach (var (field, typed, parse, says) in new (string, string?, Func<string?, long?>, string)[]
        {
            ("actor", Actor, Named.Person, "moderation.no-person"), ("user", User_, Named.Person, "moderation.no-person"), ("post", Post, Named.Post, "moderation.no-post"),
        })
        {
            if (Empty(typed) is not null && parse(typed) is null)
                ModelState.AddModelError(field, words[says]);
        }

        // What names nothing finds nothing, and it is said at its field.
        View = await forum.Send(
            new ListActs(Empty(Action), Number(Actor, Named.Person), Number(User_, Named.Person), Number(Post, Named.Post), From, To, Before), token);
    }

    static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static long? Number(string? text, Func<string?, long?> parse) => Empty(text) is null ? null : parse(text) ?? long.MinValue;
}

/// <summary>What people name by a number or paste as an address.</summary>
static class Named
{
    /// <summary>A person: <c>12</c>, <c>/users/12/ada</c>, an address that ends so.</summary>
    public static long? Person(string? text) => After(text, "users", "mod/users");

    /// <summary>A post: <c>12</c>, <c>/questions/12/title</c>, <c>/a/13</c>, <c>/q/12</c>, <c>/questions/12/title#13</c>.</summary>
    public static long? Post(string? text) =>
        text?.Split('#') is [.., var end] && end.Length < text.Length && Digits(end) is { } answer ? answer : After(text, "questions", "a", "q", "posts");

    static long? After(string? text, params string[] words)
    {
        var typed = (text ?? "").Trim();
        if (Digits(typed) is { } plain)
            return plain;

        var path = Uri.TryCreate(typed, UriKind.Absolute, out var whole) && whole.Scheme.StartsWith("http", StringComparison.Ordinal) ? whole.AbsolutePath : typed.Split('?', '#')[0];
        foreach (var word in words)
        {
            if (path.StartsWith("/" + word + "/", StringComparison.OrdinalIgnoreCase))
                return Digits(path[(word.Length + 2)..].Split('/')[0]);
        }

        return null;
    }

    static long? Digits(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
