-- When a link was opened last is read by officers: as the house's day, which stands still in a demonstration.
alter table access_links.link add column last_opened_on date;
update access_links.link set last_opened_on = (last_opened_at at time zone 'Asia/Ho_Chi_Minh')::date;
alter table access_links.link add constraint link_opened_on_a_day check ((last_opened_at is null) = (last_opened_on is null));
comment on column access_links.link.last_opened_on is 'The house''s day on which it was opened last. [public]';
