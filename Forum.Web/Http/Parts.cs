using System.Collections.Concurrent;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Forum.Web.Http;

/// <summary>
/// Writes a partial into the page that is being rendered: <c>@await Html.Part("_Votes", Model.Votes)</c> is Pages/Shared/_Votes.cshtml,
/// <c>Html.Part("Help/_HelpTopics")</c> is in Pages/Help.
/// MVC's own tag looks the view up and gives it buffers of its own each time, which for the dozens of parts on a question's
/// page is most of what the page costs (docs/decisions/0008-parts-not-partials.md).
/// </summary>
public sealed class Parts(IRazorPageFactoryProvider factories, IRazorPageActivator activator)
{
    readonly ConcurrentDictionary<string, Func<IRazorPage>> known = new(StringComparer.Ordinal);

    internal async Task<IHtmlContent> Write(string name, ViewContext parent, ViewDataDictionary data)
    {
        var part = known.GetOrAdd(name, Factory)();
        part.ViewContext = new ViewContext(parent, parent.View, data, parent.Writer);
        activator.Activate(part, part.ViewContext);
        await part.ExecuteAsync();
        return HtmlString.Empty;
    }

    Func<IRazorPage> Factory(string name) =>
        factories.CreateFactory(name.Contains('/', StringComparison.Ordinal) ? $"/Pages/{name}.cshtml" : $"/Pages/Shared/{name}.cshtml") is { Success: true } found
            ? found.RazorPageFactory!
            : throw new InvalidOperationException($"There is no part '{name}' in Pages or Pages/Shared.");
}

/// <summary>What pages say to draw the small things they are made of.</summary>
public static class PartsOfPages
{
    /// <summary>A partial with a model of its own.</summary>
    public static Task<IHtmlContent> Part<TModel>(this IHtmlHelper html, string name, TModel model)
    {
        ArgumentNullException.ThrowIfNull(html);
        return Of(html).Write(name, html.ViewContext, new ViewDataDictionary<TModel>(html.ViewData, model));
    }

    /// <summary>A partial with the page's model, or with none.</summary>
    public static Task<IHtmlContent> Part(this IHtmlHelper html, string name)
    {
        ArgumentNullException.ThrowIfNull(html);
        return Of(html).Write(name, html.ViewContext, html.ViewData);
    }

    /// <summary>A moment as a time element that says how long ago, with the exact moment as its title.</summary>
    public static IHtmlContent When(this IHtmlHelper html, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(html);
        var services = html.ViewContext.HttpContext.RequestServices;
        return new Moment(at, services.GetRequiredService<Words>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    /// <summary>
    /// An icon of stacks-icons, drawn in the colour of the text around it and silent to screen readers;
    /// <paramref name="label"/> gives one that stands alone its name.
    /// </summary>
    public static IHtmlContent Icon(this IHtmlHelper html, string name, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(html);
        var icon = html.ViewContext.HttpContext.RequestServices.GetRequiredService<Assets>().Icon(name);
        return label is null
            ? icon
            : new HtmlContentBuilder(3).AppendHtml(icon).AppendHtml("<span class=\"v-visible-sr\">").Append(label).AppendHtml("</span>");
    }

    static Parts Of(IHtmlHelper html) => html.ViewContext.HttpContext.RequestServices.GetRequiredService<Parts>();
}
