-- The person's own page: whose rows a person sees is said by a literal, as an officer's units are, and row-level security holds to it.

create function platform.person() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('dinhdanh.person', true), '')::uuid $$;
comment on function platform.person() is 'The person whose own rows this transaction may see beside its scope.';

-- To be read, never to be changed: what people change of themselves are verbs of the contexts whose tables these are.
do $$
declare
  own_table text;
begin
  foreach own_table in array array[
    'register.person', 'register.number', 'register.old_number', 'register.residence', 'register.household_member', 'register.kinship', 'register.phone',
    'register.history', 'register.correction', 'register.correction_change',
    'cards.card', 'cards.move', 'cards.batch_card', 'cards.box_card', 'cards.location', 'cards.withholding',
    'accounts.account', 'accounts.move',
    'enrolment.application', 'enrolment.application_move', 'enrolment.receipt_lookup',
    'outreach.message', 'audit.access']
  loop
    execute format('create policy own on %s for select to dinhdanh_application using (person_id = (select platform.person()))', own_table);
  end loop;
end
$$;

-- Which box one's card lies in, and where it goes; which others lie in it is nobody's own.
create policy own on cards.box for select to dinhdanh_application using (
  (select platform.person()) is not null
  and exists (select from cards.box_card b where b.box_id = box.id and b.person_id = (select platform.person())));

-- Why somebody looked is a purpose; what the look was about is a case, where there was one.
alter table audit.access add column case_kind text, add column case_id uuid;
alter table audit.access add check ((case_kind is null) = (case_id is null));
comment on column audit.access.case_kind is 'What kind of case the reading was about: application, correction, card, message. [public]';
comment on column audit.access.case_id   is 'Which one. [public]';
