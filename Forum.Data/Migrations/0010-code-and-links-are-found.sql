-- Code and links are found, and words as titles spell them. What a post says is not read here: a server that starts takes its code
-- and links from its HTML, as from a post that an older program rendered.
-- The code of posts, with its punctuation: the engine keeps runs of three characters. Only posts that have code are in it.
create virtual table code_search using fts5 (
    code,
    content = '', contentless_delete = 1,
    tokenize = "trigram"
);
-- Where the links of posts lead, as Forum.Core/Search/SearchedLinks.cs writes it. Only posts that link somewhere are in it.
create virtual table link_search using fts5 (
    links,
    content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '=./-_'"
);
insert into code_search (code_search, rank) values ('automerge', 0);
insert into code_search (code_search, rank) values ('crisismerge', 500);
insert into code_search (code_search, rank) values ('usermerge', 8);
insert into link_search (link_search, rank) values ('automerge', 0);
insert into link_search (link_search, rank) values ('crisismerge', 500);
insert into link_search (link_search, rank) values ('usermerge', 8);
-- Words that stand, or once stood, in a title: what somebody may have meant who typed something like them. Asked of the index before they are shown.
create table search_words (
    word text primary key
) strict, without rowid;

create virtual table temp.title_words using fts5vocab (main, title_search, row);
insert into search_words (word)
select term
from temp.title_words
where length(term) between 4 and 24 and term not glob '*[^a-z]*';
drop table temp.title_words;

create index posts_unlisted       on posts (id) where is_listed = 0;

update posts
set renderer = renderer - 1
where kind in (1, 2) and is_listed = 1 and (html like '%<pre%' or html like '%href="http%');
