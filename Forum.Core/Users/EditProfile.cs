using FluentValidation;
using Forum.Core.Abuse;
using Forum.Core.Markdown;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Users;

/// <summary>What profiles may hold, and who may edit them (docs/rules/accounts.md).</summary>
public static class ProfileRules
{
    /// <summary>Why this person may not edit that profile, or null: it is their own, or they moderate.</summary>
    public static Refusal? WhyNotEdit(long editor, bool isModerator, long owner) =>
        editor == owner || isModerator ? null : new Refusal("users.not-yours");

    /// <summary>A website as a link, or null when it is not an address of the web.</summary>
    public static Uri? Link(string? website) =>
        Uri.TryCreate(TextLength.Clean(website), UriKind.Absolute, out var link) && link.Scheme is "http" or "https" && link.Host.Length > 0 ? link : null;
}

/// <summary>Changes what a person says of themselves. Their own profile only; moderators any.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Name">What others see.</param>
/// <param name="About">Markdown.</param>
/// <param name="Location">One line.</param>
/// <param name="Website">An address, or nothing.</param>
public sealed record EditProfile(long UserId, string Name, string About, string Location, string Website) : IRequest, ICommand, IBringText
{
    /// <inheritdoc />
    public IEnumerable<Written> Brings() =>
    [
        new(nameof(Name), Name, WrittenKind.Line), new(nameof(About), About, WrittenKind.Text), new(nameof(Location), Location, WrittenKind.Line),
        new(nameof(Website), Website, WrittenKind.Line),
    ];

    /// <inheritdoc />
    public Task<string?> Before(Db db, CancellationToken token) =>
        db.Find<string>("select name || char(10) || about || char(10) || location || char(10) || website from users where id = @UserId", new { UserId }, token);

    internal sealed class Rules : AbstractValidator<EditProfile>
    {
        public Rules(ForumSettings settings)
        {
            var limits = settings.Limits;
            RuleFor(p => p.Name).Cascade(CascadeMode.Stop).IsDisplayName(limits);
            RuleFor(p => p.About).HasLength(new LengthRange(0, limits.About));
            RuleFor(p => p.Location).Cascade(CascadeMode.Stop)
                .HasLength(new LengthRange(0, limits.Location)).Must(PersonName.IsPlain).WithErrorCode("users.name-characters");
            RuleFor(p => p.Website).Cascade(CascadeMode.Stop)
                .HasLength(new LengthRange(0, limits.Website))
                .Must(website => TextLength.Of(website) == 0 || ProfileRules.Link(website) is not null).WithErrorCode("users.website-malformed");
        }
    }

    internal sealed class Rendering(CommunityMarkdown markdown) : IPrepare<EditProfile>
    {
        public string About { get; private set; } = "";

        public Task Prepare(EditProfile request, CancellationToken token)
        {
            About = markdown.About(request.About, nameof(request.About));
            return Task.CompletedTask;
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, Rendering text, ModerationLog log, Happened happened) : IRequestHandler<EditProfile>
    {
        public async Task Handle(EditProfile edit, CancellationToken token)
        {
            var editor = await db.Me(user, token);
            ProfileRules.WhyNotEdit(editor.Id, editor.IsModerator, edit.UserId)?.Throw();

            var name = TextLength.Clean(edit.Name);
            var written = await db.Execute(
                """
                update users
                set name = @name, search_name = @folded, about = @about, about_html = @html, about_renderer = @version,
                    location = @location, website = @website
                where id = @UserId and id > 0 and removed_at is null
                """,
                new
                {
                    edit.UserId,
                    name,
                    folded = PersonName.Fold(name),
                    about = TextLength.Clean(edit.About),
                    html = text.About,
                    version = MarkdownRenderer.Version,
                    location = TextLength.Clean(edit.Location),
                    website = TextLength.Clean(edit.Website),
                }, token);
            if (written == 0)
                throw new NotFoundException();

            if (editor.Id != edit.UserId)
                await log.Record(new Act("edit-profile", ActSubject.User, edit.UserId) { ConcernsId = edit.UserId }, token);
            happened.Note(new ProfileEdited(edit.UserId, editor.Id));
        }
    }
}

/// <summary>A profile was edited.</summary>
public sealed record ProfileEdited(long UserId, long EditorId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Person(UserId).Profile(UserId).People();
}

/// <summary>A profile as it was written, for whoever may edit it.</summary>
[For(Who.SignedIn)]
public sealed record FindProfile(long UserId) : IRequest<EditProfile>
{
    internal sealed class Handler(Db db, CurrentUser user) : IRequestHandler<FindProfile, EditProfile>
    {
        public async Task<EditProfile> Handle(FindProfile find, CancellationToken token)
        {
            ProfileRules.WhyNotEdit(user.Required, user.IsModerator, find.UserId)?.Throw();
            var row = await db.Find<Row>(
                "select name as Name, about as About, location as Location, website as Website from users where id = @UserId and id > 0 and removed_at is null",
                new { find.UserId }, token) ?? throw new NotFoundException();
            return new EditProfile(find.UserId, row.Name, row.About, row.Location, row.Website);
        }
    }

    private sealed record Row
    {
        public string Name { get; init; } = "";
        public string About { get; init; } = "";
        public string Location { get; init; } = "";
        public string Website { get; init; } = "";
    }
}
