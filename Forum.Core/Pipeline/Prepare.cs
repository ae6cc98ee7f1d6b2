using MediatR;

namespace Forum.Core.Pipeline;

/// <summary>Does a command's heavy work before it waits for the writer.</summary>
internal sealed class Prepare<TRequest, TResponse>(IEnumerable<IPrepare<TRequest>> work) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        foreach (var task in work)
            await task.Prepare(request, cancellationToken);

        return await next();
    }
}
