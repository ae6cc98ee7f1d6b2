-- Votes of the community to close, reopen, delete or undelete. One that waits has no end; what became of it stays.
create table moderation_votes (
    id         integer primary key,
    post_id    integer not null references posts (id),
    user_id    integer not null references users (id),
    kind       integer not null check (kind between 1 and 4),
    round      integer not null,
    reason     text    not null default '',
    hammer     text,
    cast_at    integer not null,
    ended_at   integer,
    outcome    integer check (outcome between 1 and 4),
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
    closed_at   integer not null,
    author_id   integer references users (id),
    revision    integer not null,
    asked_at    integer not null,
    ended_at    integer,
    primary key (question_id, closed_at)
) strict, without rowid;

create index reopen_requests_waiting on reopen_requests (asked_at) where ended_at is null;
create index reopen_requests_by_author on reopen_requests (author_id) where author_id is not null;

-- Reasons for closing that are this site's own. A reason is never deleted, because closed questions name it.
create table close_reasons (
    id         integer primary key,
    place      integer not null,
    created_at integer not null,
    retired_at integer
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

-- Who took a deleted post away.
alter table posts add column deletion integer check (deletion between 1 and 6);
update posts
set deletion = case when deleted_by = author_id then 1
                    when exists (select 1 from users u where u.id = posts.deleted_by and (u.is_moderator = 1 or u.is_administrator = 1)) then 2 end
where deleted_at is not null and deleted_by is not null;
-- A comment in which the program asks whether another question answers this one.
alter table comments add column is_proposal integer not null default 0 check (is_proposal in (0, 1));
