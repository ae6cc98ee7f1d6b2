using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Abuse;

/// <summary>How often a trap was sprung.</summary>
public sealed record SprungTrap
{
    /// <summary>Which: one of <see cref="SpringTrap.All"/>.</summary>
    public string Trap { get; init; } = "";
    public int Times { get; init; }
}

/// <summary>Counts that somebody filled what people do not see, or a form faster than people do. Rules: docs/rules/abuse.md, section 4.</summary>
[For(Who.Anyone), EachTime]
public sealed record SpringTrap(string Trap) : IRequest, ICommand
{
    /// <summary>The traps there are; their words are under <c>abuse.trap-…</c>.</summary>
    public static IReadOnlyList<string> All { get; } = ["register", TooFast, "ask", "answer", "comment"];

    internal const string TooFast = "too-fast";

    /// <summary>Days since 1970.</summary>
    internal static int Day(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / 86_400);

    internal sealed class Handler(Db db, TimeProvider clock) : IRequestHandler<SpringTrap>
    {
        public Task Handle(SpringTrap spring, CancellationToken token) =>
            All.Contains(spring.Trap)
                ? db.CountTrap(spring.Trap, clock.GetUtcNow(), token)
                : throw new NotFoundException();
    }
}

/// <summary>Rows of traps that were sprung.</summary>
internal static class SprungTraps
{
    /// <summary>Counts one.</summary>
    public static Task<int> CountTrap(this Db db, string trap, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            "insert into sprung_traps (day, trap, times) values (@day, @trap, 1) on conflict (day, trap) do update set times = times + 1",
            new { day = SpringTrap.Day(now), trap }, token);
}
