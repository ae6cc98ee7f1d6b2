using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>Makes a person a moderator, an administrator, both or neither.</summary>
[For(Who.Administrator)]
public sealed record ChangeRole(long UserId, bool IsModerator, bool IsAdministrator) : IRequest, ICommand
{
    internal sealed class Handler(Db db, Happened happened) : IRequestHandler<ChangeRole>
    {
        public async Task Handle(ChangeRole request, CancellationToken cancellationToken)
        {
            // The Community user acts for nobody in particular; it must not act for somebody.
            var written = await db.Execute(
                """
                update users
                set is_moderator = @IsModerator, is_administrator = @IsAdministrator
                where id = @UserId and id > 0 and removed_at is null
                """,
                new { request.UserId, request.IsModerator, request.IsAdministrator }, cancellationToken);
            if (written == 0)
                throw new NotFoundException();

            happened.Note(new RoleChanged(request.UserId, request.IsModerator, request.IsAdministrator));
        }
    }
}

/// <summary>A person's role is another now.</summary>
public sealed record RoleChanged(long UserId, bool IsModerator, bool IsAdministrator) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Person(UserId).Profile(UserId).People();
}
