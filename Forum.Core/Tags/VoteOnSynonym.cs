using FluentValidation;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Core.Voting;
using Forum.Data;
using MediatR;

namespace Forum.Core.Tags;

/// <summary>
/// Votes on a proposed synonym; another vote takes the place of one's first. Enough votes approve it, or delete it. Returns whether it
/// stands; null when it is gone.
/// </summary>
public sealed record VoteOnSynonym(long Id, Direction Direction) : IRequest<bool?>, ICommand
{
    internal sealed class Rules : AbstractValidator<VoteOnSynonym>
    {
        public Rules() => RuleFor(v => v.Direction).IsInEnum().WithErrorCode("tags.no-vote");
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, Happened happened, TimeProvider clock) : IRequestHandler<VoteOnSynonym, bool?>
    {
        public async Task<bool?> Handle(VoteOnSynonym vote, CancellationToken token)
        {
            var now = clock.GetUtcNow();
            var me = await db.Me(user, token);
            var synonym = await db.Synonym(vote.Id, token);
            var score = await db.Find<int>("select answer_score from tag_scores where user_id = @me and tag_id = @TagId", new { me = me.Id, synonym.TagId }, token);
            TagRules.WhyNotVote(me, synonym.ProposedBy, synonym.IsApproved, score, synonym.Tag, settings)?.Throw();

            await db.Execute(
                """
                insert into tag_synonym_votes (synonym_id, user_id, direction, cast_at) values (@Id, @me, @direction, @now)
                on conflict (synonym_id, user_id) do update set direction = excluded.direction, cast_at = excluded.cast_at
                """,
                new { vote.Id, me = me.Id, direction = (int)vote.Direction, now }, token);
            var sum = await db.Get<int>(
                """
                update tag_synonyms
                set score = (select coalesce(sum(direction), 0) from tag_synonym_votes where synonym_id = @Id)
                where id = @Id
                returning score
                """,
                new { vote.Id }, token);
            if (sum >= settings.Tags.SynonymApproved)
            {
                await db.Approve(synonym, null, happened, now, token);
                return true;
            }

            if (sum <= settings.Tags.SynonymDeleted)
            {
                await db.Delete(synonym, null, happened, now, token);
                return null;
            }

            happened.Note(new SynonymChanged(synonym.Tag, synonym.Name, me.Id));
            return false;
        }
    }
}
