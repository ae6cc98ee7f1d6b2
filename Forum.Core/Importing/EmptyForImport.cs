using Forum.Core.Verification;
using Forum.Data;

namespace Forum.Core.Importing;

/// <summary>Removes what a community consists of; what the operator set up stays.</summary>
internal static class EmptyForImport
{
    /// <summary>Tables whose rows are the community. Those that are not here are the operator's, or the program's own.</summary>
    internal static readonly IReadOnlyList<string> Tables =
    [
        "redacted_suggestions", "redacted_revisions", "redaction_supports", "redactions", "post_notices",
        "merged_follows", "moved_answers", "question_merges", "departures", "departed_addresses", "returned_people",
        "suspensions", "moderator_messages", "user_notes", "spam_learned", "spam_words", "sprung_traps",
        "flag_claims", "flags", "reviews", "review_tasks", "review_suspensions", "close_vote_targets", "moderation_votes", "reopen_requests", "moderation_acts", "deliveries", "events", "watermarks", "form_keys", "inbox", "reputation_days", "reputation_events", "user_badges", "badges", "tag_scores", "leaders",
        "suggested_edit_reviews", "suggested_edit_skips", "suggested_edits", "cancelled_votes", "vote_cancellations", "bounties", "ranked_questions", "wiki_credits",
        "saved_filters", "watched_tags", "follows", "saves", "comment_votes", "legacy_votes", "held_votes", "votes", "comments", "related_questions", "post_links",
        "tag_synonym_votes", "tag_synonyms", "tag_merges", "tag_events", "tagged_posts", "question_tags", "tags", "post_events", "revisions", "post_search", "title_search",
        "code_search", "link_search", "search_words",
        "vote_pairs", "address_sightings", "site_figures", "posts", "accounts", "users", "samples", "jobs", "paces",
    ];

    internal static readonly IReadOnlyList<string> Kept =
    [
        "schema_version", "settings", "setting_changes", "data_protection_keys", "imports", "import_history", "import_posts", "import_votes", "totals", "close_reasons", "close_reason_texts", "secrets", "blocked_texts",
    ];

    /// <summary>Deletes the community, save the one who acts when no person does.</summary>
    public static async Task RemoveContent(this Db db, CancellationToken token)
    {
        await db.DeferForeignKeys(token);
        await db.Execute("update setting_changes set changed_by = null", token: token);
        await db.Execute("update blocked_texts set created_by = null where created_by is not null", token: token);
        foreach (var table in Tables)
            await db.Execute($"delete from {table}{(table == "users" ? " where id <> -1" : "")}", token: token);
        await db.Execute("update users set reputation = 1, gold = 0, silver = 0, bronze = 0 where id = -1", token: token);
        await db.Recount(token);
        // Cookies name people by their ids, which are other people's now.
        await db.Execute("delete from data_protection_keys", token: token);
    }
}
