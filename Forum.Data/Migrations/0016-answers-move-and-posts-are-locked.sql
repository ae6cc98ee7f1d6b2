-- Locks have a kind and an end; answers move between questions; posts carry notices, and revisions are redacted.
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
create table notice_kinds (
    id         integer primary key,
    name       text    not null check (length(name) between 1 and 100),
    text       text    not null,
    name_zh    text    not null default '',
    text_zh    text    not null default '',
    is_retired integer not null default 0 check (is_retired in (0, 1))
) strict;
insert into notice_kinds (id, name, text, name_zh, text_zh) values
    (1, 'Needs citation', 'This post makes claims that it does not support. Please add sources to it.', '需要引用', '此帖的说法缺乏依据，请补充来源。'),
    (2, 'Current event', 'This post is about something that is going on: it may change quickly.', '进行中的事件', '此帖涉及正在发生的事情，内容可能很快变化。'),
    (3, 'Obsolete', 'What this post says was true once and is outdated now.', '内容过时', '此帖的内容曾经正确，现已过时。'),
    (4, 'Content warning', 'This post contains something that not everybody wants to see.', '内容警告', '此帖包含并非人人都愿意看到的内容。'),
    (5, 'Insufficient explanation', 'This post would help more if it said how and why it works.', '解释不足', '如果说明如何以及为何有效，此帖会更有帮助。');
create table post_notices (
    id         integer primary key,
    post_id    integer not null references posts (id),
    kind_id    integer references notice_kinds (id),
    text       text    not null default '',
    added_by   integer references users (id),
    added_at   integer not null,
    ends_at    integer,
    removed_by integer references users (id),
    removed_at integer
) strict;
create index post_notices_by_post on post_notices (post_id) where removed_at is null;
create index post_notices_by_every_post on post_notices (post_id);
create index post_notices_by_kind on post_notices (kind_id) where kind_id is not null;
create index post_notices_by_end on post_notices (ends_at) where ends_at is not null and removed_at is null;
create index post_notices_by_adder on post_notices (added_by) where added_by is not null;
create index post_notices_by_remover on post_notices (removed_by) where removed_by is not null;
create table redactions (
    post_id     integer not null references posts (id),
    number      integer not null,
    title       text,
    body        text,
    comment     text    not null,
    redacted_by integer references users (id),
    redacted_at integer not null,
    primary key (post_id, number)
) strict;
create index redactions_by_redactor on redactions (redacted_by) where redacted_by is not null;
