-- Words and domains that are not taken, or that moderators look at; what is learned of spam; and how often traps were sprung.
create table blocked_texts (
    id          integer primary key,
    kind        integer not null check (kind between 1 and 4),                 -- BlockedKind
    action      integer not null check (action between 0 and 2),               -- BlockedAction
    text        text    not null,                                              -- as it was typed
    folded      text    not null check (folded <> ''),                         -- as it is compared
    note        text    not null default '',
    hits        integer not null default 0,
    last_hit_at integer,
    created_at  integer not null,
    created_by  integer references users (id),                                 -- null: it came with the program
    removed_at  integer,                                                       -- since when it is not looked for
    version     integer not null                                               -- each change of a row gives it the next number
) strict;

create unique index blocked_texts_in_force on blocked_texts (kind, folded) where removed_at is null;
create index blocked_texts_by_version on blocked_texts (version);
create index blocked_texts_by_creator on blocked_texts (created_by) where created_by is not null;

create table spam_words (
    word text    primary key,                                                  -- '' has how many posts there are
    spam integer not null default 0,                                           -- posts that have it and were spam
    good integer not null default 0                                            -- and that were good
) strict, without rowid;

create table spam_learned (
    post_id integer primary key references posts (id),
    is_spam integer not null check (is_spam in (0, 1)),
    words   text    not null                                                   -- those that were counted, so that they can be counted back
) strict;

create table sprung_traps (
    day   integer not null,                                                    -- days since 1970, UTC
    trap  text    not null,
    times integer not null,
    primary key (day, trap)
) strict, without rowid;

insert into blocked_texts (kind, action, text, folded, note, created_at, version) values
    (3, 0, 'kill yourself', 'kill yourself', '', 0, 1),
    (3, 0, 'kys', 'kys', '', 0, 2),
    (3, 0, 'go die', 'go die', '', 0, 3),
    (3, 0, 'piece of shit', 'piece of shit', '', 0, 4),
    (3, 0, 'fuck you', 'fuck you', '', 0, 5),
    (3, 0, 'fuck off', 'fuck off', '', 0, 6),
    (3, 0, 'you are an idiot', 'you are an idiot', '', 0, 7),
    (3, 0, 'you moron', 'you moron', '', 0, 8),
    (3, 0, '去死', '去死', '', 0, 9),
    (3, 0, '傻逼', '傻逼', '', 0, 10),
    (4, 0, 'thank you so much', 'thank you so much', '', 0, 11),
    (4, 0, 'thanks a lot', 'thanks a lot', '', 0, 12),
    (4, 0, 'you saved my day', 'you saved my day', '', 0, 13),
    (4, 0, 'worked like a charm', 'worked like a charm', '', 0, 14),
    (4, 0, '+1', '+1', '', 0, 15),
    (4, 0, '非常感谢', '非常感谢', '', 0, 16);
