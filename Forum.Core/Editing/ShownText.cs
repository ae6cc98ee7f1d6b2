using Forum.Core.Markdown;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Core.Editing;

/// <summary>Stored HTML as one text alone is sent to the browser.</summary>
internal static class ShownText
{
    /// <summary>The HTML with its ids under <paramref name="prefix"/> and links to posts of this community by their titles.</summary>
    public static async Task<string> Shown(this Db db, string html, string prefix, ForumSettings settings, CancellationToken token)
    {
        long[] linked = [.. ShownHtml.LinkedPosts(html)];
        var titles = linked.Length == 0 ? new Dictionary<long, string>() : await db.TitlesOf(linked, token);
        return ShownHtml.Show(html, new ShownAs { Prefix = prefix, OldHost = settings.OldHost, Titles = titles });
    }
}
