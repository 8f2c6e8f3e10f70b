-- Of which kind an attempt was is kept with its steps: choosing a new passcode is no activation.
alter table accounts.activation_step add column purpose text, add column way text;
update accounts.activation_step s set purpose = a.purpose, way = a.way from accounts.activation a where a.person_id = s.person_id and a.id = s.activation_id;
-- Where number and phone did not fit no attempt was kept: those were activations by message.
update accounts.activation_step set purpose = 'activation', way = 'message' where purpose is null;
alter table accounts.activation_step alter column purpose set not null, alter column way set not null,
  add constraint activation_step_purpose_check check (purpose in ('activation', 'passcode')),
  add constraint activation_step_way_check check (way in ('message', 'slip', 'recovery-code'));
comment on column accounts.activation_step.purpose is 'What the attempt was for: activation, or passcode (another one). [public]';
comment on column accounts.activation_step.way     is 'How they prove who they are: message, slip or recovery-code. [public]';

-- A person sees on their own page, and in their file, why their account was locked and which phones it had.
create policy own on accounts.lock         for select to dinhdanh_application using (person_id = (select platform.person()));
create policy own on accounts.phone_change for select to dinhdanh_application using (person_id = (select platform.person()));
