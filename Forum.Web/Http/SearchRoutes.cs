using System.Security;
using Forum.Core.Settings;
using Forum.Web.Languages;

namespace Forum.Web.Http;

/// <summary>Tells browsers how to search here from their own bar.</summary>
static class SearchRoutes
{
    // Longer names are refused by the format.
    const int LongestName = 16;

    public static void MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/opensearch.xml", [HttpMethods.Get, HttpMethods.Head], (Site site, Words words, SettingsStore settings) =>
            Results.Text(Description(site.Name, words["search.open", site.Name], settings.Current.PublicUrl), "application/opensearchdescription+xml; charset=utf-8"));

    static string Description(string name, string description, Uri address) =>
        $$"""
        <?xml version="1.0" encoding="utf-8"?>
        <OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
          <ShortName>{{Escaped(name.Length <= LongestName ? name : name[..LongestName].TrimEnd())}}</ShortName>
          <Description>{{Escaped(description)}}</Description>
          <InputEncoding>UTF-8</InputEncoding>
          <Image width="32" height="32" type="image/svg+xml">{{Escaped(new Uri(address, "/logo.svg").AbsoluteUri)}}</Image>
          <Url type="text/html" method="get" template="{{Escaped(new Uri(address, "/search").AbsoluteUri)}}?q={searchTerms}" />
          <Url type="application/opensearchdescription+xml" rel="self" template="{{Escaped(new Uri(address, "/opensearch.xml").AbsoluteUri)}}" />
        </OpenSearchDescription>
        """;

    static string Escaped(string text) => SecurityElement.Escape(text);
}
