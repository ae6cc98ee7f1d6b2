using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Verification;

/// <summary>A derived value that is recomputed from the ground truth. Every new derived value comes with its check.</summary>
public interface ICheck
{
    /// <summary>What is checked, in two or three words.</summary>
    string Name { get; }

    /// <summary>A line for each difference; none when all is well. Reads only.</summary>
    Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token);
}

/// <summary>Recomputes every derived value and returns a line for each difference, with the check's name before it.</summary>
[For(Who.Anyone)]
public sealed record Verify : IRequest<IReadOnlyList<string>>
{
    internal sealed class Handler(Db db, IEnumerable<ICheck> checks) : IRequestHandler<Verify, IReadOnlyList<string>>
    {
        public async Task<IReadOnlyList<string>> Handle(Verify request, CancellationToken cancellationToken)
        {
            var lines = new List<string>();
            foreach (var check in checks.OrderBy(c => c.Name, StringComparer.Ordinal))
                lines.AddRange((await check.Differences(db, cancellationToken)).Select(difference => $"{check.Name}: {difference}"));
            return lines;
        }
    }
}
