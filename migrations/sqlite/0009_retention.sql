-- Erasing what is personal when its time is over: what stays are the figures and the chain of the journal.

alter table ticket add column legal_hold text;
alter table ticket add column erased_at text;
create index ticket_kept on ticket (closed_at, id) where state = 'closed' and erased_at is null;

-- The first of the two persons who must both want an early erasure.
create table erasure_request (
  ticket_id text primary key references ticket (id),
  at text not null,
  actor text not null,
  reason text not null
) strict, without rowid;

-- Files whose rows are gone; removed after the commit, and after a crash.
create table file_to_remove (
  path text primary key
) strict, without rowid;
