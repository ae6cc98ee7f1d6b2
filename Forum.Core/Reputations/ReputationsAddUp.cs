using Forum.Core.Editing;
using Forum.Core.Settings;
using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Reputations;

/// <summary>
/// Everybody's reputation is the fold of the events that count, and 1 plus all that was applied; so is each kept day's
/// end. One pass over the ledger, one person in memory at a time.
/// </summary>
internal sealed class ReputationsAreFolds(SettingsStore settings) : ICheck
{
    public string Name => "reputation";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token)
    {
        var rules = settings.Current.Reputation;
        var people = (await db.Query<Person>("select id as Id, reputation as Reputation from users order by id", token: token)).ToDictionary(p => p.Id, p => p.Reputation);
        var days = (await db.Query<Day>("select user_id as UserId, day as Number, balance as Balance, capped as Capped from reputation_days order by user_id, day", token: token))
            .ToLookup(d => d.UserId);

        var differences = new List<string>();
        var mine = new List<Row>();
        long? current = null;
        await foreach (var row in db.Stream<Row>(
            "select user_id as UserId, kind as Kind, nominal as Nominal, applied as Applied, at as At, state as State from reputation_events order by user_id, at, id")
            .WithCancellation(token))
        {
            if (row.UserId != current && current is { } done)
            {
                Compare(done);
                mine.Clear();
            }

            current = row.UserId;
            mine.Add(row);
        }

        if (current is { } last)
            Compare(last);
        differences.AddRange(people.Where(p => p.Value != ReputationSettings.Start).Select(p => $"user {p.Key} has {p.Value} and no events"));
        return differences;

        void Compare(long id)
        {
            people.Remove(id, out var reputation);
            var folded = ReputationFold.Fold(
                ReputationSettings.Start,
                [
                    .. from row in mine
                       where row is { State: 0, Kind: not ReputationKind.Adjustment }
                       select new CountedEvent(row.Kind, row.Nominal, DayBalance.Of(row.At)),
                ],
                rules);
            var sum = ReputationSettings.Start + mine.Sum(row => row.Applied);
            if (reputation != folded.Balance)
                differences.Add($"user {id} has {reputation}, the events that count say {folded.Balance}");
            if (reputation != sum)
                differences.Add($"user {id} has {reputation}, what was applied adds up to {sum}");
            if (days[id].Count() != folded.Days.Count || days[id].Zip(folded.Days).Any(day => !day.First.Is(day.Second)))
                differences.Add($"user {id} has other day balances than the events that count say");
        }
    }

    private sealed record Person
    {
        public long Id { get; init; }
        public int Reputation { get; init; }
    }

    private sealed record Day
    {
        public long UserId { get; init; }
        public long Number { get; init; }
        public int Balance { get; init; }
        public int? Capped { get; init; }

        // An older program did not write how much of the cap was used.
        public bool Is(DayBalance end) => new DayBalance(Number, Balance, Capped ?? end.Capped) == end;
    }

    private sealed record Row
    {
        public long UserId { get; init; }
        public ReputationKind Kind { get; init; }
        public int Nominal { get; init; }
        public int Applied { get; init; }
        public DateTimeOffset At { get; init; }
        public int State { get; init; }
    }
}

/// <summary>Events count, or do not, as the deletion of their post has it.</summary>
internal sealed class ReputationFollowsDeletion(SettingsStore settings) : ICheck
{
    public string Name => "reputation of deleted posts";

    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token)
    {
        var rules = settings.Current.Reputation;
        return await db.Query<string>(
            $"""
            select 'event ' || e.id || ' of user ' || e.user_id || ' has state ' || e.state || ', post ' || p.id || ' says otherwise'
            from reputation_events e
            join posts p on p.id = e.post_id
            left join posts q on q.id = p.question_id
            where e.kind > 0 and e.state in (0, 2) and (e.state = 2) <> ({ReputationLedger.IsHidden})
            order by e.id
            """,
            new { keptFromScore = rules.KeptFromScore, keptAfter = ReputationLedger.KeptAfter(rules) }, token);
    }
}

/// <summary>Each vote and each accept that moves reputation has its event, and no event is without its act.</summary>
internal sealed class ReputationHasCauses : ICheck
{
    public string Name => "reputation's causes";

    // Community wiki is left out: a post may have become one after votes that still count. So is what was done while a post was one.
    public async Task<IReadOnlyList<string>> Differences(Db db, CancellationToken token) =>
        await db.Query<string>(
            $"""
            with acts as (
                select p.author_id as user_id, v.post_id, v.user_id as cause_id,
                       case when v.direction = -1 then {(int)ReputationKind.PostDownvoted}
                            when p.kind = 1 then {(int)ReputationKind.QuestionUpvoted}
                            else {(int)ReputationKind.AnswerUpvoted} end as kind
                from votes v
                join posts p on p.id = v.post_id
                where p.author_id is not null and p.wiki_at is null and not {WhileWiki("v.post_id", "coalesce(v.counted_at, v.cast_at)")}
                union all
                select v.user_id, v.post_id, v.user_id, {(int)ReputationKind.AnswerDownvoteCast}
                from votes v
                join posts p on p.id = v.post_id
                join users u on u.id = v.user_id and u.removed_at is null
                where v.direction = -1 and p.kind = 2 and p.wiki_at is null and not {WhileWiki("v.post_id", "coalesce(v.counted_at, v.cast_at)")}
                union all
                -- An import brings accepts whose reputation is in the opening balance.
                select p.author_id, p.id, q.author_id, {(int)ReputationKind.AnswerAccepted}
                from posts q
                join posts p on p.id = q.accepted_answer_id
                where q.is_imported = 0 and p.author_id <> q.author_id and p.wiki_at is null and not {WhileWiki("p.id", "q.accepted_at")}
                union all
                select q.author_id, p.id, q.author_id, {(int)ReputationKind.AcceptedAnswer}
                from posts q
                join posts p on p.id = q.accepted_answer_id
                where q.is_imported = 0 and p.author_id <> q.author_id and p.wiki_at is null and not {WhileWiki("p.id", "q.accepted_at")})
            select 'user ' || a.user_id || ' has no event of kind ' || a.kind || ' for the act of ' || a.cause_id || ' on post ' || a.post_id
            from acts a
            where not exists (
                select 1 from reputation_events e
                where e.user_id = a.user_id and e.kind = a.kind and e.post_id = a.post_id and e.cause_id = a.cause_id and e.state in (0, 2))
            union all
            select 'event ' || e.id || ' of user ' || e.user_id || ' counts without a vote on post ' || e.post_id
            from reputation_events e
            join posts p on p.id = e.post_id
            where e.kind between {(int)ReputationKind.QuestionUpvoted} and {(int)ReputationKind.AnswerDownvoteCast} and e.state in (0, 2)
              and not exists (select 1 from votes v where v.post_id = e.post_id and v.user_id = e.cause_id)
            union all
            select 'event ' || e.id || ' of user ' || e.user_id || ' counts without an accept of answer ' || e.post_id
            from reputation_events e
            join posts p on p.id = e.post_id
            where e.kind in ({(int)ReputationKind.AnswerAccepted}, {(int)ReputationKind.AcceptedAnswer}) and e.state in (0, 2)
              and not exists (select 1 from posts q where q.accepted_answer_id = e.post_id)
              -- An answer that went to another question left its mark behind, and kept what that brought.
              and not exists (select 1 from moved_answers m where m.answer_id = e.post_id and m.accepted_at is not null and m.returned_at is null)
            """, token: token);

    private static string WhileWiki(string post, string at) =>
        $"exists (select 1 from post_events w where w.post_id = {post} and w.kind = '{Wikis.Ended}' and w.at >= {at})";
}
