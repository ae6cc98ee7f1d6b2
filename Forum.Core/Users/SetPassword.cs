using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>Gives a person a new password without asking for the old one, ends their sessions and lifts a lockout.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Password">As typed; only its hash is kept.</param>
[For(Who.Administrator)]
public sealed record SetPassword(long UserId, string Password) : IRequest, ICommand
{
    public override string ToString() => $"{nameof(SetPassword)} {UserId}";

    internal sealed class Rules : AbstractValidator<SetPassword>
    {
        public Rules(ForumSettings settings) =>
            RuleFor(p => p.Password).Custom((password, context) =>
            {
                if (AccountRules.WhyNot(password, null, null, settings.Limits.Password) is { } refusal)
                    context.AddFailure(new ValidationFailure(context.PropertyPath, "") { ErrorCode = refusal.Code, CustomState = refusal.Arguments });
            });
    }

    internal sealed class Handler(Db db, HashedPassword password, ModerationLog log) : IRequestHandler<SetPassword>
    {
        public async Task Handle(SetPassword request, CancellationToken cancellationToken)
        {
            var written = await db.Execute(
                """
                update accounts
                set password_hash = @hash, security_stamp = @stamp, failed_sign_ins = 0, lockout_ends_at = null
                where user_id = @UserId
                """,
                new { request.UserId, hash = password.Hash, stamp = AccountKeys.NewStamp() }, cancellationToken);
            if (written == 0)
                throw new NotFoundException();
            await log.Record(new Act("set-password", ActSubject.User, request.UserId) { ConcernsId = request.UserId }, cancellationToken);
        }
    }
}
