using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>Lets a proposed synonym stand, by a moderator alone.</summary>
[For(Who.Moderator)]
public sealed record ApproveSynonym(long Id) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<ApproveSynonym>
    {
        public async Task Handle(ApproveSynonym approve, CancellationToken token)
        {
            var synonym = await db.Synonym(approve.Id, token);
            if (synonym.IsApproved)
                new Refusal("tags.synonym-decided").Throw();
            await db.Approve(synonym, user.Required, happened, clock.GetUtcNow(), token);
            await log.Record(new Act("approve-synonym", ActSubject.Tag, synonym.TagId) { After = new { SynonymId = synonym.Id, synonym.Tag, Synonym = synonym.Name } }, token);
        }
    }

    internal sealed class Undo : IUndo
    {
        public string Action => "approve-synonym";

        public IBaseRequest? Command(LoggedAct act) => act.Value("SynonymId") is { } id ? new DeleteSynonym(id) : null;
    }
}

/// <summary>Deletes a synonym, by a moderator alone: one that is proposed, or one that stood. Questions keep the tag they have.</summary>
[For(Who.Moderator)]
public sealed record DeleteSynonym(long Id) : IRequest, ICommand
{
    internal sealed class Handler(Db db, CurrentUser user, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<DeleteSynonym>
    {
        public async Task Handle(DeleteSynonym delete, CancellationToken token)
        {
            var synonym = await db.Synonym(delete.Id, token);
            if (synonym.IsMerging)
                new Refusal("tags.is-merging").Throw();
            await db.Delete(synonym, user.Required, happened, clock.GetUtcNow(), token);
            await log.Record(
                new Act("delete-synonym", ActSubject.Tag, synonym.TagId) { Before = new { synonym.Tag, Synonym = synonym.Name, IsApproved = synonym.IsApproved ? 1 : 0 } }, token);
        }
    }

    // A proposal that was deleted had votes, which nothing brings back; one that stood stands again.
    internal sealed class Undo : IUndo
    {
        public string Action => "delete-synonym";

        public IBaseRequest? Command(LoggedAct act) =>
            act.FormerValue("IsApproved") == 1 && act.FormerText("Tag") is { } tag && act.FormerText("Synonym") is { } name ? new ProposeSynonym(tag, name) : null;
    }
}

/// <summary>A synonym as its row has it.</summary>
internal sealed record Synonym
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public long TagId { get; init; }
    public string Tag { get; init; } = "";
    public long? ProposedBy { get; init; }
    public bool IsApproved { get; init; }

    /// <summary>Whether questions are being moved from the name to the tag just now.</summary>
    public bool IsMerging { get; init; }
}

/// <summary>What becomes of synonyms.</summary>
internal static class SynonymDecisions
{
    /// <summary>The synonym of an id.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public static async Task<Synonym> Synonym(this Db db, long id, CancellationToken token) =>
        await db.Find<Synonym>(
            """
            select s.id as Id, s.name as Name, s.tag_id as TagId, t.name as Tag, s.proposed_by as ProposedBy, s.approved_at is not null as IsApproved,
                   exists (select 1 from tag_merges m where m.finished_at is null and m.tag_id = (select id from tags where name = s.name)) as IsMerging
            from tag_synonyms s
            join tags t on t.id = s.tag_id
            where s.id = @id
            """,
            new { id }, token) ?? throw new NotFoundException();

    /// <summary>Approves one, by a moderator or by its votes.</summary>
    public static async Task Approve(this Db db, Synonym synonym, long? by, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("update tag_synonyms set approved_at = @now, approved_by = @by where id = @Id", new { synonym.Id, by, now }, token);
        await db.LogTag(TagEvent.Approved, synonym.Tag, synonym.Name, by, now, token);
        happened.Note(new SynonymApproved(synonym.Tag, synonym.Name, synonym.ProposedBy));
    }

    /// <summary>Deletes one with its votes, by a moderator or by them.</summary>
    public static async Task Delete(this Db db, Synonym synonym, long? by, Happened happened, DateTimeOffset now, CancellationToken token)
    {
        await db.Execute("delete from tag_synonyms where id = @Id", new { synonym.Id }, token);
        await db.LogTag(TagEvent.Deleted, synonym.Tag, synonym.Name, by, now, token);
        happened.Note(new SynonymChanged(synonym.Tag, synonym.Name, by));
    }
}
