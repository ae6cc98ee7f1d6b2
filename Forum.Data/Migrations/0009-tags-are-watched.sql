-- Tags that a person looks out for, or wants to see nothing of.
create table watched_tags (
    user_id    integer not null references users (id),
    pattern    text    not null check (length(pattern) between 1 and 35),
    is_ignored integer not null check (is_ignored in (0, 1)),
    added_at   integer not null,
    primary key (user_id, pattern)
) strict, without rowid;
