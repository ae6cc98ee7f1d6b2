using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Forum.Core.Pipeline;

/// <summary>
/// Runs what a server does beside its requests on one thread that gives way to all others: a piece of such work then takes longer
/// on a busy machine, and nobody's page does (docs/decisions/0022-background-work-gives-way.md). What it writes, it writes like
/// everybody else: the writer runs nothing here.
/// </summary>
internal sealed class BesideRequests : TaskScheduler
{
    // A tenth of a processor that somebody else wants, all of one that nobody wants.
    private const int Niceness = 10;

    private readonly BlockingCollection<Task> due = [];
    private readonly Thread thread;

    private BesideRequests()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "beside requests" };
        thread.Start();
    }

    /// <summary>The one there is.</summary>
    public static BesideRequests Scheduler { get; } = new();

    /// <inheritdoc />
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Starts work here; what it awaits goes on here too.</summary>
    public Task Start(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    protected override void QueueTask(Task task) => due.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => Thread.CurrentThread == thread && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => due.ToArray();

    private void Run()
    {
        GiveWay();
        foreach (var task in due.GetConsumingEnumerable())
            TryExecuteTask(task);
    }

    // .NET's own priorities mean nothing to Linux, where a thread's niceness does; other systems know the priority.
    private static void GiveWay()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (OperatingSystem.IsLinux())
            _ = SetPriority(0, 0, Niceness);
    }

    [DllImport("libc", EntryPoint = "setpriority", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);
}
