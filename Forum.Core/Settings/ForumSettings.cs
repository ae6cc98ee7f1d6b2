using Forum.Core.Privileges;

namespace Forum.Core.Settings;

/// <summary>
/// Everything an operator can tune, with the rules' own values as defaults. A value comes from the database, else from
/// configuration (section <c>Forum</c>), else from here. Immutable: a change makes a new one.
/// </summary>
public sealed record ForumSettings
{
    /// <summary>The community's name.</summary>
    public string Name { get; init; } = "Forum";

    /// <summary>One sentence under the name.</summary>
    public string Tagline { get; init; } = "";

    /// <summary>Where the site is reached; links in mail, feeds and canonical addresses begin with it.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:5080");

    /// <summary>The host an imported community lived at, such as <c>beer.stackexchange.com</c>: links to it lead to our own pages.</summary>
    public string? OldHost { get; init; }

    /// <summary>For an imported meta community, the host of the community it talks about.</summary>
    public string? MainHost { get; init; }

    /// <summary>The accent colour, as <c>#rrggbb</c>.</summary>
    public string AccentColour { get; init; } = "#1f6f54";

    /// <summary>What contributions are licensed under.</summary>
    public string License { get; init; } = "CC BY-SA 4.0";

    /// <summary>How much reputation privileges need; see docs/rules/privileges.md.</summary>
    public Preset Preset { get; init; } = Preset.PublicBeta;

    /// <summary>Thresholds by privilege key that differ from the preset's.</summary>
    public IReadOnlyDictionary<string, int> Thresholds { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>What events are worth.</summary>
    public ReputationSettings Reputation { get; init; } = new();

    /// <summary>Sizes and counts.</summary>
    public LimitSettings Limits { get; init; } = new();

    /// <summary>How often something is done in a short time.</summary>
    public PaceSettings Paces { get; init; } = new();

    /// <summary>Times within which something may be done.</summary>
    public WindowSettings Windows { get; init; } = new();

    /// <summary>What badges need.</summary>
    public BadgeSettings Badges { get; init; } = new();

    /// <summary>Reputation that people offer for answers.</summary>
    public BountySettings Bounties { get; init; } = new();

    /// <summary>Texts, synonyms and clearing of tags.</summary>
    public TagSettings Tags { get; init; } = new();

    /// <summary>How long posts are locked.</summary>
    public LockSettings Locks { get; init; } = new();

    /// <summary>Notices above posts.</summary>
    public NoticeSettings Notices { get; init; } = new();

    /// <summary>Revisions that are hidden.</summary>
    public RedactionSettings Redaction { get; init; } = new();

    /// <summary>What counts as serial voting.</summary>
    public FairnessSettings Fairness { get; init; } = new();

    /// <summary>Flags.</summary>
    public FlagSettings Flags { get; init; } = new();

    /// <summary>Review queues.</summary>
    public ReviewSettings Reviews { get; init; } = new();

    /// <summary>Closing and reopening of questions.</summary>
    public ClosingSettings Closing { get; init; } = new();

    /// <summary>Deleting and undeleting by votes.</summary>
    public DeletionSettings Deletion { get; init; } = new();

    /// <summary>Messages, warnings and suspensions.</summary>
    public DisciplineSettings Discipline { get; init; } = new();

    /// <summary>What the forum does by itself to stay tidy.</summary>
    public CareSettings Care { get; init; } = new();

    /// <summary>How accounts end.</summary>
    public DepartureSettings Departures { get; init; } = new();

    /// <summary>Figures of the site, and what moderators compare accounts by.</summary>
    public InsightSettings Insight { get; init; } = new();

    /// <summary>Who may not post for a while.</summary>
    public AbuseSettings Abuse { get; init; } = new();

    /// <summary>How many items a list's page has.</summary>
    public PageSettings Pages { get; init; } = new();

    /// <summary>What lists of questions show and how much they look at.</summary>
    public ListSettings Lists { get; init; } = new();

    /// <summary>How search reads and ranks.</summary>
    public SearchSettings Search { get; init; } = new();

    /// <summary>Which pages are kept for readers who are not signed in, and how long.</summary>
    public PageCacheSettings PageCache { get; init; } = new();

    /// <summary>How much reputation <paramref name="privilege"/> needs here.</summary>
    public int Needs(Privilege privilege)
    {
        ArgumentNullException.ThrowIfNull(privilege);
        return Thresholds.TryGetValue(privilege.Key, out var own) ? own : privilege.Threshold(Preset);
    }
}

/// <summary>Points for each kind of event (docs/rules/reputation.md, section 1).</summary>
public sealed record ReputationSettings
{
    /// <summary>What everybody starts with and never falls below. Not to be tuned: the schema says it too.</summary>
    public const int Start = 1;
    [Allowed(0, 1_000)]
    public int QuestionUpvoted { get; init; } = 10;
    [Allowed(0, 1_000)]
    public int AnswerUpvoted { get; init; } = 10;
    [Allowed(-1_000, 0)]
    public int PostDownvoted { get; init; } = -2;
    /// <summary>To the voter, for voting an answer down.</summary>
    [Allowed(-1_000, 0)]
    public int AnswerDownvoteCast { get; init; } = -1;
    [Allowed(0, 1_000)]
    public int AnswerAccepted { get; init; } = 15;
    /// <summary>To the asker, for accepting someone else's answer.</summary>
    [Allowed(0, 1_000)]
    public int AcceptedAnswer { get; init; } = 2;
    /// <summary>To whoever suggested an edit that was approved…</summary>
    public int SuggestedEditApproved { get; init; } = 2;
    /// <summary>…until a person has so much from it.</summary>
    public int SuggestedEditsAtMost { get; init; } = 1_000;
    /// <summary>To the author of a post that was deleted as spam or rude.</summary>
    [Allowed(-100_000, 0)]
    public int PostIsSpam { get; init; } = -100;
    /// <summary>Most that capped events may add up to in a UTC day.</summary>
    [Allowed(0, 1_000_000)]
    public int DailyCap { get; init; } = 200;
    /// <summary>A deleted post's author keeps its reputation from this score…</summary>
    [Allowed(0, 1_000_000)]
    public int KeptFromScore { get; init; } = 3;
    /// <summary>…and after this many days of being visible.</summary>
    [Allowed(0, 36_500)]
    public int KeptAfterDays { get; init; } = 60;
}

/// <summary>Least and most.</summary>
public sealed record LengthRange
{
    public LengthRange() { }
    public LengthRange(int min, int max) => (Min, Max) = (min, max);
    public int Min { get; init; }
    public int Max { get; init; }
}

/// <summary>Sizes of texts and numbers of acts (docs/rules/limits.md).</summary>
[Allowed(0, 1_000_000)]
public sealed record LimitSettings
{
    public LengthRange Title { get; init; } = new(15, 150);
    public LengthRange Body { get; init; } = new(30, 30_000);
    public LengthRange Comment { get; init; } = new(15, 600);
    public LengthRange Tags { get; init; } = new(1, 5);
    [Allowed(1, 35)]
    public int TagLength { get; init; } = 35;
    public LengthRange DisplayName { get; init; } = new(3, 30);
    public LengthRange SignInName { get; init; } = new(3, 30);
    public LengthRange Password { get; init; } = new(8, 200);
    public int About { get; init; } = 3_000;
    public int Location { get; init; } = 100;
    public int Website { get; init; } = 200;
    public int SaveNote { get; init; } = 500;
    public int EditComment { get; init; } = 300;
    /// <summary>The summary of a suggested edit.</summary>
    public LengthRange SuggestionComment { get; init; } = new(10, 300);
    /// <summary>Characters that a suggested edit changes at least.</summary>
    public int SuggestedChange { get; init; } = 6;
    /// <summary>Suggested edits that wait at a time; when there are so many, nobody may suggest another.</summary>
    public int SuggestionsWaiting { get; init; } = 500;
    /// <summary>Whether those may suggest edits who are not signed in…</summary>
    public bool AnonymousSuggestions { get; init; }
    /// <summary>…and how many of their suggestions wait at most.</summary>
    public int AnonymousSuggestionsWaiting { get; init; } = 20;
    /// <summary>Reviewers who must agree on a suggested edit.</summary>
    public int SuggestionReviews { get; init; } = 2;
    /// <summary>Rejections within <see cref="WindowSettings.SuggestionBan"/>, less a third of the approvals, that keep somebody from suggesting.</summary>
    public int SuggestionRejections { get; init; } = 5;
    /// <summary>Words of a rejection's own reason.</summary>
    public int RejectionReason { get; init; } = 500;
    /// <summary>Votes a day on anything…</summary>
    public int PostVotesPerDay { get; init; } = 30;
    /// <summary>…and this many more on questions only.</summary>
    public int QuestionOnlyVotesPerDay { get; init; } = 10;
    /// <summary>When only this many of the votes on anything are left, unused question-only votes are blocked.</summary>
    public int QuestionOnlyBlockedAt { get; init; } = 5;
    public int CommentVotesPerDay { get; init; } = 30;
    /// <summary>Own comments with votes that a person may delete in a day.</summary>
    public int VotedCommentDeletionsPerDay { get; init; } = 20;
    /// <summary>People whom one comment may call by name.</summary>
    public int Mentions { get; init; } = 3;
    public int SelfDeletionsPerDay { get; init; } = 5;
    public int QuestionsPerDay { get; init; } = 6;
    public int QuestionsPer30Days { get; init; } = 50;
    /// <summary>People with less reputation than this wait between questions and between answers.</summary>
    public int PacedBelowReputation { get; init; } = 125;
    /// <summary>Links a person without the new-user privilege may put in a post.</summary>
    public int NewUserLinks { get; init; } = 8;
    /// <summary>Comments shown before the rest is folded away.</summary>
    public int CommentsShown { get; init; } = 5;
    /// <summary>So many answers keep an asker from deleting the question.</summary>
    public int AnswersThatKeepAQuestion { get; init; } = 2;
    /// <summary>Failed sign-ins before an account is locked out.</summary>
    [Allowed(1, 1_000)]
    public int FailedSignIns { get; init; } = 10;
    /// <summary>Bytes of a request's body.</summary>
    [Allowed(100_000, 100_000_000)]
    public int RequestBytes { get; init; } = 1_000_000;
    /// <summary>Anonymous and signed-in writes a minute from one address; 0 switches it off.</summary>
    public int WritesPerMinute { get; init; } = 60;
    public int SearchesPerMinute { get; init; } = 30;
    /// <summary>Similar questions and tags offered while somebody types.</summary>
    public int SuggestionsPerMinute { get; init; } = 240;
    public int PreviewsPerMinute { get; init; } = 60;
    public int RegistrationsPerHour { get; init; } = 20;
}

/// <summary>Spans of time (docs/rules/limits.md).</summary>
public sealed record WindowSettings
{
    /// <summary>A vote can be changed this long; afterwards only when the post was edited after it.</summary>
    public TimeSpan VoteChange { get; init; } = TimeSpan.FromMinutes(5);
    public TimeSpan CommentEdit { get; init; } = TimeSpan.FromMinutes(5);
    public TimeSpan BetweenCommentEdits { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>Further edits by the same person join the same revision.</summary>
    public TimeSpan EditGrace { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>Rejections of so long ago count against somebody who suggests edits, and keep them from it for so long.</summary>
    public TimeSpan SuggestionBan { get; init; } = TimeSpan.FromDays(7);
    /// <summary>How old a post is before those may suggest edits of it who are not signed in.</summary>
    public TimeSpan AnonymousSuggestion { get; init; } = TimeSpan.FromMinutes(10);
    public TimeSpan AcceptAfter { get; init; } = TimeSpan.FromMinutes(15);
    public TimeSpan AcceptOwnAfter { get; init; } = TimeSpan.FromHours(48);
    public TimeSpan BetweenQuestions { get; init; } = TimeSpan.FromMinutes(40);
    public TimeSpan BetweenAnswers { get; init; } = TimeSpan.FromMinutes(3);
    /// <summary>The same answer to another question is refused this long.</summary>
    public TimeSpan SameAnswer { get; init; } = TimeSpan.FromMinutes(10);
    public TimeSpan Lockout { get; init; } = TimeSpan.FromMinutes(15);
    /// <summary>How old the boards of leaders become before they are counted anew.</summary>
    public TimeSpan Leaders { get; init; } = TimeSpan.FromHours(1);
    /// <summary>How long a form's key is remembered.</summary>
    public TimeSpan FormKey { get; init; } = TimeSpan.FromDays(2);
    /// <summary>A visitor's repeated views of a question count once within this.</summary>
    public TimeSpan View { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>What badges need (docs/rules/badges.md). The numbers of each badge stand beside it in <see cref="Badges.Badge.All"/>.</summary>
public sealed record BadgeSettings
{
    /// <summary>Numbers by badge key that differ from the catalogue's, in its order; what is left out stays.</summary>
    public IReadOnlyDictionary<string, int[]> Numbers { get; init; } = new Dictionary<string, int[]>(StringComparer.Ordinal);
    /// <summary>Questions that a tag needs for badges of its own.</summary>
    public int TagQuestions { get; init; } = 100;
    public TagBadgeLevel TagBronze { get; init; } = new(100, 20);
    public TagBadgeLevel TagSilver { get; init; } = new(400, 80);
    public TagBadgeLevel TagGold { get; init; } = new(1_000, 200);
    /// <summary>When in the UTC day badges are awarded that depend on dates and on tags.</summary>
    [Allowed(1, 86_399)]
    public TimeSpan DailyAt { get; init; } = TimeSpan.FromHours(4);
}

/// <summary>What a badge of a tag needs.</summary>
public sealed record TagBadgeLevel
{
    public TagBadgeLevel() { }
    public TagBadgeLevel(int score, int answers) => (Score, Answers) = (score, answers);
    /// <summary>Score of a person's answers under the tag, together.</summary>
    public int Score { get; init; }
    /// <summary>How many answers, at least.</summary>
    public int Answers { get; init; }
}

/// <summary>Amounts and times of bounties (docs/rules/bounties.md).</summary>
public sealed record BountySettings
{
    /// <summary>The smallest bounty…</summary>
    [Allowed(1, 1_000_000)]
    public int Least { get; init; } = 50;
    /// <summary>…and the largest…</summary>
    [Allowed(1, 1_000_000)]
    public int Most { get; init; } = 500;
    /// <summary>…are multiples of this, as all are.</summary>
    [Allowed(5, 1_000_000)]
    public int Step { get; init; } = 50;
    /// <summary>The least that somebody may offer who has answered the question.</summary>
    public int LeastAfterAnswering { get; init; } = 100;
    /// <summary>How old a question must be.</summary>
    public TimeSpan QuestionAge { get; init; } = TimeSpan.FromHours(48);
    /// <summary>How long a bounty runs.</summary>
    public TimeSpan Runs { get; init; } = TimeSpan.FromDays(7);
    /// <summary>How long its sponsor can still give it after that.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(24);
    /// <summary>How long answers are waited for before it can be given.</summary>
    public TimeSpan AwardAfter { get; init; } = TimeSpan.FromHours(24);
    /// <summary>How long before its end its sponsor is reminded.</summary>
    public TimeSpan RemindBefore { get; init; } = TimeSpan.FromHours(24);
    /// <summary>Bounties of one person that may run at a time.</summary>
    [Allowed(0, 1_000_000)]
    public int PerSponsor { get; init; } = 3;
    /// <summary>The score an answer needs for a bounty to go to it by itself…</summary>
    [Allowed(0, 1_000_000)]
    public int AutomaticScore { get; init; } = 2;
    /// <summary>…and how much of it goes there, in percent.</summary>
    [Allowed(0, 100)]
    public int AutomaticPercent { get; init; } = 50;
    /// <summary>Characters of what a sponsor adds.</summary>
    public int Note { get; init; } = 500;
    /// <summary>What a moderator says who gives a bounty back.</summary>
    public LengthRange RefundReason { get; init; } = new(10, 500);
}

/// <summary>Tags and what is said of them (docs/rules/tags.md).</summary>
public sealed record TagSettings
{
    /// <summary>Characters of what a tag is for in short…</summary>
    public LengthRange Excerpt { get; init; } = new(20, 500);
    /// <summary>…and of all there is to say of it.</summary>
    public LengthRange Wiki { get; init; } = new(30, 30_000);
    /// <summary>Score of a person's answers under a tag that proposing and voting on its synonyms needs.</summary>
    [Allowed(0, 1_000_000)]
    public int SynonymScore { get; init; } = 5;
    /// <summary>A synonym with this score is approved…</summary>
    [Allowed(1, 1_000)]
    public int SynonymApproved { get; init; } = 4;
    /// <summary>…and one with this score deleted.</summary>
    [Allowed(-1_000, -1)]
    public int SynonymDeleted { get; init; } = -2;
    /// <summary>Synonyms on a page of their list.</summary>
    [Allowed(1, 500)]
    public int SynonymsListed { get; init; } = 50;
    /// <summary>Tags that are shown beside one.</summary>
    [Allowed(1, 100)]
    public int Related { get; init; } = 10;
    /// <summary>How old related tags become before they are counted anew.</summary>
    public TimeSpan RelatedEvery { get; init; } = TimeSpan.FromDays(1);
    /// <summary>Acts in a tag's history.</summary>
    [Allowed(1, 500)]
    public int History { get; init; } = 20;
    /// <summary>Whether unused tags are deleted every night.</summary>
    public bool ClearUnused { get; init; } = true;
    /// <summary>Whether tags of one question without a wiki are deleted that are older than…</summary>
    public bool ClearLone { get; init; } = true;
    /// <summary>…this.</summary>
    public TimeSpan LoneAfter { get; init; } = TimeSpan.FromDays(183);
    /// <summary>The UTC hour from which it is done.</summary>
    [Allowed(0, 23)]
    public int ClearHour { get; init; } = 3;
}

/// <summary>
/// What counts as serial voting (docs/rules/fairness.md). Whoever knows a site's own numbers can stay below them: they are for its
/// administrators alone.
/// </summary>
public sealed record FairnessSettings
{
    /// <summary>Whether serial votes are looked for every night and taken out.</summary>
    public bool IsOn { get; init; } = true;
    /// <summary>The UTC hour from which it is done.</summary>
    [Allowed(0, 23)]
    public int Hour { get; init; } = 3;
    /// <summary>So many votes of one person for another, all up or all down…</summary>
    [Allowed(2, 1_000)]
    public int Votes { get; init; } = 8;
    /// <summary>…within this time are too many…</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromHours(3);
    /// <summary>…if they are this share, in percent, of all votes the person cast meanwhile.</summary>
    [Allowed(1, 100)]
    public int Share { get; init; } = 60;
    /// <summary>From this part of <see cref="Votes"/> on, in percent, moderators are told of them instead; 0: never.</summary>
    [Allowed(0, 100)]
    public int NoticePercent { get; init; } = 50;
    /// <summary>Suspicious votes are looked for among those of so many days:</summary>
    [Allowed(1, 3_650)]
    public int PairDays { get; init; } = 90;
    /// <summary>so many of one person for another…</summary>
    [Allowed(2, 1_000)]
    public int PairVotes { get; init; } = 5;
    /// <summary>…that are this share, in percent, of all their votes…</summary>
    [Allowed(1, 100)]
    public int PairShare { get; init; } = 20;
    /// <summary>…of which so many pairs are listed, by share and by number.</summary>
    [Allowed(1, 10_000)]
    public int PairsKept { get; init; } = 200;
    /// <summary>When votes of new accounts wait before they count…</summary>
    public VoteHolding Holds { get; init; } = VoteHolding.OnceOpen;
    /// <summary>…of accounts younger than this…</summary>
    public TimeSpan YoungFor { get; init; } = TimeSpan.FromDays(1);
    /// <summary>…for so long.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>When votes of new accounts wait before they count.</summary>
public enum VoteHolding
{
    /// <summary>They count at once.</summary>
    Never,

    /// <summary>Except in a private beta, where people know each other.</summary>
    OnceOpen,

    /// <summary>Everywhere.</summary>
    Always,
}

/// <summary>Items on a page of each list.</summary>
[Allowed(1, 500)]
public sealed record PageSettings
{
    public int Questions { get; init; } = 15;
    public int Answers { get; init; } = 30;
    public int Tags { get; init; } = 36;
    public int Users { get; init; } = 36;
    public int Inbox { get; init; } = 30;
    public int SearchResults { get; init; } = 15;
    public int Revisions { get; init; } = 50;
    public int Timeline { get; init; } = 100;
    /// <summary>Lines of somebody's ledger of reputation.</summary>
    public int Ledger { get; init; } = 50;
    /// <summary>Acts in what somebody did.</summary>
    public int Activity { get; init; } = 30;
    /// <summary>People who are kept for each board and period of the leaders.</summary>
    public int Leaders { get; init; } = 180;
    /// <summary>People who were awarded a badge, on its page…</summary>
    public int Awards { get; init; } = 60;
    /// <summary>…and newest awards beside the list of badges.</summary>
    public int RecentAwards { get; init; } = 15;
    /// <summary>People on each list of a tag's top users.</summary>
    public int TopUsers { get; init; } = 20;
    /// <summary>Questions that are looked at to count those with several tags; "and more" beyond.</summary>
    [Allowed(100, 1_000_000)]
    public int MostCounted { get; init; } = 10_000;
}

/// <summary>What lists of questions show, and how far they look for it (docs/rules/lists.md).</summary>
[Allowed(1, 100_000)]
public sealed record ListSettings
{
    /// <summary>Questions with this score or less are not on the home page.</summary>
    [Allowed(-1_000_000, 0)]
    public int OffHomeScore { get; init; } = -4;
    /// <summary>Questions with this score or less interest nobody in particular.</summary>
    [Allowed(-1_000_000, 0)]
    public int DullScore { get; init; } = -3;
    /// <summary>Questions on the personal home page that are chosen by tags and age…</summary>
    public int Interesting { get; init; } = 81;
    /// <summary>…from so many of the last active ones of all…</summary>
    public int InterestingNewest { get; init; } = 500;
    /// <summary>…and so many of each tag that is watched or known…</summary>
    public int InterestingOfTag { get; init; } = 100;
    /// <summary>…with so many hot ones, which change by the day…</summary>
    [Allowed(0, 1_000)]
    public int InterestingHot { get; init; } = 15;
    /// <summary>…that are answered and score so much.</summary>
    [Allowed(0, 1_000_000)]
    public int InterestingHotScore { get; init; } = 20;
    /// <summary>Tags in which somebody's answers score, taken as if they were watched.</summary>
    [Allowed(0, 100)]
    public int KnownTags { get; init; } = 5;
    /// <summary>Questions that a filter looks at, in the order it lists them.</summary>
    public int LookedAt { get; init; } = 5_000;
    /// <summary>Tags that a list is made of which shows what carries any of them: those with most questions.</summary>
    [Allowed(1, 100)]
    public int TagsTogether { get; init; } = 20;
    /// <summary>Last active questions that are ranked…</summary>
    public int Ranked { get; init; } = 3_000;
    /// <summary>…so many of which are listed as hot, trending, of the week or of the month…</summary>
    public int Hot { get; init; } = 500;
    /// <summary>…so many beside the home page…</summary>
    [Allowed(0, 100)]
    public int HotBeside { get; init; } = 10;
    /// <summary>…anew so often.</summary>
    public TimeSpan RankedEvery { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>Votes of so long ago make a question trending.</summary>
    public TimeSpan TrendingWithin { get; init; } = TimeSpan.FromDays(3);
    /// <summary>How often it is counted which questions are linked to.</summary>
    public TimeSpan LinksCountedEvery { get; init; } = TimeSpan.FromHours(1);
    /// <summary>Tags and patterns that somebody may watch and ignore.</summary>
    public int WatchedTags { get; init; } = 200;
    /// <summary>Filters that somebody may save…</summary>
    public int SavedFilters { get; init; } = 20;
    /// <summary>…and characters of their names.</summary>
    public int FilterName { get; init; } = 40;
}

/// <summary>Rendered pages kept in memory for readers who are not signed in (docs/decisions/0009-pages-are-kept-by-what-they-show.md).</summary>
public sealed record PageCacheSettings
{
    /// <summary>Whether pages are kept at all.</summary>
    public bool IsOn { get; init; } = true;
    /// <summary>How long a page may be shown again; what no event tells of (views, reputation beside a name) is no older than this.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(60);
    /// <summary>Bytes of pages that are kept; those not asked for of late make room.</summary>
    [Allowed(0, 4_000_000_000)]
    public long Bytes { get; init; } = 24_000_000;
    /// <summary>A page larger than this is not kept.</summary>
    public int PageBytes { get; init; } = 1_000_000;
}

/// <summary>Sizes and weights of search (docs/rules/search.md).</summary>
public sealed record SearchSettings
{
    /// <summary>Characters of a query that are read…</summary>
    public int QueryLength { get; init; } = 500;
    /// <summary>…and words and operators in them.</summary>
    public int QueryConditions { get; init; } = 40;
    /// <summary>Hits that are counted and paged through; "10,000 and more" beyond.</summary>
    public int MostCounted { get; init; } = 10_000;
    /// <summary>Of them, for who is not signed in…</summary>
    public int AnonymousResults { get; init; } = 500;
    /// <summary>…who may name so many tags.</summary>
    public int AnonymousTags { get; init; } = 3;
    /// <summary>Of more hits than this the newest are ranked; the others follow them by age.</summary>
    public int MostRanked { get; init; } = 1_000;
    /// <summary>Hits of the words that are asked whether they fulfil a query's conditions too, the newest…</summary>
    public int MostLookedAt { get; init; } = 500;
    /// <summary>…or newest posts of a tag or a person that are asked for the words.</summary>
    public int MostNarrowed { get; init; } = 1_000;
    /// <summary>Of a tag, beside words: each is looked for in the list of the word, so fewer.</summary>
    public int MostTagged { get; init; } = 600;
    /// <summary>Newest posts that are asked for a query's conditions when it names no word, tag or person.</summary>
    public int MostPassedOver { get; init; } = 10_000;
    /// <summary>Entries of the index that are passed over to find the posts of a tag or a person.</summary>
    public int MostScanned { get; init; } = 40_000;
    /// <summary>Posts with the words of a query, together, up to which the engine ranks: it reads every one of them.</summary>
    public int RankedByText { get; init; } = 10_000;
    /// <summary>Posts with the words of a query, together, that are read for hits by relevance beyond that: the newest, in titles and in bodies.</summary>
    public int MostRead { get; init; } = 15_000;
    /// <summary>Best hits by text that are ordered anew by title, votes and kind.</summary>
    public int Reordered { get; init; } = 100;
    /// <summary>Characters of an excerpt.</summary>
    public int Excerpt { get; init; } = 200;
    /// <summary>Similar questions offered while one is written.</summary>
    public int Similar { get; init; } = 10;
    /// <summary>Questions that are kept for each as related to it…</summary>
    [Allowed(1, 100)]
    public int RelatedKept { get; init; } = 15;

    /// <summary>How like a question another must be, as a part of how like it is to itself, to be related to it.</summary>
    public double RelatedLeast { get; init; } = 0.07;
    /// <summary>…of which so many are shown, those that are not deleted meanwhile; and so many linked ones.</summary>
    [Allowed(1, 100)]
    public int Related { get; init; } = 10;
    /// <summary>Characters of a text that are read to find others like it…</summary>
    public int SimilarText { get; init; } = 5_000;
    /// <summary>…and words of a title and of a body, those said most often.</summary>
    [Allowed(1, 200)]
    public int SimilarWords { get; init; } = 60;
    /// <summary>Posts that one text is compared with at most, in titles and in bodies: the words that fewest have are looked for.</summary>
    public int MostCompared { get; init; } = 5_000;
    /// <summary>What a word in another title is worth for similarity, when one in its body is worth 1…</summary>
    public double SimilarTitle { get; init; } = 2;
    /// <summary>…and one in its best answer.</summary>
    public double SimilarAnswer { get; init; } = 0.3;
    /// <summary>What a word of one's body is worth, when one of the title is worth 1.</summary>
    public double SimilarBody { get; init; } = 0.3;
    /// <summary>What a shared tag is worth, the more the rarer it is.</summary>
    public double SimilarTag { get; init; } = 2;
    /// <summary>How much more a word counts in a title than in a body.</summary>
    public double TitleWeight { get; init; } = 10;
    /// <summary>For all words of the query standing in the title as they were typed…</summary>
    public double ExactTitle { get; init; } = 3;
    /// <summary>…or in another inflection.</summary>
    public double StemmedTitle { get; init; } = 3;
    /// <summary>For a post that has all words of the query as they were typed, wherever, for each word but the first: the more there are, the more it says.</summary>
    public double ExactText { get; init; } = 2.5;
    /// <summary>For words that stand beside each other in the title as in the query.</summary>
    public double AdjacentTitle { get; init; } = 0.3;
    /// <summary>For the part of the title that the query names; a short title that says just this is best.</summary>
    public double TitleShare { get; init; } = 20;
    /// <summary>For each e-fold of the score above 0.</summary>
    public double ScorePrior { get; init; } = 0.2;
    /// <summary>For a question, over an answer.</summary>
    public double QuestionPrior { get; init; } = 0.3;
    /// <summary>For an answer that was accepted.</summary>
    public double AcceptedPrior { get; init; } = 0.2;
    /// <summary>For activity in the last year, fading with each year before.</summary>
    public double RecencyPrior { get; init; } = 0.1;
    /// <summary>For the best rank by text alone, others in proportion; of a query of more than two words the more, by half for each.</summary>
    public double TextWeight { get; init; } = 4;
}
