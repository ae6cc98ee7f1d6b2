using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>Says what questions may take a tag. A tag that does not exist yet is made, so that a name can be blocked before anybody takes it.</summary>
/// <param name="Tag">The tag's name.</param>
/// <param name="IsRequired">Every question has one of the tags that say so.</param>
/// <param name="IsModeratorOnly">Moderators alone give it to questions, and take it away.</param>
/// <param name="IsBlocked">No question takes it any more.</param>
[For(Who.Moderator)]
public sealed record ChangeTagRules(string Tag, bool IsRequired, bool IsModeratorOnly, bool IsBlocked) : IRequest, ICommand
{
    internal sealed class Rules : AbstractValidator<ChangeTagRules>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(c => c.Tag).IsTag(settings.Limits);
            RuleFor(c => c.IsRequired).Must((c, isRequired) => !(isRequired && c.IsBlocked)).WithErrorCode("tags.required-and-blocked");
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<ChangeTagRules>
    {
        public async Task Handle(ChangeTagRules change, CancellationToken token)
        {
            var (name, now) = (TagNames.Parse(change.Tag)[0], clock.GetUtcNow());
            var isNew = await db.Execute("insert into tags (name, created_at, created_by) values (@name, @now, @me) on conflict do nothing", new { name, now, me = user.Required }, token);
            await db.Execute("update totals set tags = tags + @isNew", new { isNew }, token);
            var was = await db.Get<Row>(
                "select id as Id, is_required as IsRequired, is_moderator_only as IsModeratorOnly, is_blocked as IsBlocked from tags where name = @name", new { name }, token);
            await db.Execute(
                "update tags set is_required = @IsRequired, is_moderator_only = @IsModeratorOnly, is_blocked = @IsBlocked where name = @name",
                new { name, change.IsRequired, change.IsModeratorOnly, change.IsBlocked }, token);
            await db.LogTag(TagEvent.RulesChanged, name, "", user.Required, now, token);
            await log.Record(
                new Act("change-tag-rules", ActSubject.Tag, was.Id)
                {
                    Before = new { Tag = name, was.IsRequired, was.IsModeratorOnly, was.IsBlocked },
                    After = new { Tag = name, change.IsRequired, change.IsModeratorOnly, change.IsBlocked },
                }, token);
            happened.Note(new TagChanged(name, user.Required));
        }
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public bool IsRequired { get; init; }
        public bool IsModeratorOnly { get; init; }
        public bool IsBlocked { get; init; }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "change-tag-rules";

        public IBaseRequest? Command(LoggedAct act) =>
            act.FormerText("Tag") is { } tag
                ? new ChangeTagRules(tag, act.FormerSwitch("IsRequired"), act.FormerSwitch("IsModeratorOnly"), act.FormerSwitch("IsBlocked"))
                : null;
    }
}

/// <summary>What questions may take a tag, for whoever changes it; a name that is no tag yet may be taken by all.</summary>
/// <exception cref="NotFoundException">No tag may be called so.</exception>
[For(Who.Moderator)]
public sealed record ShowTagRules(string Tag) : IRequest<ShowTagRules.View>
{
    /// <summary>What is said of it.</summary>
    public sealed record View
    {
        public bool Exists { get; init; }
        public bool IsRequired { get; init; }
        public bool IsModeratorOnly { get; init; }
        public bool IsBlocked { get; init; }
    }

    internal sealed class Handler(Db db, ForumSettings settings) : IRequestHandler<ShowTagRules, View>
    {
        public async Task<View> Handle(ShowTagRules show, CancellationToken token) =>
            TagNames.Parse(show.Tag) is [var name] && name == show.Tag && TagNames.IsValid(name, settings.Limits.TagLength)
                ? await db.Find<View>(
                    "select 1 as \"Exists\", is_required as IsRequired, is_moderator_only as IsModeratorOnly, is_blocked as IsBlocked from tags where name = @name",
                    new { name }, token) ?? new View()
                : throw new NotFoundException();
    }
}
