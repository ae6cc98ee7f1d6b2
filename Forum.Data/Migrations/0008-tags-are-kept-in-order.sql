-- Tags have rules, synonyms and a log; one becomes another. Related tags are kept.
alter table tags add column is_blocked integer not null default 0 check (is_blocked in (0, 1));
alter table tags add column related text not null default '';
create index tags_required on tags (name) where is_required = 1;

drop index tag_by_created;
create index tag_by_created    on question_tags (tag_id, is_listed, created_at desc, question_id desc);
drop index tag_answerers;
create index tag_answerers on tag_scores (tag_id, answer_score desc, user_id, answers);

create table tag_synonyms (
    id          integer primary key,
    name        text    not null unique check (length(name) between 1 and 35),
    tag_id      integer not null references tags (id),
    proposed_by integer references users (id),
    proposed_at integer not null,
    approved_at integer,
    approved_by integer references users (id),
    score       integer not null default 0,
    used_count  integer not null default 0 check (used_count >= 0),
    used_at     integer
) strict;
create index tag_synonyms_by_tag on tag_synonyms (tag_id, name);
create index tag_synonyms_by_age on tag_synonyms (proposed_at desc, id desc);
create index tag_synonyms_by_proposer on tag_synonyms (proposed_by) where proposed_by is not null;
create index tag_synonyms_by_approver on tag_synonyms (approved_by) where approved_by is not null;

create table tag_synonym_votes (
    synonym_id integer not null references tag_synonyms (id) on delete cascade,
    user_id    integer not null references users (id),
    direction  integer not null check (direction in (1, -1)),
    cast_at    integer not null,
    primary key (synonym_id, user_id)
) strict, without rowid;
create index tag_synonym_votes_by_user on tag_synonym_votes (user_id, cast_at);

create table tag_merges (
    id          integer primary key,
    tag_id      integer not null,
    into_id     integer not null,
    is_rename   integer not null check (is_rename in (0, 1)),
    questions   integer not null,
    moved       integer not null default 0 check (moved >= 0),
    asked_by    integer references users (id),
    asked_at    integer not null,
    finished_at integer
) strict;
create index tag_merges_running on tag_merges (id) where finished_at is null;
create index tag_merges_by_asker on tag_merges (asked_by) where asked_by is not null;

create table tag_events (
    id       integer primary key,
    kind     text    not null,
    tag      text    not null,
    other    text    not null default '',
    actor_id integer references users (id),
    at       integer not null
) strict;
create index tag_events_by_tag on tag_events (tag, id);
create index tag_events_by_other on tag_events (other, id) where other <> '';
create index tag_events_by_actor on tag_events (actor_id) where actor_id is not null;
