-- Search asks here whether a hit has a tag, in place of the post, its question and that question's tags.
create table tagged_posts (
    tag_id  integer not null references tags (id),
    post_id integer not null, -- a post; a reference would need an index of its own
    primary key (tag_id, post_id)
) strict, without rowid;

insert into tagged_posts (tag_id, post_id)
select t.tag_id, p.id
from posts p
join question_tags t on t.question_id = coalesce(p.question_id, p.id)
where p.kind in (1, 2)
order by t.tag_id, p.id;
