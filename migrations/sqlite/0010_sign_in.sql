-- How officers prove who they are, the sessions they work in, and what each keeps for the own desk.
-- Officers of the configuration have no row in `officer`, so nothing here refers to it.

create table credential (
  officer text primary key,
  password_hash text,
  password_set_at text,
  must_change integer not null default 0 check (must_change in (0, 1)),
  totp_sealed text,
  totp_since text,
  -- The newest time step whose code was used: no code works twice (RFC 6238, 5.2).
  totp_step integer
) strict, without rowid;

create table recovery_code (
  officer text not null,
  hash text not null,
  primary key (officer, hash)
) strict, without rowid;

create table passkey (
  id text primary key,
  officer text not null,
  public_key text not null,
  counter integer not null,
  transports text not null,
  name text not null,
  created_at text not null,
  used_at text
) strict, without rowid;
create index passkey_officer on passkey (officer);

-- Who an officer is at a provider of OpenID Connect.
create table provider_subject (
  issuer text not null,
  subject text not null,
  officer text not null,
  since text not null,
  primary key (issuer, subject)
) strict, without rowid;

-- `id` is the hash of what the browser holds.
create table session (
  id text primary key,
  officer text not null,
  level text not null check (level in ('half', 'proven', 'full')),
  way text not null check (way in ('password', 'passkey', 'provider')),
  created_at text not null,
  seen_at text not null,
  user_agent text not null,
  ended_at text,
  ended_why text
) strict, without rowid;
create index session_open on session (officer, id) where ended_at is null;
create index session_seen on session (seen_at);

create table saved_view (
  id text primary key,
  officer text not null,
  name text not null,
  query text not null,
  position integer not null
) strict, without rowid;
create index saved_view_officer on saved_view (officer, position, id);

create table draft (
  officer text not null,
  ticket_id text not null references ticket (id),
  field text not null,
  text text not null,
  changed_at text not null,
  primary key (officer, ticket_id, field)
) strict, without rowid;
create index draft_ticket on draft (ticket_id);

create table preference (
  officer text primary key,
  language text check (language in ('en', 'bn', 'hi')),
  theme text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
  shortcuts integer not null default 1 check (shortcuts in (0, 1))
) strict, without rowid;
