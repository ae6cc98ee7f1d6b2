-- Merging the pieces of a large index takes minutes: never in the transaction of somebody who posts.
insert into post_search (post_search, rank) values ('automerge', 0);
insert into post_search (post_search, rank) values ('crisismerge', 500);
insert into post_search (post_search, rank) values ('usermerge', 8);
