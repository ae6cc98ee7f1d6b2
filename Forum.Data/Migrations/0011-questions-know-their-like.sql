-- Questions that are like a question, found again when it or one of them is asked or edited.
create table related_questions (
    question_id integer not null references posts (id),
    place       integer not null check (place > 0),
    related_id  integer not null references posts (id),
    primary key (question_id, place)
) strict, without rowid;
create index related_questions_by_target on related_questions (related_id);
