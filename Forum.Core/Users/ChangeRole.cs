using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>Makes a person a moderator, an administrator, both or neither.</summary>
[For(Who.Administrator)]
public sealed record ChangeRole(long UserId, bool IsModerator, bool IsAdministrator) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ModerationLog log, Happened happened) : IRequestHandler<ChangeRole>
    {
        public async Task Handle(ChangeRole request, CancellationToken cancellationToken)
        {
            // The Community user acts for nobody in particular; it must not act for somebody.
            var was = await db.Find<Row>(
                "select is_moderator as IsModerator, is_administrator as IsAdministrator from users where id = @UserId", new { request.UserId }, cancellationToken);
            var written = await db.Execute(
                """
                update users
                set is_moderator = @IsModerator, is_administrator = @IsAdministrator
                where id = @UserId and id > 0 and removed_at is null
                """,
                new { request.UserId, request.IsModerator, request.IsAdministrator }, cancellationToken);
            if (written == 0)
                throw new NotFoundException();
            await log.Record(
                new Act("change-role", ActSubject.User, request.UserId)
                {
                    ConcernsId = request.UserId, Before = new { was!.IsModerator, was.IsAdministrator }, After = new { request.IsModerator, request.IsAdministrator },
                }, cancellationToken);

            happened.Note(new RoleChanged(request.UserId, request.IsModerator, request.IsAdministrator));
        }
    }

    private sealed record Row
    {
        public bool IsModerator { get; init; }
        public bool IsAdministrator { get; init; }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "change-role";

        public IBaseRequest? Command(LoggedAct act) => new ChangeRole(act.SubjectId, act.FormerSwitch("IsModerator"), act.FormerSwitch("IsAdministrator"));
    }
}

/// <summary>A person's role is another now.</summary>
public sealed record RoleChanged(long UserId, bool IsModerator, bool IsAdministrator) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Person(UserId).Profile(UserId).People();
}
