-- The journal as a chain: each row's hash covers the row before it, overall and on its ticket. What could be personal is in
-- it as a salted hash only, so that it can be erased and the chain stays whole. Rows from before have no hashes.

create table chained_journal (
  number integer primary key,
  id text not null unique,
  ticket_id text references ticket (id),
  at text not null,
  actor text not null,
  event text not null,
  detail text not null,
  salt text,
  detail_hash text,
  ticket_hash text,
  chain_hash text
) strict;
insert into chained_journal (number, id, ticket_id, at, actor, event, detail)
  select number, id, ticket_id, at, actor, event, detail from journal;
drop table journal;
alter table chained_journal rename to journal;
create index journal_ticket on journal (ticket_id, number);

create table journal_checkpoint (
  number integer primary key,
  at text not null,
  chain_hash text not null,
  key_id text not null,
  signature text not null
) strict;
