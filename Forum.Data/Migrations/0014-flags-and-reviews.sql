-- People flag what is wrong and review what others wrote.
create index posts_that_are_spam on posts (deleted_at) where deletion = 5;
create table flags (
    id          integer primary key,
    kind        integer not null,
    post_id     integer not null references posts (id),
    comment_id  integer references comments (id),
    user_id     integer references users (id),
    reason      text    not null default '',
    source      text    not null default '',
    words       text    not null default '',
    raised_at   integer not null,
    state       integer not null default 0 check (state between 0 and 5),
    reply       text    not null default '',
    decided_at  integer,
    decided_by  integer references users (id),
    is_downvote integer not null default 0 check (is_downvote in (0, 1)),
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
create table flag_claims (
    post_id integer primary key references posts (id),
    user_id integer not null references users (id),
    ends_at integer not null
) strict;
create index flag_claims_by_user on flag_claims (user_id);
create table review_tasks (
    id        integer primary key,
    queue     integer not null check (queue between 1 and 7),
    post_id   integer not null references posts (id),
    reason    text    not null default '',
    opened_at integer not null,
    audit     integer check (audit in (1, -1)),
    outcome   integer,
    closed_at integer,
    check ((outcome is null) = (closed_at is null))
) strict;
create unique index review_task_waiting on review_tasks (queue, post_id) where outcome is null;
create index review_tasks_by_age on review_tasks (queue, opened_at, id) where outcome is null;
create index review_tasks_by_post on review_tasks (post_id);
create index review_tasks_closed on review_tasks (queue, closed_at desc, id desc) where outcome is not null;
create table reviews (
    task_id     integer not null references review_tasks (id),
    user_id     integer not null references users (id),
    outcome     integer not null,
    note        text    not null default '',
    reviewed_at integer not null,
    is_right    integer check (is_right in (0, 1)),
    primary key (task_id, user_id)
) strict, without rowid;
create index reviews_by_user on reviews (user_id, reviewed_at desc);
create table review_suspensions (
    id         integer primary key,
    user_id    integer not null references users (id),
    starts_at  integer not null,
    ends_at    integer not null,
    imposed_by integer references users (id),
    reason     text    not null default '',
    lifted_at  integer,
    lifted_by  integer references users (id)
) strict;
create index review_suspensions_by_user on review_suspensions (user_id, starts_at desc);
create index review_suspensions_by_imposer on review_suspensions (imposed_by) where imposed_by is not null;
create index review_suspensions_by_lifter on review_suspensions (lifted_by) where lifted_by is not null;
