-- How long lists are is kept beside what they list, not counted for each page.
alter table users add column question_count integer not null default 0 check (question_count >= 0);
alter table users add column answer_count integer not null default 0 check (answer_count >= 0);
alter table tags add column unanswered_count integer not null default 0 check (unanswered_count >= 0);
alter table posts add column is_listed integer not null default 1 check (is_listed in (0, 1));

create table totals (
    questions  integer not null default 0 check (questions >= 0),
    unanswered integer not null default 0 check (unanswered >= 0),
    users      integer not null default 0 check (users >= 0),
    tags       integer not null default 0 check (tags >= 0)
) strict;

drop index posts_by_author;

update posts
set is_listed = 0
where kind in (1, 2)
  and (deleted_at is not null or exists (select 1 from posts q where q.id = posts.question_id and q.deleted_at is not null));

create index posts_by_author on posts (author_id, kind, is_listed, score desc, id desc);

insert into totals (questions, unanswered, users, tags)
select (select count(*) from posts where kind = 1 and deleted_at is null),
       (select count(*) from posts where kind = 1 and deleted_at is null and is_answered = 0),
       (select count(*) from users where id > 0),
       (select count(*) from tags);

update users
set question_count = (select count(*) from posts p where p.author_id = users.id and p.kind = 1 and p.is_listed = 1),
    answer_count = (select count(*) from posts p where p.author_id = users.id and p.kind = 2 and p.is_listed = 1);

update tags
set unanswered_count = (select count(*) from question_tags t where t.tag_id = tags.id and t.is_listed = 1 and t.is_answered = 0);
