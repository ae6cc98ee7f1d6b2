-- The words of titles once more, alone: whoever looks for common words is most likely to mean what a title says, and titles are few.
create virtual table title_search using fts5 (
    title,
    content = '', contentless_delete = 1,
    tokenize = "ascii tokenchars '#+.-_~'"
);
insert into title_search (title_search, rank) values ('automerge', 0);
insert into title_search (title_search, rank) values ('crisismerge', 500);
insert into title_search (title_search, rank) values ('usermerge', 8);

create virtual table temp.search_words using fts5vocab (main, post_search, instance);
insert into title_search (rowid, title)
select doc, group_concat(term, ' ')
from (select doc, term from temp.search_words where col = 'title' and doc in (select id from posts where kind = 1) order by doc, offset)
group by doc
order by doc;
drop table temp.search_words;
