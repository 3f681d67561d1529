-- Figures of stations, counted a day at a time, and when a clock comes to be at risk.

alter table clock add column risk_at text;
-- With everything that is asked of it, so that what is at risk is found without looking at the clocks.
create index clock_risk on clock (risk_at, due_at, ticket_id, name, round) where state = 'running';

-- Of the tickets that a station received on a day of local time (days since 1970-01-01); junk counts nowhere.
create table figure (
  station text not null,
  day integer not null,
  received integer not null,
  acknowledged_in_time integer not null,
  acknowledged_late integer not null,
  acknowledged_open integer not null,
  acted_in_time integer not null,
  acted_late integer not null,
  acted_open integer not null,
  breached integer not null,
  reopened integer not null,
  unclosed integer not null,
  overdue integer not null,
  at_risk integer not null,
  oldest_unclosed text,
  -- Received in each hour.
  h0 integer not null,
  h1 integer not null,
  h2 integer not null,
  h3 integer not null,
  h4 integer not null,
  h5 integer not null,
  h6 integer not null,
  h7 integer not null,
  h8 integer not null,
  h9 integer not null,
  h10 integer not null,
  h11 integer not null,
  h12 integer not null,
  h13 integer not null,
  h14 integer not null,
  h15 integer not null,
  h16 integer not null,
  h17 integer not null,
  h18 integer not null,
  h19 integer not null,
  h20 integer not null,
  h21 integer not null,
  h22 integer not null,
  h23 integer not null,
  -- A period is read and a day is written in one piece, whatever the stations.
  primary key (day, station)
) strict, without rowid;
create index figure_pressing on figure (station, unclosed, overdue, at_risk, oldest_unclosed)
  where unclosed + overdue + at_risk > 0;

-- How far counting has come; one row.
create table figure_mark (
  id integer primary key check (id = 1),
  time_zone text not null,
  at text not null,
  -- Last row of the journal that was looked at.
  journal_number integer not null,
  -- The youngest day not counted yet and the oldest to count: counting goes back in time; null when all are counted.
  next_day integer,
  first_day integer
) strict;
