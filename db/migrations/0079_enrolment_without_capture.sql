-- A child of whom neither face nor fingers are taken has a card that father, mother or guardian asks for, on line or at a counter (LCC Art. 23(2)(a)):
-- an application without a capture. Its card comes to the unit, or by post.

alter table enrolment.application drop constraint application_source_check;
alter table enrolment.application add constraint application_source_check check (source in ('counter', 'roster', 'walk-in', 'online'));
alter table enrolment.application drop constraint application_capture_check;
alter table enrolment.application add constraint application_capture_check check (capture in ('none', 'here', 'elsewhere', 'not-needed'));
alter table enrolment.application drop constraint application_check2;
alter table enrolment.application add constraint captured_has_its_moment check ((capture in ('none', 'not-needed')) = (captured_at is null));
alter table enrolment.application drop constraint application_check4;
alter table enrolment.application add constraint sent_is_complete check (
  state not in ('sent-to-centre', 'approved', 'printed', 'shipped', 'at-unit', 'dispatched', 'handed-over', 'lost-in-transit', 'reprint')
  or ((captured_at is not null or capture = 'not-needed') and submitted_on is not null));

alter table enrolment.application add column delivery text check (delivery in ('unit', 'post'));
alter table enrolment.application add column delivery_address text check (delivery_address <> '');
alter table enrolment.application add constraint post_has_an_address check ((delivery = 'post') is true = (delivery_address is not null));
alter table enrolment.application add constraint without_capture_is_represented check (capture <> 'not-needed' or (signed_by = 'representative' and delivery is not null));
comment on column enrolment.application.source           is 'At a counter, from a session''s list, a walk-in, or on line by the representative. [public]';
comment on column enrolment.application.capture          is 'Whether face, fingers and signature were taken here, elsewhere, not yet, or need not be taken of so young a child. [public]';
comment on column enrolment.application.delivery         is 'Where the card is to be had: unit or post; empty where nobody was asked. [public]';
comment on column enrolment.application.delivery_address is 'To which address by post. [personal]';
