-- The whole schema of Forum, from top to bottom. It is applied to an empty database as it stands; an older database
-- is brought here by Forum.Data/Migrations. SQLite reads it as it is; another engine gets it by a substitution of types.
--
-- Conventions: times are UTC milliseconds since 1970 (integer); days are days since 1970 (integer);
-- booleans are 0 or 1; text is Unicode in form C; ids are 64-bit integers.
-- Markdown is what people wrote; html is what the renderer made of it, with the renderer's version beside it.

-- What number of migration this database is at. One row.
create table schema_version (
    version integer not null
) strict;

insert into schema_version (version) values (26);

-- A person (or the Community user, id -1) as others see them. What signs a person in is in accounts.
create table users (
    id               integer primary key autoincrement,                        -- from 1 on, and never used again
    name             text    not null check (length(name) between 1 and 100),  -- display name, not unique
    reputation       integer not null default 1 check (reputation >= 1),       -- the fold of reputation_events
    is_moderator     integer not null default 0 check (is_moderator in (0, 1)),
    is_administrator integer not null default 0 check (is_administrator in (0, 1)),
    gold             integer not null default 0 check (gold >= 0),             -- badges held, by class: counted from user_badges
    silver           integer not null default 0 check (silver >= 0),
    bronze           integer not null default 0 check (bronze >= 0),
    question_count   integer not null default 0 check (question_count >= 0),   -- what they asked and answered that is listed
    answer_count     integer not null default 0 check (answer_count >= 0),
    about            text    not null default '',                              -- Markdown, or HTML that an import could not turn into it
    about_html       text    not null default '',
    about_renderer   integer not null default 0,
    location         text    not null default '',
    website          text    not null default '',
    picture          text    not null default '',                              -- address of a picture elsewhere, from an import
    created_at       integer not null,
    seen_at          integer not null,                                         -- last visit, to within some minutes
    suspended_until  integer,
    removed_at       integer,
    network_id       integer,                                                  -- AccountId of a Stack Exchange dump: how its owner can claim it
    legacy_views     integer not null default 0,                               -- counts that only the dump knew
    legacy_up_votes  integer not null default 0,
    legacy_down_votes integer not null default 0,
    search_name      text    not null default '',                              -- the name folded for looking it up
    is_imported      integer not null default 0 check (is_imported in (0, 1)), -- 1: the id is the old site's
    streak           integer not null default 0 check (streak >= 0),           -- days in a row with a visit, up to that of seen_at
    longest_streak   integer not null default 0 check (longest_streak >= 0),
    next_badge       integer references badges (id),                           -- the one they chose to see their progress to
    hides_ignored    integer not null default 0 check (hides_ignored in (0, 1)) -- 1: lists leave out what carries a tag they ignore; 0: grey it
) strict;

create index users_by_reputation on users (reputation desc, id, removed_at);
create index users_who_administer on users (id) where is_administrator = 1;
create index users_suspended on users (suspended_until) where suspended_until is not null;
create index users_by_created on users (created_at desc, id, removed_at);
create index users_by_search_name on users (search_name, id, removed_at);
create unique index users_by_network_id on users (network_id) where network_id is not null;
create index users_removed on users (id) where removed_at is not null;
create index users_by_next_badge on users (next_badge) where next_badge is not null;

-- How a person signs in. Erasing a person deletes this row; the users row stays for what they wrote.
create table accounts (
    user_id           integer primary key references users (id) on delete cascade,
    sign_in_name      text    not null,
    sign_in_key       text    not null unique,                                 -- normalised sign-in name: the key guards it, not a look-up
    email             text,
    email_key         text    unique,                                          -- normalised e-mail address
    password_hash     text,
    security_stamp    text    not null,                                        -- changes when sessions must end
    lockout_ends_at   integer,
    failed_sign_ins   integer not null default 0,
    language          text,                                                    -- null: as the browser asks
    theme             text,                                                    -- null: as the system has it
    mailbox           text                                                     -- where mail to the address arrives, as far as it tells: Connections/Mailbox.cs
) strict;

create index accounts_by_mailbox on accounts (mailbox) where mailbox is not null;

-- From which network addresses somebody signed in, registered or wrote of late: for moderators who compare accounts, and for nothing else.
-- Rows that are old are thrown away. See docs/rules/insight.md.
create table address_sightings (
    user_id  integer not null references users (id) on delete cascade,
    address  text    not null,
    network  text    not null,                                                 -- what the address begins with: 24 bits of IPv4, 48 of IPv6
    first_at integer not null,
    last_at  integer not null,
    times    integer not null check (times > 0),
    primary key (user_id, address)
) strict, without rowid;

create index address_sightings_by_address on address_sightings (address, last_at);
create index address_sightings_by_network on address_sightings (network, last_at);
create index address_sightings_by_age on address_sightings (last_at);

-- A question (kind 1), an answer (2), or, as in a Stack Exchange dump, whose ids are kept: a tag's excerpt (4),
-- a tag's wiki (5), a moderator's nomination (6), a wiki placeholder (7).
create table posts (
    id                 integer primary key,
    kind               integer not null check (kind between 1 and 7),
    question_id        integer references posts (id),                          -- of an answer
    author_id          integer references users (id),                          -- null: the author was removed
    author_name        text,                                                   -- shown when there is no author_id
    title              text,                                                   -- of a question
    body               text    not null,
    body_is_html       integer not null default 0 check (body_is_html in (0, 1)), -- 1: an import had no Markdown and could not make it
    html               text    not null,
    renderer           integer not null,
    tags               text    not null default '',                            -- names between blanks, in the author's order; question_tags is their index
    score              integer not null default 0,                             -- votes and legacy_votes, up minus down
    answer_count       integer not null default 0 check (answer_count >= 0),   -- of a question: answers that are not deleted
    comment_count      integer not null default 0 check (comment_count >= 0),
    save_count         integer not null default 0 check (save_count >= 0),
    view_count         integer not null default 0 check (view_count >= 0),
    accepted_answer_id integer references posts (id),
    accepted_at        integer,
    is_answered        integer not null default 0 check (is_answered in (0, 1)), -- has an accepted answer, or one with a score above 0
    created_at         integer not null,
    edited_at          integer,                                                -- null: never edited after the grace period
    editor_id          integer references users (id),
    editor_name        text,
    active_at          integer not null,                                       -- of a question: the newest of asking, answering and editing in the thread
    deleted_at         integer,
    deleted_by         integer references users (id),
    closed_at          integer,
    close_reason       text,
    locked_at          integer,
    protected_at       integer,
    wiki_at            integer,                                                -- when it became community wiki
    license            text    not null,
    revision_count     integer not null default 1,
    is_imported        integer not null default 0 check (is_imported in (0, 1)), -- 1: the id is the old site's
    is_listed          integer not null default 1 check (is_listed in (0, 1)), -- 0: deleted, or answers what is deleted
    link_count         integer not null default 0 check (link_count >= 0),     -- of a question: posts that link to it, counted from time to time
    deletion           integer check (deletion between 1 and 6),               -- Editing.DeletionKind: who took it away; null: not deleted, or not known
    lock_kind          integer,                                                -- LockKind; null of one that is locked: an import knew no more
    locked_until       integer,                                                -- when it unlocks by itself
    locked_by          integer references users (id),
    check (kind <> 2 or question_id is not null),
    check (kind <> 1 or title is not null),
    check ((accepted_answer_id is null) = (accepted_at is null))
) strict;

-- Lists of questions. Each holds only what a visitor may see, in the order of its list.
create index questions_by_created  on posts (created_at desc, id desc) where kind = 1 and is_listed = 1;
create index questions_by_active   on posts (active_at desc, id desc, score) where kind = 1 and is_listed = 1;
create index questions_by_score    on posts (score desc, id desc)      where kind = 1 and is_listed = 1;
create index questions_unanswered  on posts (score desc, id desc)      where kind = 1 and is_listed = 1 and is_answered = 0;
create index questions_unanswered_newest on posts (created_at desc, id desc) where kind = 1 and is_listed = 1 and is_answered = 0;
create index questions_without_answers on posts (created_at desc, id desc) where kind = 1 and is_listed = 1 and answer_count = 0;
create index questions_closed      on posts (closed_at, id) where kind = 1 and is_listed = 1 and closed_at is not null;
create index questions_forgotten   on posts (active_at) where kind = 1 and is_listed = 1 and is_answered = 0 and answer_count > 0 and closed_at is null and locked_at is null;
create index questions_by_links    on posts (link_count desc, id desc) where kind = 1 and is_listed = 1 and link_count > 0;
create index posts_of_the_wiki     on posts (id) where wiki_at is not null;
create index answers_by_question   on posts (question_id, deleted_at, score desc, created_at) where kind = 2;
create index posts_by_author       on posts (author_id, kind, is_listed, score desc, id desc);
create index posts_by_accepted     on posts (accepted_answer_id) where accepted_answer_id is not null;
create index posts_by_renderer     on posts (renderer);
create index posts_by_editor       on posts (editor_id) where editor_id is not null;
create index posts_by_deleter      on posts (deleted_by) where deleted_by is not null;
create index posts_unlisted       on posts (id) where is_listed = 0;
create index posts_that_are_spam  on posts (deleted_at) where deletion = 5;
create index posts_locked_until   on posts (locked_until) where locked_until is not null;
create index posts_by_locker      on posts (locked_by) where locked_by is not null;
create index posts_by_date        on posts (created_at) where kind in (1, 2);

-- Every state a post's text was in. A null says: unchanged from the revision before. Rows are long, so their key is an
-- index beside them.
create table revisions (
    post_id     integer not null references posts (id),
    number      integer not null check (number >= 1),
    author_id   integer references users (id),
    author_name text,
    title       text,
    body        text,
    tags        text,
    comment     text    not null default '',                                   -- the editor's summary
    created_at  integer not null,
    license     text    not null,
    guid        text,                                                          -- RevisionGUID of a dump; null: written here
    rollback_to integer,                                                       -- the number of the revision whose text this brought back
    redaction_id integer references redactions (id),                           -- by what its text is hidden: it is sealed in redacted_revisions
    primary key (post_id, number)
) strict;

create index revisions_by_author on revisions (author_id, created_at, number) where author_id is not null;
create index revisions_redacted on revisions (redaction_id) where redaction_id is not null;

-- An edit that somebody proposes who may not edit freely. At most one waits for each post.
create table suggested_edits (
    id         integer primary key,
    post_id    integer not null references posts (id),
    author_id  integer references users (id),
    title      text,                                                           -- of a question
    body       text    not null,
    tags       text    not null default '',
    comment    text    not null,
    basis      text    not null,                                               -- EditingRules.Basis of the text it began from…
    revision   integer not null,                                               -- …and that text's revision
    created_at integer not null,
    outcome    integer,                                                        -- SuggestionOutcome; null: it waits
    reason     text    not null default '',                                    -- of a rejection: a key, or words
    decided_at integer,
    decided_by integer references users (id),
    redaction_id integer references redactions (id)                            -- by what its text is hidden: it is sealed in redacted_suggestions
) strict;

create unique index suggested_edits_waiting on suggested_edits (post_id) where outcome is null;
create index suggested_edits_by_age on suggested_edits (created_at) where outcome is null;
create index suggested_edits_by_post on suggested_edits (post_id);
create index suggested_edits_by_author on suggested_edits (author_id, created_at) where author_id is not null;
create index suggested_edits_by_decider on suggested_edits (decided_by) where decided_by is not null;
create index suggested_edits_decided on suggested_edits (outcome, decided_at desc) where outcome is not null;
create index suggested_edits_redacted on suggested_edits (redaction_id) where redaction_id is not null;

-- What reviewers think of it; one verdict each.
create table suggested_edit_reviews (
    edit_id    integer not null references suggested_edits (id),
    user_id    integer not null references users (id),
    verdict    integer not null check (verdict in (1, -1)),
    reason     text    not null default '',
    given_at   integer not null,
    primary key (edit_id, user_id)
) strict, without rowid;

create index suggested_edit_reviews_by_user on suggested_edit_reviews (user_id, given_at);

-- Who left a suggested edit to others: it is not listed for them again.
create table suggested_edit_skips (
    edit_id    integer not null references suggested_edits (id),
    user_id    integer not null references users (id),
    skipped_at integer not null,
    primary key (edit_id, user_id)
) strict, without rowid;

create index suggested_edit_skips_by_user on suggested_edit_skips (user_id);

-- Who wrote most of a community wiki, kept beside it soon after it changes: by lines of its text, the first author's counting double.
create table wiki_credits (
    post_id   integer primary key references posts (id),
    editors   integer not null check (editors >= 0),                           -- people who wrote any of its revisions
    author_id integer references users (id),                                   -- who wrote most; null: somebody whose account is gone…
    author_name text,                                                          -- …under this name
    share     integer not null check (share between 0 and 100)                 -- the part of its lines that is theirs, in percent
) strict;

create index wiki_credits_by_author on wiki_credits (author_id) where author_id is not null;

-- What happened to a post besides edits: closed, reopened, locked, protected, deleted, merged, bounty …
create table post_events (
    id         integer primary key,
    post_id    integer not null references posts (id),
    kind       text    not null,
    actor_id   integer references users (id),
    actor_name text,
    at         integer not null,
    details    text    not null default '',                                    -- JSON, or what a dump had there
    legacy_id  integer unique                                                  -- PostHistory id of a dump
) strict;

create index post_events_by_post on post_events (post_id, at);
create index post_events_by_actor on post_events (actor_id) where actor_id is not null;
create index post_events_by_kind on post_events (kind, at);

-- What moderators say above a post to its readers: one of a kind. See docs/rules/notices.md.
create table post_notices (
    post_id integer not null references posts (id),
    kind    integer not null,                                                  -- NoticeKind
    by_id   integer references users (id),
    at      integer not null,
    ends_at integer,                                                           -- null: until somebody takes it away
    primary key (post_id, kind)
) strict, without rowid;

create index post_notices_by_end on post_notices (ends_at) where ends_at is not null;
create index post_notices_by_who on post_notices (by_id) where by_id is not null;

-- That some revisions of a post are hidden from everybody because they say what must not be known, or are to be. See docs/rules/editing.md.
create table redactions (
    id          integer primary key,
    post_id     integer not null references posts (id),
    reason      text    not null,                                              -- for moderators
    proposed_by integer references users (id),
    proposed_at integer not null,
    state       integer not null default 0 check (state between 0 and 3),      -- RedactionState
    decided_at  integer,
    check ((state = 0) = (decided_at is null))
) strict;

create unique index redactions_waiting on redactions (post_id) where state = 0;
create index redactions_by_post on redactions (post_id, id);
create index redactions_by_proposer on redactions (proposed_by) where proposed_by is not null;

-- Who is for it: whoever proposed it, and those who agreed.
create table redaction_supports (
    redaction_id integer not null references redactions (id),
    user_id      integer not null references users (id),
    at           integer not null,
    primary key (redaction_id, user_id)
) strict, without rowid;

create index redaction_supports_by_user on redaction_supports (user_id);

-- Which revisions. While they are hidden, what they said is here and nowhere else; a null says: it is not sealed.
create table redacted_revisions (
    redaction_id integer not null references redactions (id),
    number       integer not null,
    title        text,
    body         text,
    tags         text,
    comment      text,
    primary key (redaction_id, number)
) strict;

-- The same of suggested edits that begin from such a revision or say what it says.
create table redacted_suggestions (
    redaction_id integer not null references redactions (id),
    edit_id      integer not null references suggested_edits (id),
    title        text,
    body         text    not null,
    tags         text    not null,
    comment      text    not null,
    primary key (redaction_id, edit_id)
) strict;

create index redacted_suggestions_by_edit on redacted_suggestions (edit_id);

-- Votes of the community to close, reopen, delete or undelete. One that waits has no end; what became of it stays.
create table moderation_votes (
    id         integer primary key,
    post_id    integer not null references posts (id),
    user_id    integer not null references users (id),
    kind       integer not null check (kind between 1 and 4),                  -- ModerationVoteKind
    round      integer not null,                                               -- how often such votes had decided on the post before
    reason     text    not null default '',                                    -- of a vote to close: CloseReason
    hammer     text,                                                           -- the tag whose gold badge made it decide alone
    cast_at    integer not null,
    ended_at   integer,
    outcome    integer check (outcome between 1 and 4),                        -- ModerationVoteOutcome; null: it waits
    check ((ended_at is null) = (outcome is null))
) strict;

create unique index moderation_votes_waiting on moderation_votes (post_id, user_id, kind) where outcome is null;
create index moderation_votes_by_age on moderation_votes (cast_at, post_id) where outcome is null;
create index moderation_votes_by_post on moderation_votes (post_id, kind, round);
create index moderation_votes_by_user on moderation_votes (user_id, kind, cast_at);

-- The questions that a vote to close says this one is a duplicate of.
create table close_vote_targets (
    vote_id   integer not null references moderation_votes (id),
    target_id integer not null references posts (id),
    place     integer not null,
    primary key (vote_id, target_id)
) strict, without rowid;

create index close_vote_targets_by_target on close_vote_targets (target_id);

-- Askers who say that they mended a closed question; once for each closing. Reviewers of reopening look at those that wait.
create table reopen_requests (
    question_id integer not null references posts (id),
    closed_at   integer not null,                                              -- which closing of it
    author_id   integer references users (id),
    revision    integer not null,                                              -- the edit that mends it
    asked_at    integer not null,
    ended_at    integer,                                                       -- reopened, or reviewed
    primary key (question_id, closed_at)
) strict, without rowid;

create index reopen_requests_waiting on reopen_requests (asked_at) where ended_at is null;
create index reopen_requests_by_author on reopen_requests (author_id) where author_id is not null;

-- Reasons for closing that are this site's own. A reason is never deleted, because closed questions name it.
create table close_reasons (
    id         integer primary key,
    place      integer not null,
    created_at integer not null,
    retired_at integer                                                         -- since when nobody chooses it
) strict;

-- What they say, in each language: to the asker, to everybody, to those who can close.
create table close_reason_texts (
    reason_id   integer not null references close_reasons (id),
    language    text    not null,
    title       text    not null,
    for_asker   text    not null,
    for_public  text    not null,
    for_closers text    not null,
    primary key (reason_id, language)
) strict, without rowid;

-- Tags. A name is lower case, up to 35 of a–z 0–9 + # - . and letters of other scripts.
create table tags (
    id              integer primary key,
    name            text    not null unique check (length(name) between 1 and 35),
    question_count  integer not null default 0 check (question_count >= 0),    -- questions that are not deleted
    unanswered_count integer not null default 0 check (unanswered_count >= 0), -- those of them that no answer answers
    created_at      integer not null,
    created_by      integer references users (id),
    excerpt_post_id integer references posts (id),
    wiki_post_id    integer references posts (id),
    is_required     integer not null default 0 check (is_required in (0, 1)), -- every question has one of these, if there are any
    is_moderator_only integer not null default 0 check (is_moderator_only in (0, 1)),
    is_blocked      integer not null default 0 check (is_blocked in (0, 1)),  -- no question takes it
    related         text    not null default ''                               -- kept: tags that stand beside it, most often first: 'linq 80 .net 41'
) strict;

create index tags_by_count on tags (question_count desc, name);
create index tags_required on tags (name) where is_required = 1;
create index tags_by_creator on tags (created_by) where created_by is not null;
create index tags_by_excerpt on tags (excerpt_post_id) where excerpt_post_id is not null;
create index tags_by_wiki on tags (wiki_post_id) where wiki_post_id is not null;

-- Which question has which tag, with what its lists are ordered by repeated beside it, so that
-- the ten-thousandth page of a tag costs what the first does.
create table question_tags (
    tag_id      integer not null references tags (id),
    question_id integer not null references posts (id),
    is_listed   integer not null check (is_listed in (0, 1)),                  -- 0: the question is deleted
    is_answered integer not null check (is_answered in (0, 1)),
    created_at  integer not null,
    active_at   integer not null,
    score       integer not null,
    primary key (question_id, tag_id)
) strict, without rowid;

create index tag_by_active     on question_tags (tag_id, active_at desc, question_id desc) where is_listed = 1;
-- With those of deleted questions, so that everything that has a tag is found.
create index tag_by_created    on question_tags (tag_id, is_listed, created_at desc, question_id desc);
create index tag_by_score      on question_tags (tag_id, score desc, question_id desc) where is_listed = 1;
create index tag_unanswered    on question_tags (tag_id, score desc, question_id desc) where is_listed = 1 and is_answered = 0;

-- A question and its answers, deleted ones too, under each of the question's tags: search asks here whether a hit has a tag.
create table tagged_posts (
    tag_id  integer not null references tags (id),
    post_id integer not null,                                           -- a post; a reference would need an index of its own
    primary key (tag_id, post_id)
) strict, without rowid;

-- Names that stand for a tag: whoever uses one gets the tag. One that is not approved yet is voted on.
create table tag_synonyms (
    id          integer primary key,
    name        text    not null unique check (length(name) between 1 and 35),
    tag_id      integer not null references tags (id),
    proposed_by integer references users (id),
    proposed_at integer not null,
    approved_at integer,
    approved_by integer references users (id),                                 -- the moderator; null: its votes
    score       integer not null default 0,                                    -- kept: the sum of its votes
    used_count  integer not null default 0 check (used_count >= 0),            -- how often the tag was taken instead
    used_at     integer
) strict;

create index tag_synonyms_by_tag on tag_synonyms (tag_id, name);
create index tag_synonyms_by_age on tag_synonyms (proposed_at desc, id desc);
create index tag_synonyms_by_proposer on tag_synonyms (proposed_by) where proposed_by is not null;
create index tag_synonyms_by_approver on tag_synonyms (approved_by) where approved_by is not null;

-- What people who know the tag say of a name that was proposed.
create table tag_synonym_votes (
    synonym_id integer not null references tag_synonyms (id) on delete cascade,
    user_id    integer not null references users (id),
    direction  integer not null check (direction in (1, -1)),
    cast_at    integer not null,
    primary key (synonym_id, user_id)
) strict, without rowid;

create index tag_synonym_votes_by_user on tag_synonym_votes (user_id, cast_at);

-- Tags that are becoming another one, question by question; the questions that still have the old one are how far that is.
-- Renaming a tag is merging it into a new one. The rows stay.
create table tag_merges (
    id          integer primary key,
    tag_id      integer not null,                                              -- the tag that goes
    into_id     integer not null,
    is_rename   integer not null check (is_rename in (0, 1)),
    questions   integer not null,                                              -- how many had it at the beginning, deleted ones too
    moved       integer not null default 0 check (moved >= 0),                 -- how many have the other by now
    asked_by    integer references users (id),
    asked_at    integer not null,
    finished_at integer
) strict;

create index tag_merges_running on tag_merges (id) where finished_at is null;
create index tag_merges_by_asker on tag_merges (asked_by) where asked_by is not null;

-- What was done to tags themselves, for good: rows are added only. Names of tags stay here when the tags are gone.
create table tag_events (
    id       integer primary key,
    kind     text    not null,                                                 -- TagEvent
    tag      text    not null,
    other    text    not null default '',                                      -- the synonym, or the name it had before
    actor_id integer references users (id),                                    -- null: nobody, or votes
    at       integer not null
) strict;

create index tag_events_by_tag on tag_events (tag, id);
create index tag_events_by_other on tag_events (other, id) where other <> '';
create index tag_events_by_actor on tag_events (actor_id) where actor_id is not null;

-- How long the lists of the whole site are, so that no list counts its rows. One row.
create table totals (
    questions  integer not null default 0 check (questions >= 0),              -- that are not deleted
    unanswered integer not null default 0 check (unanswered >= 0),             -- those of them that no answer answers
    users      integer not null default 0 check (users >= 0),                  -- people who are not removed, without the one who acts when no person does
    tags       integer not null default 0 check (tags >= 0)
) strict;

insert into totals default values;

-- Questions that name each other: linked (1) or duplicate of (3).
create table post_links (
    from_post_id integer not null references posts (id),
    to_post_id   integer not null references posts (id),
    kind         integer not null check (kind in (1, 3)),
    created_at   integer not null,
    primary key (from_post_id, to_post_id, kind)
) strict, without rowid;

create index post_links_by_target on post_links (to_post_id, kind);

-- Questions that are like a question, found again when it or one of them is asked or edited. Whoever shows them leaves out what is deleted since.
create table related_questions (
    question_id integer not null references posts (id),
    place       integer not null check (place > 0),                            -- 1: the most alike
    related_id  integer not null references posts (id),
    primary key (question_id, place)
) strict, without rowid;

create index related_questions_by_target on related_questions (related_id);

create table comments (
    id          integer primary key,
    post_id     integer not null references posts (id),
    author_id   integer references users (id),
    author_name text,
    body        text    not null,
    html        text    not null,
    renderer    integer not null,
    score       integer not null default 0 check (score >= 0),                 -- comment_votes and legacy_score
    legacy_score integer not null default 0 check (legacy_score >= 0),         -- votes of a dump, whose voters are unknown
    created_at  integer not null,
    edited_at   integer,
    deleted_at  integer,
    deleted_by  integer references users (id),
    license     text    not null,
    is_imported integer not null default 0 check (is_imported in (0, 1)),      -- 1: the id is the old site's
    is_proposal integer not null default 0 check (is_proposal in (0, 1))       -- 1: the program asks whether another question answers this one
) strict;

create index comments_by_post on comments (post_id, created_at) where deleted_at is null;
create index comments_by_post_all on comments (post_id);
create index comments_by_author on comments (author_id, created_at) where author_id is not null;
create index comments_by_deleter on comments (deleted_by) where deleted_by is not null;

-- One vote for each person and post; the key is the rule.
create table votes (
    post_id   integer not null references posts (id),
    user_id   integer not null references users (id),
    direction integer not null check (direction in (1, -1)),
    cast_at   integer not null,
    counted_at integer,                                                        -- of one that waited first: since when it counts
    primary key (post_id, user_id)
) strict, without rowid;

create index votes_by_user on votes (user_id, cast_at);

-- Votes of new accounts, which wait before they count: in no score and no reputation. One for each person and post, and none beside one that counts.
create table held_votes (
    post_id   integer not null references posts (id),
    user_id   integer not null references users (id),
    direction integer not null check (direction in (1, -1)),
    cast_at   integer not null,
    counts_at integer not null,
    primary key (post_id, user_id)
) strict, without rowid;

create index held_votes_by_time on held_votes (counts_at);
create index held_votes_by_user on held_votes (user_id, cast_at);

-- Votes that a dump counts without saying who cast them, by post, kind (2 up, 3 down) and day.
create table legacy_votes (
    post_id integer not null references posts (id),
    kind    integer not null check (kind in (2, 3)),
    day     integer not null,
    votes   integer not null check (votes > 0),
    primary key (post_id, kind, day)
) strict, without rowid;

create table comment_votes (
    comment_id integer not null references comments (id),
    user_id    integer not null references users (id),
    cast_at    integer not null,
    primary key (comment_id, user_id)
) strict, without rowid;

create index comment_votes_by_user on comment_votes (user_id, cast_at);

-- Bookmarks, with a note that nobody else sees.
create table saves (
    user_id  integer not null references users (id),
    post_id  integer not null references posts (id),
    note     text    not null default '',
    saved_at integer not null,
    primary key (user_id, post_id)
) strict, without rowid;

create index saves_by_post on saves (post_id);
create index saves_by_date on saves (user_id, saved_at desc);

-- Who wants to hear of activity on a post.
create table follows (
    user_id     integer not null references users (id),
    post_id     integer not null references posts (id),
    followed_at integer not null,
    primary key (user_id, post_id)
) strict, without rowid;

create index follows_by_post on follows (post_id);

-- Tags that a person looks out for, or wants to see nothing of: never both. A pattern is the name of a tag (of a master, never of
-- a synonym) or one with stars, each of which stands for any letters: asp.net*
create table watched_tags (
    user_id    integer not null references users (id),
    pattern    text    not null check (length(pattern) between 1 and 35),
    is_ignored integer not null check (is_ignored in (0, 1)),
    added_at   integer not null,
    primary key (user_id, pattern)
) strict, without rowid;

create index watched_tags_by_pattern on watched_tags (pattern, is_ignored);

-- What a person looks at again and again: a filter of questions as it stands in an address, under a name of their own.
create table saved_filters (
    id         integer primary key,
    user_id    integer not null references users (id),
    name       text    not null check (length(name) > 0),
    filter     text    not null,
    is_home    integer not null default 0 check (is_home in (0, 1)),           -- 1: what their home page opens with
    created_at integer not null,
    unique (user_id, name)
) strict;

create unique index saved_filter_at_home on saved_filters (user_id) where is_home = 1;

-- Questions in an order that takes more than an index: hot, trending, of the week, of the month; worked out from time to time
-- among the questions that were last active (Forum.Core/Questions/RankQuestions.cs).
create table ranked_questions (
    list        text    not null,
    rank        integer not null check (rank > 0),
    question_id integer not null references posts (id),
    primary key (list, rank)
) strict, without rowid;

create index ranked_questions_by_question on ranked_questions (question_id);

create table bounties (
    id                integer primary key,
    question_id       integer not null references posts (id),
    sponsor_id        integer references users (id),
    amount            integer not null check (amount > 0),
    started_at        integer not null,
    ends_at           integer not null,
    ended_at          integer,
    awarded_answer_id integer references posts (id),
    awarded_amount    integer not null default 0 check (awarded_amount >= 0),
    legacy_id         integer unique,                                          -- Votes id of its start in a dump
    reason            text    not null default '',                             -- key of a BountyReason; empty of an imported one
    note              text    not null default '',                             -- what the sponsor adds to it, plain text
    outcome           integer,                                                 -- of one that ended: BountyOutcome
    reminders         integer not null default 0,                              -- how often its sponsor was reminded
    refunded_by       integer references users (id),                           -- the moderator who gave it back
    refund_reason     text    not null default ''                              -- and why
) strict;

create index bounties_by_question on bounties (question_id);
create index bounties_by_sponsor on bounties (sponsor_id) where sponsor_id is not null;
create index bounties_by_answer on bounties (awarded_answer_id) where awarded_answer_id is not null;
create index bounties_running on bounties (ends_at) where ended_at is null;
create index bounties_by_refunder on bounties (refunded_by) where refunded_by is not null;
create unique index bounty_at_a_time on bounties (question_id) where ended_at is null and legacy_id is null;

-- A badge that can be held: of the catalogue (Forum.Core/Badges), of a tag, or one that only an imported community had.
create table badges (
    id          integer primary key,
    name        text    not null,                                              -- its English name, or the tag's; as in a dump
    class       integer not null check (class in (1, 2, 3)),                   -- 1 gold, 2 silver, 3 bronze
    is_tag      integer not null default 0 check (is_tag in (0, 1)),
    award_count integer not null default 0 check (award_count >= 0),           -- kept: rows of user_badges
    unique (name, is_tag, class)
) strict;

create table user_badges (
    id         integer primary key,
    user_id    integer not null references users (id),
    badge_id   integer not null references badges (id),
    class      integer not null check (class in (1, 2, 3)),                    -- the badge's
    post_id    integer references posts (id),                                  -- what earned it
    thing      integer not null default 0,                                     -- what it can be earned for once: a post, a year; 0 once at all; below 0 an import's
    awarded_at integer not null,
    legacy_id  integer unique,                                                 -- Badges id of a dump
    unique (user_id, badge_id, thing)
) strict;

create index user_badges_by_user on user_badges (user_id, class, awarded_at desc);
create index user_badges_by_badge on user_badges (badge_id, awarded_at desc);
create index user_badges_by_post on user_badges (post_id) where post_id is not null;
create index user_badges_by_date on user_badges (awarded_at desc);

-- Why a person has the reputation they have. A row is either an event, at the value its kind had when it happened,
-- or the adjustment (kind 0) that follows when an event is reversed or restored.
-- 1 + the sum of applied is users.reputation; so is the fold of the events that count. See docs/rules/reputation.md.
create table reputation_events (
    id          integer primary key,
    user_id     integer not null references users (id),
    kind        integer not null,                                              -- ReputationKind
    post_id     integer references posts (id),
    cause_id    integer references users (id),                                 -- whose act it was; never shown
    nominal     integer not null,                                              -- what the event is worth before cap and floor
    applied     integer not null,                                              -- what this row changed when it was written
    at          integer not null,                                              -- when it happened; it counts for this UTC day
    state       integer not null default 0 check (state in (0, 1, 2)),         -- 0 counts, 1 undone, 2 its post is deleted
    reason      integer not null default 0                                     -- of an adjustment: AdjustmentReason
) strict;

create index reputation_by_user on reputation_events (user_id, at, id);
-- With what a post brought each person, so that to add it up no line is read.
create index reputation_by_post on reputation_events (post_id, user_id, applied) where post_id is not null;
create index reputation_by_cause on reputation_events (cause_id) where cause_id is not null;
create index reputation_unshown on reputation_events (user_id) where kind in (0, 5);
create unique index reputation_once on reputation_events (user_id, kind, post_id, cause_id) where state = 0 and kind between 2 and 9;

-- The reputation a person had at the end of each day on which it could change: where a fold may start.
create table reputation_days (
    user_id integer not null references users (id),
    day     integer not null,
    balance integer not null check (balance >= 1),
    capped  integer,                                                           -- how much of the day's cap was used; null: an older program wrote it
    primary key (user_id, day)
) strict, without rowid;

-- What a person's posts under a tag score, of those that are listed and no community wiki.
create table tag_scores (
    user_id         integer not null references users (id),
    tag_id          integer not null references tags (id),
    answer_score    integer not null default 0,
    answers         integer not null default 0 check (answers >= 0),
    question_score  integer not null default 0,
    questions       integer not null default 0 check (questions >= 0),
    primary key (user_id, tag_id)
) strict, without rowid;

create index tag_answerers on tag_scores (tag_id, answer_score desc, user_id, answers);
create index tag_askers on tag_scores (tag_id, question_score desc, user_id) where questions > 0;

-- Who leads: the best of each board and period, counted from time to time.
create table leaders (
    board   text    not null,
    period  text    not null,
    rank    integer not null check (rank > 0),
    user_id integer not null references users (id),
    value   integer not null,
    primary key (board, period, rank)
) strict, without rowid;

create index leaders_by_user on leaders (user_id);

-- Votes of one person for another that were taken out, because they were no judgement of posts; and who did it.
create table vote_cancellations (
    id           integer primary key,
    voter_id     integer not null references users (id),
    author_id    integer not null references users (id),
    reason       integer not null,                                             -- AdjustmentReason
    cancelled_by integer references users (id),
    cancelled_at integer not null,
    votes        integer not null,
    note         text    not null default '',                                  -- what the moderator said of it, plain text
    undone_by    integer references users (id),
    undone_at    integer
) strict;

create index vote_cancellations_by_voter on vote_cancellations (voter_id, author_id);
create index vote_cancellations_by_author on vote_cancellations (author_id);
create index vote_cancellations_by_who on vote_cancellations (cancelled_by) where cancelled_by is not null;
create index vote_cancellations_by_undoer on vote_cancellations (undone_by) where undone_by is not null;
create index vote_cancellations_by_date on vote_cancellations (cancelled_at desc);

-- Those votes, as they were.
create table cancelled_votes (
    cancellation_id integer not null references vote_cancellations (id),
    post_id         integer not null references posts (id),
    user_id         integer not null references users (id),
    direction       integer not null check (direction in (1, -1)),
    cast_at         integer not null,
    counted_at      integer,
    primary key (cancellation_id, post_id)
) strict, without rowid;

create index cancelled_votes_by_post on cancelled_votes (post_id, user_id);
create index cancelled_votes_by_user on cancelled_votes (user_id);

-- Who voted for whom most of late, counted every night among everybody: what moderators look at. See docs/rules/fairness.md.
create table vote_pairs (
    voter_id  integer not null references users (id),
    author_id integer not null references users (id),
    up        integer not null,
    down      integer not null,
    total     integer not null,                                                -- of all votes that the voter cast meanwhile
    first_at  integer not null,
    last_at   integer not null,
    primary key (voter_id, author_id)
) strict, without rowid;

create index vote_pairs_by_author on vote_pairs (author_id);

-- Questions whose answers went to another question. While it is not unmerged, the source is a locked stub that leads there.
create table question_merges (
    id          integer primary key,
    source_id   integer not null references posts (id),
    target_id   integer not null references posts (id),
    merged_by   integer references users (id),
    merged_at   integer not null,
    unmerged_by integer references users (id),
    unmerged_at integer,
    check (source_id <> target_id)
) strict;

create unique index question_merges_in_force on question_merges (source_id) where unmerged_at is null;
create index question_merges_by_source on question_merges (source_id);
create index question_merges_by_target on question_merges (target_id);
create index question_merges_by_merger on question_merges (merged_by) where merged_by is not null;
create index question_merges_by_unmerger on question_merges (unmerged_by) where unmerged_by is not null;

-- Answers that went from one question to another, with a merge or alone; one that went back has a time of return.
create table moved_answers (
    id          integer primary key,
    answer_id   integer not null references posts (id),
    from_id     integer not null references posts (id),
    to_id       integer not null references posts (id),
    merge_id    integer references question_merges (id),                       -- null: it went alone
    moved_by    integer references users (id),
    moved_at    integer not null,
    accepted_at integer,                                                       -- when it had been accepted there; what that brought stays
    returned_at integer
) strict;

create index moved_answers_by_answer on moved_answers (answer_id);
create index moved_answers_by_source on moved_answers (from_id);
create index moved_answers_by_target on moved_answers (to_id);
create index moved_answers_by_merge on moved_answers (merge_id) where merge_id is not null;
create index moved_answers_by_mover on moved_answers (moved_by) where moved_by is not null;

-- Who follows a question because they followed one that was merged into it.
create table merged_follows (
    merge_id integer not null references question_merges (id),
    user_id  integer not null references users (id),
    primary key (merge_id, user_id)
) strict, without rowid;

create index merged_follows_by_user on merged_follows (user_id);

-- What was done to moderate, by moderators and by the community: rows are added only. Ids and codes, so that erasing a person
-- leaves it true; the reason is what the actor wrote. See docs/rules/audit.md.
create table moderation_acts (
    id           integer primary key,
    action       text    not null,                                             -- a key such as close, flag, suspend
    actor_id     integer references users (id),                                -- null: the rules
    subject_kind integer not null check (subject_kind between 1 and 6),        -- ActSubject
    subject_id   integer not null,
    concerns_id  integer references users (id),                                -- whose post, comment or account it was
    before       text    not null default '',                                  -- JSON
    after        text    not null default '',                                  -- JSON
    reason       text    not null default '',
    at           integer not null,
    undoes_id    integer references moderation_acts (id)                       -- the act that this one undid
) strict;

create index moderation_acts_by_subject on moderation_acts (subject_kind, subject_id, id);
create index moderation_acts_by_actor on moderation_acts (actor_id, id) where actor_id is not null;
create index moderation_acts_by_concerned on moderation_acts (concerns_id, id) where concerns_id is not null;
create index moderation_acts_by_action on moderation_acts (action, id);
create unique index moderation_act_undone on moderation_acts (undoes_id) where undoes_id is not null;
create index moderation_acts_by_date on moderation_acts (at, id);

-- What moderators note about a person for each other. One that was taken away stays, and only the log leads to it.
create table user_notes (
    id         integer primary key,
    user_id    integer not null references users (id),
    author_id  integer references users (id),
    body       text    not null,
    at         integer not null,
    deleted_at integer
) strict;

create index user_notes_by_user on user_notes (user_id, id);
create index user_notes_by_author on user_notes (author_id) where author_id is not null;

-- What moderators, all together, and a person say to each other. Warnings and suspensions are said so too. See docs/rules/discipline.md.
create table moderator_messages (
    id              integer primary key,
    user_id         integer not null references users (id),                    -- the person, not the moderator
    author_id       integer references users (id),                             -- who wrote it: the person, or which moderator
    kind            integer not null check (kind between 1 and 5),             -- MessageKind
    template        text    not null default '',                               -- what it is about: a key
    body            text    not null,
    days            integer,                                                   -- of a suspension
    at              integer not null,
    acknowledged_at integer,                                                   -- of a warning: when the person said that they read it
    handled_at      integer                                                    -- of a person's answer: when a moderator answered, or said that none is needed
) strict;

create index moderator_messages_by_user on moderator_messages (user_id, id);
create index moderator_messages_by_author on moderator_messages (author_id) where author_id is not null;
create index moderator_messages_to_acknowledge on moderator_messages (user_id) where kind = 2 and acknowledged_at is null;
create index moderator_messages_waiting on moderator_messages (id) where kind = 5 and handled_at is null;

-- Times in which somebody may only read. users.suspended_until repeats the newest of each.
create table suspensions (
    id         integer primary key,
    user_id    integer not null references users (id),
    by_id      integer references users (id),
    message_id integer not null references moderator_messages (id),
    begins_at  integer not null,
    ends_at    integer not null check (ends_at > begins_at),
    lifted_at  integer,
    lifted_by  integer references users (id)
) strict;

create index suspensions_by_user on suspensions (user_id, id);
create index suspensions_by_who on suspensions (by_id) where by_id is not null;
create index suspensions_by_lifter on suspensions (lifted_by) where lifted_by is not null;
create index suspensions_by_message on suspensions (message_id);

-- People whose accounts end, and how far that is: deleted, destroyed, merged into another, or never used. What is left to do is in the
-- tables themselves; step and cursor say where it goes on after a stop. The rows stay. See docs/rules/departures.md.
create table departures (
    id            integer primary key,
    user_id       integer not null references users (id),
    kind          integer not null check (kind between 1 and 4),                -- DepartureKind
    into_id       integer references users (id),                               -- of a merge: who stays
    asked_by      integer references users (id),                               -- null: the rules
    asked_at      integer not null,
    reason        text    not null default '',
    due_at        integer,                                                     -- when it begins by itself; null: when somebody agrees
    agreed_by     integer references users (id),                               -- of a merge: the administrator
    begun_at      integer,                                                     -- since when the account is gone
    keeps_votes   integer not null default 0 check (keeps_votes in (0, 1)),    -- 1: too many people's reputation hangs on them
    step          integer not null default 0,
    cursor        integer not null default 0,
    finished_at   integer,
    called_off_at integer,
    check ((kind = 3) = (into_id is not null))
) strict;

create unique index departures_open on departures (user_id) where finished_at is null and called_off_at is null;
create index departures_due on departures (due_at) where finished_at is null and called_off_at is null;
create index departures_ended on departures (finished_at, id) where finished_at is not null;
create index departures_by_user on departures (user_id, id);
create index departures_by_target on departures (into_id) where into_id is not null;
create index departures_by_asker on departures (asked_by) where asked_by is not null;
create index departures_by_agreer on departures (agreed_by) where agreed_by is not null;

-- By which a person is known who comes back: the address they had, as a keyed hash that gives it away to nobody, and what they take over.
create table departed_addresses (
    hash             text    not null,
    user_id          integer not null references users (id),                   -- the account that is gone
    forget_at        integer not null,
    suspended_until  integer,
    questions        integer not null default 0,                               -- how their posts fared, as in Abuse.PostingRecord
    bad_questions    integer not null default 0,
    last_question_at integer,
    answers          integer not null default 0,
    bad_answers      integer not null default 0,
    last_answer_at   integer,
    primary key (hash, user_id)
) strict, without rowid;

create index departed_addresses_by_user on departed_addresses (user_id);
create index departed_addresses_by_age on departed_addresses (forget_at);

-- Who came back, and how what they wrote under the account before fared.
create table returned_people (
    user_id          integer primary key references users (id),
    former_id        integer not null references users (id),
    returned_at      integer not null,
    suspended_until  integer,                                                  -- what was left of a suspension
    questions        integer not null default 0,
    bad_questions    integer not null default 0,
    last_question_at integer,
    answers          integer not null default 0,
    bad_answers      integer not null default 0,
    last_answer_at   integer
) strict;

create index returned_people_by_former on returned_people (former_id);

-- Keys of the program's own that are made once and never shown.
create table secrets (
    name  text primary key,
    value text not null
) strict, without rowid;

-- What somebody says is wrong with a post or a comment, or the rules do (user_id null), when something happened that moderators should
-- look at. Rows stay: what became of each is its state, and the log of moderation tells how. See docs/rules/flags.md.
create table flags (
    id          integer primary key,
    kind        integer not null,                                              -- FlagKind
    post_id     integer not null references posts (id),                        -- of a comment's flag, what the comment is on
    comment_id  integer references comments (id),
    user_id     integer references users (id),
    reason      text    not null default '',                                   -- why a question should be closed, or what was noticed: a key
    source      text    not null default '',                                   -- where it was copied from, or what it duplicates
    words       text    not null default '',
    raised_at   integer not null,
    state       integer not null default 0 check (state between 0 and 5),      -- FlagState
    reply       text    not null default '',                                   -- what the flagger is told: a key, or words
    decided_at  integer,
    decided_by  integer references users (id),                                 -- null: the rules
    is_downvote integer not null default 0 check (is_downvote in (0, 1)),      -- 1: it counts as a vote down, by the one who acts when no person does
    check ((state = 0) = (decided_at is null))
) strict;

create index flags_waiting on flags (post_id, raised_at) where state = 0;
create index flags_by_age on flags (raised_at) where state = 0;
create index flags_by_post on flags (post_id, user_id, kind);
create index flags_that_vote on flags (post_id) where is_downvote = 1;
create index flags_by_comment on flags (comment_id, user_id) where comment_id is not null;
create index flags_by_user on flags (user_id, raised_at desc, id desc) where user_id is not null;
create index flags_by_outcome on flags (user_id, state, decided_at) where user_id is not null;
create index flags_by_decider on flags (decided_by) where decided_by is not null;

-- Which moderator is looking at the flags of a post, so that two do not do the same work.
create table flag_claims (
    post_id integer primary key references posts (id),
    user_id integer not null references users (id),
    ends_at integer not null
) strict;

create index flag_claims_by_user on flag_claims (user_id);

-- Words and domains that are not taken, or that moderators look at. See docs/rules/abuse.md.
create table blocked_texts (
    id          integer primary key,
    kind        integer not null check (kind between 1 and 4),                 -- BlockedKind
    action      integer not null check (action between 0 and 2),               -- BlockedAction
    text        text    not null,                                              -- as it was typed
    folded      text    not null check (folded <> ''),                         -- as it is compared
    note        text    not null default '',
    hits        integer not null default 0,
    last_hit_at integer,
    created_at  integer not null,
    created_by  integer references users (id),                                 -- null: it came with the program
    removed_at  integer,                                                       -- since when it is not looked for
    version     integer not null                                               -- each change of a row gives it the next number
) strict;

create unique index blocked_texts_in_force on blocked_texts (kind, folded) where removed_at is null;
create index blocked_texts_by_version on blocked_texts (version);
create index blocked_texts_by_creator on blocked_texts (created_by) where created_by is not null;

-- How often words were in spam and in good posts.
create table spam_words (
    word text    primary key,                                                  -- '' has how many posts there are
    spam integer not null default 0,                                           -- posts that have it and were spam
    good integer not null default 0                                            -- and that were good
) strict, without rowid;

-- What each post was counted as.
create table spam_learned (
    post_id integer primary key references posts (id),
    is_spam integer not null check (is_spam in (0, 1)),
    words   text    not null                                                   -- those that were counted, so that they can be counted back
) strict;

-- How often programs filled what people do not see.
create table sprung_traps (
    day   integer not null,                                                    -- days since 1970, UTC
    trap  text    not null,
    times integer not null,
    primary key (day, trap)
) strict, without rowid;

-- Something that people are asked to look at, in a queue. See docs/rules/reviews.md.
create table review_tasks (
    id        integer primary key,
    queue     integer not null check (queue between 1 and 7),                  -- ReviewQueue
    post_id   integer not null references posts (id),
    reason    text    not null default '',                                     -- why it is here: a key
    opened_at integer not null,
    audit     integer check (audit in (1, -1)),                                -- of a test of reviewers: 1 the post is known to be good, -1 bad
    outcome   integer,                                                         -- ReviewOutcome; null: it waits
    closed_at integer,
    edit_id   integer references suggested_edits (id),                         -- of the queue of suggested edits
    ticket    integer check ((ticket is null) = (edit_id is null)),            -- by what its page is found there: it says nothing of its age
    check ((outcome is null) = (closed_at is null))
) strict;

create unique index review_task_waiting on review_tasks (queue, post_id) where outcome is null and audit is null;
create index review_tasks_by_age on review_tasks (queue, opened_at, id) where outcome is null;
create index review_tasks_by_post on review_tasks (post_id);
create index review_tasks_closed on review_tasks (queue, closed_at desc, id desc) where outcome is not null;
create unique index review_tasks_by_ticket on review_tasks (ticket) where ticket is not null;
create index review_tasks_by_edit on review_tasks (edit_id) where edit_id is not null;

-- What a person said of a task, or that they skipped it: once.
create table reviews (
    task_id     integer not null references review_tasks (id),
    user_id     integer not null references users (id),
    outcome     integer not null,                                              -- ReviewOutcome
    note        text    not null default '',                                   -- the feedback or comment they chose: a key
    reviewed_at integer not null,
    is_right    integer check (is_right in (0, 1)),                            -- of an audit
    primary key (task_id, user_id)
) strict, without rowid;

create index reviews_by_user on reviews (user_id, reviewed_at desc);

-- Who may not review until when, and why.
create table review_suspensions (
    id         integer primary key,
    user_id    integer not null references users (id),
    starts_at  integer not null,
    ends_at    integer not null,
    imposed_by integer references users (id),                                  -- null: failed audits
    reason     text    not null default '',
    lifted_at  integer,
    lifted_by  integer references users (id)
) strict;

create index review_suspensions_by_user on review_suspensions (user_id, starts_at desc);
create index review_suspensions_by_imposer on review_suspensions (imposed_by) where imposed_by is not null;
create index review_suspensions_by_lifter on review_suspensions (lifted_by) where lifted_by is not null;

-- What a person is told. Written after the fact by handlers that may run twice; the key makes that harmless.
create table inbox (
    id          integer primary key,
    user_id     integer not null references users (id),
    kind        text    not null,                                              -- answer, comment, mention, accept, edit; follow-answer … of what is followed; bounty-…, badge, reputation
    post_id     integer references posts (id),                                 -- what it is about
    question_id integer references posts (id),
    comment_id  integer references comments (id),
    actor_id    integer references users (id),
    badge_id    integer references badges (id),
    amount      integer,                                                       -- reputation
    at          integer not null,
    read_at     integer,
    event_id    integer not null,
    unique (user_id, event_id)
) strict;

create index inbox_by_user on inbox (user_id, at desc, id desc);
create index inbox_unread on inbox (user_id) where read_at is null;
create index inbox_by_post on inbox (post_id) where post_id is not null;
create index inbox_by_question on inbox (question_id) where question_id is not null;
create index inbox_by_comment on inbox (comment_id) where comment_id is not null;
create index inbox_by_actor on inbox (actor_id) where actor_id is not null;
create index inbox_by_badge on inbox (badge_id) where badge_id is not null;

-- What happened, written in the transaction that made it happen.
create table events (
    id      integer primary key,
    kind    text    not null,
    payload text    not null,                                                  -- JSON; ids only, no names or addresses
    at      integer not null
) strict;

create index events_by_date on events (at);

-- One row for each handler that has yet to hear of an event. Done rows are deleted.
create table deliveries (
    event_id     integer not null references events (id),
    handler      text    not null,
    attempts     integer not null default 0,
    due_at       integer not null,                                              -- of one that is claimed: when its lease ends
    is_parked    integer not null default 0 check (is_parked in (0, 1)),       -- failed too often: an administrator looks at it
    error        text,
    primary key (event_id, handler)
) strict, without rowid;

create index deliveries_due on deliveries (due_at) where is_parked = 0;

-- How far a reader of events has come that reads them in order, many at a time.
create table watermarks (
    reader   text primary key,
    event_id integer not null
) strict, without rowid;

-- How much of a day's allowance newcomers used from one address and from those around it; thrown away once it is free again.
create table paces (
    act     integer not null,                                                  -- PacedAct
    scope   integer not null check (scope in (2, 3)),                          -- PacedBy: an address, those around it
    who     text    not null,                                                  -- 203.0.113.7/32, 203.0.113.0/24
    free_at integer not null,                                                  -- when nothing is counted any more
    primary key (act, scope, who)
) strict, without rowid;

create index paces_by_age on paces (free_at);

-- A posting form's key can be used once; a repeat gets the first answer.
create table form_keys (
    key     text    primary key,
    result  text,                                                              -- JSON of the first answer
    used_at integer not null
) strict, without rowid;

create index form_keys_by_date on form_keys (used_at);

-- What the operator set, over the configuration files and the defaults; and how it came to be so.
create table settings (
    key   text primary key,
    value text not null
) strict, without rowid;

create table setting_changes (
    id         integer primary key,
    key        text    not null,
    old_value  text,
    new_value  text,
    changed_by integer references users (id),
    changed_at integer not null
) strict;

create index setting_changes_by_user on setting_changes (changed_by) where changed_by is not null;

-- Keys that protect cookies and forms, so that every node and every restart knows them.
create table data_protection_keys (
    id  integer primary key,
    xml text not null
) strict;

-- Imports of other communities: one row each, with where it stands. A batch of rows and the mark that it is done
-- (step, rows_done, last_row, report) are committed together.
create table imports (
    id           integer primary key,
    site         text    not null unique,                                      -- host name of the old community
    state        text    not null check (state in ('running', 'complete')),
    step         text    not null default '',                                  -- what is being done
    rows_done    integer not null default 0,                                   -- rows of its file, or the highest id, committed
    last_row     text    not null default '',                                  -- Id of the last of them: tells whether the file is still the same
    started_at   integer not null,
    completed_at integer,
    report       text    not null default ''                                   -- JSON: the table per file
) strict;

-- What a running import keeps from one file for the next; empty otherwise. Rows of PostHistory, as they were read.
create table import_history (
    id         integer primary key,
    post_id    integer not null,
    type       integer not null,                                               -- PostHistoryTypeId
    guid       text    not null,
    created_at integer not null,
    user_id    integer,
    user_name  text,
    comment    text,
    text       text,
    license    text
) strict;

create index import_history_by_post on import_history (post_id, id);

-- The posts of the dump that are in posts now.
create table import_posts (
    id                 integer primary key,
    is_new             integer not null check (is_new in (0, 1)),              -- 0: an earlier import brought it
    score              integer not null,
    accepted_answer_id integer
) strict;

-- Votes of the dump by post, kind (1 accept, 2 up, 3 down) and day.
create table import_votes (
    post_id integer not null,
    kind    integer not null,
    day     integer not null,
    votes   integer not null,
    primary key (post_id, kind, day)
) strict, without rowid;

-- Figures of the whole site for each day, week (from Monday) and month, and for the last ninety days; counted every night. Medians and
-- people cannot be added up, so that each span has rows of its own. See docs/rules/insight.md.
create table site_figures (
    span                 integer not null check (span in (1, 7, 30, 90)),      -- Statistics.Span
    first_day            integer not null,
    questions            integer not null,                                     -- asked, those among them that were deleted since
    answers              integer not null,
    standing             integer not null,                                     -- questions asked then that are not deleted…
    answered             integer not null,                                     -- …and have an answer by somebody else…
    answered_in_a_day    integer not null,                                     -- …that came within a day
    first_answer_seconds integer,                                              -- the median time to it; null: none has one
    closed               integer not null,                                     -- questions asked then that are closed
    deleted              integer not null,                                     -- that are deleted
    people               integer not null,                                     -- who joined
    voters               integer not null,                                     -- different people who voted for posts
    flags                integer not null,                                     -- raised
    flags_handled        integer not null,                                     -- decided then: helpful, declined or disputed
    flags_in_a_day       integer not null,                                     -- of those, within a day of being raised
    flag_seconds         integer,                                              -- the median time to it
    closings             integer not null,
    reopenings           integer not null,
    reviews              integer not null,
    suspensions          integer not null,
    primary key (span, first_day)
) strict, without rowid;

-- Where long work stands that is done in chunks.
create table jobs (
    name       text    primary key,
    cursor     text    not null,
    updated_at integer not null
) strict, without rowid;

-- Sample content put there by the program itself, so that an import may replace it while nobody has touched it.
create table samples (
    made_at    integer not null,
    last_event integer not null                                                -- newest event when it was made
) strict;

-- Full text. The words of a post as Forum.Core/Search/SearchTerms.cs makes them, so that the index and the query agree
-- on every engine; SQLite only keeps and ranks them. rowid is the post's id; an answer has no title.
create virtual table post_search using fts5 (
    title, body,
    content = '', contentless_delete = 1,
    tokenize = "ascii tokenchars '#+.-_~'"
);
-- The words of titles once more, alone: whoever looks for common words is most likely to mean what a title says, and titles are few.
create virtual table title_search using fts5 (
    title,
    content = '', contentless_delete = 1,
    tokenize = "ascii tokenchars '#+.-_~'"
);
-- The code of posts, with its punctuation: the engine keeps runs of three characters. Only posts that have code are in it.
create virtual table code_search using fts5 (
    code,
    content = '', contentless_delete = 1,
    tokenize = "trigram"
);
-- Where the links of posts lead, as Forum.Core/Search/SearchedLinks.cs writes it. Only posts that link somewhere are in it.
create virtual table link_search using fts5 (
    links,
    content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '=./-_'"
);
-- Each transaction adds a piece. The server merges eight into one, a little at a time (MergeSearchIndex); whoever posts merges
-- none, unless so many have come together that nobody else can be doing it.
insert into post_search (post_search, rank) values ('automerge', 0);
insert into post_search (post_search, rank) values ('crisismerge', 500);
insert into post_search (post_search, rank) values ('usermerge', 8);
insert into title_search (title_search, rank) values ('automerge', 0);
insert into title_search (title_search, rank) values ('crisismerge', 500);
insert into title_search (title_search, rank) values ('usermerge', 8);
insert into code_search (code_search, rank) values ('automerge', 0);
insert into code_search (code_search, rank) values ('crisismerge', 500);
insert into code_search (code_search, rank) values ('usermerge', 8);
insert into link_search (link_search, rank) values ('automerge', 0);
insert into link_search (link_search, rank) values ('crisismerge', 500);
insert into link_search (link_search, rank) values ('usermerge', 8);
-- Words that stand, or once stood, in a title: what somebody may have meant who typed something like them. Asked of the index before they are shown.
create table search_words (
    word text primary key
) strict, without rowid;

-- The one who acts when no person does.
insert into users (id, name, created_at, seen_at, search_name) values (-1, 'Community', 0, 0, 'community');

-- What is plainly meant to hurt, and what nobody needs to keep: an operator adds to it.
insert into blocked_texts (kind, action, text, folded, note, created_at, version) values
    (3, 0, 'kill yourself', 'kill yourself', '', 0, 1),
    (3, 0, 'kys', 'kys', '', 0, 2),
    (3, 0, 'go die', 'go die', '', 0, 3),
    (3, 0, 'piece of shit', 'piece of shit', '', 0, 4),
    (3, 0, 'fuck you', 'fuck you', '', 0, 5),
    (3, 0, 'fuck off', 'fuck off', '', 0, 6),
    (3, 0, 'you are an idiot', 'you are an idiot', '', 0, 7),
    (3, 0, 'you moron', 'you moron', '', 0, 8),
    (3, 0, '去死', '去死', '', 0, 9),
    (3, 0, '傻逼', '傻逼', '', 0, 10),
    (4, 0, 'thank you so much', 'thank you so much', '', 0, 11),
    (4, 0, 'thanks a lot', 'thanks a lot', '', 0, 12),
    (4, 0, 'you saved my day', 'you saved my day', '', 0, 13),
    (4, 0, 'worked like a charm', 'worked like a charm', '', 0, 14),
    (4, 0, '+1', '+1', '', 0, 15),
    (4, 0, '非常感谢', '非常感谢', '', 0, 16);
