using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Forum.Web.Languages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Razor.Internal;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Forum.Web.Http;

/// <summary>
/// Writes parts into the page that is being rendered: <c>@await Html.Part("_Votes", Model.Votes)</c> is Pages/Shared/_Votes.cshtml,
/// <c>Html.Part("Help/_HelpTopics", …)</c> is in Pages/Help. MVC's own tag looks the view up, makes it a context and helpers and
/// gives it buffers each time, which for the dozens of parts on a question's page is most of what the page costs
/// (docs/decisions/0008-parts-not-partials.md).
/// </summary>
public sealed class Parts(IRazorPageFactoryProvider factories)
{
    static readonly Task<IHtmlContent?> Written = Task.FromResult<IHtmlContent?>(null);

    readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    // What MVC gives every view and no part uses.
    static readonly HashSet<string> NotForParts = ["ViewData", "Html", "Url", "Json", "Component", "ModelExpressionProvider"];

    sealed record Known(Func<IRazorPage> Make, Action<object, IServiceProvider> Inject);

    internal Task<IHtmlContent?> Write(string name, object? model, ViewContext view)
    {
        var found = known.TryGetValue(name, out var already) ? already : known.GetOrAdd(name, Find);
        if (found.Make() is not IPart part)
            throw new InvalidOperationException($"{name} is no part: it begins with @inherits PartOf<TModel>.");

        found.Inject(part, view.HttpContext.RequestServices);
        if (view.Writer is not PartWriter)
            return WriteFirst(part, view, model);

        var writing = part.WriteInto(this, view, model);
        return writing.IsCompletedSuccessfully ? Written : Finish(writing);
    }

    async Task<IHtmlContent?> WriteFirst(IPart part, ViewContext view, object? model)
    {
        var page = view.Writer;
        var writer = new PartWriter();
        view.HttpContext.Response.RegisterForDispose(writer);
        view.Writer = writer;
        try
        {
            await part.WriteInto(this, view, model);
        }
        finally
        {
            view.Writer = page;
        }

        return writer;
    }

    static async Task<IHtmlContent?> Finish(Task writing)
    {
        await writing;
        return null;
    }

    Known Find(string name) =>
        factories.CreateFactory(name.Contains('/', StringComparison.Ordinal) ? $"/Pages/{name}.cshtml" : $"/Pages/Shared/{name}.cshtml") is { Success: true } found
            ? new Known(found.RazorPageFactory!, Injection(found.ViewDescriptor!.Type!))
            : throw new InvalidOperationException($"There is no part '{name}' in Pages or Pages/Shared.");

    static Action<object, IServiceProvider> Injection(Type type)
    {
        var part = Expression.Parameter(typeof(object));
        var services = Expression.Parameter(typeof(IServiceProvider));
        var typed = Expression.Variable(type);
        var assignments =
            from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            where property.IsDefined(typeof(RazorInjectAttribute)) && !NotForParts.Contains(property.Name)
            select (Expression)Expression.Assign(
                Expression.Property(typed, property),
                Expression.Call(typeof(ServiceProviderServiceExtensions), nameof(ServiceProviderServiceExtensions.GetRequiredService), [property.PropertyType], services));
        var body = Expression.Block([typed], [Expression.Assign(typed, Expression.Convert(part, type)), .. assignments, Expression.Empty()]);
        return Expression.Lambda<Action<object, IServiceProvider>>(body, part, services).Compile();
    }
}

interface IPart
{
    Task WriteInto(Parts drawer, ViewContext view, object? model);
}

/// <summary>
/// What a part inherits. It has its model, what is injected, and the small things pages are made of; of MVC's helpers it has
/// none, and its ViewData is the page's.
/// </summary>
/// <typeparam name="TModel">What it shows.</typeparam>
public abstract class PartOf<TModel> : RazorPage<TModel>, IPart
{
    Parts? given;
    TModel model = default!;

    // On its own, as the answer to a script, MVC draws it like any view.
    Parts Parts => given ?? ViewContext.HttpContext.RequestServices.GetRequiredService<Parts>();

    /// <summary>What it shows.</summary>
    public new TModel Model => given is null ? base.Model : model;

    /// <summary>The page's.</summary>
    public new Microsoft.AspNetCore.Mvc.ViewFeatures.ViewDataDictionary ViewData => ViewContext.ViewData;

    Task IPart.WriteInto(Parts drawer, ViewContext view, object? model)
    {
        (given, ViewContext, this.model) = (drawer, view, (TModel)model!);
        return ExecuteAsync();
    }

    /// <summary>Another part.</summary>
    protected Task<IHtmlContent?> Part(string name, object? model) => Parts.Write(name, model, ViewContext);

    /// <inheritdoc cref="PartsOfPages.When" />
    protected IHtmlContent When(DateTimeOffset at) => PartsOfPages.When(ViewContext, at);

    /// <inheritdoc cref="PartsOfPages.Icon" />
    protected IHtmlContent Icon(string name, string? label = null) => PartsOfPages.Icon(ViewContext, name, label);

    /// <summary>
    /// What every posted form carries. In a part a form is written <c>&lt;!form method="post" …&gt;@FormFields() … &lt;/!form&gt;</c>:
    /// the tag helper that adds the fields elsewhere costs more than all the rest of a small form.
    /// </summary>
    protected IHtmlContent FormFields() =>
        PostingFormTagHelper.Fields(ViewContext.HttpContext, ViewContext.HttpContext.RequestServices.GetRequiredService<IAntiforgery>());

    /// <summary>Markup that is safe as it is.</summary>
    protected static IHtmlContent Raw(string html) => new HtmlString(html);
}

/// <summary>What pages say to draw the small things they are made of.</summary>
public static class PartsOfPages
{
    /// <summary>A part with a model of its own.</summary>
    public static Task<IHtmlContent?> Part(this IHtmlHelper html, string name, object? model)
    {
        ArgumentNullException.ThrowIfNull(html);
        return html.ViewContext.HttpContext.RequestServices.GetRequiredService<Parts>().Write(name, model, html.ViewContext);
    }

    /// <summary>A part that shows nothing but what it is injected with.</summary>
    public static Task<IHtmlContent?> Part(this IHtmlHelper html, string name) => html.Part(name, null);

    /// <summary>A moment as a time element that says how long ago, or how far ahead, with the exact moment as its title.</summary>
    public static IHtmlContent When(this IHtmlHelper html, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(html);
        return When(html.ViewContext, at);
    }

    /// <summary>
    /// An icon of stacks-icons, drawn in the colour of the text around it and silent to screen readers;
    /// <paramref name="label"/> gives one that stands alone its name.
    /// </summary>
    public static IHtmlContent Icon(this IHtmlHelper html, string name, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(html);
        return Icon(html.ViewContext, name, label);
    }

    internal static IHtmlContent When(ViewContext view, DateTimeOffset at)
    {
        var services = view.HttpContext.RequestServices;
        return new Moment(at, services.GetRequiredService<Words>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    internal static IHtmlContent Icon(ViewContext view, string name, string? label)
    {
        var icon = view.HttpContext.RequestServices.GetRequiredService<Assets>().Icon(name);
        return label is null
            ? icon
            : new HtmlContentBuilder(3).AppendHtml(icon).AppendHtml("<span class=\"v-visible-sr\">").Append(label).AppendHtml("</span>");
    }
}
