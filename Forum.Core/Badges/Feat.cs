using Forum.Core.Bounties;
using Forum.Core.Flags;
using Forum.Core.Reputations;
using Forum.Core.Reviews;

namespace Forum.Core.Badges;

/// <summary>What a badge can be earned for again.</summary>
public enum Per
{
    /// <summary>Nothing: it is earned once.</summary>
    Once,

    /// <summary>Each post.</summary>
    Post,

    /// <summary>Each year of membership.</summary>
    Year,

    /// <summary>Each review queue.</summary>
    Queue,
}

/// <summary>What may earn somebody a badge, and whom or what is looked at then.</summary>
public enum Trigger
{
    /// <summary>Posts whose votes changed.</summary>
    Scored,

    /// <summary>Answers that were accepted.</summary>
    Accepted,

    /// <summary>Posts whose authors gained reputation by them.</summary>
    Gained,

    /// <summary>Questions that enough people have looked at.</summary>
    Viewed,

    /// <summary>Posts that enough people have saved.</summary>
    Saved,

    /// <summary>Posts that were deleted.</summary>
    Deleted,

    /// <summary>Comments whose votes changed.</summary>
    CommentScored,

    /// <summary>People who voted.</summary>
    Voted,

    /// <summary>People who commented.</summary>
    Commented,

    /// <summary>People who edited a post.</summary>
    Edited,

    /// <summary>People who decided on a suggested edit, or reviewed a post.</summary>
    Reviewed,

    /// <summary>People who flagged, or whose flag was helpful.</summary>
    Flagged,

    /// <summary>People who proposed a synonym of a tag that was approved.</summary>
    Synonym,

    /// <summary>People whose profile was edited.</summary>
    ProfileEdited,

    /// <summary>People who offered or awarded a bounty.</summary>
    Sponsored,

    /// <summary>People who came more days in a row than ever before.</summary>
    Visited,

    /// <summary>People for whom a day made a difference: a year is full, their tags have grown. Looked for once a day.</summary>
    DayPassed,
}

/// <summary>
/// Something that can be done, as the query that finds who did it. It gives a row for each time it was done, or for each person
/// with how often: UserId, PostId (what is shown beside the badge, or null), Thing (see <see cref="Per"/>; 0 when once) and Value,
/// which a badge's first number is compared with. Further numbers are @b and @c. Of posts only those that can be seen count.
/// </summary>
public sealed record Feat
{
    private const long Day = 86_400_000;
    private const long Hour = 3_600_000;
    private const long Month = Day * 61 / 2;

    /// <summary>A year of membership, as long as four years are on the average.</summary>
    internal const long Year = Day * 1461 / 4;

    // Votes for questions were worth this on the network until November 2019: days of a dump before it go by it.
    private const long QuestionsWorthHalfUntil = 18_213;

    private const string Ids = "in (select value from json_each(@ids))";
    private const string ThesePeople = "select value as id from json_each(@ids)";
    private const string AuthorsOfPosts = $"select author_id as id from posts where id {Ids}";

    private Feat(Per per, string byPerson, Func<string, string> sql, params (Trigger Trigger, string Which)[] on)
    {
        (Per, ByPerson, Sql) = (per, byPerson, sql);
        On = on.ToDictionary(o => o.Trigger, o => o.Which);
    }

    /// <summary>What it can be done for again.</summary>
    public Per Per { get; }

    /// <summary>Whether Value grows with what a person does, so that they can be told how far they are.</summary>
    public bool HasProgress { get; private init; }

    /// <summary>
    /// What is looked at when: the condition that finds it among @ids, and nothing else. When <see cref="HasProgress"/>, the query that
    /// names the people: whoever holds the badge is not counted for again.
    /// </summary>
    internal IReadOnlyDictionary<Trigger, string> On { get; }

    /// <summary>The condition that finds everything of the people @ids.</summary>
    internal string ByPerson { get; }

    /// <summary>The query under such a condition.</summary>
    internal Func<string, string> Sql { get; }

    private static Feat Of(Per per, string byPerson, Func<string, string> sql, params (Trigger Trigger, string Which)[] on) => new(per, byPerson, sql, on);

    // How often, or how much, a person did something, in all.
    private static Feat Sum(string byPerson, Func<string, string> sql, params (Trigger Trigger, string Which)[] on) => new(Per.Once, byPerson, sql, on) { HasProgress = true };

    private static Feat FirstGood(int kind) => Of(
        Per.Once, $"p.author_id {Ids}", which =>
        $"""
        select p.author_id as UserId, min(p.id) as PostId, 0 as Thing, max(p.score) as Value
        from posts p
        where {which} and p.kind = {kind} and p.is_listed = 1 and p.score >= @a
        group by p.author_id
        """, (Trigger.Scored, $"p.id {Ids}"));

    private static Feat PostNumber(int kind, string column, Trigger trigger) => Of(
        Per.Post, $"p.author_id {Ids}", which =>
        $"""
        select p.author_id as UserId, p.id as PostId, p.id as Thing, p.{column} as Value
        from posts p
        where {which} and p.kind = {kind} and p.is_listed = 1
        """, (trigger, $"p.id {Ids}"));

    private static Feat Bounty(string whose, string condition) => Of(
        Per.Once, $"b.sponsor_id {Ids}", which =>
        $"""
        select b.sponsor_id as UserId, min(q.id) as PostId, 0 as Thing, count(*) as Value
        from bounties b
        join posts q on q.id = b.question_id
        where {which} and q.author_id {whose} b.sponsor_id{condition}
        group by b.sponsor_id
        """, (Trigger.Sponsored, $"b.sponsor_id {Ids}"));

    private static readonly string NotRefunded = $" and b.outcome is not {(int)BountyOutcome.Refunded}";
    private static readonly string ByHand = $" and b.outcome = {(int)BountyOutcome.Awarded}";

    // An answer a and its question q.
    private static Feat Answer(Per per, string condition, params (Trigger Trigger, string Which)[] on) => Of(
        per, $"a.author_id {Ids}", which =>
        $"""
        select a.author_id as UserId, a.id as PostId, {(per == Per.Once ? "0" : "a.id")} as Thing, a.score as Value
        from posts a
        join posts q on q.id = a.question_id
        where {which} and a.kind = 2 and a.is_listed = 1 and a.score >= @a and {condition}
        """, on);

    private const string ThisAnswer = $"a.id {Ids}";

    private static Feat CountVotes(string direction, string legacy) => Sum(
        $"u.id {Ids}", which =>
        $"""
        select u.id as UserId, null as PostId, 0 as Thing, (select count(*) from votes v where v.user_id = u.id{direction}) + {legacy} as Value
        from users u
        where {which}
        """, (Trigger.Voted, ThesePeople));

    private static Feat Deletion(string value) => Of(
        Per.Once, $"p.deleted_by {Ids}", which =>
        $"""
        select p.author_id as UserId, null as PostId, 0 as Thing, max({value}) as Value
        from posts p
        where {which} and p.deleted_by = p.author_id and p.deleted_at is not null and p.kind in (1, 2)
        group by p.author_id
        """, (Trigger.Deleted, $"p.id {Ids}"));

    internal static readonly Feat FirstGoodQuestion = FirstGood(1);
    internal static readonly Feat FirstGoodAnswer = FirstGood(2);
    internal static readonly Feat QuestionScore = PostNumber(1, "score", Trigger.Scored);
    internal static readonly Feat AnswerScore = PostNumber(2, "score", Trigger.Scored);
    internal static readonly Feat QuestionViews = PostNumber(1, "view_count", Trigger.Viewed);
    internal static readonly Feat QuestionSaves = PostNumber(1, "save_count", Trigger.Saved);

    internal static readonly Feat AcceptedAnAnswer = Of(
        Per.Once, $"q.author_id {Ids}", which =>
        $"""
        select q.author_id as UserId, min(q.id) as PostId, 0 as Thing, count(*) as Value
        from posts q
        where {which} and q.kind = 1 and q.is_listed = 1 and q.accepted_answer_id is not null
        group by q.author_id
        """, (Trigger.Accepted, $"q.id in (select question_id from posts where id {Ids})"));

    // Well received is what scores above 0 and is open; the record is the share of those less the share of what scores below 0.
    internal static readonly Feat DaysOfGoodQuestions = Sum(
        $"p.author_id {Ids}", which =>
        $"""
        select p.author_id as UserId, null as PostId, 0 as Thing, count(distinct case when p.score > 0 and p.closed_at is null then p.created_at / {Day} end) as Value
        from posts p
        where {which} and p.kind = 1 and p.is_listed = 1
        group by p.author_id
        having 2 * (count(*) filter (where p.score > 0 and p.closed_at is null) - count(*) filter (where p.score < 0)) >= count(*)
        """, (Trigger.Scored, $"select author_id as id from posts where id {Ids} and kind = 1"));

    internal static readonly Feat OwnBountyOffered = Bounty("=", NotRefunded);
    internal static readonly Feat OthersBountyOffered = Bounty("is not", NotRefunded);
    internal static readonly Feat OwnBountyAwarded = Bounty("=", ByHand);
    internal static readonly Feat OthersBountyAwarded = Bounty("is not", ByHand);

    internal static readonly Feat OwnQuestionAnswered = Answer(Per.Once, "q.author_id = a.author_id", (Trigger.Scored, ThisAnswer));

    // By somebody's vote only those are looked at who edited the question of the answer that was voted on.
    internal static readonly Feat EditedAndAnswered = Sum(
        $"a.author_id {Ids}", which =>
        $"""
        select a.author_id as UserId, null as PostId, 0 as Thing, count(distinct a.question_id) as Value
        from posts a
        join posts q on q.id = a.question_id
        where {which} and a.kind = 2 and a.is_listed = 1 and a.score > 0 and q.author_id is not a.author_id and q.closed_at is null
          and exists (
              select 1 from revisions r
              where r.post_id = q.id and r.author_id = a.author_id and r.number > 1
                and r.created_at between a.created_at - @b * {Hour} and a.created_at + @b * {Hour})
        group by a.author_id
        """,
        (Trigger.Edited, ThesePeople),
        (Trigger.Scored,
        $"""
        select x.author_id as id
        from posts x
        join revisions r on r.post_id = x.question_id and r.author_id = x.author_id
        where x.id {Ids} and x.kind = 2 and r.number > 1
        """));

    internal static readonly Feat FirstAndAccepted = Answer(
        Per.Post,
        """
        q.accepted_answer_id = a.id and q.author_id is not a.author_id
          and not exists (select 1 from posts x where x.question_id = q.id and x.kind = 2 and x.deleted_at is null and x.created_at < a.created_at)
        """, (Trigger.Scored, ThisAnswer), (Trigger.Accepted, ThisAnswer));

    internal static readonly Feat AcceptedScore = Answer(Per.Post, "q.accepted_answer_id = a.id", (Trigger.Scored, ThisAnswer), (Trigger.Accepted, ThisAnswer));

    internal static readonly Feat BetterThanAccepted = Of(
        Per.Post, $"a.author_id {Ids}", which =>
        $"""
        select a.author_id as UserId, a.id as PostId, a.id as Thing, c.score as Value
        from posts a
        join posts q on q.id = a.question_id
        join posts c on c.id = q.accepted_answer_id
        where {which} and a.kind = 2 and a.is_listed = 1 and c.deleted_at is null and a.score > @b * c.score
          and not exists (select 1 from posts x where x.question_id = q.id and x.kind = 2 and x.deleted_at is null and x.score > a.score)
        """,
        (Trigger.Scored, $"a.question_id in (select question_id from posts where id {Ids} and kind = 2)"),
        (Trigger.Accepted, $"a.question_id in (select question_id from posts where id {Ids} and kind = 2)"));

    // The first that helped: an answer below the score does not stand in the way.
    internal static readonly Feat FirstAnswerLate = Answer(
        Per.Post,
        $"""
        a.created_at > q.created_at + @b * {Day}
          and not exists (
              select 1 from posts x
              where x.question_id = q.id and x.kind = 2 and x.deleted_at is null and x.created_at < a.created_at and x.score >= @a)
        """, (Trigger.Scored, ThisAnswer));

    internal static readonly Feat AnswerLate = Answer(Per.Post, $"a.created_at >= q.created_at + @b * {Day}", (Trigger.Scored, ThisAnswer));

    // How low a question was is found by adding its votes up in their order.
    internal static readonly Feat QuestionRescued = Answer(
        Per.Post,
        $"""
        q.score >= @c
          and exists (
              select 1
              from (
                  select sum(direction) over (order by at, direction) as score
                  from (
                      select v.cast_at as at, v.direction as direction from votes v where v.post_id = q.id
                      union all
                      select l.day * {Day}, case l.kind when 2 then l.votes else -l.votes end from legacy_votes l where l.post_id = q.id) cast
                  ) over_time
              where over_time.score <= -@b)
        """,
        (Trigger.Scored, $"a.id in (select value from json_each(@ids) union all select x.id from posts x where x.question_id {Ids} and x.kind = 2)"));

    internal static readonly Feat AcceptedAtZero = Sum(
        $"a.author_id {Ids}", which =>
        $"""
        select a.author_id as UserId, null as PostId, 0 as Thing, count(*) filter (where a.score = 0 and q.accepted_answer_id = a.id) as Value
        from posts a
        join posts q on q.id = a.question_id
        where {which} and a.kind = 2 and a.is_listed = 1
        group by a.author_id
        having 100 * count(*) filter (where a.score = 0 and q.accepted_answer_id = a.id) >= @b * count(*)
        """, (Trigger.Accepted, AuthorsOfPosts));

    internal static readonly Feat GoodInManyTags = Sum(
        $"s.user_id {Ids}", which =>
        $"""
        select s.user_id as UserId, null as PostId, 0 as Thing, count(*) as Value
        from tag_scores s
        where {which} and s.answers > 0 and s.answer_score >= @b and s.tag_id in (select id from tags order by question_count desc, name limit @c)
        group by s.user_id
        """, (Trigger.DayPassed, ThesePeople));

    internal static readonly Feat AboutWritten = Of(
        Per.Once, $"u.id {Ids}",
        which => $"select u.id as UserId, null as PostId, 0 as Thing, 1 as Value from users u where {which} and u.about <> ''",
        (Trigger.ProfileEdited, $"u.id {Ids}"));

    internal static readonly Feat Comments = Sum(
        $"c.author_id {Ids}",
        which => $"select c.author_id as UserId, null as PostId, 0 as Thing, count(*) as Value from comments c where {which} and c.deleted_at is null group by c.author_id",
        (Trigger.Commented, ThesePeople));

    internal static readonly Feat GoodComments = Sum(
        $"c.author_id {Ids}", which =>
        $"""
        select c.author_id as UserId, null as PostId, 0 as Thing, count(*) as Value
        from comments c
        where {which} and c.deleted_at is null and c.score >= @b
        group by c.author_id
        """, (Trigger.CommentScored, $"select author_id as id from comments where id {Ids} and score >= @b"));

    internal static readonly Feat DaysInARow = Sum(
        $"u.id {Ids}",
        which => $"select u.id as UserId, null as PostId, 0 as Thing, u.longest_streak as Value from users u where {which}",
        (Trigger.Visited, ThesePeople));

    // Gains as they were recorded, without the cap and without losses; of what came before an import, the votes of each day.
    // By an event only those are looked at who gained enough since @since.
    internal static readonly Feat DaysOfReputation = Sum(
        Ids, which =>
        $"""
        select days.UserId as UserId, null as PostId, 0 as Thing, count(*) as Value
        from (
            select gains.user_id as UserId, gains.day
            from (
                select e.user_id, e.at / {Day} as day, e.nominal as gain
                from reputation_events e
                where e.user_id {which} and e.state = 0 and e.nominal > 0 and e.kind > {(int)ReputationKind.Opening}
                union all
                select p.author_id, l.day, l.votes * case when p.kind = 1 and l.day < {QuestionsWorthHalfUntil} then 5 else 10 end
                from posts p
                join legacy_votes l on l.post_id = p.id
                where p.author_id {which} and p.kind in (1, 2) and p.is_listed = 1 and p.wiki_at is null and l.kind = 2
                union all
                select a.author_id, q.accepted_at / {Day}, 15
                from posts a
                join posts q on q.accepted_answer_id = a.id
                where a.author_id {which} and a.kind = 2 and a.is_listed = 1 and q.author_id is not a.author_id and q.accepted_at <= @imported
                ) gains
            group by gains.user_id, gains.day
            having sum(gains.gain) >= @b) days
        group by days.UserId
        """,
        (Trigger.Gained,
        $"""
        select t.user_id as id
        from reputation_events t
        where t.user_id in ({AuthorsOfPosts}) and t.at >= @since and t.state = 0 and t.nominal > 0 and t.kind > {(int)ReputationKind.Opening}
        group by t.user_id, t.at / {Day}
        having sum(t.nominal) >= @b
        """));

    // What was gained in a year that an import brought is not known; then the balance has to keep up with the years.
    internal static readonly Feat YearOfReputation = Of(
        Per.Year, $"u.id {Ids}", which =>
        $"""
        select u.id as UserId, null as PostId, y.value as Thing,
               max(
                   coalesce((
                       select sum(e.applied) from reputation_events e
                       where e.user_id = u.id and e.kind <> {(int)ReputationKind.Opening}
                         and e.at >= u.created_at + (y.value - 1) * {Year} and e.at < u.created_at + y.value * {Year}), 0),
                   case when u.created_at + y.value * {Year} <= @imported then coalesce((
                       select sum(o.nominal) from reputation_events o
                       where o.user_id = u.id and o.kind = {(int)ReputationKind.Opening}), 0) + 1 - (y.value - 1) * @a else 0 end) as Value
        from users u
        join json_each(@years) y on u.created_at + y.value * {Year} <= @now
        where {which}
        """, (Trigger.DayPassed, $"u.id {Ids}"));

    internal static readonly Feat UpVotes = CountVotes(" and v.direction = 1", "u.legacy_up_votes");
    internal static readonly Feat DownVotes = CountVotes(" and v.direction = -1", "u.legacy_down_votes");
    internal static readonly Feat Votes = CountVotes("", "u.legacy_up_votes + u.legacy_down_votes");

    internal static readonly Feat VotesInADay = Of(
        Per.Once, $"v.user_id {Ids}", which =>
        $"""
        select days.user_id as UserId, null as PostId, 0 as Thing, max(days.votes) as Value
        from (
            select v.user_id, count(*) as votes
            from votes v
            where {which} and v.cast_at >= @since
            group by v.user_id, v.cast_at / {Day}) days
        group by days.user_id
        """, (Trigger.Voted, $"v.user_id {Ids}"));

    internal static readonly Feat QuestionVotes = Sum(
        $"v.user_id {Ids}", which =>
        $"""
        select v.user_id as UserId, null as PostId, 0 as Thing, count(*) filter (where p.kind = 1) as Value
        from votes v
        join posts p on p.id = v.post_id
        where {which}
        group by v.user_id
        having 100 * count(*) filter (where p.kind = 1) >= @b * count(*)
        """, (Trigger.Voted, ThesePeople));

    internal static readonly Feat RivalsUpVoted = Sum(
        $"v.user_id {Ids}", which =>
        $"""
        select v.user_id as UserId, null as PostId, 0 as Thing, count(*) as Value
        from votes v
        join posts a on a.id = v.post_id
        where {which} and v.direction = 1 and a.kind = 2
          and exists (select 1 from posts o where o.question_id = a.question_id and o.kind = 2 and o.deleted_at is null and o.author_id = v.user_id and o.score > 0)
        group by v.user_id
        """, (Trigger.Voted, ThesePeople));

    // r is a revision by somebody after the first, p its post.
    private static string Revisions(string which, string value, string condition) =>
        $"""
        select r.author_id as UserId, null as PostId, 0 as Thing, {value} as Value
        from revisions r
        join posts p on p.id = r.post_id
        where {which} and r.number > 1 and p.kind in (1, 2) and {condition}
        group by r.author_id
        """;

    // For the first time: by an event, no others are looked at than those of these days.
    private static Feat Revised(string condition) => Of(
        Per.Once, $"r.author_id {Ids}", which => Revisions(which, "count(*)", $"r.created_at >= @since and {condition}"), (Trigger.Edited, $"r.author_id {Ids}"));

    private static Feat RevisedOften(string value, string condition) => Sum(
        $"r.author_id {Ids}", which => Revisions(which, value, condition), (Trigger.Edited, ThesePeople));

    internal static readonly Feat Edits = Revised("(r.title is not null or r.body is not null)");
    internal static readonly Feat OthersQuestionsRetagged = Revised("p.kind = 1 and p.author_id is not r.author_id and r.tags is not null");
    internal static readonly Feat RolledBack = Revised("r.rollback_to is not null");

    internal static readonly Feat OthersPostsEdited = RevisedOften(
        "count(distinct r.post_id)", "p.author_id is not r.author_id and p.is_listed = 1 and (r.title is not null or r.body is not null)");

    internal static readonly Feat OldPostsEdited = RevisedOften(
        "count(*)",
        $"""
        p.author_id is not r.author_id
          and exists (select 1 from revisions b where b.post_id = r.post_id and b.number = r.number - 1 and b.created_at <= r.created_at - @b * {Month})
        """);

    internal static readonly Feat SuggestionsReviewed = Sum(
        $"s.user_id {Ids}", which =>
        $"""
        select s.user_id as UserId, null as PostId, 0 as Thing, count(*) as Value
        from suggested_edit_reviews s
        where {which}
        group by s.user_id
        """, (Trigger.Reviewed, ThesePeople));

    internal static readonly Feat ReviewsInAQueue = Of(
        Per.Queue, $"r.user_id {Ids}", which =>
        $"""
        select r.user_id as UserId, null as PostId, r.queue as Thing, count(*) as Value
        from (
            select d.user_id, t.queue
            from reviews d
            join review_tasks t on t.id = d.task_id and t.audit is null
            where d.outcome not in ({(int)ReviewOutcome.Skipped}, {(int)ReviewOutcome.Editing})
            union all
            select user_id, {(int)ReviewQueue.SuggestedEdits} from suggested_edit_reviews) r
        where {which}
        group by r.user_id, r.queue
        """, (Trigger.Reviewed, $"r.user_id {Ids}"));

    internal static readonly Feat PostsFlagged = Sum(
        $"f.user_id {Ids}", which =>
        $"""
        select f.user_id as UserId, null as PostId, 0 as Thing, count(*) as Value
        from flags f
        where {which} and f.comment_id is null
        group by f.user_id
        """, (Trigger.Flagged, ThesePeople));

    internal static readonly Feat HelpfulFlags = Helpful("");

    // Moderators flag by trade.
    internal static readonly Feat HelpfulFlagsOfMembers = Helpful(" and exists (select 1 from users u where u.id = f.user_id and u.is_moderator = 0 and u.is_administrator = 0)");

    private static Feat Helpful(string condition) => Sum(
        $"f.user_id {Ids}", which =>
        $"""
        select f.user_id as UserId, null as PostId, 0 as Thing, count(*) as Value
        from flags f
        where {which} and f.state = {(int)FlagState.Helpful}{condition}
        group by f.user_id
        """, (Trigger.Flagged, ThesePeople));

    internal static readonly Feat OwnGoodPostDeleted = Deletion("p.score");
    internal static readonly Feat OwnBadPostDeleted = Deletion("-p.score");

    internal static readonly Feat SynonymsApproved = Sum(
        $"s.proposed_by {Ids}", which =>
        $"""
        select s.proposed_by as UserId, null as PostId, 0 as Thing, count(*) as Value
        from tag_synonyms s
        where {which} and s.approved_at is not null
        group by s.proposed_by
        """, (Trigger.Synonym, ThesePeople));

    // Excerpt and wiki of a tag are one thing to describe; nobody describes by writing nothing.
    internal static readonly Feat TagsDescribed = Sum(
        $"r.author_id {Ids}", which =>
        $"""
        select r.author_id as UserId, null as PostId, 0 as Thing, count(distinct coalesce(e.id, w.id)) as Value
        from revisions r
        join posts p on p.id = r.post_id
        left join tags e on e.excerpt_post_id = p.id
        left join tags w on w.wiki_post_id = p.id
        where {which} and p.kind in (4, 5) and r.body <> ''
        group by r.author_id
        """, (Trigger.Edited, ThesePeople));

    internal static readonly Feat TagCreated = Of(
        Per.Once, $"t.created_by {Ids}", which =>
        $"""
        select t.created_by as UserId, null as PostId, 0 as Thing, max(t.question_count) as Value
        from tags t
        where {which}
        group by t.created_by
        """, (Trigger.DayPassed, $"t.created_by {Ids}"));
}
