using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Abuse;

/// <summary>Who says what is blocked (docs/rules/abuse.md, section 2).</summary>
public static class BlockingRules
{
    /// <summary>Why somebody who sees the list may not change it.</summary>
    public static Refusal? WhyNot(bool isAdministrator, AbuseSettings rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return isAdministrator || rules.ModeratorsBlock ? null : Refusals.AdministratorsOnly;
    }

    /// <summary>The texts of a list, one a line.</summary>
    public static IReadOnlyList<string> Lines(string? texts) =>
        [.. TextLength.Clean(texts).Split('\n').Select(TextLength.Line).Where(line => line.Length > 0)];
}

/// <summary>Blocks domains or phrases, one a line, and returns how many were not blocked before. Rules: docs/rules/abuse.md, section 2.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Action">What is done with a text that has one of them.</param>
/// <param name="Texts">One a line.</param>
/// <param name="Note">Why, for moderators.</param>
[For(Who.Moderator)]
public sealed record BlockTexts(BlockedKind Kind, BlockedAction Action, string Texts, string Note = "") : IRequest<int>, ICommand
{
    /// <summary>Most lines at a time.</summary>
    public const int Most = 500;

    /// <summary>Most characters of a line, and of a note.</summary>
    public const int Longest = 200;

    internal sealed class Rules : AbstractValidator<BlockTexts>
    {
        public Rules()
        {
            RuleFor(b => b.Kind).IsInEnum().WithErrorCode("abuse.no-kind");
            RuleFor(b => b.Action).Must((b, action) => b.Kind is BlockedKind.Domain or BlockedKind.Phrase ? action is BlockedAction.Refuse or BlockedAction.Hold : true)
                .WithErrorCode("abuse.no-action");
            RuleFor(b => b.Note).HasLength(new LengthRange(0, Longest));
            RuleFor(b => b.Texts).Cascade(CascadeMode.Stop)
                .Must(texts => BlockingRules.Lines(texts).Count > 0).WithErrorCode("abuse.nothing-to-block")
                .Must(texts => BlockingRules.Lines(texts).Count <= Most).WithErrorCode("abuse.too-many-lines").WithState(_ => new object[] { Most })
                .Custom((texts, context) =>
                {
                    var kind = context.InstanceToValidate.Kind;
                    foreach (var line in BlockingRules.Lines(texts))
                    {
                        var folded = BlockedText.FoldedFor(kind, line);
                        var code = kind == BlockedKind.Domain ? folded.Length == 0 ? "abuse.no-domain" : null : TextLength.Weight(folded) < 2 ? "abuse.no-phrase" : null;
                        if (line.Length > Longest)
                            code = "abuse.too-long-line";
                        if (code is not null)
                        {
                            context.AddFailure(new FluentValidation.Results.ValidationFailure(nameof(Texts), code) { ErrorCode = code, CustomState = new object[] { line.Length > 60 ? line[..60] + "…" : line } });
                            return;
                        }
                    }
                });
        }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<BlockTexts, int>
    {
        public async Task<int> Handle(BlockTexts block, CancellationToken token)
        {
            BlockingRules.WhyNot(user.IsAdministrator, settings.Abuse)?.Throw();
            var action = block.Kind is BlockedKind.Domain or BlockedKind.Phrase ? block.Action : BlockedAction.None;
            var added = 0;
            foreach (var line in BlockingRules.Lines(block.Texts))
            {
                var id = await db.Find<long?>(
                    """
                    insert into blocked_texts (kind, action, text, folded, note, created_at, created_by, version)
                    values (@Kind, @action, @line, @folded, @note, @now, @by, (select coalesce(max(version), 0) + 1 from blocked_texts))
                    on conflict do nothing
                    returning id
                    """,
                    new { block.Kind, action, line, folded = BlockedText.FoldedFor(block.Kind, line), note = TextLength.Line(block.Note), now = clock.GetUtcNow(), by = user.Required }, token);
                if (id is not { } made)
                    continue;
                await log.Record(new Act("block-text", ActSubject.Setting, made) { After = new { Kind = (int)block.Kind, Action = (int)action } }, token);
                added++;
            }

            if (added == 0)
                throw new ConflictException(new Refusal("abuse.blocked-already"));
            happened.Note(new BlockedTextsChanged(added));
            return added;
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "block-text";

        public IBaseRequest? Command(LoggedAct act) => new UnblockText(act.SubjectId);
    }
}

/// <summary>Blocks a domain or a phrase no longer.</summary>
[For(Who.Moderator)]
public sealed record UnblockText(long Id) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<UnblockText>
    {
        public async Task Handle(UnblockText unblock, CancellationToken token)
        {
            BlockingRules.WhyNot(user.IsAdministrator, settings.Abuse)?.Throw();
            await db.SetRemoved(unblock.Id, clock.GetUtcNow(), token);
            await log.Record(new Act("unblock-text", ActSubject.Setting, unblock.Id), token);
            happened.Note(new BlockedTextsChanged(1));
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "unblock-text";

        public IBaseRequest? Command(LoggedAct act) => new BlockAgain(act.SubjectId);
    }
}

/// <summary>Blocks a domain or a phrase again that is blocked no longer.</summary>
[For(Who.Moderator)]
public sealed record BlockAgain(long Id) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened) : IRequestHandler<BlockAgain>
    {
        public async Task Handle(BlockAgain again, CancellationToken token)
        {
            BlockingRules.WhyNot(user.IsAdministrator, settings.Abuse)?.Throw();
            var isThere = await db.Get<bool>(
                "select exists (select 1 from blocked_texts b join blocked_texts o on o.kind = b.kind and o.folded = b.folded and o.id <> b.id and o.removed_at is null where b.id = @Id)",
                new { again.Id }, token);
            if (isThere)
                throw new ConflictException(new Refusal("abuse.blocked-already"));
            await db.SetRemoved(again.Id, null, token);
            await log.Record(new Act("block-text-again", ActSubject.Setting, again.Id), token);
            happened.Note(new BlockedTextsChanged(1));
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "block-text-again";

        public IBaseRequest? Command(LoggedAct act) => new UnblockText(act.SubjectId);
    }
}

/// <summary>Other texts are blocked than before: only moderators see which.</summary>
public sealed record BlockedTextsChanged(int Texts) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
    }
}

/// <summary>What is blocked, in force or not, and how often forms were filled by programs of late. For moderators.</summary>
/// <param name="Kind">Of one kind only.</param>
[For(Who.Moderator)]
public sealed record ListBlocked(BlockedKind? Kind = null) : IRequest<ListBlocked.View>
{
    /// <param name="Texts">Those in force by kind and text, then those that are not, the latest first.</param>
    /// <param name="WhyNot">Why the reader may not change them.</param>
    /// <param name="Traps">How often each trap was sprung in the last 30 days.</param>
    public sealed record View(IReadOnlyList<BlockedText> Texts, Refusal? WhyNot, IReadOnlyList<SprungTrap> Traps);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ListBlocked, View>
    {
        private const int Days = 30;

        public async Task<View> Handle(ListBlocked list, CancellationToken token) => new(
            await db.Query<BlockedText>(
                $"""
                select {BlockedText.Columns}
                from blocked_texts b
                where @Kind is null or b.kind = @Kind
                order by b.removed_at is not null, b.removed_at desc, b.kind, b.folded
                limit 5000
                """, new { list.Kind }, token),
            BlockingRules.WhyNot(user.IsAdministrator, settings.Abuse),
            await db.Query<SprungTrap>(
                "select trap as Trap, sum(times) as Times from sprung_traps where day > @since group by trap order by trap",
                new { since = SpringTrap.Day(clock.GetUtcNow()) - Days }, token));
    }
}

/// <summary>Rows of what is blocked.</summary>
internal static class BlockedRows
{
    /// <summary>Sets since when a text is not looked for; null: it is.</summary>
    public static async Task SetRemoved(this Db db, long id, DateTimeOffset? at, CancellationToken token)
    {
        var changed = await db.Execute(
            """
            update blocked_texts
            set removed_at = @at, version = (select max(version) + 1 from blocked_texts)
            where id = @id and (removed_at is null) = (@at is not null)
            """, new { id, at }, token);
        if (changed == 0)
            throw new NotFoundException();
    }

    /// <summary>Counts that texts were found.</summary>
    public static Task<int> CountHits(this Db db, IEnumerable<long> ids, DateTimeOffset now, CancellationToken token) =>
        db.Execute($"update blocked_texts set hits = hits + 1, last_hit_at = @now where {db.Dialect.InList("id", "@ids")}", new { ids = db.Dialect.List(ids), now }, token);
}
