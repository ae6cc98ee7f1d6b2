-- Figures of the site, kept by the day, the week, the month; suspicious votes; from where people write; whose mailbox is whose.
create table site_figures (
    span                 integer not null check (span in (1, 7, 30, 90)),
    first_day            integer not null,
    questions            integer not null,
    answers              integer not null,
    standing             integer not null,
    answered             integer not null,
    answered_in_a_day    integer not null,
    first_answer_seconds integer,
    closed               integer not null,
    deleted              integer not null,
    people               integer not null,
    voters               integer not null,
    flags                integer not null,
    flags_handled        integer not null,
    flags_in_a_day       integer not null,
    flag_seconds         integer,
    closings             integer not null,
    reopenings           integer not null,
    reviews              integer not null,
    suspensions          integer not null,
    primary key (span, first_day)
) strict, without rowid;

create index posts_by_date on posts (created_at) where kind in (1, 2);
create index post_events_by_kind on post_events (kind, at);

create table vote_pairs (
    voter_id  integer not null references users (id),
    author_id integer not null references users (id),
    up        integer not null,
    down      integer not null,
    total     integer not null,
    first_at  integer not null,
    last_at   integer not null,
    primary key (voter_id, author_id)
) strict, without rowid;

create index vote_pairs_by_author on vote_pairs (author_id);

create table address_sightings (
    user_id  integer not null references users (id) on delete cascade,
    address  text    not null,
    network  text    not null,
    first_at integer not null,
    last_at  integer not null,
    times    integer not null check (times > 0),
    primary key (user_id, address)
) strict, without rowid;

create index address_sightings_by_address on address_sightings (address, last_at);
create index address_sightings_by_network on address_sightings (network, last_at);
create index address_sightings_by_age on address_sightings (last_at);

-- As Forum.Core/Connections/Mailbox.cs makes it.
alter table accounts add column mailbox text;
update accounts
set mailbox = lower(case
        when instr(email, '+') between 2 and instr(email, '@') then substr(email, 1, instr(email, '+') - 1) || substr(email, instr(email, '@'))
        else email
    end)
where email is not null and instr(email, '@') > 1;
update accounts
set mailbox = replace(substr(mailbox, 1, instr(mailbox, '@') - 1), '.', '') || '@gmail.com'
where mailbox like '%@gmail.com' or mailbox like '%@googlemail.com';
create index accounts_by_mailbox on accounts (mailbox) where mailbox is not null;
