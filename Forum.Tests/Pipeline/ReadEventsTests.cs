using Forum.Core;
using Forum.Core.Pipeline;
using Forum.Core.Users;
using Forum.Data.Events;
using Forum.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forum.Tests.Pipeline;

public sealed class ReadEventsTests
{
    [Test]
    public async Task Events_are_read_once_in_their_order_after_a_beginning()
    {
        await using var forum = new TestForum();
        await Happen(forum, 1);
        var reader = new Reader(forum);

        Assert.That(await reader.CatchUp(default), Is.Zero);
        await Happen(forum, 2);
        await Happen(forum, 3);
        await Happen(forum, 4);

        Assert.That(await reader.CatchUp(default), Is.EqualTo(3));
        Assert.That(await reader.CatchUp(default), Is.Zero);
        Assert.That(reader.Said, Is.EqualTo(new[] { "begin", "2 3", "4" }));
    }

    [Test]
    public async Task What_was_cut_off_is_read_again_by_the_next()
    {
        await using var forum = new TestForum();
        await new Reader(forum).CatchUp(default);
        await Happen(forum, 1);
        var failing = new Reader(forum) { Fails = true };

        Assert.ThrowsAsync<InvalidOperationException>(() => failing.CatchUp(default));

        var next = new Reader(forum);
        await next.CatchUp(default);
        Assert.That(next.Said, Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public async Task An_event_that_a_reader_has_yet_to_come_to_is_not_thrown_away()
    {
        await using var forum = new TestForum();
        var reader = new Reader(forum);
        await reader.CatchUp(default);
        await Happen(forum, 1);
        await Happen(forum, 2);
        forum.Clock.Advance(TimeSpan.FromDays(30));

        Assert.That(await forum.Service<Housekeeping>().Tidy(default), Is.Zero);
        await reader.CatchUp(default);
        Assert.That(await forum.Service<Housekeeping>().Tidy(default), Is.EqualTo(1));

        Assert.That(reader.Said, Is.EqualTo(new[] { "begin", "1 2" }));
    }

    [Test]
    public async Task Of_an_event_that_nobody_knows_the_reader_hears_nothing_but_its_number()
    {
        await using var forum = new TestForum();
        var reader = new Reader(forum);
        await reader.CatchUp(default);

        await forum.Sql(db => db.InTransaction(() => db.Record("Forum.Core.Later.SomethingNew", "{}", [], forum.Clock.GetUtcNow(), default), default));

        Assert.That(await reader.CatchUp(default), Is.EqualTo(1));
        Assert.That(reader.Said, Is.EqualTo(new[] { "begin", "?" }));
    }

    private static Task Happen(TestForum forum, long user) =>
        forum.Sql(db => db.InTransaction(
            () => db.Record(typeof(AccountRegistered).FullName!, $$"""{"UserId":{{user}}}""", [], forum.Clock.GetUtcNow(), default), default));

    private sealed class Reader(TestForum forum)
        : ReadEvents("test", TimeSpan.FromDays(1), "", forum.Service<IServiceScopeFactory>(), NullLogger.Instance)
    {
        public bool Fails { get; init; }
        public List<string> Said { get; } = [];
        protected override int AtOnce => 2;

        protected override Task Begin(IServiceProvider scope, CancellationToken token)
        {
            Said.Add("begin");
            return Task.CompletedTask;
        }

        protected override Task Follow(IServiceProvider scope, IReadOnlyList<ReadEvent> events, CancellationToken token)
        {
            if (Fails)
                throw new InvalidOperationException();
            Said.Add(string.Join(' ', events.Select(e => e.What is AccountRegistered who ? $"{who.UserId}" : "?")));
            return Task.CompletedTask;
        }
    }
}
