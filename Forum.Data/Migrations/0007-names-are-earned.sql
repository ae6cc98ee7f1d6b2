-- Bounties say why, and how they ended; badges are rows that awards point at; notices may be about no post.
alter table bounties add column reason text not null default '';
alter table bounties add column note text not null default '';
alter table bounties add column outcome integer;
alter table bounties add column reminders integer not null default 0;
alter table bounties add column refunded_by integer references users (id);
alter table bounties add column refund_reason text not null default '';
update bounties
set outcome = case when ended_at is null then 5 when awarded_answer_id is null then 3 when awarded_amount < amount then 2 else 1 end,
    ended_at = coalesce(ended_at, ends_at);
create index bounties_running on bounties (ends_at) where ended_at is null;
create index bounties_by_refunder on bounties (refunded_by) where refunded_by is not null;
create unique index bounty_at_a_time on bounties (question_id) where ended_at is null and legacy_id is null;

-- A sponsor may offer a second bounty on a question: those are told apart in bounties.
drop index reputation_once;
create unique index reputation_once on reputation_events (user_id, kind, post_id, cause_id) where state = 0 and kind between 2 and 9;

create table badges (
    id          integer primary key,
    name        text    not null,
    class       integer not null check (class in (1, 2, 3)),
    is_tag      integer not null default 0 check (is_tag in (0, 1)),
    award_count integer not null default 0 check (award_count >= 0),
    unique (name, is_tag, class)
) strict;
insert into badges (name, class, is_tag, award_count)
select badge, class, is_tag, count(*) from user_badges group by badge, class, is_tag order by is_tag, badge, class;

alter table user_badges rename to old_user_badges;
drop index user_badges_by_user;
drop index user_badges_by_badge;
drop index user_badges_by_post;
create table user_badges (
    id         integer primary key,
    user_id    integer not null references users (id),
    badge_id   integer not null references badges (id),
    class      integer not null check (class in (1, 2, 3)),
    post_id    integer references posts (id),
    thing      integer not null default 0,
    awarded_at integer not null,
    legacy_id  integer unique,
    unique (user_id, badge_id, thing)
) strict;
insert into user_badges (id, user_id, badge_id, class, post_id, thing, awarded_at, legacy_id)
select o.id, o.user_id, b.id, o.class, o.post_id, coalesce(-o.legacy_id, o.post_id, 0), o.awarded_at, o.legacy_id
from old_user_badges o
join badges b on b.name = o.badge and b.is_tag = o.is_tag and b.class = o.class;
drop table old_user_badges;
create index user_badges_by_user on user_badges (user_id, class, awarded_at desc);
create index user_badges_by_badge on user_badges (badge_id, awarded_at desc);
create index user_badges_by_post on user_badges (post_id) where post_id is not null;
create index user_badges_by_date on user_badges (awarded_at desc);

alter table inbox rename to old_inbox;
drop index inbox_by_user;
drop index inbox_unread;
drop index inbox_by_post;
drop index inbox_by_question;
drop index inbox_by_comment;
drop index inbox_by_actor;
create table inbox (
    id          integer primary key,
    user_id     integer not null references users (id),
    kind        text    not null,
    post_id     integer references posts (id),
    question_id integer references posts (id),
    comment_id  integer references comments (id),
    actor_id    integer references users (id),
    badge_id    integer references badges (id),
    amount      integer,
    at          integer not null,
    read_at     integer,
    event_id    integer not null,
    unique (user_id, event_id)
) strict;
insert into inbox (id, user_id, kind, post_id, question_id, comment_id, actor_id, at, read_at, event_id)
select id, user_id, kind, post_id, question_id, comment_id, actor_id, at, read_at, event_id from old_inbox;
drop table old_inbox;
create index inbox_by_user on inbox (user_id, at desc, id desc);
create index inbox_unread on inbox (user_id) where read_at is null;
create index inbox_by_post on inbox (post_id) where post_id is not null;
create index inbox_by_question on inbox (question_id) where question_id is not null;
create index inbox_by_comment on inbox (comment_id) where comment_id is not null;
create index inbox_by_actor on inbox (actor_id) where actor_id is not null;
create index inbox_by_badge on inbox (badge_id) where badge_id is not null;

-- How far a reader of events has come that reads them in order, many at a time.
create table watermarks (
    reader   text primary key,
    event_id integer not null
) strict, without rowid;

-- An edit that brings an older text back says which.
alter table revisions add column rollback_to integer;

alter table users add column streak integer not null default 0 check (streak >= 0);
alter table users add column longest_streak integer not null default 0 check (longest_streak >= 0);
alter table users add column next_badge integer references badges (id);
create index users_by_next_badge on users (next_badge) where next_badge is not null;

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
create index tag_answerers on tag_scores (tag_id, answer_score desc, user_id) where answers > 0;
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
    reason       integer not null,
    cancelled_by integer references users (id),
    cancelled_at integer not null,
    votes        integer not null,
    note         text    not null default '',
    undone_by    integer references users (id),
    undone_at    integer
) strict;
create index vote_cancellations_by_voter on vote_cancellations (voter_id, author_id);
create index vote_cancellations_by_author on vote_cancellations (author_id);
create index vote_cancellations_by_who on vote_cancellations (cancelled_by) where cancelled_by is not null;
create index vote_cancellations_by_undoer on vote_cancellations (undone_by) where undone_by is not null;
create index vote_cancellations_by_date on vote_cancellations (cancelled_at desc);

create table cancelled_votes (
    cancellation_id integer not null references vote_cancellations (id),
    post_id         integer not null references posts (id),
    user_id         integer not null references users (id),
    direction       integer not null check (direction in (1, -1)),
    cast_at         integer not null,
    primary key (cancellation_id, post_id)
) strict, without rowid;
create index cancelled_votes_by_post on cancelled_votes (post_id, user_id);
create index cancelled_votes_by_user on cancelled_votes (user_id);

-- What a post brought somebody is added up, and edits are counted, without reading the rows; what a ledger does not show to others is found at once.
drop index reputation_by_post;
create index reputation_by_post on reputation_events (post_id, user_id, applied) where post_id is not null;
create index reputation_unshown on reputation_events (user_id) where kind in (0, 5);
drop index revisions_by_author;
create index revisions_by_author on revisions (author_id, created_at, number) where author_id is not null;

-- An edit that somebody proposes who may not edit freely. At most one waits for each post.
create table suggested_edits (
    id         integer primary key,
    post_id    integer not null references posts (id),
    author_id  integer references users (id),
    title      text,
    body       text    not null,
    tags       text    not null default '',
    comment    text    not null,
    basis      text    not null,
    revision   integer not null,
    created_at integer not null,
    outcome    integer,
    reason     text    not null default '',
    decided_at integer,
    decided_by integer references users (id)
) strict;
create unique index suggested_edits_waiting on suggested_edits (post_id) where outcome is null;
create index suggested_edits_by_age on suggested_edits (created_at) where outcome is null;
create index suggested_edits_by_post on suggested_edits (post_id);
create index suggested_edits_by_author on suggested_edits (author_id, created_at) where author_id is not null;
create index suggested_edits_by_decider on suggested_edits (decided_by) where decided_by is not null;

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
