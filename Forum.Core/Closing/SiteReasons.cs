using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Closing;

/// <summary>A reason for closing that is the site's own.</summary>
public sealed record SiteReason
{
    public long Id { get; init; }

    /// <summary>Since when nobody chooses it.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Its words by language, in the order of the languages' codes.</summary>
    public IReadOnlyList<ReasonText> Texts { get; init; } = [];

    /// <summary>Its key.</summary>
    public string Key => CloseReason.OfSite(Id);

    /// <summary>Its words in a language; in another one where it has none in that.</summary>
    public ReasonText In(string language) => Texts.FirstOrDefault(text => text.Language == language) ?? (Texts.Count > 0 ? Texts[0] : new ReasonText());
}

/// <summary>What a reason says in a language.</summary>
public sealed record ReasonText
{
    public string Language { get; init; } = "";
    public string Title { get; init; } = "";

    /// <summary>To the asker: what to do.</summary>
    public string ForAsker { get; init; } = "";

    /// <summary>To everybody: why it is closed.</summary>
    public string ForPublic { get; init; } = "";

    /// <summary>To those who can close: when to choose it.</summary>
    public string ForClosers { get; init; } = "";

    /// <summary>Whether nothing is written. Forms bind an emptied field as none at all.</summary>
    public bool IsEmpty => (Title + ForAsker + ForPublic + ForClosers).Length == 0;
}

/// <summary>The table of the site's own reasons.</summary>
internal static class SiteReasonRows
{
    /// <summary>Those that can be chosen, and one besides, in their order.</summary>
    public static async Task<IReadOnlyList<SiteReason>> SiteReasons(this Db db, long? besides, CancellationToken token)
    {
        // There are a handful, and those that were retired are few: the operator wrote each.
        var rows = await db.Query<Row>(
            """
            select r.id as Id, r.retired_at as RetiredAt, t.language as Language, t.title as Title, t.for_asker as ForAsker, t.for_public as ForPublic, t.for_closers as ForClosers
            from close_reasons r
            join close_reason_texts t on t.reason_id = r.id
            where r.retired_at is null or r.id = @besides or @besides = 0
            order by r.place, r.id, t.language
            """, new { besides = besides ?? -1 }, token);
        return
        [
            .. rows.GroupBy(row => row.Id).Select(g => new SiteReason
            {
                Id = g.Key, RetiredAt = g.First().RetiredAt,
                Texts = [.. g.Select(row => new ReasonText { Language = row.Language, Title = row.Title, ForAsker = row.ForAsker, ForPublic = row.ForPublic, ForClosers = row.ForClosers })],
            }),
        ];
    }

    /// <summary>All of them.</summary>
    public static Task<IReadOnlyList<SiteReason>> AllSiteReasons(this Db db, CancellationToken token) => db.SiteReasons(0, token);

    private sealed record Row
    {
        public long Id { get; init; }
        public DateTimeOffset? RetiredAt { get; init; }
        public string Language { get; init; } = "";
        public string Title { get; init; } = "";
        public string ForAsker { get; init; } = "";
        public string ForPublic { get; init; } = "";
        public string ForClosers { get; init; } = "";
    }
}

/// <summary>The site's own reasons for closing, also those that nobody chooses any more.</summary>
[For(Who.Administrator)]
public sealed record ListSiteReasons : IRequest<IReadOnlyList<SiteReason>>
{
    internal sealed class Handler(Db db) : IRequestHandler<ListSiteReasons, IReadOnlyList<SiteReason>>
    {
        public Task<IReadOnlyList<SiteReason>> Handle(ListSiteReasons list, CancellationToken token) => db.AllSiteReasons(token);
    }
}

/// <summary>Writes a reason for closing of the site's own, or words it anew; returns its number. A language that is left empty has no words.</summary>
/// <param name="Id">Which; null: a new one.</param>
/// <param name="Texts">Its words, one for each language.</param>
[For(Who.Administrator)]
public sealed record WriteSiteReason(long? Id, IReadOnlyList<ReasonText> Texts) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<WriteSiteReason>
    {
        public Rules(ForumSettings settings)
        {
            RuleFor(r => r.Texts).Must(texts => texts.Any(text => !text.IsEmpty)).WithErrorCode("closing.no-words");
            RuleForEach(r => r.Texts).Where(text => !text.IsEmpty).ChildRules(text =>
            {
                text.RuleFor(t => t.Title).HasLength(settings.Closing.ReasonTitle);
                text.RuleFor(t => t.ForAsker).HasLength(settings.Closing.ReasonText);
                text.RuleFor(t => t.ForPublic).HasLength(settings.Closing.ReasonText);
                text.RuleFor(t => t.ForClosers).HasLength(settings.Closing.ReasonText);
            });
        }
    }

    internal sealed class Handler(Db db, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<WriteSiteReason, long>
    {
        public async Task<long> Handle(WriteSiteReason write, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            if (write.Id is { } known && !await db.Get<bool>("select exists (select 1 from close_reasons where id = @known)", new { known }, token))
                throw new NotFoundException();
            if (write.Id is null)
                await db.WhyNoMore(settings, token);

            var id = write.Id ?? await db.Get<long>(
                "insert into close_reasons (place, created_at) values ((select coalesce(max(place), 0) + 1 from close_reasons), @now) returning id", new { now }, token);
            await db.Execute("delete from close_reason_texts where reason_id = @id", new { id }, token);
            foreach (var text in write.Texts.Where(text => !text.IsEmpty))
            {
                await db.Execute(
                    """
                    insert into close_reason_texts (reason_id, language, title, for_asker, for_public, for_closers)
                    values (@id, @Language, @title, @asker, @everybody, @closers)
                    """,
                    new
                    {
                        id, text.Language, title = TextLength.Line(text.Title), asker = TextLength.Clean(text.ForAsker), everybody = TextLength.Clean(text.ForPublic),
                        closers = TextLength.Clean(text.ForClosers),
                    }, token);
            }

            await log.Record(new Act(write.Id is null ? "add-close-reason" : "word-close-reason", ActSubject.Setting, id), token);
            happened.Note(new SiteReasonsChanged(id));
            return id;
        }
    }
}

/// <summary>Lets nobody choose a reason of the site's own any more, or everybody again. Questions closed for it keep it.</summary>
[For(Who.Administrator)]
public sealed record RetireSiteReason(long Id, bool IsRetired) : IRequest, ICommand
{
    internal sealed class Handler(Db db, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<RetireSiteReason>
    {
        public async Task Handle(RetireSiteReason retire, CancellationToken token)
        {
            if (!retire.IsRetired)
                await db.WhyNoMore(settings, token);
            var changed = await db.Execute(
                "update close_reasons set retired_at = case when @IsRetired then @now end where id = @Id and (retired_at is null) = @IsRetired",
                new { retire.Id, retire.IsRetired, now = clock.GetUtcNow() }, token);
            if (changed == 0)
                throw new NotFoundException();
            await log.Record(new Act(retire.IsRetired ? "retire-close-reason" : "restore-close-reason", ActSubject.Setting, retire.Id), token);
            happened.Note(new SiteReasonsChanged(retire.Id));
        }
    }
}

/// <summary>The site's own reasons for closing are others now, or say something else.</summary>
public sealed record SiteReasonsChanged(long Id) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Site();
}

/// <summary>A new reason is retired again.</summary>
internal sealed class UndoAddedReason : IUndo
{
    public string Action => "add-close-reason";

    public IBaseRequest Command(LoggedAct act) => new RetireSiteReason(act.SubjectId, IsRetired: true);
}

/// <summary>A retired reason can be chosen again.</summary>
internal sealed class UndoRetiredReason : IUndo
{
    public string Action => "retire-close-reason";

    public IBaseRequest Command(LoggedAct act) => new RetireSiteReason(act.SubjectId, IsRetired: false);
}

/// <summary>A reason that can be chosen again is retired again.</summary>
internal sealed class UndoRestoredReason : IUndo
{
    public string Action => "restore-close-reason";

    public IBaseRequest Command(LoggedAct act) => new RetireSiteReason(act.SubjectId, IsRetired: true);
}

/// <summary>How many there may be.</summary>
internal static class SiteReasonLimit
{
    /// <summary>Refuses one more than can be chosen from.</summary>
    public static async Task WhyNoMore(this Db db, ForumSettings settings, CancellationToken token)
    {
        if (await db.Get<int>("select count(*) from close_reasons where retired_at is null", token: token) >= settings.Closing.SiteReasons)
            new Refusal("closing.too-many-reasons", settings.Closing.SiteReasons).Throw();
    }
}
