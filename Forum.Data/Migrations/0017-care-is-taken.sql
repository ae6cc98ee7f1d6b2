-- What the forum clears away and brings up by itself is found by indexes of its own.
create index questions_closed      on posts (closed_at, id) where kind = 1 and deleted_at is null and closed_at is not null;
create index questions_forgotten   on posts (active_at) where kind = 1 and deleted_at is null and is_answered = 0 and answer_count > 0 and closed_at is null and locked_at is null;
create index users_removed on users (id) where removed_at is not null;
