using FluentValidation;
using Forum.Core.Moderation;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>
/// Proposes that a name stand for a tag, and returns the synonym's id. A moderator's stands at once. Rules: <see cref="TagRules"/>,
/// docs/rules/tags.md.
/// </summary>
/// <param name="Tag">The tag that is used.</param>
/// <param name="Synonym">The name that stands for it: a tag of its own so far, or none.</param>
public sealed record ProposeSynonym(string Tag, string Synonym) : IRequest<long>, ICommand
{
    internal sealed class Rules : AbstractValidator<ProposeSynonym>
    {
        public Rules(ForumSettings settings) => RuleFor(p => p.Synonym).IsTag(settings.Limits);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, ModerationLog log, Happened happened, TimeProvider clock) : IRequestHandler<ProposeSynonym, long>
    {
        public async Task<long> Handle(ProposeSynonym propose, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var tag = await db.TagNamed(propose.Tag, me.Id, token);
            var name = TagNames.Parse(propose.Synonym)[0];
            TagRules.WhyNotPropose(me, name, tag.Name, await db.SynonymFacts(name, tag, me.Id, token), settings)?.Throw();

            var id = await db.Get<long>(
                """
                insert into tag_synonyms (name, tag_id, proposed_by, proposed_at, approved_at, approved_by)
                values (@name, @Id, @me, @now, case when @isBinding then @now end, case when @isBinding then @me end)
                returning id
                """,
                new { name, tag.Id, me = me.Id, now, isBinding = me.IsModerator }, token);
            await db.LogTag(me.IsModerator ? TagEvent.Approved : TagEvent.Proposed, tag.Name, name, me.Id, now, token);
            if (me.IsModerator)
                await log.Record(new Act("approve-synonym", ActSubject.Tag, tag.Id) { After = new { SynonymId = id, Tag = tag.Name, Synonym = name } }, token);
            happened.Note(me.IsModerator ? new SynonymApproved(tag.Name, name, me.Id) : new SynonymChanged(tag.Name, name, me.Id));
            return id;
        }
    }
}
