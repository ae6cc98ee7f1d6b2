-- Notes about people, messages between them and the moderators, suspensions; and the log by date.
create index moderation_acts_by_date on moderation_acts (at, id);
create index users_suspended on users (suspended_until) where suspended_until is not null;
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
create table moderator_messages (
    id              integer primary key,
    user_id         integer not null references users (id),
    author_id       integer references users (id),
    kind            integer not null check (kind between 1 and 5),
    template        text    not null default '',
    body            text    not null,
    days            integer,
    at              integer not null,
    acknowledged_at integer,
    handled_at      integer
) strict;
create index moderator_messages_by_user on moderator_messages (user_id, id);
create index moderator_messages_by_author on moderator_messages (author_id) where author_id is not null;
create index moderator_messages_to_acknowledge on moderator_messages (user_id) where kind = 2 and acknowledged_at is null;
create index moderator_messages_waiting on moderator_messages (id) where kind = 5 and handled_at is null;
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
