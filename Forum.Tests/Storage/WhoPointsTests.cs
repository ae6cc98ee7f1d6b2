using Forum.Core.Departures;
using Forum.Tests.Support;

namespace Forum.Tests.Storage;

/// <summary>
/// Everything that points at a user or a post, and what becomes of it when two people are merged, a person is erased,
/// the site is exported or a person downloads their data. A new foreign key fails here until somebody has thought of it.
/// </summary>
public sealed class WhoPointsTests
{
    private const string Keep = "keep";
    private const string Move = "move";
    private const string MoveUnlessThere = "move unless the other has one";
    private const string Anonymise = "set null, keep the name as userNNN";
    private const string Forget = "set null";
    private const string Delete = "delete";
    private const string Undo = "undo with its effects";
    private const string Yes = "yes";
    private const string No = "no";

    /// <summary>Column → on merge of people, on erasure of a person, in the export, in a person's download.</summary>
    internal static readonly Dictionary<string, (string OnMerge, string OnErasure, string InExport, string InDownload)> OfUsers = new(StringComparer.Ordinal)
    {
        ["accounts.user_id"] = (Delete, Delete, No, Yes),
        ["posts.author_id"] = (Move, Anonymise, Yes, Yes),
        ["posts.editor_id"] = (Move, Anonymise, Yes, No),
        ["posts.deleted_by"] = (Move, Keep, No, No),
        ["revisions.author_id"] = (Move, Anonymise, Yes, Yes),
        ["post_events.actor_id"] = (Move, Anonymise, Yes, No),
        ["tags.created_by"] = (Move, Forget, Yes, No),
        ["comments.author_id"] = (Move, Anonymise, Yes, Yes),
        ["comments.deleted_by"] = (Move, Keep, No, No),
        ["votes.user_id"] = (MoveUnlessThere, Undo, No, Yes),
        ["held_votes.user_id"] = (Delete, Delete, No, Yes),
        ["comment_votes.user_id"] = (MoveUnlessThere, Undo, No, Yes),
        ["saves.user_id"] = (MoveUnlessThere, Delete, No, Yes),
        ["follows.user_id"] = (MoveUnlessThere, Delete, No, Yes),
        ["watched_tags.user_id"] = (MoveUnlessThere, Delete, No, Yes),
        ["saved_filters.user_id"] = (MoveUnlessThere, Delete, No, Yes),
        ["wiki_credits.author_id"] = (Move, Anonymise, No, No),
        ["bounties.sponsor_id"] = (Move, "to the Community user", Yes, Yes),
        ["bounties.refunded_by"] = (Move, Keep, No, No),
        ["user_badges.user_id"] = (Move, Delete, Yes, Yes),
        ["reputation_events.user_id"] = (Move, Delete, No, Yes),
        ["reputation_events.cause_id"] = (Move, Undo, No, No),
        ["reputation_days.user_id"] = ("fold anew", Delete, No, Yes),
        ["inbox.user_id"] = (MoveUnlessThere, Delete, No, Yes),
        ["inbox.actor_id"] = (Move, Forget, No, No),
        ["setting_changes.changed_by"] = (Move, Keep, No, No),
        ["tag_scores.user_id"] = (Delete, Delete, No, No),
        ["leaders.user_id"] = (Keep, Keep, No, No),
        ["vote_pairs.voter_id"] = (Delete, Delete, No, No),
        ["vote_pairs.author_id"] = (Delete, Delete, No, No),
        ["address_sightings.user_id"] = (MoveUnlessThere, Delete, No, Yes),
        ["vote_cancellations.voter_id"] = (Move, Delete, No, No),
        ["vote_cancellations.author_id"] = (Move, Delete, No, No),
        ["vote_cancellations.cancelled_by"] = (Move, Keep, No, No),
        ["vote_cancellations.undone_by"] = (Move, Keep, No, No),
        ["suggested_edits.author_id"] = (Move, Keep, No, Yes),
        ["suggested_edits.decided_by"] = (Move, Keep, No, No),
        ["suggested_edit_reviews.user_id"] = (MoveUnlessThere, Delete, No, Yes),
        ["suggested_edit_skips.user_id"] = (MoveUnlessThere, Delete, No, Yes),
        ["tag_synonyms.proposed_by"] = (Move, Forget, Yes, No),
        ["tag_synonyms.approved_by"] = (Move, Keep, No, No),
        ["tag_synonym_votes.user_id"] = (MoveUnlessThere, Undo, No, Yes),
        ["tag_merges.asked_by"] = (Move, Keep, No, No),
        ["tag_events.actor_id"] = (Move, Keep, Yes, No),
        ["cancelled_votes.user_id"] = (Move, Delete, No, No),
        ["flags.user_id"] = (Move, Keep, No, Yes),
        ["flags.decided_by"] = (Move, Keep, No, No),
        ["flag_claims.user_id"] = (Delete, Delete, No, No),
        ["reviews.user_id"] = (MoveUnlessThere, Keep, No, Yes),
        ["review_suspensions.user_id"] = (Move, Delete, No, Yes),
        ["blocked_texts.created_by"] = (Move, Keep, No, No),
        ["review_suspensions.imposed_by"] = (Move, Keep, No, No),
        ["review_suspensions.lifted_by"] = (Move, Keep, No, No),
        ["moderation_votes.user_id"] = (Move, Keep, No, Yes),
        ["reopen_requests.author_id"] = (Move, Forget, No, No),
        ["posts.locked_by"] = (Move, Keep, No, No),
        ["post_notices.by_id"] = (Move, Keep, No, No),
        ["redactions.proposed_by"] = (Move, Keep, No, No),
        ["redaction_supports.user_id"] = (MoveUnlessThere, Keep, No, No),
        ["question_merges.merged_by"] = (Move, Keep, No, No),
        ["question_merges.unmerged_by"] = (Move, Keep, No, No),
        ["moved_answers.moved_by"] = (Move, Keep, No, No),
        ["merged_follows.user_id"] = (MoveUnlessThere, Delete, No, No),
        ["user_notes.user_id"] = (Move, Delete, No, No),
        ["user_notes.author_id"] = (Move, Keep, No, No),
        ["moderator_messages.user_id"] = (Move, Delete, No, Yes),
        ["moderator_messages.author_id"] = (Move, Keep, No, No),
        ["suspensions.user_id"] = (Move, Delete, No, Yes),
        ["suspensions.by_id"] = (Move, Keep, No, No),
        ["suspensions.lifted_by"] = (Move, Keep, No, No),
        ["returned_people.user_id"] = ("move unless the other has one", Delete, No, Yes),
        ["returned_people.former_id"] = (Keep, Keep, No, No),
        ["departed_addresses.user_id"] = (Keep, Keep, No, No),
        ["departures.user_id"] = (Keep, Keep, No, Yes),
        ["departures.into_id"] = (Keep, Keep, No, No),
        ["departures.asked_by"] = (Keep, Keep, No, No),
        ["departures.agreed_by"] = (Keep, Keep, No, No),
        ["moderation_acts.actor_id"] = (Keep, Keep, No, No),
        ["moderation_acts.concerns_id"] = (Keep, Keep, No, No),
    };

    /// <summary>Column → when two questions are merged, when a post is deleted, in the export.</summary>
    private static readonly Dictionary<string, (string OnMerge, string OnDeletion, string InExport)> Posts = new(StringComparer.Ordinal)
    {
        ["posts.question_id"] = (Move, "hide with it", Yes),
        ["posts.accepted_answer_id"] = (Forget, Keep, Yes),
        ["revisions.post_id"] = (Keep, "hide with it", Yes),
        ["post_events.post_id"] = (Keep, "hide with it", Yes),
        ["tags.excerpt_post_id"] = (Keep, "hide with it", Yes),
        ["tags.wiki_post_id"] = (Keep, "hide with it", Yes),
        ["question_tags.question_id"] = (Keep, "unlist", Yes),
        ["post_links.from_post_id"] = ("speaks for the question it is under", "hide with it", Yes),
        ["post_links.to_post_id"] = (Keep, "hide with it", Yes),
        ["related_questions.question_id"] = ("find anew", "hide with it", No),
        ["related_questions.related_id"] = ("find anew", "hide with it", No),
        ["comments.post_id"] = (Keep, "hide with it", Yes),
        ["votes.post_id"] = (Keep, "keep, without reputation", No),
        ["held_votes.post_id"] = (Keep, "wait, until it is back", No),
        ["legacy_votes.post_id"] = (Keep, Keep, Yes),
        ["saves.post_id"] = (Keep, "keep, without its title", No),
        ["follows.post_id"] = ("keep, and follow the other too", Keep, No),
        ["bounties.question_id"] = (Keep, Keep, Yes),
        ["bounties.awarded_answer_id"] = (Keep, Keep, Yes),
        ["user_badges.post_id"] = (Keep, Keep, Yes),
        ["reputation_events.post_id"] = (Keep, "stop counting", No),
        ["inbox.post_id"] = (Keep, "keep, without its title", No),
        ["suggested_edits.post_id"] = (Move, "cannot be approved", No),
        ["cancelled_votes.post_id"] = (Keep, Keep, No),
        ["ranked_questions.question_id"] = ("rank anew", "hide with it", No),
        ["wiki_credits.post_id"] = ("count anew", "hide with it", No),
        ["flags.post_id"] = (Keep, "end, most as helpful", No),
        ["post_notices.post_id"] = (Keep, "hide with it", No),
        ["redactions.post_id"] = (Keep, "hide with it", No),
        ["spam_learned.post_id"] = (Keep, "count anew", No),
        ["flag_claims.post_id"] = (Delete, Keep, No),
        ["review_tasks.post_id"] = (Keep, "end as overtaken", No),
        ["moderation_votes.post_id"] = (Keep, "keep, until they age", No),
        ["close_vote_targets.target_id"] = (Move, "cannot be chosen", No),
        ["reopen_requests.question_id"] = (Keep, "hide with it", No),
        ["inbox.question_id"] = (Move, "keep, without its title", No),
        ["question_merges.source_id"] = (Keep, "leads nowhere", Yes),
        ["question_merges.target_id"] = (Keep, "leads nowhere", Yes),
        ["moved_answers.answer_id"] = (Keep, Keep, Yes),
        ["moved_answers.from_id"] = (Keep, Keep, Yes),
        ["moved_answers.to_id"] = (Keep, Keep, Yes),
    };

    [Test]
    public void Accounts_end_as_the_table_says()
    {
        // A column that takes more than a word has steps of its own, which Departures.FateTests walk.
        string? Word(Becomes does) => does switch
        {
            Becomes.Keep => Keep, Becomes.Forget => Forget, Becomes.Anonymise => Anonymise, Becomes.Delete => Delete, Becomes.Move => Move, Becomes.MoveUnlessThere => MoveUnlessThere, Becomes.Step => null,
        };

        foreach (var fate in Fate.All)
        {
            var (onMerge, onErasure, _, _) = OfUsers[fate.Column];
            Assert.That(Word(fate.OnMerge) ?? onMerge, Is.EqualTo(onMerge), $"{fate.Column} on merge");
            Assert.That(Word(fate.OnErasure) ?? onErasure, Is.EqualTo(onErasure), $"{fate.Column} on erasure");
        }
    }

    [TestCase("users")]
    [TestCase("posts")]
    public async Task Everything_that_points_at_it_is_known(string target)
    {
        await using var forum = new TestForum();

        var columns = await forum.Sql(db => db.Query<string>(
            """
            select t.name || '.' || k."from"
            from sqlite_schema t, pragma_foreign_key_list(t.name) k
            where t.type = 'table' and k."table" = @target
            order by 1
            """, new { target }));

        IEnumerable<string> known = target == "users" ? OfUsers.Keys : Posts.Keys;
        Assert.That(columns, Is.EquivalentTo(known));
    }

    [TestCase("users")]
    [TestCase("posts")]
    public async Task Everything_that_points_at_it_is_found_by_an_index(string target)
    {
        await using var forum = new TestForum();

        var scanned = await forum.Sql(db => db.Query<string>(
            """
            select t.name || '.' || k."from"
            from sqlite_schema t, pragma_foreign_key_list(t.name) k
            where t.type = 'table' and k."table" = @target
              and not exists (
                select 1
                from pragma_index_list(t.name) i, pragma_index_info(i.name) c
                where c.seqno = 0 and c.name = k."from")
              and not exists (select 1 from pragma_table_info(t.name) p where p.pk = 1 and p.name = k."from")
            """, new { target }));

        Assert.That(scanned, Is.Empty);
    }
}
