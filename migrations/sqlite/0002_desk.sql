-- The desk: triage, deeds, clocks with a plan, waits, escalations, people, the register of electronic information.

alter table ticket add column urgency_by text;
alter table ticket add column proposal text;
alter table ticket add column restriction text not null default 'none' check (restriction in ('none', 'named', 'dc'));
alter table ticket add column level text not null default 'officer' check (level in ('officer', 'oc', 'ac', 'dc', 'admin'));
alter table ticket add column closed_at text;
alter table ticket add column outcome text;
alter table ticket add column reopened integer not null default 0;
alter table ticket add column merged_into text;
alter table ticket add column waiting_for text check (waiting_for in ('resident', 'agency'));
alter table ticket add column waiting_until text;
alter table ticket add column attention text;
alter table ticket add column passed_on text;
alter table ticket add column fir_number text;
alter table ticket add column gd_number text;
alter table ticket add column version integer not null default 0;
alter table ticket add column changed_at text;
create index ticket_merged on ticket (merged_into) where merged_into is not null;
create index ticket_attention on ticket (attention, id) where attention is not null;
create index ticket_resident on ticket (resident_key);
create index ticket_officer on ticket (officer, id) where officer is not null;
create index ticket_waiting on ticket (waiting_for, id) where waiting_for is not null;
create index ticket_received on ticket (received_at);

-- A ticket opened again gets a new round of its clocks.
create table clock_next (
  ticket_id text not null references ticket (id),
  name text not null check (name in ('acknowledgement', 'first-action', 'resolution', 'signature', 'progress')),
  round integer not null,
  state text not null check (state in ('running', 'paused', 'met', 'breached', 'lifted')),
  started_at text not null,
  due_at text not null,
  met_at text,
  breached_at text,
  plan text not null,
  step integer not null,
  next_at text,
  primary key (ticket_id, name, round)
) strict, without rowid;
insert into clock_next
  select ticket_id, name, 1, state, started_at, due_at, met_at, breached_at,
    json_object(
      'targetMs', cast(round((julianday(due_at) - julianday(started_at)) * 86400000) as integer),
      'stretches', json_array(json_object('from', started_at, 'calendar', 'always'))
    ),
    0, case when met_at is null then due_at end
  from clock;
drop table clock;
alter table clock_next rename to clock;
create index clock_pending on clock (due_at) where met_at is null and state in ('running', 'breached');
create index clock_next_at on clock (next_at) where next_at is not null;

-- A digest is about no ticket in particular.
create table outbox_next_shape (
  id text primary key,
  kind text not null,
  ticket_id text references ticket (id),
  also_for text not null,
  letter_id text references letter (id),
  received_at text not null,
  state text not null check (state in ('queued', 'sending', 'sent', 'deferred', 'failed', 'suppressed')),
  reason text,
  attempts integer not null,
  due_at text not null,
  -- When it is to be taken next: due_at, or the end of the lease; null when nothing is to be done any more.
  next_at text,
  lease_until text,
  last_reply text,
  queue_id text,
  sent_at text,
  created_at text not null,
  recipient text not null,
  message_id text not null,
  letter text not null
) strict;
insert into outbox_next_shape select * from outbox;
drop table outbox;
alter table outbox_next_shape rename to outbox;
create index outbox_next on outbox (next_at) where next_at is not null;
create index outbox_state on outbox (state, id);
create index outbox_ticket on outbox (ticket_id);

-- also_for as rows, so that the letters of a ticket are found.
create table outbox_also (
  ticket_id text not null,
  outbox_id text not null references outbox (id),
  primary key (ticket_id, outbox_id)
) strict, without rowid;
insert or ignore into outbox_also
  select other.value, outbox.id from outbox, json_each(outbox.also_for) as other where outbox.also_for <> '[]';

create table escalation (
  id text primary key,
  ticket_id text not null references ticket (id),
  clock text not null,
  round integer not null,
  step integer not null,
  rank text not null check (rank in ('officer', 'oc', 'ac', 'dc', 'admin', 'resident')),
  told text not null,
  marked_at text not null,
  at text not null,
  answer_by text,
  acknowledged_at text,
  acknowledged_by text,
  ended_at text,
  next_at text,
  unique (ticket_id, clock, round, step)
) strict;
create index escalation_open on escalation (id)
  where acknowledged_at is null and ended_at is null and rank <> 'resident';
create index escalation_next on escalation (next_at, id) where next_at is not null;

create table wait (
  id text primary key,
  ticket_id text not null references ticket (id),
  waiting_for text not null check (waiting_for in ('resident', 'agency')),
  started_at text not null,
  until text not null,
  ended_at text,
  reminded_at text,
  next_at text
) strict;
create index wait_ticket on wait (ticket_id, id);
create index wait_next on wait (next_at, id) where next_at is not null;

create table note (
  id text primary key,
  ticket_id text not null references ticket (id),
  at text not null,
  actor text not null,
  text text not null
) strict;
create index note_ticket on note (ticket_id, id);

create table officer (
  id text primary key,
  name text not null,
  title text not null,
  rank text not null check (rank in ('officer', 'oc', 'ac', 'dc', 'admin', 'auditor')),
  address text,
  stations text not null,
  divisions text not null,
  reads_restricted integer not null check (reads_restricted in (0, 1)),
  disabled integer not null check (disabled in (0, 1)),
  away_until text,
  deputy text,
  absence_only integer not null check (absence_only in (0, 1))
) strict;

create table triage_label (
  id text primary key,
  ticket_id text not null references ticket (id),
  at text not null,
  actor text not null,
  proposed_urgency text,
  proposed_category text,
  urgency text not null,
  category text
) strict;

create table information (
  ticket_id text primary key references ticket (id),
  station text not null,
  year integer not null,
  serial integer not null,
  received_at text not null,
  registered_at text not null,
  registered_by text not null,
  substance text not null,
  signed_at text,
  signed_how text check (signed_how in ('at-station', 'e-signature', 'at-home')),
  signed_before text,
  decision text check (decision in ('fir', 'enquiry', 'note')),
  decision_text text,
  decided_at text,
  decided_by text,
  unique (station, year, serial)
) strict;

create table register_counter (
  station text not null,
  year integer not null,
  value integer not null,
  primary key (station, year)
) strict, without rowid;

create table correspondent (
  ticket_id text not null references ticket (id),
  address_key text not null,
  address text not null,
  role text not null check (role in ('force', 'agency')),
  primary key (ticket_id, address_key)
) strict, without rowid;

create table notice (
  key text primary key,
  at text not null
) strict, without rowid;
