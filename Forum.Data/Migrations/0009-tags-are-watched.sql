-- Tags that a person looks out for, or wants to see nothing of.
create table watched_tags (
    user_id    integer not null references users (id),
    pattern    text    not null check (length(pattern) between 1 and 35),
    is_ignored integer not null check (is_ignored in (0, 1)),
    added_at   integer not null,
    primary key (user_id, pattern)
) strict, without rowid;
create index watched_tags_by_pattern on watched_tags (pattern, is_ignored);

alter table users add column hides_ignored integer not null default 0 check (hides_ignored in (0, 1));

create table saved_filters (
    id         integer primary key,
    user_id    integer not null references users (id),
    name       text    not null check (length(name) > 0),
    filter     text    not null,
    is_home    integer not null default 0 check (is_home in (0, 1)),
    created_at integer not null,
    unique (user_id, name)
) strict;
create unique index saved_filter_at_home on saved_filters (user_id) where is_home = 1;

-- Lists that the home page and the questions' tabs are read from without looking at a question.
create table ranked_questions (
    list        text    not null,
    rank        integer not null check (rank > 0),
    question_id integer not null references posts (id),
    primary key (list, rank)
) strict, without rowid;
create index ranked_questions_by_question on ranked_questions (question_id);

alter table posts add column link_count integer not null default 0 check (link_count >= 0);
-- The home page leaves out what scores badly, and finds that in the index.
drop index questions_by_active;
create index questions_by_active on posts (active_at desc, id desc, score) where kind = 1 and deleted_at is null;
create index questions_unanswered_newest on posts (created_at desc, id desc) where kind = 1 and deleted_at is null and is_answered = 0;
create index questions_without_answers on posts (created_at desc, id desc) where kind = 1 and deleted_at is null and answer_count = 0;
create index questions_by_links on posts (link_count desc, id desc) where kind = 1 and deleted_at is null and link_count > 0;

-- Who wrote most of a community wiki.
create table wiki_credits (
    post_id   integer primary key references posts (id),
    editors   integer not null check (editors >= 0),
    author_id integer references users (id),
    author_name text,
    share     integer not null check (share between 0 and 100)
) strict;
create index wiki_credits_by_author on wiki_credits (author_id) where author_id is not null;
create index posts_of_the_wiki on posts (id) where wiki_at is not null;
