using Forum.Data;
using Forum.Data.Events;
using Forum.Tests.Support;

namespace Forum.Tests.Storage;

public sealed class DeliveryTests
{
    private static readonly string[] Handlers = ["first", "second"];

    [Test]
    public async Task Each_handler_gets_a_delivery_of_its_own()
    {
        await using var forum = new TestForum();

        await forum.Sql(db => db.InTransaction(() => db.Record("kind", "{}", Handlers, forum.Clock.GetUtcNow(), default), default));

        var due = await forum.Sql(db => db.Claim(10, forum.Clock.GetUtcNow(), default));
        Assert.That(due.Select(d => d.Handler), Is.EquivalentTo(Handlers));
    }

    [Test]
    public async Task A_claimed_delivery_comes_again_when_its_lease_has_run_out()
    {
        await using var forum = new TestForum();
        await forum.Sql(db => db.InTransaction(() => db.Record("kind", "{}", ["only"], forum.Clock.GetUtcNow(), default), default));

        Assert.That(await Claimed(forum), Is.EqualTo(1));
        Assert.That(await Claimed(forum), Is.Zero);

        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await Claimed(forum), Is.EqualTo(1));
    }

    [Test]
    public async Task What_fails_again_and_again_is_parked()
    {
        await using var forum = new TestForum();
        await forum.Sql(db => db.InTransaction(() => db.Record("kind", "{}", ["only"], forum.Clock.GetUtcNow(), default), default));

        for (var i = 0; i < Deliveries.MostAttempts; i++)
        {
            var delivery = (await forum.Sql(db => db.Claim(10, forum.Clock.GetUtcNow(), default))).Single();
            await forum.Sql(async db =>
            {
                await db.Failed(delivery, "no", forum.Clock.GetUtcNow(), default);
                return 0;
            });
            forum.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.That(await Claimed(forum), Is.Zero);
        Assert.That(await forum.Value<string>("select error from deliveries where is_parked = 1"), Is.EqualTo("no"));
    }

    [Test]
    public async Task Nobody_hears_of_what_was_rolled_back()
    {
        await using var forum = new TestForum();

        Assert.ThrowsAsync<InvalidOperationException>(() => forum.Sql<int>(db => db.InTransaction<int>(async () =>
        {
            await db.Record("kind", "{}", ["only"], forum.Clock.GetUtcNow(), default);
            throw new InvalidOperationException();
        }, default)));

        Assert.That(await forum.Value<int>("select count(*) from events"), Is.Zero);
        Assert.That(await forum.Value<int>("select count(*) from deliveries"), Is.Zero);
    }

    private static async Task<int> Claimed(TestForum forum) => (await forum.Sql(db => db.Claim(10, forum.Clock.GetUtcNow(), default))).Count;
}
