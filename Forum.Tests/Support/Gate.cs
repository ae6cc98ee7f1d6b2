using MediatR;

namespace Forum.Tests.Support;

/// <summary>Counts a request's answers, and holds one up after it was read from the database until the test opens it.</summary>
public sealed class Gate<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isClosed;
    private int passed;

    /// <summary>How many were answered.</summary>
    public int Passed => Volatile.Read(ref passed);

    /// <summary>When the one that is held up has read all there is.</summary>
    public Task Reached => reached.Task;

    /// <summary>Holds up the next one.</summary>
    public void Close() => isClosed = true;

    /// <summary>Lets it go on.</summary>
    public void Open() => opened.TrySetResult();

    public async Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var isHeld = isClosed;
        isClosed = false;
        var answer = await next();
        Interlocked.Increment(ref passed);
        if (isHeld)
        {
            reached.TrySetResult();
            await opened.Task;
        }

        return answer;
    }
}
