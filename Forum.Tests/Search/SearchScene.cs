using System.Globalization;
using Forum.Core.Questions;
using Forum.Core.Search;
using Forum.Tests.Support;

namespace Forum.Tests.Search;

/// <summary>
/// A dozen posts that differ in everything that can be searched by. The clock stands at noon of 2 March 2026.
/// </summary>
internal sealed class SearchScene : IAsyncDisposable
{
    private readonly Dictionary<string, long> posts = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Set)> facts = [];

    private SearchScene(TestForum forum) => Forum = forum;

    public TestForum Forum { get; }
    public long Ada { get; private set; }
    public long Bob { get; private set; }
    public long Trusted { get; private set; }

    /// <summary>The posts by the names that the tests call them.</summary>
    public IReadOnlyDictionary<string, long> Posts => posts;

    public static async Task<SearchScene> Make()
    {
        var forum = new TestForum(("Forum:Pages:SearchResults", "100"));
        var scene = new SearchScene(forum)
        {
            Ada = await forum.Make.User(reputation: 1_000),
            Bob = await forum.Make.User(reputation: 1_000),
            Trusted = await forum.Make.User(reputation: 20_000),
        };
        await scene.Fill();
        return scene;
    }

    /// <summary>The names of what a query finds, in the order of the alphabet; null when it leads to a tag's list.</summary>
    public async Task<string?> Found(string query, long? reader)
    {
        var view = await Forum.Send(new SearchQuestions(query, SearchOrder.Newest), reader);
        return view.OnlyTags.Count > 0 ? null
            : view.IsLoose ? ""
            : string.Join(' ', view.Results.Items.Select(item => posts.Single(post => post.Value == item.Id).Key).Order(StringComparer.Ordinal));
    }

    /// <summary>A query with the numbers of people and posts in place of their names: <c>user:{bob} inquestion:{sort}</c>.</summary>
    public string With(string query)
    {
        foreach (var (name, id) in posts.Concat([new("ada", Ada), new("bob", Bob), new("trusted", Trusted)]))
            query = query.Replace($"{{{name}}}", $"{id}", StringComparison.Ordinal);
        return query;
    }

    public ValueTask DisposeAsync() => Forum.DisposeAsync();

    private async Task Fill()
    {
        await Ask("sort", Ada, "Sorting a list of widgets quickly", "c# linq",
            "Which way is best?\n\n    if (left != right) return compare(left, right);\n\nSee [the manual](https://www.example.com/docs/sorting).",
            "score = 5, view_count = 1200, created_at = {2024-05-10}, active_at = {2026-02-25}");
        await Answer("sort-best", "sort", Bob, "<p>Use a heap of gadgets.</p><pre><code>heap.Push(item);\n  heap.Pop();</code></pre>", "score = 3, created_at = {2024-05-11}");
        await Answer("sort-other", "sort", Ada, "<p>Use a tree of widgets, as <a href=\"https://example.com/trees?x=1\">they</a> say.</p>", "score = 0, created_at = {2026-02-25}");
        await Forum.Write("update posts set accepted_answer_id = @best, accepted_at = 1, is_answered = 1 where id = @sort", new { best = posts["sort-best"], sort = posts["sort"] });

        await Ask("paint", Bob, "Painting widgets in many colours", "f# entity-framework", "The encoding of a colour is lost, and the decoding too, at http://blog.example.org/ as I said.",
            "score = -2, view_count = 15, created_at = {2025-12-24}, active_at = {2025-12-24}, closed_at = 1, close_reason = 'duplicate'");
        await Ask("text", Ada, "Encodings of text in old files", "vb.net entity-sql", "My text is broken in the editor, and nobody knows why that is so.",
            "score = 0, view_count = 300, created_at = {2010-01-01}, active_at = {2010-06-01}, edited_at = {2010-06-01}, closed_at = 1, close_reason = 'off-topic', wiki_at = 1, locked_at = 1");
        await Answer("text-only", "text", Trusted, "<p>It is an old encoding that the editor guesses wrongly.</p>", "score = 1, created_at = {2010-06-01}, wiki_at = 1");
        await Forum.Write("update posts set is_answered = 1 where id = @text", new { text = posts["text"] });
        await Ask("new", Trusted, "Deleting a row without an error", "c# asp.net-core", "The row of the table stays where it is, and there is no error at all.",
            "score = 12, view_count = 2, created_at = {2026-02-27}, active_at = {2026-02-27}");

        await Ask("gone", Ada, "Removing gadgets from a shelf", "c#", "The shelf of gadgets is full.\n\n    shelf.Remove(gadget);\n", "created_at = {2026-01-05}, active_at = {2026-01-05}");
        await Ask("gone-bob", Bob, "Removing bolts from a shelf", "f#", "The shelf of bolts is full, and what is to be done with it?", "created_at = {2026-01-06}, active_at = {2026-01-06}");
        foreach (var (name, set) in facts)
            await Set(name, set);
        await Forum.Write("update question_tags set (created_at, active_at, score) = (select created_at, active_at, score from posts where id = question_tags.question_id)");
        foreach (var gone in new[] { "gone", "gone-bob" })
            await Delete(posts[gone]);

        await Forum.Write("insert into saves (user_id, post_id, saved_at) values (@Ada, @paint, 1), (@Ada, @answer, 2)", new { Ada, paint = posts["paint"], answer = posts["text-only"] });
        await Forum.Write("insert into watched_tags (user_id, pattern, is_ignored, added_at) values (@Ada, 'linq', 0, 1), (@Ada, 'entity*', 0, 1), (@Ada, 'asp.net-core', 1, 1)", new { Ada });
    }

    private async Task Ask(string name, long by, string title, string tags, string body, string set)
    {
        posts[name] = await Forum.Make.Question(by, title, body, tags);
        facts.Add((name, set));
    }

    private async Task Answer(string name, string question, long by, string html, string set)
    {
        posts[name] = await Forum.Make.Answer(posts[question], by, "An answer");
        await Forum.Sql(db => db.InTransaction(async () =>
        {
            await db.Execute("update posts set html = @html where id = @id", new { html, id = posts[name] });
            await db.Index(posts[name], IndexedWords.Of(null, html), default);
            return 0;
        }, default));
        facts.Add((name, set));
    }

    private Task Set(string name, string set)
    {
        for (var at = set.IndexOf('{', StringComparison.Ordinal); at >= 0; at = set.IndexOf('{', StringComparison.Ordinal))
        {
            var day = DateTimeOffset.Parse(set[(at + 1)..(at + 11)] + "T08:00Z", CultureInfo.InvariantCulture);
            set = set[..at] + day.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + set[(at + 12)..];
        }

        return Forum.Write($"update posts set {set} where id = @id", new { id = posts[name] });
    }

    private Task Delete(long id) => Forum.Sql(db => db.InTransaction(async () =>
    {
        await db.Execute("update posts set deleted_at = 1 where id = @id", new { id });
        await db.FollowDeletion(id, default);
        await db.Relist(id, default);
        await db.Unindex(id, default);
        return 0;
    }, default));
}
