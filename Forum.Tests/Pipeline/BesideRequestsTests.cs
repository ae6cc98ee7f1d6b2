using System.Globalization;
using Forum.Core.Pipeline;

namespace Forum.Tests.Pipeline;

public sealed class BesideRequestsTests
{
    [Test]
    public async Task Work_stays_on_one_thread_across_what_it_awaits()
    {
        var threads = new List<int>();

        await BesideRequests.Scheduler.Start(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                threads.Add(Environment.CurrentManagedThreadId);
                await Task.Run(() => { });
            }
        });

        Assert.That(threads.Distinct().Count(), Is.EqualTo(1));
        Assert.That(threads[0], Is.Not.EqualTo(Environment.CurrentManagedThreadId));
    }

    [Test]
    [Platform("Linux")]
    public async Task Its_thread_gives_way_to_others()
    {
        var nice = 0;

        await BesideRequests.Scheduler.Start(() =>
        {
            nice = Niceness();
            return Task.CompletedTask;
        });

        Assert.That(nice, Is.GreaterThan(Niceness()));
    }

    [Test]
    public async Task What_fails_there_fails_for_whoever_waits()
    {
        Task Failing() => BesideRequests.Scheduler.Start(() => throw new InvalidOperationException("no"));

        Assert.That(Failing, Throws.InvalidOperationException);
        await BesideRequests.Scheduler.Start(() => Task.CompletedTask);
    }

    // The nineteenth field, counted from behind the name, which may hold anything.
    static int Niceness()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
