-- Accounts end. Lists of people leave out who is removed, by their indexes alone.
drop index users_by_reputation;
drop index users_by_created;
drop index users_by_search_name;
create index users_by_reputation on users (reputation desc, id, removed_at);
create index users_by_created on users (created_at desc, id, removed_at);
create index users_by_search_name on users (search_name, id, removed_at);
update totals set users = (select count(*) from users where id > 0 and removed_at is null);

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
