-- A test of reviewers does not keep a post from being looked at, and a suggested edit is left to others for good.
drop index review_task_waiting;
create unique index review_task_waiting on review_tasks (queue, post_id) where outcome is null and audit is null;

create table suggested_edit_skips (
    edit_id    integer not null references suggested_edits (id),
    user_id    integer not null references users (id),
    skipped_at integer not null,
    primary key (edit_id, user_id)
) strict, without rowid;

create index suggested_edit_skips_by_user on suggested_edit_skips (user_id);
