-- Letters about the same matter: what is kept of each to find others, what was suggested, which were gathered.

create table matter_mark (
  ticket_id text primary key references ticket (id),
  received_at text not null,
  -- The first ticket of those found alike; itself when it is the first.
  head_id text not null,
  near text,
  marks text not null
) strict, without rowid;
create index matter_mark_received on matter_mark (received_at);

-- Station and restriction are the scope: only within it letters are held against each other.
create table matter_key (
  key text not null,
  scope text not null,
  received_at text not null,
  ticket_id text not null references ticket (id),
  primary key (key, scope, received_at, ticket_id)
) strict, without rowid;
create index matter_key_received on matter_key (received_at);

-- The older ticket of the two is the head. What was dismissed stays, as a label, and is never suggested again.
create table matter_suggestion (
  ticket_id text not null references ticket (id),
  head_id text not null references ticket (id),
  score integer not null,
  reasons text not null,
  state text not null check (state in ('suggested', 'dismissed', 'gathered')),
  at text not null,
  actor text,
  primary key (ticket_id, head_id)
) strict, without rowid;
create index matter_suggestion_head on matter_suggestion (head_id, ticket_id);
create index matter_suggestion_open on matter_suggestion (head_id, ticket_id) where state = 'suggested';

create table matter_child (
  ticket_id text primary key references ticket (id),
  parent_id text not null references ticket (id),
  at text not null,
  actor text not null
) strict, without rowid;
create index matter_child_parent on matter_child (parent_id, ticket_id);
