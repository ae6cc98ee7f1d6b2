using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>Which synonyms are listed.</summary>
public enum SynonymState
{
    /// <summary>Those that stand for a tag, newest first.</summary>
    Approved,

    /// <summary>Those that are voted on, newest first.</summary>
    Proposed,
}

/// <summary>A page of the synonyms of all tags.</summary>
public sealed record ListSynonyms(SynonymState State = SynonymState.Approved, int Page = 1) : IRequest<PageOf<ListSynonyms.Item>>
{
    /// <summary>A synonym.</summary>
    public sealed record Item
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string Tag { get; init; } = "";
        public int Score { get; init; }
        public int Used { get; init; }
        public DateTimeOffset ProposedAt { get; init; }
        public DateTimeOffset? ApprovedAt { get; init; }

        /// <summary>How the one who asks has voted: 1, -1, or 0 for not at all.</summary>
        public int Vote { get; init; }

        /// <summary>Whether the one who asks proposed it.</summary>
        public bool IsOwn { get; init; }
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListSynonyms, PageOf<Item>>
    {
        public async Task<PageOf<Item>> Handle(ListSynonyms list, CancellationToken token)
        {
            var (size, which) = (settings.Tags.SynonymsListed, list.State == SynonymState.Approved ? "s.approved_at is not null" : "s.approved_at is null");
            var total = await db.Get<long>($"select count(*) from (select 1 from tag_synonyms s where {which} order by s.proposed_at desc, s.id desc limit @MostCounted)", new { settings.Pages.MostCounted }, token);
            var number = (int)Math.Clamp(list.Page, 1, Math.Max(1, (total + size - 1) / size));
            var items = await db.Query<Item>(
                $"{Synonyms.Select} where {which} order by s.proposed_at desc, s.id desc limit @size offset @skip", new { me = user.Id ?? 0, size, skip = (number - 1L) * size }, token);
            return new PageOf<Item>(items, number, size, total);
        }
    }
}

/// <summary>The synonyms of a tag, and what the one who asks may do about them.</summary>
/// <exception cref="NotFoundException">There is no such tag.</exception>
public sealed record ShowSynonyms(string Tag) : IRequest<ShowSynonyms.View>
{
    /// <param name="Tag">The tag's name.</param>
    /// <param name="StandsFor">The tag that it stands for itself, or null.</param>
    /// <param name="Items">Its synonyms, by name.</param>
    /// <param name="WhyNotPropose">Why the one who asks may not propose one, or null.</param>
    /// <param name="WhyNotVote">Why they may not vote on those of others, or null.</param>
    public sealed record View(string Tag, string? StandsFor, IReadOnlyList<ListSynonyms.Item> Items, Refusal? WhyNotPropose, Refusal? WhyNotVote);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ShowSynonyms, View>
    {
        public async Task<View> Handle(ShowSynonyms show, CancellationToken token)
        {
            var tag = await db.TagNamed(show.Tag, user.Id, token);
            var items = await db.Query<ListSynonyms.Item>($"{Synonyms.Select} where s.tag_id = @Id order by s.name", new { me = user.Id ?? 0, tag.Id }, token);
            var facts = await db.SynonymFacts("", tag, user.Id, token);
            var me = People.Seen(user);
            return new View(
                tag.Name, facts.TagStandsFor, items,
                user.IsSignedIn ? TagRules.WhyNotPropose(me, "", tag.Name, facts, settings) : Refusals.SignIn,
                user.IsSignedIn ? TagRules.WhyNotVote(me, null, isApproved: false, facts.Score, tag.Name, settings) : Refusals.SignIn);
        }
    }
}

/// <summary>Synonyms as they are listed.</summary>
internal static class Synonyms
{
    public const string Select =
        """
        select s.id as Id, s.name as Name, t.name as Tag, s.score as Score, s.used_count as Used, s.proposed_at as ProposedAt, s.approved_at as ApprovedAt,
               coalesce((select v.direction from tag_synonym_votes v where v.synonym_id = s.id and v.user_id = @me), 0) as Vote,
               coalesce(s.proposed_by = @me, 0) as IsOwn
        from tag_synonyms s
        join tags t on t.id = s.tag_id
        """;
}
