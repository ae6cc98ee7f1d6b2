-- Locks have a kind and an end; answers move between questions.
alter table posts add column lock_kind integer;
alter table posts add column locked_until integer;
alter table posts add column locked_by integer references users (id);
create index posts_locked_until on posts (locked_until) where locked_until is not null;
create index posts_by_locker on posts (locked_by) where locked_by is not null;
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
create table moved_answers (
    id          integer primary key,
    answer_id   integer not null references posts (id),
    from_id     integer not null references posts (id),
    to_id       integer not null references posts (id),
    merge_id    integer references question_merges (id),
    moved_by    integer references users (id),
    moved_at    integer not null,
    accepted_at integer,
    returned_at integer
) strict;
create index moved_answers_by_answer on moved_answers (answer_id);
create index moved_answers_by_source on moved_answers (from_id);
create index moved_answers_by_target on moved_answers (to_id);
create index moved_answers_by_merge on moved_answers (merge_id) where merge_id is not null;
create index moved_answers_by_mover on moved_answers (moved_by) where moved_by is not null;
create table merged_follows (
    merge_id integer not null references question_merges (id),
    user_id  integer not null references users (id),
    primary key (merge_id, user_id)
) strict, without rowid;
create index merged_follows_by_user on merged_follows (user_id);
