-- Posts carry notices; revisions that say what must not be known are hidden.
create table post_notices (
    post_id integer not null references posts (id),
    kind    integer not null,
    by_id   integer references users (id),
    at      integer not null,
    ends_at integer,
    primary key (post_id, kind)
) strict, without rowid;
create index post_notices_by_end on post_notices (ends_at) where ends_at is not null;
create index post_notices_by_who on post_notices (by_id) where by_id is not null;
create table redactions (
    id          integer primary key,
    post_id     integer not null references posts (id),
    reason      text    not null,
    proposed_by integer references users (id),
    proposed_at integer not null,
    state       integer not null default 0 check (state between 0 and 3),
    decided_at  integer,
    check ((state = 0) = (decided_at is null))
) strict;
create unique index redactions_waiting on redactions (post_id) where state = 0;
create index redactions_by_post on redactions (post_id, id);
create index redactions_by_proposer on redactions (proposed_by) where proposed_by is not null;
create table redaction_supports (
    redaction_id integer not null references redactions (id),
    user_id      integer not null references users (id),
    at           integer not null,
    primary key (redaction_id, user_id)
) strict, without rowid;
create index redaction_supports_by_user on redaction_supports (user_id);
create table redacted_revisions (
    redaction_id integer not null references redactions (id),
    number       integer not null,
    title        text,
    body         text,
    tags         text,
    comment      text,
    primary key (redaction_id, number)
) strict;
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
alter table revisions add column redaction_id integer references redactions (id);
create index revisions_redacted on revisions (redaction_id) where redaction_id is not null;
alter table suggested_edits add column redaction_id integer references redactions (id);
create index suggested_edits_redacted on suggested_edits (redaction_id) where redaction_id is not null;
