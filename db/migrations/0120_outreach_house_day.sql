-- Instants of messages are real, since gateways, quiet hours and limits ask for them. What people read is the house's
-- day, which stands still in a demonstration and is another in a rehearsal: it is kept beside them.
alter table outreach.message add column queued_on date;
update outreach.message set queued_on = (queued_at at time zone 'Asia/Ho_Chi_Minh')::date;
alter table outreach.message
  alter column queued_on set default (now() at time zone 'Asia/Ho_Chi_Minh')::date,
  alter column queued_on set not null;
comment on column outreach.message.queued_on is 'The house''s day on which it was queued. [public]';
alter table outreach.attempt add column begun_on date;
update outreach.attempt set begun_on = (begun_at at time zone 'Asia/Ho_Chi_Minh')::date;
alter table outreach.attempt
  alter column begun_on set default (now() at time zone 'Asia/Ho_Chi_Minh')::date,
  alter column begun_on set not null;
comment on column outreach.attempt.begun_on is 'The house''s day on which it began. [public]';
