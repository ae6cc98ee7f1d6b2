using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>
/// Adds tags, or patterns of their names, to those that the signed-in person watches or to those they ignore, out of the other list
/// if they were in it. Rules: docs/rules/lists.md.
/// </summary>
/// <param name="Tags">Names and patterns, separated by blanks or commas.</param>
/// <param name="IsIgnored">Whether they are ignored; else watched.</param>
public sealed record WatchTags(string Tags, bool IsIgnored) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<WatchTags>
    {
        public Rules(ForumSettings settings) => RuleFor(w => w.Tags).Cascade(CascadeMode.Stop)
            .Must(tags => TagNames.Parse(tags).Count > 0)
            .WithErrorCode("tags.too-few").WithState(_ => new object[] { 1 })
            .Must(tags => TagNames.Parse(tags).All(pattern => Watching.IsPattern(pattern, settings.Limits)))
            .WithErrorCode("watching.not-a-pattern").WithState(_ => new object[] { settings.Limits.TagLength });
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<WatchTags>
    {
        public async Task Handle(WatchTags watch, CancellationToken token)
        {
            var said = TagNames.Parse(watch.Tags);
            var masters = await db.MastersOf(said, token);
            var patterns = said.Select(pattern => masters.GetValueOrDefault(pattern, pattern)).Distinct(StringComparer.Ordinal).ToList();
            var names = patterns.Where(pattern => !Watching.HasStar(pattern)).ToList();
            var known = await db.Query<string>($"select name from tags where {db.Dialect.In("name", "@names")}", new { names }, token);
            if (names.Except(known, StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
                throw new ValidationException([new ValidationFailure(nameof(Tags), "") { ErrorCode = "watching.unknown", CustomState = new object[] { string.Join(", ", unknown) } }]);

            var me = user.Required;
            foreach (var pattern in patterns)
            {
                await db.Execute(
                    """
                    insert into watched_tags (user_id, pattern, is_ignored, added_at) values (@me, @pattern, @IsIgnored, @now)
                    on conflict (user_id, pattern) do update set is_ignored = excluded.is_ignored, added_at = excluded.added_at
                    """,
                    new { me, pattern, watch.IsIgnored, now = clock.GetUtcNow() }, token);
            }

            WhyNot(await db.Get<int>("select count(*) from watched_tags where user_id = @me", new { me }, token), settings.Lists)?.Throw();
        }
    }

    /// <summary>Why somebody may not watch and ignore so many tags.</summary>
    public static Refusal? WhyNot(int watched, ListSettings lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return watched > lists.WatchedTags ? new Refusal("watching.too-many", lists.WatchedTags) : null;
    }
}

/// <summary>Takes a tag or a pattern out of the signed-in person's lists; it may be in none.</summary>
public sealed record UnwatchTag(string Pattern) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<UnwatchTag>
    {
        public Task Handle(UnwatchTag unwatch, CancellationToken token) =>
            db.Execute("delete from watched_tags where user_id = @me and pattern = @Pattern", new { me = user.Required, unwatch.Pattern }, token);
    }
}

/// <summary>Whether lists leave out what carries a tag that the signed-in person ignores, or show it greyed.</summary>
public sealed record HideIgnored(bool Hides) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<HideIgnored>
    {
        public Task Handle(HideIgnored hide, CancellationToken token) =>
            db.Execute("update users set hides_ignored = @Hides where id = @me", new { me = user.Required, hide.Hides }, token);
    }
}
