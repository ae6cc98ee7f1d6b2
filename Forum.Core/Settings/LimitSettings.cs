namespace Forum.Core.Settings;

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
    /// <summary>People whom one comment or post may call by name.</summary>
    public int Mentions { get; init; } = 3;
    public int SelfDeletionsPerDay { get; init; } = 5;
    public int QuestionsPerDay { get; init; } = 6;
    public int QuestionsPer30Days { get; init; } = 50;
    /// <summary>People with less reputation than this wait between questions and between answers.</summary>
    public int PacedBelowReputation { get; init; } = 125;
    /// <summary>Links a person without the new-user privilege may put in a post.</summary>
    public int NewUserLinks { get; init; } = 8;
    /// <summary>From this reputation on search engines may follow the link of a profile to its website.</summary>
    public int FollowedWebsiteReputation { get; init; } = 2_000;
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
