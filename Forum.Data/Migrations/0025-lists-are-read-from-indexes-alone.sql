-- A condition "is null" is asked of the row beside the index; one that says which value a column has is not.
drop index questions_by_created;
drop index questions_by_active;
drop index questions_by_score;
drop index questions_unanswered;
drop index questions_unanswered_newest;
drop index questions_without_answers;
drop index questions_closed;
drop index questions_forgotten;
drop index questions_by_links;

create index questions_by_created  on posts (created_at desc, id desc) where kind = 1 and is_listed = 1;
create index questions_by_active   on posts (active_at desc, id desc, score) where kind = 1 and is_listed = 1;
create index questions_by_score    on posts (score desc, id desc)      where kind = 1 and is_listed = 1;
create index questions_unanswered  on posts (score desc, id desc)      where kind = 1 and is_listed = 1 and is_answered = 0;
create index questions_unanswered_newest on posts (created_at desc, id desc) where kind = 1 and is_listed = 1 and is_answered = 0;
create index questions_without_answers on posts (created_at desc, id desc) where kind = 1 and is_listed = 1 and answer_count = 0;
create index questions_closed      on posts (closed_at, id) where kind = 1 and is_listed = 1 and closed_at is not null;
create index questions_forgotten   on posts (active_at) where kind = 1 and is_listed = 1 and is_answered = 0 and answer_count > 0 and closed_at is null and locked_at is null;
create index questions_by_links    on posts (link_count desc, id desc) where kind = 1 and is_listed = 1 and link_count > 0;
