-- Junk put away and brought back, and letters with a virus in them.

alter table ticket add column junk text check (junk in ('junk', 'suspected', 'cleared'));
alter table ticket add column junk_opinion text;
create index ticket_junk on ticket (junk, state, id) where junk is not null;

alter table message add column infected text;

create table junk_label (
  id text primary key,
  ticket_id text not null references ticket (id),
  at text not null,
  actor text not null,
  opinion text,
  junk integer not null check (junk in (0, 1))
) strict;
