using System.Buffers;
using Forum.Core.Questions;

namespace Forum.Web.Http;

/// <summary>Who looked at a question: browsers count, robots that say what they are do not.</summary>
static class Views
{
    static readonly SearchValues<string> Robots = SearchValues.Create(["bot", "spider", "crawl"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Counts a look at a question, by account or, for a stranger, by address: what a browser calls itself can be changed with each request.</summary>
    public static void Count(this ViewCounter views, HttpContext context, long question, long? account)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || IsRobot(context.Request.Headers.UserAgent))
            return;

        views.Count(question, account is { } id ? Visitor.Account(id) : Visitor.At(context.Connection.RemoteIpAddress));
    }

    static bool IsRobot(string? agent) => string.IsNullOrEmpty(agent) || agent.AsSpan().ContainsAny(Robots);
}
