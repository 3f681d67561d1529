-- Answers are found by the Message-ID of a letter that lies on a ticket. Letters that open nothing say why. What is strange
-- about the name of a sender is shown to officers.

create index message_message_id on message (message_id) where message_id is not null and direction = 'in';
alter table message add column sender_flags text;
alter table letter add column parked text;
create index letter_parked on letter (id) where parked is not null;
