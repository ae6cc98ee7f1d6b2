-- Texts are long: in a table that is one index (without rowid) they left a third of it empty and most of the longer ones in pages of their own.
create table new_revisions (
    post_id     integer not null references posts (id),
    number      integer not null check (number >= 1),
    author_id   integer references users (id),
    author_name text,
    title       text,
    body        text,
    tags        text,
    comment     text    not null default '',
    created_at  integer not null,
    license     text    not null,
    guid        text,
    primary key (post_id, number)
) strict;

insert into new_revisions (post_id, number, author_id, author_name, title, body, tags, comment, created_at, license, guid)
select post_id, number, author_id, author_name, title, body, tags, comment, created_at, license, guid
from revisions
order by post_id, number;

drop table revisions;
alter table new_revisions rename to revisions;
create index revisions_by_author on revisions (author_id, created_at) where author_id is not null;
