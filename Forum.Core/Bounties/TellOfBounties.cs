using Forum.Data;

namespace Forum.Core.Bounties;

/// <summary>
/// Writes notices of bounties: to the asker and the followers of a question that has one, to whoever got one, to the sponsor
/// of one that ends. As with other notices, nobody is told of their own acts, nor of what is deleted by now.
/// </summary>
internal sealed class TellOfBounties(Db db) : IHear<BountyStarted>, IHear<BountyAwarded>, IHear<BountyReminded>, IHear<BountyExpired>, IHear<BountyRefunded>
{
    public Task Hear(Heard<BountyStarted> heard, CancellationToken token)
    {
        var what = heard.What;
        return db.InTransaction(async () =>
        {
            var amount = await db.Get<int>("select amount from bounties where id = @BountyId", new { what.BountyId }, token);
            var told = new { heard.Id, heard.At, post = what.QuestionId, actor = what.SponsorId, amount };
            await db.Execute(
                """
                insert into inbox (user_id, kind, post_id, question_id, actor_id, amount, at, event_id)
                select author_id, 'bounty-started', id, id, @actor, @amount, @At, @Id
                from posts
                where id = @post and deleted_at is null and author_id > 0 and author_id <> @actor
                on conflict do nothing
                """, told, token);
            await db.Execute(
                """
                insert into inbox (user_id, kind, post_id, question_id, actor_id, amount, at, event_id)
                select f.user_id, 'follow-bounty', q.id, q.id, @actor, @amount, @At, @Id
                from posts q
                join follows f on f.post_id = q.id
                where q.id = @post and q.deleted_at is null and f.user_id <> @actor
                on conflict do nothing
                """, told, token);
        }, token);
    }

    public Task Hear(Heard<BountyAwarded> heard, CancellationToken token)
    {
        var what = heard.What;
        return db.InTransaction(async () =>
        {
            await Tell(what.AnswererId, "bounty-awarded", what.AnswerId, what.ByItself ? null : what.SponsorId, what.Amount, heard.Id, heard.At, token);
            if (what.ByItself)
                await Tell(what.SponsorId, "bounty-went", what.AnswerId, null, what.Amount, heard.Id, heard.At, token);
        }, token);
    }

    public Task Hear(Heard<BountyReminded> heard, CancellationToken token) =>
        Tell(heard.What.SponsorId, heard.What.IsOver ? "bounty-grace" : "bounty-ends-soon", heard.What.QuestionId, null, heard.What.Amount, heard.Id, heard.At, token);

    public Task Hear(Heard<BountyExpired> heard, CancellationToken token) =>
        Tell(heard.What.SponsorId, "bounty-expired", heard.What.QuestionId, null, heard.What.Amount, heard.Id, heard.At, token);

    public Task Hear(Heard<BountyRefunded> heard, CancellationToken token) =>
        Tell(heard.What.SponsorId, "bounty-refunded", heard.What.QuestionId, heard.What.ModeratorId, heard.What.Amount, heard.Id, heard.At, token);

    private Task<int> Tell(long? someone, string kind, long post, long? actor, int amount, long id, DateTimeOffset at, CancellationToken token) =>
        db.InTransaction(
            () => db.Execute(
                """
                insert into inbox (user_id, kind, post_id, question_id, actor_id, amount, at, event_id)
                select u.id, @kind, p.id, q.id, @actor, @amount, @at, @id
                from posts p
                join posts q on q.id = coalesce(p.question_id, p.id)
                join users u on u.id = @someone
                where p.id = @post and p.deleted_at is null and q.deleted_at is null and u.id > 0 and u.id is not @actor
                on conflict do nothing
                """, new { someone, kind, post, actor, amount, at, id }, token), token);
}
