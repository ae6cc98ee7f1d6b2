-- What newcomers do from one address and from those around it is counted by the day.
create table paces (
    act     integer not null,
    scope   integer not null check (scope in (2, 3)),
    who     text    not null,
    free_at integer not null,
    primary key (act, scope, who)
) strict, without rowid;

create index paces_by_age on paces (free_at);

-- Votes of new accounts wait before they count.
alter table votes add column counted_at integer;
alter table cancelled_votes add column counted_at integer;
create table held_votes (
    post_id   integer not null references posts (id),
    user_id   integer not null references users (id),
    direction integer not null check (direction in (1, -1)),
    cast_at   integer not null,
    counts_at integer not null,
    primary key (post_id, user_id)
) strict, without rowid;

create index held_votes_by_time on held_votes (counts_at);
create index held_votes_by_user on held_votes (user_id, cast_at);
