using FluentValidation;
using MediatR;

namespace Forum.Core.Pipeline;

/// <summary>Looks at the message alone. Each failure names its field, a code for the sentence, and the code's arguments as state.</summary>
internal sealed class Validate<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> rules) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var failures = rules.SelectMany(r => r.Validate(request).Errors).ToList();
        if (failures.Count > 0)
            throw new ValidationException(failures);

        return await next();
    }
}
