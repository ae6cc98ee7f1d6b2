using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Forum.Tests.Support;

namespace Forum.Tests.Site;

/// <summary>Many people at once.</summary>
public sealed class CrowdTests
{
    private const int People = 40;
    private const int Requests = 1_000;

    [Test]
    public async Task A_thousand_requests_at_once_lose_nothing()
    {
        await using var site = new TestSite(("Forum:Limits:WritesPerMinute", "0"), ("Forum:Limits:SearchesPerMinute", "0"), ("Forum:Limits:PostVotesPerDay", "1000"), ("Forum:Windows:BetweenAnswers", "00:00:00"));
        var asker = await site.Forum.Make.User(reputation: 500);
        var questions = new List<long>();
        for (var i = 0; i < 5; i++)
            questions.Add(await site.Forum.Make.Question(asker, $"What happens when number {i} is asked by a crowd?"));
        var crowd = new List<(SiteClient Client, SitePage Form)>();
        for (var i = 0; i < People; i++)
        {
            var client = await site.SignedInAs(await site.Forum.Make.User(reputation: 500));
            crowd.Add((client, await client.Get($"/questions/{questions[i % questions.Count]}").Then(client.Follow)));
        }

        var statuses = new ConcurrentBag<(HttpStatusCode Status, string What)>();
        await Task.WhenAll(Enumerable.Range(0, Requests).Select(async i =>
        {
            var (client, form) = crowd[i % People];
            var question = questions[i % questions.Count];
            var (what, page) = (i / People % 4) switch
            {
                0 => ("vote", client.Submit(form, "#question form[action$='/vote']", ("direction", i / People % 8 < 4 ? "up" : "none"), ("_key", $"vote-{i}"))),
                1 => ("answer", client.Submit(form, "form[action$='/answer']", ("Body", $"Answer number {i} of the crowd says that nothing is lost."), ("_key", $"answer-{i}"))),
                2 => ("search", client.Get("/search?q=crowd")),
                _ => ("read", client.Get("/questions?tab=active")),
            };
            statuses.Add(((await page).Status, what));
        }));

        var unexpected = statuses.Where(s => (int)s.Status >= 400).GroupBy(s => s).Select(g => $"{g.Count()} × {g.Key.What}: {(int)g.Key.Status}");
        Assert.That(unexpected, Is.Empty);
        var answered = statuses.Count(s => s.What == "answer" && (int)s.Status is >= 300 and < 400);
        Assert.That(await site.Forum.Value<int>("select count(*) from posts where kind = 2"), Is.EqualTo(answered));
        Assert.That(answered, Is.GreaterThan(200));
        await site.Forum.Settle();
        await site.Forum.Verify();
        foreach (var (client, _) in crowd)
            client.Dispose();
    }

    [Test]
    public async Task A_form_that_is_sent_twice_posts_once()
    {
        await using var site = new TestSite();
        var asker = await site.Forum.Make.User(reputation: 500);
        var question = await site.Forum.Make.Question(asker);
        using var client = await site.SignedInAs(await site.Forum.Make.User(reputation: 500));
        var page = await client.Get($"/questions/{question}").Then(client.Follow);

        var twice = await Task.WhenAll(
            client.Submit(page, "form[action$='/answer']", ("Body", "An answer by somebody who clicks twice on every button.")),
            client.Submit(page, "form[action$='/answer']", ("Body", "An answer by somebody who clicks twice on every button.")));

        Assert.That(twice.Select(answer => answer.Location).Distinct().Count(), Is.EqualTo(1), string.Create(CultureInfo.InvariantCulture, $"{twice[0].Status} {twice[1].Status}"));
        Assert.That(await site.Forum.Value<int>("select count(*) from posts where kind = 2"), Is.EqualTo(1));
    }
}

internal static class Steps
{
    /// <summary>One step after another, without a name for what is between.</summary>
    public static async Task<T> Then<T>(this Task<T> first, Func<T, Task<T>> next) => await next(await first);
}
