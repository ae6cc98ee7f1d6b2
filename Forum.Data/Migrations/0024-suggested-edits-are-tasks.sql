-- A suggested edit that waits is a task of its queue, so that tests stand beside it; its page is found by a number that says nothing of its age.
alter table review_tasks add column edit_id integer references suggested_edits (id);
alter table review_tasks add column ticket integer check ((ticket is null) = (edit_id is null));

create unique index review_tasks_by_ticket on review_tasks (ticket) where ticket is not null;
create index review_tasks_by_edit on review_tasks (edit_id) where edit_id is not null;
create index suggested_edits_decided on suggested_edits (outcome, decided_at desc) where outcome is not null;

insert into review_tasks (queue, post_id, opened_at, edit_id, ticket)
select 4, post_id, created_at, id, abs(random() % 900000000000) + 100000000000
from suggested_edits
where outcome is null;
