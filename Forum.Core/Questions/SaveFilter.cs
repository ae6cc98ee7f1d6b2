using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Questions;

/// <summary>
/// Keeps a filter of the signed-in person under a name, or changes one they kept, and returns its id. A name they have already is
/// that filter's. Rules: docs/rules/lists.md.
/// </summary>
/// <param name="Name">What they call it.</param>
/// <param name="Filter">What it shows, as <see cref="QuestionFilter.ToString"/> writes it.</param>
/// <param name="IsHome">Whether their home page opens with it; another that did does no more.</param>
/// <param name="Id">The one that is changed; null for a new one.</param>
public sealed record SaveFilter(string Name, string Filter, bool IsHome, long? Id = null) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<SaveFilter>
    {
        public Rules(ForumSettings settings) => RuleFor(f => f.Name).HasLength(new LengthRange(1, settings.Lists.FilterName));
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<SaveFilter, long>
    {
        public async Task<long> Handle(SaveFilter save, CancellationToken token)
        {
            var me = user.Required;
            var name = TextLength.Line(save.Name);
            var filter = QuestionFilter.Parse(save.Filter, settings.Limits).ToString();
            if (save.IsHome)
                await db.Execute("update saved_filters set is_home = 0 where user_id = @me and is_home = 1", new { me }, token);
            if (save.Id is { } id)
            {
                if (await db.Find<long?>("select id from saved_filters where user_id = @me and name = @name and id <> @id", new { me, name, id }, token) is not null)
                    throw new ValidationException([new ValidationFailure(nameof(Name), "") { ErrorCode = "lists.name-taken", CustomState = Array.Empty<object>() }]);
                return await db.Find<long?>(
                    "update saved_filters set name = @name, filter = @filter, is_home = @IsHome where id = @id and user_id = @me returning id",
                    new { me, name, filter, save.IsHome, id }, token) ?? throw new NotFoundException();
            }

            var saved = await db.Get<long>(
                """
                insert into saved_filters (user_id, name, filter, is_home, created_at) values (@me, @name, @filter, @IsHome, @now)
                on conflict (user_id, name) do update set filter = excluded.filter, is_home = excluded.is_home
                returning id
                """,
                new { me, name, filter, save.IsHome, now = clock.GetUtcNow() }, token);
            WhyNot(await db.Get<int>("select count(*) from saved_filters where user_id = @me", new { me }, token), settings.Lists)?.Throw();
            return saved;
        }
    }

    /// <summary>Why somebody may not keep so many filters.</summary>
    public static Refusal? WhyNot(int kept, ListSettings lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return kept > lists.SavedFilters ? new Refusal("lists.too-many-filters", lists.SavedFilters) : null;
    }
}

/// <summary>Forgets a filter that the signed-in person kept.</summary>
/// <exception cref="NotFoundException">There is none of theirs.</exception>
public sealed record DeleteFilter(long Id) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<DeleteFilter>
    {
        public async Task Handle(DeleteFilter delete, CancellationToken token)
        {
            if (await db.Execute("delete from saved_filters where id = @Id and user_id = @me", new { delete.Id, me = user.Required }, token) == 0)
                throw new NotFoundException();
        }
    }
}
