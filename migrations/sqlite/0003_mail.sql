-- Automatic letters within bounds: how many went to whom, whether they are paused, and letters that say the same again.

create table allowance (
  key text not null,
  slot text not null,
  used integer not null,
  primary key (key, slot)
) strict, without rowid;

create table switch (
  name text primary key,
  since text not null,
  actor text not null,
  reason text not null
) strict, without rowid;

alter table ticket add column repeats integer not null default 0;
alter table ticket add column text_mark text;
create index ticket_text on ticket (text_mark, station) where text_mark is not null;
