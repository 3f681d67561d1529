-- What was found out about the sender of each letter; null for letters of ours.

alter table message add column sender_check text;
