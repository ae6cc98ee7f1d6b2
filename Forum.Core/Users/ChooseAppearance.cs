using FluentValidation;
using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>Keeps the signed-in person's language and theme with the account. Null leaves it to the browser and the system.</summary>
[For(Who.Anyone)]
public sealed record ChooseAppearance(string? Language, string? Theme) : IRequest, ICommand
{
    // Which there are is known to the web; here a name is a name.
    private const int LongestName = 20;

    internal sealed class Rules : AbstractValidator<ChooseAppearance>
    {
        public Rules()
        {
            RuleFor(a => a.Language).Must(IsName).WithErrorCode("limits.too-long").WithState(_ => new object[] { LongestName });
            RuleFor(a => a.Theme).Must(IsName).WithErrorCode("limits.too-long").WithState(_ => new object[] { LongestName });
        }

        private static bool IsName(string? name) => name is null or { Length: > 0 and <= LongestName };
    }

    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<ChooseAppearance>
    {
        public async Task Handle(ChooseAppearance request, CancellationToken cancellationToken)
        {
            await db.Execute(
                "update accounts set language = @Language, theme = @Theme where user_id = @me",
                new { me = user.Required, request.Language, request.Theme }, cancellationToken);
        }
    }
}
