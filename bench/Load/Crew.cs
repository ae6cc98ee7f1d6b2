using System.Runtime.ExceptionServices;

namespace Forum.Bench.Load;

/// <summary>Threads that send, one for each connection: a blocking thread costs less than the asynchronous client does.</summary>
static class Crew
{
    const int Stack = 256 * 1024;

    /// <summary>Runs work on so many threads until all are done. The first failure ends the others, by the question each is given, and is thrown.</summary>
    public static void Run(int threads, Action<int, Func<bool>> work)
    {
        Exception? failure = null;
        bool GoesOn() => Volatile.Read(ref failure) is null;
        var crew = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            var number = i;
            crew[i] = new Thread(() =>
            {
                try
                {
                    work(number, GoesOn);
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref failure, e, null);
                }
            }, Stack) { IsBackground = true };
            crew[i].Start();
        }

        foreach (var thread in crew)
            thread.Join();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }
}
