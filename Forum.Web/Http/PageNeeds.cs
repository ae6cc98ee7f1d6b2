using Microsoft.AspNetCore.Mvc.Rendering;

namespace Forum.Web.Http;

/// <summary>What a page asks of the layout while it is rendered; the layout is rendered last.</summary>
public static class PageNeeds
{
    const string Writers = "forum.needs-writers";

    /// <summary>Loads the editor's script and styles with this page. The partial _Editor.cshtml asks for it.</summary>
    public static void NeedsWriters(this ViewContext view) => view.HttpContext.Items[Writers] = true;

    /// <summary>Whether anything on the page asked for the editor.</summary>
    public static bool WritersNeeded(this ViewContext view) => view.HttpContext.Items.ContainsKey(Writers);
}
