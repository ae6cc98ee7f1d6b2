using Forum.Core.Pipeline;
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

        await Happen(forum, Handlers);

        var due = await forum.Sql(db => db.Claim(10, forum.Clock.GetUtcNow(), default));
        Assert.That(due.Select(d => d.Handler), Is.EquivalentTo(Handlers));
    }

    [Test]
    public async Task A_claimed_delivery_comes_again_when_its_lease_has_run_out()
    {
        await using var forum = new TestForum();
        await Happen(forum, "only");

        Assert.That(await Claimed(forum), Is.EqualTo(1));
        Assert.That(await Claimed(forum), Is.Zero);

        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await Claimed(forum), Is.EqualTo(1));
    }

    [Test]
    public async Task What_fails_again_and_again_is_parked()
    {
        await using var forum = new TestForum();
        await Happen(forum, "only");

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

    [Test]
    public async Task Old_form_keys_and_events_that_all_have_heard_of_are_thrown_away()
    {
        await using var forum = new TestForum();
        await Happen(forum);
        await Happen(forum, "only");
        await forum.Write("insert into form_keys (key, result, used_at) values ('old', '1', @now)", new { now = forum.Clock.GetUtcNow() });
        forum.Clock.Advance(forum.Settings.Windows.FormKey + TimeSpan.FromMinutes(1));
        await forum.Write("insert into form_keys (key, result, used_at) values ('new', '1', @now)", new { now = forum.Clock.GetUtcNow() });

        await Happen(forum);

        Assert.That(await forum.Service<Housekeeping>().Tidy(default), Is.EqualTo(2));

        Assert.That(await forum.Value<string>("select group_concat(key) from form_keys"), Is.EqualTo("new"));
        Assert.That(await forum.Value<int>("select count(*) from events e join deliveries d on d.event_id = e.id"), Is.EqualTo(1));
    }

    [Test]
    public async Task Events_that_badges_were_not_looked_for_by_are_kept()
    {
        await using var forum = new TestForum();
        await Happen(forum);
        await forum.Award();
        await Happen(forum);
        await Happen(forum);
        forum.Clock.Advance(TimeSpan.FromDays(30));

        Assert.That(await forum.Service<Housekeeping>().Tidy(default), Is.EqualTo(1));

        await forum.Award();
        Assert.That(await forum.Service<Housekeeping>().Tidy(default), Is.EqualTo(1));
    }

    [Test]
    public async Task No_event_gets_the_number_of_one_that_was_thrown_away()
    {
        await using var forum = new TestForum();
        await Happen(forum);
        await Happen(forum);
        forum.Clock.Advance(TimeSpan.FromDays(30));

        await forum.Service<Housekeeping>().Tidy(default);
        await Happen(forum);

        Assert.That(await forum.Value<long>("select max(id) from events"), Is.EqualTo(3));
    }

    private static Task Happen(TestForum forum, params string[] handlers) =>
        forum.Sql(db => db.InTransaction(async () =>
        {
            await db.Record("kind", "{}", handlers, forum.Clock.GetUtcNow(), default);
            return 0;
        }, default));

    private static async Task<int> Claimed(TestForum forum) => (await forum.Sql(db => db.Claim(10, forum.Clock.GetUtcNow(), default))).Count;
}
