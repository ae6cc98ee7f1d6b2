namespace Forum.Core.Departures;

/// <summary>What becomes of a column that points at a person whose account ends.</summary>
internal enum Becomes
{
    /// <summary>It stays: of who was removed there is a row without a name.</summary>
    Keep,

    /// <summary>It names nobody any more.</summary>
    Forget,

    /// <summary>It names nobody any more, and keeps <c>user12</c> beside it.</summary>
    Anonymise,

    /// <summary>Its row goes.</summary>
    Delete,

    /// <summary>It names the other account.</summary>
    Move,

    /// <summary>The same, unless the other account has such a row: then this one goes.</summary>
    MoveUnlessThere,

    /// <summary>More follows from it than the column: <see cref="Erasure"/> or <see cref="Merger"/> has a step for it.</summary>
    Step,
}

/// <summary>A column that points at a person, and what becomes of it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Field">Its column.</param>
/// <param name="Key">What tells its rows apart.</param>
/// <param name="OnErasure">When the account is deleted.</param>
/// <param name="OnMerge">When it becomes another's.</param>
internal sealed record Fate(string Table, string Field, string Key, Becomes OnErasure, Becomes OnMerge)
{
    /// <summary>Where the name is kept that stands for nobody.</summary>
    public string? Name { get; init; }

    /// <summary>The column that names the post whose page shows it.</summary>
    public string? Post { get; init; }

    /// <summary>What an account has once.</summary>
    public string? Once { get; init; }

    public string Column => $"{Table}.{Field}";

    /// <summary>
    /// Everything that points at a person (docs/rules/departures.md, section 2), in an order in which nothing is deleted that another row
    /// still names.
    /// </summary>
    public static IReadOnlyList<Fate> All { get; } =
    [
        new("accounts", "user_id", "user_id", Becomes.Step, Becomes.Step),
        new("votes", "user_id", "post_id, user_id", Becomes.Step, Becomes.Step),
        // What does not count yet never will: neither account is new enough to be worth more.
        new("held_votes", "user_id", "post_id, user_id", Becomes.Delete, Becomes.Delete),
        new("comment_votes", "user_id", "comment_id, user_id", Becomes.Step, Becomes.Step),
        new("tag_synonym_votes", "user_id", "synonym_id, user_id", Becomes.Step, Becomes.Step),
        new("posts", "author_id", "id", Becomes.Step, Becomes.Step),
        new("bounties", "sponsor_id", "id", Becomes.Step, Becomes.Move) { Post = "question_id" },
        new("reputation_events", "user_id", "id", Becomes.Step, Becomes.Step),
        new("reputation_events", "cause_id", "id", Becomes.Step, Becomes.Step),
        new("reputation_days", "user_id", "user_id, day", Becomes.Step, Becomes.Step),
        new("user_badges", "user_id", "id", Becomes.Step, Becomes.Step),
        new("saves", "user_id", "user_id, post_id", Becomes.Step, Becomes.Step),
        new("vote_cancellations", "voter_id", "id", Becomes.Step, Becomes.Step),
        new("vote_cancellations", "author_id", "id", Becomes.Step, Becomes.Step),
        new("cancelled_votes", "user_id", "cancellation_id, post_id", Becomes.Step, Becomes.Step),
        // Whoever is removed leads nowhere; the boards are counted anew within the hour.
        new("leaders", "user_id", "board, period, rank", Becomes.Keep, Becomes.Keep),
        new("posts", "editor_id", "id", Becomes.Anonymise, Becomes.Move) { Name = "editor_name", Post = "id" },
        new("posts", "deleted_by", "id", Becomes.Keep, Becomes.Move),
        new("posts", "locked_by", "id", Becomes.Keep, Becomes.Move),
        new("revisions", "author_id", "post_id, number", Becomes.Anonymise, Becomes.Move) { Name = "author_name", Post = "post_id" },
        new("post_events", "actor_id", "id", Becomes.Anonymise, Becomes.Move) { Name = "actor_name", Post = "post_id" },
        new("comments", "author_id", "id", Becomes.Anonymise, Becomes.Move) { Name = "author_name", Post = "post_id" },
        new("comments", "deleted_by", "id", Becomes.Keep, Becomes.Move),
        // Counted anew from the revisions besides.
        new("wiki_credits", "author_id", "post_id", Becomes.Anonymise, Becomes.Move) { Name = "author_name", Post = "post_id" },
        new("tags", "created_by", "id", Becomes.Forget, Becomes.Move),
        new("follows", "user_id", "user_id, post_id", Becomes.Delete, Becomes.MoveUnlessThere) { Once = "post_id" },
        new("merged_follows", "user_id", "merge_id, user_id", Becomes.Delete, Becomes.MoveUnlessThere) { Once = "merge_id" },
        new("watched_tags", "user_id", "user_id, pattern", Becomes.Delete, Becomes.MoveUnlessThere) { Once = "pattern" },
        new("saved_filters", "user_id", "id", Becomes.Delete, Becomes.MoveUnlessThere) { Once = "name" },
        new("bounties", "refunded_by", "id", Becomes.Keep, Becomes.Move),
        new("inbox", "user_id", "id", Becomes.Delete, Becomes.MoveUnlessThere) { Once = "event_id" },
        new("inbox", "actor_id", "id", Becomes.Forget, Becomes.Move),
        new("setting_changes", "changed_by", "id", Becomes.Keep, Becomes.Move),
        new("vote_pairs", "voter_id", "voter_id, author_id", Becomes.Delete, Becomes.Delete),
        new("vote_pairs", "author_id", "voter_id, author_id", Becomes.Delete, Becomes.Delete),
        new("address_sightings", "user_id", "user_id, address", Becomes.Delete, Becomes.MoveUnlessThere) { Once = "address" },
        new("tag_scores", "user_id", "user_id, tag_id", Becomes.Delete, Becomes.Delete),
        new("vote_cancellations", "cancelled_by", "id", Becomes.Keep, Becomes.Move),
        new("vote_cancellations", "undone_by", "id", Becomes.Keep, Becomes.Move),
        new("suggested_edits", "author_id", "id", Becomes.Keep, Becomes.Move),
        new("suggested_edits", "decided_by", "id", Becomes.Keep, Becomes.Move),
        new("suggested_edit_reviews", "user_id", "edit_id, user_id", Becomes.Delete, Becomes.MoveUnlessThere) { Once = "edit_id" },
        new("suggested_edit_skips", "user_id", "edit_id, user_id", Becomes.Delete, Becomes.MoveUnlessThere) { Once = "edit_id" },
        new("tag_synonyms", "proposed_by", "id", Becomes.Forget, Becomes.Move),
        new("tag_synonyms", "approved_by", "id", Becomes.Keep, Becomes.Move),
        new("tag_merges", "asked_by", "id", Becomes.Keep, Becomes.Move),
        new("tag_events", "actor_id", "id", Becomes.Keep, Becomes.Move),
        // A flag's rows are told apart by who raised them: the words go, the number stays.
        new("flags", "user_id", "id", Becomes.Keep, Becomes.Move),
        new("flags", "decided_by", "id", Becomes.Keep, Becomes.Move),
        new("flag_claims", "user_id", "post_id", Becomes.Delete, Becomes.Delete),
        new("reviews", "user_id", "task_id, user_id", Becomes.Keep, Becomes.MoveUnlessThere) { Once = "task_id" },
        new("review_suspensions", "user_id", "id", Becomes.Delete, Becomes.Move),
        new("review_suspensions", "imposed_by", "id", Becomes.Keep, Becomes.Move),
        new("review_suspensions", "lifted_by", "id", Becomes.Keep, Becomes.Move),
        new("moderation_votes", "user_id", "id", Becomes.Keep, Becomes.Move),
        new("reopen_requests", "author_id", "question_id, closed_at", Becomes.Forget, Becomes.Move),
        new("post_notices", "by_id", "post_id, kind", Becomes.Keep, Becomes.Move),
        new("redactions", "proposed_by", "id", Becomes.Keep, Becomes.Move),
        new("redaction_supports", "user_id", "redaction_id, user_id", Becomes.Keep, Becomes.MoveUnlessThere) { Once = "redaction_id" },
        new("blocked_texts", "created_by", "id", Becomes.Keep, Becomes.Move),
        new("question_merges", "merged_by", "id", Becomes.Keep, Becomes.Move),
        new("question_merges", "unmerged_by", "id", Becomes.Keep, Becomes.Move),
        new("moved_answers", "moved_by", "id", Becomes.Keep, Becomes.Move),
        new("user_notes", "user_id", "id", Becomes.Delete, Becomes.Move),
        new("user_notes", "author_id", "id", Becomes.Keep, Becomes.Move),
        new("suspensions", "user_id", "id", Becomes.Delete, Becomes.Move),
        new("suspensions", "by_id", "id", Becomes.Keep, Becomes.Move),
        new("suspensions", "lifted_by", "id", Becomes.Keep, Becomes.Move),
        new("moderator_messages", "user_id", "id", Becomes.Delete, Becomes.Move),
        new("moderator_messages", "author_id", "id", Becomes.Keep, Becomes.Move),
        new("returned_people", "user_id", "user_id", Becomes.Delete, Becomes.Step),
        new("returned_people", "former_id", "user_id", Becomes.Keep, Becomes.Keep),
        new("departed_addresses", "user_id", "hash, user_id", Becomes.Keep, Becomes.Keep),
        new("departures", "user_id", "id", Becomes.Keep, Becomes.Keep),
        new("departures", "into_id", "id", Becomes.Keep, Becomes.Keep),
        new("departures", "asked_by", "id", Becomes.Keep, Becomes.Keep),
        new("departures", "agreed_by", "id", Becomes.Keep, Becomes.Keep),
        // The log says what was, by numbers alone.
        new("moderation_acts", "actor_id", "id", Becomes.Keep, Becomes.Keep),
        new("moderation_acts", "concerns_id", "id", Becomes.Keep, Becomes.Keep),
    ];
}
