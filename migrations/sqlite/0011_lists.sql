-- Lists and figures from few and narrow indexes, whatever the size of the store.

-- The first of the ticket's pending deadlines: kept by the triggers below, so that lists need no look at the clocks.
alter table ticket add column due_at text;
update ticket set due_at = (
  select min(clock.due_at) from clock
  where clock.ticket_id = ticket.id and clock.met_at is null and clock.state in ('running', 'breached')
    and not exists (
      select 1 from clock as later
      where later.ticket_id = clock.ticket_id and later.name = clock.name and later.round > clock.round
    )
);
create trigger clock_started after insert on clock when new.round = 1 begin
  update ticket set due_at = new.due_at
    where id = new.ticket_id and new.met_at is null and new.state in ('running', 'breached')
      and (due_at is null or due_at > new.due_at);
end;
create trigger clock_restarted after insert on clock when new.round > 1 begin
  update ticket set due_at = (
    select min(clock.due_at) from clock
    where clock.ticket_id = new.ticket_id and clock.met_at is null and clock.state in ('running', 'breached')
      and not exists (
        select 1 from clock as later
        where later.ticket_id = clock.ticket_id and later.name = clock.name and later.round > clock.round
      )
  ) where id = new.ticket_id;
end;
create trigger clock_moved after update of due_at, met_at, state on clock
when new.due_at is not old.due_at or new.met_at is not old.met_at or new.state is not old.state begin
  update ticket set due_at = (
    select min(clock.due_at) from clock
    where clock.ticket_id = new.ticket_id and clock.met_at is null and clock.state in ('running', 'breached')
      and not exists (
        select 1 from clock as later
        where later.ticket_id = clock.ticket_id and later.name = clock.name and later.round > clock.round
      )
  ) where id = new.ticket_id;
end;

-- What is at hand: few, however many were ever closed. Everything a list filters by stands in the index itself.
drop index ticket_unclosed;
create index ticket_at_hand on ticket (
  station, due_at, id, state, officer, urgency, category, restriction, waiting_for, received_at, junk
) where coalesce(junk, '') <> 'junk' and (state in ('new', 'open', 'waiting') or due_at is not null);
-- Everything of a station, the newest first.
drop index ticket_station;
create index ticket_station on ticket (
  station, id, received_at, state, officer, urgency, category, restriction, junk
);
create index ticket_category on ticket (category, id, received_at, state, officer, urgency, restriction, junk);
drop index ticket_junk;
create index ticket_junk on ticket (station, id, received_at, state, restriction, junk) where junk = 'junk';
-- Who waits is at hand.
drop index ticket_waiting;

drop index clock_pending;
-- Acknowledgements that are still owed.
create index clock_owed on clock (ticket_id)
  where name = 'acknowledgement' and met_at is null and state in ('running', 'breached');

-- Nearly all letters are sent; those that are not are counted and listed.
drop index outbox_state;
create index outbox_unsent on outbox (state, id) where state <> 'sent';

create index letter_copy on letter (duplicate_of) where duplicate_of is not null;
create index junk_label_ticket on junk_label (ticket_id);
create index information_registered on information (registered_at);

-- The words of the search index in their order, read from the index itself: it holds no rows of its own.
create virtual table message_words using fts5vocab (message_search, instance);
