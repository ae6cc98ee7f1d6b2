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
public sealed class Parts(IRazorPageFactoryProvider factories, Singletons singletons, IServiceProvider services, Words words, Assets assets, TimeProvider clock)
{
    static readonly Task<IHtmlContent?> Written = Task.FromResult<IHtmlContent?>(null);

    readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    // What MVC gives every view and no part uses.
    static readonly HashSet<string> NotForParts = ["ViewData", "Html", "Url", "Json", "Component", "ModelExpressionProvider"];

    sealed record Known(Func<IRazorPage> Make, Action<object, IServiceProvider> Inject);

    internal Task<IHtmlContent?> Write(string name, object? model, ViewContext view)
    {
        var part = Make(name, view);
        if (view.Writer is not PartWriter)
            return WriteFirst(part, view, model);

        var writing = part.WriteInto(this, view, model);
        return writing.IsCompletedSuccessfully ? Written : Finish(writing);
    }

    /// <summary>Writes a layout around a page's body, with the page's sections in their places.</summary>
    internal async Task WriteAround(string layout, RazorPageBase page, IHtmlContent body, ViewContext view)
    {
        var around = Make(layout, view);
        page.IsLayoutBeingRendered = true;
        around.PreviousSectionWriters = page.SectionWriters;
        around.BodyContent = body;
        await around.WriteInto(this, view, null);
        around.EnsureRenderedBodyOrSections();
    }

    /// <inheritdoc cref="PartsOfPages.When" />
    internal IHtmlContent When(DateTimeOffset at) => new Moment(at, words, clock.GetUtcNow());

    /// <inheritdoc cref="PartsOfPages.Icon" />
    internal IHtmlContent Icon(string name, string? label) =>
        label is null
            ? assets.Icon(name)
            : new HtmlContentBuilder(4).AppendHtml(assets.Icon(name)).AppendHtml("<span class=\"v-visible-sr\">").Append(label).AppendHtml("</span>");

    IPart Make(string name, ViewContext view)
    {
        var found = known.TryGetValue(name, out var already) ? already : known.GetOrAdd(name, Find);
        if (found.Make() is not IPart part)
            throw new InvalidOperationException($"{name} is no part: it begins with @inherits PartOf<TModel>.");

        found.Inject(part, view.HttpContext.RequestServices);
        return part;
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

    // A page asks for a few hundred services; what there is one of is asked for once and for all.
    Action<object, IServiceProvider> Injection(Type type)
    {
        var part = Expression.Parameter(typeof(object));
        var scope = Expression.Parameter(typeof(IServiceProvider));
        var typed = Expression.Variable(type);
        var assignments =
            from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            where property.IsDefined(typeof(RazorInjectAttribute)) && !NotForParts.Contains(property.Name)
            select (Expression)Expression.Assign(
                Expression.Property(typed, property),
                singletons.Contain(property.PropertyType)
                    ? Expression.Constant(services.GetRequiredService(property.PropertyType), property.PropertyType)
                    : Expression.Call(typeof(ServiceProviderServiceExtensions), nameof(ServiceProviderServiceExtensions.GetRequiredService), [property.PropertyType], scope));
        var body = Expression.Block([typed], [Expression.Assign(typed, Expression.Convert(part, type)), .. assignments, Expression.Empty()]);
        return Expression.Lambda<Action<object, IServiceProvider>>(body, part, scope).Compile();
    }
}

interface IPart : IRazorPage
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
    protected Task<IHtmlContent?> Part(string name, object? model = null) => Parts.Write(name, model, ViewContext);

    /// <inheritdoc cref="PartsOfPages.When" />
    protected IHtmlContent When(DateTimeOffset at) => Parts.When(at);

    /// <inheritdoc cref="PartsOfPages.Icon" />
    protected IHtmlContent Icon(string name, string? label = null) => Parts.Icon(name, label);

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
    /// <summary>A part with a model of its own, or one that shows nothing but what it is injected with.</summary>
    public static Task<IHtmlContent?> Part(this IHtmlHelper html, string name, object? model = null) => Of(html).Write(name, model, html.ViewContext);

    /// <summary>A moment as a time element that says how long ago, or how far ahead, with the exact moment as its title.</summary>
    public static IHtmlContent When(this IHtmlHelper html, DateTimeOffset at) => Of(html).When(at);

    /// <summary>
    /// An icon of stacks-icons, drawn in the colour of the text around it and silent to screen readers;
    /// <paramref name="label"/> gives one that stands alone its name.
    /// </summary>
    public static IHtmlContent Icon(this IHtmlHelper html, string name, string? label = null) => Of(html).Icon(name, label);

    static Parts Of(IHtmlHelper html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return html.ViewContext.HttpContext.RequestServices.GetRequiredService<Parts>();
    }
}
