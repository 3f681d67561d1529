-- Letters, tickets and what hangs on them. Instants are ISO-8601 UTC text, flags 0/1, ids sortable text made outside.

create table letter (
  id text primary key,
  received_at text not null,
  sha256 text not null,
  bytes integer not null,
  archive_path text not null,
  fingerprint text not null,
  duplicate_of text references letter (id),
  problem text,
  envelope text not null
) strict;
create index letter_fingerprint on letter (fingerprint, received_at);

create table counter (
  station text not null,
  year integer not null,
  value integer not null,
  primary key (station, year)
) strict, without rowid;

create table ticket (
  id text primary key,
  reference text not null unique,
  station text not null,
  state text not null check (state in ('new', 'open', 'waiting', 'closed', 'merged')),
  urgency text check (urgency in ('urgent', 'semi-urgent', 'non-urgent')),
  category text,
  languages text not null,
  subject text not null,
  resident_address text not null,
  resident_key text not null,
  resident_name text not null,
  verdict text not null check (verdict in ('aligned', 'partial', 'failed', 'unknown')),
  received_at text not null,
  acknowledged_at text,
  officer text
) strict;
create index ticket_station on ticket (station, id);
create index ticket_unclosed on ticket (state, id) where state in ('new', 'open', 'waiting');

create table ticket_link (
  ticket_id text not null references ticket (id),
  other_id text not null references ticket (id),
  primary key (ticket_id, other_id)
) strict, without rowid;

-- The number is the key of the search index.
create table message (
  number integer primary key,
  id text not null unique,
  ticket_id text not null references ticket (id),
  letter_id text references letter (id),
  station text not null,
  direction text not null check (direction in ('in', 'out')),
  kind text not null,
  from_address text,
  from_name text,
  recipients text not null,
  subject text not null,
  text text not null,
  message_id text,
  received_at text not null,
  sha256 text,
  parsed integer not null check (parsed in (0, 1)),
  verdict text not null,
  attachments text not null
) strict;
create unique index message_filing on message (letter_id, station) where letter_id is not null;
create index message_ticket on message (ticket_id, number);

create virtual table message_search using fts5 (
  words,
  content = '',
  contentless_delete = 1,
  detail = 'none',
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mc Mn'"
);

create table clock (
  ticket_id text not null references ticket (id),
  name text not null check (name in ('acknowledgement', 'first-action', 'resolution')),
  state text not null check (state in ('running', 'paused', 'met', 'breached')),
  started_at text not null,
  due_at text not null,
  met_at text,
  breached_at text,
  primary key (ticket_id, name)
) strict, without rowid;
create index clock_unmet on clock (due_at) where met_at is null;

create table outbox (
  id text primary key,
  kind text not null,
  ticket_id text not null references ticket (id),
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
create index outbox_next on outbox (next_at) where next_at is not null;
create index outbox_state on outbox (state, id);
create index outbox_ticket on outbox (ticket_id);

create table journal (
  number integer primary key,
  id text not null,
  ticket_id text not null references ticket (id),
  at text not null,
  actor text not null,
  event text not null,
  detail text not null
) strict;
create index journal_ticket on journal (ticket_id, number);
