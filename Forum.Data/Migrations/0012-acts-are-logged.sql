-- What was done to moderate, by moderators and by the community: rows are added only.
create table moderation_acts (
    id           integer primary key,
    action       text    not null,
    actor_id     integer references users (id),
    subject_kind integer not null check (subject_kind between 1 and 6),
    subject_id   integer not null,
    concerns_id  integer references users (id),
    before       text    not null default '',
    after        text    not null default '',
    reason       text    not null default '',
    at           integer not null,
    undoes_id    integer references moderation_acts (id)
) strict;
create index moderation_acts_by_subject on moderation_acts (subject_kind, subject_id, id);
create index moderation_acts_by_actor on moderation_acts (actor_id, id) where actor_id is not null;
create index moderation_acts_by_concerned on moderation_acts (concerns_id, id) where concerns_id is not null;
create index moderation_acts_by_action on moderation_acts (action, id);
create unique index moderation_act_undone on moderation_acts (undoes_id) where undoes_id is not null;
