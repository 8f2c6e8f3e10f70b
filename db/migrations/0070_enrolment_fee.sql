-- What an application costs is recorded when it is taken, with the reason and the paper by which somebody owes nothing,
-- so that the receipt goes on saying it and a day's fees can be counted. Applications of before have none.
alter table enrolment.application
  add column fee_due integer check (fee_due >= 0),
  add column fee_reason text check (fee_reason <> ''),
  add column fee_exemption text check (fee_exemption <> ''),
  add column fee_evidence text check (fee_evidence <> ''),
  add column fee_instead integer check (fee_instead > 0),
  add constraint fee_exempt_with_evidence check (
    (fee_exemption is null) = (fee_evidence is null)
    and (fee_exemption is null) = (fee_instead is null)
    and (fee_exemption is null or fee_due = 0));
comment on column enrolment.application.fee_due is 'What is asked for, in đồng; 0 where nothing is; empty for what was taken before fees were recorded. [public]';
comment on column enrolment.application.fee_reason is 'By which circular, as the receipt says it. [public]';
comment on column enrolment.application.fee_exemption is 'Why the person owes nothing, by the law of the day. [personal]';
comment on column enrolment.application.fee_evidence is 'By which paper. [personal]';
comment on column enrolment.application.fee_instead is 'What would be asked for without it, in đồng. [public]';
create index application_by_day on enrolment.application (begun_on, unit_id) where fee_due is not null;
