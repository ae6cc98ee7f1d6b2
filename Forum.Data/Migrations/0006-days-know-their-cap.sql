-- What happens today is folded over what a person has now, without reading the day again.
alter table reputation_days add column capped integer;
