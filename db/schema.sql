-- Written from the catalog by `npm run schema`; read it in review, never run it.

table access_links.link (row security forced) -- A link that opens one page by a PIN, for whoever has no sign-in of their own.
  id                     uuid not null -- The link; what it shows is tied to it. [public]
  kind                   text not null -- class, group or family. [public]
  subject_id             uuid not null -- What it opens: a linked class, a community group, a person. [personal]
  label                  text not null -- What the audit calls it: the class or the group; of a family nothing. [public]
  unit_id                uuid -- Whose officers see to it. [public]
  school_id              uuid -- Which school sees to it, where one does. [public]
  holder                 text -- To whom it was given. [personal]
  until                  date not null -- The last day on which it opens. [public]
  until_at               timestamp with time zone not null -- The instant at which it ends at the latest. [public]
  token_hash             bytea not null -- SHA-256 of the token of its address. [secret]
  issued_by              text not null -- Who issued it. [personal]
  issued_at              timestamp with time zone not null -- When. [public]
  void_before            timestamp with time zone -- Sessions that began before are over: the PIN was replaced then. [public]
  last_opened_at         timestamp with time zone -- When a right PIN was last given. [public]
  ended_at               timestamp with time zone -- Since when it opens nothing. [public]
  ended_why              text -- renewed, revoked or expired. [public]
  ended_by               text -- Who ended it. [personal]
  last_opened_on         date -- The house's day on which it was opened last. [public]
  CHECK (((ended_at IS NULL) = (ended_why IS NULL))) -- link_check
  CHECK (((last_opened_at IS NULL) = (last_opened_on IS NULL))) -- link_opened_on_a_day
  CHECK ((ended_why = ANY (ARRAY['renewed'::text, 'revoked'::text, 'expired'::text]))) -- link_ended_why_check
  CHECK ((holder <> ''::text)) -- link_holder_check
  CHECK ((kind = ANY (ARRAY['class'::text, 'group'::text, 'family'::text]))) -- link_kind_check
  CHECK ((length(token_hash) = 32)) -- link_token_hash_check
  PRIMARY KEY (id) -- link_pkey
  UNIQUE (token_hash) -- link_token_hash_key
  CREATE INDEX link_by_subject ON access_links.link USING btree (subject_id, kind, issued_at)
  CREATE UNIQUE INDEX link_token_hash_key ON access_links.link USING btree (token_hash)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using ((id = ANY (( SELECT platform.parts() AS parts)::uuid[])) AND (ended_at IS NULL) AND (until_at > now()))
  policy unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION access_links.names_of(asked uuid[])
 RETURNS TABLE(id uuid, kind text, label text, school_id uuid, unit_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select l.id, l.kind, l.label, l.school_id, l.unit_id from access_links.link l where l.id = any (asked)
$function$


table access_links.pin (row security forced) -- The PINs of links; the last one of a link counts. Officers write them and cannot read them.
  link_id                uuid not null -- Of which link. [public]
  id                     uuid not null -- The PIN. [public]
  hash                   text not null -- Argon2id of the PIN under the installation's key. [secret]
  set_at                 timestamp with time zone not null -- Since when it counts. [public]
  CHECK ((hash ~~ '$argon2id$%'::text)) -- pin_hash_check
  FOREIGN KEY (link_id) REFERENCES access_links.link(id) -- pin_link_id_fkey
  PRIMARY KEY (link_id, id) -- pin_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy written for insert to dinhdanh_app with check (EXISTS ( SELECT
   FROM access_links.link l
  WHERE ((l.id = pin.link_id) AND (l.ended_at IS NULL) AND (NOT (l.id = ANY (( SELECT platform.parts() AS parts)::uuid[]))))))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table access_links.session (row security forced) -- A browser in which a link was opened by its PIN.
  link_id                uuid not null -- Which link. [public]
  id                     uuid not null -- The session. [public]
  token_hash             bytea not null -- SHA-256 of its cookie. [secret]
  device_hash            bytea not null -- SHA-256 of the browser's device cookie: its own tries are counted apart, and no resident's account is put on it while a group's list is open. [secret]
  begun_at               timestamp with time zone not null -- When the PIN was given. [public]
  ends_at                timestamp with time zone not null -- When it is over, whatever is done. [public]
  CHECK ((length(device_hash) = 32)) -- session_device_hash_check
  CHECK ((length(token_hash) = 32)) -- session_token_hash_check
  FOREIGN KEY (link_id) REFERENCES access_links.link(id) -- session_link_id_fkey
  PRIMARY KEY (link_id, id) -- session_pkey
  UNIQUE (token_hash) -- session_token_hash_key
  CREATE INDEX session_by_device ON access_links.session USING btree (device_hash)
  CREATE INDEX session_by_end ON access_links.session USING btree (ends_at)
  CREATE UNIQUE INDEX session_token_hash_key ON access_links.session USING btree (token_hash)
  policy begun for insert to dinhdanh_app with check ((link_id = ANY (( SELECT platform.parts() AS parts)::uuid[])) AND (EXISTS ( SELECT
   FROM access_links.link l
  WHERE (l.id = session.link_id))))
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table access_links.slowdown (row security forced) -- How long to wait after wrong PINs, by the token as it was presented, whether a link has it or not.
  key                    bytea not null -- SHA-256 of what is counted. [secret]
  failures               integer not null -- Tries since the last right one, each counted before its PIN is looked at. [public]
  failed_at              timestamp with time zone not null -- The last of them. [public]
  free_at                timestamp with time zone not null -- When the next is allowed. [public]
  CHECK ((failures > 0)) -- slowdown_failures_check
  CHECK ((length(key) = 32)) -- slowdown_key_check
  PRIMARY KEY (key) -- slowdown_pkey
  CREATE INDEX slowdown_by_age ON access_links.slowdown USING btree (failed_at)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.account (row security forced) -- An electronic identity account.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The account. [public]
  level                  smallint not null -- Level 1 or 2 (NĐ59/2022, NĐ69/2024). [public]
  state                  text not null -- requested, approved, activated, locked or cancelled. [public]
  phone                  text -- The holder's phone, E.164. [personal]
  approved_at            timestamp with time zone -- When it was approved. [public]
  activated_at           timestamp with time zone -- When the holder activated it. [public]
  origin                 text not null -- Whether it was registered here or came by an extract. [public]
  state_on               date not null -- The day for which the state is known: an older extract never rolls it back. [public]
  changed_at             timestamp with time zone not null -- When the state last changed here. [public]
  requested_at           timestamp with time zone -- When it was asked for here. [public]
  requested_by           text -- The officer who captured or entered the request, who never approves it; empty where the holder asked, or an extract told of it. [public]
  asked_via              text -- desk, session, application (for a card), or self: by the holder on the web. [public]
  unit_id                uuid -- The unit that took the request. [public]
  due_on                 date -- The last day to decide the request (NĐ59/2022 Art. 15, NĐ69/2024 Art. 13). [public]
  representative_id      uuid -- Father, mother or guardian who acts for a child. [personal]
  approved_by            text -- The officer who approved it. [public]
  notified_at            timestamp with time zone -- When the holder was told of the approval: the message was queued, or a slip handed out; empty again where that message never arrived. [public]
  activate_by            date -- The last day to activate it without the hotline (NĐ59/2022 Art. 18, NĐ69/2024 Art. 14). [public]
  lapse_notified_at      timestamp with time zone -- When the holder was notified that this day is over. [public]
  locked_for             text -- Why it is locked; of several reasons the gravest. Tells nothing of an account that is not locked. [personal]
  phone_on               date -- The day on which the phone was last changed here: an extract of that day or before never puts a former one back. [public]
  notice_id              uuid -- The message by which the days to activate began; empty where the holder was told at a counter, on the line or by a slip. [public]
  held_until             timestamp with time zone -- Until when the account takes no new factor and signs in with one factor alone, after a reset by slip. [public]
  handed_up_at           timestamp with time zone -- Since when the national centre has the request, for the account or for level 2, to decide. [public]
  handed_up_by           text -- Who checked it and handed it up. [personal]
  returned_on            date -- When the centre gave it back to be mended. [public]
  returned_code          text -- Why, by the centre's code. [public]
  returned_note          text -- Why, in the centre's words. [personal]
  email                  text -- The mailbox that the holder confirmed, for messages that the phone does not take; it opens nothing. Empty = none. [personal]
  email_asked            text -- A mailbox to which a number was sent, until its holder types the number. [personal]
  last_day               date default COALESCE(activate_by,
CASE
    WHEN (origin = 'imported'::text) THEN (((approved_at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date + 7)
    ELSE NULL::date
END) -- The last day on which the holder opens it alone, where the law gives seven days; empty where no day is known. For the order of queues. [public]
  CHECK (((activated_at IS NULL) OR (approved_at IS NULL) OR (approved_at <= activated_at))) -- account_check
  CHECK (((email <> ''::text) AND (length(email) <= 254))) -- account_email_check
  CHECK (((email_asked <> ''::text) AND (length(email_asked) <= 254))) -- account_email_asked_check
  CHECK (((handed_up_at IS NULL) = (handed_up_by IS NULL))) -- account_check2
  CHECK (((handed_up_at IS NULL) OR (returned_on IS NULL))) -- account_check4
  CHECK (((returned_on IS NULL) = (returned_code IS NULL))) -- account_check3
  CHECK ((asked_via = ANY (ARRAY['desk'::text, 'session'::text, 'application'::text, 'self'::text]))) -- account_asked_via_check
  CHECK ((handed_up_by <> ''::text)) -- account_handed_up_by_check
  CHECK ((level = ANY (ARRAY[1, 2]))) -- account_level_check
  CHECK ((locked_for = ANY (ARRAY['holder'::text, 'lost-device'::text, 'terms'::text, 'card-revoked'::text, 'card-expired'::text, 'death'::text, 'agency'::text, 'phone-owner'::text]))) -- account_locked_for_check
  CHECK ((origin = ANY (ARRAY['registered'::text, 'imported'::text]))) -- account_origin_check
  CHECK ((phone ~ '^\+\d{8,15}$'::text)) -- account_phone_check
  CHECK ((requested_by <> approved_by)) -- account_check1
  CHECK ((returned_code <> ''::text)) -- account_returned_code_check
  CHECK ((state = ANY (ARRAY['requested'::text, 'approved'::text, 'activated'::text, 'locked'::text, 'cancelled'::text]))) -- account_state_check
  PRIMARY KEY (person_id, id) -- account_pkey
  CREATE INDEX account_at_centre ON accounts.account USING btree (id) WHERE (handed_up_at IS NOT NULL)
  CREATE INDEX account_by_due ON accounts.account USING btree (due_on, id) WHERE (state = 'requested'::text)
  CREATE INDEX account_by_id ON accounts.account USING btree (id)
  CREATE INDEX account_by_last_day ON accounts.account USING btree (last_day, id) WHERE (state = 'approved'::text)
  CREATE INDEX account_by_notice ON accounts.account USING btree (notice_id) WHERE (notice_id IS NOT NULL)
  CREATE INDEX account_by_phone ON accounts.account USING btree (phone) WHERE ((phone IS NOT NULL) AND (state <> 'cancelled'::text))
  CREATE INDEX account_by_representative ON accounts.account USING btree (representative_id) WHERE (representative_id IS NOT NULL)
  CREATE INDEX account_in_use ON accounts.account USING btree (id) WHERE (state = 'activated'::text)
  CREATE INDEX account_locked ON accounts.account USING btree (state_on, id) WHERE (state = 'locked'::text)
  CREATE INDEX account_to_activate ON accounts.account USING btree (activate_by, id) WHERE (state = 'approved'::text)
  CREATE INDEX account_to_decide ON accounts.account USING btree (COALESCE(due_on, '9999-12-31'::date), id) WHERE ((state = 'requested'::text) AND (handed_up_at IS NULL))
  CREATE INDEX account_without_last_day ON accounts.account USING btree (id) WHERE ((state = 'approved'::text) AND (last_day IS NULL))
  CREATE UNIQUE INDEX one_account_per_person ON accounts.account USING btree (person_id) WHERE (state <> 'cancelled'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = account.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = account.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = account.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = account.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table accounts.activation (row security forced) -- Where someone stands who activates an account, or chooses a new passcode: one row an attempt, so that a page that is lost goes on where it was.
  person_id              uuid not null -- Whose; the attempt's own id where the number and phone that were given are nobody's. [personal]
  id                     uuid not null -- The attempt. [public]
  account_id             uuid -- Which account; empty where there is none. [public]
  purpose                text not null -- What for: to activate, to choose another passcode, or to stop a slip (slip-stop). [public]
  way                    text not null -- How they prove who they are. [public]
  token_hash             bytea not null -- SHA-256 of the browser's cookie, which is drawn anew each time more is proven. [secret]
  former_hash            bytea -- SHA-256 of the cookie before: whoever gave the right number and never had the answer gives it again. [secret]
  slip_id                uuid -- By which slip. [public]
  step                   text not null -- How far it has come. [public]
  why                    text -- Why it stopped. [public]
  shown                  text -- The last digits of the phone, as they were typed. [personal]
  asked                  bytea -- By what another message is slowed: the number as it was typed, hashed, so that it is the same whether there is such an account. [secret]
  began_at               timestamp with time zone not null -- When it began. [public]
  at                     timestamp with time zone not null -- When it came to this step. [public]
  ends_at                timestamp with time zone not null -- Until when it can go on. [public]
  own_factor             text -- What was proved besides, of an account that was opened before. [public]
  asked_by               bytea -- SHA-256 of the device cookie of the browser in which it began: a number that is sent is good for that alone. [secret]
  CHECK (((step = 'stopped'::text) = (why IS NOT NULL))) -- activation_check
  CHECK ((length(asked) = 32)) -- activation_asked_check
  CHECK ((length(asked_by) = 32)) -- activation_asked_by_check
  CHECK ((length(former_hash) = 32)) -- activation_former_hash_check
  CHECK ((length(token_hash) = 32)) -- activation_token_hash_check
  CHECK ((own_factor = ANY (ARRAY['passcode'::text, 'totp'::text, 'recovery-code'::text, 'message'::text, 'representative'::text]))) -- activation_own_factor_check
  CHECK ((purpose = ANY (ARRAY['activation'::text, 'passcode'::text, 'slip-stop'::text]))) -- activation_purpose_check
  CHECK ((shown ~ '^[0-9]{3}$'::text)) -- activation_shown_check
  CHECK ((step = ANY (ARRAY['began'::text, 'code-sent'::text, 'code-right'::text, 'guardian-confirmed'::text, 'passcode-kept'::text, 'codes-shown'::text, 'done'::text, 'stopped'::text]))) -- activation_step_check
  CHECK ((way = ANY (ARRAY['message'::text, 'slip'::text, 'recovery-code'::text]))) -- activation_way_check
  PRIMARY KEY (person_id, id) -- activation_pkey
  CREATE INDEX activation_by_end ON accounts.activation USING btree (ends_at)
  CREATE INDEX activation_by_former ON accounts.activation USING btree (former_hash) WHERE (former_hash IS NOT NULL)
  CREATE INDEX activation_by_token ON accounts.activation USING btree (token_hash)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.activation_step (row security forced) -- The steps that activations went through, and where and why they stopped.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The step. [public]
  activation_id          uuid not null -- Of which attempt. [public]
  account_id             uuid not null -- Of which account. [public]
  step                   text not null -- began, code-sent, code-right (by message, slip or recovery code), guardian-confirmed, passcode-kept, activated, codes-shown, done or stopped. [public]
  at                     timestamp with time zone not null -- When. [public]
  why                    text -- Of stopped: no-sms, no-phone, wrong-phone, wrong-code, too-late-hotline, officer-device, helper-device, requested, activated, locked, card-missing, slip-over. [public]
  purpose                text not null -- What the attempt was for: activation, or passcode (another one). [public]
  way                    text not null -- How they prove who they are: message, slip or recovery-code. [public]
  CHECK ((purpose = ANY (ARRAY['activation'::text, 'passcode'::text]))) -- activation_step_purpose_check
  CHECK ((way = ANY (ARRAY['message'::text, 'slip'::text, 'recovery-code'::text]))) -- activation_step_way_check
  PRIMARY KEY (person_id, id) -- activation_step_pkey
  CREATE INDEX activation_step_by_time ON accounts.activation_step USING btree (at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  policy visible for select to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = activation_step.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = activation_step.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

CREATE OR REPLACE FUNCTION accounts.analyze_tables()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin analyze accounts.account, accounts.transition; end $function$


table accounts.asking (row security forced) -- Requests of level 1 that came in and are not taken up; gone when they are.
  id                     uuid not null -- The request. [public]
  sealed                 bytea not null -- Number, phone and portrait, encrypted to the centre's key. [personal]
  at                     timestamp with time zone not null -- When it came in. [public]
  PRIMARY KEY (id) -- asking_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.asking_count (row security forced) -- How often level 1 was asked for with one number, for one phone, from one address within a day.
  key                    bytea not null -- SHA-256 of a secret of the house and what was asked with. [secret]
  on_day                 date not null -- The day. [public]
  count                  integer not null -- How often. [public]
  CHECK ((count > 0)) -- asking_count_count_check
  PRIMARY KEY (key, on_day) -- asking_count_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.demand (row security forced) -- A demand to lock or unlock an account (form TK03), from its receipt to its answer.
  person_id              uuid not null -- Whose account. [personal]
  id                     uuid not null -- The demand. [public]
  account_id             uuid not null -- Which account. [public]
  kind                   text not null -- lock or unlock. [public]
  asked_by               text not null -- The holder, an agency of proceedings or another competent one, or a service that uses accounts. [personal]
  agency                 text -- Which agency or service. [personal]
  document               text -- Number and day of its document. [personal]
  reason                 text not null -- Why, in its words. [personal]
  unit_id                uuid not null -- The unit that received it. [public]
  received_at            timestamp with time zone not null -- When. [public]
  received_on            date not null -- On which day, in the house's own counting. [public]
  received_by            text not null -- By whom; who received does not decide. [public]
  forward_by             date -- The last day to forward it, where it must be (NĐ69/2024 Art. 15: one working day). [public]
  forwarded_at           timestamp with time zone -- When it was forwarded. [public]
  forwarded_by           text -- By whom. [public]
  decide_by              date not null -- The last day to decide (two working days). [public]
  decided_at             timestamp with time zone -- When it was decided. [public]
  decided_by             text -- By whom. [public]
  decided_on             date -- On which day, in the house's own counting. [public]
  outcome                text -- granted or refused. [personal]
  answer                 text -- The reason of a refusal, in writing to whoever asked. [personal]
  CHECK ((((asked_by = 'holder'::text) = (agency IS NULL)) AND ((asked_by = 'holder'::text) = (document IS NULL)))) -- demand_check
  CHECK ((((decided_at IS NULL) = (outcome IS NULL)) AND ((decided_at IS NULL) = (decided_by IS NULL)) AND ((decided_at IS NULL) = (decided_on IS NULL)))) -- demand_check2
  CHECK (((kind = 'unlock'::text) OR (asked_by <> 'holder'::text))) -- demand_check1
  CHECK (((outcome <> 'refused'::text) OR (answer IS NOT NULL))) -- demand_check3
  CHECK ((agency <> ''::text)) -- demand_agency_check
  CHECK ((answer <> ''::text)) -- demand_answer_check
  CHECK ((asked_by = ANY (ARRAY['holder'::text, 'agency'::text, 'service'::text]))) -- demand_asked_by_check
  CHECK ((decided_by <> received_by)) -- demand_check4
  CHECK ((document <> ''::text)) -- demand_document_check
  CHECK ((kind = ANY (ARRAY['lock'::text, 'unlock'::text]))) -- demand_kind_check
  CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text]))) -- demand_outcome_check
  CHECK ((reason <> ''::text)) -- demand_reason_check
  FOREIGN KEY (person_id, account_id) REFERENCES accounts.account(person_id, id) DEFERRABLE -- demand_person_id_account_id_fkey
  PRIMARY KEY (person_id, id) -- demand_pkey
  CREATE INDEX demand_by_id ON accounts.demand USING btree (id)
  CREATE INDEX demand_open ON accounts.demand USING btree (decide_by, id) WHERE (decided_at IS NULL)
  CREATE UNIQUE INDEX one_open_demand_a_kind ON accounts.demand USING btree (person_id, account_id, kind, COALESCE(agency, ''::text)) WHERE (decided_at IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = demand.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = demand.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = demand.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = demand.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table accounts.device (row security forced) -- The browser in which an account is used; former ones stay as history.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The device. [public]
  account_id             uuid not null -- Of which account. [public]
  device_hash            bytea not null -- SHA-256 of the browser's device cookie. [secret]
  browser                text not null -- What the browser calls itself. [personal]
  known_at               timestamp with time zone not null -- Since when. [public]
  seen_at                timestamp with time zone not null -- Last time. [public]
  ended_at               timestamp with time zone -- When it stopped being the account's. [public]
  why                    text -- Why: replaced, lost, locked; representative: another acts for the child. [public]
  CHECK (((ended_at IS NULL) = (why IS NULL))) -- device_check
  CHECK ((length(browser) <= 300)) -- device_browser_check
  CHECK ((length(device_hash) = 32)) -- device_device_hash_check
  PRIMARY KEY (person_id, id) -- device_pkey
  CREATE UNIQUE INDEX one_device_per_account ON accounts.device USING btree (person_id, account_id) WHERE (ended_at IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.lock (row security forced) -- A reason for which an account is or was locked (NĐ59/2022 Art. 19, LCC Art. 34, NĐ69/2024 Art. 15).
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The lock. [public]
  account_id             uuid not null -- Which account. [public]
  reason                 text not null -- holder, lost-device, terms, card-revoked, card-expired, death, agency, phone-owner. [personal]
  note                   text -- What the officer wrote. [personal]
  demand_id              uuid -- The demand of an agency that was granted. [public]
  at                     timestamp with time zone not null -- Since when. [public]
  on_day                 date not null -- The day of it, in the house's own counting. [public]
  by_kind                text not null -- Who locked: officer, or the house by itself. [public]
  by_id                  text not null -- Which one. [public]
  ended_at               timestamp with time zone -- Until when; empty while it stands. [public]
  ended_by               text -- Who ended it. [public]
  ended_for              text -- asked, new-card, extract, or cancelled with the account. [public]
  CHECK ((((ended_at IS NULL) = (ended_by IS NULL)) AND ((ended_at IS NULL) = (ended_for IS NULL)))) -- lock_check
  CHECK ((ended_for = ANY (ARRAY['asked'::text, 'new-card'::text, 'extract'::text, 'cancelled'::text]))) -- lock_ended_for_check
  CHECK ((reason = ANY (ARRAY['holder'::text, 'lost-device'::text, 'terms'::text, 'card-revoked'::text, 'card-expired'::text, 'death'::text, 'agency'::text, 'phone-owner'::text]))) -- lock_reason_check
  FOREIGN KEY (person_id, account_id) REFERENCES accounts.account(person_id, id) DEFERRABLE -- lock_person_id_account_id_fkey
  PRIMARY KEY (person_id, id) -- lock_pkey
  CREATE UNIQUE INDEX one_open_lock_a_demand ON accounts.lock USING btree (person_id, account_id, demand_id) WHERE ((ended_at IS NULL) AND (reason = 'agency'::text))
  CREATE UNIQUE INDEX one_open_lock_a_reason ON accounts.lock USING btree (person_id, account_id, reason) WHERE ((ended_at IS NULL) AND (reason <> 'agency'::text))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = lock.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = lock.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = lock.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = lock.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table accounts.one_time_code (row security forced) -- The latest number that was sent for a purpose to whoever asked; sending them another ends it.
  person_id              uuid not null -- To whom. [personal]
  account_id             uuid not null -- For which account. [public]
  purpose                text not null -- What it opens, and nothing else. device-shown is read from the old device instead of a message. [public]
  hash                   bytea not null -- HMAC-SHA-256 of the number under the house's key, with person and purpose. [secret]
  sent_at                timestamp with time zone not null -- When. [public]
  ends_at                timestamp with time zone not null -- Until when it is good. [public]
  tries                  smallint not null default 0 -- Tries so far, each counted before the number is looked at; five end it. [public]
  used_at                timestamp with time zone -- When it was used: once. [public]
  asked_by               bytea not null default sha256('\x'::bytea) -- SHA-256 of the device cookie of the browser that asked for it, in which alone it counts; of the attempt, where that began without one; of nothing, where the old device shows it. [secret]
  CHECK ((length(asked_by) = 32)) -- one_time_code_asked_by_check
  CHECK ((length(hash) = 32)) -- one_time_code_hash_check
  CHECK ((purpose = ANY (ARRAY['sign-in'::text, 'activation'::text, 'step-up'::text, 'new-device'::text, 'passcode'::text, 'device-shown'::text, 'slip-stop'::text, 'mailbox'::text]))) -- one_time_code_purpose_check
  CHECK ((tries >= 0)) -- one_time_code_tries_check
  PRIMARY KEY (person_id, account_id, purpose, asked_by) -- one_time_code_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.passcode (row security forced) -- The six digits by which a holder signs in.
  person_id              uuid not null -- Whose. [personal]
  account_id             uuid not null -- Of which account. [public]
  hash                   text not null -- argon2id over the digits with the house's key, which is not in the database: six digits alone are tried out in hours. [secret]
  set_at                 timestamp with time zone not null -- Since when. [public]
  PRIMARY KEY (person_id, account_id) -- passcode_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.passkey (row security forced) -- A key in a phone, a computer or a token (WebAuthn level 3).
  person_id              uuid not null -- Whose. [personal]
  account_id             uuid not null -- Of which account. [public]
  credential_id          text not null -- The authenticator's own name of it. [personal]
  public_key             bytea not null -- COSE. [public]
  counter                bigint not null -- Signatures so far, where the authenticator counts; one that goes back is a copy. [public]
  transports             text[] not null -- How a browser reaches it. [public]
  backed_up              boolean not null -- Whether it is kept beyond the one device. [public]
  name                   text not null -- What its holder knows it by. [personal]
  added_at               timestamp with time zone not null -- When. [public]
  used_at                timestamp with time zone -- Last time. [public]
  CHECK (((credential_id ~ '^[A-Za-z0-9_-]+$'::text) AND ((length(credential_id) >= 16) AND (length(credential_id) <= 1400)))) -- passkey_credential_id_check
  CHECK ((counter >= 0)) -- passkey_counter_check
  CHECK ((length(name) <= 100)) -- passkey_name_check
  PRIMARY KEY (person_id, credential_id) -- passkey_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.passkey_challenge (row security forced) -- Challenges that were given out and not yet answered: each is answered once.
  hash                   bytea not null -- SHA-256 of it. [secret]
  ends_at                timestamp with time zone not null -- Until when. [public]
  CHECK ((length(hash) = 32)) -- passkey_challenge_hash_check
  PRIMARY KEY (hash) -- passkey_challenge_pkey
  CREATE INDEX passkey_challenge_by_end ON accounts.passkey_challenge USING btree (ends_at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.passkey_lookup (row security forced) -- Whose a passkey is: it comes without its person.
  credential_id          text not null -- The passkey. [personal]
  person_id              uuid not null -- Whose. [personal]
  PRIMARY KEY (credential_id) -- passkey_lookup_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.phone_change (row security forced) -- Each change of an account's phone; former values are kept (LCC Art. 8(6)).
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The change. [public]
  account_id             uuid not null -- Which account. [public]
  old_phone              text -- The phone before, E.164. [personal]
  new_phone              text -- The phone since, E.164; empty where it went to its owner. [personal]
  proof                  text not null -- How the officer knew whom they had before them: card, face-known (by the register's data, without a card); given-up: the number's owner registered it; representative: who acts for a child has another, or is another; extract: a later extract told of it. [public]
  at                     timestamp with time zone not null -- When. [public]
  by_id                  text not null -- By whom. [public]
  CHECK ((proof = ANY (ARRAY['card'::text, 'face-known'::text, 'given-up'::text, 'representative'::text, 'extract'::text]))) -- phone_change_proof_check
  FOREIGN KEY (person_id, account_id) REFERENCES accounts.account(person_id, id) DEFERRABLE -- phone_change_person_id_account_id_fkey
  PRIMARY KEY (person_id, id) -- phone_change_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = phone_change.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = phone_change.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = phone_change.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = phone_change.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

CREATE OR REPLACE FUNCTION accounts.phone_taken(asked text, by_person uuid, adult_born_by date)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (
    select from accounts.account a join register.published_birth b on b.person_id = a.person_id
    where a.phone = asked and a.state <> 'cancelled' and a.person_id <> by_person and a.representative_id is distinct from by_person
      and make_date(b.birth_y, coalesce(b.birth_m, 1), coalesce(b.birth_d, 1)) <= adult_born_by)
$function$


table accounts.portrait (row security forced) -- The portrait of a request by self-service.
  person_id              uuid not null -- Whose. [personal]
  account_id             uuid not null -- Which account it was asked with. [public]
  sealed                 bytea not null -- The JPEG, encrypted to the centre's key (HPKE, RFC 9180). [personal]
  sha256                 text not null -- SHA-256 of the JPEG. [public]
  width                  integer not null -- Pixels. [public]
  height                 integer not null -- Pixels. [public]
  sent_at                timestamp with time zone not null -- When it was sent. [public]
  face                   jsonb -- How its face compares with the card's: verdict, score, threshold, or why it was not done. [personal]
  CHECK (((face ->> 'verdict'::text) = ANY (ARRAY['same'::text, 'unsure'::text, 'different'::text, 'not-done'::text]))) -- portrait_face_check
  CHECK ((height > 0)) -- portrait_height_check
  CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)) -- portrait_sha256_check
  CHECK ((width > 0)) -- portrait_width_check
  FOREIGN KEY (person_id, account_id) REFERENCES accounts.account(person_id, id) DEFERRABLE -- portrait_person_id_account_id_fkey
  PRIMARY KEY (person_id, account_id) -- portrait_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = portrait.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = portrait.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = portrait.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = portrait.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

view accounts.published_account -- The account of a person, cancelled ones too; the days are the province's.
  person_id              uuid
  id                     uuid
  level                  smallint
  state                  text
  phone                  text
  approved_at            timestamp with time zone
  activated_at           timestamp with time zone
  state_on               date
  approved_on            date
  activated_on           date
  requested_at           timestamp with time zone
  asked_via              text
  unit_id                uuid
  due_on                 date
  representative_id      uuid
  notified_at            timestamp with time zone
  activate_by            date
  locked_for             text
  last_day               date
  handed_up_at           timestamp with time zone
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    id,
    level,
    state,
    phone,
    approved_at,
    activated_at,
    state_on,
    ((approved_at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date AS approved_on,
    ((activated_at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date AS activated_on,
    requested_at,
    asked_via,
    unit_id,
    due_on,
    representative_id,
    notified_at,
    activate_by,
    locked_for,
    last_day,
    handed_up_at
   FROM accounts.account;

view accounts.published_activation_step -- The steps that activations went through, and where and why they stopped.
  person_id              uuid
  account_id             uuid
  activation_id          uuid
  step                   text
  at                     timestamp with time zone
  why                    text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    account_id,
    activation_id,
    step,
    at,
    why
   FROM accounts.activation_step s;

view accounts.published_transition -- The states and levels that accounts went through.
  person_id              uuid
  account_id             uuid
  state                  text
  level                  smallint
  on_day                 date
  at                     timestamp with time zone
  requested_on           date
  approved_on            date
  activated_on           date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    account_id,
    state,
    level,
    on_day,
    at,
    requested_on,
    approved_on,
    activated_on
   FROM accounts.transition;

table accounts.queue_count (row security forced) -- How many accounts of people of one commune are alike in what queues and their days depend on: derived from accounts and residences.
  unit_id                uuid not null -- The commune in whose scope the holders are, the first by its id where there are several; zeros where there is none. [personal]
  also                   uuid[] not null -- The other communes in whose scope they are. [personal]
  state                  text not null -- The state of the accounts. [personal]
  due_on                 date -- By when they are to be decided. [personal]
  handed_up              boolean not null -- Whether the national centre has the request. [personal]
  last_day               date -- The last day on which the holders open them alone; of those whose days were over when they were counted, the first such day. [personal]
  has_phone              boolean not null -- Whether there is a phone, of accounts without a last day. [personal]
  notified               boolean not null -- Whether their holders were notified, of accounts without a last day. [personal]
  state_on               date -- Since when they are locked, the first of them. [personal]
  accounts               integer not null -- How many. [public]
  CHECK ((accounts > 0)) -- queue_count_accounts_check
  CREATE INDEX queue_count_also ON accounts.queue_count USING btree (unit_id) WHERE (also <> '{}'::uuid[])
  CREATE INDEX queue_count_by_unit ON accounts.queue_count USING btree (unit_id)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION accounts.queue_count_again(touched uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into accounts.queue_count_due (unit_id)
  select distinct r.unit_id from register.residence r where r.person_id = touched
  union select '00000000-0000-0000-0000-000000000000' where not exists (select from register.residence r where r.person_id = touched and r.to_on is null)
$function$


table accounts.queue_count_due (row security forced) -- A commune of whose people a deed touched an account or a residence; gone when it is counted anew.
  unit_id                uuid not null -- The commune; zeros for people without a residence, all ones for everybody. [public]
  id                     uuid not null default gen_random_uuid() -- One of several deeds. [public]
  PRIMARY KEY (unit_id, id) -- queue_count_due_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.queue_counted (row security forced) -- Until which day accounts.queue_count was counted; no row while nothing was.
  id                     smallint not null -- Always 1. [public]
  day                    date not null -- The day. [public]
  CHECK ((id = 1)) -- queue_counted_id_check
  PRIMARY KEY (id) -- queue_counted_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION accounts.queue_groups(today date, held uuid[], in_units uuid[], asked_by_way text, asked_level integer, by_last_day boolean)
 RETURNS TABLE(state text, raises boolean, raising_due_on date, due_on date, handed_up boolean, is_held boolean, is_asked boolean, supplied boolean, supply_by date, activate_by date, approved_on date, imported boolean, has_phone boolean, notified boolean, state_on date, demanded_by date, reset_by date, accounts integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  everybody constant boolean := platform.sees_house() or units.whole_province_in_scope();
  scope constant uuid[] := platform.scope();
  -- Whom a case opens whole, or whose own the work is, and who lives in no unit of the scope: few.
  others constant uuid[] := case when everybody then '{}' else array(
    select o.person_id from (
      select c.person_id from register.access_case c where c.unit_id = any (scope) and c.until >= current_date and c.grade = 'whole'
      union select c.person_id from register.access_case c where (select platform.reads_needs()) and c.unit_id = any (scope) and c.until >= current_date
      union select platform.person() where platform.person() is not null) o
    where not exists (select from register.person_scope s where s.person_id = o.person_id and s.unit_id = any (scope))) end;
  -- Of these alone more is to be read than the account: few, too.
  busy constant uuid[] := array(
    select r.account_id from accounts.raising r where r.decided_at is null
    union select d.account_id from accounts.demand d where d.decided_at is null
    union select s.account_id from accounts.slip_reset s where s.decided_at is null and s.used_at is null and s.ended_at is null and s.last_on >= today
    union select s.account_id from accounts.supplement s where s.ended_at is null
    union select h.id from unnest(held) h (id));
  nowhere constant uuid := '00000000-0000-0000-0000-000000000000';
  everywhere constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  -- Communes that are being counted anew are read from the accounts. Where a filter asks for more, or the law has other days, all of them are.
  stale constant uuid[] := array(select distinct d.unit_id from accounts.queue_count_due d);
  is_counted constant boolean := by_last_day and in_units is null and asked_by_way is null and asked_level is null and everywhere <> all (stale)
    and exists (select from accounts.queue_counted c where c.day <= queue_groups.today);
  plain constant text := $plain$
    select k.state, false, null::date, k.due_on, k.handed_up, false, false, false, null::date, k.activate_by, k.approved_on, k.imported, k.has_phone, k.notified, k.state_on,
           null::date, null::date, count(*)::integer
    from accounts.queue_kind k %s
    where k.id <> all ($1) and ($2 is null or k.unit_id = any ($2)) and ($3 is null or k.asked_via = $3) and ($4 is null or k.level = $4) and %s
    group by k.state, k.due_on, k.handed_up, k.activate_by, k.approved_on, k.imported, k.has_phone, k.notified, k.state_on$plain$;
  is_in_scope constant text := $in$($7 or exists (select from register.person_scope m where m.person_id = k.person_id and m.unit_id = any ($5)))$in$;
begin
  if is_counted then
    return query
    select c.state, false, null::date, c.due_on, c.handed_up, false, false, false, null::date, c.last_day, null::date, false, c.has_phone, c.notified, c.state_on,
           null::date, null::date, sum(c.accounts)::integer
    from accounts.queue_count c
    where c.unit_id <> all (stale) and (everybody or c.unit_id = any (scope)) group by c.state, c.due_on, c.handed_up, c.last_day, c.has_phone, c.notified, c.state_on;
    if not everybody then
      return query
      select c.state, false, null::date, c.due_on, c.handed_up, false, false, false, null::date, c.last_day, null::date, false, c.has_phone, c.notified, c.state_on,
             null::date, null::date, c.accounts
      from accounts.queue_count c
      where c.also <> '{}' and c.unit_id <> all (stale) and c.unit_id <> all (scope) and c.also && scope;
    end if;
    -- Who is busy is counted with the others there, and comes below.
    return query
    select k.state, false, null::date, k.due_on, k.handed_up, false, false, false, null::date, coalesce(k.last_day, k.activate_by), null::date, false,
           k.last_day is not null or k.has_phone, k.last_day is not null or k.notified, k.state_on, null::date, null::date, -1
    from accounts.queue_kind k
    where k.id = any (busy)
      and coalesce((select s.unit_id from register.person_scope s where s.person_id = k.person_id order by s.unit_id limit 1), nowhere) <> all (stale)
      and (everybody or exists (select from register.person_scope m where m.person_id = k.person_id and m.unit_id = any (scope)));
    if stale <> '{}' then
      return query execute format(plain, 'join register.person_scope s on s.person_id = k.person_id', is_in_scope || $first$
        and s.unit_id = any ($8) and not exists (select from register.person_scope o where o.person_id = s.person_id and o.unit_id < s.unit_id)$first$)
        using busy, in_units, asked_by_way, asked_level, scope, others, everybody, stale;
    end if;
    if everybody and nowhere = any (stale) then
      return query execute format(plain, '', 'not exists (select from register.person_scope s where s.person_id = k.person_id)') using busy, in_units, asked_by_way, asked_level;
    end if;
  else
    return query execute format(plain, '', case when everybody then 'true' else is_in_scope end)
      using busy, in_units, asked_by_way, asked_level, scope, others, everybody, stale;
  end if;
  if others <> '{}' then
    return query execute format(plain, '', 'k.person_id = any ($6)') using busy, in_units, asked_by_way, asked_level, scope, others, everybody, stale;
  end if;
  if busy <> '{}' then
    return query
    select a.state, r.id is not null, r.due_on, a.due_on, a.handed_up_at is not null, a.id = any (held), su.id is not null, su.supplied_at is not null,
           su.supply_by, a.activate_by, (a.approved_at at time zone 'Asia/Ho_Chi_Minh')::date, a.origin = 'imported', a.phone is not null,
           a.notified_at is not null, a.state_on, d.by_day, sr.last_on, 1
    from accounts.account a
    left join accounts.raising r on r.person_id = a.person_id and r.account_id = a.id and r.decided_at is null
    left join lateral (
      select case when d.forward_by is not null and d.forwarded_at is null then d.forward_by else d.decide_by end as by_day from accounts.demand d
      where d.person_id = a.person_id and d.account_id = a.id and d.decided_at is null order by d.decide_by, d.id limit 1) d on true
    left join lateral (
      select min(s.last_on) as last_on from accounts.slip_reset s
      where s.person_id = a.person_id and s.account_id = a.id and s.decided_at is null and s.used_at is null and s.ended_at is null and s.last_on >= today) sr on true
    left join lateral (
      select s.id, s.supply_by, s.supplied_at from accounts.supplement s
      where s.person_id = a.person_id and s.account_id = a.id and s.ended_at is null and (a.state = 'requested' or r.id is not null)
        and s.asked_at >= coalesce(r.asked_at, a.requested_at)
      order by s.asked_at desc, s.id desc limit 1) su on true
    where a.state <> 'cancelled' and a.id = any (busy)
      and (in_units is null or a.unit_id = any (in_units)) and (asked_by_way is null or coalesce(r.asked_via, a.asked_via) = asked_by_way)
      and (asked_level is null or case when r.id is not null then 2 else a.level end = asked_level)
      and (everybody or a.person_id = any (others)
        or exists (select from register.person_scope s where s.person_id = a.person_id and s.unit_id = any (scope)));
  end if;
end
$function$


view accounts.queue_kind -- An account by what queues depend on.
  person_id              uuid
  id                     uuid
  level                  smallint
  asked_via              text
  unit_id                uuid
  state                  text
  due_on                 date
  handed_up              boolean
  activate_by            date
  approved_on            date
  imported               boolean
  last_day               date
  has_phone              boolean
  notified               boolean
  state_on               date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    id,
    level,
    asked_via,
    unit_id,
    state,
        CASE
            WHEN ((state = 'requested'::text) OR ((state = 'approved'::text) AND (activate_by IS NULL))) THEN due_on
            ELSE NULL::date
        END AS due_on,
    (handed_up_at IS NOT NULL) AS handed_up,
        CASE
            WHEN (state = 'approved'::text) THEN activate_by
            ELSE NULL::date
        END AS activate_by,
        CASE
            WHEN (state = 'approved'::text) THEN ((approved_at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date
            ELSE NULL::date
        END AS approved_on,
    ((state = 'approved'::text) AND (origin = 'imported'::text)) AS imported,
        CASE
            WHEN (state = 'approved'::text) THEN last_day
            ELSE NULL::date
        END AS last_day,
    ((state <> 'approved'::text) OR (phone IS NOT NULL)) AS has_phone,
    ((state <> 'approved'::text) OR (notified_at IS NOT NULL)) AS notified,
        CASE
            WHEN (state = 'locked'::text) THEN state_on
            ELSE NULL::date
        END AS state_on
   FROM accounts.account a
  WHERE (state <> 'cancelled'::text);

table accounts.raising (row security forced) -- A request that an account of level 1 become one of level 2.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The request. [public]
  account_id             uuid not null -- Which account. [public]
  proof                  text not null -- card: it was shown and its serial read; application: face and fingers were taken for a card. [public]
  card_id                uuid -- The card that was shown. [public]
  asked_by               text -- The officer before whom the holder stood, who does not decide. [public]
  asked_via              text not null -- desk, session or application. [public]
  unit_id                uuid -- The unit that took it. [public]
  asked_at               timestamp with time zone not null -- When. [public]
  due_on                 date not null -- The last day to decide. [public]
  decided_at             timestamp with time zone -- When it was decided. [public]
  decided_by             text -- By whom. [public]
  outcome                text -- granted, refused, or lapsed since the account ended or was locked meanwhile. [public]
  CHECK (((asked_by <> decided_by) OR (outcome <> 'granted'::text))) -- raising_check1
  CHECK (((decided_at IS NULL) = (outcome IS NULL))) -- raising_check
  CHECK ((asked_via = ANY (ARRAY['desk'::text, 'session'::text, 'application'::text]))) -- raising_asked_via_check
  CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text, 'lapsed'::text]))) -- raising_outcome_check
  CHECK ((proof = ANY (ARRAY['card'::text, 'application'::text]))) -- raising_proof_check
  FOREIGN KEY (person_id, account_id) REFERENCES accounts.account(person_id, id) DEFERRABLE -- raising_person_id_account_id_fkey
  PRIMARY KEY (person_id, id) -- raising_pkey
  CREATE INDEX raising_due ON accounts.raising USING btree (due_on, id) WHERE (decided_at IS NULL)
  CREATE UNIQUE INDEX one_open_raising ON accounts.raising USING btree (person_id, account_id) WHERE (decided_at IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = raising.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = raising.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = raising.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = raising.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table accounts.recovery_code (row security forced) -- Codes on paper, ten at a time, for who has lost the device or forgotten the passcode.
  person_id              uuid not null -- Whose. [personal]
  account_id             uuid not null -- Of which account. [public]
  hash                   bytea not null -- SHA-256 of 140 random bits, of 80 in codes of before: nobody tries them out, and a slow hash would protect nothing more. [secret]
  made_at                timestamp with time zone not null -- When. [public]
  used_at                timestamp with time zone -- When it was used: once. [public]
  CHECK ((length(hash) = 32)) -- recovery_code_hash_check
  PRIMARY KEY (person_id, account_id, hash) -- recovery_code_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION accounts.signing_in()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('dinhdanh.holder_signing_in', true), '') = 'yes' $function$


table accounts.slip (row security forced) -- A slip of paper that opens an account for whoever no message reaches, together with number and birth date.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The slip. [public]
  account_id             uuid not null -- Of which account. [public]
  hash                   bytea not null -- SHA-256 of the 140 random bits on the paper, of 80 on slips of before. [secret]
  printed_by             text not null -- Which officer printed it. [personal]
  unit_id                uuid -- In which unit. [public]
  printed_at             timestamp with time zone not null -- When. [public]
  last_on                date not null -- Its last day. [public]
  tries                  smallint not null default 0 -- How often number and birth date were wrong; five times end it. [public]
  used_at                timestamp with time zone -- When it was used: once. [public]
  ended_at               timestamp with time zone -- When it ended unused. [public]
  why                    text -- Why it ended. [public]
  former_passcode        text -- The passcode's hash that a reset by this slip replaced, while the holder can stop it. [secret]
  former_device          uuid -- The device that it replaced. [public]
  CHECK (((ended_at IS NULL) = (why IS NULL))) -- slip_check
  CHECK (((used_at IS NULL) OR (ended_at IS NULL))) -- slip_check1
  CHECK ((length(hash) = 32)) -- slip_hash_check
  CHECK ((tries >= 0)) -- slip_tries_check
  CHECK ((why = ANY (ARRAY['printed-anew'::text, 'wrong-data'::text, 'representative'::text, 'opened-otherwise'::text, 'refused'::text, 'stopped'::text]))) -- slip_why_check
  PRIMARY KEY (person_id, id) -- slip_pkey
  CREATE UNIQUE INDEX one_slip_per_account ON accounts.slip USING btree (person_id, account_id) WHERE ((used_at IS NULL) AND (ended_at IS NULL))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.slip_lookup (row security forced) -- Whose a slip is: its secret comes without its person.
  hash                   bytea not null -- SHA-256 of the secret. [secret]
  person_id              uuid not null -- Whose. [personal]
  slip_id                uuid not null -- Which slip. [public]
  CHECK ((length(hash) = 32)) -- slip_lookup_hash_check
  PRIMARY KEY (hash) -- slip_lookup_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.slip_reset (row security forced) -- A slip for an account that was opened before: who printed it, who else approved it, and the time after it in which the account takes no new factor.
  person_id              uuid not null -- Whose. [personal]
  slip_id                uuid not null -- The slip. [public]
  account_id             uuid not null -- Of which account. [public]
  printed_by             text not null -- Which officer printed it. [personal]
  unit_id                uuid -- In which unit. [public]
  printed_at             timestamp with time zone not null -- When. [public]
  last_on                date not null -- Its last day. [public]
  decided_by             text -- Which other officer approved or refused it. [personal]
  decided_at             timestamp with time zone -- When. [public]
  outcome                text -- What they decided. [public]
  used_at                timestamp with time zone -- When a passcode was chosen by it. [public]
  own_factor             text -- What the holder proved besides, where they did: passcode, totp, recovery-code, message (to a phone of their own) or representative (who acts for a child confirmed). [public]
  held_until             timestamp with time zone -- Until when the account takes no new factor and signs in with one factor alone. [public]
  lifted_by              text -- Which officer ended that before, with card and face before them. [personal]
  lifted_at              timestamp with time zone -- When. [public]
  stopped_at             timestamp with time zone -- When the holder stopped it. [public]
  stopped_how            text -- How they did: by a code to a phone of theirs, or from a session. [public]
  ended_at               timestamp with time zone -- When it ended unused: printed anew, refused, stopped, wrong data. [public]
  CHECK (((decided_by IS NULL) = (decided_at IS NULL))) -- slip_reset_check
  CHECK (((decided_by IS NULL) = (outcome IS NULL))) -- slip_reset_check1
  CHECK (((lifted_at IS NULL) OR (used_at IS NOT NULL))) -- slip_reset_check4
  CHECK (((lifted_by IS NULL) = (lifted_at IS NULL))) -- slip_reset_check3
  CHECK (((stopped_at IS NULL) = (stopped_how IS NULL))) -- slip_reset_check5
  CHECK (((used_at IS NULL) = (held_until IS NULL))) -- slip_reset_check2
  CHECK (((used_at IS NULL) OR (NOT (outcome IS DISTINCT FROM 'approved'::text)) OR (own_factor IS NOT NULL))) -- used_by_two_or_by_the_holder
  CHECK (((used_at IS NULL) OR (ended_at IS NULL))) -- slip_reset_check6
  CHECK (((used_at IS NULL) OR (outcome IS DISTINCT FROM 'refused'::text))) -- refused_is_never_used
  CHECK ((decided_by <> printed_by)) -- another_officer_decides
  CHECK ((lifted_by <> printed_by)) -- another_officer_lifts
  CHECK ((outcome = ANY (ARRAY['approved'::text, 'refused'::text]))) -- slip_reset_outcome_check
  CHECK ((own_factor = ANY (ARRAY['passcode'::text, 'totp'::text, 'recovery-code'::text, 'message'::text, 'representative'::text]))) -- slip_reset_own_factor_check
  CHECK ((stopped_how = ANY (ARRAY['code'::text, 'session'::text]))) -- slip_reset_stopped_how_check
  FOREIGN KEY (person_id, account_id) REFERENCES accounts.account(person_id, id) DEFERRABLE -- slip_reset_person_id_account_id_fkey
  PRIMARY KEY (person_id, slip_id) -- slip_reset_pkey
  CREATE INDEX slip_reset_by_account ON accounts.slip_reset USING btree (person_id, account_id, printed_at)
  CREATE INDEX slip_reset_to_decide ON accounts.slip_reset USING btree (last_on) WHERE ((decided_at IS NULL) AND (used_at IS NULL) AND (ended_at IS NULL))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = slip_reset.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = slip_reset.person_id) AND ((c.until IS NULL) OR (c.until >= CURRENT_DATE)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = slip_reset.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = slip_reset.person_id) AND ((c.until IS NULL) OR (c.until >= CURRENT_DATE)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table accounts.slowdown (row security forced) -- How long to wait after wrong secrets, and before another message, by what they are for and where they come from.
  key                    bytea not null -- SHA-256 of what is counted. [secret]
  failures               integer not null -- Attempts since the last success, each counted before its secret is looked at. [public]
  failed_at              timestamp with time zone not null -- The last of them. [public]
  free_at                timestamp with time zone not null -- When the next is allowed. [public]
  CHECK ((failures > 0)) -- slowdown_failures_check
  CHECK ((length(key) = 32)) -- slowdown_key_check
  PRIMARY KEY (key) -- slowdown_pkey
  CREATE INDEX slowdown_by_age ON accounts.slowdown USING btree (failed_at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.supplement (row security forced) -- What the holder or whoever took the request has to bring before it is decided.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The request for a supplement. [public]
  account_id             uuid not null -- Which account. [public]
  items                  text[] not null -- What is missing, by its codes. [personal]
  note                   text -- What the officer added, as the holder read it. [personal]
  asked_by               text not null -- The officer who asked for it. [public]
  asked_at               timestamp with time zone not null -- When. [public]
  supply_by              date not null -- The last day to bring it; until then the request is not refused. [public]
  supplied_at            timestamp with time zone -- When it was brought. [public]
  supplied_by            text -- The officer who received it, who does not decide. [public]
  ended_at               timestamp with time zone -- When the request ended without it. [public]
  CHECK (((supplied_at IS NULL) = (supplied_by IS NULL))) -- supplement_check
  CHECK (((supplied_at IS NULL) OR (ended_at IS NULL))) -- supplement_check1
  CHECK ((asked_by <> ''::text)) -- supplement_asked_by_check
  CHECK ((cardinality(items) > 0)) -- supplement_items_check
  CHECK ((note <> ''::text)) -- supplement_note_check
  CHECK ((supplied_by <> ''::text)) -- supplement_supplied_by_check
  FOREIGN KEY (person_id, account_id) REFERENCES accounts.account(person_id, id) DEFERRABLE -- supplement_person_id_account_id_fkey
  PRIMARY KEY (person_id, id) -- supplement_pkey
  CREATE INDEX supplement_awaited ON accounts.supplement USING btree (account_id) WHERE ((ended_at IS NULL) AND (supplied_at IS NULL))
  CREATE INDEX supplement_by_account ON accounts.supplement USING btree (person_id, account_id, asked_at)
  CREATE UNIQUE INDEX one_open_supplement ON accounts.supplement USING btree (person_id, account_id) WHERE ((supplied_at IS NULL) AND (ended_at IS NULL))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = supplement.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = supplement.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = supplement.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = supplement.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table accounts.totp (row security forced) -- An app that shows a number each thirty seconds (RFC 6238).
  person_id              uuid not null -- Whose. [personal]
  account_id             uuid not null -- Of which account. [public]
  sealed                 bytea -- The shared secret that counts: AES-256-GCM under the house's key; none until the first app was confirmed. [secret]
  last_step              bigint not null default 0 -- The latest step that was used: none is used twice, nor an earlier one after it. [public]
  offered_at             timestamp with time zone not null -- When the latest one was shown to be scanned. [public]
  confirmed_at           timestamp with time zone -- When the first number of the one that counts was given back. [public]
  offered                bytea -- One that was shown to be scanned and is not confirmed yet, sealed in the same way. [secret]
  CHECK (((sealed IS NOT NULL) OR (offered IS NOT NULL))) -- totp_some
  CHECK (((sealed IS NULL) = (confirmed_at IS NULL))) -- totp_confirmed
  PRIMARY KEY (person_id, account_id) -- totp_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT accounts.signing_in() AS signing_in) with check ( SELECT accounts.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table accounts.transition (row security forced) -- The states and levels that an account went through, as they became known.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The transition. [public]
  account_id             uuid not null -- Which account. [public]
  state                  text not null -- The state it came to. [public]
  level                  smallint not null -- The level it then had. [public]
  on_day                 date not null -- The day for which it is known. [public]
  at                     timestamp with time zone not null -- When it became known here. [public]
  requested_on           date -- The day of the request, where the report says. [public]
  approved_on            date -- The day of the approval, where the report says. [public]
  activated_on           date -- The day of the activation, where the report says. [public]
  PRIMARY KEY (person_id, id) -- transition_pkey
  CREATE INDEX transition_at ON accounts.transition USING brin (at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = transition.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = transition.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = transition.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = transition.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table attachments.attachment (row security forced) -- A paper that was attached to a case, or to a form that is not sent yet. Its content lies apart.
  person_id              uuid not null -- Whom the case is about. [personal]
  id                     uuid not null -- The attached paper. [public]
  case_kind              text not null -- correction (of the register) or data-request (about one's own data). [public]
  case_id                uuid -- The case; empty while its form is not sent. [public]
  unit_id                uuid not null -- The unit that received it. [public]
  decides_unit_id        uuid -- The unit that decides the case. [public]
  paper                  text not null -- What the paper is, in place of the name of its file: birth-certificate, court-decision and so on. [personal]
  type                   text not null -- As what it is kept. [public]
  bytes                  integer not null -- Its length as it is kept. [public]
  received_sha256        bytea not null -- SHA-256 of the file that came. [public]
  kept_sha256            bytea not null -- SHA-256 of what is kept; it is compared at each reading. [public]
  width                  integer -- Of a picture, in pixels. [public]
  height                 integer -- The same. [public]
  scanned                boolean not null -- Whether a virus scanner looked at it when it came. [public]
  added_by               text not null -- The officer who attached it. [personal]
  uploaded_at            timestamp with time zone not null -- When the file came. [public]
  added_at               timestamp with time zone -- When it came to the case. [public]
  removed_at             timestamp with time zone -- When whoever attached it removed it, before the decision. [public]
  removed_reason         text -- Why. [personal]
  erase_at               timestamp with time zone -- From when its content is to be destroyed, where its case was withdrawn. [public]
  erased_at              timestamp with time zone -- When its content was destroyed. [public]
  CHECK (((case_id IS NULL) = (added_at IS NULL))) -- attachment_check
  CHECK (((removed_at IS NULL) = (removed_reason IS NULL))) -- attachment_check1
  CHECK (((removed_at IS NULL) OR (erased_at IS NOT NULL))) -- attachment_check2
  CHECK (((type = 'image/jpeg'::text) = (width IS NOT NULL))) -- attachment_check3
  CHECK (((width IS NULL) = (height IS NULL))) -- attachment_check4
  CHECK ((added_by <> ''::text)) -- attachment_added_by_check
  CHECK ((bytes > 0)) -- attachment_bytes_check
  CHECK ((case_kind = ANY (ARRAY['correction'::text, 'data-request'::text]))) -- attachment_case_kind_check
  CHECK ((height > 0)) -- attachment_height_check
  CHECK ((length(kept_sha256) = 32)) -- attachment_kept_sha256_check
  CHECK ((length(received_sha256) = 32)) -- attachment_received_sha256_check
  CHECK ((paper <> ''::text)) -- attachment_paper_check
  CHECK ((removed_reason <> ''::text)) -- attachment_removed_reason_check
  CHECK ((type = ANY (ARRAY['image/jpeg'::text, 'application/pdf'::text]))) -- attachment_type_check
  CHECK ((width > 0)) -- attachment_width_check
  PRIMARY KEY (person_id, id) -- attachment_pkey
  CREATE INDEX attachment_by_case ON attachments.attachment USING btree (case_id) WHERE (case_id IS NOT NULL)
  CREATE INDEX attachment_by_id ON attachments.attachment USING btree (id)
  CREATE INDEX attachment_to_erase ON attachments.attachment USING btree (erase_at) WHERE (erased_at IS NULL)
  CREATE INDEX attachment_unfinished ON attachments.attachment USING btree (uploaded_at) WHERE (case_id IS NULL)
  CREATE UNIQUE INDEX one_file_in_case ON attachments.attachment USING btree (person_id, case_id, received_sha256) WHERE ((case_id IS NOT NULL) AND (removed_at IS NULL))
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using ((person_id = ( SELECT platform.person() AS person)) AND (case_id IS NOT NULL) AND (removed_at IS NULL))
  policy unfinished for all to dinhdanh_app using ((case_id IS NULL) AND (added_by = ( SELECT platform.actor() AS actor)) AND (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy unit for all to dinhdanh_app using ((case_id IS NOT NULL) AND ((unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (decides_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table attachments.content (row security forced) -- The content of an attached paper, sealed. Whoever deletes a row has destroyed the paper with its key.
  attachment_id          uuid not null -- Which paper. [public]
  data_key               bytea not null -- The key of this one file: AES-256-GCM under the house's key (use "attachment"). [secret]
  body                   bytea not null -- The file, AES-256-GCM under that key. [secret]
  CHECK ((length(body) > 28)) -- content_body_check
  CHECK ((length(data_key) = 60)) -- content_data_key_check
  PRIMARY KEY (attachment_id) -- content_pkey
  policy destroyed for delete to dinhdanh_app using (EXISTS ( SELECT
   FROM attachments.attachment a
  WHERE ((a.id = content.attachment_id) AND (( SELECT platform.sees_house() AS sees_house) OR (a.added_by = ( SELECT platform.actor() AS actor))))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy seen for select to dinhdanh_app using (EXISTS ( SELECT
   FROM attachments.attachment a
  WHERE (a.id = content.attachment_id)))
  policy written for insert to dinhdanh_app with check (EXISTS ( SELECT
   FROM attachments.attachment a
  WHERE ((a.id = content.attachment_id) AND (a.added_by = ( SELECT platform.actor() AS actor)))))
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table audit.access (row security forced) by range (at) -- Who read whose data, when and why (kept at least five years: NĐ59/2022 Art. 21).
  person_id              uuid not null -- Whose data were read. [personal]
  id                     uuid not null -- The reading. [public]
  batch_id               uuid not null -- The work that read, whose entry seals its readings; of a reading without a place, the batch that a Merkle root seals. [public]
  at                     timestamp with time zone not null -- When. [public]
  by_kind                text not null -- What kind of actor read. [public]
  by_id                  text not null -- Who read. [personal]
  unit_id                uuid -- In which unit they acted. [public]
  purpose                text not null -- Why. [public]
  fields                 text not null -- Which groups of fields, separated by commas. [public]
  request_id             text -- The request it was done for. [public]
  case_kind              text -- What kind of case the reading was about: application, correction, card, message. [public]
  case_id                uuid -- Which one. [public]
  place                  integer -- Which of the work's readings it is, from 1; empty where it was noted before works sealed their readings. [public]
  CHECK (((case_kind IS NULL) = (case_id IS NULL))) -- access_check
  CHECK ((place > 0)) -- access_place_check
  PRIMARY KEY (person_id, id, at) -- access_pkey
  CREATE INDEX access_by_batch ON ONLY audit.access USING btree (batch_id)
  CREATE INDEX access_by_reader ON ONLY audit.access USING btree (by_id, at)
  CREATE INDEX access_by_time ON ONLY audit.access USING brin (at) WITH (autosummarize='on')
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy of_person for select to dinhdanh_app using (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE ((s.person_id = access.person_id) AND (s.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
 OFFSET 0))
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy unit for select to dinhdanh_app using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  policy written for insert to dinhdanh_app with check true
  grant delete, insert, select to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table audit.deed (row security forced) -- Every change, in the order of its chain.
  chain                  smallint not null -- One of sixteen, by hash of the work's id. [public]
  seq                    bigint not null -- Place in the chain, without gaps. [public]
  id                     uuid not null -- The deed. [public]
  work_id                uuid not null -- The transaction that did it. [public]
  at                     timestamp with time zone not null -- The work's moment. [public]
  day                    date not null -- The house's day. [public]
  by_kind                text not null -- What kind of actor answers for it. [public]
  by_id                  text not null -- Who answers for it. [personal]
  on_behalf_of           text -- For whom it was done. [personal]
  purpose                text not null -- Why. [public]
  deed                   text not null -- What was done, noun.past. [public]
  subject_kind           text not null -- To what kind of thing. [public]
  subject_id             text not null -- To which thing. [public]
  person_id              uuid -- The person whom it concerns. [personal]
  unit_id                uuid -- The unit in which it counts. [public]
  facts                  jsonb not null -- What else is to be remembered; old and new values. [personal]
  seal                   bytea not null -- SHA-256 over the seal before and the canonical form of this row. [public]
  CHECK (((chain >= 0) AND (chain <= 15))) -- deed_chain_check
  CHECK ((by_kind = ANY (ARRAY['officer'::text, 'citizen'::text, 'party'::text, 'class-link'::text, 'group-link'::text, 'family-link'::text, 'receipt-holder'::text, 'station'::text, 'operator'::text, 'system'::text]))) -- deed_by_kind_check
  CHECK ((deed ~ '^[a-z-]+\.[a-z-]+$'::text)) -- deed_deed_check
  CHECK ((length(seal) = 32)) -- deed_seal_check
  CHECK ((seq > 0)) -- deed_seq_check
  PRIMARY KEY (chain, seq) -- deed_pkey
  CREATE INDEX deed_by_officer ON audit.deed USING btree (day, by_id) WHERE (by_kind = 'officer'::text)
  CREATE INDEX deed_by_person ON audit.deed USING btree (person_id, at) WHERE (person_id IS NOT NULL)
  CREATE INDEX deed_by_subject ON audit.deed USING btree (subject_id, at)
  CREATE INDEX deed_by_unit ON audit.deed USING btree (unit_id, day) WHERE (unit_id IS NOT NULL)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for select to dinhdanh_app using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  policy written for insert to dinhdanh_app with check true
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table audit.head -- The last seal of each chain; locked while a work seals its deeds or its readings.
  chain                  smallint not null -- Which chain: 0 to 15 of deeds, 16 to 31 of entries of readings. [public]
  seq                    bigint not null -- Its last place. [public]
  seal                   bytea not null -- Its last seal. [public]
  CHECK (((chain >= 0) AND (chain <= 31))) -- head_chain_check
  CHECK ((length(seal) = 32)) -- head_seal_check
  PRIMARY KEY (chain) -- head_pkey
  grant select, update to dinhdanh_app
  grant select, update to dinhdanh_maintenance

table audit.kept_heads -- The last line of the file of heads: a file that was cut or set back is told by it.
  one                    boolean not null default true -- Always true: there is one row. [public]
  line                   bigint not null -- The number of the line. [public]
  hash                   bytea not null -- The hash over all lines up to it. [public]
  at                     timestamp with time zone -- When it was written; empty where none was. [public]
  CHECK ((length(hash) = 32)) -- kept_heads_hash_check
  CHECK (one) -- kept_heads_one_check
  PRIMARY KEY (one) -- kept_heads_pkey
  grant select, update to dinhdanh_app
  grant select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION audit.note_readings(work uuid, noted_at timestamp with time zone, kind text, who text, in_unit uuid, why text, first_place integer, whose uuid[], ids uuid[], field_lists text[], list_of smallint[], requests text[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  insert into audit.access (person_id, id, batch_id, place, at, by_kind, by_id, unit_id, purpose, fields, request_id)
  select r.person_id, r.id, work, (first_place + r.nth - 1)::integer, noted_at, kind, who, in_unit, why, field_lists[r.list], r.request_id
  from unnest(whose, ids, list_of, requests) with ordinality as r (person_id, id, list, request_id, nth);
end
$function$


CREATE OR REPLACE FUNCTION audit.officers_at_work(asked text[], on_day date, besides text[])
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select o.id from unnest(asked) as o (id)
  where exists (select from audit.deed d where d.by_kind = 'officer' and d.day = on_day and d.by_id = o.id and d.deed <> all (besides))
$function$


view audit.published_house_deed -- What the installation did by itself: which deed, about what, in which unit.
  id                     uuid
  at                     timestamp with time zone
  day                    date
  by_id                  text
  deed                   text
  subject_kind           text
  subject_id             text
  unit_id                uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT id,
    at,
    day,
    by_id,
    deed,
    subject_kind,
    subject_id,
    unit_id
   FROM audit.deed d
  WHERE (by_kind = 'system'::text);

view audit.published_officer_deed -- What officers did: which deed, about what and whom, in which unit.
  id                     uuid
  work_id                uuid
  at                     timestamp with time zone
  day                    date
  by_id                  text
  on_behalf_of           text
  deed                   text
  subject_kind           text
  subject_id             text
  person_id              uuid
  unit_id                uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT id,
    work_id,
    at,
    day,
    by_id,
    on_behalf_of,
    deed,
    subject_kind,
    subject_id,
    person_id,
    unit_id
   FROM audit.deed d
  WHERE (by_kind = 'officer'::text);

view audit.published_officer_reading -- What officers read: whose data, when, why and for which case.
  person_id              uuid
  id                     uuid
  batch_id               uuid
  at                     timestamp with time zone
  by_id                  text
  unit_id                uuid
  purpose                text
  fields                 text
  case_kind              text
  case_id                uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    id,
    batch_id,
    at,
    by_id,
    unit_id,
    purpose,
    fields,
    case_kind,
    case_id
   FROM audit.access a
  WHERE (by_kind = 'officer'::text);

view audit.published_reading -- That somebody's data were read, by whom and for what.
  person_id              uuid
  id                     uuid
  by_id                  text
  purpose                text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    id,
    by_id,
    purpose
   FROM audit.access;

table audit.reading_entry -- What one work read: how many readings and their hash, in the order of its chain.
  chain                  smallint not null -- One of sixteen, by hash of the work's id. [public]
  seq                    bigint not null -- Place in the chain, without gaps. [public]
  work_id                uuid not null -- The transaction that read; its readings have it as their batch. [public]
  at                     timestamp with time zone not null -- The work's moment. [public]
  count                  integer not null -- How many readings. [public]
  digest                 bytea not null -- SHA-256 over the canonical forms of its readings in the order of their places. [public]
  mac                    bytea not null -- HMAC-SHA-256 over work, moment, count and digest, under a key of the installation that lies outside the database. [public]
  seal                   bytea not null -- SHA-256 over the seal before and this entry. [public]
  CHECK (((chain >= 16) AND (chain <= 31))) -- reading_entry_chain_check
  CHECK ((count > 0)) -- reading_entry_count_check
  CHECK ((length(digest) = 32)) -- reading_entry_digest_check
  CHECK ((length(mac) = 32)) -- reading_entry_mac_check
  CHECK ((length(seal) = 32)) -- reading_entry_seal_check
  CHECK ((seq > 0)) -- reading_entry_seq_check
  PRIMARY KEY (chain, seq) -- reading_entry_pkey
  CREATE UNIQUE INDEX reading_entry_by_work ON audit.reading_entry USING btree (work_id)
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION audit.seal_readings(in_chain smallint, work uuid, at_ms bigint, how_many integer, rows_digest bytea, rows_mac bytea, OUT seq bigint, OUT seal bytea)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  select h.seq + 1, h.seal into strict seq, seal from audit.head h where h.chain = in_chain for update;
  seal := sha256(seal || convert_to(concat_ws('|', in_chain, seq, work, at_ms, how_many, encode(rows_digest, 'hex'), encode(rows_mac, 'hex')), 'UTF8'));
  insert into audit.reading_entry (chain, seq, work_id, at, count, digest, mac, seal)
  values (in_chain, seq, work, timestamptz 'epoch' + at_ms * interval '1 millisecond', how_many, rows_digest, rows_mac, seal);
  update audit.head h set seq = seal_readings.seq, seal = seal_readings.seal where h.chain = in_chain;
end
$function$


table audit.sealed_until -- The latest batch of readings that was sealed; batches are named in the order of time (UUIDv7).
  one                    boolean not null default true -- Always true: there is one row. [public]
  batch_id               uuid not null -- Which batch; those before it are sealed. [public]
  CHECK (one) -- sealed_until_one_check
  PRIMARY KEY (one) -- sealed_until_pkey
  grant select, update to dinhdanh_app
  grant select, update to dinhdanh_maintenance

table awareness.activity (row security forced) -- One thing that was done to tell people of a campaign. Nobody who was told is named.
  id                     uuid not null -- The activity. [public]
  campaign_id            uuid not null -- Of which campaign people were told. [public]
  unit_id                uuid not null -- In which unit it was entered. [public]
  kind                   text not null -- What was done. [public]
  audiences              text[] not null -- Whom it addressed. [public]
  held_on                date not null -- On which day. [public]
  people                 integer not null -- How many people it reached. [public]
  counted                boolean not null -- Whether these were counted; else estimated. [public]
  done_by                text[] not null -- Which bodies did it. [public]
  content                text -- What was told, in words, without a person. [public]
  written_by             text not null -- The officer who entered it. [personal]
  written_at             timestamp with time zone not null -- When. [public]
  withdrawn_at           timestamp with time zone -- When it was withdrawn, being entered wrongly. [public]
  withdrawn_by           text -- The officer who withdrew it. [personal]
  withdrawn_reason       text -- Why, in words. [public]
  CHECK (((cardinality(audiences) > 0) AND (audiences <@ ARRAY['pupils'::text, 'parents'::text, 'teachers'::text, 'residents'::text]))) -- activity_audiences_check
  CHECK (((cardinality(done_by) > 0) AND (done_by <@ ARRAY['police'::text, 'school'::text, 'group'::text, 'committee'::text, 'association'::text]))) -- activity_done_by_check
  CHECK (((withdrawn_at IS NULL) = (withdrawn_by IS NULL))) -- activity_check
  CHECK (((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))) -- activity_check1
  CHECK ((content <> ''::text)) -- activity_told_check
  CHECK ((kind = ANY (ARRAY['assembly'::text, 'parents-meeting'::text, 'letter'::text, 'leaflet'::text, 'loudspeaker'::text, 'group-visit'::text, 'online-group'::text, 'other'::text]))) -- activity_kind_check
  CHECK ((people >= 0)) -- activity_people_check
  CHECK ((withdrawn_reason <> ''::text)) -- activity_withdrawn_reason_check
  CHECK ((written_by <> ''::text)) -- activity_written_by_check
  PRIMARY KEY (id) -- activity_pkey
  CREATE INDEX activity_by_campaign ON awareness.activity USING btree (campaign_id, held_on)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM awareness.activity_place p
  WHERE (p.activity_id = activity.id)))) with check true
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table awareness.activity_place (row security forced) -- Where an activity was held.
  activity_id            uuid not null -- Which activity. [public]
  unit_id                uuid not null -- In which commune. [public]
  school_id              uuid -- At which school; empty = for the whole commune. [public]
  FOREIGN KEY (activity_id) REFERENCES awareness.activity(id) -- activity_place_activity_id_fkey
  UNIQUE NULLS NOT DISTINCT (activity_id, unit_id, school_id) -- activity_place_activity_id_unit_id_school_id_key
  CREATE INDEX activity_place_by_unit ON awareness.activity_place USING btree (unit_id, activity_id)
  CREATE UNIQUE INDEX activity_place_activity_id_unit_id_school_id_key ON awareness.activity_place USING btree (activity_id, unit_id, school_id) NULLS NOT DISTINCT
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

CREATE OR REPLACE FUNCTION campaign.analyze_needs()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin analyze campaign.kept_need; analyze campaign.need_count; end $function$


CREATE OR REPLACE FUNCTION campaign.are_more_named(words text[], most integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from unnest(words) w (word) join register.name_word n on n.word = w.word offset most)
$function$


table campaign.band -- The parts by which a campaign's people are counted: cohort and years of birth, chosen once. Each person is in one.
  campaign_id            uuid not null -- Of which campaign. [public]
  band                   smallint not null -- Which part; 0 stands for all of them. [public]
  name                   text not null -- What it is called. [public]
  cohort                 smallint not null -- Of which cohort. [public]
  born_from              smallint -- First year of birth; empty = since ever. [public]
  born_to                smallint -- Last year of birth; empty = without end. [public]
  CHECK ((band > 0)) -- band_band_check
  FOREIGN KEY (campaign_id) REFERENCES campaign.campaign(id) -- band_campaign_id_fkey
  PRIMARY KEY (campaign_id, band) -- band_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.campaign -- A drive with a deadline: what is to be done for whom, and since when.
  id                     uuid not null -- The campaign. [public]
  name                   text not null -- What commands call it. [public]
  title                  text not null -- What people call it. [public]
  purpose                text -- What it is for, in a sentence. [public]
  unit_id                uuid not null -- The unit that runs it; its subtree takes part. [public]
  basis                  text not null -- By which tie people belong to a unit: the school attended, or a residence of a kind. [public]
  school_year            text -- The school year whose rolls count. [public]
  starts_on              date not null -- First day. [public]
  metrics                text[] not null -- What is counted, the first before all; names of src/campaign/metric.ts. [public]
  state                  text not null -- open or closed; a closed one is counted no more. [public]
  closed_in              integer -- The edition in which it was closed: its figures and lists stay as they were known then. [public]
  version                integer not null -- Grows with each change of what is wanted. [public]
  created_on             date not null -- The house's day when it was made. [public]
  created_at             timestamp with time zone not null -- When it was made. [public]
  CHECK (((state = 'closed'::text) = (closed_in IS NOT NULL))) -- campaign_check
  CHECK ((basis = ANY (ARRAY['school'::text, 'permanent'::text, 'temporary'::text, 'current'::text]))) -- campaign_basis_check
  CHECK ((cardinality(metrics) > 0)) -- campaign_metrics_check
  CHECK ((name ~ '^[a-z0-9][a-z0-9-]{0,59}$'::text)) -- campaign_name_check
  CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))) -- campaign_state_check
  CHECK ((title <> ''::text)) -- campaign_title_check
  CHECK ((version > 0)) -- campaign_version_check
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- campaign_unit_id_fkey
  PRIMARY KEY (id) -- campaign_pkey
  UNIQUE (name) -- campaign_name_key
  CREATE UNIQUE INDEX campaign_name_key ON campaign.campaign USING btree (name)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.cohort -- Whom a campaign means, by a rule; a person of several cohorts belongs to the first.
  campaign_id            uuid not null -- Of which campaign. [public]
  place                  smallint not null -- In which order. [public]
  name                   text not null -- What it is called. [public]
  rule                   jsonb not null -- The rule (src/campaign/rule.ts). [public]
  FOREIGN KEY (campaign_id) REFERENCES campaign.campaign(id) -- cohort_campaign_id_fkey
  PRIMARY KEY (campaign_id, place) -- cohort_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.community_group (row security forced) -- A community digital-technology group of a residential group or quarter.
  id                     uuid not null -- The group. [public]
  unit_id                uuid not null -- Of which commune. [public]
  name                   text not null -- What it is called. [public]
  quarter                text not null -- Its quarter, residential group or village, as addresses name it. [public]
  made_on                date not null -- Since which day it is known here. [public]
  ended_on               date -- The day from which it is no more. [public]
  CHECK ((name <> ''::text)) -- community_group_name_check
  CHECK ((quarter <> ''::text)) -- community_group_quarter_check
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- community_group_unit_id_fkey
  PRIMARY KEY (id) -- community_group_pkey
  CREATE UNIQUE INDEX one_group_a_name ON campaign.community_group USING btree (unit_id, name) WHERE (ended_on IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy member for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (ended_on IS NULL) AND (EXISTS ( SELECT
   FROM campaign.group_in_part p
  WHERE (p.group_id = community_group.id))))
  policy unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table campaign.community_group_member (row security forced) -- Who is of a group; whoever leaves is deleted.
  group_id               uuid not null -- Of which group. [public]
  id                     uuid not null -- The member. [public]
  unit_id                uuid not null -- The group's commune. [public]
  role                   text not null -- leader or member. [public]
  full_name              text not null -- Their name. [personal]
  phone                  text -- Their phone, as +84 and nine or ten digits. [personal]
  CHECK ((full_name <> ''::text)) -- community_group_member_full_name_check
  CHECK ((phone ~ '^\+84\d{9,10}$'::text)) -- community_group_member_phone_check
  CHECK ((role = ANY (ARRAY['leader'::text, 'member'::text]))) -- community_group_member_role_check
  FOREIGN KEY (group_id) REFERENCES campaign.community_group(id) -- community_group_member_group_id_fkey
  PRIMARY KEY (group_id, id) -- community_group_member_pkey
  CREATE UNIQUE INDEX one_leader_a_group ON campaign.community_group_member USING btree (group_id) WHERE (role = 'leader'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.deadline -- What must be in hand by when.
  campaign_id            uuid not null -- Of which campaign. [public]
  name                   text not null -- What it is called. [public]
  on_day                 date not null -- The last day on which it is in time. [public]
  proof                  text not null -- What must be so. [public]
  CHECK ((name <> ''::text)) -- deadline_name_check
  CHECK ((proof = ANY (ARRAY['card-in-hand'::text, 'account-activated'::text, 'number-known'::text]))) -- deadline_proof_check
  FOREIGN KEY (campaign_id) REFERENCES campaign.campaign(id) -- deadline_campaign_id_fkey
  PRIMARY KEY (campaign_id, name) -- deadline_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.directive (row security forced) -- An order to units, through all its versions.
  id                     uuid not null -- The directive. [public]
  issuing_unit_id        uuid not null -- The unit that issued it. [public]
  year                   smallint not null -- In which year. [public]
  number                 integer not null -- Its number among those of the unit and year. [public]
  campaign_id            uuid -- For which campaign; empty = for none. [public]
  closed_on              date -- Since when nobody is reminded of it any more. [public]
  CHECK ((number > 0)) -- directive_number_check
  FOREIGN KEY (campaign_id) REFERENCES campaign.campaign(id) -- directive_campaign_id_fkey
  FOREIGN KEY (issuing_unit_id) REFERENCES units.unit(id) -- directive_issuing_unit_id_fkey
  PRIMARY KEY (id) -- directive_pkey
  UNIQUE (issuing_unit_id, year, number) -- directive_issuing_unit_id_year_number_key
  CREATE UNIQUE INDEX directive_issuing_unit_id_year_number_key ON campaign.directive USING btree (issuing_unit_id, year, number)
  policy addressed_or_issued for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (issuing_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (EXISTS ( SELECT
   FROM campaign.directive_addressee a
  WHERE ((a.directive_id = directive.id) AND (a.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))))) with check (( SELECT platform.sees_house() AS sees_house) OR (issuing_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table campaign.directive_acknowledgement (row security forced) -- Which units have acknowledged a version: it holds for this version alone.
  directive_id           uuid not null -- Which directive. [public]
  version                integer not null -- Which version. [public]
  unit_id                uuid not null -- Which unit. [public]
  issuing_unit_id        uuid not null -- The unit that issued it. [public]
  on_day                 date not null -- On which day of the house. [public]
  by_id                  text not null -- Who did. [personal]
  at                     timestamp with time zone not null -- When. [public]
  FOREIGN KEY (directive_id, version, unit_id) REFERENCES campaign.directive_addressee(directive_id, version, unit_id) -- directive_acknowledgement_directive_id_version_unit_id_fkey
  PRIMARY KEY (directive_id, version, unit_id) -- directive_acknowledgement_pkey
  policy addressed_or_issued for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (issuing_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table campaign.directive_addressee (row security forced) -- To which units, education offices and schools a version of a directive is addressed.
  directive_id           uuid not null -- Which directive. [public]
  version                integer not null -- Which version. [public]
  unit_id                uuid not null -- To whom: the unit of the police, the education office of a unit, or a school. [public]
  issuing_unit_id        uuid not null -- The unit that issued it. [public]
  office                 text not null default 'police'::text -- Which of them it is: police, education or school. [public]
  of_unit_id             uuid not null -- The unit of the police or of the education office, or in which the school stands. [public]
  CHECK ((office = ANY (ARRAY['police'::text, 'education'::text, 'school'::text]))) -- directive_addressee_office_check
  FOREIGN KEY (directive_id, version) REFERENCES campaign.directive_version(directive_id, version) -- directive_addressee_directive_id_version_fkey
  FOREIGN KEY (of_unit_id) REFERENCES units.unit(id) -- directive_addressee_of_unit_id_fkey
  PRIMARY KEY (directive_id, version, unit_id) -- directive_addressee_pkey
  CREATE INDEX directive_by_addressee ON campaign.directive_addressee USING btree (unit_id, directive_id)
  policy addressed_or_issued for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (issuing_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR ((of_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) AND (issuing_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table campaign.directive_answer (row security forced) -- What units answered to a version; the last answer counts, the earlier ones stay.
  directive_id           uuid not null -- Which directive. [public]
  version                integer not null -- Which version. [public]
  unit_id                uuid not null -- Which unit. [public]
  id                     uuid not null -- The answer. [public]
  issuing_unit_id        uuid not null -- The unit that issued it. [public]
  figure                 bigint -- The figure that was asked for. [public]
  words                  text -- What was said beside or instead. [personal]
  on_day                 date not null -- On which day of the house. [public]
  by_id                  text not null -- Who answered. [personal]
  at                     timestamp with time zone not null -- When. [public]
  CHECK (((figure IS NOT NULL) OR (words IS NOT NULL))) -- directive_answer_check
  CHECK ((figure >= 0)) -- directive_answer_figure_check
  CHECK ((words <> ''::text)) -- directive_answer_words_check
  FOREIGN KEY (directive_id, version, unit_id) REFERENCES campaign.directive_addressee(directive_id, version, unit_id) -- directive_answer_directive_id_version_unit_id_fkey
  PRIMARY KEY (directive_id, version, unit_id, id) -- directive_answer_pkey
  policy addressed_or_issued for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (issuing_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table campaign.directive_reading (row security forced) -- Which officers of an addressed unit have opened a version, each once.
  directive_id           uuid not null -- Which directive. [public]
  version                integer not null -- Which version. [public]
  unit_id                uuid not null -- In which unit. [public]
  issuing_unit_id        uuid not null -- The unit that issued it. [public]
  on_day                 date not null -- On which day of the house. [public]
  by_id                  text not null -- Who. [personal]
  at                     timestamp with time zone not null -- When first. [public]
  FOREIGN KEY (directive_id, version, unit_id) REFERENCES campaign.directive_addressee(directive_id, version, unit_id) -- directive_reading_directive_id_version_unit_id_fkey
  PRIMARY KEY (directive_id, version, unit_id, by_id) -- directive_reading_pkey
  policy addressed_or_issued for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (issuing_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table campaign.directive_version (row security forced) -- What a directive says; a later version supersedes, and the earlier ones stay.
  directive_id           uuid not null -- Of which directive. [public]
  version                integer not null -- From 1 on; the last one is in force. [public]
  issuing_unit_id        uuid not null -- The unit that issued it. [public]
  title                  text not null -- What it is called. [public]
  body                   text not null -- What is ordered. [public]
  due_on                 date not null -- The last day on which it is done in time. [public]
  question               text -- What is to be answered with a figure; empty = acknowledging is enough. [public]
  metric                 text -- Which of our own figures stands beside the answer; a name of src/campaign/metric.ts. [public]
  issued_by              text not null -- The commander who issued it, by name and post as on paper. [public]
  issued_on              date not null -- On which day. [public]
  by_kind                text not null -- What kind of actor entered it. [public]
  by_id                  text not null -- Who entered it. [personal]
  at                     timestamp with time zone not null -- When it was entered. [public]
  CHECK (((metric IS NULL) OR (question IS NOT NULL))) -- directive_version_check1
  CHECK ((body <> ''::text)) -- directive_version_body_check
  CHECK ((issued_by <> ''::text)) -- directive_version_issued_by_check
  CHECK ((issued_on <= due_on)) -- directive_version_check
  CHECK ((question <> ''::text)) -- directive_version_question_check
  CHECK ((title <> ''::text)) -- directive_version_title_check
  CHECK ((version > 0)) -- directive_version_version_check
  FOREIGN KEY (directive_id) REFERENCES campaign.directive(id) -- directive_version_directive_id_fkey
  PRIMARY KEY (directive_id, version) -- directive_version_pkey
  policy addressed_or_issued for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (issuing_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (EXISTS ( SELECT
   FROM campaign.directive_addressee a
  WHERE ((a.directive_id = directive_version.directive_id) AND (a.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))))) with check (( SELECT platform.sees_house() AS sees_house) OR (issuing_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION campaign.doors_of(asked uuid, on_day date)
 RETURNS TABLE(person_id uuid, full_name text, address text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e.person_id, p.full_name, h.address
  from campaign.house_list l
  join campaign.house_list_entry e on e.list_id = l.id
  join register.person p on p.person_id = e.person_id and p.life_status = 'alive'
  cross join lateral (
    select r.address, r.unit_id from register.residence r
    where r.person_id = e.person_id and (r.from_on is null or r.from_on <= on_day) and (r.to_on is null or r.to_on > on_day)
    order by array_position(array['current', 'temporary', 'permanent'], r.kind), r.from_on desc nulls last, r.id limit 1) h
  where l.id = asked and l.ended_on is null and l.expires_on >= on_day
    and out_of_school.home_on(h.unit_id, on_day) = out_of_school.home_on(l.unit_id, on_day)
    and exists (select from campaign.group_in_part g where g.group_id = l.group_id)
$function$


table campaign.edition -- States of knowledge, numbered: each time something that is counted changes, the next begins. A figure is of a day, as known in an edition.
  number                 integer not null -- Grows by one. [public]
  day                    date not null -- The house's day when it began. [public]
  at                     timestamp with time zone not null -- The instant when it began. [public]
  PRIMARY KEY (number) -- edition_pkey
  CREATE INDEX edition_by_day ON campaign.edition USING btree (day, number)
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION campaign.evaluated_anew(years smallint[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select d.person_id from campaign.need_due d
  where (select count(*) from (select from campaign.need_due limit 2001) many) <= 2000
  union
  select w.person_id from campaign.need_due_school s
  join rolls.roll r on r.school_id = s.school_id and r.in_force join rolls.row w on w.roll_id = r.id
  where w.person_id is not null and (select count(distinct few.school_id) from campaign.need_due_school few) <= 5
  union
  select k.person_id from campaign.need_due_school s join campaign.kept_need k on k.school_id = s.school_id
  where (select count(distinct few.school_id) from campaign.need_due_school few) <= 5
  union
  select k.person_id from campaign.kept_need k where k.is_apart and (years = '{}' or k.birth_y = any (years))
$function$


table campaign.exception (row security forced) -- A person whom someone added to a campaign or excused from it, against the rule.
  person_id              uuid not null -- Who. [personal]
  campaign_id            uuid not null -- Of which campaign. [public]
  kind                   text not null -- added or excused. [public]
  reason                 text not null -- Why; a code of src/campaign/exception.ts. [public]
  other_id               uuid -- Of a duplicate: the record that stays. [personal]
  note                   text -- In words. [personal]
  on_day                 date not null -- Since which day. [public]
  by_kind                text not null -- What kind of actor said so. [public]
  by_id                  text not null -- Who said so. [personal]
  at                     timestamp with time zone not null -- When. [public]
  CHECK ((kind = ANY (ARRAY['added'::text, 'excused'::text]))) -- exception_kind_check
  CHECK ((reason <> ''::text)) -- exception_reason_check
  PRIMARY KEY (person_id, campaign_id) -- exception_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = exception.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = exception.person_id) AND (c.until >= CURRENT_DATE))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = exception.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = exception.person_id) AND (c.until >= CURRENT_DATE))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.first_page (row security forced) -- Which campaign the first page of a unit shows, where the unit has chosen one.
  unit_id                uuid not null -- The unit. [public]
  campaign_id            uuid not null -- The campaign that its first page shows. [public]
  chosen_by              text not null -- Who chose it. [personal]
  chosen_at              timestamp with time zone not null -- When; a campaign made later is offered. [public]
  CHECK ((chosen_by <> ''::text)) -- first_page_chosen_by_check
  FOREIGN KEY (campaign_id) REFERENCES campaign.campaign(id) -- first_page_campaign_id_fkey
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- first_page_unit_id_fkey
  PRIMARY KEY (unit_id) -- first_page_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table campaign.former_member (row security forced) -- How membership stood in earlier editions.
  person_id              uuid not null -- Who. [personal]
  campaign_id            uuid not null -- Of which campaign. [public]
  until                  integer not null -- The edition from which it was otherwise. [public]
  band                   smallint not null -- In which part. [public]
  unit_id                uuid not null -- In which commune. [personal]
  school_id              uuid -- At which school. [personal]
  class                  text -- In which class. [personal]
  in_on                  date not null -- Since which day they counted. [personal]
  came_by                text not null -- How they had come in. [public]
  since                  integer not null -- Since which edition it was so. [public]
  cause                  text not null -- Why it was so no more: moved, duplicate, corrected, died, excused, left-roll … [public]
  CHECK ((since < until)) -- former_member_check
  PRIMARY KEY (person_id, campaign_id, until) -- former_member_pkey
  CREATE INDEX former_member_by_edition ON campaign.former_member USING btree (campaign_id, until)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = former_member.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = former_member.person_id) AND (c.until >= CURRENT_DATE))
 OFFSET 0)) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = former_member.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = former_member.person_id) AND (c.until >= CURRENT_DATE))
 OFFSET 0)) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table campaign.frozen -- How many people a campaign meant when its people were first counted: the denominator that does not move.
  campaign_id            uuid not null -- Of which campaign. [public]
  unit_id                uuid not null -- In which commune, as written. [public]
  band                   smallint not null -- In which part; 0 = all. [public]
  people                 integer not null -- How many. [public]
  FOREIGN KEY (campaign_id) REFERENCES campaign.campaign(id) -- frozen_campaign_id_fkey
  PRIMARY KEY (campaign_id, unit_id, band) -- frozen_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.group_access (row security forced) -- Who of a community group signs in and sees the lists that it walks with.
  id                     uuid not null -- The access. [public]
  group_id               uuid not null -- To the lists of which group. [public]
  unit_id                uuid not null -- The group's commune. [public]
  appointment_id         uuid not null -- By which appointment the member works. [public]
  officer_id             uuid not null -- The member. [personal]
  given_on               date not null -- On which day of the house. [public]
  given_by               text not null -- Which officer of the ward gave it. [personal]
  ended_on               date -- Since which day it is over. [public]
  ended_by               text -- Who ended it. [personal]
  CHECK (((ended_on IS NULL) = (ended_by IS NULL))) -- group_access_check
  CHECK ((ended_by <> ''::text)) -- group_access_ended_by_check
  FOREIGN KEY (group_id) REFERENCES campaign.community_group(id) -- group_access_group_id_fkey
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- group_access_unit_id_fkey
  PRIMARY KEY (id) -- group_access_pkey
  CREATE INDEX group_access_by_appointment ON campaign.group_access USING btree (appointment_id) WHERE (ended_on IS NULL)
  CREATE UNIQUE INDEX one_access_a_member ON campaign.group_access USING btree (group_id, appointment_id) WHERE (ended_on IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using ((ended_on IS NULL) AND (appointment_id = ANY (( SELECT platform.parts() AS parts)::uuid[])))
  policy unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR ((unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) AND (EXISTS ( SELECT
   FROM staff.appointment a
  WHERE ((a.id = group_access.appointment_id) AND (a.officer_id = group_access.officer_id) AND (a.unit_id = group_access.unit_id) AND (a.role = 'community-group-member'::text))))))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

view campaign.group_in_part -- The groups that a work sees by its own part: by a member's appointment, or by a link.
  group_id               uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT a.group_id
   FROM campaign.group_access a
  WHERE ((a.ended_on IS NULL) AND (a.appointment_id = ANY (platform.parts())))
UNION
 SELECT l.subject_id AS group_id
   FROM access_links.link l
  WHERE ((l.kind = 'group'::text) AND (l.id = ANY (platform.parts())) AND (l.ended_at IS NULL) AND (l.until_at > now()));

table campaign.house_list (row security forced) -- A list that a group walks with: it shows nothing after its last day, and its entries are deleted then.
  id                     uuid not null -- The list. [public]
  unit_id                uuid not null -- Of which commune. [public]
  group_id               uuid not null -- For which group. [public]
  campaign_id            uuid -- Of which campaign's people; empty = of all who live there. [public]
  lacking                text[] not null -- Who lacks any of these; names of src/campaign/need.ts. [public]
  within                 text not null -- Those whose address names the group's quarter, or the whole commune. [public]
  why                    text not null -- What it was made for. [public]
  people                 integer not null -- How many people are on it. [public]
  made_on                date not null -- On which day of the house it was made. [public]
  made_by                text not null -- Who made it. [personal]
  made_at                timestamp with time zone not null -- When it was made. [public]
  expires_on             date not null -- The last day on which it shows anything. [public]
  ended_on               date -- The day on which its entries were deleted. [public]
  result                 jsonb -- How many entries had which outcome then. [public]
  CHECK (((ended_on IS NULL) = (result IS NULL))) -- house_list_check1
  CHECK ((cardinality(lacking) > 0)) -- house_list_lacking_check
  CHECK ((made_on < expires_on)) -- house_list_check
  CHECK ((people > 0)) -- house_list_people_check
  CHECK ((why <> ''::text)) -- house_list_why_check
  CHECK ((within = ANY (ARRAY['quarter'::text, 'commune'::text]))) -- house_list_within_check
  FOREIGN KEY (campaign_id) REFERENCES campaign.campaign(id) -- house_list_campaign_id_fkey
  FOREIGN KEY (group_id) REFERENCES campaign.community_group(id) -- house_list_group_id_fkey
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- house_list_unit_id_fkey
  PRIMARY KEY (id) -- house_list_pkey
  CREATE INDEX house_list_by_group ON campaign.house_list USING btree (group_id, made_on)
  CREATE INDEX house_list_to_forget ON campaign.house_list USING btree (expires_on) WHERE (ended_on IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy member for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (ended_on IS NULL) AND (EXISTS ( SELECT
   FROM campaign.group_in_part p
  WHERE (p.group_id = house_list.group_id))))
  policy unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table campaign.house_list_entry (row security forced) -- Someone to call on. Name and address are read from the register when the list is shown; number, birth date and phone never.
  person_id              uuid not null -- Who. [personal]
  list_id                uuid not null -- On which list. [public]
  unit_id                uuid not null -- The list's commune. [public]
  place                  integer not null -- The row: in the order of addresses. [public]
  lacking                text[] not null -- What they lacked when the list was made. [personal]
  outcome                text -- What came of the call; empty = nobody called yet. [personal]
  outcome_on             date -- On which day. [personal]
  note                   text -- In words. [personal]
  marked_by              text -- Who entered it. [personal]
  CHECK (((note IS NULL) OR (outcome IS NOT NULL))) -- house_list_entry_check2
  CHECK (((outcome IS NULL) = (marked_by IS NULL))) -- house_list_entry_check1
  CHECK (((outcome IS NULL) = (outcome_on IS NULL))) -- house_list_entry_check
  CHECK ((note <> ''::text)) -- house_list_entry_note_check
  CHECK ((outcome = ANY (ARRAY['visited'::text, 'helped'::text, 'refused'::text, 'moved'::text, 'not-at-home'::text]))) -- house_list_entry_outcome_check
  CHECK ((place > 0)) -- house_list_entry_place_check
  FOREIGN KEY (list_id) REFERENCES campaign.house_list(id) -- house_list_entry_list_id_fkey
  PRIMARY KEY (person_id, list_id) -- house_list_entry_pkey
  CREATE INDEX house_list_entry_by_place ON campaign.house_list_entry USING btree (list_id, place)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy member for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (EXISTS ( SELECT
   FROM (campaign.house_list l
     JOIN campaign.group_in_part p ON ((p.group_id = l.group_id)))
  WHERE ((l.id = house_list_entry.list_id) AND (l.ended_on IS NULL)))))
  policy member_marks for update to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (EXISTS ( SELECT
   FROM (campaign.house_list l
     JOIN campaign.group_in_part p ON ((p.group_id = l.group_id)))
  WHERE ((l.id = house_list_entry.list_id) AND (l.ended_on IS NULL)))))
  policy unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.kept_need (row security forced) -- What each living person lacks on the day that was counted, and where they belong: derived from register, cards, accounts and rolls, and counted anew where these change.
  person_id              uuid not null -- Who. [personal]
  unit_id                uuid -- The commune of permanent residence, as it is written in the register. [personal]
  school_id              uuid -- The school on whose roll they are. [personal]
  class                  text -- In which class. [personal]
  grade                  smallint -- In which grade. [personal]
  birth_y                smallint not null -- Year of birth. [personal]
  born_on                date not null -- Date of birth; a day or month that nobody knows is the last possible. [personal]
  sort_key               text not null -- Where they stand in the order of names. [personal]
  name_ascii             text not null -- The name folded to a–z, for a search by part of it. [personal]
  needs                  smallint not null -- What they lack, a bit each, in the order of src/campaign/need-codes.ts. [personal]
  is_apart               boolean not null -- They have several homes or rolls, or a defect on another roll than their school's: each question evaluates them anew. [public]
  seen_until             date -- Until when the roll opens them to the school and its superiors. [public]
  CHECK (((needs >= 0) AND (needs <= 63))) -- kept_need_needs_check
  PRIMARY KEY (person_id) -- kept_need_pkey
  CREATE INDEX kept_need_apart ON campaign.kept_need USING btree (birth_y, person_id) WHERE is_apart
  CREATE INDEX kept_need_by_birth ON campaign.kept_need USING btree (born_on) WHERE ((needs <> 0) AND (NOT is_apart))
  CREATE INDEX kept_need_by_class ON campaign.kept_need USING btree (class) WHERE ((class IS NOT NULL) AND (NOT is_apart))
  CREATE INDEX kept_need_by_needs ON campaign.kept_need USING btree (needs) WHERE (NOT is_apart)
  CREATE INDEX kept_need_by_school ON campaign.kept_need USING btree (school_id, birth_y) WHERE (school_id IS NOT NULL)
  CREATE INDEX kept_need_by_unit ON campaign.kept_need USING btree (unit_id, birth_y) WHERE (NOT is_apart)
  CREATE INDEX kept_need_in_order ON campaign.kept_need USING btree (sort_key, person_id) WHERE ((needs <> 0) AND (NOT is_apart))
  CREATE INDEX kept_need_pupil_by_birth ON campaign.kept_need USING btree (born_on) WHERE ((school_id IS NOT NULL) AND (NOT is_apart))
  CREATE INDEX kept_need_pupil_in_order ON campaign.kept_need USING btree (sort_key, person_id) INCLUDE (school_id, unit_id, birth_y, needs, seen_until) WHERE ((school_id IS NOT NULL) AND (NOT is_apart))
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for select to dinhdanh_app using ((unit_id IN ( SELECT s.id
   FROM unnest(( SELECT platform.scope() AS scope)) s(id))) OR ((seen_until >= CURRENT_DATE) AND (school_id IN ( SELECT s.id
   FROM unnest(( SELECT platform.scope() AS scope)) s(id)))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.kept_state -- Of which day, school year and law campaign.kept_need is; no row while nothing was counted.
  id                     smallint not null -- Always 1. [public]
  day                    date not null -- The day. [public]
  school_year            text not null -- The school year. [public]
  law                    text not null -- The law of the day, as far as it says what a person lacks. [public]
  CHECK ((id = 1)) -- kept_state_id_check
  PRIMARY KEY (id) -- kept_state_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.member (row security forced) -- Who is meant by a campaign, as known now: derived from rules, exceptions, register and rolls, and written anew where these change.
  person_id              uuid not null -- Who. [personal]
  campaign_id            uuid not null -- By which campaign. [public]
  band                   smallint not null -- In which part. [public]
  unit_id                uuid not null -- In which commune, as it is written in the register or of the school. [personal]
  school_id              uuid -- At which school, where the campaign counts by schools or knows it. [personal]
  class                  text -- In which class. [personal]
  in_on                  date not null -- Since which day they count: the eve of the campaign, or the day they came of age. [personal]
  came_by                text not null -- How they came in: by the rule from the outset, added by someone, moved in, joined a roll, or by a correction. [public]
  since                  integer not null -- Since which edition it is so. [public]
  CHECK ((came_by = ANY (ARRAY['rule'::text, 'added'::text, 'moved'::text, 'joined-roll'::text, 'corrected'::text]))) -- member_came_by_check
  PRIMARY KEY (person_id, campaign_id) -- member_pkey
  CREATE INDEX member_by_edition ON campaign.member USING btree (campaign_id, since)
  CREATE INDEX member_by_school ON campaign.member USING btree (campaign_id, school_id, class) WHERE (school_id IS NOT NULL)
  CREATE INDEX member_by_unit ON campaign.member USING btree (campaign_id, unit_id, person_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = member.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = member.person_id) AND (c.until >= CURRENT_DATE))
 OFFSET 0)) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = member.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = member.person_id) AND (c.until >= CURRENT_DATE))
 OFFSET 0)) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.need_count (row security forced) -- How many people of campaign.kept_need are of one commune, school, class, grade, year of birth and lack the same.
  unit_id                uuid not null -- The commune; zeros where none is known. [personal]
  school_id              uuid not null -- The school; zeros for who is on no roll. [personal]
  class                  text not null -- The class; empty where there is none. [personal]
  grade                  smallint not null -- The grade; -1 where there is none. [personal]
  birth_y                smallint not null -- Year of birth. [personal]
  needs                  smallint not null -- What they lack, a bit each. [personal]
  seen_until             date not null -- Until when the roll opens them to the school and its superiors. [public]
  people                 integer not null -- How many. [public]
  PRIMARY KEY (unit_id, school_id, birth_y, needs, class, grade, seen_until) -- need_count_pkey
  CREATE INDEX need_count_by_school ON campaign.need_count USING btree (school_id, birth_y)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for select to dinhdanh_app using ((unit_id IN ( SELECT s.id
   FROM unnest(( SELECT platform.scope() AS scope)) s(id))) OR ((seen_until >= CURRENT_DATE) AND (school_id IN ( SELECT s.id
   FROM unnest(( SELECT platform.scope() AS scope)) s(id)))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.need_due (row security forced) -- A person whose needs a deed may have changed; gone when they are counted anew.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The deed. [public]
  PRIMARY KEY (person_id, id) -- need_due_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy say for insert to dinhdanh_app with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.need_due_school -- A school whose roll changed; gone when its pupils are counted anew.
  id                     uuid not null -- The deed. [public]
  school_id              uuid not null -- Which school. [public]
  PRIMARY KEY (id) -- need_due_school_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION campaign.people_named(words text[], most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20000
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select n.person_id from unnest(words) w (word) join register.name_word n on n.word = w.word limit most
$function$


view campaign.published_campaign -- Campaigns, for contexts above.
  id                     uuid
  name                   text
  title                  text
  unit_id                uuid
  basis                  text
  school_year            text
  starts_on              date
  metrics                text[]
  state                  text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT id,
    name,
    title,
    unit_id,
    basis,
    school_year,
    starts_on,
    metrics,
    state
   FROM campaign.campaign;

view campaign.published_edition -- The states of knowledge.
  number                 integer
  day                    date
  at                     timestamp with time zone
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT number,
    day,
    at
   FROM campaign.edition;

view campaign.published_former_member -- How membership stood in earlier editions.
  person_id              uuid
  campaign_id            uuid
  band                   smallint
  unit_id                uuid
  school_id              uuid
  class                  text
  in_on                  date
  came_by                text
  since                  integer
  until                  integer
  cause                  text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    campaign_id,
    band,
    unit_id,
    school_id,
    class,
    in_on,
    came_by,
    since,
    until,
    cause
   FROM campaign.former_member;

view campaign.published_frozen -- How many people campaigns meant at first.
  campaign_id            uuid
  unit_id                uuid
  band                   smallint
  people                 integer
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT campaign_id,
    unit_id,
    band,
    people
   FROM campaign.frozen;

view campaign.published_member -- Who is meant by a campaign, as known now.
  person_id              uuid
  campaign_id            uuid
  band                   smallint
  unit_id                uuid
  school_id              uuid
  class                  text
  in_on                  date
  came_by                text
  since                  integer
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    campaign_id,
    band,
    unit_id,
    school_id,
    class,
    in_on,
    came_by,
    since
   FROM campaign.member;

table campaign.saved_filter (row security forced) -- A filter of a list that an officer keeps by name. Nothing of a person is in it.
  id                     uuid not null -- The filter. [public]
  officer_id             uuid not null -- Whose it is. [personal]
  list                   text not null -- Of which list. [public]
  name                   text not null -- What the officer calls it. [public]
  filter                 text not null -- The filter as an address of the list has it: needs, years, schools, classes. [public]
  saved_at               timestamp with time zone not null -- When it was saved last. [public]
  CHECK ((length(filter) <= 1000)) -- saved_filter_filter_check
  CHECK ((list = ANY (ARRAY['needs'::text, 'people'::text]))) -- saved_filter_list_check
  CHECK ((name <> ''::text)) -- saved_filter_name_check
  PRIMARY KEY (id) -- saved_filter_pkey
  UNIQUE (officer_id, list, name) -- saved_filter_officer_id_list_name_key
  CREATE UNIQUE INDEX saved_filter_officer_id_list_name_key ON campaign.saved_filter USING btree (officer_id, list, name)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ((officer_id)::text = ( SELECT platform.actor() AS actor))) with check (( SELECT platform.sees_house() AS sees_house) OR ((officer_id)::text = ( SELECT platform.actor() AS actor)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table campaign.target -- How many a unit is asked for, in batches; a revised one is a new version, and the earlier ones stay. Batches add up.
  campaign_id            uuid not null -- Of which campaign. [public]
  unit_id                uuid not null -- Of whom it is asked. [public]
  metric                 text not null -- How many of what. [public]
  batch                  text not null -- In which batch. [public]
  version                integer not null -- Which version of it; the last one assigned by a day is in force on it. [public]
  value                  integer not null -- How many, beside the other batches. [public]
  assigned_on            date not null -- Since when it is asked. [public]
  due_on                 date not null -- By when. [public]
  issued_by              text not null -- The commander who issued it, by name and post as on paper. [public]
  split_by               text -- How it was found: by hand, or by the population, cohort or need of the units. [public]
  at                     timestamp with time zone not null -- When it was entered. [public]
  above_reason           text -- Why it is above the people meant there; empty where it is not. [public]
  CHECK ((above_reason <> ''::text)) -- target_above_reason_check
  CHECK ((assigned_on <= due_on)) -- target_check
  CHECK ((batch <> ''::text)) -- target_batch_check
  CHECK ((split_by = ANY (ARRAY['hand'::text, 'population'::text, 'cohort'::text, 'need'::text, 'file'::text]))) -- target_split_by_check
  CHECK ((value >= 0)) -- target_value_check
  CHECK ((version > 0)) -- target_version_check
  FOREIGN KEY (campaign_id) REFERENCES campaign.campaign(id) -- target_campaign_id_fkey
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- target_unit_id_fkey
  PRIMARY KEY (campaign_id, unit_id, metric, batch, version) -- target_pkey
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION campaign.words_with(part text)
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with recursive known (word) as (
    (select n.word from register.name_word n order by n.word limit 1)
    union all
    select (select n.word from register.name_word n where n.word > k.word order by n.word limit 1)
    from known k where k.word is not null
  )
  select coalesce(array_agg(k.word), '{}') from known k
  where position((select w from regexp_split_to_table(part, ' ') w order by length(w) desc limit 1) in k.word) > 0
$function$


CREATE OR REPLACE FUNCTION cards.analyze_tables()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin analyze cards.card, cards.transition, cards.revocation; end $function$


table cards.batch (row security forced) -- Cards that are made together: here, or at a centre to which their orders go.
  id                     uuid not null -- The batch. [public]
  code                   text not null -- What people call it. [public]
  unit_id                uuid not null -- Who planned it. [public]
  maker                  text not null -- Made in this house, or at an outside centre. [public]
  state                  text not null -- open; ordered = its orders went out to the centre; closed = no card of it waits. [public]
  planned_by             text not null -- Who planned it. [personal]
  planned_at             timestamp with time zone not null -- When. [public]
  ordered_at             timestamp with time zone -- When its orders first went out. [public]
  file_sha256            text -- The SHA-256 of the manifest that went out last. [public]
  closed_at              timestamp with time zone -- When its last card was decided. [public]
  handed_up_at           timestamp with time zone -- When its orders were handed up to the national centre; empty where they went out as a file, or not yet. [public]
  CHECK (((handed_up_at IS NULL) OR (maker = 'centre'::text))) -- batch_check3
  CHECK (((ordered_at IS NULL) = (file_sha256 IS NULL))) -- batch_check1
  CHECK (((state <> 'ordered'::text) OR (maker = 'centre'::text))) -- batch_check
  CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))) -- batch_check2
  CHECK ((code <> ''::text)) -- batch_code_check
  CHECK ((maker = ANY (ARRAY['house'::text, 'centre'::text]))) -- batch_maker_check
  CHECK ((state = ANY (ARRAY['open'::text, 'ordered'::text, 'closed'::text]))) -- batch_state_check
  PRIMARY KEY (id) -- batch_pkey
  UNIQUE (code) -- batch_code_key
  UNIQUE (id, maker) -- batch_id_maker_key
  CREATE INDEX batch_by_unit ON cards.batch USING btree (unit_id, id)
  CREATE UNIQUE INDEX batch_code_key ON cards.batch USING btree (code)
  CREATE UNIQUE INDEX batch_id_maker_key ON cards.batch USING btree (id, maker)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table cards.batch_card (row security forced) -- The cards of a batch. A card waits in one batch at a time.
  person_id              uuid not null -- Whose. [personal]
  batch_id               uuid not null -- Which batch. [public]
  card_id                uuid not null -- Which card. [public]
  maker                  text not null -- The batch's maker. [public]
  state                  text not null -- waiting, made, rejected by the centre, or released: taken out or cancelled. [public]
  reason                 text -- Why it was rejected or released. [personal]
  ended_at               timestamp with time zone -- When it was decided. [public]
  CHECK (((state <> 'rejected'::text) OR (reason IS NOT NULL))) -- batch_card_check1
  CHECK (((state = 'waiting'::text) = (ended_at IS NULL))) -- batch_card_check
  CHECK ((state = ANY (ARRAY['waiting'::text, 'made'::text, 'rejected'::text, 'released'::text]))) -- batch_card_state_check
  FOREIGN KEY (batch_id, maker) REFERENCES cards.batch(id, maker) -- batch_card_batch_id_maker_fkey
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card_order(person_id, card_id) DEFERRABLE -- batch_card_person_id_card_id_fkey
  PRIMARY KEY (person_id, batch_id, card_id) -- batch_card_pkey
  CREATE INDEX batch_card_by_batch ON cards.batch_card USING btree (batch_id, state)
  CREATE INDEX batch_card_by_card ON cards.batch_card USING btree (card_id)
  CREATE UNIQUE INDEX one_open_batch_a_card ON cards.batch_card USING btree (person_id, card_id) WHERE (state = 'waiting'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = batch_card.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = batch_card.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = batch_card.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = batch_card.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION cards.batch_counts(asked uuid)
 RETURNS TABLE(cards integer, waiting integer, made integer, rejected integer, due_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*)::integer, count(*) filter (where l.state = 'waiting')::integer, count(*) filter (where l.state = 'made')::integer,
         count(*) filter (where l.state = 'rejected')::integer, min(o.due_on) filter (where l.state = 'waiting')
  from cards.batch_card l join cards.card_order o on o.person_id = l.person_id and o.card_id = l.card_id where l.batch_id = asked
$function$


table cards.blank (row security forced) -- A blank card, from the lot to its use: in stock, used by an attempt, spoiled, or missing since a count.
  lot_id                 uuid not null -- Of which lot. [public]
  place                  integer not null -- Which of it, from 1. [public]
  unit_id                uuid not null -- Whose lot. [public]
  lot_size               integer not null -- The lot's size. [public]
  before                 integer default NULLIF((place - 1), 0) -- The one before it, which must be there. [public]
  serial                 text -- Its serial; of lots without serials since it is used. [public]
  state                  text not null -- Where it is. [public]
  production_id          uuid -- In which attempt it was used. [public]
  stock_take_id          uuid -- Since which count it is missing. [public]
  reason                 text -- Why it was spoiled. [public]
  changed_by             text not null -- Who moved it last. [personal]
  changed_at             timestamp with time zone not null -- When. [public]
  CHECK (((place >= 1) AND (place <= lot_size))) -- blank_check
  CHECK (((production_id IS NULL) OR (serial IS NOT NULL))) -- blank_check3
  CHECK (((state <> 'spoiled'::text) OR (reason IS NOT NULL))) -- blank_check5
  CHECK (((state <> 'used'::text) OR (production_id IS NOT NULL))) -- blank_check1
  CHECK (((state = 'missing'::text) = (stock_take_id IS NOT NULL))) -- blank_check4
  CHECK (((state = ANY (ARRAY['used'::text, 'spoiled'::text])) OR (production_id IS NULL))) -- blank_check2
  CHECK ((serial <> ''::text)) -- blank_serial_check
  CHECK ((state = ANY (ARRAY['in-stock'::text, 'used'::text, 'spoiled'::text, 'missing'::text]))) -- blank_state_check
  FOREIGN KEY (lot_id, before) REFERENCES cards.blank(lot_id, place) -- blank_lot_id_before_fkey
  FOREIGN KEY (lot_id, lot_size) REFERENCES cards.blank_lot(id, size) -- blank_lot_id_lot_size_fkey
  FOREIGN KEY (serial, production_id) REFERENCES cards.serial_lookup(serial, production_id) DEFERRABLE INITIALLY DEFERRED -- blank_serial_production_id_fkey
  FOREIGN KEY (stock_take_id) REFERENCES cards.stock_take(id) -- blank_stock_take_id_fkey
  PRIMARY KEY (lot_id, place) -- blank_pkey
  UNIQUE (serial) -- blank_serial_key
  UNIQUE (serial, production_id) -- blank_serial_production_id_key
  CREATE INDEX blank_by_state ON cards.blank USING btree (lot_id, state, place)
  CREATE UNIQUE INDEX blank_serial_key ON cards.blank USING btree (serial)
  CREATE UNIQUE INDEX blank_serial_production_id_key ON cards.blank USING btree (serial, production_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table cards.blank_lot (row security forced) -- Blank cards that came together.
  id                     uuid not null -- The lot. [public]
  unit_id                uuid not null -- Who keeps it. [public]
  code                   text not null -- What is written on the delivery. [public]
  size                   integer not null -- How many came. [public]
  numbered               boolean not null -- Whether the blanks bear serials already; else each gets its own when it is used. [public]
  received_by            text not null -- Who took it in. [personal]
  received_on            date not null -- On which day. [public]
  received_at            timestamp with time zone not null -- When it was entered. [public]
  CHECK (((size >= 1) AND (size <= 20000))) -- blank_lot_size_check
  CHECK ((code <> ''::text)) -- blank_lot_code_check
  FOREIGN KEY (id, size) REFERENCES cards.blank(lot_id, place) DEFERRABLE INITIALLY DEFERRED -- lot_is_whole
  PRIMARY KEY (id) -- blank_lot_pkey
  UNIQUE (id, size) -- blank_lot_id_size_key
  UNIQUE (unit_id, code) -- blank_lot_unit_id_code_key
  CREATE UNIQUE INDEX blank_lot_id_size_key ON cards.blank_lot USING btree (id, size)
  CREATE UNIQUE INDEX blank_lot_unit_id_code_key ON cards.blank_lot USING btree (unit_id, code)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table cards.box (row security forced) -- A sealed box of cards on its way from a place to a place.
  id                     uuid not null -- The box. [public]
  code                   text not null -- What is written on it, and in its QR. [public]
  from_kind              text not null -- From a unit, a school, or an outside centre. [public]
  from_id                uuid -- Which one; empty for a centre. [public]
  to_kind                text not null -- To a unit or a school. [public]
  to_id                  uuid not null -- Which one. [public]
  unit_id                uuid not null -- The unit that answers for it: who packs it, or to whom the centre sent it. [public]
  seal                   text -- The number of the seal. [public]
  state                  text not null -- open, sealed, sent, received, counted. [public]
  intact                 boolean -- Whether the seal was whole when it came. [public]
  remark                 text -- What was seen of it, where it was not. [public]
  opened_at              timestamp with time zone not null -- Since when it is packed. [public]
  sealed_by              text -- Who sealed it. [personal]
  sealed_at              timestamp with time zone -- When. [public]
  sent_by                text -- Who sent it. [personal]
  sent_at                timestamp with time zone -- When. [public]
  received_by            text -- Who received it. [personal]
  received_at            timestamp with time zone -- When. [public]
  counted_by             text -- Who counted it. [personal]
  counted_at             timestamp with time zone -- When. [public]
  CHECK (((from_id IS NULL) OR (from_id <> to_id))) -- box_check1
  CHECK (((from_kind = 'centre'::text) = (from_id IS NULL))) -- box_check
  CHECK (((intact IS DISTINCT FROM false) OR (remark IS NOT NULL))) -- box_check6
  CHECK (((state = 'counted'::text) = (counted_at IS NOT NULL))) -- box_check4
  CHECK (((state = 'open'::text) OR (from_kind = 'centre'::text) OR ((seal IS NOT NULL) AND (sealed_at IS NOT NULL)))) -- box_check5
  CHECK (((state = ANY (ARRAY['open'::text, 'sealed'::text, 'sent'::text])) OR ((received_at IS NOT NULL) AND (intact IS NOT NULL)))) -- box_check3
  CHECK (((state = ANY (ARRAY['open'::text, 'sealed'::text])) OR (sent_at IS NOT NULL))) -- box_check2
  CHECK ((code <> ''::text)) -- box_code_check
  CHECK ((from_kind = ANY (ARRAY['unit'::text, 'school'::text, 'centre'::text]))) -- box_from_kind_check
  CHECK ((seal <> ''::text)) -- box_seal_check
  CHECK ((state = ANY (ARRAY['open'::text, 'sealed'::text, 'sent'::text, 'received'::text, 'counted'::text]))) -- box_state_check
  CHECK ((to_kind = ANY (ARRAY['unit'::text, 'school'::text]))) -- box_to_kind_check
  PRIMARY KEY (id) -- box_pkey
  UNIQUE (code) -- box_code_key
  CREATE INDEX box_from ON cards.box USING btree (from_id, id)
  CREATE INDEX box_to ON cards.box USING btree (to_id, id)
  CREATE UNIQUE INDEX box_code_key ON cards.box USING btree (code)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using ((( SELECT platform.person() AS person) IS NOT NULL) AND (EXISTS ( SELECT
   FROM cards.box_card b
  WHERE ((b.box_id = box.id) AND (b.person_id = ( SELECT platform.person() AS person))))))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (from_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (to_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (from_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (to_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table cards.box_card (row security forced) -- The cards of a box. One that is missing when the box is counted is a gap until it is found, or declared lost.
  person_id              uuid not null -- Whose. [personal]
  box_id                 uuid not null -- Which box. [public]
  card_id                uuid not null -- Which card. [public]
  state                  text not null -- in the box; present or missing when it was counted; found or lost afterwards. [public]
  put_by                 text not null -- Who put it in. [personal]
  put_at                 timestamp with time zone not null -- When. [public]
  ended_by               text -- Who counted it, found it or declared it lost. [personal]
  ended_at               timestamp with time zone -- When. [public]
  CHECK ((state = ANY (ARRAY['in'::text, 'present'::text, 'missing'::text, 'found'::text, 'lost'::text]))) -- box_card_state_check
  FOREIGN KEY (box_id) REFERENCES cards.box(id) -- box_card_box_id_fkey
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card(person_id, id) DEFERRABLE -- box_card_person_id_card_id_fkey
  PRIMARY KEY (person_id, box_id, card_id) -- box_card_pkey
  CREATE INDEX box_card_by_box ON cards.box_card USING btree (box_id, state)
  CREATE INDEX box_card_missing ON cards.box_card USING btree (box_id) WHERE (state = 'missing'::text)
  CREATE UNIQUE INDEX one_box_a_card ON cards.box_card USING btree (person_id, card_id) WHERE (state = ANY (ARRAY['in'::text, 'missing'::text]))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = box_card.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = box_card.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = box_card.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = box_card.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION cards.box_counts(asked uuid)
 RETURNS TABLE(cards integer, present integer, missing integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*)::integer, count(*) filter (where l.state in ('present', 'found'))::integer, count(*) filter (where l.state = 'missing')::integer
  from cards.box_card l where l.box_id = asked
$function$


CREATE OR REPLACE FUNCTION cards.boxes_with_gaps()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select distinct l.box_id from cards.box_card l where l.state = 'missing' $function$


table cards.cancellation (row security forced) -- An application for a card that came to nothing before the card was made; no path leads out of it either.
  person_id              uuid not null -- Whose. [personal]
  card_id                uuid not null -- Which card. [public]
  state                  text not null default 'cancelled'::text -- What the card is: cancelled, and nothing else. [public]
  code                   text not null -- Why: a code of the dated table of reasons. [personal]
  note                   text -- In words, where there is more to say. [personal]
  cancelled_on           date not null -- On which day. [public]
  cancelled_by           text not null -- By whom. [personal]
  at                     timestamp with time zone not null -- When it was entered. [public]
  CHECK ((code <> ''::text)) -- cancellation_code_check
  CHECK ((state = 'cancelled'::text)) -- cancellation_state_check
  FOREIGN KEY (person_id, card_id, state) REFERENCES cards.card(person_id, id, state) DEFERRABLE -- cancellation_person_id_card_id_state_fkey
  PRIMARY KEY (person_id, card_id) -- cancellation_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = cancellation.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = cancellation.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = cancellation.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = cancellation.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table cards.card (row security forced) -- A chip card, from the application to the end of its life.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The card. [public]
  serial                 text -- Printed on the back; differs from the document number, which repeats on re-issue. Empty before it is made. [personal]
  origin                 text not null -- Whether it was ordered here or came by an extract. [public]
  state                  text not null -- Where it is in its life. [public]
  issued_on              date -- The day printed on it. [personal]
  expires_on             date -- The last day of its term; empty = without term, or not made yet. [personal]
  state_on               date not null -- The day for which the state is known: an older extract never rolls it back. [public]
  changed_at             timestamp with time zone not null -- When the state last changed here. [public]
  revocation_of          uuid default
CASE
    WHEN (state = 'revoked'::text) THEN id
    ELSE NULL::uuid
END -- Itself, where it is revoked: its revocation must be there. [public]
  cancellation_of        uuid default
CASE
    WHEN (state = 'cancelled'::text) THEN id
    ELSE NULL::uuid
END -- Itself, where its application came to nothing: the cancellation must be there. [public]
  order_of               uuid default
CASE
    WHEN ((origin = 'issued'::text) AND (state <> ALL (ARRAY['applied'::text, 'cancelled'::text]))) THEN id
    ELSE NULL::uuid
END -- Itself, where it is issued here beyond the application: its order must be there. [public]
  made_of                uuid default
CASE
    WHEN ((origin = 'issued'::text) AND (state = ANY (ARRAY['produced'::text, 'at-unit'::text, 'handed-over'::text, 'blocked'::text, 'expired'::text]))) THEN id
    ELSE NULL::uuid
END -- Itself, where it is issued here and made: an attempt that passed must be there. [public]
  chip_id                text -- Which chip it has, as its maker told. [personal]
  CHECK (((issued_on IS NULL) OR (expires_on IS NULL) OR (issued_on < expires_on))) -- card_check
  CHECK (((serial IS NOT NULL) OR (state = ANY (ARRAY['applied'::text, 'approved'::text, 'cancelled'::text])))) -- made_card_has_serial
  CHECK ((chip_id ~ '^[0-9A-Z-]{4,64}$'::text)) -- card_chip_id_check
  CHECK ((origin = ANY (ARRAY['issued'::text, 'imported'::text]))) -- card_origin_check
  CHECK ((serial <> ''::text)) -- card_serial_check
  CHECK ((state = ANY (ARRAY['applied'::text, 'approved'::text, 'produced'::text, 'at-unit'::text, 'handed-over'::text, 'blocked'::text, 'revoked'::text, 'expired'::text, 'cancelled'::text]))) -- card_state_check
  FOREIGN KEY (person_id, cancellation_of) REFERENCES cards.cancellation(person_id, card_id) ON UPDATE RESTRICT ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED -- cancelled_card_has_cancellation
  FOREIGN KEY (person_id, made_of) REFERENCES cards.production(person_id, passed_card) ON UPDATE RESTRICT ON DELETE RESTRICT DEFERRABLE -- issued_card_was_made
  FOREIGN KEY (person_id, order_of) REFERENCES cards.card_order(person_id, card_id) ON UPDATE RESTRICT ON DELETE RESTRICT DEFERRABLE -- issued_card_has_order
  FOREIGN KEY (person_id, revocation_of) REFERENCES cards.revocation(person_id, card_id) ON UPDATE RESTRICT ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED -- revoked_card_has_revocation
  PRIMARY KEY (person_id, id) -- card_pkey
  UNIQUE (person_id, id, state) -- card_and_state
  CREATE INDEX card_blocked_or_expired ON cards.card USING btree (state, state_on, person_id, id) WHERE (state = ANY (ARRAY['blocked'::text, 'expired'::text]))
  CREATE INDEX card_by_end_of_term ON cards.card USING btree (expires_on, person_id, id) WHERE (state = 'handed-over'::text)
  CREATE INDEX card_by_id ON cards.card USING btree (id)
  CREATE INDEX card_by_serial ON cards.card USING btree (serial)
  CREATE INDEX card_coming ON cards.card USING btree (state, state_on, person_id, id) WHERE (state = ANY (ARRAY['approved'::text, 'produced'::text, 'at-unit'::text]))
  CREATE INDEX card_ended_here ON cards.card USING btree (person_id, id) WHERE ((origin = 'issued'::text) AND (state = ANY (ARRAY['revoked'::text, 'expired'::text])))
  CREATE UNIQUE INDEX card_and_state ON cards.card USING btree (person_id, id, state)
  CREATE UNIQUE INDEX one_card_a_serial_per_person ON cards.card USING btree (person_id, serial)
  CREATE UNIQUE INDEX one_card_in_force_per_person ON cards.card USING btree (person_id) WHERE (state = ANY (ARRAY['handed-over'::text, 'blocked'::text]))
  CREATE UNIQUE INDEX one_issued_on_its_way_per_person ON cards.card USING btree (person_id) WHERE ((origin = 'issued'::text) AND (state = ANY (ARRAY['applied'::text, 'approved'::text, 'produced'::text, 'at-unit'::text])))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = card.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = card.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = card.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = card.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table cards.card_order (row security forced) -- What is to be printed, frozen when the application was approved. Only added to.
  person_id              uuid not null -- Whose. [personal]
  card_id                uuid not null -- Which card. [public]
  application_id         uuid not null -- The approved application. [public]
  reprint_of             uuid -- The card that was lost before it reached its holder, where this one takes its place. [public]
  unit_id                uuid not null -- The unit that hands it over. [public]
  school_id              uuid -- At which school it was captured, where it was at one. [personal]
  due_on                 date not null -- The last day by law. [public]
  content                jsonb not null -- What the card says of its holder. [personal]
  portrait               bytea -- The portrait, JPEG; a child under six has none (LCC Art. 23). [personal]
  portrait_sha256        text -- Its SHA-256. [personal]
  signature              bytea -- The holder's signature as an image, where one was taken. [personal]
  signature_sha256       text -- Its SHA-256. [personal]
  captured_by            text not null -- Who captured. [personal]
  approved_by            text not null -- Who approved; never the same. [personal]
  approved_on            date not null -- On which day. [public]
  approved_at            timestamp with time zone not null -- When. [public]
  CHECK (((portrait IS NULL) = (portrait_sha256 IS NULL))) -- card_order_check
  CHECK (((signature IS NULL) = (signature_sha256 IS NULL))) -- card_order_check1
  CHECK ((approved_by <> ''::text)) -- card_order_approved_by_check
  CHECK ((captured_by <> ''::text)) -- card_order_captured_by_check
  CHECK ((captured_by <> approved_by)) -- captured_and_approved_by_two
  CHECK ((octet_length(portrait) > 0)) -- card_order_portrait_check
  CHECK ((portrait_sha256 ~ '^[0-9a-f]{64}$'::text)) -- card_order_portrait_sha256_check
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card(person_id, id) DEFERRABLE -- card_order_person_id_card_id_fkey
  FOREIGN KEY (person_id, reprint_of) REFERENCES cards.card_order(person_id, card_id) DEFERRABLE -- card_order_person_id_reprint_of_fkey
  PRIMARY KEY (person_id, card_id) -- card_order_pkey
  CREATE INDEX order_by_card ON cards.card_order USING btree (card_id)
  CREATE INDEX order_by_deadline ON cards.card_order USING btree (due_on, card_id)
  CREATE UNIQUE INDEX one_order_an_application ON cards.card_order USING btree (person_id, application_id) WHERE (reprint_of IS NULL)
  CREATE UNIQUE INDEX one_reprint_a_card ON cards.card_order USING btree (person_id, reprint_of) WHERE (reprint_of IS NOT NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = card_order.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = card_order.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = card_order.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = card_order.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table cards.chip_lookup (row security forced) -- Whose card a chip is in: a chip is in one card.
  chip_id                text not null -- The chip. [personal]
  person_id              uuid not null -- Whose. [personal]
  card_id                uuid not null -- In which card. [public]
  CHECK ((chip_id ~ '^[0-9A-Z-]{4,64}$'::text)) -- chip_lookup_chip_id_check
  PRIMARY KEY (chip_id) -- chip_lookup_pkey
  CREATE INDEX chip_by_person ON cards.chip_lookup USING btree (person_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = chip_lookup.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = chip_lookup.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = chip_lookup.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = chip_lookup.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table cards.chip_reading (row security forced) -- The chip of a card was read before an officer, to prove that the card lies there and is no copy.
  person_id              uuid not null -- Whose card. [personal]
  id                     uuid not null -- Which reading. [public]
  card_id                uuid not null -- Which card it was to be. [public]
  purpose                text not null -- What it was read for: hand-over, account-raised, account-activated or identity-checked. [public]
  unit_id                uuid -- In which unit the officer acted. [public]
  read_by                text not null -- The officer who had it read. [personal]
  begun_at               timestamp with time zone not null -- When it began. [public]
  ended_at               timestamp with time zone -- When its outcome was known; empty where it was never ended. [public]
  outcome                text -- What it found: original is the card itself, with a chip that proved its key. [public]
  checks                 jsonb -- Each check with its outcome, without what was read. [public]
  security_object        text -- SHA-256 of the security object (EF.SOD) that was read, in hexadecimal. [personal]
  proved_by              text -- By which authentication the chip proved its key. [public]
  key_group              text -- SHA-256 of the data group with the key that was proved, in hexadecimal. [personal]
  used_for               text -- The deed for which it was used up. [public]
  used_id                uuid -- On what that deed was done. [public]
  used_at                timestamp with time zone -- When. [public]
  CHECK ((((ended_at IS NULL) = (outcome IS NULL)) AND ((ended_at IS NULL) = (checks IS NULL)))) -- chip_reading_check
  CHECK ((((used_at IS NULL) = (used_for IS NULL)) AND ((used_at IS NULL) = (used_id IS NULL)))) -- chip_reading_check2
  CHECK (((NOT (outcome IS DISTINCT FROM 'original'::text)) = (proved_by IS NOT NULL))) -- chip_reading_check1
  CHECK (((used_at IS NULL) OR (outcome = 'original'::text))) -- chip_reading_check3
  CHECK ((key_group ~ '^[0-9a-f]{64}$'::text)) -- chip_reading_key_group_check
  CHECK ((outcome = ANY (ARRAY['original'::text, 'copy'::text, 'another-card'::text, 'signer-unknown'::text, 'not-genuine'::text, 'not-opened'::text, 'broken-off'::text]))) -- chip_reading_outcome_check
  CHECK ((proved_by = ANY (ARRAY['active-authentication'::text, 'chip-authentication'::text]))) -- chip_reading_proved_by_check
  CHECK ((purpose = ANY (ARRAY['hand-over'::text, 'account-raised'::text, 'account-activated'::text, 'identity-checked'::text]))) -- chip_reading_purpose_check
  CHECK ((security_object ~ '^[0-9a-f]{64}$'::text)) -- chip_reading_security_object_check
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card(person_id, id) -- chip_reading_person_id_card_id_fkey
  PRIMARY KEY (person_id, id) -- chip_reading_pkey
  CREATE INDEX chip_reading_against ON cards.chip_reading USING btree (person_id, card_id, ended_at DESC) WHERE (outcome = ANY (ARRAY['copy'::text, 'another-card'::text, 'not-genuine'::text]))
  CREATE INDEX chip_reading_by_id ON cards.chip_reading USING btree (id)
  CREATE INDEX chip_reading_of_card ON cards.chip_reading USING btree (person_id, card_id, ended_at DESC) WHERE (outcome = 'original'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = chip_reading.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = chip_reading.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = chip_reading.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = chip_reading.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table cards.counter -- The last number given to a batch, a box or a list of a unit in a year.
  unit_id                uuid not null -- The unit. [public]
  kind                   text not null -- Of what. [public]
  year                   smallint not null -- The year. [public]
  last                   integer not null -- The last number given. [public]
  CHECK ((kind = ANY (ARRAY['batch'::text, 'box'::text, 'list'::text]))) -- counter_kind_check
  CHECK ((last > 0)) -- counter_last_check
  PRIMARY KEY (unit_id, kind, year) -- counter_pkey
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table cards.destruction (row security forced) -- Old cards that two officers destroyed together.
  id                     uuid not null -- The batch. [public]
  unit_id                uuid not null -- At which unit. [public]
  cards                  integer not null -- How many. [public]
  destroyed_by           text not null -- Who. [personal]
  second_checker         text not null -- Who saw it. [personal]
  destroyed_on           date not null -- On which day. [public]
  at                     timestamp with time zone not null -- When it was entered. [public]
  CHECK ((cards > 0)) -- destruction_cards_check
  CHECK ((destroyed_by <> second_checker)) -- destruction_check
  PRIMARY KEY (id) -- destruction_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table cards.hand_over (row security forced) -- Into whose hands a card came, and how that is known. Only added to.
  person_id              uuid not null -- Whose card. [personal]
  card_id                uuid not null -- Which card. [public]
  unit_id                uuid -- Which unit handed it over. [public]
  to_kind                text not null -- To the holder, a representative, or by a teacher against a list. [public]
  to_person_id           uuid -- Who the representative is, where they are in the register. [personal]
  to_name                text -- Their name. [personal]
  relation               text -- What they are to the holder. [personal]
  evidence               text -- By which paper that was shown. [personal]
  list_id                uuid -- Against which list. [public]
  signature              bytea -- The signature as an image, where one was taken. [personal]
  handed_over_by         text not null -- Which officer. [personal]
  handed_over_on         date not null -- On which day. [public]
  at                     timestamp with time zone not null -- When. [public]
  chip_reading_id        uuid -- The reading of its chip before it was handed over; empty where none was made. [public]
  CHECK (((to_kind = 'representative'::text) = ((to_name IS NOT NULL) AND (relation IS NOT NULL) AND (evidence IS NOT NULL)))) -- hand_over_check
  CHECK (((to_kind = 'teacher'::text) = (list_id IS NOT NULL))) -- hand_over_check1
  CHECK ((to_kind = ANY (ARRAY['holder'::text, 'representative'::text, 'teacher'::text]))) -- hand_over_to_kind_check
  FOREIGN KEY (list_id) REFERENCES cards.hand_over_list(id) -- hand_over_list_id_fkey
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card(person_id, id) DEFERRABLE -- hand_over_person_id_card_id_fkey
  FOREIGN KEY (person_id, chip_reading_id) REFERENCES cards.chip_reading(person_id, id) DEFERRABLE -- hand_over_chip_reading_fkey
  FOREIGN KEY (person_id, list_id, card_id) REFERENCES cards.hand_over_line(person_id, list_id, card_id) DEFERRABLE -- hand_over_person_id_list_id_card_id_fkey
  PRIMARY KEY (person_id, card_id) -- hand_over_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = hand_over.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = hand_over.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = hand_over.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = hand_over.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table cards.hand_over_line (row security forced) -- The cards of a list.
  person_id              uuid not null -- Whose. [personal]
  list_id                uuid not null -- Which list. [public]
  card_id                uuid not null -- Which card. [public]
  outcome                text -- Handed over against a signature, or came back; empty = the list is out. [public]
  CHECK ((outcome = ANY (ARRAY['handed-over'::text, 'came-back'::text]))) -- hand_over_line_outcome_check
  FOREIGN KEY (list_id) REFERENCES cards.hand_over_list(id) -- hand_over_line_list_id_fkey
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card(person_id, id) DEFERRABLE -- hand_over_line_person_id_card_id_fkey
  PRIMARY KEY (person_id, list_id, card_id) -- hand_over_line_pkey
  CREATE INDEX hand_over_line_by_list ON cards.hand_over_line USING btree (list_id)
  CREATE UNIQUE INDEX one_open_list_a_card ON cards.hand_over_line USING btree (person_id, card_id) WHERE (outcome IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = hand_over_line.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = hand_over_line.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = hand_over_line.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = hand_over_line.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table cards.hand_over_list (row security forced) -- Cards that a teacher collects against a list, which pupils sign and the teacher brings back.
  id                     uuid not null -- The list. [public]
  code                   text not null -- What is written on it. [public]
  unit_id                uuid not null -- Which unit gave it. [public]
  school_id              uuid not null -- Of which school. [public]
  teacher_name           text not null -- Who collected. [personal]
  state                  text not null -- given, or returned with signatures. [public]
  given_by               text not null -- Which officer gave it out. [personal]
  given_on               date not null -- On which day. [public]
  given_at               timestamp with time zone not null -- When. [public]
  given_sheet            bytea -- The teacher's signature for the cards, as an image. [personal]
  returned_by            text -- Which officer took it back. [personal]
  returned_at            timestamp with time zone -- When. [public]
  sheet                  bytea -- The signed list as an image. [personal]
  sheet_sha256           text -- Its SHA-256. [public]
  CHECK (((sheet IS NULL) = (sheet_sha256 IS NULL))) -- hand_over_list_check2
  CHECK (((state = 'returned'::text) = (returned_at IS NOT NULL))) -- hand_over_list_check
  CHECK (((state = 'returned'::text) = (sheet IS NOT NULL))) -- hand_over_list_check1
  CHECK ((code <> ''::text)) -- hand_over_list_code_check
  CHECK ((state = ANY (ARRAY['given'::text, 'returned'::text]))) -- hand_over_list_state_check
  CHECK ((teacher_name <> ''::text)) -- hand_over_list_teacher_name_check
  PRIMARY KEY (id) -- hand_over_list_pkey
  UNIQUE (code) -- hand_over_list_code_key
  CREATE INDEX hand_over_list_by_unit ON cards.hand_over_list USING btree (unit_id, id)
  CREATE UNIQUE INDEX hand_over_list_code_key ON cards.hand_over_list USING btree (code)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION cards.list_counts(asked uuid)
 RETURNS TABLE(cards integer, handed_over integer, came_back integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*)::integer, count(*) filter (where n.outcome = 'handed-over')::integer, count(*) filter (where n.outcome = 'came-back')::integer
  from cards.hand_over_line n where n.list_id = asked
$function$


table cards.location (row security forced) -- Where a card was last known to lie; a box on its way says more.
  person_id              uuid not null -- Whose. [personal]
  card_id                uuid not null -- Which card. [public]
  kind                   text not null -- At the maker, at a unit, at a school, with whoever collected a list, with its holder; gone = an officer looked for it, and it lies nowhere here. [personal]
  place_id               uuid -- Which unit, school or list. [personal]
  since_on               date not null -- Since which day. [public]
  CHECK (((place_id IS NULL) = (kind = ANY (ARRAY['maker'::text, 'holder'::text, 'gone'::text])))) -- location_check
  CHECK ((kind = ANY (ARRAY['maker'::text, 'unit'::text, 'school'::text, 'list'::text, 'holder'::text, 'gone'::text]))) -- location_kind_check
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card(person_id, id) DEFERRABLE -- location_person_id_card_id_fkey
  PRIMARY KEY (person_id, card_id) -- location_pkey
  CREATE INDEX location_lying ON cards.location USING btree (person_id, card_id) WHERE (kind = ANY (ARRAY['maker'::text, 'unit'::text, 'school'::text, 'list'::text]))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = location.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = location.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = location.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = location.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table cards.order_finger (row security forced) -- The fingerprints that a card is made with, as they were captured.
  person_id              uuid not null -- Whose. [personal]
  card_id                uuid not null -- For which card. [public]
  finger                 text not null -- Which finger, as the capture names it. [personal]
  type                   text not null -- The media type of the image. [public]
  image                  bytea not null -- The image. [personal]
  sha256                 text not null -- Its SHA-256. [personal]
  CHECK ((finger <> ''::text)) -- order_finger_finger_check
  CHECK ((octet_length(image) > 0)) -- order_finger_image_check
  CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)) -- order_finger_sha256_check
  CHECK ((type <> ''::text)) -- order_finger_type_check
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card_order(person_id, card_id) DEFERRABLE -- order_finger_person_id_card_id_fkey
  PRIMARY KEY (person_id, card_id, finger) -- order_finger_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = order_finger.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = order_finger.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = order_finger.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = order_finger.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table cards.personalised_chip (row security forced) -- A chip for which the files were made and signed here, for one card.
  person_id              uuid not null -- Whose card. [personal]
  id                     uuid not null -- Which chip. [public]
  card_id                uuid not null -- Of which card. [public]
  batch_id               uuid not null -- In which batch. [public]
  issued_on              date not null -- The day of issue that stands on it. [public]
  security_object        text not null -- SHA-256 of its security object (EF.SOD), in hexadecimal. [public]
  signer_key_id          text not null -- The key that signed it. [public]
  made_by                text not null -- Who had it made. [personal]
  made_at                timestamp with time zone not null -- When. [public]
  spoiled_at             timestamp with time zone -- Since when it is good for nothing: its card was rejected or left its batch, or it was made anew. [public]
  spoiled_why            text -- Why: rejected, released or anew. [public]
  CHECK (((spoiled_at IS NULL) = (spoiled_why IS NULL))) -- personalised_chip_check
  CHECK ((security_object ~ '^[0-9a-f]{64}$'::text)) -- personalised_chip_security_object_check
  FOREIGN KEY (person_id, batch_id, card_id) REFERENCES cards.batch_card(person_id, batch_id, card_id) -- personalised_chip_person_id_batch_id_card_id_fkey
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card(person_id, id) -- personalised_chip_person_id_card_id_fkey
  PRIMARY KEY (person_id, id) -- personalised_chip_pkey
  CREATE UNIQUE INDEX one_chip_of_a_card ON cards.personalised_chip USING btree (person_id, card_id) WHERE (spoiled_at IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = personalised_chip.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = personalised_chip.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = personalised_chip.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = personalised_chip.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table cards.production (row security forced) -- An attempt to make a card. A card is produced by the attempt that passed.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The attempt. [public]
  card_id                uuid not null -- Which card. [public]
  attempt                smallint not null -- Which attempt, from 1. [public]
  batch_id               uuid not null -- In which batch. [public]
  maker                  text not null -- The batch's maker. [public]
  serial                 text -- On which blank, or the serial that the centre told. [personal]
  made_by                text not null -- Who made it; of a centre, who took its answer in. [personal]
  made_on                date not null -- The day of issue that is printed on it. [personal]
  made_at                timestamp with time zone not null -- When. [public]
  quality                text -- passed or rejected; empty = not looked at yet. [public]
  fault                  text -- Why it was rejected. [personal]
  checked_by             text -- Who looked at it; in this house never who made it. [personal]
  checked_at             timestamp with time zone -- When. [public]
  passed_card            uuid default
CASE
    WHEN (quality = 'passed'::text) THEN card_id
    ELSE NULL::uuid
END -- The card, where it passed: one attempt of a card at most. [public]
  house_serial           text default
CASE
    WHEN (maker = 'house'::text) THEN serial
    ELSE NULL::text
END -- The serial, where it is a blank of ours: it must be used by this attempt. [personal]
  CHECK ((((quality IS NULL) = (checked_at IS NULL)) AND ((quality IS NULL) = (checked_by IS NULL)))) -- production_check2
  CHECK (((NOT (quality IS DISTINCT FROM 'rejected'::text)) = (fault IS NOT NULL))) -- production_check3
  CHECK (((maker = 'centre'::text) OR (checked_by <> made_by))) -- made_and_checked_by_two
  CHECK (((maker = 'centre'::text) OR (serial IS NOT NULL))) -- production_check
  CHECK (((quality IS DISTINCT FROM 'passed'::text) OR (serial IS NOT NULL))) -- production_check1
  CHECK ((attempt > 0)) -- production_attempt_check
  CHECK ((quality = ANY (ARRAY['passed'::text, 'rejected'::text]))) -- production_quality_check
  FOREIGN KEY (batch_id, maker) REFERENCES cards.batch(id, maker) -- production_batch_id_maker_fkey
  FOREIGN KEY (house_serial, id) REFERENCES cards.blank(serial, production_id) -- production_house_serial_id_fkey
  FOREIGN KEY (person_id, batch_id, card_id) REFERENCES cards.batch_card(person_id, batch_id, card_id) DEFERRABLE -- production_person_id_batch_id_card_id_fkey
  FOREIGN KEY (serial, id) REFERENCES cards.serial_lookup(serial, production_id) DEFERRABLE -- production_serial_id_fkey
  PRIMARY KEY (person_id, id) -- production_pkey
  UNIQUE (person_id, card_id, attempt) -- production_person_id_card_id_attempt_key
  UNIQUE (person_id, passed_card) -- production_person_id_passed_card_key
  CREATE INDEX production_by_batch ON cards.production USING btree (batch_id, card_id)
  CREATE INDEX production_by_id ON cards.production USING btree (id)
  CREATE UNIQUE INDEX production_person_id_card_id_attempt_key ON cards.production USING btree (person_id, card_id, attempt)
  CREATE UNIQUE INDEX production_person_id_passed_card_key ON cards.production USING btree (person_id, passed_card)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = production.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = production.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = production.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = production.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

view cards.published_card -- The cards of a person and where each is; of those ordered here, by which application and until when.
  person_id              uuid
  id                     uuid
  serial                 text
  state                  text
  issued_on              date
  expires_on             date
  state_on               date
  application_id         uuid
  due_on                 date
  origin                 text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT c.person_id,
    c.id,
    c.serial,
    c.state,
    c.issued_on,
    c.expires_on,
    c.state_on,
    o.application_id,
    o.due_on,
    c.origin
   FROM (cards.card c
     LEFT JOIN cards.card_order o ON (((o.person_id = c.person_id) AND (o.card_id = c.id))));

view cards.published_chip_finding -- The last reading of a card's chip, where it found a copy, another card or changed files.
  person_id              uuid -- Whose card. [personal]
  card_id                uuid -- Which card it was to be. [public]
  unit_id                uuid -- In which unit it was read. [public]
  outcome                text -- copy, another-card or not-genuine. [public]
  ended_at               timestamp with time zone -- When. [public]
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    card_id,
    unit_id,
    outcome,
    ended_at
   FROM cards.chip_reading r
  WHERE ((outcome = ANY (ARRAY['copy'::text, 'another-card'::text, 'not-genuine'::text])) AND (NOT (EXISTS ( SELECT
           FROM cards.chip_reading l
          WHERE ((l.person_id = r.person_id) AND (l.card_id = r.card_id) AND (l.ended_at > r.ended_at) AND (l.outcome = ANY (ARRAY['copy'::text, 'another-card'::text, 'not-genuine'::text, 'original'::text])))))));

view cards.published_chip_reading -- When the chip of a card was last read as the card itself.
  person_id              uuid -- Whose card. [personal]
  card_id                uuid -- Which card. [public]
  read_at                timestamp with time zone -- When. [public]
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    card_id,
    max(ended_at) AS read_at
   FROM cards.chip_reading r
  WHERE (outcome = 'original'::text)
  GROUP BY person_id, card_id;

view cards.published_ended -- Cards that ended before their holders had them and lie here still, with the unit that must take each in for destruction.
  person_id              uuid
  card_id                uuid
  serial                 text
  state                  text
  since_on               date
  application_id         uuid
  due_on                 date
  school_id              uuid
  box_id                 uuid
  box_code               text
  line_state             text
  place_kind             text
  place_id               uuid
  unit_id                uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 WITH here AS (
         SELECT l_1.person_id,
            l_1.card_id
           FROM cards.location l_1
          WHERE (l_1.kind = ANY (ARRAY['maker'::text, 'unit'::text, 'school'::text, 'list'::text]))
        UNION
         SELECT k_1.person_id,
            k_1.card_id
           FROM cards.box_card k_1
          WHERE (k_1.state = ANY (ARRAY['in'::text, 'missing'::text]))
        UNION
         SELECT c_1.person_id,
            c_1.id
           FROM cards.card c_1
          WHERE ((c_1.origin = 'issued'::text) AND (c_1.state = ANY (ARRAY['revoked'::text, 'expired'::text])) AND (EXISTS ( SELECT
                   FROM cards.production p_1
                  WHERE ((p_1.person_id = c_1.person_id) AND (p_1.passed_card = c_1.id)))) AND (NOT (EXISTS ( SELECT
                   FROM cards.location l_1
                  WHERE ((l_1.person_id = c_1.person_id) AND (l_1.card_id = c_1.id))))))
        )
 SELECT c.person_id,
    c.id AS card_id,
    c.serial,
    c.state,
    c.state_on AS since_on,
    o.application_id,
    o.due_on,
    o.school_id,
    x.id AS box_id,
    x.code AS box_code,
    k.state AS line_state,
        CASE
            WHEN (x.id IS NOT NULL) THEN 'box'::text
            ELSE COALESCE(l.kind, 'maker'::text)
        END AS place_kind,
        CASE
            WHEN (x.id IS NOT NULL) THEN
            CASE
                WHEN (x.state = ANY (ARRAY['open'::text, 'sealed'::text])) THEN COALESCE(x.from_id, x.unit_id)
                ELSE x.to_id
            END
            WHEN (l.kind IS NULL) THEN COALESCE(m.unit_id, o.unit_id)
            ELSE COALESCE(l.place_id, o.unit_id)
        END AS place_id,
    COALESCE(
        CASE
            WHEN (x.id IS NOT NULL) THEN
            CASE
                WHEN ((x.state = ANY (ARRAY['open'::text, 'sealed'::text])) OR (x.to_kind = 'school'::text)) THEN x.unit_id
                ELSE x.to_id
            END
            WHEN (l.kind = 'unit'::text) THEN l.place_id
            WHEN (l.kind = 'list'::text) THEN g.unit_id
            WHEN (l.kind IS NULL) THEN m.unit_id
            ELSE NULL::uuid
        END, o.unit_id) AS unit_id
   FROM ((((((((here h
     JOIN cards.card c ON (((c.person_id = h.person_id) AND (c.id = h.card_id))))
     LEFT JOIN cards.card_order o ON (((o.person_id = c.person_id) AND (o.card_id = c.id))))
     LEFT JOIN cards.box_card k ON (((k.person_id = c.person_id) AND (k.card_id = c.id) AND (k.state = ANY (ARRAY['in'::text, 'missing'::text])))))
     LEFT JOIN cards.box x ON ((x.id = k.box_id)))
     LEFT JOIN cards.location l ON (((l.person_id = c.person_id) AND (l.card_id = c.id))))
     LEFT JOIN cards.hand_over_list g ON (((l.kind = 'list'::text) AND (g.id = l.place_id))))
     LEFT JOIN cards.production p ON (((p.person_id = c.person_id) AND (p.passed_card = c.id))))
     LEFT JOIN cards.batch m ON ((m.id = p.batch_id)))
  WHERE ((c.state = ANY (ARRAY['revoked'::text, 'expired'::text])) AND (NOT (EXISTS ( SELECT
           FROM cards.transition w
          WHERE ((w.person_id = c.person_id) AND (w.card_id = c.id) AND (w.state = ANY (ARRAY['handed-over'::text, 'blocked'::text])))))) AND (NOT (EXISTS ( SELECT
           FROM cards.taken_in t
          WHERE ((t.person_id = c.person_id) AND (t.card_id = c.id))))) AND (NOT (EXISTS ( SELECT
           FROM cards.taken_in t
          WHERE ((t.person_id = c.person_id) AND (t.number = c.serial))))) AND (NOT (EXISTS ( SELECT
           FROM cards.box_card q
          WHERE ((q.person_id = c.person_id) AND (q.card_id = c.id) AND (q.state = 'lost'::text))))) AND (NOT (EXISTS ( SELECT
           FROM cards.withholding w
          WHERE ((w.person_id = c.person_id) AND (w.card_id = c.id) AND (w.given_back_on IS NULL))))));

view cards.published_order -- Orders of cards: by which application, until when, for which unit.
  person_id              uuid
  card_id                uuid
  application_id         uuid
  reprint_of             uuid
  unit_id                uuid
  school_id              uuid
  due_on                 date
  approved_on            date
  approved_at            timestamp with time zone
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    card_id,
    application_id,
    reprint_of,
    unit_id,
    school_id,
    due_on,
    approved_on,
    approved_at
   FROM cards.card_order;

view cards.published_owed -- Holders whose card ended by no fault of theirs and for whom none is on its way, with the unit that must act.
  person_id              uuid
  card_id                uuid
  code                   text
  since_on               date
  application_id         uuid
  unit_id                uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT r.person_id,
    r.card_id,
    r.code,
    r.revoked_on AS since_on,
    o.application_id,
    COALESCE(o.unit_id, d.unit_id) AS unit_id
   FROM ((cards.revocation r
     LEFT JOIN cards.card_order o ON (((o.person_id = r.person_id) AND (o.card_id = r.card_id))))
     LEFT JOIN register.published_residence d ON (((d.person_id = r.person_id) AND (d.kind = 'permanent'::text) AND (d.to_on IS NULL))))
  WHERE (((r.code = ANY (ARRAY['misprinted'::text, 'lost-in-transit'::text])) OR ((r.code = 'damaged'::text) AND (NOT (EXISTS ( SELECT
           FROM cards.transition m
          WHERE ((m.person_id = r.person_id) AND (m.card_id = r.card_id) AND (m.state = ANY (ARRAY['handed-over'::text, 'blocked'::text])))))))) AND (NOT (EXISTS ( SELECT
           FROM cards.card c
          WHERE ((c.person_id = r.person_id) AND (c.id <> r.card_id) AND ((c.state = ANY (ARRAY['applied'::text, 'approved'::text, 'produced'::text, 'at-unit'::text])) OR ((c.state = ANY (ARRAY['handed-over'::text, 'blocked'::text, 'expired'::text])) AND (c.state_on >= r.revoked_on)) OR ((c.state = 'revoked'::text) AND (c.state_on > r.revoked_on))))))) AND (NOT (EXISTS ( SELECT
           FROM register.published_birth b
          WHERE ((b.person_id = r.person_id) AND (b.life_status = 'dead'::text))))));

view cards.published_transition -- The states that cards went through.
  person_id              uuid
  card_id                uuid
  state                  text
  on_day                 date
  at                     timestamp with time zone
  since_on               date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    card_id,
    state,
    on_day,
    at,
    since_on
   FROM cards.transition;

view cards.published_unexpected_card -- Cards that lay in a box, are on no list and for which nobody has acted yet.
  id                     uuid
  unit_id                uuid
  box_id                 uuid
  card_id                uuid
  counted_at             timestamp with time zone
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT s.id,
    s.unit_id,
    s.box_id,
    s.card_id,
    b.counted_at
   FROM (cards.unexpected_card s
     JOIN cards.box b ON ((b.id = s.box_id)))
  WHERE ((s.outcome IS NULL) AND (b.counted_at IS NOT NULL));

view cards.published_whereabouts -- Where each card is and since when: approved and not made, made and not received, received and not handed over.
  person_id              uuid
  card_id                uuid
  state                  text
  since_on               date
  application_id         uuid
  unit_id                uuid
  school_id              uuid
  due_on                 date
  batch_id               uuid
  box_id                 uuid
  box_state              text
  box_to_school          boolean
  place_kind             text
  place_id               uuid
  place_since_on         date
  withheld_on            date
  origin                 text
  issued_on              date
  box_stage              text
  box_sender_id          uuid
  box_to_id              uuid
  batch_unit_id          uuid
  list_school_id         uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT c.person_id,
    c.id AS card_id,
    c.state,
    c.state_on AS since_on,
    o.application_id,
    o.unit_id,
    o.school_id,
    o.due_on,
    b.batch_id,
    x.box_id,
    x.state AS box_state,
    x.to_school AS box_to_school,
    l.kind AS place_kind,
    l.place_id,
    l.since_on AS place_since_on,
    w.withheld_on,
    c.origin,
    c.issued_on,
    x.box_stage,
    x.box_sender_id,
    x.box_to_id,
    m.unit_id AS batch_unit_id,
    v.school_id AS list_school_id
   FROM (((((((cards.card c
     LEFT JOIN cards.card_order o ON (((o.person_id = c.person_id) AND (o.card_id = c.id))))
     LEFT JOIN cards.batch_card b ON (((b.person_id = c.person_id) AND (b.card_id = c.id) AND (b.state = 'waiting'::text))))
     LEFT JOIN cards.batch m ON ((m.id = b.batch_id)))
     LEFT JOIN LATERAL ( SELECT k.box_id,
            k.state,
            (h.to_kind = 'school'::text) AS to_school,
            h.state AS box_stage,
                CASE h.from_kind
                    WHEN 'unit'::text THEN h.from_id
                    ELSE h.unit_id
                END AS box_sender_id,
            h.to_id AS box_to_id
           FROM (cards.box_card k
             JOIN cards.box h ON ((h.id = k.box_id)))
          WHERE ((k.person_id = c.person_id) AND (k.card_id = c.id) AND (k.state = ANY (ARRAY['in'::text, 'missing'::text])))) x ON (true))
     LEFT JOIN cards.location l ON (((l.person_id = c.person_id) AND (l.card_id = c.id))))
     LEFT JOIN cards.hand_over_list v ON (((l.kind = 'list'::text) AND (v.id = l.place_id))))
     LEFT JOIN cards.withholding w ON (((w.person_id = c.person_id) AND (w.card_id = c.id) AND (w.given_back_on IS NULL))));

table cards.revocation (row security forced) -- The end of a card. As long as it stands the card cannot be anything but revoked, and it cannot go as long as the card is.
  person_id              uuid not null -- Whose. [personal]
  card_id                uuid not null -- Which card. [public]
  state                  text not null default 'revoked'::text -- What the card is: revoked, and nothing else. [public]
  code                   text not null -- Why: a code of the dated table of reasons. [personal]
  note                   text -- In words, where there is more to say. [personal]
  revoked_on             date not null -- On which day. [public]
  revoked_by             text not null -- By whom; an extract names itself. [personal]
  at                     timestamp with time zone not null -- When it was entered. [public]
  CHECK ((code <> ''::text)) -- revocation_code_check
  CHECK ((state = 'revoked'::text)) -- revocation_state_check
  FOREIGN KEY (person_id, card_id, state) REFERENCES cards.card(person_id, id, state) DEFERRABLE -- revocation_person_id_card_id_state_fkey
  PRIMARY KEY (person_id, card_id) -- revocation_pkey
  CREATE INDEX revocation_owed ON cards.revocation USING btree (person_id, card_id) WHERE (code = ANY (ARRAY['misprinted'::text, 'lost-in-transit'::text, 'damaged'::text]))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = revocation.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = revocation.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = revocation.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = revocation.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table cards.serial_lookup (row security forced) -- Whose card a serial was used for, by us or by a centre for us: a serial is used once.
  serial                 text not null -- The serial. [personal]
  person_id              uuid not null -- Whose. [personal]
  card_id                uuid not null -- For which card. [public]
  production_id          uuid not null -- In which attempt. [public]
  CHECK ((serial <> ''::text)) -- serial_lookup_serial_check
  PRIMARY KEY (serial) -- serial_lookup_pkey
  UNIQUE (serial, production_id) -- serial_lookup_serial_production_id_key
  CREATE INDEX serial_by_person ON cards.serial_lookup USING btree (person_id)
  CREATE UNIQUE INDEX serial_lookup_serial_production_id_key ON cards.serial_lookup USING btree (serial, production_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = serial_lookup.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = serial_lookup.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = serial_lookup.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = serial_lookup.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table cards.stock_take (row security forced) -- A count of the blanks of a lot by two officers, and why it differs from the books.
  id                     uuid not null -- The count. [public]
  lot_id                 uuid not null -- Of which lot. [public]
  unit_id                uuid not null -- Whose lot. [public]
  expected               integer not null -- How many the books said. [public]
  counted                integer not null -- How many there were. [public]
  reason                 text -- Why they differ. [public]
  taken_by               text not null -- Who counted. [personal]
  second_checker         text not null -- Who counted with them. [personal]
  taken_on               date not null -- On which day. [public]
  at                     timestamp with time zone not null -- When it was entered. [public]
  CHECK (((expected = counted) OR (reason IS NOT NULL))) -- stock_take_check1
  CHECK ((counted >= 0)) -- stock_take_counted_check
  CHECK ((expected >= 0)) -- stock_take_expected_check
  CHECK ((taken_by <> second_checker)) -- stock_take_check
  FOREIGN KEY (lot_id) REFERENCES cards.blank_lot(id) -- stock_take_lot_id_fkey
  PRIMARY KEY (id) -- stock_take_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table cards.taken_in (row security forced) -- An old card that was taken in for a new one, until it is destroyed.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- Which one. [public]
  kind                   text not null -- An identity card of nine digits, a card of 2021 or one of 2024. [personal]
  number                 text not null -- Its serial; of an identity card of nine digits its number. [personal]
  card_id                uuid -- Which card it is, where it is known here. [public]
  unit_id                uuid not null -- Where it lies. [public]
  taken_by               text not null -- Who took it in. [personal]
  taken_on               date not null -- On which day. [public]
  at                     timestamp with time zone not null -- When it was entered. [public]
  destruction_id         uuid -- With which batch it was destroyed. [public]
  CHECK ((kind = ANY (ARRAY['cmnd9'::text, 'cccd'::text, 'can-cuoc'::text]))) -- taken_in_kind_check
  CHECK ((number <> ''::text)) -- taken_in_number_check
  FOREIGN KEY (destruction_id) REFERENCES cards.destruction(id) -- taken_in_destruction_id_fkey
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card(person_id, id) DEFERRABLE -- taken_in_person_id_card_id_fkey
  PRIMARY KEY (person_id, id) -- taken_in_pkey
  UNIQUE (person_id, kind, number) -- taken_in_person_id_kind_number_key
  CREATE INDEX taken_in_by_card ON cards.taken_in USING btree (person_id, card_id) WHERE (card_id IS NOT NULL)
  CREATE INDEX taken_in_here ON cards.taken_in USING btree (unit_id, taken_on) WHERE (destruction_id IS NULL)
  CREATE UNIQUE INDEX taken_in_person_id_kind_number_key ON cards.taken_in USING btree (person_id, kind, number)
  policy held for all to dinhdanh_app using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) with check (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = taken_in.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = taken_in.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = taken_in.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = taken_in.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table cards.transition (row security forced) -- The states that a card went through, as they became known.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The transition. [public]
  card_id                uuid not null -- Which card. [public]
  state                  text not null -- The state it came to. [public]
  on_day                 date not null -- The day for which it is known. [public]
  at                     timestamp with time zone not null -- When it became known here. [public]
  since_on               date -- Since which day it is so, where the report says; empty = it does not say. [public]
  PRIMARY KEY (person_id, id) -- transition_pkey
  CREATE INDEX transition_at ON cards.transition USING brin (at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = transition.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = transition.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = transition.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = transition.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table cards.unexpected_card (row security forced) -- A card that lay in a box and is not on its list.
  box_id                 uuid not null -- Which box. [public]
  serial                 text not null -- The serial that was scanned. [personal]
  unit_id                uuid not null -- The unit that counted. [public]
  card_id                uuid -- Which card it is, where it is known. [public]
  id                     uuid not null default gen_random_uuid() -- The find. [public]
  outcome                text -- found = the card was taken in where it lies; sent-back = it went back to who packed the box; misread = no such card lay there; empty = nobody has acted. [public]
  note                   text -- In words, what was done. [personal]
  settled_by             text -- Who acted. [personal]
  settled_at             timestamp with time zone -- When. [public]
  CHECK ((((outcome IS NULL) = (settled_at IS NULL)) AND ((outcome IS NULL) = (settled_by IS NULL)))) -- settled_whole
  CHECK ((outcome = ANY (ARRAY['found'::text, 'sent-back'::text, 'misread'::text]))) -- unexpected_card_outcome_check
  CHECK ((serial <> ''::text)) -- unexpected_card_serial_check
  FOREIGN KEY (box_id) REFERENCES cards.box(id) -- unexpected_card_box_id_fkey
  PRIMARY KEY (box_id, serial) -- unexpected_card_pkey
  UNIQUE (id) -- unexpected_card_by_id
  CREATE INDEX unexpected_card_open ON cards.unexpected_card USING btree (serial) WHERE (outcome IS NULL)
  CREATE UNIQUE INDEX unexpected_card_by_id ON cards.unexpected_card USING btree (id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table cards.withholding (row security forced) -- A card that an authority keeps for a while (LCC Art. 29), until it is given back.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- Which time. [public]
  card_id                uuid not null -- Which card. [public]
  code                   text not null -- Why: a code of the dated table of reasons. [personal]
  authority              text not null -- Who keeps it. [personal]
  note                   text -- In words, where there is more to say. [personal]
  withheld_by            text not null -- Who entered it. [personal]
  withheld_on            date not null -- Since which day. [personal]
  at                     timestamp with time zone not null -- When it was entered. [public]
  given_back_by          text -- Who entered that it was given back. [personal]
  given_back_on          date -- On which day; empty = it is withheld. [personal]
  CHECK (((given_back_by IS NULL) = (given_back_on IS NULL))) -- withholding_check
  CHECK ((authority <> ''::text)) -- withholding_authority_check
  CHECK ((code <> ''::text)) -- withholding_code_check
  FOREIGN KEY (person_id, card_id) REFERENCES cards.card(person_id, id) DEFERRABLE -- withholding_person_id_card_id_fkey
  PRIMARY KEY (person_id, id) -- withholding_pkey
  CREATE UNIQUE INDEX withheld_once_at_a_time ON cards.withholding USING btree (person_id, card_id) WHERE (given_back_on IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = withholding.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = withholding.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = withholding.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = withholding.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION classes.classes_in_part()
 RETURNS TABLE(school_id uuid, school_year text, class text, roll_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 2
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
  select c.school_id, c.school_year, c.class, l.id
  from (
    select h.school_id, h.school_year, h.class from classes.homeroom h
    where h.ended_on is null and h.appointment_id = any (platform.parts())
    union all
    select k.school_id, k.school_year, k.class from classes.linked_class k
    join access_links.link n on n.subject_id = k.id and n.kind = 'class'
    where n.id = any (platform.parts()) and n.ended_at is null and n.until_at > now()
  ) c
  left join rolls.roll l on l.school_id = c.school_id and l.school_year = c.school_year and l.kind = 'pupils'
    and l.in_force;
end
$function$


table classes.homeroom (row security forced) -- Who is homeroom teacher of a class in a school year, as the school named them.
  id                     uuid not null -- The naming. [public]
  school_id              uuid not null -- Of which school. [public]
  school_year            text not null -- As 2022-2023. [public]
  class                  text not null -- The class, as the roll writes it. [public]
  appointment_id         uuid not null -- By which appointment the teacher works: what the class shows is tied to it. [public]
  officer_id             uuid not null -- The teacher. [personal]
  named_on               date not null -- On which day of the house. [public]
  named_by               text not null -- Who of the school named them. [personal]
  ended_on               date -- Since which day they are no more; empty while they are. [public]
  ended_by               text -- Who ended it. [personal]
  CHECK (((ended_on IS NULL) = (ended_by IS NULL))) -- homeroom_check
  CHECK ((class <> ''::text)) -- homeroom_class_check
  CHECK ((ended_by <> ''::text)) -- homeroom_ended_by_check
  CHECK ((school_year ~ '^\d{4}-\d{4}$'::text)) -- homeroom_school_year_check
  FOREIGN KEY (school_id) REFERENCES units.school(id) -- homeroom_school_id_fkey
  PRIMARY KEY (id) -- homeroom_pkey
  CREATE INDEX homeroom_by_appointment ON classes.homeroom USING btree (appointment_id) WHERE (ended_on IS NULL)
  CREATE UNIQUE INDEX one_homeroom_a_class ON classes.homeroom USING btree (school_id, school_year, class) WHERE (ended_on IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using ((ended_on IS NULL) AND (appointment_id = ANY (( SELECT platform.parts() AS parts)::uuid[])))
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR ((school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) AND (EXISTS ( SELECT
   FROM staff.appointment a
  WHERE ((a.id = homeroom.appointment_id) AND (a.officer_id = homeroom.officer_id) AND (a.school_id = homeroom.school_id) AND (a.role = 'homeroom-teacher'::text))))))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table classes.linked_class (row security forced) -- A class for which a link was ever issued: what such a link opens.
  id                     uuid not null -- The class, as links name it. [public]
  school_id              uuid not null -- Of which school. [public]
  school_year            text not null -- As 2022-2023. [public]
  class                  text not null -- The class, as the roll writes it. [public]
  CHECK ((class <> ''::text)) -- linked_class_class_check
  CHECK ((school_year ~ '^\d{4}-\d{4}$'::text)) -- linked_class_school_year_check
  FOREIGN KEY (school_id) REFERENCES units.school(id) -- linked_class_school_id_fkey
  PRIMARY KEY (id) -- linked_class_pkey
  UNIQUE (school_id, school_year, class) -- linked_class_school_id_school_year_class_key
  CREATE UNIQUE INDEX linked_class_school_id_school_year_class_key ON classes.linked_class USING btree (school_id, school_year, class)
  policy link for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (EXISTS ( SELECT
   FROM access_links.link l
  WHERE ((l.id = ANY (platform.parts())) AND (l.kind = 'class'::text) AND (l.subject_id = linked_class.id)))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table classes.message_setting (row security forced) -- What a school decided about the text that its teachers copy for the group of a class.
  school_id              uuid not null -- Which school. [public]
  names                  boolean not null -- Whether pupils are named. [public]
  set_by                 text not null -- Who decided. [personal]
  set_at                 timestamp with time zone not null -- When. [public]
  FOREIGN KEY (school_id) REFERENCES units.school(id) -- message_setting_school_id_fkey
  PRIMARY KEY (school_id) -- message_setting_pkey
  policy homeroom for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (EXISTS ( SELECT
   FROM classes.classes_in_part() c(school_id, school_year, class, roll_id)
  WHERE (c.school_id = message_setting.school_id))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table classes.result (row security forced) -- What a homeroom teacher said of a pupil: the family was told, moved away, has another phone.
  row_id                 uuid not null -- The pupil's entry, the same on the next roll. [public]
  id                     uuid not null -- The result; the last one that was not taken back counts. [public]
  school_id              uuid not null -- Of which school. [public]
  school_year            text not null -- As 2022-2023. [public]
  class                  text not null -- In which class the pupil was then. [public]
  outcome                text not null -- told-parents, will-come, done, absent, moved, wrong-phone, or other, which the note says. [personal]
  will_come_on           date -- On which day the family will come, where it said so. [personal]
  note                   text -- What the teacher adds; no number. [personal]
  on_day                 date not null -- On which day of the house. [public]
  by_id                  text not null -- Who said so: the teacher, or the link of the class. [personal]
  at                     timestamp with time zone not null -- When. [public]
  taken_back_at          timestamp with time zone -- Since when it counts no more. [public]
  CHECK (((outcome <> 'other'::text) OR (note IS NOT NULL))) -- result_other_says_what
  CHECK (((outcome = 'will-come'::text) = (will_come_on IS NOT NULL))) -- result_check
  CHECK ((class <> ''::text)) -- result_class_check
  CHECK ((note <> ''::text)) -- result_note_check
  CHECK ((outcome = ANY (ARRAY['told-parents'::text, 'will-come'::text, 'done'::text, 'absent'::text, 'moved'::text, 'wrong-phone'::text, 'other'::text]))) -- result_outcome_check
  CHECK ((school_year ~ '^\d{4}-\d{4}$'::text)) -- result_school_year_check
  FOREIGN KEY (school_id) REFERENCES units.school(id) -- result_school_id_fkey
  PRIMARY KEY (row_id, id) -- result_pkey
  CREATE INDEX result_by_school ON classes.result USING btree (school_id, school_year, class) WHERE (taken_back_at IS NULL)
  CREATE INDEX result_by_speaker ON classes.result USING btree (by_id, at)
  policy homeroom for all to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (EXISTS ( SELECT
   FROM classes.classes_in_part() c(school_id, school_year, class, roll_id)
  WHERE ((c.school_id = result.school_id) AND (c.school_year = result.school_year) AND (c.class = result.class))))) with check (( SELECT (cardinality(platform.parts()) > 0)) AND (EXISTS ( SELECT
   FROM classes.rows_in_part() r(roll_id, place, id, person_id, school_id, school_year, class)
  WHERE ((r.id = result.row_id) AND (r.school_id = result.school_id) AND (r.school_year = result.school_year) AND (r.class = result.class)))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own_of_link for update to dinhdanh_app using ((NOT (( SELECT platform.actor() AS actor) = ANY ((( SELECT platform.parts() AS parts))::text[]))) OR (by_id = ( SELECT platform.actor() AS actor)))
  policy school for select to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION classes.rows_in_part()
 RETURNS TABLE(roll_id uuid, place integer, id uuid, person_id uuid, school_id uuid, school_year text, class text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 40
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
  select r.roll_id, r.place, r.id, r.person_id, r.school_id, c.school_year, r.class
  from classes.classes_in_part() c join rolls.row r on r.roll_id = c.roll_id and r.school_id = c.school_id
    and r.class = c.class
  where r.left_on is null;
end
$function$


table data_protection.breach (row security forced) -- A breach of the protection of personal data, from its discovery to the end of what was done.
  id                     uuid not null -- The breach. [public]
  unit_id                uuid not null -- The unit that records it. [public]
  what                   text not null -- What happened, and by whom as far as it is known. [personal]
  place                  text not null -- Where it happened: a place, a device, a system. [personal]
  happened_at            timestamp with time zone not null -- When it happened, as far as it is known. [public]
  discovered_at          timestamp with time zone not null -- When it was discovered. [public]
  data_kinds             text[] not null -- Which kinds of data, by code. [public]
  people                 integer not null -- How many people it concerns. [public]
  people_known           boolean not null -- Whether that is counted, or estimated. [public]
  harm                   text not null -- What harm there is or may be. [personal]
  measures               text not null -- What is done against it. [personal]
  must_notify            boolean not null -- Whether the law of the day asks for a notice to the authority. [public]
  why_not                text -- Why none is asked for. [personal]
  notify_by              timestamp with time zone not null -- The last moment of the notice to the authority. [public]
  recorded_by            text not null -- Who recorded it. [personal]
  recorded_at            timestamp with time zone not null -- When. [public]
  recorded_on            date not null -- On which day of the house; the law of this day says its clock. [public]
  notified_at            timestamp with time zone -- When the authority was notified. [public]
  notified_by            text -- Who notified it. [personal]
  notice_number          text -- The number of the notice as it went out. [public]
  late_reason            text -- Why the notice came late. [personal]
  people_told_at         timestamp with time zone -- When the people concerned were told. [public]
  people_told_how        text -- How they were told, or why they need not be. [personal]
  ended_at               timestamp with time zone -- When the work on it ended. [public]
  ended_how              text -- What came of it. [personal]
  CHECK ((((notified_at IS NULL) = (notified_by IS NULL)) AND ((notified_at IS NULL) = (notice_number IS NULL)))) -- notice_is_whole
  CHECK (((ended_at IS NULL) = (ended_how IS NULL))) -- breach_end_says_how
  CHECK (((notified_at IS NULL) OR ((notified_at > notify_by) = (late_reason IS NOT NULL)))) -- late_notice_says_why
  CHECK (((people_told_at IS NULL) = (people_told_how IS NULL))) -- people_told_says_how
  CHECK ((cardinality(data_kinds) > 0)) -- breach_data_kinds_check
  CHECK ((ended_how <> ''::text)) -- breach_ended_how_check
  CHECK ((happened_at <= discovered_at)) -- found_after_it_happened
  CHECK ((harm <> ''::text)) -- breach_harm_check
  CHECK ((late_reason <> ''::text)) -- breach_late_reason_check
  CHECK ((measures <> ''::text)) -- breach_measures_check
  CHECK ((must_notify = (why_not IS NULL))) -- not_notified_says_why
  CHECK ((notice_number <> ''::text)) -- breach_notice_number_check
  CHECK ((people >= 0)) -- breach_people_check
  CHECK ((people_told_how <> ''::text)) -- breach_people_told_how_check
  CHECK ((place <> ''::text)) -- breach_place_check
  CHECK ((what <> ''::text)) -- breach_what_check
  CHECK ((why_not <> ''::text)) -- breach_why_not_check
  PRIMARY KEY (id) -- breach_pkey
  CREATE INDEX breach_open ON data_protection.breach USING btree (notify_by) WHERE (must_notify AND (notified_at IS NULL))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table data_protection.request (row security forced) -- What a person asks about their own data, its clock by the law of the day, and the answer.
  person_id              uuid not null -- Whose data it is about. [personal]
  id                     uuid not null -- The request. [public]
  unit_id                uuid not null -- The unit that answers: of residence, or whose counter took it in. [public]
  kind                   text not null -- see, copy, correct, erase, restrict, object, withdraw (a consent) or complain. [public]
  way                    text not null -- own-page: filed by the person who is signed in; counter: by an officer for somebody there. [public]
  words                  text not null -- What they ask, in their words. [personal]
  filed_by               text not null -- The person, a parent who acts for the child, or the officer at the counter. [personal]
  received_at            timestamp with time zone not null -- When it came in. [public]
  received_on            date not null -- On which day of the house; the law of this day says its clock. [public]
  acknowledge_by         date not null -- The last day to tell the person that it is taken up. [public]
  due_on                 date not null -- The last day for the answer, as extended. [public]
  due_at                 timestamp with time zone -- The last moment, where the law counts hours. [public]
  state                  text not null -- received, under-way, answered or withdrawn. [public]
  acknowledged_at        timestamp with time zone -- When the person was told that it is taken up. [public]
  assigned_to            uuid -- The officer who answers. [personal]
  extended_at            timestamp with time zone -- When the time was extended; once at most. [public]
  extended_by            text -- The officer who extended it. [personal]
  extension_reason       text -- Why more time is needed, as the person is told. [personal]
  outcome                text -- granted, partly or refused. [public]
  ground                 text -- The ground of law on which it was not wholly granted. [public]
  answer                 text -- The answer with its reasons, as the person reads it. [personal]
  answered_by            text -- Who answered: an officer, or the house where a copy was fetched. [personal]
  ended_at               timestamp with time zone -- When it was answered or withdrawn. [public]
  ended_on               date -- On which day of the house. [public]
  CHECK ((((extended_at IS NULL) = (extension_reason IS NULL)) AND ((extended_at IS NULL) = (extended_by IS NULL)))) -- extension_has_reason
  CHECK ((((state = 'answered'::text) = (outcome IS NOT NULL)) AND ((outcome IS NULL) = (answer IS NULL)))) -- answer_has_outcome
  CHECK ((((state = ANY (ARRAY['answered'::text, 'withdrawn'::text])) = (ended_at IS NOT NULL)) AND ((ended_at IS NULL) = (ended_on IS NULL)))) -- end_has_moment
  CHECK (((due_on >= received_on) AND (acknowledge_by >= received_on))) -- due_not_before_day
  CHECK (((outcome IS NULL) OR ((outcome = 'granted'::text) = (ground IS NULL)))) -- refusal_has_ground
  CHECK (((state <> 'under-way'::text) OR (acknowledged_at IS NOT NULL))) -- work_is_acknowledged
  CHECK ((answer <> ''::text)) -- request_answer_check
  CHECK ((extension_reason <> ''::text)) -- request_extension_reason_check
  CHECK ((ground <> ''::text)) -- request_ground_check
  CHECK ((kind = ANY (ARRAY['see'::text, 'copy'::text, 'correct'::text, 'erase'::text, 'restrict'::text, 'object'::text, 'withdraw'::text, 'complain'::text]))) -- request_kind_check
  CHECK ((outcome = ANY (ARRAY['granted'::text, 'partly'::text, 'refused'::text]))) -- request_outcome_check
  CHECK ((state = ANY (ARRAY['received'::text, 'under-way'::text, 'answered'::text, 'withdrawn'::text]))) -- request_state_check
  CHECK ((way = ANY (ARRAY['own-page'::text, 'counter'::text]))) -- request_way_check
  CHECK ((words <> ''::text)) -- request_words_check
  PRIMARY KEY (person_id, id) -- request_pkey
  CREATE INDEX request_by_id ON data_protection.request USING btree (id)
  CREATE INDEX request_by_unit ON data_protection.request USING btree (unit_id, received_on)
  CREATE INDEX request_open ON data_protection.request USING btree (unit_id, due_on) WHERE (state = ANY (ARRAY['received'::text, 'under-way'::text]))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table decisions.held_decision (row security forced) -- One decision of an officer that takes effect when the time to undo it has run out.
  unit_id                uuid not null -- The unit or school whose officers see it. [public]
  id                     uuid not null -- The decision. [public]
  batch_id               uuid not null -- Decisions of one press, undone together. [public]
  kind                   text not null -- What was decided, such as approve-account. [public]
  subject_kind           text not null -- What it is about: account, application, card or errand. [public]
  subject_id             uuid not null -- The account, application, card or follow-up. [public]
  person_id              uuid -- Whose it is, where it is a person's. [personal]
  input                  jsonb -- What the officer gave with it, until it ends. [personal]
  decided_by             text not null -- The officer who decided. [personal]
  decided_at             timestamp with time zone not null -- When. [public]
  acts_in_id             uuid -- The unit in which the officer acted. [public]
  authority              jsonb -- Whose rows the officer saw, and for whom they stood in, until it ends: it is carried out with no more. [personal]
  takes_effect_at        timestamp with time zone not null -- Until when it may be undone, and from when it is carried out. [public]
  state                  text not null default 'held'::text -- held, carried-out, undone, or not-carried-out because something stood against it by then. [public]
  ended_at               timestamp with time zone -- When it was carried out or undone. [public]
  ended_by               text -- Who undid it, or the installation. [personal]
  problem                text -- The code of what stood against it. [public]
  CHECK (((ended_at IS NULL) = (ended_by IS NULL))) -- held_decision_check2
  CHECK (((state = 'held'::text) = (ended_at IS NULL))) -- held_decision_check1
  CHECK (((state = 'held'::text) OR ((input IS NULL) AND (authority IS NULL)))) -- held_decision_check4
  CHECK (((state = 'not-carried-out'::text) = (problem IS NOT NULL))) -- held_decision_check3
  CHECK ((decided_by <> ''::text)) -- held_decision_decided_by_check
  CHECK ((ended_by <> ''::text)) -- held_decision_ended_by_check
  CHECK ((kind <> ''::text)) -- held_decision_kind_check
  CHECK ((problem <> ''::text)) -- held_decision_problem_check
  CHECK ((state = ANY (ARRAY['held'::text, 'carried-out'::text, 'undone'::text, 'not-carried-out'::text]))) -- held_decision_state_check
  CHECK ((subject_kind <> ''::text)) -- held_decision_subject_kind_check
  CHECK ((takes_effect_at > decided_at)) -- held_decision_check
  PRIMARY KEY (unit_id, id) -- held_decision_pkey
  CREATE INDEX held_decision_by_batch ON decisions.held_decision USING btree (batch_id)
  CREATE INDEX held_decision_by_officer ON decisions.held_decision USING btree (decided_by, decided_at)
  CREATE INDEX held_decision_by_subject ON decisions.held_decision USING btree (subject_id, decided_at)
  CREATE INDEX held_decision_due ON decisions.held_decision USING btree (takes_effect_at) WHERE (state = 'held'::text)
  CREATE UNIQUE INDEX one_held_decision ON decisions.held_decision USING btree (unit_id, subject_id) WHERE (state = 'held'::text)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using ((decided_by = ( SELECT platform.actor() AS actor)) AND (cardinality(( SELECT platform.scope() AS scope)) > 0))
  policy unit for all to dinhdanh_app using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

view decisions.published_held -- What was decided and has not taken effect yet, for the contexts above.
  subject_id             uuid
  kind                   text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT subject_id,
    kind
   FROM decisions.held_decision
  WHERE (state = 'held'::text);

table enrolment.application (row security forced) -- An application for a card, and with it for an account, from the first word to the card in the hand.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The application. [public]
  kind                   text not null -- First issue, exchange or re-issue. [public]
  reason                 text not null -- Why, by the law of the day. [personal]
  form_code              text not null -- The form that was signed. [public]
  form_version           text not null -- Of which circular: one code has meant different forms. [public]
  state                  text not null -- Where it is; a move of legal_move brought it there. [public]
  unit_id                uuid not null -- The unit that took it. [public]
  session_id             uuid -- The session at which it was taken. [public]
  source                 text not null -- At a counter, from a session's list, a walk-in, or on line by the representative. [public]
  capture                text not null -- Whether face, fingers and signature were taken here, elsewhere, not yet, or need not be taken of so young a child. [public]
  station_id             uuid -- By which station. [public]
  packet_hash            bytea -- In which of its packets. [public]
  captured_by            text -- By which officer: nobody approves what they captured. [personal]
  captured_at            timestamp with time zone -- When, by the clock that was there. [public]
  signed_by              text -- The citizen, or a representative. [public]
  signer                 jsonb -- Who, where it is a representative: name, relation, number, evidence. [personal]
  signed_at              timestamp with time zone -- When. [public]
  card_id                uuid -- The card that is applied for. [public]
  account_id             uuid -- The account that was asked for with it. [public]
  account_problem        text -- Why none could be, where one was asked for. [public]
  correction_id          uuid -- The correction that must be decided first. [public]
  submitted_on           date -- The day from which the law's limit counts: the application was complete. [public]
  due_on                 date -- The last day of that limit. [public]
  campaign_due_on        date -- The day by which its campaign needs the card in the hand. [public]
  returned_reason        text -- Why it was sent back last. [public]
  returned_note          text -- The same in words. [personal]
  acts_unit_id           uuid -- Who must act on it. [public]
  act_by                 date -- By when. [public]
  merged_into            uuid -- Into which application of the same person. [public]
  begun_on               date not null -- The house's day on which it began. [public]
  changed_at             timestamp with time zone not null -- When it last changed. [public]
  version                integer not null default 1 -- Grows with each change. [public]
  fee_due                integer -- What is asked for, in đồng; 0 where nothing is; empty for what was taken before fees were recorded. [public]
  fee_reason             text -- By which circular, as the receipt says it. [public]
  fee_exemption          text -- Why the person owes nothing, by the law of the day. [personal]
  fee_evidence           text -- By which paper. [personal]
  fee_instead            integer -- What would be asked for without it, in đồng. [public]
  delivery               text -- Where the card is to be had: unit or post; empty where nobody was asked. [public]
  delivery_address       text -- To which address by post. [personal]
  CHECK ((((delivery = 'post'::text) IS TRUE) = (delivery_address IS NOT NULL))) -- post_has_an_address
  CHECK ((((fee_exemption IS NULL) = (fee_evidence IS NULL)) AND ((fee_exemption IS NULL) = (fee_instead IS NULL)) AND ((fee_exemption IS NULL) OR (fee_due = 0)))) -- fee_exempt_with_evidence
  CHECK (((capture <> 'not-needed'::text) OR ((signed_by = 'representative'::text) AND (delivery IS NOT NULL)))) -- without_capture_is_represented
  CHECK (((capture = 'here'::text) = (station_id IS NOT NULL))) -- application_check
  CHECK (((capture = ANY (ARRAY['none'::text, 'not-needed'::text])) = (captured_at IS NULL))) -- captured_has_its_moment
  CHECK (((merged_into IS NULL) OR (state = 'cancelled'::text))) -- application_check7
  CHECK (((state <> ALL (ARRAY['approved'::text, 'printed'::text, 'shipped'::text, 'at-unit'::text, 'dispatched'::text, 'handed-over'::text, 'lost-in-transit'::text, 'reprint'::text])) OR (card_id IS NOT NULL))) -- application_check5
  CHECK (((state <> ALL (ARRAY['sent-to-centre'::text, 'approved'::text, 'printed'::text, 'shipped'::text, 'at-unit'::text, 'dispatched'::text, 'handed-over'::text, 'lost-in-transit'::text, 'reprint'::text])) OR (((captured_at IS NOT NULL) OR (capture = 'not-needed'::text)) AND (submitted_on IS NOT NULL)))) -- sent_is_complete
  CHECK (((state = 'returned'::text) <= ((returned_reason IS NOT NULL) AND (acts_unit_id IS NOT NULL) AND (act_by IS NOT NULL)))) -- application_check6
  CHECK (((station_id IS NULL) = (packet_hash IS NULL))) -- application_check1
  CHECK (((submitted_on IS NULL) = (due_on IS NULL))) -- application_check3
  CHECK ((capture = ANY (ARRAY['none'::text, 'here'::text, 'elsewhere'::text, 'not-needed'::text]))) -- application_capture_check
  CHECK ((delivery = ANY (ARRAY['unit'::text, 'post'::text]))) -- application_delivery_check
  CHECK ((delivery_address <> ''::text)) -- application_delivery_address_check
  CHECK ((fee_due >= 0)) -- application_fee_due_check
  CHECK ((fee_evidence <> ''::text)) -- application_fee_evidence_check
  CHECK ((fee_exemption <> ''::text)) -- application_fee_exemption_check
  CHECK ((fee_instead > 0)) -- application_fee_instead_check
  CHECK ((fee_reason <> ''::text)) -- application_fee_reason_check
  CHECK ((form_code <> ''::text)) -- application_form_code_check
  CHECK ((form_version <> ''::text)) -- application_form_version_check
  CHECK ((kind = ANY (ARRAY['first-issue'::text, 'exchange'::text, 're-issue'::text]))) -- application_kind_check
  CHECK ((reason <> ''::text)) -- application_reason_check
  CHECK ((signed_by = ANY (ARRAY['self'::text, 'representative'::text]))) -- application_signed_by_check
  CHECK ((source = ANY (ARRAY['counter'::text, 'roster'::text, 'walk-in'::text, 'online'::text]))) -- application_source_check
  PRIMARY KEY (person_id, id) -- application_pkey
  CREATE INDEX application_by_card ON enrolment.application USING btree (card_id)
  CREATE INDEX application_by_correction ON enrolment.application USING btree (correction_id) WHERE (correction_id IS NOT NULL)
  CREATE INDEX application_by_day ON enrolment.application USING btree (begun_on, unit_id) WHERE (fee_due IS NOT NULL)
  CREATE INDEX application_by_id ON enrolment.application USING btree (id)
  CREATE INDEX application_by_session ON enrolment.application USING btree (session_id) WHERE (session_id IS NOT NULL)
  CREATE INDEX application_by_unit ON enrolment.application USING btree (unit_id, begun_on)
  CREATE INDEX application_by_urgency ON enrolment.application USING btree (state, COALESCE(LEAST(due_on, campaign_due_on), '9999-12-31'::date), id)
  CREATE INDEX application_that_waits ON enrolment.application USING btree (state, due_on) WHERE (state = ANY (ARRAY['draft'::text, 'data-check'::text, 'correction-pending'::text, 'captured'::text, 'signed'::text, 'submitted'::text, 'sent-to-centre'::text, 'returned'::text, 'recapture'::text]))
  CREATE UNIQUE INDEX one_application_on_the_way ON enrolment.application USING btree (person_id) WHERE (state = ANY (ARRAY['signed'::text, 'submitted'::text, 'sent-to-centre'::text, 'returned'::text, 'recapture'::text, 'approved'::text, 'printed'::text, 'shipped'::text, 'at-unit'::text, 'dispatched'::text, 'lost-in-transit'::text, 'reprint'::text]))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = application.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = application.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = application.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = application.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table enrolment.application_transition (row security forced) -- Each transition of an application; none that is not legal.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The transition. [public]
  application_id         uuid not null -- Of which application. [public]
  seq                    integer not null -- Its place among the application's transitions, from 1. [public]
  from_state             text not null -- From. [public]
  to_state               text not null -- To. [public]
  on_day                 date not null -- On which day of the house. [public]
  at                     timestamp with time zone not null -- When. [public]
  by_kind                text not null -- What kind of actor answers for it. [public]
  by_id                  text not null -- Who. [personal]
  reason                 text -- Why, as a code. [public]
  note                   text -- Why, in words. [personal]
  CHECK ((seq > 0)) -- application_transition_seq_check
  FOREIGN KEY (from_state, to_state) REFERENCES enrolment.legal_transition(from_state, to_state) -- application_transition_from_state_to_state_fkey
  PRIMARY KEY (person_id, id) -- application_transition_pkey
  UNIQUE (person_id, application_id, seq) -- application_transition_person_id_application_id_seq_key
  CREATE UNIQUE INDEX application_transition_person_id_application_id_seq_key ON enrolment.application_transition USING btree (person_id, application_id, seq)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = application_transition.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = application_transition.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = application_transition.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = application_transition.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table enrolment.engine_address (row security forced) -- Addresses at which the engine fetches pictures, each once.
  token_hash             text not null -- SHA-256 of the last part of the address. [secret]
  reference_id           uuid not null -- Of which reference the pictures are. [public]
  expires_at             timestamp with time zone not null -- From when on it opens nothing. [public]
  FOREIGN KEY (reference_id) REFERENCES enrolment.engine_reference(id) ON DELETE CASCADE -- engine_address_reference_id_fkey
  PRIMARY KEY (token_hash) -- engine_address_pkey
  CREATE INDEX engine_address_by_end ON enrolment.engine_address USING btree (expires_at)
  CREATE INDEX engine_address_by_reference ON enrolment.engine_address USING btree (reference_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table enrolment.engine_reference (row security forced) -- By what the engine that searches people knows a capture.
  id                     uuid not null -- What the engine is told, and nothing else of the person. [public]
  person_id              uuid not null -- Whose pictures. [personal]
  application_id         uuid not null -- Of which application. [public]
  packet_hash            text not null -- Of which capture of it. [public]
  state                  text not null -- given: the engine may have it. ended: the engine has still to let go of it. [public]
  at                     timestamp with time zone not null -- Since when it is in this state. [public]
  CHECK ((state = ANY (ARRAY['given'::text, 'ended'::text]))) -- engine_reference_state_check
  PRIMARY KEY (id) -- engine_reference_pkey
  CREATE INDEX engine_reference_by_person ON enrolment.engine_reference USING btree (person_id)
  CREATE INDEX engine_reference_ended ON enrolment.engine_reference USING btree (at) WHERE (state = 'ended'::text)
  CREATE UNIQUE INDEX engine_reference_given ON enrolment.engine_reference USING btree (application_id) WHERE (state = 'given'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table enrolment.face_template (row security forced) -- The face of a capture as numbers, to compare it with others.
  id                     uuid not null -- The template. [public]
  person_id              uuid not null -- Whose face. [personal]
  application_id         uuid not null -- Of which capture. [public]
  algorithm              text not null -- What made it: templates of different algorithms are not compared. [public]
  sealed                 bytea not null -- The numbers, AES-256-GCM under the house's key outside the database. [secret]
  at                     timestamp with time zone not null -- When it was made. [public]
  place                  bigint not null -- In which order they were committed: a gallery reads on from the last one that it has. [public]
  CHECK ((algorithm <> ''::text)) -- face_template_algorithm_check
  PRIMARY KEY (id) -- face_template_pkey
  UNIQUE (application_id) -- face_template_application_id_key
  CREATE INDEX face_template_by_person ON enrolment.face_template USING btree (person_id)
  CREATE UNIQUE INDEX face_template_application_id_key ON enrolment.face_template USING btree (application_id)
  CREATE UNIQUE INDEX face_template_by_place ON enrolment.face_template USING btree (place)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table enrolment.finding (row security forced) -- What was found of an application, check by check; one that was not made is not-done, never good.
  person_id              uuid not null -- Whose. [personal]
  application_id         uuid not null -- Of which application. [public]
  kind                   text not null -- Which check. [public]
  verdict                text not null -- What came of it. [public]
  facts                  jsonb not null default '{}'::jsonb -- On what it rests: fields that differ, who is alike. [personal]
  at                     timestamp with time zone not null -- When. [public]
  decided_by             text -- The officer who settled a doubtful one. [personal]
  decided_at             timestamp with time zone -- When. [public]
  note                   text -- What they say of it. [personal]
  CHECK (((decided_by IS NULL) = (decided_at IS NULL))) -- finding_check
  CHECK ((kind = ANY (ARRAY['data'::text, 'duplicate'::text, 'portrait'::text, 'fingerprints'::text, 'iris'::text, 'signature'::text, 'clock'::text, 'face-match'::text, 'face-duplicate'::text, 'biometric-duplicate'::text]))) -- finding_kind_check
  CHECK ((verdict = ANY (ARRAY['good'::text, 'doubtful'::text, 'bad'::text, 'not-done'::text]))) -- finding_verdict_check
  PRIMARY KEY (person_id, application_id, kind) -- finding_pkey
  CREATE INDEX finding_unsearched ON enrolment.finding USING btree (at) WHERE ((kind = 'biometric-duplicate'::text) AND (decided_by IS NULL) AND ((facts ->> 'why'::text) = ANY (ARRAY['no-search-engine'::text, 'engine-unanswered'::text, 'search-waiting'::text])))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = finding.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = finding.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = finding.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = finding.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table enrolment.gap (row security forced) -- What is stuck between two hands, as it was last looked for: each with who must act and by when.
  kind                   text not null -- Between which hands. [public]
  subject                text not null -- The packet number, application or card that it is about. [public]
  unit_id                uuid not null -- Who must act. [public]
  person_id              uuid -- Whose. [personal]
  since_on               date not null -- Since when. [public]
  due_on                 date not null -- By when. [public]
  facts                  jsonb not null default '{}'::jsonb -- What belongs to it; nothing personal. [public]
  seen_at                timestamp with time zone not null -- When it was last seen. [public]
  first_at               timestamp with time zone not null -- When it was first seen. [public]
  CHECK ((kind = ANY (ARRAY['counter-hole'::text, 'captured-not-received'::text, 'begun-not-finished'::text, 'held'::text, 'refused-packet'::text, 'received-not-landed'::text, 'chain-broken'::text, 'begun-not-submitted'::text, 'received-not-checked'::text, 'received-not-approved'::text, 'waits-for-correction'::text, 'returned-not-acted'::text, 'approved-not-produced'::text, 'produced-not-sent'::text, 'produced-not-received'::text, 'missing-from-box'::text, 'stray-in-box'::text, 'received-not-handed-over'::text, 'at-school-not-handed-over'::text, 'uncollected'::text, 'ended-not-destroyed'::text, 'owed-not-remade'::text]))) -- gap_kind_check
  CHECK ((subject <> ''::text)) -- gap_subject_check
  PRIMARY KEY (kind, subject) -- gap_pkey
  CREATE INDEX gap_by_unit ON enrolment.gap USING btree (unit_id, due_on)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table enrolment.legal_transition -- From which state an application may go to which (src/enrolment/application.ts has the same table).
  from_state             text not null -- From. [public]
  to_state               text not null -- To. [public]
  PRIMARY KEY (from_state, to_state) -- legal_transition_pkey
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance

table enrolment.officer_grant (row security forced) -- That an officer may capture at a station for some days, without a line.
  id                     uuid not null -- The grant. [public]
  officer_id             uuid not null -- Who. [personal]
  unit_id                uuid not null -- In which unit's name. [public]
  station_id             uuid not null -- Where. [public]
  given_at               timestamp with time zone not null -- From when. [public]
  until                  timestamp with time zone not null -- Until when. [public]
  CHECK ((given_at < until)) -- officer_grant_check
  FOREIGN KEY (station_id) REFERENCES enrolment.station(id) -- officer_grant_station_id_fkey
  PRIMARY KEY (id) -- officer_grant_pkey
  CREATE INDEX officer_grant_by_station ON enrolment.officer_grant USING btree (station_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table enrolment.packet (row security forced) -- A packet of a station: told of, here, held for a person, or become an application.
  station_id             uuid not null -- Of which station. [public]
  hash                   bytea not null -- SHA-256 of the whole packet. [public]
  unit_id                uuid not null -- The station's unit. [public]
  counter                integer not null -- Its number at the station. [public]
  previous               bytea -- The hash of the packet before; empty for the first, and while it is not here. [public]
  application_id         uuid not null -- To which application it belongs. [public]
  session_id             uuid -- At which session it was captured. [public]
  bytes                  integer not null -- How long it is. [public]
  sealed_at              timestamp with time zone not null -- When, by the station's clock. [public]
  state                  text not null -- told (the station has it), received, held (a person must look first), landed, refused (it stays at the station), set-aside (decided to be none). [public]
  chain                  text not null default 'open'::text -- Whether the packet before is here and is the one that it names. [public]
  problem                text -- Why it is held or refused. [public]
  facts                  jsonb -- What belongs to that; nothing personal. [public]
  announced_at           timestamp with time zone not null -- When its station first announced it. [public]
  received_at            timestamp with time zone -- When it was here whole. [public]
  processed_at           timestamp with time zone -- When an application came of it. [public]
  acknowledgement        text -- The signed acknowledgement that it is safely here. [public]
  person_id              uuid -- Who it turned out to be. [personal]
  decided_by             text -- Who released it or set it aside. [personal]
  decided_at             timestamp with time zone -- When. [public]
  reason                 text -- Why. [personal]
  collection_id          uuid -- By which request for a number its person is established (form DC01). [public]
  turned_away            text -- Why its person, who has no number, was turned away at the station; no application comes of it. [public]
  CHECK (((decided_by IS NULL) = (decided_at IS NULL))) -- packet_check4
  CHECK (((state <> ALL (ARRAY['held'::text, 'refused'::text])) OR (problem IS NOT NULL))) -- packet_check3
  CHECK (((state = 'landed'::text) = (processed_at IS NOT NULL))) -- packet_check2
  CHECK (((state = ANY (ARRAY['received'::text, 'held'::text, 'landed'::text, 'set-aside'::text])) = (acknowledgement IS NOT NULL))) -- packet_check1
  CHECK (((state = ANY (ARRAY['received'::text, 'held'::text, 'landed'::text, 'set-aside'::text])) = (received_at IS NOT NULL))) -- packet_check
  CHECK (((turned_away IS NULL) OR ((state = 'landed'::text) AND (person_id IS NULL)))) -- packet_turned_away_is_over
  CHECK ((bytes > 0)) -- packet_bytes_check
  CHECK ((chain = ANY (ARRAY['open'::text, 'linked'::text, 'broken'::text]))) -- packet_chain_check
  CHECK ((counter > 0)) -- packet_counter_check
  CHECK ((length(hash) = 32)) -- packet_hash_check
  CHECK ((length(previous) = 32)) -- packet_previous_check
  CHECK ((state = ANY (ARRAY['told'::text, 'received'::text, 'held'::text, 'landed'::text, 'refused'::text, 'set-aside'::text]))) -- packet_state_check
  CHECK ((turned_away <> ''::text)) -- packet_turned_away_check
  FOREIGN KEY (station_id) REFERENCES enrolment.station(id) -- packet_station_id_fkey
  PRIMARY KEY (station_id, hash) -- packet_pkey
  CREATE INDEX packet_by_application ON enrolment.packet USING btree (application_id)
  CREATE INDEX packet_by_collection ON enrolment.packet USING btree (collection_id) WHERE (collection_id IS NOT NULL)
  CREATE INDEX packet_by_counter ON enrolment.packet USING btree (station_id, counter)
  CREATE INDEX packet_that_waits ON enrolment.packet USING btree (unit_id, announced_at) WHERE (state = ANY (ARRAY['told'::text, 'received'::text, 'held'::text, 'refused'::text]))
  CREATE INDEX packet_turned_away ON enrolment.packet USING btree (unit_id, announced_at) WHERE (turned_away IS NOT NULL)
  CREATE UNIQUE INDEX one_processed_packet_a_number ON enrolment.packet USING btree (station_id, counter) WHERE ((state = 'landed'::text) AND (decided_by IS NULL))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table enrolment.packet_body (row security forced) -- Packets as they came, encrypted to the centre: pictures and fingerprints lie nowhere else until a card is ordered.
  station_id             uuid not null -- Of which station. [public]
  hash                   bytea not null -- Which packet. [public]
  unit_id                uuid not null -- The station's unit. [public]
  body                   bytea not null -- The bytes, encrypted to the centre. [secret]
  PRIMARY KEY (station_id, hash) -- packet_body_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table enrolment.packet_piece (row security forced) -- Pieces of a packet that is still arriving.
  station_id             uuid not null -- Of which station. [public]
  hash                   bytea not null -- Of which packet. [public]
  at                     integer not null -- From which byte on. [public]
  unit_id                uuid not null -- The station's unit. [public]
  body                   bytea not null -- The bytes, encrypted to the centre. [secret]
  came_at                timestamp with time zone not null -- When it came. [public]
  CHECK ((at >= 0)) -- packet_piece_at_check
  PRIMARY KEY (station_id, hash, at) -- packet_piece_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select to dinhdanh_maintenance

table enrolment.proposal (row security forced) -- That an application be refused, or merged into another: one officer proposes, another agrees.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The proposal. [public]
  application_id         uuid not null -- Of which application. [public]
  kind                   text not null -- Refuse or merge. [public]
  reason                 text not null -- Why, as a code. [public]
  note                   text -- Why, in words that the citizen reads. [personal]
  other_id               uuid -- The application that stays. [public]
  unit_id                uuid not null -- The unit of the application. [public]
  proposed_by            text not null -- Who proposed it. [personal]
  proposed_at            timestamp with time zone not null -- When. [public]
  state                  text not null -- open, agreed, rejected or withdrawn. [public]
  decided_by             text -- Who decided. [personal]
  decided_at             timestamp with time zone -- When. [public]
  CHECK (((kind = 'merge'::text) = (other_id IS NOT NULL))) -- proposal_check1
  CHECK (((state = 'open'::text) = (decided_by IS NULL))) -- proposal_check
  CHECK (((state = 'withdrawn'::text) OR (decided_by IS DISTINCT FROM proposed_by))) -- agreed_by_another
  CHECK ((kind = ANY (ARRAY['refuse'::text, 'merge'::text]))) -- proposal_kind_check
  CHECK ((reason <> ''::text)) -- proposal_reason_check
  CHECK ((state = ANY (ARRAY['open'::text, 'agreed'::text, 'rejected'::text, 'withdrawn'::text]))) -- proposal_state_check
  PRIMARY KEY (person_id, id) -- proposal_pkey
  CREATE INDEX proposal_to_decide ON enrolment.proposal USING btree (unit_id, proposed_at) WHERE (state = 'open'::text)
  CREATE UNIQUE INDEX one_open_proposal ON enrolment.proposal USING btree (person_id, application_id) WHERE (state = 'open'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = proposal.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = proposal.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = proposal.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = proposal.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

view enrolment.published_application -- Applications and where each is.
  person_id              uuid
  id                     uuid
  kind                   text
  state                  text
  unit_id                uuid
  session_id             uuid
  source                 text
  capture                text
  card_id                uuid
  account_id             uuid
  account_problem        text
  captured_at            timestamp with time zone
  submitted_on           date
  due_on                 date
  campaign_due_on        date
  begun_on               date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    id,
    kind,
    state,
    unit_id,
    session_id,
    source,
    capture,
    card_id,
    account_id,
    account_problem,
    captured_at,
    submitted_on,
    due_on,
    campaign_due_on,
    begun_on
   FROM enrolment.application;

table enrolment.receipt_lookup (row security forced) -- What a receipt opens. The token itself is on the paper alone.
  token_hash             bytea not null -- SHA-256 of the token. [secret]
  code                   text not null -- The code that people read aloud. [public]
  station_id             uuid -- Which station gave it. [public]
  hash                   bytea -- With which packet. [public]
  application_id         uuid not null -- For which application. [public]
  person_id              uuid -- Whose, once it is known. [personal]
  unit_id                uuid not null -- The unit that took it. [public]
  given_at               timestamp with time zone not null -- When. [public]
  CHECK ((length(token_hash) = 32)) -- receipt_lookup_token_hash_check
  PRIMARY KEY (token_hash) -- receipt_lookup_pkey
  CREATE INDEX receipt_by_application ON enrolment.receipt_lookup USING btree (application_id)
  CREATE INDEX receipt_by_code ON enrolment.receipt_lookup USING btree (code)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table enrolment.station (row security forced) -- A browser or laptop at which applications are captured, by the key that it signs with.
  id                     uuid not null -- The station. [public]
  unit_id                uuid not null -- Whose it is. [public]
  code                   text not null -- What people call it; packets are numbered after it. [public]
  name                   text not null -- What the officers call it. [public]
  public_key             jsonb not null -- The public key of its signatures, P-256, as a JWK. [public]
  thumbprint             text not null -- RFC 7638 thumbprint of the key. [public]
  registered_by          text not null -- Who registered it. [personal]
  registered_at          timestamp with time zone not null -- When. [public]
  revoked_at             timestamp with time zone -- Since when nothing that it seals is taken. [public]
  revoked_by             text -- Who revoked it. [personal]
  revoked_reason         text -- Why. [public]
  head                   integer not null default 0 -- The number of the last packet that it told of; 0 = none. [public]
  head_hash              bytea -- The hash of that packet. [public]
  reported_at            timestamp with time zone -- When it last reported what it holds. [public]
  clock_off              integer -- By how many seconds its clock was ahead then. [public]
  CHECK ((((revoked_at IS NULL) = (revoked_by IS NULL)) AND ((revoked_at IS NULL) = (revoked_reason IS NULL)))) -- station_check
  CHECK (((head = 0) = (head_hash IS NULL))) -- station_check1
  CHECK ((code <> ''::text)) -- station_code_check
  CHECK ((head >= 0)) -- station_head_check
  CHECK ((length(head_hash) = 32)) -- station_head_hash_check
  CHECK ((name <> ''::text)) -- station_name_check
  CHECK ((thumbprint <> ''::text)) -- station_thumbprint_check
  PRIMARY KEY (id) -- station_pkey
  CREATE UNIQUE INDEX one_station_a_code ON enrolment.station USING btree (unit_id, code)
  CREATE UNIQUE INDEX one_station_a_key ON enrolment.station USING btree (thumbprint)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table enrolment.station_number (row security forced) -- The number of the last station of each unit.
  unit_id                uuid not null -- The unit. [public]
  last                   integer not null -- The number. [public]
  CHECK ((last > 0)) -- station_number_last_check
  PRIMARY KEY (unit_id) -- station_number_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table exchange.centre -- The national centre that an operator joined this installation to, by its card.
  id                     text not null -- How the centre names itself in envelopes. [public]
  address                text not null -- Where bundles are posted; empty where they are carried as files alone. [public]
  sign_key               jsonb not null -- The public key of its signatures, a JWK. [public]
  open_key               jsonb not null -- The public key to which bundles are encrypted, a JWK. [public]
  fingerprint            text not null -- RFC 7638 thumbprint of the key of its signatures. [public]
  joined_at              timestamp with time zone not null -- When an operator joined it. [public]
  left_at                timestamp with time zone -- When an operator ended that. [public]
  former_sign_key        jsonb -- The public key that signed before the one of now, a JWK. [public]
  former_until           timestamp with time zone -- Until when an envelope that it signed is taken. [public]
  CHECK (((former_sign_key IS NULL) = (former_until IS NULL))) -- centre_check
  CHECK ((fingerprint <> ''::text)) -- centre_fingerprint_check
  CHECK ((id <> ''::text)) -- centre_id_check
  PRIMARY KEY (id, joined_at) -- centre_pkey
  CREATE UNIQUE INDEX one_centre ON exchange.centre USING btree ((true)) WHERE (left_at IS NULL)
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table exchange.day -- What a day came to on both sides.
  day                    date not null -- The province's day. [public]
  envelope_id            uuid not null -- The envelope that lists it. [public]
  sent                   integer not null -- How many envelopes of ours it had. [public]
  received               integer not null -- How many of the centre's. [public]
  asked_at               timestamp with time zone not null -- When the list was made. [public]
  answered_at            timestamp with time zone -- When the centre compared it. [public]
  missing                integer -- How many of ours the centre had not: they were sent again. [public]
  differing              integer -- How many the centre has otherwise. [public]
  not_received           integer -- How many of the centre's were not here: it sends them again. [public]
  PRIMARY KEY (day) -- day_pkey
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table exchange.envelope -- Signed envelopes that went out and came in. What they say stands in envelope_text.
  id                     uuid not null -- The envelope, as its sender named it. [public]
  direction              text not null -- out or in. [public]
  centre_id              text not null -- With which centre. [public]
  kind                   text not null -- What it is. [public]
  seq                    bigint not null -- Its number among those of its sender. [public]
  hash                   text not null -- SHA-256 of its text, in hexadecimal. [public]
  made_at                timestamp with time zone not null -- When its sender made it. [public]
  made_on                date not null -- The province's day of that. [public]
  came_at                timestamp with time zone not null -- When it was made or taken in here. [public]
  re_id                  uuid -- Which envelope it answers; of a piece of ours the question of which it is one. [public]
  sent_at                timestamp with time zone -- When it left last. [public]
  tries                  integer not null default 0 -- How often it left. [public]
  next_at                timestamp with time zone -- When it leaves again, unless it is acknowledged before. [public]
  acknowledged_at        timestamp with time zone -- When the centre said that it has it. [public]
  owes                   boolean not null default false -- Whether the centre is still to be told that it is here. [public]
  CHECK (((direction = 'in'::text) OR (NOT owes))) -- envelope_check1
  CHECK (((direction = 'out'::text) OR ((sent_at IS NULL) AND (next_at IS NULL) AND (acknowledged_at IS NULL)))) -- envelope_check
  CHECK ((direction = ANY (ARRAY['out'::text, 'in'::text]))) -- envelope_direction_check
  CHECK ((hash ~ '^[0-9a-f]{64}$'::text)) -- envelope_hash_check
  CHECK ((kind <> ''::text)) -- envelope_kind_check
  CHECK ((seq > 0)) -- envelope_seq_check
  PRIMARY KEY (id) -- envelope_pkey
  CREATE INDEX envelope_by_day ON exchange.envelope USING btree (made_on, direction)
  CREATE INDEX envelope_due ON exchange.envelope USING btree (next_at) WHERE ((direction = 'out'::text) AND (acknowledged_at IS NULL))
  CREATE INDEX envelope_owed ON exchange.envelope USING btree (id) WHERE owes
  CREATE INDEX envelope_pieces ON exchange.envelope USING btree (re_id) WHERE ((direction = 'out'::text) AND (re_id IS NOT NULL))
  CREATE UNIQUE INDEX envelope_by_seq ON exchange.envelope USING btree (seq) WHERE (direction = 'out'::text)
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table exchange.envelope_text (row security forced) -- Envelopes of ours as they were signed, so that each sending is the same.
  envelope_id            uuid not null -- The envelope. [public]
  text                   text not null -- The JWS. [personal]
  FOREIGN KEY (envelope_id) REFERENCES exchange.envelope(id) -- envelope_text_envelope_id_fkey
  PRIMARY KEY (envelope_id) -- envelope_text_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table exchange.line -- How the line to the centre does.
  one                    boolean not null default true -- There is one row. [public]
  tried_at               timestamp with time zone -- When a bundle was posted last. [public]
  ok_at                  timestamp with time zone -- When the centre answered last. [public]
  failures               integer not null default 0 -- How often it failed since. [public]
  fault                  text -- How it failed last, by code. [public]
  clock_off              integer -- Seconds by which the centre's clock is ahead of ours. [public]
  CHECK (one) -- line_one_check
  PRIMARY KEY (one) -- line_pkey
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table exchange.piece (row security forced) -- Pieces of a question that are not signed yet. Once one is, it stands in envelope_text alone.
  id                     uuid not null -- The piece, and the envelope that will bear it. [public]
  question_id            uuid not null -- Of which question. [public]
  ordinal                integer not null -- Its place among them, from 1. [public]
  unit_id                uuid not null -- Whose officers asked. [public]
  body                   text not null -- What is sent, as JSON. [personal]
  CHECK ((ordinal > 0)) -- piece_ordinal_check
  PRIMARY KEY (id) -- piece_pkey
  UNIQUE (question_id, ordinal) -- piece_question_id_ordinal_key
  CREATE UNIQUE INDEX piece_question_id_ordinal_key ON exchange.piece USING btree (question_id, ordinal)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for insert to dinhdanh_app with check (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table exchange.place -- The last envelope of ours, which the next one names.
  direction              text not null -- Always out: the centre keeps its own. [public]
  seq                    bigint not null -- Its number. [public]
  hash                   text -- Its SHA-256, in hexadecimal; empty before the first. [public]
  CHECK ((direction = 'out'::text)) -- place_direction_check
  CHECK ((seq >= 0)) -- place_seq_check
  PRIMARY KEY (direction) -- place_pkey
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table exchange.quarantined -- What came and cannot be used, kept with the reason until an officer settles it.
  id                     uuid not null -- The entry. [public]
  hash                   text not null -- SHA-256 of what came, in hexadecimal. [public]
  reason                 text not null -- Why it cannot be used, by code. [public]
  via                    text not null -- By line, or in a file. [public]
  came_at                timestamp with time zone not null -- When it came first. [public]
  came_again             integer not null default 0 -- How often it came again. [public]
  bytes                  integer not null -- How long it is. [public]
  envelope_id            uuid -- Which envelope of the centre's it is, where it is signed and meant for us. [public]
  made_on                date -- The day on which the centre made it. [public]
  owes                   boolean not null default false -- Whether the centre is still to be told that it is here. [public]
  again_at               timestamp with time zone -- When an officer asked that it be tried again. [public]
  settled_at             timestamp with time zone -- When it was settled. [public]
  settled_as             text -- set-aside by an officer, or taken after all. [public]
  CHECK (((settled_at IS NULL) = (settled_as IS NULL))) -- quarantined_check
  CHECK ((reason <> ''::text)) -- quarantined_reason_check
  CHECK ((settled_as = ANY (ARRAY['set-aside'::text, 'taken'::text]))) -- quarantined_settled_as_check
  CHECK ((via = ANY (ARRAY['line'::text, 'file'::text]))) -- quarantined_via_check
  PRIMARY KEY (id) -- quarantined_pkey
  UNIQUE (hash) -- quarantined_hash_key
  CREATE INDEX quarantined_by_day ON exchange.quarantined USING btree (made_on)
  CREATE INDEX quarantined_open ON exchange.quarantined USING btree (came_at) WHERE (settled_at IS NULL)
  CREATE INDEX quarantined_owed ON exchange.quarantined USING btree (id) WHERE owes
  CREATE UNIQUE INDEX quarantined_hash_key ON exchange.quarantined USING btree (hash)
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table exchange.quarantined_text (row security forced) -- What came and cannot be used, word by word.
  quarantined_id         uuid not null -- The entry. [public]
  text                   text not null -- The text as it came. [personal]
  FOREIGN KEY (quarantined_id) REFERENCES exchange.quarantined(id) -- quarantined_text_quarantined_id_fkey
  PRIMARY KEY (quarantined_id) -- quarantined_text_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table exchange.question (row security forced) -- What is asked of the national centre, and its answer.
  person_id              uuid not null -- About whom; of a look-up and of a batch of cards an id that nobody in the register has. [personal]
  id                     uuid not null -- The question, and the envelope that bears it. [public]
  kind                   text not null -- What is asked: number.request, number.cancellation, number.reinstatement, account.request, person.look-up or card.order. [public]
  subject_id             uuid not null -- The collection, merge, account, request for level 2 or batch of cards that it is about. [public]
  unit_id                uuid not null -- Whose officers asked, and see it. [public]
  body                   jsonb not null -- What is sent. [personal]
  state                  text not null default 'waiting'::text -- waiting until it is sent, sent, acknowledged, and how it was answered. [public]
  asked_at               timestamp with time zone not null -- When it was asked. [public]
  asked_on               date not null -- On which day. [public]
  asked_by               text not null -- Who asked. [personal]
  due_on                 date not null -- By which day an answer is expected. [public]
  acknowledged_at        timestamp with time zone -- When the centre said that it has it. [public]
  answered_at            timestamp with time zone -- When the answer was taken in. [public]
  answer                 jsonb -- What the centre answered, as far as it is kept here. [personal]
  code                   text -- Why it was returned or rejected: the centre's code. [public]
  note                   text -- The same in the centre's words. [personal]
  reported_at            timestamp with time zone -- When the centre last reported on a part of it, or was asked to. [public]
  CHECK (((state = ANY (ARRAY['granted'::text, 'returned'::text, 'rejected'::text])) = (answered_at IS NOT NULL))) -- question_check
  CHECK (((state = ANY (ARRAY['returned'::text, 'rejected'::text])) = (code IS NOT NULL))) -- question_check1
  CHECK ((asked_by <> ''::text)) -- question_asked_by_check
  CHECK ((code <> ''::text)) -- question_code_check
  CHECK ((kind = ANY (ARRAY['number.request'::text, 'number.cancellation'::text, 'number.reinstatement'::text, 'account.request'::text, 'person.look-up'::text, 'card.order'::text]))) -- question_kind_check
  CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'acknowledged'::text, 'granted'::text, 'returned'::text, 'rejected'::text]))) -- question_state_check
  PRIMARY KEY (person_id, id) -- question_pkey
  CREATE INDEX question_by_id ON exchange.question USING btree (id)
  CREATE INDEX question_by_state ON exchange.question USING btree (state, asked_at)
  CREATE INDEX question_by_unit ON exchange.question USING btree (unit_id, asked_at)
  CREATE INDEX question_to_report ON exchange.question USING btree (acknowledged_at) WHERE ((kind = 'card.order'::text) AND (state = 'acknowledged'::text))
  CREATE UNIQUE INDEX one_open_question ON exchange.question USING btree (person_id, kind, subject_id) WHERE (state = ANY (ARRAY['waiting'::text, 'sent'::text, 'acknowledged'::text]))
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for all to dinhdanh_app using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION families.children_of(links uuid[], on_day date)
 RETURNS TABLE(person_id uuid, main boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with child as (
    select p.person_id, make_date(p.birth_y + 18, coalesce(p.birth_m, 1), 1) + coalesce(p.birth_d, 1) - 1 > on_day as is_minor
    from access_links.link l
    join families.link_child c on c.link_id = l.id
    join register.person p on p.person_id = c.person_id and p.life_status <> 'dead'
    where l.id = any (links) and l.kind = 'family' and l.ended_at is null and l.until_at > now())
  select c.person_id, true from child c
  union
  select s.person_id, false
  from child c
  join register.kinship own on own.person_id = c.person_id and own.relation in ('father', 'mother')
  join register.kinship k on k.related_person_id = own.related_person_id and k.relation in ('father', 'mother')
  join register.person s on s.person_id = k.person_id and s.life_status = 'alive'
  join register.household_member h on h.person_id = c.person_id and h.to_on is null
  join register.household_member o on o.person_id = s.person_id and o.household_id = h.household_id and o.to_on is null
  where c.is_minor and s.person_id not in (select person_id from child)
    and make_date(s.birth_y + 18, coalesce(s.birth_m, 1), 1) + coalesce(s.birth_d, 1) - 1 > on_day
$function$


CREATE OR REPLACE FUNCTION families.children_of_link(on_day date)
 RETURNS TABLE(person_id uuid, main boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.person_id, c.main from families.children_of(platform.parts(), on_day) c
$function$


table families.link_child (row security forced) -- The child of whom the link of a family was issued.
  person_id              uuid not null -- Which child. [personal]
  link_id                uuid not null -- By which link. [public]
  added_on               date not null -- The house's day on which it was issued. [public]
  PRIMARY KEY (person_id, link_id) -- link_child_pkey
  CREATE INDEX link_child_by_link ON families.link_child USING btree (link_id)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy issued for insert to dinhdanh_app with check ((NOT (link_id = ANY (( SELECT platform.parts() AS parts)::uuid[]))) AND (EXISTS ( SELECT
   FROM access_links.link l
  WHERE ((l.id = link_child.link_id) AND (l.kind = 'family'::text) AND (l.subject_id = link_child.person_id) AND (l.ended_at IS NULL)))))
  policy link for select to dinhdanh_app using ((link_id = ANY (( SELECT platform.parts() AS parts)::uuid[])) AND (EXISTS ( SELECT
   FROM access_links.link l
  WHERE (l.id = link_child.link_id))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy own_delete for delete to dinhdanh_app using (( SELECT platform.writes_own_on() AS writes_own_on) IS NULL)
  policy own_insert for insert to dinhdanh_app with check (( SELECT platform.writes_own_on() AS writes_own_on) IS NULL)
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION families.own_person()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select platform.person()
  from (select case when platform.actor() ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then platform.actor()::uuid end as id) acting
  where acting.id is not null and case
    when exists (select from access_links.link l where l.id = acting.id) then
      exists (select from families.children_of(array[acting.id], platform.writes_own_on()) c
        where c.person_id = platform.person())
    else
      exists (select from enrolment.receipt_lookup r
        where r.application_id = acting.id and r.person_id = platform.person())
      or not exists (select from enrolment.receipt_lookup r
        where r.application_id = acting.id and r.person_id <> platform.person())
      and not exists (select from planning.booking b
        where b.id = acting.id and b.person_id <> platform.person())
      and not exists (select from planning.roster r
        where r.id = acting.id and r.person_id <> platform.person())
    end
$function$


table families.slowdown (row security forced) -- How long to wait after wrong data, by what was typed and where it came from.
  key                    bytea not null -- SHA-256 of what is counted. [secret]
  failures               integer not null -- Attempts since the last success, each counted before it is looked at. [public]
  failed_at              timestamp with time zone not null -- The last of them. [public]
  free_at                timestamp with time zone not null -- When the next is allowed. [public]
  CHECK ((failures > 0)) -- slowdown_failures_check
  CHECK ((length(key) = 32)) -- slowdown_key_check
  PRIMARY KEY (key) -- slowdown_pkey
  CREATE INDEX slowdown_by_age ON families.slowdown USING btree (failed_at)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table follow_ups.follow_up (row security forced) -- One thing that somebody has to put right, and until when. What it is about stands with whoever opened it.
  scope_id               uuid not null -- The school or unit whose scope sees it, besides the unit that owns it. [public]
  id                     uuid not null -- The follow-up. [public]
  period                 text -- The school year for which it holds, as 2022-2023, where it is of one. [public]
  source_id              uuid not null -- The document in which it was last seen: the roll. [public]
  source_place           integer -- The place in that document: the row. [public]
  subject_id             uuid not null -- What it is about, the same from document to document: the pupil's entry. [public]
  person_id              uuid -- Who it is, where the register knows. [personal]
  reason                 text not null -- What is wrong, by the codes of interfaces.md. [public]
  evidence               text not null -- What speaks for which side, by the codes of its kind. [public]
  values_key             uuid not null -- Hash of what both sides say: what people answered holds for these values alone. [personal]
  owner                  text not null -- Who acts: the school, the police of permanent residence, or the family. [public]
  owner_unit_id          uuid -- The unit of the police that acts, where the police act: it sees the follow-up too. [personal]
  correction_id          uuid -- The correction of the register that decides it. [public]
  due_on                 date not null -- The last day. [public]
  state                  text not null -- open, done (what was wrong is gone), dropped (it is nobody's any more). [public]
  answer                 text -- What a person answered: papers (they show what the source says), register (it is right as it is). [public]
  answered_by            text -- Who answered. [personal]
  answered_on            date -- On which day of the house. [public]
  papers                 text -- Which papers the school saw. [personal]
  announced_by           text -- Who said that the next document will be right. [personal]
  announced_on           date -- On which day of the house. [public]
  opened_at              timestamp with time zone not null -- Since when it is open. [public]
  opened_on              date not null -- On which day of the house. [public]
  closed_at              timestamp with time zone -- When it was closed. [public]
  closed_on              date -- On which day of the house. [public]
  closed_by              text -- Whose deed closed it. [personal]
  kind                   text not null -- What kind of work: roll-defect (a defect of a row of a roll), roll-of-strangers (a roll that the police accept first), household (homes of a pupil's household that differ), message (a message that did not arrive, or may not have). [public]
  source_part            text -- The part of that document: the class. [public]
  CHECK (((answer IS NULL) = (answered_by IS NULL))) -- follow_up_answer_has_author
  CHECK (((correction_id IS NULL) OR (owner = 'ward'::text))) -- follow_up_correction_is_the_wards
  CHECK (((owner = 'ward'::text) = (owner_unit_id IS NOT NULL))) -- follow_up_ward_has_unit
  CHECK (((state = 'open'::text) = (closed_at IS NULL))) -- follow_up_closed_at
  CHECK ((answer = ANY (ARRAY['papers'::text, 'register'::text]))) -- follow_up_answer_check
  CHECK ((evidence <> ''::text)) -- follow_up_evidence_check
  CHECK ((kind <> ''::text)) -- follow_up_kind_check
  CHECK ((owner = ANY (ARRAY['school'::text, 'ward'::text, 'family'::text]))) -- follow_up_owner_check
  CHECK ((papers <> ''::text)) -- follow_up_papers_check
  CHECK ((reason <> ''::text)) -- follow_up_reason_check
  CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text]))) -- follow_up_state_check
  PRIMARY KEY (scope_id, id) -- follow_up_pkey
  CREATE INDEX follow_up_by_correction ON follow_ups.follow_up USING btree (correction_id) WHERE (correction_id IS NOT NULL)
  CREATE INDEX follow_up_by_source ON follow_ups.follow_up USING btree (source_id, source_place)
  CREATE INDEX follow_up_of_owner_unit ON follow_ups.follow_up USING btree (owner_unit_id, due_on) WHERE ((state = 'open'::text) AND (owner = 'ward'::text))
  CREATE INDEX follow_up_of_person ON follow_ups.follow_up USING btree (person_id) WHERE ((state = 'open'::text) AND (kind = 'message'::text))
  CREATE INDEX follow_up_of_scope ON follow_ups.follow_up USING btree (scope_id, due_on) WHERE (state = 'open'::text)
  CREATE UNIQUE INDEX one_open_follow_up_a_reason ON follow_ups.follow_up USING btree (scope_id, subject_id, reason) WHERE (state = 'open'::text)
  policy homeroom for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (kind = 'roll-defect'::text) AND (EXISTS ( SELECT
   FROM classes.rows_in_part() r(roll_id, place, id, person_id, school_id, school_year, class)
  WHERE ((r.roll_id = follow_up.source_id) AND (r.place = follow_up.source_place) AND (r.id = follow_up.subject_id) AND (r.school_id = follow_up.scope_id)))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own_delete for delete to dinhdanh_app using ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy own_insert for insert to dinhdanh_app with check ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy own_update for update to dinhdanh_app using ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy scope_or_owner_unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (scope_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (owner_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (scope_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (owner_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

view follow_ups.published_follow_up -- Open follow-ups, for the contexts above.
  scope_id               uuid
  id                     uuid
  kind                   text
  period                 text
  source_id              uuid
  source_place           integer
  subject_id             uuid
  person_id              uuid
  reason                 text
  owner                  text
  owner_unit_id          uuid
  due_on                 date
  opened_on              date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT scope_id,
    id,
    kind,
    period,
    source_id,
    source_place,
    subject_id,
    person_id,
    reason,
    owner,
    owner_unit_id,
    due_on,
    opened_on
   FROM follow_ups.follow_up f
  WHERE (state = 'open'::text);

table inspection.derived_day -- Which days were derived, and up to which moment.
  day                    date not null -- The day. [public]
  readings               integer not null -- How many readings of officers it had. [public]
  officers               integer not null -- Of how many officers. [public]
  digest                 bytea not null -- SHA-256 over its rows, as the sealed deed says it too. [public]
  read_to                timestamp with time zone not null -- Up to which moment readings were counted. [public]
  derived_at             timestamp with time zone not null -- When. [public]
  CHECK ((length(digest) = 32)) -- derived_day_digest_check
  PRIMARY KEY (day) -- derived_day_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table inspection.difference -- Derived rows that were not as they were sealed, and were made anew.
  day                    date not null -- Of which day they were. [public]
  told_at                timestamp with time zone not null -- When it was noticed. [public]
  missing                integer not null -- Rows that were gone. [public]
  changed                integer not null -- Rows that said something else. [public]
  extra                  integer not null -- Rows that had no readings. [public]
  patterns               integer not null -- Patterns that were gone or changed, and were put back as they were sealed. [public]
  PRIMARY KEY (day, told_at) -- difference_pkey
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table inspection.first_day (row security forced) -- What an officer did with the guide of their first day.
  officer_id             uuid not null -- The officer. [personal]
  dismissed_at           timestamp with time zone -- When they put the guide away; it is not offered again. [personal]
  duties_basis           text -- Article and act of the duties on personal data that they read. [public]
  duties_at              timestamp with time zone -- When they said that they had read them. [personal]
  opened                 text[] not null default '{}'::text[] -- Steps of the guide whose page they have opened. [personal]
  CHECK (((duties_basis IS NULL) = (duties_at IS NULL))) -- first_day_check
  CHECK ((cardinality(opened) <= 100)) -- first_day_opened_check
  PRIMARY KEY (officer_id) -- first_day_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using ((officer_id)::text = ( SELECT platform.actor() AS actor)) with check ((officer_id)::text = ( SELECT platform.actor() AS actor))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table inspection.notice_seen (row security forced) -- Until when an officer has looked at what came to them.
  officer_id             uuid not null -- The officer. [personal]
  until                  timestamp with time zone not null -- What came up to this moment was seen. [personal]
  PRIMARY KEY (officer_id) -- notice_seen_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table inspection.officer_day (row security forced) -- What an officer read on a day, counted. Derived from the readings, and derived anew where it differs from its sealed deed.
  day                    date not null -- The province's day of the readings. [public]
  officer_id             uuid not null -- Who read. [personal]
  unit_id                uuid not null -- In which unit they acted. [public]
  role                   text -- In which role; empty where they had no post there. [public]
  readings               integer not null -- How many readings. [public]
  people                 integer not null -- Of how many people. [public]
  untied                 integer not null -- Readings that no case, deed, list or session ties. [public]
  untied_people          integer not null -- People of whom such readings are. [public]
  strangers              integer not null -- Those of them who do not live in the unit either. [public]
  off_hours              integer not null -- Readings at night or on a day off, outside a session of the officer. [public]
  off_hours_people       integer not null -- People read then that nothing ties. [public]
  off_hours_from         timestamp with time zone -- The first of these readings. [public]
  off_hours_to           timestamp with time zone -- The last of these readings. [public]
  busiest_people         integer not null -- The most untied people within an hour. [public]
  busiest_at             timestamp with time zone -- The end of that hour. [public]
  searches               integer not null -- Searches by name. [public]
  idle_searches          integer not null -- Searches after which the officer did nothing about anybody whom they found. [public]
  exported               integer not null -- Rows of people that were exported. [public]
  kin                    integer not null -- Untied people who bear the officer's own name, live in a household with such a person, or at their address with the same surname. [personal]
  deeds                  integer not null -- What the officer did that day, in deeds. [public]
  hours                  integer[] not null -- Readings by the hour of the day, from midnight. [public]
  release_schools        uuid[] not null default '{}'::uuid[] -- Schools that were given numbers, the one that was given most first. [public]
  release_counts         integer[] not null default '{}'::integer[] -- Of how many people each of them was given the number. [public]
  CHECK (((idle_searches >= 0) AND (idle_searches <= searches))) -- officer_day_check5
  CHECK (((off_hours >= 0) AND (off_hours <= readings))) -- officer_day_check3
  CHECK (((off_hours_people >= 0) AND (off_hours_people <= people))) -- officer_day_check4
  CHECK (((strangers >= 0) AND (strangers <= untied_people))) -- officer_day_check2
  CHECK (((untied >= 0) AND (untied <= readings))) -- officer_day_check
  CHECK (((untied_people >= 0) AND (untied_people <= people))) -- officer_day_check1
  CHECK ((cardinality(hours) = 24)) -- officer_day_hours_check
  CHECK ((cardinality(release_schools) = cardinality(release_counts))) -- officer_day_check6
  CHECK ((people > 0)) -- officer_day_people_check
  CHECK ((readings > 0)) -- officer_day_readings_check
  PRIMARY KEY (day, officer_id, unit_id) -- officer_day_pkey
  CREATE INDEX officer_day_by_officer ON inspection.officer_day USING btree (officer_id, day)
  CREATE INDEX officer_day_by_unit ON inspection.officer_day USING btree (unit_id, day)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for select to dinhdanh_app using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select to dinhdanh_maintenance

table inspection.pattern (row security forced) -- What stands out in readings: a question about them, and no finding.
  id                     uuid not null -- The pattern. [public]
  rule                   text not null -- By which rule it was found. [public]
  unit_id                uuid not null -- In which unit; of several units the one above them. [public]
  officer_ids            uuid[] not null -- Whose readings it is about, who read most first. [personal]
  from_on                date not null -- The first day of what is counted. [public]
  to_on                  date not null -- The last day. [public]
  evidence               jsonb not null -- Counts, hours, the median of peers, and what might explain it. [personal]
  found_at               timestamp with time zone not null -- When it was found. [public]
  state                  text not null default 'open'::text -- open, asked, answered, or explained: an auditor wrote the reason down. [public]
  reason                 text -- Why it is in order, in the auditor's words. [personal]
  settled_by             text -- Which auditor wrote the reason. [personal]
  settled_for            text -- For whom that auditor stood in, where they did. [personal]
  settled_at             timestamp with time zone -- When. [public]
  CHECK ((((state = 'explained'::text) = (reason IS NOT NULL)) AND ((reason IS NULL) = (settled_by IS NULL)) AND ((settled_by IS NULL) = (settled_at IS NULL)))) -- pattern_check1
  CHECK (((settled_by IS NULL) OR ((settled_by <> ALL ((officer_ids)::text[])) AND ((settled_for <> ALL ((officer_ids)::text[])) IS NOT FALSE)))) -- settled_by_another
  CHECK ((cardinality(officer_ids) > 0)) -- pattern_officer_ids_check
  CHECK ((from_on <= to_on)) -- pattern_check
  CHECK ((reason <> ''::text)) -- pattern_reason_check
  CHECK ((rule <> ''::text)) -- pattern_rule_check
  CHECK ((settled_by <> ''::text)) -- pattern_settled_by_check
  CHECK ((settled_for <> ''::text)) -- pattern_settled_for_check
  CHECK ((state = ANY (ARRAY['open'::text, 'asked'::text, 'answered'::text, 'explained'::text]))) -- pattern_state_check
  PRIMARY KEY (id) -- pattern_pkey
  CREATE INDEX pattern_by_days ON inspection.pattern USING btree (to_on, id)
  CREATE INDEX pattern_by_officers ON inspection.pattern USING gin (officer_ids)
  CREATE INDEX pattern_by_unit ON inspection.pattern USING btree (unit_id, to_on)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for all to dinhdanh_app using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table inspection.pattern_person (row security forced) -- The person who was read, where a pattern is about one.
  person_id              uuid not null -- Who was read. [personal]
  pattern_id             uuid not null -- In which pattern. [public]
  FOREIGN KEY (pattern_id) REFERENCES inspection.pattern(id) -- pattern_person_pattern_id_fkey
  PRIMARY KEY (person_id, pattern_id) -- pattern_person_pkey
  CREATE INDEX pattern_person_by_pattern ON inspection.pattern_person USING btree (pattern_id)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy of_pattern for select to dinhdanh_app using (EXISTS ( SELECT
   FROM inspection.pattern p
  WHERE (p.id = pattern_person.pattern_id)))
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table inspection.person_day (row security forced) -- Untied readings of a person on a day: by which officers, how many. Derived from the readings.
  person_id              uuid not null -- Whose data were read. [personal]
  day                    date not null -- The province's day of the readings. [public]
  unit_id                uuid -- Where the person lives. [personal]
  officer_ids            uuid[] not null -- Who read. [personal]
  acting_ids             uuid[] not null -- In which unit each of them acted. [public]
  counts                 integer[] not null -- How often each of them read. [public]
  PRIMARY KEY (person_id, day) -- person_day_pkey
  CREATE INDEX person_day_by_day ON inspection.person_day USING btree (day)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select to dinhdanh_maintenance

table inspection.question (row security forced) -- What an auditor asked an officer, or their superior, about a pattern; and the answer.
  id                     uuid not null -- The question. [public]
  pattern_id             uuid not null -- About which pattern. [public]
  unit_id                uuid not null -- The pattern's unit. [public]
  to_id                  uuid not null -- Who is asked. [personal]
  to_superior            boolean not null -- Whether that is a superior of whom the pattern is about. [public]
  text                   text not null -- What is asked, in the auditor's words. [personal]
  asked_by               text not null -- Which auditor asked. [personal]
  asked_at               timestamp with time zone not null -- When. [public]
  due_on                 date not null -- By which day an answer is due. [public]
  answer                 text -- The answer, in the officer's words. [personal]
  answered_at            timestamp with time zone -- When. [public]
  CHECK (((answer IS NULL) = (answered_at IS NULL))) -- question_check
  CHECK ((answer <> ''::text)) -- question_answer_check
  CHECK ((asked_by <> ''::text)) -- question_asked_by_check
  CHECK ((asked_by <> (to_id)::text)) -- asked_of_another
  CHECK ((text <> ''::text)) -- question_text_check
  FOREIGN KEY (pattern_id) REFERENCES inspection.pattern(id) -- question_pattern_id_fkey
  PRIMARY KEY (id) -- question_pkey
  CREATE INDEX question_by_officer ON inspection.question USING btree (to_id) WHERE (answer IS NULL)
  CREATE INDEX question_by_pattern ON inspection.question USING btree (pattern_id)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for all to dinhdanh_app using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table inspection.verification -- What came of verifying the seals at night.
  at                     timestamp with time zone not null -- When. [public]
  deeds                  bigint not null -- Deeds that were verified. [public]
  readings               bigint not null -- Readings that were verified. [public]
  findings               integer not null -- How many places do not verify. [public]
  first_finding          jsonb -- The first of them: kind, chain, place, and the id of the batch. [public]
  PRIMARY KEY (at) -- verification_pkey
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table installation.extract (row security forced) -- An extract of the register that an officer handed in by a page.
  id                     uuid not null -- The extract; its file lies under this name in the data folder. [public]
  as_of                  date not null -- The day of which it tells. [public]
  bytes                  bigint not null -- How long its file is. [public]
  sha256                 bytea not null -- SHA-256 of its file, to be compared with what the sender says. [public]
  state                  text not null -- trying, tried, taking, taken, failed, or dropped. [public]
  share                  real not null default 0 -- How far it is read and written, 0 to 1. [public]
  rows_read              integer not null default 0 -- Rows read so far. [public]
  counts                 jsonb -- How many rows it has, adds, changes and are not taken, by reason. [public]
  refusal                text -- The code of why it failed. [public]
  handed_by              uuid not null -- Who handed it in. [personal]
  handed_for             uuid -- In whose stead. [personal]
  handed_at              timestamp with time zone not null -- When. [public]
  taken_by               uuid -- Who had it taken in. [personal]
  changed_at             timestamp with time zone not null -- When its state changed last. [public]
  CHECK (((share >= (0)::double precision) AND (share <= (1)::double precision))) -- extract_share_check
  CHECK (((state = 'failed'::text) = (refusal IS NOT NULL))) -- extract_check1
  CHECK (((state = ANY (ARRAY['taking'::text, 'taken'::text])) <= (taken_by IS NOT NULL))) -- extract_check2
  CHECK (((state = ANY (ARRAY['tried'::text, 'taking'::text, 'taken'::text])) <= (counts IS NOT NULL))) -- extract_check
  CHECK ((bytes >= 0)) -- extract_bytes_check
  CHECK ((length(sha256) = 32)) -- extract_sha256_check
  CHECK ((refusal <> ''::text)) -- extract_refusal_check
  CHECK ((rows_read >= 0)) -- extract_rows_read_check
  CHECK ((state = ANY (ARRAY['trying'::text, 'tried'::text, 'taking'::text, 'taken'::text, 'failed'::text, 'dropped'::text]))) -- extract_state_check
  PRIMARY KEY (id) -- extract_pkey
  CREATE UNIQUE INDEX one_open_extract ON installation."extract" USING btree ((true)) WHERE (state = ANY (ARRAY['trying'::text, 'tried'::text, 'taking'::text, 'failed'::text]))
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table operations.disk_day -- How large the database and how full the disk of the data folder was on a day.
  day                    date not null -- The day in the province. [public]
  database_bytes         bigint not null -- All bytes of the database. [public]
  free_bytes             bigint not null -- Free bytes of the disk of the data folder. [public]
  size_bytes             bigint not null -- All bytes of that disk. [public]
  has_database           boolean not null -- Whether the database lies on that disk. [public]
  CHECK ((database_bytes >= 0)) -- disk_day_database_bytes_check
  CHECK ((free_bytes >= 0)) -- disk_day_free_bytes_check
  CHECK ((size_bytes > 0)) -- disk_day_size_bytes_check
  PRIMARY KEY (day) -- disk_day_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table operations.table_day -- How large each large table was on a day.
  day                    date not null -- The day in the province. [public]
  name                   text not null -- The table, with its schema; parts of a divided one are counted together. [public]
  bytes                  bigint not null -- Its bytes with indexes and long values. [public]
  row_estimate           bigint not null -- How many rows the statistics of the database say. [public]
  CHECK ((bytes >= 0)) -- table_day_bytes_check
  CHECK ((name <> ''::text)) -- table_day_name_check
  CHECK ((row_estimate >= 0)) -- table_day_row_estimate_check
  PRIMARY KEY (day, name) -- table_day_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table out_of_school.adult_count -- How many living people have their permanent residence in a commune, by year of birth, as counted in the night.
  unit_id                uuid not null -- The commune. [public]
  birth_y                smallint not null -- Year of birth. [public]
  people                 integer not null -- How many. [public]
  PRIMARY KEY (unit_id, birth_y) -- adult_count_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION out_of_school.analyze_children()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin analyze out_of_school.kept_child; analyze out_of_school.child_count; analyze out_of_school.adult_count; end $function$


table out_of_school.child_count (row security forced) -- How many people of out_of_school.kept_child are of one kind; nobody whom each question evaluates anew.
  unit_id                uuid not null -- Where they live; zeros where nowhere. [personal]
  is_permanent           boolean not null -- Whether that is the permanent residence. [personal]
  birth_y                smallint not null -- Year of birth. [personal]
  sex                    text not null -- M or F. [personal]
  is_minority            boolean not null -- Whether of an ethnic minority. [personal]
  life_status            text not null -- alive, dead or missing. [personal]
  school_id              uuid not null -- On whose roll; zeros for who is on none. [personal]
  said                   text not null -- How the home on the roll stands to the register's; empty for who is on none. [personal]
  is_undecided           boolean not null -- Whether a row that nobody decided yet may be they. [personal]
  people                 integer not null -- How many. [public]
  PRIMARY KEY (unit_id, birth_y, school_id, said, sex, is_minority, life_status, is_undecided, is_permanent) -- child_count_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for select to dinhdanh_app using ((unit_id IN ( SELECT s.id
   FROM unnest(( SELECT platform.scope() AS scope)) s(id))) OR (school_id IN ( SELECT s.id
   FROM unnest(( SELECT platform.scope() AS scope)) s(id))) OR (unit_id IN ( SELECT own.id
   FROM out_of_school.education_units() own(id))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table out_of_school.child_due -- That the register or a school's roll changed; gone when the children are counted anew.
  id                     uuid not null -- The deed. [public]
  school_id              uuid -- Which school's roll; empty for the register. [public]
  PRIMARY KEY (id) -- child_due_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION out_of_school.count_adults(asked uuid[], first_year integer, last_year integer)
 RETURNS TABLE(birth_y smallint, sex text, is_minority boolean, people bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.birth_y, p.sex, coalesce(p.ethnicity not in ('', 'Kinh'), false), count(distinct p.person_id)
  from register.residence d
  join register.person p on p.person_id = d.person_id
  where d.unit_id = any (asked) and d.to_on is null and d.kind = 'permanent' and p.life_status = 'alive'
    and p.birth_y between first_year and last_year
    and (platform.sees_house() or d.unit_id in (select own.id from out_of_school.education_units() own (id)))
  group by 1, 2, 3
$function$


CREATE OR REPLACE FUNCTION out_of_school.departed_from(asked uuid[], first_year integer, last_year integer)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(distinct d.person_id) from register.published_residence d
  join register.published_link_record p on p.person_id = d.person_id and p.birth_y between first_year and last_year and p.life_status = 'alive' and p.unit_ids is null
  where d.unit_id = any (asked) and d.to_on is not null and ((select platform.sees_house()) or d.unit_id = any ((select platform.scope())::uuid[]))
$function$


CREATE OR REPLACE FUNCTION out_of_school.education_units()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with recursive own as (
    select l.unit_id as id from staff.appointment a join units.lineage l on l.ancestor_id = a.unit_id
    where a.id = any (platform.parts()) and a.role = 'education-officer'
    union
    select s.old_id from own join units.succession s on s.new_id = own.id
  )
  select id from own
$function$


CREATE OR REPLACE FUNCTION out_of_school.enrolments_of(asked uuid[], year text)
 RETURNS TABLE(person_id uuid, school_id uuid, is_seen boolean, roll_id uuid, place integer, said_commune_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with enrolled as (
    -- A ward's children are looked up one by one; a province's pupils are read once (bench/RESULTS.md, "Attendance").
    select w.* from unnest(asked) a (person_id)
    cross join lateral (select o.person_id, o.roll_id, o.place, o.school_id, o.commune_id from rolls.row o
                        where o.person_id = a.person_id and o.outcome in ('matched', 'duplicate') offset 0) w
    where cardinality(asked) <= 20000
    union all
    select o.person_id, o.roll_id, o.place, o.school_id, o.commune_id from rolls.roll r
    join rolls.row o on o.roll_id = r.id and o.outcome in ('matched', 'duplicate')
    where cardinality(asked) > 20000 and r.in_force and r.kind = 'pupils' and r.school_year = year
      and o.person_id in (select unnest(asked))
  ), school as materialized (
    select r.id as roll_id, r.school_id, coalesce((select platform.sees_house()) or r.school_id = any ((select platform.scope())::uuid[]), false) as is_seen
    from rolls.roll r where r.in_force and r.kind = 'pupils' and r.school_year = year
  )
  select e.person_id, case when s.is_seen then s.school_id end, s.is_seen, case when s.is_seen then e.roll_id end, case when s.is_seen then e.place end,
         e.commune_id
  from enrolled e join school s on s.roll_id = e.roll_id
$function$


CREATE OR REPLACE FUNCTION out_of_school.evaluated_anew()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 3000
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select k.person_id from out_of_school.kept_child k where k.is_apart $function$


CREATE OR REPLACE FUNCTION out_of_school.home_on(unit uuid, on_day date)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with recursive step as (
    select unit as id, 0 as n
    union all
    select s.new_id, step.n + 1 from step
    join units.succession s on s.old_id = step.id and s.extent = 'whole' and s.effective_on <= on_day
    where step.n < 5
  )
  select id from step order by n desc limit 1
$function$


CREATE OR REPLACE FUNCTION out_of_school.household_differences(asked uuid[], year text, on_day date)
 RETURNS TABLE(row_id uuid, roll_id uuid, place integer, school_id uuid, class text, person_id uuid, unit_id uuid, said_unit_id uuid, said_differs boolean, father_differs boolean, mother_differs boolean, sibling_differs boolean, kin_unit_ids uuid[], kin_known boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with pupil as materialized (
    select distinct on (w.person_id) w.id as row_id, w.roll_id, w.place, w.school_id, w.class, w.person_id, d.unit_id,
      w.commune_id as said_unit_id, out_of_school.home_on(d.unit_id, on_day) as home_id
    from register.residence d
    join rolls.row w on w.person_id = d.person_id and w.outcome in ('matched', 'duplicate') and w.left_on is null
    join rolls.roll r on r.id = w.roll_id and r.in_force and r.kind = 'pupils' and r.school_year = year
    where d.unit_id = any (asked) and d.kind = 'permanent' and d.to_on is null
      and ((select platform.sees_house()) or d.unit_id = any ((select platform.scope())::uuid[]))
    order by w.person_id, w.place
  ), kin as materialized (
    select p.person_id, k.relation, h.unit_id, out_of_school.home_on(h.unit_id, on_day) as home_id from pupil p
    join register.kinship k on k.person_id = p.person_id and k.relation in ('father', 'mother')
    join register.person a on a.person_id = k.related_person_id and a.life_status = 'alive'
    join register.residence h on h.person_id = k.related_person_id and h.kind = 'permanent' and h.to_on is null
    union
    select p.person_id, 'sibling', h.unit_id, out_of_school.home_on(h.unit_id, on_day) from pupil p
    join register.kinship k on k.person_id = p.person_id and k.relation in ('father', 'mother')
    join register.kinship s on s.related_person_id = k.related_person_id and s.relation = k.relation
      and s.person_id <> p.person_id
    join register.person a on a.person_id = s.person_id and a.life_status = 'alive'
      and a.birth_y >= left(year, 4)::integer - 18
    join register.residence h on h.person_id = s.person_id and h.kind = 'permanent' and h.to_on is null
  ), of_kin as (
    select p.person_id,
      bool_or(k.relation = 'father' and k.home_id <> p.home_id) as father_differs,
      bool_or(k.relation = 'mother' and k.home_id <> p.home_id) as mother_differs,
      bool_or(k.relation = 'sibling' and k.home_id <> p.home_id) as sibling_differs,
      array_agg(distinct k.unit_id) filter (where k.home_id <> p.home_id
        and ((select platform.sees_house()) or k.unit_id = any ((select platform.scope())::uuid[]))) as kin_unit_ids,
      count(k.unit_id) > 0 as kin_known
    from pupil p left join kin k on k.person_id = p.person_id group by 1
  )
  select p.row_id, p.roll_id, p.place, p.school_id, p.class, p.person_id, p.unit_id, p.said_unit_id,
    p.said_unit_id is not null and out_of_school.home_on(p.said_unit_id, on_day) <> p.home_id and not exists (
      select from register.residence o where o.person_id = p.person_id and o.to_on is null and o.unit_id = p.said_unit_id),
    coalesce(o.father_differs, false), coalesce(o.mother_differs, false), coalesce(o.sibling_differs, false),
    coalesce(o.kin_unit_ids, '{}'), o.kin_known
  from pupil p join of_kin o on o.person_id = p.person_id
$function$


table out_of_school.kept_child (row security forced) -- Whoever is of school age or on a roll of pupils, where they live now and whose roll they are on: derived from register and rolls, and counted anew where these change.
  person_id              uuid not null -- Who. [personal]
  unit_id                uuid -- Where they live: the permanent residence before any other. [personal]
  is_permanent           boolean not null -- Whether that is the permanent residence. [personal]
  birth_y                smallint not null -- Year of birth. [personal]
  sex                    text not null -- M or F. [personal]
  is_minority            boolean not null -- Whether of an ethnic minority. [personal]
  life_status            text not null -- alive, dead or missing. [personal]
  school_id              uuid -- On whose roll of pupils they are. [personal]
  said                   text -- How the home on the roll stands to the register's: not-told, same or temporary-here. [personal]
  is_undecided           boolean not null -- Whether a row that nobody decided yet may be they. [personal]
  is_apart               boolean not null -- They have several homes or rolls, or a home in their household differs from a roll's: each question evaluates them anew. [public]
  sort_key               text not null -- Where they stand in the order of names. [personal]
  PRIMARY KEY (person_id) -- kept_child_pkey
  CREATE INDEX kept_child_apart ON out_of_school.kept_child USING btree (person_id) WHERE is_apart
  CREATE INDEX kept_child_by_school ON out_of_school.kept_child USING btree (school_id, unit_id) WHERE (school_id IS NOT NULL)
  CREATE INDEX kept_child_by_unit ON out_of_school.kept_child USING btree (unit_id, birth_y) WHERE (NOT is_apart)
  CREATE INDEX kept_child_in_order ON out_of_school.kept_child USING btree (sort_key, person_id) WHERE (NOT is_apart)
  CREATE INDEX kept_child_undecided ON out_of_school.kept_child USING btree (person_id) WHERE is_undecided
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for select to dinhdanh_app using ((unit_id IN ( SELECT s.id
   FROM unnest(( SELECT platform.scope() AS scope)) s(id))) OR (school_id IN ( SELECT s.id
   FROM unnest(( SELECT platform.scope() AS scope)) s(id))) OR (unit_id IN ( SELECT own.id
   FROM out_of_school.education_units() own(id))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table out_of_school.kept_state -- Of which school year out_of_school.kept_child is; no row while nothing was counted.
  id                     smallint not null -- Always 1. [public]
  school_year            text not null -- The school year. [public]
  CHECK ((id = 1)) -- kept_state_id_check
  PRIMARY KEY (id) -- kept_state_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION out_of_school.left_of(asked uuid[], year text)
 RETURNS TABLE(person_id uuid, school_id uuid, is_seen boolean, class text, status text, left_y smallint, left_m smallint, left_d smallint, said text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select l.person_id, case when s.is_seen then l.school_id end, s.is_seen, case when s.is_seen then l.class end,
    l.status, l.left_y, l.left_m, l.left_d, case when s.is_seen then l.said else '' end
  from rolls.leaver l
  join rolls.roll r on r.id = l.roll_id and r.in_force and r.kind = 'pupils' and r.school_year = year
  cross join lateral (select coalesce((select platform.sees_house())
    or l.school_id = any ((select platform.scope())::uuid[]), false) as is_seen) s
  where l.person_id = any (asked)
$function$


table out_of_school.literacy (row security forced) -- A line of a commune's survey of who can read and write, as it was sent; a survey sent again replaces the former.
  unit_id                uuid not null -- The commune that surveyed. [public]
  id                     uuid not null -- The line. [public]
  survey_year            smallint not null -- Of which year. [public]
  line                   integer not null -- Where it stands in the file. [public]
  full_name              text not null -- The name as written. [personal]
  birth_y                smallint not null -- Year of birth as written. [personal]
  sex                    text -- M or F, where written. [personal]
  is_minority            boolean not null -- Whether another ethnicity than Kinh is written. [personal]
  level                  text not null -- illiterate, level-1 (grade 3) or level-2 (primary school). [personal]
  person_id              uuid -- Who it is, where one person of the commune fits. [personal]
  by_id                  text not null -- Who sent it. [personal]
  on_day                 date not null -- On which day of the house. [public]
  CHECK (((survey_year >= 2000) AND (survey_year <= 2200))) -- literacy_survey_year_check
  CHECK ((full_name <> ''::text)) -- literacy_full_name_check
  CHECK ((level = ANY (ARRAY['illiterate'::text, 'level-1'::text, 'level-2'::text]))) -- literacy_level_check
  CHECK ((line > 0)) -- literacy_line_check
  CHECK ((sex = ANY (ARRAY['M'::text, 'F'::text]))) -- literacy_sex_check
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- literacy_unit_id_fkey
  PRIMARY KEY (unit_id, id) -- literacy_pkey
  CREATE UNIQUE INDEX one_line_a_survey ON out_of_school.literacy USING btree (unit_id, survey_year, line)
  policy education for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (( SELECT (cardinality(platform.parts()) > 0)) AND (unit_id IN ( SELECT own.id
   FROM out_of_school.education_units() own(id))))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id IN ( SELECT own.id
   FROM out_of_school.education_units() own(id))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table out_of_school.pursuit (row security forced) -- Who goes after a child on no roll in a school year, until when, and what came of it.
  person_id              uuid not null -- The child. [personal]
  school_year            text not null -- As 2022-2023. [public]
  unit_id                uuid not null -- The commune where the child lives. [personal]
  assigned_to            text not null -- Who goes after it: a school, a quarter, somebody of the commune, in words. [personal]
  due_on                 date not null -- The last day. [public]
  assigned_on            date not null -- On which day of the house. [public]
  assigned_by            text not null -- Who assigned it. [personal]
  outcome                text -- What came of it; empty while it is open. [personal]
  note                   text -- What was found, without a number. [personal]
  outcome_on             date -- On which day of the house. [public]
  outcome_by             text -- Who said so. [personal]
  CHECK ((((outcome IS NULL) = (outcome_on IS NULL)) AND ((outcome IS NULL) = (outcome_by IS NULL)))) -- pursuit_check
  CHECK ((assigned_to <> ''::text)) -- pursuit_assigned_to_check
  CHECK ((note <> ''::text)) -- pursuit_note_check
  CHECK ((outcome = ANY (ARRAY['at-school'::text, 'at-school-elsewhere'::text, 'moved-away'::text, 'working'::text, 'ill-or-disabled'::text, 'not-found'::text, 'refuses'::text]))) -- pursuit_outcome_check
  CHECK ((outcome_by <> ''::text)) -- pursuit_outcome_by_check
  CHECK ((school_year ~ '^\d{4}-\d{4}$'::text)) -- pursuit_school_year_check
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- pursuit_unit_id_fkey
  PRIMARY KEY (person_id, school_year) -- pursuit_pkey
  CREATE INDEX pursuit_by_unit ON out_of_school.pursuit USING btree (unit_id, school_year)
  policy education for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (( SELECT (cardinality(platform.parts()) > 0)) AND (unit_id IN ( SELECT own.id
   FROM out_of_school.education_units() own(id))))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id IN ( SELECT own.id
   FROM out_of_school.education_units() own(id))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION out_of_school.reported_schools(year text)
 RETURNS TABLE(school_id uuid, sent_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select r.school_id, r.sent_on from rolls.roll r where r.in_force and r.kind = 'pupils' and r.school_year = year $function$


CREATE OR REPLACE FUNCTION out_of_school.residents(asked uuid[], first_year integer, last_year integer)
 RETURNS TABLE(person_id uuid, unit_id uuid, kind text, address text, full_name text, sort_key text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, ethnicity text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select d.person_id, d.unit_id, d.kind, d.address, p.full_name, p.sort_key, p.birth_y, p.birth_m, p.birth_d, p.sex,
    p.ethnicity
  from register.residence d
  join register.person p on p.person_id = d.person_id
  where d.unit_id = any (asked) and d.to_on is null and p.life_status = 'alive'
    and p.birth_y between first_year and last_year and p.birth_y >= extract(year from current_date) - 25
    and (platform.sees_house() or d.unit_id in (select own.id from out_of_school.education_units() own (id)))
$function$


CREATE OR REPLACE FUNCTION out_of_school.residents_among(among uuid[], asked uuid[], first_year integer, last_year integer)
 RETURNS TABLE(person_id uuid, unit_id uuid, kind text, address text, full_name text, sort_key text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, ethnicity text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select d.person_id, d.unit_id, d.kind, d.address, p.full_name, p.sort_key, p.birth_y, p.birth_m, p.birth_d, p.sex,
    p.ethnicity
  from unnest(among) a (id)
  join register.residence d on d.person_id = a.id
  join register.person p on p.person_id = d.person_id
  where d.unit_id = any (asked) and d.to_on is null and p.life_status = 'alive'
    and p.birth_y between first_year and last_year and p.birth_y >= extract(year from current_date) - 25
    and (platform.sees_house() or d.unit_id in (select own.id from out_of_school.education_units() own (id)))
$function$


CREATE OR REPLACE FUNCTION out_of_school.surveyed_person(asked uuid[], plain text, year integer, month integer, day integer, line_sex text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case when count(*) = 1 then (array_agg(found.person_id))[1] end from (
    select distinct p.person_id from register.person p
    join register.residence d on d.person_id = p.person_id and d.to_on is null and d.unit_id = any (asked)
    where p.name_ascii = plain and p.birth_y = year and p.life_status = 'alive'
      and (month is null or p.birth_m is null or p.birth_m = month) and (day is null or p.birth_d is null or p.birth_d = day)
      and (line_sex is null or p.sex = line_sex)
      and (platform.sees_house() or d.unit_id in (select own.id from out_of_school.education_units() own (id)))
  ) found
$function$


CREATE OR REPLACE FUNCTION out_of_school.undecided_children(year text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select distinct p.person_id from out_of_school.undecided_pairs(year) p where (select platform.sees_house()) $function$


CREATE OR REPLACE FUNCTION out_of_school.undecided_for(asked uuid[], year text)
 RETURNS TABLE(person_id uuid, school_id uuid, is_seen boolean, roll_id uuid, place integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select a.person_id, case when s.is_seen then p.school_id end, s.is_seen, case when s.is_seen then p.roll_id end, case when s.is_seen then p.place end
  from unnest(asked) a (person_id) join out_of_school.undecided_pairs(year) p on p.person_id = a.person_id
  cross join lateral (select coalesce((select platform.sees_house()) or p.school_id = any ((select platform.scope())::uuid[]), false) as is_seen) s
$function$


CREATE OR REPLACE FUNCTION out_of_school.undecided_pairs(year text)
 RETURNS TABLE(person_id uuid, roll_id uuid, place integer, row_id uuid, school_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with undecided as materialized (
    select w.*
    from rolls.roll r
    cross join lateral (select o.roll_id, o.place, o.id, o.school_id, o.state, o.holder_id, o.name_plain, o.birth_y, o.birth_m, o.birth_d, o.sex, o.grade
                        from rolls.row o where o.roll_id = r.id and o.state in ('to-review', 'not-found') offset 0) w
    where r.in_force and r.kind = 'pupils' and r.school_year = year
  ), pair as (
    select c.person_id, u.roll_id, u.place, u.id, u.school_id from undecided u
    join rolls.candidate c on c.roll_id = u.roll_id and c.place = u.place
    union
    select u.holder_id, u.roll_id, u.place, u.id, u.school_id from undecided u where u.holder_id is not null
    union
    select p.person_id, u.roll_id, u.place, u.id, u.school_id from undecided u
    join register.published_person p on p.name_ascii = u.name_plain and p.birth_y = u.birth_y
    where (u.birth_m is null or p.birth_m is null or p.birth_m = u.birth_m) and (u.birth_d is null or p.birth_d is null or p.birth_d = u.birth_d)
      and (u.sex is null or p.sex = u.sex)
    union
    select p.person_id, u.roll_id, u.place, u.id, u.school_id from undecided u
    join register.published_person p on p.name_ascii = u.name_plain and p.birth_y between left(year, 4)::integer - 18 and left(year, 4)::integer - 5
    where u.birth_y is null and (u.sex is null or p.sex = u.sex) and (u.grade is null or abs(left(year, 4)::integer - 5 - u.grade - p.birth_y) <= 1)
      and exists (select from units.published_school s
                  join units.published_lineage above on above.unit_id = s.unit_id and above.depth = 1
                  join units.published_lineage near on near.ancestor_id = above.ancestor_id
                  join register.published_residence d on d.person_id = p.person_id and d.to_on is null and d.unit_id = near.unit_id
                  where s.id = u.school_id)
  )
  select p.person_id, p.roll_id, p.place, p.id, p.school_id from pair p
  where p.person_id is not null and not exists (select from rolls.refusal f where f.person_id = p.person_id and f.row_id = p.id)
$function$


table outreach.attempt (row security forced) -- One try to deliver a message.
  person_id              uuid not null -- As the message's. [personal]
  message_id             uuid not null -- Which message. [public]
  number                 integer not null -- Its number, from one. [public]
  via                    text not null -- By which channel. [public]
  begun_at               timestamp with time zone not null -- When it began. [public]
  ended_at               timestamp with time zone -- When its outcome was known; empty = it is under way. [public]
  outcome                text -- accepted, deferred (certainly not taken, try again), refused for good, unknown (no answer), or interrupted: whoever sent it was stopped meanwhile. [public]
  code                   text -- What it met with, in a code; a server's own words may name the address and are not kept. [public]
  parts                  smallint not null default 1 -- In how many parts it goes out. [public]
  price                  integer not null default 0 -- What it costs, in đồng, as it was set aside; 0 once a gateway said that it did not take it. [public]
  receipt                text -- What the receipts of all its parts came to: delivered, or failed. [public]
  receipt_at             timestamp with time zone -- When that was known. [public]
  begun_on               date not null default ((now() AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date -- The house's day on which it began. [public]
  CHECK (((outcome IS NULL) = (ended_at IS NULL))) -- attempt_check
  CHECK (((receipt IS NULL) = (receipt_at IS NULL))) -- attempt_receipt_has_time
  CHECK ((code <> ''::text)) -- attempt_code_check
  CHECK ((number > 0)) -- attempt_number_check
  CHECK ((outcome = ANY (ARRAY['accepted'::text, 'deferred'::text, 'refused'::text, 'unknown'::text, 'interrupted'::text]))) -- attempt_outcome_check
  CHECK ((parts > 0)) -- attempt_parts_check
  CHECK ((price >= 0)) -- attempt_price_check
  CHECK ((receipt = ANY (ARRAY['delivered'::text, 'failed'::text]))) -- attempt_receipt_check
  CHECK ((via <> ''::text)) -- attempt_via_check
  FOREIGN KEY (person_id, message_id) REFERENCES outreach.message(person_id, id) DEFERRABLE -- attempt_person_id_message_id_fkey
  PRIMARY KEY (person_id, message_id, number) -- attempt_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for select to dinhdanh_app using (EXISTS ( SELECT
   FROM outreach.message m
  WHERE ((m.person_id = attempt.person_id) AND (m.id = attempt.message_id))
 OFFSET 0))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table outreach.bounced_address (row security forced) -- Phones and mailboxes that received nothing: messages go another way where they have one.
  key                    bytea not null -- HMAC-SHA-256 of the address under the house's key. [secret]
  since                  timestamp with time zone not null -- Since when. [public]
  CHECK ((length(key) = 32)) -- bounced_address_key_check
  PRIMARY KEY (key) -- bounced_address_pkey
  CREATE INDEX bounced_address_since ON outreach.bounced_address USING btree (since)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table outreach.budget (row security forced) -- What the messages of something may cost and cost so far, at which hours and by which gateways they go.
  kind                   text not null -- What kind of thing pays: unit, campaign. [public]
  id                     uuid not null -- Which one. [public]
  unit_id                uuid not null -- The unit whose officers set it. [public]
  cap                    bigint -- What may be spent, in đồng; empty = as much as it takes. [public]
  spent                  bigint not null default 0 -- What was set aside for messages that went out, or may have, in đồng. [public]
  set_at                 timestamp with time zone not null -- When the cap was set last. [public]
  from_minute            smallint -- From which minute of the day what rings goes out, within the hours of the installation; empty = theirs. [public]
  until_minute           smallint -- Until which minute. [public]
  channels               text[] not null default '{}'::text[] -- Gateways of phones in the order in which they are tried; those that are not named follow. [public]
  CHECK ((((from_minute IS NULL) = (until_minute IS NULL)) AND (from_minute < until_minute))) -- budget_hours
  CHECK (((from_minute >= 0) AND (from_minute <= 1440))) -- budget_from_minute_check
  CHECK (((until_minute >= 0) AND (until_minute <= 1440))) -- budget_until_minute_check
  CHECK ((cap >= 0)) -- budget_cap_check
  CHECK ((cardinality(channels) <= 10)) -- budget_channels_check
  CHECK ((kind ~ '^[a-z][a-z-]*$'::text)) -- budget_kind_check
  CHECK ((spent >= 0)) -- budget_spent_check
  PRIMARY KEY (kind, id) -- budget_pkey
  CREATE INDEX budget_of_unit ON outreach.budget USING btree (unit_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION outreach.disown(of_person uuid, codes bytea[], at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not platform.sees_house() or (platform.writes_own_on() is not null
      and of_person is distinct from families.own_person()) then
    raise exception 'row-level security: a phone is disowned for the person of the work alone' using errcode = '42501';
  end if;
  insert into outreach.disowned_phone (key, since)
  select outreach.mark_of(of_person, c), at from unnest(codes) c on conflict (key) do nothing;
end
$function$


CREATE OR REPLACE FUNCTION outreach.disowned_among(persons uuid[], codes bytea[])
 RETURNS SETOF bytea
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select a.code from unnest(persons, codes) a (person, code)
  where exists (select from outreach.disowned_phone d where d.key in (a.code, outreach.mark_of(a.person, a.code)))
$function$


table outreach.disowned_phone (row security forced) -- Phones to which nothing more about a person is sent, since they said that it is not theirs.
  key                    bytea not null -- SHA-256 of the person and of the HMAC-SHA-256 of person and phone under the house's key; of before, that HMAC. [secret]
  since                  timestamp with time zone not null -- Since when. [public]
  CHECK ((length(key) = 32)) -- disowned_phone_key_check
  PRIMARY KEY (key) -- disowned_phone_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own_delete for delete to dinhdanh_app using (( SELECT platform.writes_own_on() AS writes_own_on) IS NULL)
  grant delete, insert, select, update to dinhdanh_maintenance
  grant delete, select to dinhdanh_app

table outreach.follower (row security forced) -- Who follows the account of this installation at a channel: whoever left it is reached another way first.
  channel                text not null -- At which channel. [public]
  follower               bytea not null -- SHA-256 of what the channel calls the follower. [personal]
  phone                  text -- The phone in E.164 that the follower gave to the account; empty until then. [personal]
  follows                boolean -- Whether they follow it; empty where only the phone is known. [personal]
  changed_at             timestamp with time zone not null -- When they began or ended to follow, as the channel says. [public]
  CHECK ((channel ~ '^[a-z]{1,20}$'::text)) -- follower_channel_check
  CHECK ((length(follower) = 32)) -- follower_follower_check
  CHECK ((phone ~ '^\+[1-9]\d{6,14}$'::text)) -- follower_phone_check
  PRIMARY KEY (channel, follower) -- follower_pkey
  CREATE INDEX follower_by_phone ON outreach.follower USING btree (phone, channel) WHERE (phone IS NOT NULL)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table outreach.gateway_token (row security forced) -- What a gateway gave us to be known by, where it changes with use.
  id                     uuid not null -- The row, by which it is sealed. [public]
  channel                text not null -- Which channel. [public]
  sealed                 bytea not null -- Access token, its end, and the refresh token for the next: AES-256-GCM under the house's key. [secret]
  renewed_at             timestamp with time zone not null -- When it was given. [public]
  CHECK ((channel <> ''::text)) -- gateway_token_channel_check
  PRIMARY KEY (id) -- gateway_token_pkey
  UNIQUE (channel) -- gateway_token_channel_key
  CREATE UNIQUE INDEX gateway_token_channel_key ON outreach.gateway_token USING btree (channel)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION outreach.mark_of(of_person uuid, code bytea)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select sha256(uuid_send(of_person) || code)
$function$


table outreach.message (row security forced) -- A message to someone, in the words that were sent, and where its delivery stands.
  person_id              uuid not null -- Whom it is about; the message's own id where it is about nobody, so that these lie apart from each other. [personal]
  id                     uuid not null -- The message; also its Message-ID, by which a receiver knows a second copy. [public]
  unit_id                uuid -- The unit whose matter it is: whoever sees the unit sees the message. Empty = seen by the house alone. [public]
  template               text not null -- Which of the templates of src/outreach/templates.ts. [public]
  language               text not null -- In which language. [public]
  about_kind             text not null -- What kind of thing it is about: application, card, account. [public]
  about_id               uuid not null -- Which one. [public]
  recipient              text not null -- Whether the address is an e-mail address, a phone, or that of a letter on paper. [public]
  address                text not null -- Where it goes: an address, a phone in E.164, or a postal address; as it was given where it is neither. [personal]
  subject                text not null -- The subject of an e-mail. [personal]
  body                   text not null -- What it says, without the link, which is written on delivery. [personal]
  page                   text -- The page of this house that it leads to. [public]
  state                  text not null -- queued, held (its budget is spent), to-print, sending, accepted (a gateway has it, its receipt is awaited), delivered, sent, printed, failed (certainly not taken, tried again at next_at), given-up, undeliverable (refused for good), unknown (handed over without an answer; never sent again by itself). [public]
  attempts               integer not null default 0 -- How often it was tried in all. [public]
  tries                  smallint not null default 0 -- How often since it was queued, or since somebody asked for another try. [public]
  code                   text -- What the last attempt met with; names of src/outreach/channels/channel.ts. [public]
  queued_at              timestamp with time zone not null -- When the deed was done that caused it. [public]
  next_at                timestamp with time zone -- When it is tried next. [public]
  begun_at               timestamp with time zone -- Since when it is being sent. [public]
  ended_at               timestamp with time zone -- When it was sent, delivered, printed, given up, found undeliverable or lost sight of. [public]
  sealed                 bytea -- What stands for the stars in the words: AES-256-GCM under the house's key, gone once the message is sent or given up. [secret]
  useless_at             timestamp with time zone -- From when it is worth nothing any more: it is not tried again then. [public]
  urgent                 boolean not null default false -- Whether somebody waits for it, as for a code: it goes before others, and at any hour. [public]
  refusable              boolean not null default false -- Whether its recipient may refuse messages of its kind, as reminders. [public]
  budget_kind            text -- What kind of thing pays for it: unit, campaign. Empty = nothing is counted. [public]
  budget_id              uuid -- Which one pays for it. [public]
  refused_by             text[] not null default '{}'::text[] -- Channels that refused it for good at this address, in turn. [public]
  other_ways             jsonb not null default '[]'::jsonb -- Further ways, in order: recipient, address, subject, body, page, and the last day on which it may begin. [personal]
  former_ways            jsonb not null default '[]'::jsonb -- Ways that did not take it, as they were tried, with the last attempt of each; 0 of one that was left out since nothing arrived there of late. [personal]
  receipt_by             timestamp with time zone -- Until when a gateway that has it is expected to say what became of it. [public]
  facts                  jsonb not null default '{}'::jsonb -- The facts of its template as they are written in its words, for channels that fill a form of their own; stars where a secret stands. [personal]
  followed_by_id         uuid -- The unit that follows it up, which sees it then. [public]
  queued_on              date not null default ((now() AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date -- The house's day on which it was queued. [public]
  CHECK ((((budget_kind IS NULL) = (budget_id IS NULL)) AND (budget_kind ~ '^[a-z][a-z-]*$'::text))) -- message_budget
  CHECK (((sealed IS NULL) OR (state = ANY (ARRAY['queued'::text, 'held'::text, 'sending'::text, 'failed'::text])))) -- message_sealed_while_it_may_go
  CHECK (((state <> ALL (ARRAY['failed'::text, 'held'::text, 'unknown'::text])) OR (code IS NOT NULL))) -- message_code_of_state
  CHECK (((state = 'accepted'::text) = (receipt_by IS NOT NULL))) -- message_receipt_by
  CHECK (((state = 'sending'::text) = (begun_at IS NOT NULL))) -- message_check2
  CHECK (((state = ANY (ARRAY['queued'::text, 'failed'::text])) = (next_at IS NOT NULL))) -- message_check1
  CHECK (((state = ANY (ARRAY['sent'::text, 'delivered'::text, 'printed'::text, 'given-up'::text, 'undeliverable'::text, 'unknown'::text])) = (ended_at IS NOT NULL))) -- message_ended
  CHECK (((subject <> ''::text) AND (subject !~ '[[:cntrl:]]'::text))) -- message_subject_check
  CHECK (((tries >= 0) AND (tries <= attempts))) -- message_check
  CHECK ((about_kind ~ '^[a-z][a-z-]*$'::text)) -- message_about_kind_check
  CHECK ((attempts >= 0)) -- message_attempts_check
  CHECK ((body <> ''::text)) -- message_body_check
  CHECK ((code <> ''::text)) -- message_code_check
  CHECK ((language = ANY (ARRAY['vi'::text, 'en'::text]))) -- message_language_check
  CHECK ((length(address) <= 320)) -- message_address_check
  CHECK ((page ~ '^/([^/]|$)'::text)) -- message_page_check
  CHECK ((recipient = ANY (ARRAY['email'::text, 'phone'::text, 'letter'::text]))) -- message_recipient_check
  CHECK ((state = ANY (ARRAY['queued'::text, 'held'::text, 'to-print'::text, 'sending'::text, 'accepted'::text, 'delivered'::text, 'sent'::text, 'printed'::text, 'failed'::text, 'given-up'::text, 'undeliverable'::text, 'unknown'::text]))) -- message_state_check
  CHECK ((template <> ''::text)) -- message_template_check
  PRIMARY KEY (person_id, id) -- message_pkey
  CREATE INDEX message_begun ON outreach.message USING btree (begun_at) WHERE (state = 'sending'::text)
  CREATE INDEX message_by_about ON outreach.message USING btree (about_kind, about_id, id)
  CREATE INDEX message_by_id ON outreach.message USING btree (id)
  CREATE INDEX message_by_state ON outreach.message USING btree (state, id)
  CREATE INDEX message_by_unit ON outreach.message USING btree (unit_id, id)
  CREATE INDEX message_due ON outreach.message USING btree (recipient, urgent DESC, next_at) WHERE (state = ANY (ARRAY['queued'::text, 'failed'::text]))
  CREATE INDEX message_held ON outreach.message USING btree (budget_kind, budget_id) WHERE (state = 'held'::text)
  CREATE INDEX message_receipt_due ON outreach.message USING btree (receipt_by) WHERE (state = 'accepted'::text)
  CREATE INDEX message_to_print ON outreach.message USING btree (unit_id) WHERE (state = 'to-print'::text)
  policy changed for update to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (followed_by_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy own_delete for delete to dinhdanh_app using ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy own_insert for insert to dinhdanh_app with check ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy own_update for update to dinhdanh_app using ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy scope for select to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (followed_by_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy written for insert to dinhdanh_app with check true
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table outreach.message_lookup -- Which message was sent under a key: the same key twice sends once.
  key                    text not null -- What the sender calls it: kinds and ids, nothing personal. [public]
  message_id             uuid not null -- The message. [public]
  CHECK (((key <> ''::text) AND (length(key) <= 200))) -- message_lookup_key_check
  PRIMARY KEY (key) -- message_lookup_pkey
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table outreach.no_reminder (row security forced) -- People who are sent no reminders, since they asked so.
  person_id              uuid not null -- Who. [personal]
  request_id             uuid not null -- The request about their own data by which they asked. [public]
  since                  timestamp with time zone not null -- Since when. [public]
  PRIMARY KEY (person_id, request_id) -- no_reminder_pkey
  CREATE INDEX no_reminder_by_request ON outreach.no_reminder USING btree (request_id)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table outreach.opt_out (row security forced) -- Addresses to which no reminders and invitations go, since their owners said so.
  address                text not null -- The phone in E.164, or the mailbox. [personal]
  how                    text not null -- By a text, by the page of the person, or by an officer whom they told. [public]
  since                  timestamp with time zone not null -- Since when. [public]
  CHECK ((how = ANY (ARRAY['text'::text, 'page'::text, 'officer'::text]))) -- opt_out_how_check
  CHECK ((length(address) <= 320)) -- opt_out_address_check
  PRIMARY KEY (address) -- opt_out_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table outreach.part (row security forced) -- What a gateway calls a part of a message that it took, and what it said became of it.
  channel                text not null -- Which channel. [public]
  gateway_id             text not null -- The name that the gateway gave. [public]
  message_id             uuid -- Of which message; empty = a receipt whose message is not known yet. [public]
  number                 integer -- Of which attempt. [public]
  address                text not null default ''::text -- The phone that a receipt without a message names; empty = none, or its message is known. [personal]
  receipt                text -- delivered, or failed. [public]
  code                   text -- What the gateway gave as a reason, in its code. [public]
  receipt_at             timestamp with time zone -- When the receipt came. [public]
  noted_at               timestamp with time zone not null -- When the row was written. [public]
  asked_at               timestamp with time zone -- When the gateway was last asked what became of it; empty = never. [public]
  CHECK (((gateway_id <> ''::text) AND (length(gateway_id) <= 200))) -- part_gateway_id_check
  CHECK (((message_id IS NOT NULL) OR (receipt IS NOT NULL))) -- part_check2
  CHECK (((message_id IS NULL) = (number IS NULL))) -- part_check
  CHECK (((message_id IS NULL) OR (address = ''::text))) -- part_check3
  CHECK (((receipt IS NULL) = (receipt_at IS NULL))) -- part_check1
  CHECK ((channel <> ''::text)) -- part_channel_check
  CHECK ((code <> ''::text)) -- part_code_check
  CHECK ((length(address) <= 40)) -- part_address_check
  CHECK ((receipt = ANY (ARRAY['delivered'::text, 'failed'::text]))) -- part_receipt_check
  PRIMARY KEY (channel, gateway_id, address) -- part_pkey
  CREATE INDEX part_of_message ON outreach.part USING btree (message_id, number) WHERE (message_id IS NOT NULL)
  CREATE INDEX part_without_message ON outreach.part USING btree (noted_at) WHERE (message_id IS NULL)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table parties.client (row security forced) -- A piece of a party's software, as OAuth knows it.
  client_id              text not null -- Its client_id. [public]
  party_id               uuid not null -- Whose it is. [public]
  name                   text not null -- What its engineers call it. [public]
  sandbox                boolean not null -- It is for trying out: in force without review, and for sandbox people alone. [public]
  state                  text not null -- active or suspended. [public]
  reason                 text -- Why it is suspended. [public]
  made_at                timestamp with time zone not null -- Since when it is registered. [public]
  CHECK (((name <> ''::text) AND (length(name) <= 100))) -- client_name_check
  CHECK (((state = 'suspended'::text) = (reason IS NOT NULL))) -- client_check
  CHECK ((client_id ~ '^[a-z0-9][a-z0-9-]{2,63}$'::text)) -- client_client_id_check
  CHECK ((reason <> ''::text)) -- client_reason_check
  CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text]))) -- client_state_check
  FOREIGN KEY (party_id) REFERENCES parties.party(id) -- client_party_id_fkey
  PRIMARY KEY (client_id) -- client_pkey
  CREATE INDEX client_by_party ON parties.client USING btree (party_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (cardinality(( SELECT platform.scope() AS scope)) > 0) OR (EXISTS ( SELECT
   FROM parties.party p
  WHERE (p.id = client.party_id))))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION parties.client_in_force(asked text)
 RETURNS TABLE(client_id text, party_id uuid, name_vi text, name_en text, legal_basis boolean, party_state text, state text, sandbox boolean, settings jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.client_id, p.id, p.name_vi, p.name_en, p.basis_text is not null, p.state, c.state, c.sandbox, v.settings
  from parties.client c
  join parties.party p on p.id = c.party_id
  join parties.version v on v.client_id = c.client_id and v.state = 'in-force'
  where c.client_id = asked
$function$


table parties.engineer (row security forced) -- Someone who answers for a party's software; known by an e-mail address that they read.
  id                     uuid not null -- The engineer. [public]
  email                  text not null -- Their address, in small letters. [personal]
  added_at               timestamp with time zone not null -- Since when they are known here. [public]
  CHECK (((email = lower(email)) AND (length(email) <= 254))) -- engineer_email_check
  PRIMARY KEY (id) -- engineer_pkey
  UNIQUE (email) -- engineer_email_key
  CREATE UNIQUE INDEX engineer_email_key ON parties.engineer USING btree (email)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT parties.signing_in() AS signing_in) OR (id = ( SELECT parties.engineer() AS engineer))) with check (( SELECT platform.sees_house() AS sees_house) OR ( SELECT parties.signing_in() AS signing_in))
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance
CREATE OR REPLACE FUNCTION parties.engineer()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('dinhdanh.engineer', true), '')::uuid $function$


table parties.engineer_session (row security forced) -- An engineer who is signed in.
  id                     uuid not null -- The session. [public]
  token_hash             bytea not null -- SHA-256 of the token in the cookie. [secret]
  engineer_id            uuid not null -- Who is signed in. [personal]
  began_at               timestamp with time zone not null -- When it began. [public]
  ends_at                timestamp with time zone not null -- When it ends whatever happens. [public]
  ended_at               timestamp with time zone -- When it was ended. [public]
  seen_at                timestamp with time zone not null -- Last used, to the minute. [public]
  CHECK ((length(token_hash) = 32)) -- engineer_session_token_hash_check
  FOREIGN KEY (engineer_id) REFERENCES parties.engineer(id) -- engineer_session_engineer_id_fkey
  PRIMARY KEY (id) -- engineer_session_pkey
  UNIQUE (token_hash) -- engineer_session_token_hash_key
  CREATE INDEX engineer_session_by_engineer ON parties.engineer_session USING btree (engineer_id)
  CREATE UNIQUE INDEX engineer_session_token_hash_key ON parties.engineer_session USING btree (token_hash)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT parties.signing_in() AS signing_in)) with check (( SELECT platform.sees_house() AS sees_house) OR ( SELECT parties.signing_in() AS signing_in))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table parties.flight (row security forced) -- The flight recorder: which check a request failed, or that a flow was finished. Nothing that a person or a browser sent; kept thirty days.
  request_id             uuid not null -- The request: the correlation id that error pages and answers carry. [public]
  id                     uuid not null -- The note. [public]
  at                     timestamp with time zone not null -- When. [public]
  client_id              text -- Which client; empty where the request named none that is registered. [public]
  endpoint               text not null -- At which door of the provider. [public]
  outcome                text not null -- passed or failed. [public]
  check                  text -- Which check it failed; a name of src/parties/flight-check.ts. [public]
  error                  text -- The standard's error that was answered. [public]
  detail                 text -- Names of parameters that it is about; never what was in them. [public]
  seconds                integer -- By how much the party's clock differed from ours, where the check was about time; positive = theirs is ahead. [public]
  CHECK (("check" ~ '^[a-z][a-z-]{0,39}$'::text)) -- flight_check_check
  CHECK (((outcome = 'failed'::text) = ("check" IS NOT NULL))) -- flight_check
  CHECK ((detail ~ '^[a-z][a-z_ ]{0,99}$'::text)) -- flight_detail_check
  CHECK ((endpoint ~ '^[a-z][a-z_-]{0,39}$'::text)) -- flight_endpoint_check
  CHECK ((error ~ '^[a-z][a-z_]{0,59}$'::text)) -- flight_error_check
  CHECK ((outcome = ANY (ARRAY['passed'::text, 'failed'::text]))) -- flight_outcome_check
  PRIMARY KEY (request_id, id) -- flight_pkey
  CREATE INDEX flight_by_age ON parties.flight USING brin (at)
  CREATE INDEX flight_by_client ON parties.flight USING btree (client_id, at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (cardinality(( SELECT platform.scope() AS scope)) > 0) OR (client_id IS NULL) OR (EXISTS ( SELECT
   FROM parties.client c
  WHERE (c.client_id = flight.client_id))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION parties.is_sandbox_person(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select exists (select from parties.sandbox_person s where s.person_id = asked) $function$


table parties.member (row security forced) -- Which engineers answer for which party.
  party_id               uuid not null -- The party. [public]
  engineer_id            uuid not null -- The engineer. [personal]
  added_at               timestamp with time zone not null -- Since when. [public]
  FOREIGN KEY (engineer_id) REFERENCES parties.engineer(id) -- member_engineer_id_fkey
  FOREIGN KEY (party_id) REFERENCES parties.party(id) -- member_party_id_fkey
  PRIMARY KEY (party_id, engineer_id) -- member_pkey
  CREATE INDEX member_by_engineer ON parties.member USING btree (engineer_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (cardinality(( SELECT platform.scope() AS scope)) > 0) OR ( SELECT parties.signing_in() AS signing_in) OR (engineer_id = ( SELECT parties.engineer() AS engineer))) with check (( SELECT platform.sees_house() AS sees_house) OR ( SELECT parties.signing_in() AS signing_in) OR (engineer_id = ( SELECT parties.engineer() AS engineer)))
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION parties.note_flight(request uuid, note uuid, noted_at timestamp with time zone, asked text, door text, came text, failed text, answered text, about text, clock integer)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into parties.flight (request_id, id, at, client_id, endpoint, outcome, "check", error, detail, seconds)
  values (request, note, noted_at, (select c.client_id from parties.client c where c.client_id = asked), door, came, failed, answered, about, clock)
$function$


table parties.party (row security forced) -- An organisation whose services people sign in to, or that asks for checks.
  id                     uuid not null -- The party; also the sector by which its pairwise subjects are made. [public]
  name_vi                text not null -- Its name as people read it on the consent page. [public]
  name_en                text not null -- The same in English. [public]
  kind                   text not null -- A state body or another. [public]
  basis_text             text -- The legal text that lets it know personal numbers and residence; empty = none. [public]
  basis_article          text -- The article of that text. [public]
  contact_name           text not null -- The engineer who answers for it. [personal]
  contact_email          text not null -- Their address; who reads it may sign in for the party. [personal]
  state                  text not null -- draft, submitted, approved, refused or suspended. [public]
  registered_by_kind     text not null -- What kind of actor registered it. [public]
  registered_by_id       text not null -- Which officer or engineer. [public]
  registered_at          timestamp with time zone not null -- When. [public]
  submitted_by_kind      text -- What kind of actor submitted it. [public]
  submitted_by_id        text -- Which officer or engineer. [public]
  submitted_at           timestamp with time zone -- When. [public]
  decided_by_id          text -- Which officer decided last. [public]
  decided_at             timestamp with time zone -- When. [public]
  reason                 text -- Why it was refused or suspended. [public]
  CHECK (((basis_text IS NULL) = (basis_article IS NULL))) -- party_check
  CHECK (((contact_email = lower(contact_email)) AND (length(contact_email) <= 254))) -- party_contact_email_check
  CHECK (((decided_by_id IS NULL) OR (state = 'suspended'::text) OR ((decided_by_id <> registered_by_id) AND (decided_by_id IS DISTINCT FROM submitted_by_id)))) -- party_check4
  CHECK (((name_en <> ''::text) AND (length(name_en) <= 200))) -- party_name_en_check
  CHECK (((name_vi <> ''::text) AND (length(name_vi) <= 200))) -- party_name_vi_check
  CHECK (((state <> ALL (ARRAY['refused'::text, 'suspended'::text])) OR (reason IS NOT NULL))) -- party_check3
  CHECK (((state = ANY (ARRAY['draft'::text, 'submitted'::text])) OR (decided_at IS NOT NULL))) -- party_check2
  CHECK (((submitted_by_id IS NULL) = (submitted_at IS NULL))) -- party_check1
  CHECK ((basis_article <> ''::text)) -- party_basis_article_check
  CHECK ((basis_text <> ''::text)) -- party_basis_text_check
  CHECK ((contact_name <> ''::text)) -- party_contact_name_check
  CHECK ((kind = ANY (ARRAY['state-body'::text, 'other'::text]))) -- party_kind_check
  CHECK ((reason <> ''::text)) -- party_reason_check
  CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'refused'::text, 'suspended'::text]))) -- party_state_check
  PRIMARY KEY (id) -- party_pkey
  CREATE INDEX party_by_contact ON parties.party USING btree (contact_email)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (cardinality(( SELECT platform.scope() AS scope)) > 0) OR ( SELECT parties.signing_in() AS signing_in) OR (EXISTS ( SELECT
   FROM parties.member m
  WHERE ((m.party_id = party.id) AND (m.engineer_id = ( SELECT parties.engineer() AS engineer))))))
  policy registered for insert to dinhdanh_app with check (( SELECT platform.sees_house() AS sees_house) OR (cardinality(( SELECT platform.scope() AS scope)) > 0) OR (( SELECT parties.engineer() AS engineer) IS NOT NULL))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table parties.quota (row security forced) -- How often a client may ask, where it is not as often as any of its kind (src/parties/quota.ts).
  client_id              text not null -- Which client. [public]
  what                   text not null -- Sign-ins or verifications. [public]
  per_minute             integer not null -- How many a minute. [public]
  per_day                integer not null -- How many a day of the province. [public]
  set_by_id              text not null -- Which officer set it. [public]
  set_at                 timestamp with time zone not null -- When. [public]
  CHECK ((per_day >= 0)) -- quota_per_day_check
  CHECK ((per_minute >= 0)) -- quota_per_minute_check
  CHECK ((what = ANY (ARRAY['sign-in'::text, 'verification'::text]))) -- quota_what_check
  FOREIGN KEY (client_id) REFERENCES parties.client(client_id) -- quota_client_id_fkey
  PRIMARY KEY (client_id, what) -- quota_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (cardinality(( SELECT platform.scope() AS scope)) > 0) OR (EXISTS ( SELECT
   FROM parties.client c
  WHERE (c.client_id = quota.client_id))))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table parties.sandbox_person (row security forced) -- Invented people, as whom one may sign in to sandbox clients.
  person_id              uuid not null -- Who. [personal]
  added_at               timestamp with time zone not null -- Since when. [public]
  PRIMARY KEY (person_id) -- sandbox_person_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table parties.sign_in_link (row security forced) -- A link that signs an engineer in, once, and in the browser that asked for it.
  token_hash             bytea not null -- SHA-256 of the token in the link. [secret]
  email                  text not null -- Where it was sent. [personal]
  device_hash            bytea not null -- SHA-256 of the device cookie of the browser that asked. [secret]
  address_hash           bytea not null -- SHA-256 of the network address that asked, to count by. [secret]
  made_at                timestamp with time zone not null -- When it was asked for. [public]
  ends_at                timestamp with time zone not null -- Until when it opens. [public]
  used_at                timestamp with time zone -- When it was used. [public]
  CHECK (((email = lower(email)) AND (length(email) <= 254))) -- sign_in_link_email_check
  CHECK ((length(address_hash) = 32)) -- sign_in_link_address_hash_check
  CHECK ((length(device_hash) = 32)) -- sign_in_link_device_hash_check
  CHECK ((length(token_hash) = 32)) -- sign_in_link_token_hash_check
  PRIMARY KEY (token_hash) -- sign_in_link_pkey
  CREATE INDEX sign_in_link_by_address ON parties.sign_in_link USING btree (address_hash, made_at)
  CREATE INDEX sign_in_link_by_email ON parties.sign_in_link USING btree (email, made_at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT parties.signing_in() AS signing_in)) with check (( SELECT platform.sees_house() AS sees_house) OR ( SELECT parties.signing_in() AS signing_in))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION parties.signing_in()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('dinhdanh.engineer_signing_in', true), '') = 'yes' $function$


CREATE OR REPLACE FUNCTION parties.spend(asked text, spent_what text, amount integer, at timestamp with time zone, usual_live integer[], usual_sandbox integer[])
 RETURNS TABLE(allowed boolean, remaining bigint, resets_at timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  this_minute timestamptz := date_trunc('minute', at);
  this_day    timestamptz := date_trunc('day', at, 'Asia/Ho_Chi_Minh');
  usual       integer[];
  left_minute bigint;
  left_day    bigint;
begin
  select case when c.sandbox then usual_sandbox else usual_live end into usual from parties.client c where c.client_id = asked;
  select coalesce(q.per_minute, usual[1]) - m.used, coalesce(q.per_day, usual[2]) - d.used into left_minute, left_day
  from (select coalesce(sum(s.used), 0)::bigint as used from parties.spent s
        where s.client_id = asked and s.what = spent_what and s.period = 'minute' and s.since = this_minute) m
  cross join (select coalesce(sum(s.used), 0)::bigint as used from parties.spent s
        where s.client_id = asked and s.what = spent_what and s.period = 'day' and s.since = this_day) d
  left join parties.quota q on q.client_id = asked and q.what = spent_what;
  -- Whose client_id is not registered has no quota at all.
  if usual is null or left_day < amount then
    return query select false, greatest(coalesce(left_day, 0), 0), this_day + interval '1 day';
    return;
  end if;
  if left_minute < amount then
    return query select false, greatest(left_minute, 0), this_minute + interval '1 minute';
    return;
  end if;
  insert into parties.spent as s (client_id, what, period, since, hand, used)
  values (asked, spent_what, 'minute', this_minute, (pg_backend_pid() % 1024)::smallint, amount),
         (asked, spent_what, 'day',    this_day,    (pg_backend_pid() % 1024)::smallint, amount)
  on conflict (client_id, what, period, since, hand) do update set used = s.used + excluded.used;
  return query select true, least(left_minute, left_day) - amount, null::timestamptz;
end
$function$


table parties.spent (row security forced) -- What clients have used of their quotas.
  client_id              text not null -- Which client. [public]
  what                   text not null -- Sign-ins or verifications. [public]
  period                 text not null -- A minute or a day. [public]
  since                  timestamp with time zone not null -- When that minute or day began. [public]
  hand                   smallint not null -- By which of the connections it was counted. [public]
  used                   bigint not null -- How many. [public]
  CHECK ((period = ANY (ARRAY['minute'::text, 'day'::text]))) -- spent_period_check
  CHECK ((used > 0)) -- spent_used_check
  PRIMARY KEY (client_id, what, period, since, hand) -- spent_pkey
  CREATE INDEX spent_by_age ON parties.spent USING btree (since)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (cardinality(( SELECT platform.scope() AS scope)) > 0) OR (EXISTS ( SELECT
   FROM parties.client c
  WHERE (c.client_id = spent.client_id))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table parties.version (row security forced) -- What is registered of a client, as a whole that is reviewed: a change is another version.
  client_id              text not null -- Of which client. [public]
  number                 integer not null -- Its number, from one. [public]
  state                  text not null -- draft, submitted, in-force, former, refused or withdrawn. [public]
  settings               jsonb not null -- Addresses, public keys, grants, scopes with their purposes; shape in src/parties/client.ts. [public]
  made_by_kind           text not null -- What kind of actor wrote it. [public]
  made_by_id             text not null -- Which officer or engineer. [public]
  made_at                timestamp with time zone not null -- When. [public]
  submitted_by_kind      text -- What kind of actor submitted it. [public]
  submitted_by_id        text -- Which officer or engineer. [public]
  submitted_at           timestamp with time zone -- When. [public]
  decided_by_id          text -- Which officer decided; empty for a sandbox client's, which nobody reviews. [public]
  decided_at             timestamp with time zone -- When. [public]
  reason                 text -- Why it was refused. [public]
  CHECK (((decided_by_id IS NULL) OR ((decided_by_id <> made_by_id) AND (decided_by_id IS DISTINCT FROM submitted_by_id)))) -- version_check2
  CHECK (((state <> 'refused'::text) OR (reason IS NOT NULL))) -- version_check1
  CHECK (((submitted_by_id IS NULL) = (submitted_at IS NULL))) -- version_check
  CHECK ((jsonb_typeof(settings) = 'object'::text)) -- version_settings_check
  CHECK ((number > 0)) -- version_number_check
  CHECK ((reason <> ''::text)) -- version_reason_check
  CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'in-force'::text, 'former'::text, 'refused'::text, 'withdrawn'::text]))) -- version_state_check
  FOREIGN KEY (client_id) REFERENCES parties.client(client_id) -- version_client_id_fkey
  PRIMARY KEY (client_id, number) -- version_pkey
  CREATE INDEX version_submitted ON parties.version USING btree (submitted_at) WHERE (state = 'submitted'::text)
  CREATE UNIQUE INDEX one_version_in_force ON parties.version USING btree (client_id) WHERE (state = 'in-force'::text)
  CREATE UNIQUE INDEX one_version_open ON parties.version USING btree (client_id) WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text]))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (cardinality(( SELECT platform.scope() AS scope)) > 0) OR (EXISTS ( SELECT
   FROM parties.client c
  WHERE (c.client_id = version.client_id))))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table pki.certificate (row security forced) -- Certificates of the authority, of its signers, and links from a former key of the authority to the next.
  key_id                 text not null -- The key that is certified: the first 160 bits of SHA-256 of its bits, in hexadecimal (RFC 7093). [public]
  serial                 text not null -- The serial number, in hexadecimal. [public]
  kind                   text not null -- What it is for. [public]
  issuer_key_id          text not null -- The key that signed it. [public]
  der                    bytea not null -- The certificate. [public]
  valid_from             timestamp with time zone not null -- From when it holds. [public]
  valid_to               timestamp with time zone not null -- Until when it holds. [public]
  signs_to               timestamp with time zone not null -- Until when its key signs. [public]
  issued_at              timestamp with time zone not null -- When it was issued. [public]
  revoked_at             timestamp with time zone -- When it was revoked. [public]
  revoked_why            text -- Why it was revoked. [public]
  CHECK (((revoked_at IS NULL) = (revoked_why IS NULL))) -- certificate_check1
  CHECK (((valid_from < signs_to) AND (signs_to <= valid_to))) -- certificate_check
  CHECK ((kind = ANY (ARRAY['authority'::text, 'link'::text, 'document-signer'::text, 'master-list-signer'::text]))) -- certificate_kind_check
  CHECK ((serial ~ '^[0-9a-f]{1,40}$'::text)) -- certificate_serial_check
  PRIMARY KEY (serial) -- certificate_pkey
  CREATE UNIQUE INDEX certificate_of_key ON pki.certificate USING btree (key_id) WHERE (kind <> 'link'::text)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table pki.private_key (row security forced) -- Private keys: of signers, which the installation opens, and of the authority, which its custodians open together.
  key_id                 text not null -- The key, as its certificate names it. [public]
  curve                  text not null -- Its curve. [public]
  sealed                 bytea -- The private part of a signer, AES-256-GCM under the house's key outside the database. [secret]
  for_custodians         bytea -- The private part of the authority, AES-256-GCM under a key that its custodians hold in shares. [secret]
  threshold              smallint -- How many custodians open it together. [public]
  custodians             text[] not null default '{}'::text[] -- The custodians, by their recipients of age, in the order of their shares. [public]
  share_digests          text[] not null default '{}'::text[] -- SHA-256 of each share, in the order of the custodians: whose it is, and whether it was changed. [public]
  made_at                timestamp with time zone not null -- When it was made. [public]
  gone_at                timestamp with time zone -- When its private part was deleted. [public]
  CHECK (((for_custodians IS NULL) OR (threshold IS NOT NULL))) -- private_key_check1
  CHECK (((sealed IS NULL) OR (threshold IS NULL))) -- private_key_check2
  CHECK (((threshold IS NULL) OR ((threshold >= 2) AND (threshold <= cardinality(custodians))))) -- private_key_check3
  CHECK ((cardinality(share_digests) = cardinality(custodians))) -- private_key_check4
  CHECK ((num_nonnulls(sealed, for_custodians) =
CASE
    WHEN (gone_at IS NULL) THEN 1
    ELSE 0
END)) -- private_key_check
  PRIMARY KEY (key_id) -- private_key_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table pki.revocation_list (row security forced) -- Lists of revoked signers, each with all that were revoked until then.
  number                 integer not null -- Its number; each is greater than the one before. [public]
  issuer_key_id          text not null -- The key of the authority that signed it. [public]
  der                    bytea not null -- The list. [public]
  issued_at              timestamp with time zone not null -- When it was issued. [public]
  next_at                timestamp with time zone not null -- Until when the next one is issued. [public]
  CHECK ((number > 0)) -- revocation_list_number_check
  PRIMARY KEY (number) -- revocation_list_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table planning.activity (row security forced) -- When an officer first and last did something at a session.
  session_id             uuid not null -- The session. [public]
  officer_id             uuid not null -- Who. [personal]
  unit_id                uuid not null -- The session's unit. [public]
  first_at               timestamp with time zone not null -- The first deed there. [public]
  last_at                timestamp with time zone not null -- The last deed there. [public]
  people                 integer not null default 0 -- How many people they served. [public]
  CHECK ((first_at <= last_at)) -- activity_check
  CHECK ((people >= 0)) -- activity_people_check
  PRIMARY KEY (session_id, officer_id) -- activity_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table planning.booking (row security forced) -- An hour that a person has, or had, at a counter or a session.
  person_id              uuid not null -- Who. [personal]
  id                     uuid not null -- The booking; also the case by which the place's unit sees the person. [public]
  unit_id                uuid not null -- The place's unit. [public]
  place                  text not null -- Where: at a counter, or a session. [public]
  place_id               uuid not null -- The counter's site, or the session. [public]
  service                text not null -- For what. [personal]
  day                    date not null -- On which day. [public]
  starts_at              time without time zone not null -- The beginning of the slot. [public]
  number                 smallint not null -- The ticket number of that day. [public]
  state                  text not null -- What became of it. [personal]
  rebooked               smallint not null default 0 -- How often it was booked again by itself after nobody came. [personal]
  from_id                uuid -- The booking that it replaces. [public]
  adds_line              boolean not null default false -- Whether it put the person on the session's roster. [public]
  confirmed_at           timestamp with time zone -- When they said that they will come. [personal]
  booked_at              timestamp with time zone not null -- When it was booked. [public]
  booked_by              text not null -- Who booked it: the person, the family, an officer, or the rule. [personal]
  ended_at               timestamp with time zone -- When it was over. [public]
  also_at                time without time zone[] not null default '{}'::time without time zone[] -- The beginnings of the slots after the first that it takes, where one is too short. [public]
  not_told               boolean not null default false -- Whether nobody could be told that the place is closed: the family has no phone. [personal]
  CHECK (((state = 'booked'::text) = (ended_at IS NULL))) -- booking_check
  CHECK ((booked_by = ANY (ARRAY['person'::text, 'family'::text, 'officer'::text, 'rule'::text]))) -- booking_booked_by_check
  CHECK ((number > 0)) -- booking_number_check
  CHECK ((place = ANY (ARRAY['counter'::text, 'session'::text]))) -- booking_place_check
  CHECK ((rebooked >= 0)) -- booking_rebooked_check
  CHECK ((service = ANY (ARRAY['A'::text, 'B'::text, 'C'::text]))) -- booking_service_check
  CHECK ((state = ANY (ARRAY['booked'::text, 'served'::text, 'moved'::text, 'cancelled'::text, 'no-show'::text, 'place-closed'::text]))) -- booking_state_check
  PRIMARY KEY (person_id, id) -- booking_pkey
  CREATE INDEX booking_by_id ON planning.booking USING btree (id)
  CREATE INDEX booking_by_place ON planning.booking USING btree (place_id, day)
  CREATE INDEX booking_open ON planning.booking USING btree (day) WHERE (state = 'booked'::text)
  CREATE UNIQUE INDEX one_open_booking_a_service ON planning.booking USING btree (person_id, service) WHERE (state = 'booked'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy own_delete for delete to dinhdanh_app using ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy own_insert for insert to dinhdanh_app with check ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy own_update for update to dinhdanh_app using ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table planning.closed_day (row security forced) -- A day on which a site cannot be used: the school is shut, or has an exam.
  site_id                uuid not null -- Which site. [public]
  day                    date not null -- The day. [public]
  unit_id                uuid not null -- The site's unit. [public]
  why                    text not null -- Why. [public]
  note                   text -- In words, where there is more to say. [public]
  CHECK ((why = ANY (ARRAY['shut'::text, 'exam'::text, 'other'::text]))) -- closed_day_why_check
  FOREIGN KEY (site_id) REFERENCES planning.site(id) -- closed_day_site_id_fkey
  PRIMARY KEY (site_id, day) -- closed_day_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table planning.closing (row security forced) -- What a session came to, as it was closed: the document behind its figures.
  session_id             uuid not null -- The session. [public]
  unit_id                uuid not null -- The session's unit. [public]
  counts                 jsonb not null -- Invited, served, absent by reason, walk-ins and what was done, as counted from the lines. [public]
  roster_hash            text not null -- SHA-256 of the lines with their outcomes. [public]
  closed_by              text not null -- Who closed it. [personal]
  closed_on              date not null -- On which day of the house. [public]
  PRIMARY KEY (session_id) -- closing_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table planning.counter (row security forced) -- A site of the kind counter at which hours are booked and tickets are called.
  site_id                uuid not null -- The site. [public]
  unit_id                uuid not null -- The site's unit. [public]
  public_id              text not null -- What stands in the address of its screen. [public]
  slot_minutes           smallint not null -- How long a slot is. [public]
  walk_in_percent        smallint not null -- The share of the desks' time that is kept for people without a booking. [public]
  break_until            timestamp with time zone -- Nobody is called until then. [public]
  kiosk_hash             text -- SHA-256 of the secret in the address of its ticket screen. [secret]
  kiosk_until            timestamp with time zone -- Until when that screen gives tickets. [public]
  changed_at             timestamp with time zone not null -- When its settings were last changed. [public]
  CHECK (((kiosk_hash IS NULL) = (kiosk_until IS NULL))) -- counter_check
  CHECK (((slot_minutes >= 5) AND (slot_minutes <= 120))) -- counter_slot_minutes_check
  CHECK (((walk_in_percent >= 0) AND (walk_in_percent <= 90))) -- counter_walk_in_percent_check
  CHECK ((public_id ~ '^[a-z0-9]{8}$'::text)) -- counter_public_id_check
  FOREIGN KEY (site_id) REFERENCES planning.site(id) -- counter_site_id_fkey
  PRIMARY KEY (site_id) -- counter_pkey
  CREATE INDEX counter_by_unit ON planning.counter USING btree (unit_id)
  CREATE UNIQUE INDEX counter_by_public_id ON planning.counter USING btree (public_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table planning.counter_service (row security forced) -- What a counter does, and how long it takes.
  site_id                uuid not null -- The counter. [public]
  service                text not null -- A cards, B accounts, C cards that are collected. [public]
  unit_id                uuid not null -- The counter's unit. [public]
  minutes                smallint not null -- Minutes a person. [public]
  CHECK (((minutes >= 1) AND (minutes <= 120))) -- counter_service_minutes_check
  CHECK ((service = ANY (ARRAY['A'::text, 'B'::text, 'C'::text]))) -- counter_service_service_check
  FOREIGN KEY (site_id) REFERENCES planning.counter(site_id) -- counter_service_site_id_fkey
  PRIMARY KEY (site_id, service) -- counter_service_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table planning.crossing -- A boat that goes from a unit to a unit at an hour, as a file told it.
  from_id                uuid not null -- From which unit. [public]
  to_id                  uuid not null -- To which unit. [public]
  departs                time without time zone not null -- At which hour. [public]
  weekdays               smallint[] not null -- On which days: 1 Monday to 7 Sunday. [public]
  minutes                integer not null -- How long it takes. [public]
  km                     numeric(7,1) not null -- How far it goes. [public]
  source                 text not null -- The file that told it. [public]
  at                     timestamp with time zone not null -- When it was taken in. [public]
  CHECK (((minutes >= 1) AND (minutes <= 1440))) -- crossing_minutes_check
  CHECK (((weekdays <@ ARRAY[(1)::smallint, (2)::smallint, (3)::smallint, (4)::smallint, (5)::smallint, (6)::smallint, (7)::smallint]) AND (cardinality(weekdays) > 0))) -- crossing_weekdays_check
  CHECK ((from_id <> to_id)) -- crossing_check
  CHECK ((km >= (0)::numeric)) -- crossing_km_check
  CHECK ((source <> ''::text)) -- crossing_source_check
  PRIMARY KEY (from_id, to_id, departs) -- crossing_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table planning.desk (row security forced) -- A desk (quầy) of a counter.
  site_id                uuid not null -- The counter. [public]
  number                 smallint not null -- Its number. [public]
  unit_id                uuid not null -- The counter's unit. [public]
  services               text[] not null -- What is done there. [public]
  is_open                boolean not null -- Whether somebody works there; a closed one takes no bookings. [public]
  CHECK (((number >= 1) AND (number <= 99))) -- desk_number_check
  CHECK (((services <@ ARRAY['A'::text, 'B'::text, 'C'::text]) AND (cardinality(services) > 0))) -- desk_services_check
  FOREIGN KEY (site_id) REFERENCES planning.counter(site_id) -- desk_site_id_fkey
  PRIMARY KEY (site_id, number) -- desk_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table planning.family_notice (row security forced) -- What families were told of sessions, each once, and who could not be told.
  person_id              uuid not null -- Whose family. [personal]
  id                     uuid not null -- The notice. [public]
  session_id             uuid not null -- Of which session. [public]
  unit_id                uuid not null -- The session's unit. [public]
  kind                   text not null -- What they were told. [public]
  of_version             integer not null -- Of a move: the version of the session; else 0. [public]
  message_id             uuid -- The message; empty where none could be sent. [public]
  not_told               text -- Why none was sent. [personal]
  noted_at               timestamp with time zone not null -- When. [public]
  CHECK (((message_id IS NULL) = (not_told IS NOT NULL))) -- family_notice_check
  CHECK ((kind = ANY (ARRAY['invited'::text, 'moved'::text, 'cancelled'::text, 'tomorrow'::text, 'missed'::text]))) -- family_notice_kind_check
  CHECK ((not_told = ANY (ARRAY['no-phone'::text, 'declined'::text]))) -- family_notice_not_told_check
  CHECK ((of_version >= 0)) -- family_notice_of_version_check
  PRIMARY KEY (person_id, id) -- family_notice_pkey
  CREATE INDEX family_notice_by_session ON planning.family_notice USING btree (session_id)
  CREATE UNIQUE INDEX one_family_notice ON planning.family_notice USING btree (person_id, session_id, kind, of_version)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION planning.fits(taken smallint[], minutes smallint[], room integer[])
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(bool_and(
    (case when s & 1 > 0 then taken[1]::integer * minutes[1] else 0 end)
    + (case when s & 2 > 0 then taken[2]::integer * minutes[2] else 0 end)
    + (case when s & 4 > 0 then taken[3]::integer * minutes[3] else 0 end) <= room[s]), false)
  from generate_series(1, 7) s
$function$


table planning.kit (row security forced) -- A machine with which data are captured away from the counter.
  id                     uuid not null -- The machine. [public]
  unit_id                uuid not null -- Who keeps it. [public]
  code                   text not null -- What is written on it. [public]
  kind                   text not null -- What it is. [public]
  state                  text not null -- ready, in repair, or no longer used. [public]
  repair_until           date -- The last day in repair, where it is known. [public]
  per_hour               smallint -- Persons an hour; empty = the usual of the kind of session. [public]
  CHECK (((per_hour >= 1) AND (per_hour <= 200))) -- kit_per_hour_check
  CHECK (((repair_until IS NULL) OR (state = 'repair'::text))) -- kit_check
  CHECK ((code <> ''::text)) -- kit_code_check
  CHECK ((kind = 'capture-kit'::text)) -- kit_kind_check
  CHECK ((state = ANY (ARRAY['ready'::text, 'repair'::text, 'retired'::text]))) -- kit_state_check
  PRIMARY KEY (id) -- kit_pkey
  UNIQUE (unit_id, code) -- kit_unit_id_code_key
  CREATE UNIQUE INDEX kit_unit_id_code_key ON planning.kit USING btree (unit_id, code)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (EXISTS ( SELECT
   FROM planning.session_kit k
  WHERE (k.kit_id = kit.id)
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table planning.no_road -- An island: a unit to which no road leads but those that planning.travel names.
  unit_id                uuid not null -- Which unit. [public]
  source                 text not null -- The file that told it. [public]
  at                     timestamp with time zone not null -- When it was taken in. [public]
  CHECK ((source <> ''::text)) -- no_road_source_check
  PRIMARY KEY (unit_id) -- no_road_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table planning.overtime (row security forced) -- What an officer worked at a session beyond working hours, by real activity.
  session_id             uuid not null -- At which session. [public]
  officer_id             uuid not null -- Who. [personal]
  unit_id                uuid not null -- The session's unit. [public]
  day                    date not null -- The session's day. [public]
  basis                  text not null -- By the officer's own first and last deed, or by those of the whole session. [public]
  worked_from            smallint not null -- First deed: minutes since midnight of the day. [public]
  worked_to              smallint not null -- Last deed, likewise; above 1440 after midnight. [public]
  weekday                smallint not null -- Minutes beyond working hours on a working day. [public]
  rest_day               smallint not null -- Minutes on a Saturday or Sunday outside working hours. [public]
  holiday                smallint not null -- Minutes on a holiday. [public]
  night                  smallint not null -- Of these, minutes between 22:00 and 06:00. [public]
  weighted               integer not null -- The same in minutes of an ordinary hour, by the rates of the day. [public]
  signed_by              text -- The commander who signed it. [personal]
  signed_at              timestamp with time zone -- When it was signed. [public]
  CHECK (((signed_by IS NULL) = (signed_at IS NULL))) -- overtime_check1
  CHECK ((basis = ANY (ARRAY['own'::text, 'session'::text]))) -- overtime_basis_check
  CHECK ((holiday >= 0)) -- overtime_holiday_check
  CHECK ((night >= 0)) -- overtime_night_check
  CHECK ((rest_day >= 0)) -- overtime_rest_day_check
  CHECK ((weekday >= 0)) -- overtime_weekday_check
  CHECK ((weighted >= 0)) -- overtime_weighted_check
  CHECK ((worked_from <= worked_to)) -- overtime_check
  CHECK ((worked_from >= 0)) -- overtime_worked_from_check
  PRIMARY KEY (session_id, officer_id) -- overtime_pkey
  CREATE INDEX overtime_by_officer ON planning.overtime USING btree (officer_id, day)
  CREATE INDEX overtime_by_unit ON planning.overtime USING btree (unit_id, day)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION planning.own_places()
 RETURNS TABLE(session_id uuid, unit_id uuid, code text, site text, address text, day date, starts_at time without time zone, ends_at time without time zone, class text, walk_in boolean, came_at timestamp with time zone, outcome text, absent_reason text, done text[], state text, kind text, coming_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.id, s.unit_id, s.code, p.name, p.address, s.day, s.starts_at, s.ends_at, r.class, r.walk_in, r.came_at, r.outcome, r.absent_reason, r.done, s.state, s.kind, r.coming_on
  from planning.roster r join planning.session s on s.id = r.session_id join planning.site p on p.id = s.site_id
  where r.person_id = platform.person()
  order by s.day desc, s.starts_at desc, s.code
$function$


table planning.plan (row security forced) -- A plan: which team goes where on which day.
  id                     uuid not null -- The plan. [public]
  unit_id                uuid not null -- Of which unit and those below it. [public]
  campaign_id            uuid not null -- For which campaign. [public]
  from_on                date not null -- The first day. [public]
  to_on                  date not null -- The last day. [public]
  state                  text not null -- draft, accepted or dropped. [public]
  solving                text not null -- Whether it waits, is being sought, was found, was stopped with the best so far, or failed. [public]
  stop_asked             boolean not null default false -- Somebody asked to stop seeking. [public]
  progress               jsonb not null default '{}'::jsonb -- How far the solver is, in its own numbers. [public]
  request                jsonb not null -- Orders for overtime, seed, and how long is sought. [public]
  instance               jsonb not null -- What was to be solved, with the names of officers. [personal]
  notes                  jsonb not null -- What of it is measured and what assumed. [public]
  plan                   jsonb -- What was found, with the ids of officers. [personal]
  objective              double precision -- What it costs, in officer-minutes. [public]
  bound                  double precision -- No plan costs less. [public]
  made_by                text not null -- Who asked for it. [personal]
  made_at                timestamp with time zone not null -- When. [public]
  decided_by             text -- Who accepted or dropped it. [personal]
  decided_at             timestamp with time zone -- When. [public]
  version                integer not null -- Grows with each change. [public]
  based_on               uuid -- The plan that it was made from; none where it was made anew. [public]
  events                 jsonb not null default '[]'::jsonb -- After which events it was made again, as docs/interfaces.md has them; with ids of officers. [personal]
  base                   jsonb -- What it was made from as that stood then: its instance and routes, with the ids of officers. [personal]
  remedies               jsonb -- What would serve more people in time, by trying, or how far that is; none where nobody asked. [public]
  CHECK (((based_on IS NULL) = (base IS NULL))) -- plan_check6
  CHECK (((based_on IS NULL) = (events = '[]'::jsonb))) -- plan_check7
  CHECK (((decided_by IS NULL) = (decided_at IS NULL))) -- plan_check5
  CHECK (((plan IS NOT NULL) = (solving = ANY (ARRAY['done'::text, 'stopped'::text])))) -- plan_check1
  CHECK (((plan IS NULL) = (objective IS NULL))) -- plan_check2
  CHECK (((state <> 'accepted'::text) OR (plan IS NOT NULL))) -- plan_check3
  CHECK (((state = 'draft'::text) = (decided_by IS NULL))) -- plan_check4
  CHECK ((from_on <= to_on)) -- plan_check
  CHECK ((solving = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'stopped'::text, 'failed'::text]))) -- plan_solving_check
  CHECK ((state = ANY (ARRAY['draft'::text, 'accepted'::text, 'dropped'::text]))) -- plan_state_check
  CHECK ((version > 0)) -- plan_version_check
  FOREIGN KEY (based_on) REFERENCES planning.plan(id) -- plan_based_on_fkey
  PRIMARY KEY (id) -- plan_pkey
  CREATE INDEX plan_based_on ON planning.plan USING btree (based_on) WHERE (based_on IS NOT NULL)
  CREATE INDEX plan_by_unit ON planning.plan USING btree (unit_id, made_at)
  CREATE UNIQUE INDEX one_plan_sought_a_unit ON planning.plan USING btree (unit_id) WHERE ((solving = ANY (ARRAY['waiting'::text, 'running'::text])) AND (state = 'draft'::text))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

view planning.published_roster -- Who was asked to a session or came to it, and what came of it.
  session_id             uuid
  person_id              uuid
  outcome                text
  walk_in                boolean
  day                    date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT session_id,
    person_id,
    outcome,
    walk_in,
    day
   FROM planning.roster r;

view planning.published_session -- Sessions with their counts; shifts at the counter are none. Minutes are known once a session is closed.
  id                     uuid
  campaign_id            uuid
  unit_id                uuid
  site_id                uuid
  day                    date
  kind                   text
  state                  text
  planned                bigint
  served                 bigint
  absent                 bigint
  walk_in                bigint
  officer_minutes        bigint
  overtime_minutes       bigint
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT s.id,
    s.campaign_id,
    s.unit_id,
    s.site_id,
    s.day,
    s.kind,
    s.state,
    r.planned,
    r.served,
    r.absent,
    r.walk_in,
    COALESCE(o.officer_minutes, (0)::bigint) AS officer_minutes,
    COALESCE(o.overtime_minutes, (0)::bigint) AS overtime_minutes
   FROM ((planning.session s
     CROSS JOIN LATERAL ( SELECT count(*) FILTER (WHERE (NOT r_1.walk_in)) AS planned,
            count(*) FILTER (WHERE ((NOT r_1.walk_in) AND (r_1.outcome = 'served'::text))) AS served,
            count(*) FILTER (WHERE (r_1.outcome = 'absent'::text)) AS absent,
            count(*) FILTER (WHERE r_1.walk_in) AS walk_in
           FROM planning.roster r_1
          WHERE (r_1.session_id = s.id)) r)
     CROSS JOIN LATERAL ( SELECT sum((o_1.worked_to - o_1.worked_from)) AS officer_minutes,
            sum(((o_1.weekday + o_1.rest_day) + o_1.holiday)) AS overtime_minutes
           FROM planning.overtime o_1
          WHERE (o_1.session_id = s.id)) o)
  WHERE (s.kind <> 'counter'::text);

view planning.published_session_officer -- Which officers are at which session, and from when until when.
  session_id             uuid
  officer_id             uuid
  unit_id                uuid
  day                    date
  from_at                time without time zone
  to_at                  time without time zone
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT session_id,
    officer_id,
    unit_id,
    day,
    from_at,
    to_at
   FROM planning.session_officer o
  WHERE stands;

table planning.roster (row security forced) -- Who is asked to a session, or came without being asked, and what came of it.
  person_id              uuid not null -- Who. [personal]
  session_id             uuid not null -- To which session. [public]
  id                     uuid not null -- The line; also the case by which the session's unit sees the person. [public]
  unit_id                uuid not null -- The session's unit. [public]
  walk_in                boolean not null -- Came without being on the list: counted apart. [public]
  school_id              uuid -- Of which school, where they were asked as a pupil. [personal]
  class                  text -- Of which class. [personal]
  day                    date not null -- The session's day. [public]
  came_at                timestamp with time zone -- When they were checked in. [public]
  outcome                text -- What came of it; empty = nothing yet. [public]
  absent_reason          text -- Why not. [personal]
  done                   text[] not null default '{}'::text[] -- What was done: card, account, raised, activated; empty where nothing was lacking any more. [public]
  ended_at               timestamp with time zone -- When it was over for them. [public]
  ended_by               text -- Who said so. [personal]
  added_at               timestamp with time zone not null -- Since when they are on it. [public]
  coming_on              date -- The house's day on which the person or the family said that they will come. [personal]
  coming_by              text -- Who said so: the person, or the link or receipt by which it was said. [personal]
  CHECK (((NOT (outcome IS DISTINCT FROM 'absent'::text)) = (absent_reason IS NOT NULL))) -- roster_check
  CHECK (((NOT walk_in) OR (NOT (outcome IS DISTINCT FROM 'served'::text)))) -- roster_check2
  CHECK (((coming_on IS NULL) = (coming_by IS NULL))) -- roster_coming_has_author
  CHECK (((outcome IS NULL) = (ended_at IS NULL))) -- roster_check1
  CHECK ((absent_reason = ANY (ARRAY['ill'::text, 'moved'::text, 'no-paper'::text, 'refused'::text, 'other'::text]))) -- roster_absent_reason_check
  CHECK ((outcome = ANY (ARRAY['served'::text, 'absent'::text]))) -- roster_outcome_check
  PRIMARY KEY (person_id, session_id) -- roster_pkey
  CREATE INDEX roster_by_id ON planning.roster USING btree (id)
  CREATE INDEX roster_by_session ON planning.roster USING btree (session_id)
  policy homeroom for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (EXISTS ( SELECT
   FROM classes.rows_in_part() r(roll_id, place, id, person_id, school_id, school_year, class)
  WHERE ((r.person_id = roster.person_id) AND (r.school_id = roster.school_id)))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own_delete for delete to dinhdanh_app using ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy own_insert for insert to dinhdanh_app with check ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy own_update for update to dinhdanh_app using ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION planning.say_own_coming(of_session uuid, on_day date, by_whom text)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with said as (
    update planning.roster r set coming_on = on_day, coming_by = case when on_day is null then null else by_whom end
    from planning.session s
    where s.id = r.session_id and r.session_id = of_session and r.person_id = platform.person()
      and ((select platform.writes_own_on()) is null or r.person_id = (select families.own_person()))
      and r.came_at is null and r.outcome is null and s.state in ('planned', 'open')
      and (r.coming_on is null) <> (on_day is null)
    returning 1)
  select exists (select from said)
$function$


table planning.session (row security forced) -- A team at a site for some hours of a day; or a shift at the unit's own counter.
  id                     uuid not null -- The session. [public]
  unit_id                uuid not null -- In which unit it is held. [public]
  year                   smallint not null -- Of which year's numbers. [public]
  number                 integer not null -- Its number in that year. [public]
  code                   text not null -- What people call it: letters of the unit and the number. [public]
  kind                   text not null -- What is done there; counter = a shift at the unit's counter, without roster. [public]
  campaign_id            uuid -- For which campaign, where it is for one. [public]
  site_id                uuid not null -- Where. [public]
  team_id                uuid -- Who goes; empty = officers by name. [public]
  day                    date not null -- On which day. [public]
  starts_at              time without time zone not null -- From when. [public]
  ends_at                time without time zone not null -- Until when. [public]
  during                 tsrange not null default tsrange((day + starts_at), (day + ends_at)) -- The same as a range. [public]
  state                  text not null -- planned, open, closed or cancelled. [public]
  stands                 boolean not null default (state <> 'cancelled'::text) -- Whether it is held or will be. [public]
  reason                 text -- Why it was cancelled. [public]
  confirmed              text[] not null default '{}'::text[] -- The warnings with which it was planned all the same. [public]
  planned_by             text not null -- Who planned it. [personal]
  planned_at             timestamp with time zone not null -- When it was planned. [public]
  opened_at              timestamp with time zone -- When it was opened. [public]
  closed_at              timestamp with time zone -- When it was closed. [public]
  version                integer not null -- Grows with each change, so that two officers do not overwrite each other. [public]
  CHECK (((kind <> 'counter'::text) OR (team_id IS NULL))) -- session_check3
  CHECK (((state = 'cancelled'::text) = (reason IS NOT NULL))) -- session_check1
  CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))) -- session_check2
  CHECK ((code <> ''::text)) -- session_code_check
  CHECK ((kind = ANY (ARRAY['card-and-account'::text, 'raise-level'::text, 'activation'::text, 'counter'::text]))) -- session_kind_check
  CHECK ((starts_at < ends_at)) -- session_check
  CHECK ((state = ANY (ARRAY['planned'::text, 'open'::text, 'closed'::text, 'cancelled'::text]))) -- session_state_check
  CHECK ((version > 0)) -- session_version_check
  EXCLUDE USING gist (team_id WITH =, during WITH &&) WHERE ((state <> 'cancelled'::text)) -- team_once_at_a_time
  FOREIGN KEY (site_id) REFERENCES planning.site(id) -- session_site_id_fkey
  FOREIGN KEY (team_id) REFERENCES planning.team(id) -- session_team_id_fkey
  PRIMARY KEY (id) -- session_pkey
  UNIQUE (id, day, stands) -- session_id_day_stands_key
  UNIQUE (unit_id, year, number) -- session_unit_id_year_number_key
  CREATE INDEX session_by_site ON planning.session USING btree (site_id, day)
  CREATE INDEX session_by_unit ON planning.session USING btree (unit_id, day)
  CREATE INDEX team_once_at_a_time ON planning.session USING gist (team_id, during) WHERE (state <> 'cancelled'::text)
  CREATE UNIQUE INDEX session_id_day_stands_key ON planning.session USING btree (id, day, stands)
  CREATE UNIQUE INDEX session_unit_id_year_number_key ON planning.session USING btree (unit_id, year, number)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table planning.session_kit (row security forced) -- Which machines are at a session. Day and whether it stands follow the session.
  session_id             uuid not null -- The session. [public]
  kit_id                 uuid not null -- Which machine. [public]
  unit_id                uuid not null -- The session's unit. [public]
  day                    date not null -- The session's day. [public]
  from_at                time without time zone not null -- From when. [public]
  to_at                  time without time zone not null -- Until when. [public]
  during                 tsrange not null default tsrange((day + from_at), (day + to_at)) -- The same as a range. [public]
  stands                 boolean not null -- Whether the session is held or will be. [public]
  CHECK ((from_at < to_at)) -- session_kit_check
  EXCLUDE USING gist (kit_id WITH =, during WITH &&) WHERE (stands) -- kit_once_at_a_time
  FOREIGN KEY (kit_id) REFERENCES planning.kit(id) -- session_kit_kit_id_fkey
  FOREIGN KEY (session_id, day, stands) REFERENCES planning.session(id, day, stands) ON UPDATE CASCADE -- session_kit_session_id_day_stands_fkey
  PRIMARY KEY (session_id, kit_id) -- session_kit_pkey
  CREATE INDEX kit_once_at_a_time ON planning.session_kit USING gist (kit_id, during) WHERE stands
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table planning.session_number -- The last number given to a session of a unit in a year.
  unit_id                uuid not null -- The unit. [public]
  year                   smallint not null -- The year. [public]
  last                   integer not null -- The last number given. [public]
  CHECK ((last > 0)) -- session_number_last_check
  PRIMARY KEY (unit_id, year) -- session_number_pkey
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table planning.session_officer (row security forced) -- Who is at a session, as what, and when. Day and whether it stands follow the session.
  session_id             uuid not null -- The session. [public]
  officer_id             uuid not null -- Who. [personal]
  unit_id                uuid not null -- The session's unit. [public]
  role                   text not null -- What they do there. [public]
  day                    date not null -- The session's day. [public]
  from_at                time without time zone not null -- From when. [public]
  to_at                  time without time zone not null -- Until when. [public]
  during                 tsrange not null default tsrange((day + from_at), (day + to_at)) -- The same as a range. [public]
  stands                 boolean not null -- Whether the session is held or will be. [public]
  CHECK ((from_at < to_at)) -- session_officer_check
  CHECK ((role = ANY (ARRAY['information-check'::text, 'fingerprint'::text, 'photo'::text, 'reserve'::text, 'lone'::text]))) -- session_officer_role_check
  EXCLUDE USING gist (officer_id WITH =, during WITH &&) WHERE (stands) -- officer_once_at_a_time
  FOREIGN KEY (session_id, day, stands) REFERENCES planning.session(id, day, stands) ON UPDATE CASCADE -- session_officer_session_id_day_stands_fkey
  PRIMARY KEY (session_id, officer_id) -- session_officer_pkey
  CREATE INDEX officer_once_at_a_time ON planning.session_officer USING gist (officer_id, during) WHERE stands
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table planning.site (row security forced) -- A place at which sessions are held: a school, a hall, or the unit's own counter.
  id                     uuid not null -- The site. [public]
  unit_id                uuid not null -- In which unit it lies; whoever sees the unit sees it. [public]
  kind                   text not null -- What it is; a home is told to those alone who are asked there. [public]
  school_id              uuid -- Which school, where it is one. [public]
  name                   text not null -- What it is called; of a home, whose. [personal]
  address                text -- Where to find it, in words. [personal]
  opens_at               time without time zone not null -- From when it can be used on a day. [public]
  closes_at              time without time zone not null -- Until when. [public]
  added_at               timestamp with time zone not null -- Since when it is known. [public]
  CHECK (((kind = 'school'::text) = (school_id IS NOT NULL))) -- site_check1
  CHECK ((kind = ANY (ARRAY['school'::text, 'hall'::text, 'counter'::text, 'home'::text]))) -- site_kind_check
  CHECK ((name <> ''::text)) -- site_name_check
  CHECK ((opens_at < closes_at)) -- site_check
  PRIMARY KEY (id) -- site_pkey
  CREATE INDEX site_by_unit ON planning.site USING btree (unit_id)
  CREATE UNIQUE INDEX one_site_a_school ON planning.site USING btree (unit_id, school_id) WHERE (school_id IS NOT NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table planning.slot (row security forced) -- A slot in which somebody is or was booked; one without a row is empty.
  place_id               uuid not null -- The counter's site, or the session. [public]
  day                    date not null -- The day. [public]
  starts_at              time without time zone not null -- When it begins. [public]
  unit_id                uuid not null -- The place's unit. [public]
  minutes                smallint[] not null -- Minutes a person, for A, B and C. [public]
  room                   integer[] not null -- Minutes of the desks that serve any of a set of services; the sets are the bits of the index. [public]
  taken                  smallint[] not null -- How many are booked for A, B and C. [public]
  CHECK (((cardinality(taken) = 3) AND (0 <= ALL (taken)))) -- slot_taken_check
  CHECK ((cardinality(minutes) = 3)) -- slot_minutes_check
  CHECK ((cardinality(room) = 7)) -- slot_room_check
  CHECK (planning.fits(taken, minutes, room)) -- never_over_booked
  PRIMARY KEY (place_id, day, starts_at) -- slot_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table planning.team (row security forced) -- Officers who go out together.
  id                     uuid not null -- The team. [public]
  unit_id                uuid not null -- Whose team it is. [public]
  name                   text not null -- What it is called. [public]
  colour                 smallint not null -- The colour of its edge on the calendar, beside its name. [public]
  ended_on               date -- The day from which it is no more; empty = it stands. [public]
  CHECK (((colour >= 1) AND (colour <= 6))) -- team_colour_check
  CHECK ((name <> ''::text)) -- team_name_check
  PRIMARY KEY (id) -- team_pkey
  CREATE UNIQUE INDEX one_team_a_name ON planning.team USING btree (unit_id, name) WHERE (ended_on IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (EXISTS ( SELECT
   FROM planning.session s
  WHERE (s.team_id = team.id)
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table planning.team_member (row security forced) -- Who is of a team now, and as what.
  team_id                uuid not null -- Of which team. [public]
  officer_id             uuid not null -- Who. [personal]
  unit_id                uuid not null -- The team's unit. [public]
  role                   text not null -- What they do at a session. [public]
  CHECK ((role = ANY (ARRAY['information-check'::text, 'fingerprint'::text, 'photo'::text, 'reserve'::text, 'lone'::text]))) -- team_member_role_check
  FOREIGN KEY (team_id) REFERENCES planning.team(id) -- team_member_team_id_fkey
  PRIMARY KEY (team_id, officer_id) -- team_member_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table planning.ticket (row security forced) -- Who waits at a counter today, by ticket; no person stands in it.
  site_id                uuid not null -- The counter. [public]
  day                    date not null -- The day. [public]
  service                text not null -- For what. [public]
  number                 smallint not null -- The number. [public]
  unit_id                uuid not null -- The counter's unit. [public]
  booking_id             uuid -- The booking, where there is one. [public]
  slot_at                timestamp with time zone -- The hour that was booked. [public]
  came_at                timestamp with time zone not null -- Since when they wait. [public]
  state                  text not null -- Where it stands. [public]
  desk                   smallint -- The desk that called it last. [public]
  for_desk               smallint -- The desk to which it was sent on. [public]
  line                   text -- From which line it was called. [public]
  calls                  smallint not null default 0 -- How often it was called. [public]
  called_at              timestamp with time zone -- When it was called last. [public]
  ended_at               timestamp with time zone -- When it was over. [public]
  CHECK (((booking_id IS NULL) = (slot_at IS NULL))) -- ticket_check
  CHECK (((state <> 'called'::text) OR ((desk IS NOT NULL) AND (called_at IS NOT NULL)))) -- ticket_check2
  CHECK (((state = ANY (ARRAY['served'::text, 'missed'::text])) = (ended_at IS NOT NULL))) -- ticket_check1
  CHECK ((calls >= 0)) -- ticket_calls_check
  CHECK ((line = ANY (ARRAY['booked'::text, 'walk-in'::text, 'sent-on'::text]))) -- ticket_line_check
  CHECK ((number > 0)) -- ticket_number_check
  CHECK ((service = ANY (ARRAY['A'::text, 'B'::text, 'C'::text]))) -- ticket_service_check
  CHECK ((state = ANY (ARRAY['waiting'::text, 'called'::text, 'served'::text, 'missed'::text]))) -- ticket_state_check
  PRIMARY KEY (site_id, day, service, number) -- ticket_pkey
  CREATE INDEX ticket_waiting ON planning.ticket USING btree (site_id, day) WHERE (state = ANY (ARRAY['waiting'::text, 'called'::text]))
  CREATE UNIQUE INDEX one_call_a_desk ON planning.ticket USING btree (site_id, day, desk) WHERE (state = 'called'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table planning.ticket_number (row security forced) -- The last number given for a service at a place on a day.
  place_id               uuid not null -- The counter's site, or the session. [public]
  day                    date not null -- The day. [public]
  service                text not null -- For what. [public]
  unit_id                uuid not null -- The place's unit. [public]
  last                   smallint not null -- The number. [public]
  CHECK ((last > 0)) -- ticket_number_last_check
  CHECK ((service = ANY (ARRAY['A'::text, 'B'::text, 'C'::text]))) -- ticket_number_service_check
  PRIMARY KEY (place_id, day, service) -- ticket_number_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table planning.travel -- How long a team drives from a unit to a unit, as a file told it.
  from_id                uuid not null -- From which unit. [public]
  to_id                  uuid not null -- To which unit; the same one: from one site of it to another. [public]
  minutes                integer not null -- Minutes by road. [public]
  km                     numeric(7,1) not null -- Kilometres by road. [public]
  source                 text not null -- The file that told it. [public]
  at                     timestamp with time zone not null -- When it was taken in. [public]
  CHECK (((minutes >= 0) AND (minutes <= 1440))) -- travel_minutes_check
  CHECK ((km >= (0)::numeric)) -- travel_km_check
  CHECK ((source <> ''::text)) -- travel_source_check
  PRIMARY KEY (from_id, to_id) -- travel_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table planning.working_hours -- When a unit works, from a day on. Where a unit says nothing, the unit above says it.
  unit_id                uuid not null -- The unit. [public]
  from_on                date not null -- Since which day. [public]
  morning_from           time without time zone not null -- Monday to Friday. [public]
  morning_to             time without time zone not null -- The end of the morning. [public]
  afternoon_from         time without time zone not null -- The beginning of the afternoon. [public]
  afternoon_to           time without time zone not null -- The end of the day. [public]
  saturday               text not null -- Whether Saturday mornings are worked. [public]
  CHECK (((morning_from < morning_to) AND (morning_to <= afternoon_from) AND (afternoon_from < afternoon_to))) -- working_hours_check
  CHECK ((saturday = ANY (ARRAY['none'::text, 'morning'::text]))) -- working_hours_saturday_check
  PRIMARY KEY (unit_id, from_on) -- working_hours_pkey
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION platform.actor()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('dinhdanh.actor', true), '') $function$


CREATE OR REPLACE FUNCTION platform.analyze_months(of_table text, anew boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not exists (select from platform.month_parts() p where p.divided = of_table) then
    raise exception '% is not divided by month', of_table using errcode = 'wrong_object_type';
  end if;
  -- -1: it never was.
  if not anew and exists (select from pg_class c where c.oid = of_table::regclass and c.reltuples >= 0) then
    return false;
  end if;
  execute format('analyze %s', of_table);
  return true;
end
$function$


table platform.answered_request (row security forced) -- A change that a browser asked for under a key of its own, so that it lands once however often it is sent.
  key                    uuid not null -- The key, a UUID that the browser made. [public]
  actor_id               text not null -- Who asked; nobody else is answered. [personal]
  door                   text not null -- Method and path of the endpoint, without ids. [public]
  at                     timestamp with time zone not null -- When it was asked first; a day later the row goes. [public]
  answer                 bytea -- The answer and the hash of what was asked, as JSON, by AES-256-GCM under the house’s key (use "answer"); empty while its transaction runs. [secret]
  CHECK ((actor_id <> ''::text)) -- answered_request_actor_id_check
  CHECK ((door <> ''::text)) -- answered_request_door_check
  CHECK ((length(answer) > 28)) -- answered_request_answer_check
  PRIMARY KEY (key) -- answered_request_pkey
  CREATE INDEX answered_request_by_time ON platform.answered_request USING btree (at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for all to dinhdanh_app using (actor_id = ( SELECT platform.actor() AS actor)) with check (actor_id = ( SELECT platform.actor() AS actor))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table platform.believed_time (row security forced) -- The latest time of which nobody doubts that it was.
  only_one               boolean not null default true -- There is one row. [public]
  at                     timestamp with time zone not null -- By the clock of the server that ran a job then, or of the operator who confirmed it. [public]
  CHECK (only_one) -- believed_time_only_one_check
  PRIMARY KEY (only_one) -- believed_time_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION platform.count_failed_jobs(before timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select count(*)::integer from graphile_worker._private_jobs j
    where j.attempts >= j.max_attempts and j.locked_at is null and j.updated_at < before);
end
$function$


CREATE OR REPLACE FUNCTION platform.drop_answers(before timestamp with time zone, most integer)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  delete from platform.answered_request where key in (
    select key from platform.answered_request where at < least(before, now() - interval '24 hours')
    order by at limit most for update skip locked)
$function$


CREATE OR REPLACE FUNCTION platform.drop_failed_jobs(before timestamp with time zone, most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  gone integer;
begin
  delete from graphile_worker._private_jobs j where j.id in (
    select o.id from graphile_worker._private_jobs o
    where o.attempts >= o.max_attempts and o.locked_at is null
      and o.updated_at < least(before, now() - interval '7 days')
    order by o.id limit most for update skip locked);
  get diagnostics gone = row_count;
  return gone;
end
$function$


CREATE OR REPLACE FUNCTION platform.drop_month(of_table text, month date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET lock_timeout TO '1s'
AS $function$
declare
  own text;
begin
  if not platform.hold_month(of_table, month) then
    return false;
  end if;
  if not has_table_privilege('dinhdanh_maintenance', of_table, 'delete') then
    raise exception 'rows of % are not removed', of_table using errcode = 'insufficient_privilege';
  end if;
  select p.part into own from platform.month_parts() p
    where p.divided = of_table and p.from_at = platform.month_begin(month);
  -- Whoever reads the table is waited for a second at a time, so that others never wait behind for longer.
  for attempt in 1..30 loop
    begin
      execute format('alter table %s detach partition %s', of_table, own);
      execute format('drop table %s', own);
      return true;
    exception when lock_not_available then
      if attempt = 30 then
        raise;
      end if;
      perform pg_sleep(0.5);
    end;
  end loop;
  return false;
end
$function$


CREATE OR REPLACE FUNCTION platform.hold_month(of_table text, month date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET lock_timeout TO '20s'
AS $function$
declare
  own text;
begin
  select p.part into own from platform.month_parts() p where p.divided = of_table
    and p.from_at = platform.month_begin(month) and p.until_at = platform.month_begin((month + interval '1 month')::date);
  if own is not null then
    execute format('lock table %s in share mode', own);
  end if;
  return own is not null;
end
$function$


table platform.installation (row security forced) -- The installation to which this database belongs.
  only_one               boolean not null default true -- There is one row. [public]
  id                     uuid not null -- The installation, as its house.json says. [public]
  sealing_key            text not null -- The name of its sealing key, which says nothing of the key. [public]
  noted_at               timestamp with time zone not null -- When that was noted. [public]
  CHECK ((sealing_key <> ''::text)) -- installation_sealing_key_check
  CHECK (only_one) -- installation_only_one_check
  PRIMARY KEY (only_one) -- installation_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_maintenance

table platform.job_runner (row security forced) -- A process that runs jobs, as it says so every few seconds.
  id                     uuid not null -- Of one run of the process; its connections are called by it. [public]
  lockers                text[] not null -- The names under which it holds jobs in the queue. [public]
  seen_at                timestamp with time zone not null -- When it last said so, by the clock of the database. [public]
  PRIMARY KEY (id) -- job_runner_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION platform.make_months(of_table text, months date[])
 RETURNS text[]
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET lock_timeout TO '2s'
AS $function$
declare
  other  text;
  moved  text;
  names  text;
  month  date;
  part   text;
  made   text[] := '{}';
begin
  select p.part into other from platform.month_parts() p where p.divided = of_table and p.until_at is null;
  if other is null then
    raise exception '% is not divided by month', of_table using errcode = 'wrong_object_type';
  end if;
  -- Others go on reading and writing, and whoever makes months of the same table waits.
  execute format('lock table only %s in share update exclusive mode', of_table);
  months := array(
    select distinct date_trunc('month', m)::date from unnest(months) m
    where not exists (select from platform.month_parts() p where p.divided = of_table
      and p.from_at <= platform.month_begin(m) and platform.month_begin(m) < p.until_at)
    order by 1);
  if cardinality(months) = 0 then
    return made;
  end if;
  -- Rows that wait for their month are set aside as one, so that they are read once, whatever the number of months.
  execute format('select case when exists (select from %s) then %L end', other, other) into moved;
  if moved is not null then
    execute format('lock table only %s in access exclusive mode', of_table);
    execute format('alter table %s detach partition %s', of_table, other);
    execute format('alter table %s rename to %I', other, split_part(other, '.', 2) || '_moved');
    moved := other || '_moved';
    execute format('create table %s partition of %s default', other, of_table);
  end if;
  foreach month in array months loop
    part := format('%s_%s', of_table, to_char(month, 'YYYY_MM'));
    execute format('create table %s (like %s including defaults including constraints including indexes including storage)',
      part, of_table);
    execute format('alter table %s attach partition %s for values from (%L) to (%L)', of_table, part,
      platform.month_begin(month), platform.month_begin((month + interval '1 month')::date));
    execute format('revoke all on table %s from public, dinhdanh_app, dinhdanh_maintenance', part);
    made := made || part;
  end loop;
  if moved is not null then
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into names from pg_attribute a
      where a.attrelid = moved::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
    execute format('insert into %s (%s) select %s from %s', of_table, names, names, moved);
    execute format('drop table %s', moved);
    execute format('revoke all on table %s from public, dinhdanh_app, dinhdanh_maintenance', other);
  end if;
  return made;
end
$function$


table platform.migration -- The migrations that this database has.
  number                 integer not null -- Place in the one sequence. [public]
  name                   text not null -- File name without number. [public]
  checksum               text not null -- SHA-256 of the file. [public]
  applied_at             timestamp with time zone not null default clock_timestamp() -- When it was applied. [public]
  PRIMARY KEY (number) -- migration_pkey
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance

table platform.minute_count (row security forced) -- What a process counted within a minute, of whoever comes near a limit.
  name                   text not null -- What was counted and of whom: a code that only a holder of the sealing key can make. [public]
  process_id             uuid not null -- The process that counted. [public]
  count                  integer not null -- How many. [public]
  until                  timestamp with time zone not null -- When that minute is over, by the clock of the database. [public]
  CHECK ((count > 0)) -- minute_count_count_check
  PRIMARY KEY (name, process_id) -- minute_count_pkey
  CREATE INDEX minute_count_until_idx ON platform.minute_count USING btree (until)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION platform.month_begin(of_month date)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select date_trunc('month', of_month::timestamp) at time zone interval '7 hours'
$function$


CREATE OR REPLACE FUNCTION platform.month_parts(OUT divided text, OUT part text, OUT from_at timestamp with time zone, OUT until_at timestamp with time zone)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO'
AS $function$
  select p.partrelid::regclass::text, c.oid::regclass::text,
    case when c.oid = p.partdefid then null
      else coalesce(substring(b.bound from $x$FROM \('([^']+)'\)$x$)::timestamptz, '-infinity') end,
    case when c.oid = p.partdefid then null else substring(b.bound from $x$TO \('([^']+)'\)$x$)::timestamptz end
  from pg_partitioned_table p
  join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
  join pg_class t on t.oid = p.partrelid
  join pg_namespace n on n.oid = t.relnamespace
  join pg_inherits i on i.inhparent = p.partrelid
  join pg_class c on c.oid = i.inhrelid
  cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as bound) b
  where p.partstrat = 'r' and p.partnatts = 1 and a.atttypid = 'timestamptz'::regtype and p.partdefid <> 0
    and n.nspname !~ '^(pg_|information_schema$|public$|graphile_worker$)'
$function$


CREATE OR REPLACE FUNCTION platform.month_state(OUT divided text, OUT made_until timestamp with time zone, OUT waiting integer)
 RETURNS SETOF record
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  other text;
begin
  for divided, made_until, other in
    select p.divided, max(p.until_at), max(p.part) filter (where p.until_at is null)
    from platform.month_parts() p group by p.divided order by p.divided
  loop
    execute format('select count(*)::integer from (select from %s limit 10000) few', other) into waiting;
    return next;
  end loop;
end
$function$


CREATE OR REPLACE FUNCTION platform.parts()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(nullif(current_setting('dinhdanh.parts', true), ''), '{}')::uuid[] $function$


CREATE OR REPLACE FUNCTION platform.person()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('dinhdanh.person', true), '')::uuid $function$


CREATE OR REPLACE FUNCTION platform.queue_job(name text, payload json, queue text, key text, run_at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform graphile_worker.add_job(
    identifier => name, payload => payload, queue_name => queue, run_at => coalesce(queue_job.run_at, now()), job_key => key);
end
$function$


CREATE OR REPLACE FUNCTION platform.reads_needs()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('dinhdanh.needs', true), '') = 'yes' $function$


CREATE OR REPLACE FUNCTION platform.scope()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(nullif(current_setting('dinhdanh.scope', true), ''), '{}')::uuid[] $function$


CREATE OR REPLACE FUNCTION platform.sees_house()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('dinhdanh.sees', true), '') = 'house' $function$


table platform.server_process (row security forced) -- A process that serves the installation, as it says so every few seconds.
  id                     uuid not null -- Of one run of the process. [public]
  place                  text not null -- Machine and port at which it serves. [public]
  began_at               timestamp with time zone not null -- When it began, by the clock of the database. [public]
  seen_at                timestamp with time zone not null -- When it last said so, by the clock of the database. [public]
  PRIMARY KEY (id) -- server_process_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION platform.waiting_months(of_table text)
 RETURNS date[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  other   text;
  instant text;
  found   date[];
begin
  select p.part, a.attname into other, instant from platform.month_parts() p
    join pg_partitioned_table t on t.partrelid = p.divided::regclass
    join pg_attribute a on a.attrelid = t.partrelid and a.attnum = t.partattrs[0]
    where p.divided = of_table and p.until_at is null;
  -- A moment that cannot be true makes no month: its row stays, and is told of.
  execute format('select array(select distinct date_trunc(''month'', %1$I at time zone interval ''7 hours'')::date from %2$s
    where %1$I between now() - interval ''10 years'' and now() + interval ''2 months'' order by 1)', instant, other) into found;
  return found;
end
$function$


CREATE OR REPLACE FUNCTION platform.writes_own_on()
 RETURNS date
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('dinhdanh.writes_own_on', true), '')::date $function$


table register.absence (row security forced) -- A temporary absence that was declared: from when to when somebody is away from where they live.
  person_id              uuid not null -- Who is away. [personal]
  id                     uuid not null -- The declaration. [public]
  unit_id                uuid not null -- The commune where they live, whose police recorded it. [personal]
  from_on                date not null -- The first day away. [personal]
  to_on                  date not null -- The last day away, as declared. [personal]
  reason                 text not null -- work, study, treatment, family, service (military) or other. [personal]
  destination            text not null -- Where to, as declared. [personal]
  declared_by            text not null -- Who declared it: self, parent, guardian or another of the household. [public]
  way                    text not null -- How: at the counter, by phone, online. [public]
  recorded_on            date not null -- On which day of the house it was recorded. [public]
  recorded_by            text not null -- The officer who recorded it. [personal]
  ended_on               date -- The first day back, or the day on which it was struck out. [personal]
  ended_how              text -- returned: sooner than declared; mistaken: it was recorded wrongly. [public]
  CHECK (((ended_how IS DISTINCT FROM 'returned'::text) OR (ended_on > from_on))) -- returned_after_leaving
  CHECK (((ended_on IS NULL) = (ended_how IS NULL))) -- absence_end_says_how
  CHECK ((declared_by = ANY (ARRAY['self'::text, 'parent'::text, 'guardian'::text, 'household'::text]))) -- absence_declared_by_check
  CHECK ((destination <> ''::text)) -- absence_destination_check
  CHECK ((ended_how = ANY (ARRAY['returned'::text, 'mistaken'::text]))) -- absence_ended_how_check
  CHECK ((from_on <= to_on)) -- absence_has_days
  CHECK ((reason = ANY (ARRAY['work'::text, 'study'::text, 'treatment'::text, 'family'::text, 'service'::text, 'other'::text]))) -- absence_reason_check
  CHECK ((way = ANY (ARRAY['counter'::text, 'phone'::text, 'online'::text]))) -- absence_way_check
  PRIMARY KEY (person_id, id) -- absence_pkey
  CREATE INDEX absence_by_id ON register.absence USING btree (id)
  CREATE INDEX absence_by_unit ON register.absence USING btree (unit_id, from_on)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = absence.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = absence.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR ((unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) AND (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE ((s.person_id = absence.person_id) AND (s.unit_id = absence.unit_id))
 OFFSET 0))))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION register.accept_case(accepted_kind text, accepted_id uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update register.access_case c
  set grade = 'whole', accepted_by = platform.actor(), accepted_on = current_date,
      basis = case when register.whole_basis(c.person_id) = 'owner' then 'owner' else 'second-officer' end
  where c.kind = accepted_kind and c.case_id = accepted_id and c.grade = 'compared' and c.until >= current_date
    and platform.actor() is not null
    and not exists (select from units.school s where s.id = c.unit_id)
    and (register.whole_basis(c.person_id) = 'owner' or (c.opened_by <> platform.actor() and c.unit_id = any ((select platform.scope())::uuid[])))
  returning c.person_id
$function$


table register.access_case (row security forced) -- An open case that lets a unit (or a school) see one person who is not of it.
  person_id              uuid not null -- Who may be seen. [personal]
  unit_id                uuid not null -- By which unit or school. [public]
  kind                   text not null -- What the case is: correction, roll-row, roll-review, roll-hand-on, application, card, session, booking, opening, counter. [public]
  case_id                uuid not null -- Which one. [public]
  opened_on              date not null -- Since when. [public]
  until                  date not null -- The last day on which it opens the person. [public]
  grade                  text not null default 'compared'::text -- compared: name, birth date, sex, ward and the end of the number; whole: the person's rows. [public]
  basis                  text -- Why it is whole: the person's own unit, a second officer, the house itself, whoever saw the whole passed it on, or the person consents at a counter. [public]
  opened_by              text not null -- Who opened it; of a roll, its sender. [personal]
  reason                 text -- What a whole opening was asked for. [personal]
  accepted_by            text -- The second officer, or the officer of the person's unit. [personal]
  accepted_on            date -- On which day they accepted. [public]
  CHECK (((basis IS DISTINCT FROM 'second-officer'::text) OR ((accepted_by IS NOT NULL) AND (accepted_by <> opened_by)))) -- accepted_by_another
  CHECK (((grade = 'whole'::text) = (basis IS NOT NULL))) -- whole_has_its_basis
  CHECK ((basis = ANY (ARRAY['owner'::text, 'second-officer'::text, 'house'::text, 'passed-on'::text, 'consent'::text]))) -- access_case_basis_check
  CHECK ((grade = ANY (ARRAY['compared'::text, 'whole'::text]))) -- access_case_grade_check
  CHECK ((kind <> ''::text)) -- access_case_kind_check
  PRIMARY KEY (person_id, unit_id, kind, case_id) -- access_case_pkey
  CREATE INDEX access_case_asked ON register.access_case USING btree (unit_id, opened_on) WHERE (kind = 'opening'::text)
  CREATE INDEX access_case_by_case ON register.access_case USING btree (case_id)
  CREATE INDEX access_case_by_unit ON register.access_case USING btree (unit_id, person_id)
  CREATE INDEX access_case_whole ON register.access_case USING btree (unit_id, person_id) WHERE (grade = 'whole'::text)
  policy ended for delete to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy homeroom for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (kind = 'roll-row'::text) AND (grade = 'compared'::text) AND (EXISTS ( SELECT
   FROM classes.rows_in_part() r(roll_id, place, id, person_id, school_id, school_year, class)
  WHERE ((r.id = access_case.case_id) AND (r.person_id = access_case.person_id) AND (r.school_id = access_case.unit_id)))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy opened for insert to dinhdanh_app with check ((( SELECT platform.sees_house() AS sees_house) OR (opened_by = ( SELECT platform.actor() AS actor))) AND ((grade = 'compared'::text) OR (basis = register.whole_basis(person_id))))
  policy own_delete for delete to dinhdanh_app using ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy own_insert for insert to dinhdanh_app with check ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy own_update for update to dinhdanh_app using ((( SELECT platform.writes_own_on() AS writes_own_on) IS NULL) OR (person_id = ( SELECT families.own_person() AS own_person)))
  policy scope for select to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION register.alike(name text, y smallint, m smallint, d smallint)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.person_id from register.person p
  where p.name_ascii = name collate "C" and p.birth_y = y
    and (p.birth_m = m or p.birth_m is null or m is null) and (p.birth_d = d or p.birth_d is null or d is null)
  limit 20
$function$


CREATE OR REPLACE FUNCTION register.analyze_tables()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  analyze register.person, register.person_scope, register.name_word, register.number, register.number_lookup, register.old_number,
          register.residence, register.household, register.household_member, register.kinship, register.phone, register.link_record;
end
$function$


CREATE OR REPLACE FUNCTION register.any_column(names text[], given text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select string_agg(format('t.%I = %s', c, given), ' or ') from unnest(names) as c $function$


CREATE OR REPLACE FUNCTION register.build_index(definition text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if definition !~ '^CREATE (UNIQUE )?INDEX [a-z_]+ ON register\.[a-z_]+ USING btree \([^;]*$' then
    raise exception 'not an index of the register';
  end if;
  execute definition;
end
$function$


CREATE OR REPLACE FUNCTION register.built_on_merge(asked uuid)
 RETURNS SETOF text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare m register.merge;
begin
  select * into m from register.merge where id = asked and state = 'accepted';
  if m.id is null or not register.owns(m.person_id) then return; end if;
  return query
    select table_name from register.merged_row
    where person_id = m.person_id and merge_id = m.id and counts
      and left_hash is distinct from register.hash_of_rows(table_name, columns, m.person_id)
    order by place;
end
$function$


CREATE OR REPLACE FUNCTION register.close_case(closed_kind text, closed_id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ delete from register.access_case where case_id = closed_id and kind = closed_kind $function$


table register.collection (row security forced) -- Data collected to establish a number: for a person who is not in the register (form DC01), or anew for one whose number is cancelled.
  person_id              uuid not null -- Who it will be, or is. [personal]
  id                     uuid not null -- The collection. [public]
  state                  text not null -- collected, established or refused. [public]
  kind                   text not null -- A new person, or a new number for a known one. [public]
  form_code              text not null -- The form signed: DC01 or DC02. [public]
  form_version           text not null -- Of which circular. [public]
  given                  jsonb not null -- The data as collected. [personal]
  papers                 text not null -- Which papers were seen. [personal]
  unit_id                uuid not null -- The unit that collected. [public]
  collected_by           text not null -- The officer who collected. [personal]
  collected_at           timestamp with time zone not null -- When. [public]
  collected_on           date not null -- On which day of the house. [public]
  decided_by             text -- The second officer. [personal]
  decided_at             timestamp with time zone -- When decided. [public]
  decided_on             date -- On which day of the house. [public]
  reason                 text -- Why it was refused, or why the number is made anew. [personal]
  handed_up_at           timestamp with time zone -- Since when the national centre has it to decide. [public]
  handed_up_by           text -- Who checked it and handed it up. [personal]
  returned_on            date -- When the centre gave it back to be mended. [public]
  returned_code          text -- Why, by the centre's code. [public]
  returned_note          text -- Why, in the centre's words. [personal]
  CHECK (((decided_by <> collected_by) AND (handed_up_by <> collected_by))) -- established_by_another
  CHECK (((decided_by IS NULL) = (state = 'collected'::text))) -- collection_check
  CHECK (((handed_up_at IS NULL) = (handed_up_by IS NULL))) -- collection_check2
  CHECK (((handed_up_at IS NULL) OR (returned_on IS NULL))) -- collection_check4
  CHECK (((returned_on IS NULL) = (returned_code IS NULL))) -- collection_check3
  CHECK (((state <> 'refused'::text) OR (reason <> ''::text))) -- collection_check1
  CHECK ((handed_up_by <> ''::text)) -- collection_handed_up_by_check
  CHECK ((kind = ANY (ARRAY['new-person'::text, 'new-number'::text]))) -- collection_kind_check
  CHECK ((papers <> ''::text)) -- collection_papers_check
  CHECK ((returned_code <> ''::text)) -- collection_returned_code_check
  CHECK ((state = ANY (ARRAY['collected'::text, 'established'::text, 'refused'::text]))) -- collection_state_check
  PRIMARY KEY (person_id, id) -- collection_pkey
  CREATE INDEX collection_by_id ON register.collection USING btree (id)
  CREATE INDEX collection_to_do ON register.collection USING btree (unit_id, collected_on) WHERE (state = 'collected'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = collection.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = collection.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = collection.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = collection.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  policy unit for all to dinhdanh_app using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION register.compared(asked uuid[])
 RETURNS TABLE(person_id uuid, full_name text, sort_key text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, life_status text, number_end text, unit_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.person_id, p.full_name, p.sort_key, p.birth_y, p.birth_m, p.birth_d, p.sex, p.life_status, right(n.number, 2), r.unit_id
  from register.person p
  left join register.number n on n.person_id = p.person_id and n.state = 'in-force'
  left join lateral (select d.unit_id from register.residence d where d.person_id = p.person_id and d.to_on is null
                     order by array_position(array['permanent', 'temporary', 'current'], d.kind) limit 1) r on true
  where p.person_id = any (asked)
    and exists (select from register.access_case c
                where c.person_id = p.person_id and c.until >= current_date and c.unit_id = any ((select platform.scope())::uuid[])
                  and (not exists (select from units.school s where s.id = c.unit_id)
                    or exists (select from units.school_standing t where t.school_id = c.unit_id and t.unit_id = any ((select platform.scope())::uuid[])))
                offset 0)
$function$


CREATE OR REPLACE FUNCTION register.consents_shown(since date, most integer)
 RETURNS TABLE(id uuid, person_id uuid, unit_id uuid, officer_id text, service text, way text, asked_at timestamp with time zone, opened_at timestamp with time zone, ended_at timestamp with time zone, ended_how text, accepted_by text, owned boolean, home_unit_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.id, c.person_id, c.unit_id, c.officer_id, c.service, c.way, c.asked_at, c.opened_at, c.ended_at, c.ended_how, c.accepted_by, o.owned, r.unit_id
  from register.counter_consent c
  cross join lateral (select exists (select from register.person_scope s
                                     where s.person_id = c.person_id and s.unit_id = any ((select platform.scope())::uuid[])) as owned) o
  left join lateral (select d.unit_id from register.residence d where d.person_id = c.person_id and d.to_on is null
                     order by array_position(array['permanent', 'temporary', 'current'], d.kind) limit 1) r on true
  where c.asked_on >= since and (platform.sees_house() or o.owned or c.unit_id = any ((select platform.scope())::uuid[]))
  order by c.asked_at desc limit most
$function$


table register.correction (row security forced) -- A request to correct data: proposed, sent to the police of permanent residence, decided by a second officer (NĐ70/2024 Art. 6).
  person_id              uuid not null -- Whose data. [personal]
  id                     uuid not null -- The correction. [public]
  state                  text not null -- proposed (the deciding unit is the proposer's), forwarded, approved, refused or withdrawn. [public]
  form_code              text not null -- The form signed: DC02. [public]
  form_version           text not null -- Of which circular: the same code has meant different forms. [public]
  evidence               text not null -- Which papers show it. [personal]
  proposed_by            text not null -- The officer who proposed it. [personal]
  proposed_at            timestamp with time zone not null -- When. [public]
  proposed_on            date not null -- On which day of the house. [public]
  unit_id                uuid not null -- The unit that received the request. [public]
  decides_unit_id        uuid not null -- The unit that decides: that of permanent residence. [public]
  due_on                 date not null -- The last day for the decision: two working days. [public]
  decided_by             text -- The officer who decided or withdrew it. [personal]
  decided_at             timestamp with time zone -- When. [public]
  decided_on             date -- On which day of the house. [public]
  reason                 text -- Why it was refused or withdrawn. [personal]
  CHECK (((decided_by <> proposed_by) OR (state = 'withdrawn'::text))) -- decided_by_another
  CHECK (((decided_by IS NULL) = (state = ANY (ARRAY['proposed'::text, 'forwarded'::text])))) -- correction_check
  CHECK (((state <> 'refused'::text) OR (reason <> ''::text))) -- correction_check1
  CHECK ((evidence <> ''::text)) -- correction_evidence_check
  CHECK ((state = ANY (ARRAY['proposed'::text, 'forwarded'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text]))) -- correction_state_check
  PRIMARY KEY (person_id, id) -- correction_pkey
  CREATE INDEX correction_by_id ON register.correction USING btree (id)
  CREATE INDEX correction_by_unit ON register.correction USING btree (unit_id, proposed_on)
  CREATE INDEX correction_to_decide ON register.correction USING btree (decides_unit_id, due_on) WHERE (state = ANY (ARRAY['proposed'::text, 'forwarded'::text]))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = correction.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = correction.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = correction.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = correction.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  policy unit for all to dinhdanh_app using ((unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (decides_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table register.correction_change (row security forced) -- The values that a correction asks to change.
  person_id              uuid not null -- Whose. [personal]
  correction_id          uuid not null -- Of which correction. [public]
  field                  text not null -- Which value. [public]
  old                    text -- What it was when proposed. [personal]
  new                    text -- What it should be. [personal]
  CHECK ((field <> ''::text)) -- correction_change_field_check
  PRIMARY KEY (person_id, correction_id, field) -- correction_change_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = correction_change.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = correction_change.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = correction_change.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = correction_change.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  policy unit for all to dinhdanh_app using (EXISTS ( SELECT
   FROM register.correction c
  WHERE ((c.person_id = correction_change.person_id) AND (c.id = correction_change.correction_id) AND (c.decides_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table register.counter_consent (row security forced) -- The consent of a person to be served at a counter of another unit, and what came of it.
  person_id              uuid not null -- Who consents, or for whom a representative does. [personal]
  id                     uuid not null -- The consent; the case that it opens bears the same id. [public]
  unit_id                uuid not null -- The unit of the counter. [public]
  officer_id             text not null -- The officer at the counter. [personal]
  service                text not null -- What the person came for: account, level-two, phone, information. [public]
  way                    text not null -- code: sent to the person's own phone and said at the counter; signed: a paper, and a second officer. [public]
  asked_at               timestamp with time zone not null -- When the officer asked. [public]
  asked_on               date not null -- On which day of the house. [public]
  until                  timestamp with time zone not null -- Until when the code, or the second officer, opens the record. [public]
  code_hash              bytea -- Hash of the code under a key of the house. [secret]
  tries_left             smallint not null -- So many wrong codes are still allowed. [public]
  paper                  text -- Which paper the person signed, and where it is kept. [personal]
  accepted_by            text -- The second officer. [personal]
  opened_at              timestamp with time zone -- When the record was opened. [public]
  ended_at               timestamp with time zone -- When it was over: it opens nothing from then on. [public]
  ended_how              text -- done: with the work; left: the officer ended it; overdue: by itself; refused: too many wrong codes. [public]
  CHECK (
CASE way
    WHEN 'code'::text THEN ((code_hash IS NOT NULL) AND (paper IS NULL))
    ELSE ((code_hash IS NULL) AND (paper IS NOT NULL))
END) -- way_has_its_proof
  CHECK (((ended_at IS NULL) = (ended_how IS NULL))) -- end_says_how
  CHECK (((tries_left >= 0) AND (tries_left <= 20))) -- counter_consent_tries_left_check
  CHECK (((way = 'code'::text) OR (opened_at IS NULL) OR (accepted_by IS NOT NULL))) -- signed_is_accepted
  CHECK ((accepted_by <> officer_id)) -- accepted_by_another
  CHECK ((ended_how = ANY (ARRAY['done'::text, 'left'::text, 'overdue'::text, 'refused'::text]))) -- counter_consent_ended_how_check
  CHECK ((length(code_hash) = 32)) -- counter_consent_code_hash_check
  CHECK ((paper <> ''::text)) -- counter_consent_paper_check
  CHECK ((service = ANY (ARRAY['account'::text, 'level-two'::text, 'phone'::text, 'information'::text]))) -- counter_consent_service_check
  CHECK ((way = ANY (ARRAY['code'::text, 'signed'::text]))) -- counter_consent_way_check
  PRIMARY KEY (person_id, id) -- counter_consent_pkey
  CREATE INDEX counter_consent_by_id ON register.counter_consent USING btree (id)
  CREATE INDEX counter_consent_by_unit ON register.counter_consent USING btree (unit_id, asked_on)
  CREATE INDEX counter_consent_open ON register.counter_consent USING btree (opened_at) WHERE (ended_at IS NULL)
  policy asked for insert to dinhdanh_app with check ((officer_id = ( SELECT platform.actor() AS actor)) AND (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) AND (opened_at IS NULL) AND (accepted_by IS NULL) AND (ended_at IS NULL))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for select to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

CREATE OR REPLACE FUNCTION register.decide_merge(asked uuid, survivor uuid, number_kept text, accepts boolean, said text, on_day date, undo_day date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare m register.merge;
begin
  select * into m from register.merge where id = asked for update;
  if m.id is null then return 'unknown'; end if;
  if m.state <> 'proposed' then return 'closed'; end if;
  if platform.actor() is null or m.proposed_by = platform.actor() then return 'same'; end if;
  if not (register.owns(m.person_id) and register.owns(m.other_id)) then return 'outside'; end if;
  if accepts and survivor not in (m.person_id, m.other_id) then return 'unknown'; end if;
  update register.merge set
    state = case when accepts then 'accepted' else 'refused' end,
    person_id = case when accepts then survivor else person_id end,
    other_id = case when accepts and survivor = other_id then person_id else other_id end,
    kept_number = number_kept, decided_by = platform.actor(), decided_at = now(), decided_on = on_day, answer = said,
    undo_until = case when accepts then undo_day end
  where id = asked;
  return 'decided';
end
$function$


CREATE OR REPLACE FUNCTION register.end_consent(asked uuid, how text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  update register.counter_consent c set ended_at = now(), ended_how = how
  where c.id = asked and c.ended_at is null and (platform.sees_house() or c.unit_id = any ((select platform.scope())::uuid[]));
  if not found then return false; end if;
  delete from register.access_case where kind = 'counter' and case_id = asked;
  return true;
end
$function$


table register.ended_case (row security forced) -- Cases that were withdrawn: they opened a person and nothing was decided. Superiors see them.
  person_id              uuid not null -- Who was opened. [personal]
  unit_id                uuid not null -- To which unit or school. [public]
  kind                   text not null -- What the case was. [public]
  case_id                uuid not null -- Which one. [public]
  grade                  text not null -- How much was open at its end. [public]
  opened_by              text not null -- Who had opened it. [personal]
  opened_on              date not null -- Since when. [public]
  ended_on               date not null -- Until when. [public]
  CHECK ((grade = ANY (ARRAY['compared'::text, 'whole'::text]))) -- ended_case_grade_check
  CHECK ((kind <> ''::text)) -- ended_case_kind_check
  PRIMARY KEY (person_id, unit_id, kind, case_id, ended_on) -- ended_case_pkey
  CREATE INDEX ended_case_by_unit ON register.ended_case USING btree (unit_id, ended_on)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for select to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant select to dinhdanh_app

CREATE OR REPLACE FUNCTION register.forget_merged_rows(on_day date)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with gone as (
    delete from register.merged_row r using register.merge m
    where m.person_id = r.person_id and m.id = r.merge_id and m.undo_until < on_day and platform.sees_house() returning r.merge_id)
  select count(distinct merge_id)::integer from gone
$function$


table register.guardianship (row security forced) -- Who acts for a grown person under guardianship, by which decision and on which days.
  person_id              uuid not null -- The ward. [personal]
  id                     uuid not null -- The guardianship. [public]
  guardian_id            uuid not null -- The guardian, in the register. [personal]
  ground                 text not null -- lost-capacity or limited-cognition (Civil Code Art. 22, 23). [personal]
  relation               text not null -- What the guardian is to the ward. [personal]
  paper_kind             text not null -- A decision of a court or of a people's committee. [personal]
  paper                  text not null -- Its number and who issued it. [personal]
  paper_on               date not null -- Its day. [personal]
  from_on                date not null -- From which day the guardian acts. [personal]
  to_on                  date -- The last day, where the decision has one. [personal]
  recorded_by            text not null -- The officer who recorded it. [personal]
  recorded_at            timestamp with time zone not null -- When. [public]
  accepted_by            text -- The second officer, who has seen the decision; until then nobody acts. [personal]
  accepted_at            timestamp with time zone -- When. [public]
  ended_on               date -- From which day on the guardian acts no more. [personal]
  ended_reason           text -- court, died, changed (another guardian), term or mistaken. [personal]
  CHECK (((accepted_by IS NULL) = (accepted_at IS NULL))) -- acceptance_has_its_moment
  CHECK (((ended_on IS NULL) = (ended_reason IS NULL))) -- guardianship_end_says_why
  CHECK ((accepted_by <> recorded_by)) -- guardianship_by_two
  CHECK ((ended_reason = ANY (ARRAY['court'::text, 'died'::text, 'changed'::text, 'term'::text, 'mistaken'::text]))) -- guardianship_ended_reason_check
  CHECK ((from_on <= to_on)) -- guardianship_has_days
  CHECK ((ground = ANY (ARRAY['lost-capacity'::text, 'limited-cognition'::text]))) -- guardianship_ground_check
  CHECK ((guardian_id <> person_id)) -- guardian_is_another
  CHECK ((paper <> ''::text)) -- guardianship_paper_check
  CHECK ((paper_kind = ANY (ARRAY['court-decision'::text, 'committee-decision'::text]))) -- guardianship_paper_kind_check
  CHECK ((relation = ANY (ARRAY['spouse'::text, 'father'::text, 'mother'::text, 'child'::text, 'guardian'::text]))) -- guardianship_relation_check
  PRIMARY KEY (person_id, id) -- guardianship_pkey
  CREATE INDEX guardianship_by_guardian ON register.guardianship USING btree (guardian_id) WHERE (ended_on IS NULL)
  CREATE INDEX guardianship_by_id ON register.guardianship USING btree (id)
  CREATE UNIQUE INDEX one_guardianship_at_a_time ON register.guardianship USING btree (person_id) WHERE (ended_on IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using ((person_id = ( SELECT platform.person() AS person)) OR (guardian_id = ( SELECT platform.person() AS person)))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = guardianship.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = guardianship.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = guardianship.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = guardianship.person_id) AND (c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION register.hash_of_rows(rel text, columns text[], whose uuid)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare hash bytea;
begin
  execute format('select sha256(convert_to(coalesce(string_agg(r, E''\n'' order by r), ''''), ''UTF8''))
    from (select to_jsonb(t)::text as r from %s t where %s) x', rel, register.any_column(columns, '$1')) into hash using whose;
  return hash;
end
$function$


table register.history (row security forced) -- Every past value is kept (Law 26/2023 Art. 8(6)).
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The change. [public]
  field                  text not null -- Which value. [personal]
  old                    text -- What it was. [personal]
  new                    text -- What it became. [personal]
  why                    text not null -- Why. [personal]
  at                     timestamp with time zone not null -- When. [public]
  on_day                 date not null -- The house's day. [public]
  by_kind                text not null -- What kind of actor answers for it. [public]
  by_id                  text not null -- Who answers for it. [personal]
  deed                   text not null -- By which deed. [public]
  CHECK ((why <> ''::text)) -- history_why_check
  PRIMARY KEY (person_id, id) -- history_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = history.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = history.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = history.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = history.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

table register.household (row security forced) -- A household; its address is that of its members.
  id                     uuid not null -- The household. [personal]
  number                 text not null -- Its number, as given. [personal]
  unit_id                uuid -- The commune, where known. [personal]
  CHECK ((number <> ''::text)) -- household_number_check
  PRIMARY KEY (id) -- household_pkey
  CREATE INDEX household_by_number ON register.household USING btree (number)
  policy established for insert to dinhdanh_app with check true
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (EXISTS ( SELECT
   FROM register.household_member m
  WHERE (m.household_id = household.id))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table register.household_member (row security forced) -- Who belongs to which household.
  person_id              uuid not null -- Who. [personal]
  household_id           uuid not null -- To which. [personal]
  relation               text -- Relation to its head, as given. [personal]
  from_on                date -- Since when, where known. [personal]
  to_on                  date -- The first day on which it was so no more. [personal]
  PRIMARY KEY (person_id, household_id) -- household_member_pkey
  CREATE INDEX household_member_by_household ON register.household_member USING btree (household_id)
  CREATE UNIQUE INDEX one_household_in_force_per_person ON register.household_member USING btree (person_id) WHERE (to_on IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = household_member.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = household_member.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = household_member.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = household_member.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION register.keep_merged_rows(asked uuid, tables jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  m register.merge := register.merge_of_now(asked);
  t record;
begin
  for t in
    select (e.value ->> 'table')::regclass as rel, e.ordinality as place, (e.value ->> 'counts')::boolean as counts,
           array(select jsonb_array_elements_text(e.value -> 'columns')) as columns
    from jsonb_array_elements(tables) with ordinality e
  loop
    execute format('insert into register.merged_row (person_id, merge_id, place, table_name, columns, counts, kept)
      select $1, $2, $3, $4, $5, $6, coalesce(jsonb_agg(to_jsonb(t)), ''[]''::jsonb) from %s t where (%s) or (%s)',
      t.rel, register.any_column(t.columns, '$1'), register.any_column(t.columns, '$7'))
    using m.person_id, m.id, t.place::smallint, t.rel::text, t.columns, t.counts, m.other_id;
  end loop;
end
$function$


table register.kinship (row security forced) -- Father, mother, guardian, spouse: as given, and who that is where the register knows.
  person_id              uuid not null -- Whose father, mother … [personal]
  relation               text not null -- What the related person is to this one. [personal]
  related_person_id      uuid -- Who that is, where known. [personal]
  name                   text -- The name as given. [personal]
  name_ascii             text -- The same, folded. [personal]
  number                 text -- The number as given. [personal]
  related_birth_y        smallint -- Year of birth of the related person, where known. [personal]
  person_birth_y         smallint not null -- Year of birth of this person: parents are looked up with it. [personal]
  CHECK ((relation = ANY (ARRAY['father'::text, 'mother'::text, 'guardian'::text, 'spouse'::text]))) -- kinship_relation_check
  PRIMARY KEY (person_id, relation) -- kinship_pkey
  CREATE INDEX kinship_by_name ON register.kinship USING btree (name_ascii, person_birth_y) WHERE (name_ascii IS NOT NULL)
  CREATE INDEX kinship_by_related ON register.kinship USING btree (related_person_id) WHERE (related_person_id IS NOT NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = kinship.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = kinship.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = kinship.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = kinship.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table register.link_record (row security forced) -- What linkage compares of each person, derived from the other tables; nothing is kept here alone.
  person_id              uuid not null -- Whose. [personal]
  permanent_unit_id      uuid -- The commune of permanent residence in force. [personal]
  household_id           uuid -- The household in force. [personal]
  unit_ids               uuid[] -- The communes of every residence in force, each once, in order; empty where there is none. [personal]
  birth_y                smallint not null -- Year of birth. [personal]
  birth_m                smallint -- Month of birth, where known. [personal]
  birth_d                smallint -- Day of birth, where known. [personal]
  father_y               smallint -- Year of birth of the father, where known. [personal]
  mother_y               smallint -- Year of birth of the mother, where known. [personal]
  sex                    text not null -- M or F. [personal]
  life_status            text not null -- alive, dead or missing. [personal]
  full_name              text not null -- The legal name. [personal]
  name_tone              text not null -- The name folded, marks kept, one tone placement. [personal]
  number                 text -- The number in force. [personal]
  cancelled              text[] -- The cancelled numbers, in order; empty where there is none. [personal]
  old_number             text -- The first of the numbers of nine digits. [personal]
  phone                  text -- The first of the phones. [personal]
  father_name            text -- The father's name as given. [personal]
  mother_name            text -- The mother's name as given. [personal]
  changed_at             timestamp with time zone not null -- When a value here last changed: the moment of the work. [public]
  changed_in             xid8 not null default pg_current_xact_id() -- In which transaction: works commit in another order than they begin. A backup leaves it out. [public]
  PRIMARY KEY (person_id) -- link_record_pkey
  CREATE INDEX link_record_by_change ON register.link_record USING btree (changed_in, person_id)
  CREATE INDEX link_record_by_home ON register.link_record USING btree (permanent_unit_id, birth_y)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = link_record.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = link_record.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = link_record.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = link_record.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

view register.link_record_due -- What register.link_record has to hold, derived from the tables that are the truth.
  person_id              uuid
  permanent_unit_id      uuid
  household_id           uuid
  unit_ids               uuid[]
  birth_y                smallint
  birth_m                smallint
  birth_d                smallint
  father_y               smallint
  mother_y               smallint
  sex                    text
  life_status            text
  full_name              text
  name_tone              text
  number                 text
  cancelled              text[]
  old_number             text
  phone                  text
  father_name            text
  mother_name            text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT p.person_id,
    r.permanent_unit_id,
    m.household_id,
    r.unit_ids,
    p.birth_y,
    p.birth_m,
    p.birth_d,
    f.related_birth_y AS father_y,
    k.related_birth_y AS mother_y,
    p.sex,
    p.life_status,
    p.full_name,
    p.name_tone,
    n.number,
    c.cancelled,
    o.old_number,
    t.phone,
    f.name AS father_name,
    k.name AS mother_name
   FROM ((((((((register.person p
     LEFT JOIN register.number n ON (((n.person_id = p.person_id) AND (n.state = 'in-force'::text))))
     LEFT JOIN register.household_member m ON (((m.person_id = p.person_id) AND (m.to_on IS NULL))))
     LEFT JOIN register.kinship f ON (((f.person_id = p.person_id) AND (f.relation = 'father'::text))))
     LEFT JOIN register.kinship k ON (((k.person_id = p.person_id) AND (k.relation = 'mother'::text))))
     CROSS JOIN LATERAL ( SELECT (array_agg(r_1.unit_id) FILTER (WHERE (r_1.kind = 'permanent'::text)))[1] AS permanent_unit_id,
            array_agg(DISTINCT r_1.unit_id ORDER BY r_1.unit_id) AS unit_ids
           FROM register.residence r_1
          WHERE ((r_1.person_id = p.person_id) AND (r_1.to_on IS NULL))) r)
     CROSS JOIN LATERAL ( SELECT array_agg(c_1.number ORDER BY c_1.number) AS cancelled
           FROM register.number c_1
          WHERE ((c_1.person_id = p.person_id) AND (c_1.state = 'cancelled'::text))) c)
     CROSS JOIN LATERAL ( SELECT min(o_1.number) AS old_number
           FROM register.old_number o_1
          WHERE (o_1.person_id = p.person_id)) o)
     CROSS JOIN LATERAL ( SELECT min(t_1.phone) AS phone
           FROM register.phone t_1
          WHERE (t_1.person_id = p.person_id)) t);

CREATE OR REPLACE FUNCTION register.look_up(asked text)
 RETURNS TABLE(person_id uuid, number text, state text, in_force text, full_name text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, life_status text, permanent_unit_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.person_id, n.number, n.state, f.number, p.full_name, p.birth_y, p.birth_m, p.birth_d, p.sex, p.life_status, r.unit_id
  from register.number_lookup l
  join register.number n         on n.person_id = l.person_id and n.number = l.number
  join register.person p         on p.person_id = l.person_id
  left join register.number f    on f.person_id = l.person_id and f.state = 'in-force'
  left join register.residence r on r.person_id = l.person_id and r.kind = 'permanent' and r.to_on is null
  where l.number = asked
$function$


table register.merge (row security forced) -- A proposal that two records are one person, and what was decided.
  person_id              uuid not null -- The record that stays; of a proposal the one that its proposer would keep. [personal]
  id                     uuid not null -- The proposal. [public]
  other_id               uuid not null -- The record that ends: whoever asks for it is told where it went. [personal]
  state                  text not null -- proposed, accepted, refused, withdrawn or undone. [public]
  reason                 text not null -- Why the two are one person. [personal]
  papers                 text not null -- Which papers show it. [personal]
  unit_id                uuid not null -- The unit that proposed it. [public]
  proposed_by            text not null -- The officer who proposed it, who never decides it. [personal]
  proposed_at            timestamp with time zone not null -- When. [public]
  proposed_on            date not null -- On which day of the house. [public]
  due_on                 date not null -- The last day for the decision. [public]
  kept_number            text -- The number that stays in force, where either had one. [personal]
  decided_by             text -- The second officer. [personal]
  decided_at             timestamp with time zone -- When it was decided: the moment of the transaction that moved the rows. [public]
  decided_on             date -- On which day of the house. [public]
  answer                 text -- Why it was refused, or what the second officer added. [personal]
  undo_until             date -- The last day on which it can be undone. [public]
  undone_by              text -- Who undid it. [personal]
  undone_at              timestamp with time zone -- When. [public]
  undone_on              date -- On which day of the house. [public]
  undone_for             text -- Why. [personal]
  CHECK ((((state = 'undone'::text) = (undone_by IS NOT NULL)) AND ((undone_by IS NULL) = (undone_at IS NULL)) AND ((undone_by IS NULL) = (undone_on IS NULL)))) -- undoing_is_whole
  CHECK ((((state = ANY (ARRAY['proposed'::text, 'withdrawn'::text])) = (decided_by IS NULL)) AND ((decided_by IS NULL) = (decided_at IS NULL)) AND ((decided_by IS NULL) = (decided_on IS NULL)))) -- decision_is_whole
  CHECK (((state = ANY (ARRAY['accepted'::text, 'undone'::text])) = (undo_until IS NOT NULL))) -- accepted_can_be_undone
  CHECK ((answer <> ''::text)) -- merge_answer_check
  CHECK ((decided_by <> proposed_by)) -- decided_by_another
  CHECK ((kept_number ~ '^\d{12}$'::text)) -- merge_kept_number_check
  CHECK ((papers <> ''::text)) -- merge_papers_check
  CHECK ((person_id <> other_id)) -- two_records
  CHECK ((reason <> ''::text)) -- merge_reason_check
  CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'refused'::text, 'withdrawn'::text, 'undone'::text]))) -- merge_state_check
  CHECK ((undone_for <> ''::text)) -- merge_undone_for_check
  PRIMARY KEY (person_id, id) -- merge_pkey
  CREATE INDEX merge_by_id ON register.merge USING btree (id)
  CREATE INDEX merge_by_other ON register.merge USING btree (other_id)
  CREATE INDEX merge_open ON register.merge USING btree (due_on, id) WHERE (state = 'proposed'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy proposed for insert to dinhdanh_app with check ((proposed_by = ( SELECT platform.actor() AS actor)) AND (state = 'proposed'::text) AND (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))))
  policy scope for select to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = merge.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = merge.other_id)
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

CREATE OR REPLACE FUNCTION register.merge_of_now(asked uuid)
 RETURNS register.merge
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare m register.merge;
begin
  select * into m from register.merge where id = asked and state = 'accepted' and decided_at = now();
  if m.id is null then raise exception 'no merge that this transaction accepted' using errcode = 'insufficient_privilege'; end if;
  return m;
end
$function$


CREATE OR REPLACE FUNCTION register.merged_into(asked uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with recursive went (person_id, depth) as (
    select m.person_id, 1 from register.merge m where m.other_id = asked and m.state = 'accepted'
    union all
    select m.person_id, w.depth + 1 from went w join register.merge m on m.other_id = w.person_id and m.state = 'accepted' where w.depth < 20
  )
  select person_id from went order by depth desc limit 1
$function$


table register.merged_row (row security forced) -- What stood in each table about the two records before they were merged, for as long as the merge can be undone. Nobody reads it.
  person_id              uuid not null -- The record that stays. [personal]
  merge_id               uuid not null -- The merge. [public]
  place                  smallint not null -- In the order in which tables are moved. [public]
  table_name             text not null -- Which table. [public]
  columns                text[] not null -- Its columns that name a person. [public]
  counts                 boolean not null -- Whether a change of these rows stands in the way of undoing. [public]
  kept                   jsonb not null -- The rows as they were. [secret]
  left_hash              bytea -- SHA-256 of the rows as the merge left them. [public]
  CHECK ((length(left_hash) = 32)) -- merged_row_left_hash_check
  PRIMARY KEY (person_id, merge_id, table_name) -- merged_row_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy nobody for select to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) AND false)
  grant delete, insert, select, update to dinhdanh_maintenance
  grant select to dinhdanh_app

CREATE OR REPLACE FUNCTION register.move_merged_rows(asked uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  m register.merge := register.merge_of_now(asked);
  t record;
  col text;
  row_at tid;
begin
  set constraints all deferred;
  for t in select table_name, columns from register.merged_row where person_id = m.person_id and merge_id = m.id order by place loop
    foreach col in array t.columns loop
      for row_at in execute format('select ctid from %s where %I = $1', t.table_name, col) using m.other_id loop
        begin
          execute format('update %s set %I = $1 where ctid = $2', t.table_name, col) using m.person_id, row_at;
        exception when unique_violation then
          execute format('delete from %s where ctid = $1', t.table_name) using row_at;
        end;
      end loop;
    end loop;
  end loop;
  set constraints all immediate;
end
$function$


CREATE OR REPLACE FUNCTION register.moved(places uuid[], since date, until date)
 RETURNS TABLE(way text, kind text, id uuid, person_id uuid, listed boolean, name text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, on_day date, to_on date, place text, other_unit_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with here as materialized (
    select p.id from unnest(places) as p (id) where platform.sees_house() or p.id = any ((select platform.scope())::uuid[])
  ), moves as (
    select 'came' as way, r.kind, r.id, r.person_id, r.from_on as on_day, null::date as to_on, r.address as place, b.unit_id as other
    from register.residence r
    left join lateral (select o.unit_id from register.residence o
                       where o.person_id = r.person_id and o.id <> r.id and o.to_on = r.from_on order by o.kind <> r.kind, o.id limit 1) b on true
    where r.unit_id in (select h.id from here h) and r.from_on between since and until
      and (b.unit_id is null or b.unit_id not in (select h.id from here h))
    union all
    select 'went', r.kind, r.id, r.person_id, r.to_on, null, r.address, b.unit_id
    from register.residence r
    left join lateral (select o.unit_id from register.residence o
                       where o.person_id = r.person_id and o.id <> r.id and o.from_on = r.to_on order by o.kind <> r.kind, o.id limit 1) b on true
    where r.unit_id in (select h.id from here h) and r.to_on between since and until
      and (b.unit_id is null or b.unit_id not in (select h.id from here h))
    union all
    select 'went', 'absence', a.id, a.person_id, a.from_on, a.until_on, d.destination, null
    from register.published_absence a join register.absence d using (person_id, id)
    where d.unit_id in (select h.id from here h) and a.from_on between since and until
    union all
    select 'came', case when d.ended_on is null then 'due-back' else 'returned' end, a.id, a.person_id, a.until_on + 1, null, d.destination, null
    from register.published_absence a join register.absence d using (person_id, id)
    where d.unit_id in (select h.id from here h) and a.until_on + 1 between since and until
    union all
    select 'came', 'stay', s.id, s.person_id, s.from_on, case when s.ended_on is null then s.to_on else s.ended_on end, s.address, null
    from register.stay s
    where s.unit_id in (select h.id from here h) and s.from_on between since and until and s.ended_how is distinct from 'mistaken'
    union all
    select 'went', 'stay', s.id, s.person_id, coalesce(s.ended_on, s.to_on + 1), null, s.address, null
    from register.stay s
    where s.unit_id in (select h.id from here h) and coalesce(s.ended_on, s.to_on + 1) between since and until and s.ended_how is distinct from 'mistaken'
  )
  select m.way, m.kind, m.id, m.person_id,
    exists (select from register.person_scope s where s.person_id = m.person_id and (platform.sees_house() or s.unit_id = any ((select platform.scope())::uuid[]))),
    coalesce(s.guest_name, p.full_name), coalesce(s.birth_y, p.birth_y), case when s.id is null then p.birth_m else s.birth_m end,
    case when s.id is null then p.birth_d else s.birth_d end, p.sex, m.on_day, m.to_on, m.place, m.other
  from moves m
  left join register.stay s on m.kind = 'stay' and s.person_id = m.person_id and s.id = m.id
  left join register.person p on p.person_id = m.person_id
$function$


table register.name_word (row security forced) -- The folded words of each name, to search by equality under row-level security.
  person_id              uuid not null -- Whose. [personal]
  word                   text not null -- A word of the name, without marks. [personal]
  birth_year             smallint not null -- The person's year of birth. [personal]
  PRIMARY KEY (person_id, word) -- name_word_pkey
  CREATE INDEX name_word_search ON register.name_word USING btree (word, birth_year, person_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = name_word.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = name_word.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = name_word.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = name_word.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table register.number (row security forced) -- The personal identification numbers of a person, past and present.
  person_id              uuid not null -- Whose. [personal]
  number                 text not null -- Twelve digits. [personal]
  state                  text not null -- in-force or cancelled. [public]
  from_on                date -- Since when, where known. [personal]
  to_on                  date -- The day on which it was cancelled, where known. [personal]
  superseded_by          text -- The number that came in its place. [personal]
  reason                 text -- Why it was cancelled. [personal]
  CHECK (((state = 'cancelled'::text) OR ((to_on IS NULL) AND (superseded_by IS NULL)))) -- number_check
  CHECK ((number ~ '^\d{12}$'::text)) -- number_number_check
  CHECK ((state = ANY (ARRAY['in-force'::text, 'cancelled'::text]))) -- number_state_check
  PRIMARY KEY (person_id, number) -- number_pkey
  CREATE INDEX number_cancelled ON register.number USING btree (person_id) WHERE (state = 'cancelled'::text)
  CREATE UNIQUE INDEX one_number_in_force_per_person ON register.number USING btree (person_id) WHERE (state = 'in-force'::text)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = number.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = number.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = number.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = number.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table register.number_lookup (row security forced) -- Whose a number is or was: a number arrives without its person, and is never given twice.
  number                 text not null -- Twelve digits. [personal]
  person_id              uuid not null -- Whose. [personal]
  PRIMARY KEY (number) -- number_lookup_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = number_lookup.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = number_lookup.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = number_lookup.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = number_lookup.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table register.old_number (row security forced) -- Numbers of nine digits on old identity cards; several in a life, and not unique in the country.
  person_id              uuid not null -- Whose. [personal]
  number                 text not null -- Nine digits. [personal]
  CHECK ((number ~ '^\d{9}$'::text)) -- old_number_number_check
  PRIMARY KEY (person_id, number) -- old_number_pkey
  CREATE INDEX old_number_by_number ON register.old_number USING btree (number)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = old_number.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = old_number.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = old_number.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = old_number.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION register.open_by_code(asked uuid, typed bytea)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare c register.counter_consent;
begin
  select * into c from register.counter_consent
  where id = asked and way = 'code' and officer_id = platform.actor() and unit_id = any ((select platform.scope())::uuid[]) for update;
  if c.id is null then return 'unknown'; end if;
  if c.opened_at is not null or c.ended_at is not null or c.until < now() or c.tries_left = 0 then return 'over'; end if;
  if c.code_hash is distinct from typed then
    update register.counter_consent set tries_left = tries_left - 1,
      ended_at = case when tries_left = 1 then now() end, ended_how = case when tries_left = 1 then 'refused' end
    where id = asked;
    return case when c.tries_left = 1 then 'over' else 'wrong' end;
  end if;
  perform register.open_consented(asked, 'consent', null);
  return 'opened';
end
$function$


CREATE OR REPLACE FUNCTION register.open_by_paper(asked uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare c register.counter_consent;
begin
  select * into c from register.counter_consent
  where id = asked and way = 'signed' and unit_id = any ((select platform.scope())::uuid[]) for update;
  if c.id is null then return 'unknown'; end if;
  if c.opened_at is not null or c.ended_at is not null or c.until < now() then return 'over'; end if;
  if platform.actor() is null or c.officer_id = platform.actor() then return 'same'; end if;
  perform register.open_consented(asked, 'second-officer', platform.actor());
  return 'opened';
end
$function$


CREATE OR REPLACE FUNCTION register.open_consented(asked uuid, why text, second text)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update register.counter_consent set opened_at = now(), accepted_by = second where id = asked;
  insert into register.access_case (person_id, unit_id, kind, case_id, opened_on, until, grade, basis, opened_by, accepted_by, accepted_on)
  select person_id, unit_id, 'counter', id, current_date, current_date, 'whole', why, officer_id, second,
         case when second is not null then current_date end
  from register.counter_consent where id = asked;
$function$


CREATE OR REPLACE FUNCTION register.openings_asked()
 RETURNS TABLE(case_id uuid, person_id uuid, unit_id uuid, opened_by text, opened_on date, until date, reason text, grade text, owned boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.case_id, c.person_id, c.unit_id, c.opened_by, c.opened_on, c.until, c.reason, c.grade, o.owned
  from register.access_case c
  cross join lateral (select exists (select from register.person_scope s
                                     where s.person_id = c.person_id and s.unit_id = any ((select platform.scope())::uuid[])) as owned) o
  where c.kind = 'opening' and c.until >= current_date and (o.owned or c.unit_id = any ((select platform.scope())::uuid[]))
  order by c.until, c.case_id
$function$


CREATE OR REPLACE FUNCTION register.owns(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select platform.sees_house() or exists (select from register.person_scope s where s.person_id = asked and s.unit_id = any ((select platform.scope())::uuid[]))
$function$


table register.person (row security forced) -- A person. The number is no key: it can be cancelled and given anew (NĐ70/2024 Art. 11).
  person_id              uuid not null -- The person, for ever. [personal]
  full_name              text not null -- The legal name: NFC, case and tone placement as written. [personal]
  name_tone              text not null -- The name folded, marks kept, one tone placement. [personal]
  name_ascii             text not null -- The name folded to a–z. [personal]
  family_ascii           text not null -- Its first word, empty where it has one only. [personal]
  given_ascii            text not null -- Its last word. [personal]
  sort_key               text not null -- Sorts by given name, family name, middle names (names.sortKey). [personal]
  birth_y                smallint not null -- Year of birth. [personal]
  birth_m                smallint -- Month of birth, where known. [personal]
  birth_d                smallint -- Day of birth, where known. [personal]
  sex                    text not null -- M or F. [personal]
  birth_registration_cod text -- Province or country where the birth was registered: the prefix of a number. [personal]
  ethnicity              text -- By name, as given. [personal]
  religion               text -- As given. [personal]
  nationality            text -- As given. [personal]
  hometown               text -- Place of origin, as given. [personal]
  life_status            text not null -- alive, dead or missing. [personal]
  origin                 text not null -- Whether the person came by import or was established here. [public]
  source_hash            uuid -- Hash of the row last imported: the same row again changes nothing. [personal]
  entered_at             timestamp with time zone not null -- When the person came into this register. [public]
  changed_at             timestamp with time zone not null -- When a value last changed. [public]
  CHECK (((birth_d >= 1) AND (birth_d <= 31))) -- person_birth_d_check
  CHECK (((birth_d IS NULL) OR (birth_m IS NOT NULL))) -- person_check
  CHECK (((birth_m >= 1) AND (birth_m <= 12))) -- person_birth_m_check
  CHECK (((birth_y >= 1850) AND (birth_y <= 2200))) -- person_birth_y_check
  CHECK ((birth_registration_code ~ '^\d{3}$'::text)) -- person_birth_registration_code_check
  CHECK ((full_name <> ''::text)) -- person_full_name_check
  CHECK ((life_status = ANY (ARRAY['alive'::text, 'dead'::text, 'missing'::text]))) -- person_life_status_check
  CHECK ((origin = ANY (ARRAY['imported'::text, 'established'::text]))) -- person_origin_check
  CHECK ((sex = ANY (ARRAY['M'::text, 'F'::text]))) -- person_sex_check
  PRIMARY KEY (person_id) -- person_pkey
  CREATE INDEX person_by_birth ON register.person USING btree (birth_y, birth_m, birth_d, name_ascii)
  CREATE INDEX person_by_given ON register.person USING btree (given_ascii, birth_y, family_ascii)
  CREATE INDEX person_by_name ON register.person USING btree (name_ascii, birth_y)
  CREATE INDEX person_in_order ON register.person USING btree (sort_key, person_id, birth_y)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = person.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = person.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = person.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = person.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table register.person_scope (row security forced) -- The units of a person: those of any residence in force. Row-level security reads it.
  person_id              uuid not null -- Whose. [personal]
  unit_id                uuid not null -- The unit of a residence in force. [personal]
  sort_key               text not null -- The person's, kept here so that a ward's first page by name is one range. [personal]
  PRIMARY KEY (person_id, unit_id) -- person_scope_pkey
  CREATE INDEX person_scope_by_unit ON register.person_scope USING btree (unit_id, sort_key, person_id)
  policy established for insert to dinhdanh_app with check true
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table register.phone (row security forced) -- Phones that a person gave; families share them, and numbers are recycled.
  person_id              uuid not null -- Whose. [personal]
  phone                  text not null -- E.164. [personal]
  CHECK ((phone ~ '^\+\d{8,15}$'::text)) -- phone_phone_check
  PRIMARY KEY (person_id, phone) -- phone_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = phone.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = phone.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = phone.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = phone.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION register.propose_changes(whose uuid, proposal uuid, proposed jsonb)
 RETURNS SETOF text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not exists (select from register.access_case c where c.person_id = whose and c.case_id = proposal and c.kind = 'correction'
                 and c.until >= current_date and (platform.sees_house() or c.unit_id = any ((select platform.scope())::uuid[]))) then
    raise exception 'no open case of this correction' using errcode = 'insufficient_privilege';
  end if;
  return query
    insert into register.correction_change (person_id, correction_id, field, old, new)
    select whose, proposal, v.key,
      case v.key
        when 'full_name' then p.full_name
        when 'birth_date' then concat_ws('-', lpad(p.birth_y::text, 4, '0'), lpad(p.birth_m::text, 2, '0'), lpad(p.birth_d::text, 2, '0'))
        when 'sex' then p.sex
        when 'life_status' then p.life_status
        when 'birth_registration_code' then p.birth_registration_code
        when 'ethnicity' then p.ethnicity
        when 'religion' then p.religion
        when 'nationality' then p.nationality
        when 'hometown' then p.hometown
        when 'father_name' then (select k.name from register.kinship k where k.person_id = whose and k.relation = 'father')
        when 'mother_name' then (select k.name from register.kinship k where k.person_id = whose and k.relation = 'mother')
        when 'residence_permanent' then register.residence_text(whose, 'permanent')
        when 'residence_temporary' then register.residence_text(whose, 'temporary')
        when 'residence_current' then register.residence_text(whose, 'current')
      end,
      v.value
    from jsonb_each_text(proposed) as v (key, value) join register.person p on p.person_id = whose
    returning field;
end
$function$


CREATE OR REPLACE FUNCTION register.proposed_values(proposals uuid[])
 RETURNS TABLE(person_id uuid, correction_id uuid, field text, new text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select v.person_id, v.correction_id, v.field, v.new
  from register.correction c join register.correction_change v on v.person_id = c.person_id and v.correction_id = c.id
  where c.id = any (proposals) and c.unit_id = any ((select platform.scope())::uuid[])
$function$


view register.published_absence -- From which day to which somebody is away, both included; what was struck out is not there.
  person_id              uuid
  id                     uuid
  from_on                date
  until_on               date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    id,
    from_on,
        CASE
            WHEN (ended_on IS NULL) THEN to_on
            ELSE (ended_on - 1)
        END AS until_on
   FROM register.absence
  WHERE (ended_how IS DISTINCT FROM 'mistaken'::text);

view register.published_access_case -- The open cases that let a unit see somebody, and who opened them.
  person_id              uuid
  unit_id                uuid
  kind                   text
  opened_on              date
  until                  date
  opened_by              text
  accepted_by            text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    unit_id,
    kind,
    opened_on,
    until,
    opened_by,
    accepted_by
   FROM register.access_case c;

view register.published_birth -- When each person was born, and where they stand in the order of names.
  person_id              uuid
  sort_key               text
  birth_y                smallint
  birth_m                smallint
  birth_d                smallint
  life_status            text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    sort_key,
    birth_y,
    birth_m,
    birth_d,
    life_status
   FROM register.person;

view register.published_correction -- Corrections and their states, without the values.
  person_id              uuid
  id                     uuid
  state                  text
  unit_id                uuid
  decides_unit_id        uuid
  proposed_on            date
  due_on                 date
  decided_on             date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    id,
    state,
    unit_id,
    decides_unit_id,
    proposed_on,
    due_on,
    decided_on
   FROM register.correction;

view register.published_guardianship -- Guardianships that a second officer accepted and that did not end; in force from from_on to to_on.
  person_id              uuid
  guardian_id            uuid
  from_on                date
  to_on                  date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    guardian_id,
    from_on,
    to_on
   FROM register.guardianship
  WHERE ((accepted_by IS NOT NULL) AND (ended_on IS NULL));

view register.published_household_member -- Who belongs to which household now.
  person_id              uuid
  household_id           uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    household_id
   FROM register.household_member m
  WHERE (to_on IS NULL);

view register.published_identity -- Each number that was ever given, with the person: what a check compares.
  number                 text
  number_state           text
  person_id              uuid
  full_name              text
  birth_y                smallint
  birth_m                smallint
  birth_d                smallint
  sex                    text
  life_status            text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT l.number,
    n.state AS number_state,
    p.person_id,
    p.full_name,
    p.birth_y,
    p.birth_m,
    p.birth_d,
    p.sex,
    p.life_status
   FROM ((register.number_lookup l
     JOIN register.number n ON (((n.person_id = l.person_id) AND (n.number = l.number))))
     JOIN register.person p ON ((p.person_id = l.person_id)));

view register.published_kin -- Father, mother, guardian, spouse of a person.
  person_id              uuid
  relation               text
  related_person_id      uuid
  name                   text
  name_ascii             text
  number                 text
  related_birth_y        smallint
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    relation,
    related_person_id,
    name,
    name_ascii,
    number,
    related_birth_y
   FROM register.kinship;

view register.published_link_record -- Each person as linkage reads them, in one row.
  person_id              uuid
  permanent_unit_id      uuid
  household_id           uuid
  unit_ids               uuid[]
  birth_y                smallint
  birth_m                smallint
  birth_d                smallint
  father_y               smallint
  mother_y               smallint
  sex                    text
  life_status            text
  full_name              text
  name_tone              text
  number                 text
  cancelled              text[]
  old_number             text
  phone                  text
  father_name            text
  mother_name            text
  changed_at             timestamp with time zone
  changed_in             xid8
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    permanent_unit_id,
    household_id,
    unit_ids,
    birth_y,
    birth_m,
    birth_d,
    father_y,
    mother_y,
    sex,
    life_status,
    full_name,
    name_tone,
    number,
    cancelled,
    old_number,
    phone,
    father_name,
    mother_name,
    changed_at,
    changed_in
   FROM register.link_record;

view register.published_number -- The numbers of a person, past and present.
  person_id              uuid
  number                 text
  state                  text
  from_on                date
  to_on                  date
  superseded_by          text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    number,
    state,
    from_on,
    to_on,
    superseded_by
   FROM register.number;

view register.published_number_lookup -- Whose a number is or was: join on it to come from numbers to persons.
  number                 text
  person_id              uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT number,
    person_id
   FROM register.number_lookup;

view register.published_old_number -- Numbers of old identity cards.
  person_id              uuid
  number                 text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    number
   FROM register.old_number;

view register.published_person -- Each person with the number in force and the commune of permanent residence.
  person_id              uuid
  number                 text
  full_name              text
  name_tone              text
  name_ascii             text
  family_ascii           text
  given_ascii            text
  sort_key               text
  birth_y                smallint
  birth_m                smallint
  birth_d                smallint
  sex                    text
  birth_registration_cod text
  ethnicity              text
  religion               text
  nationality            text
  hometown               text
  permanent_unit_id      uuid
  life_status            text
  origin                 text
  changed_at             timestamp with time zone
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT p.person_id,
    n.number,
    p.full_name,
    p.name_tone,
    p.name_ascii,
    p.family_ascii,
    p.given_ascii,
    p.sort_key,
    p.birth_y,
    p.birth_m,
    p.birth_d,
    p.sex,
    p.birth_registration_code,
    p.ethnicity,
    p.religion,
    p.nationality,
    p.hometown,
    r.unit_id AS permanent_unit_id,
    p.life_status,
    p.origin,
    p.changed_at
   FROM ((register.person p
     LEFT JOIN register.number n ON (((n.person_id = p.person_id) AND (n.state = 'in-force'::text))))
     LEFT JOIN register.residence r ON (((r.person_id = p.person_id) AND (r.kind = 'permanent'::text) AND (r.to_on IS NULL))));

view register.published_phone -- Phones that a person gave.
  person_id              uuid
  phone                  text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    phone
   FROM register.phone;

view register.published_residence -- Where people live, of each kind; in force where to_on is empty.
  person_id              uuid
  id                     uuid
  kind                   text
  unit_id                uuid
  address                text
  from_on                date
  to_on                  date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    id,
    kind,
    unit_id,
    address,
    from_on,
    to_on
   FROM register.residence;

view register.published_scope -- The units of a person, with the sort key.
  person_id              uuid
  unit_id                uuid
  sort_key               text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    unit_id,
    sort_key
   FROM register.person_scope;

table register.residence (row security forced) -- Where a person is registered or lives, effective-dated.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The residence. [public]
  kind                   text not null -- permanent, temporary or current (Residence Law 2020). [personal]
  unit_id                uuid not null -- The commune. [personal]
  address                text -- House, street, hamlet, as printed. [personal]
  from_on                date -- Since when, where known. [personal]
  to_on                  date -- The first day on which it was so no more; empty while in force. [personal]
  CHECK ((kind = ANY (ARRAY['permanent'::text, 'temporary'::text, 'current'::text]))) -- residence_kind_check
  PRIMARY KEY (person_id, id) -- residence_pkey
  CREATE INDEX residence_besides ON register.residence USING btree (unit_id, person_id) WHERE ((to_on IS NULL) AND (kind <> 'permanent'::text))
  CREATE INDEX residence_by_unit ON register.residence USING btree (unit_id, kind, person_id) WHERE (to_on IS NULL)
  CREATE INDEX residence_ended ON register.residence USING btree (unit_id, kind, to_on) WHERE (to_on IS NOT NULL)
  CREATE UNIQUE INDEX one_residence_in_force_per_kind ON register.residence USING btree (person_id, kind) WHERE (to_on IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = residence.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = residence.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = residence.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = residence.person_id) AND ((c.until >= CURRENT_DATE) AND (c.grade = 'whole'::text)))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION register.residence_text(asked uuid, of_kind text)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select concat_ws(' ', coalesce(r.from_on::text, '-'), r.unit_id::text, nullif(r.address, ''))
  from register.residence r where r.person_id = asked and r.kind = of_kind and r.to_on is null
$function$


CREATE OR REPLACE FUNCTION register.rows_about(asked uuid, tables text[])
 RETURNS TABLE(table_name text, row_count integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare t text;
begin
  if not register.owns(asked) then return; end if;
  foreach t in array tables loop
    return query execute format('select %L::text, count(*)::integer from %s where person_id = $1', t, t::regclass) using asked;
  end loop;
end
$function$


CREATE OR REPLACE FUNCTION register.seal_merged_rows(asked uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare m register.merge := register.merge_of_now(asked);
begin
  update register.merged_row set left_hash = register.hash_of_rows(table_name, columns, m.person_id)
  where person_id = m.person_id and merge_id = m.id and counts;
end
$function$


CREATE OR REPLACE FUNCTION register.set_indexes_aside()
 RETURNS text[]
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  definitions text[] := '{}';
  spare record;
begin
  -- The owner sees no rows; a table without a page has none.
  if pg_relation_size('register.person') > 0 then
    return definitions;
  end if;
  for spare in
    select i.indexrelid::regclass as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relnamespace = 'register'::regnamespace and not i.indisprimary
      and t.relname in ('person', 'person_scope', 'name_word', 'number', 'old_number', 'residence', 'household', 'household_member', 'kinship', 'phone',
                        'link_record')
    order by t.relname, i.indexrelid
  loop
    definitions := definitions || spare.definition;
    execute format('drop index %s', spare.name);
  end loop;
  -- What is written to a file made in the same transaction needs no log of its own (wal_level = minimal).
  for spare in
    select c.oid::regclass as name from pg_class c
    where c.relnamespace = 'register'::regnamespace and c.relkind = 'r' and pg_relation_size(c.oid) = 0
      and c.relname in ('person', 'person_scope', 'name_word', 'number', 'number_lookup', 'old_number', 'residence', 'household', 'household_member', 'kinship',
                        'phone', 'link_record')
  loop
    execute format('truncate %s', spare.name);
  end loop;
  return definitions;
end
$function$


table register.stay (row security forced) -- A notice of a stay: somebody spends some nights where they do not live, fewer than thirty days.
  person_id              uuid not null -- Who it is in the register; of a guest whom the register does not know, an id of their own. [personal]
  id                     uuid not null -- The notice. [public]
  unit_id                uuid not null -- The commune of the stay. [personal]
  guest_name             text not null -- The guest's name as notified. [personal]
  birth_y                smallint -- Year of birth as notified. [personal]
  birth_m                smallint -- Month of it, where known. [personal]
  birth_d                smallint -- Day of it, where known. [personal]
  number                 text -- The personal identification number as notified. [personal]
  known                  boolean not null -- Whether number and name are those of a person of the register. [personal]
  from_on                date not null -- The first night. [personal]
  to_on                  date not null -- The last night, as notified. [personal]
  address                text not null -- Where: house, street, hamlet. [personal]
  lodging                text not null -- household, hotel, hospital, workers (lodging of an industrial zone) or other. [personal]
  host                   text -- Who takes the guest in, or the lodging's name. [personal]
  reason                 text not null -- visit, travel, work, study, treatment or other. [personal]
  notified_by            text not null -- Who gave notice: a member of the household, the lodging, the guest. [public]
  way                    text not null -- How: at the counter, by phone, online. [public]
  notified_at            timestamp with time zone not null -- When it was recorded. [public]
  recorded_by            text not null -- The officer who recorded it. [personal]
  ended_on               date -- The day on which the guest left sooner, or on which the notice was struck out. [personal]
  ended_how              text -- left: sooner than notified; mistaken: it was recorded wrongly. [public]
  CHECK (((ended_on IS NULL) = (ended_how IS NULL))) -- stay_end_says_how
  CHECK (((to_on - from_on) < 30)) -- stay_is_no_residence
  CHECK ((address <> ''::text)) -- stay_address_check
  CHECK ((ended_how = ANY (ARRAY['left'::text, 'mistaken'::text]))) -- stay_ended_how_check
  CHECK ((from_on <= to_on)) -- stay_has_days
  CHECK ((guest_name <> ''::text)) -- stay_guest_name_check
  CHECK ((host <> ''::text)) -- stay_host_check
  CHECK ((lodging = ANY (ARRAY['household'::text, 'hotel'::text, 'hospital'::text, 'workers'::text, 'other'::text]))) -- stay_lodging_check
  CHECK ((notified_by = ANY (ARRAY['household'::text, 'lodging'::text, 'guest'::text]))) -- stay_notified_by_check
  CHECK ((number ~ '^[0-9]{12}$'::text)) -- stay_number_check
  CHECK ((reason = ANY (ARRAY['visit'::text, 'travel'::text, 'work'::text, 'study'::text, 'treatment'::text, 'other'::text]))) -- stay_reason_check
  CHECK ((way = ANY (ARRAY['counter'::text, 'phone'::text, 'online'::text]))) -- stay_way_check
  PRIMARY KEY (person_id, id) -- stay_pkey
  CREATE INDEX stay_by_id ON register.stay USING btree (id)
  CREATE INDEX stay_by_unit ON register.stay USING btree (unit_id, from_on)
  CREATE INDEX stay_to_clear ON register.stay USING btree (to_on)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (known AND (person_id = ( SELECT platform.person() AS person)))
  policy unit for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION register.twins_of(unit uuid, after uuid, most integer)
 RETURNS TABLE(person_id uuid, other_id uuid, owned boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.person_id, o.person_id, register.owns(o.person_id)
  from (select s.person_id from register.person_scope s
        where s.unit_id = unit and (platform.sees_house() or s.unit_id = any ((select platform.scope())::uuid[]))
          and (after is null or (s.sort_key, s.person_id) > (select a.sort_key, a.person_id from register.person_scope a
                                                             where a.unit_id = unit and a.person_id = after))
        order by s.sort_key, s.person_id limit most) u
  join register.person p on p.person_id = u.person_id
  cross join lateral (
    select q.person_id from register.person q
    where q.name_ascii = p.name_ascii and q.birth_y = p.birth_y and q.person_id <> p.person_id
      and (q.birth_m = p.birth_m or q.birth_m is null or p.birth_m is null) and (q.birth_d = p.birth_d or q.birth_d is null or p.birth_d is null)
    limit 20) o
$function$


CREATE OR REPLACE FUNCTION register.undo_merge(asked uuid, said text, on_day date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  m register.merge;
  t record;
  given text;
  same text;
  col text;
begin
  select * into m from register.merge where id = asked for update;
  if m.id is null or not register.owns(m.person_id) then return 'unknown'; end if;
  if m.state <> 'accepted' then return 'closed'; end if;
  if platform.actor() is null or m.undo_until < on_day then return 'over'; end if;
  if not exists (select from register.merged_row where person_id = m.person_id and merge_id = m.id) then return 'over'; end if;
  perform from register.person where person_id = m.person_id for update;
  if not found or exists (select from register.built_on_merge(asked)) then return 'built'; end if;
  set constraints all deferred;
  -- First away with all that stands, then back with all that stood: what points at a row goes before the row.
  for t in select * from register.merged_row where person_id = m.person_id and merge_id = m.id and counts order by place loop
    execute format('delete from %s t where %s', t.table_name, register.any_column(t.columns, '$1')) using m.person_id;
  end loop;
  for t in select * from register.merged_row where person_id = m.person_id and merge_id = m.id order by place loop
    if t.counts then
      select string_agg(quote_ident(attname), ', ' order by attnum) into given from pg_attribute
      where attrelid = t.table_name::regclass and attnum > 0 and not attisdropped and attgenerated = '';
      execute format('insert into %1$s (%2$s) select %2$s from jsonb_populate_recordset(null::%1$s, $1)', t.table_name, given) using t.kept;
    else
      select string_agg(format('t.%1$I = b.%1$I', a.attname), ' and ') into same from pg_index i
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
      where i.indrelid = t.table_name::regclass and i.indisprimary and a.attname <> all (t.columns);
      foreach col in array t.columns loop
        execute format('update %1$s t set %2$I = $1 from jsonb_populate_recordset(null::%1$s, $2) b where t.%2$I = $3 and b.%2$I = $1 and %3$s',
          t.table_name, col, same) using m.other_id, t.kept, m.person_id;
      end loop;
    end if;
  end loop;
  set constraints all immediate;
  update register.merge set state = 'undone', undone_by = platform.actor(), undone_at = now(), undone_on = on_day, undone_for = said where id = asked;
  delete from register.merged_row where person_id = m.person_id and merge_id = m.id;
  return 'undone';
end
$function$


CREATE OR REPLACE FUNCTION register.whole_basis(asked uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case
    when platform.sees_house() then 'house'
    when exists (select from register.person_scope s where s.person_id = asked and s.unit_id = any ((select platform.scope())::uuid[])) then 'owner'
    when exists (select from register.access_case c where c.person_id = asked and c.unit_id = any ((select platform.scope())::uuid[])
                 and c.grade = 'whole' and c.kind <> 'counter' and c.until >= current_date) then 'passed-on'
  end
$function$


CREATE OR REPLACE FUNCTION register.withdraw_case(ended_kind text, ended_id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with ended as (delete from register.access_case where case_id = ended_id and kind = ended_kind returning *)
  insert into register.ended_case (person_id, unit_id, kind, case_id, grade, opened_by, opened_on, ended_on)
  select person_id, unit_id, kind, case_id, grade, opened_by, opened_on, current_date from ended
  on conflict do nothing
$function$


CREATE OR REPLACE FUNCTION register.withdraw_merge(asked uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare m register.merge;
begin
  select * into m from register.merge where id = asked for update;
  if m.id is null then return 'unknown'; end if;
  if m.state <> 'proposed' then return 'closed'; end if;
  if platform.actor() is null or m.proposed_by <> platform.actor() then return 'another'; end if;
  update register.merge set state = 'withdrawn' where id = asked;
  return 'withdrawn';
end
$function$


CREATE OR REPLACE FUNCTION rolls.analyze_tables()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  analyze rolls.roll, rolls.row, rolls.candidate, rolls.ledger_event, follow_ups.follow_up;
end
$function$


table rolls.candidate (row security forced) -- Who a row may be, where a person has to look; and whom a row of nobody may still be.
  person_id              uuid not null -- Who. [personal]
  roll_id                uuid not null -- Of which roll. [public]
  place                  integer not null -- Of which row. [public]
  school_id              uuid not null -- The roll's school. [public]
  rank                   smallint not null -- From 1, the likeliest first. [public]
  probability            real not null -- How likely. [public]
  reasons                jsonb not null -- Why, and why not. [personal]
  is_holder              boolean not null default false -- Whether the number on the row is this person's. [personal]
  is_doubt               boolean not null default false -- One of the children on nobody's roll: how likely is said among these alone. [public]
  CHECK (((probability >= (0)::double precision) AND (probability <= (1)::double precision))) -- candidate_probability_check
  PRIMARY KEY (person_id, roll_id, place) -- candidate_pkey
  CREATE INDEX candidate_by_row ON rolls.candidate USING btree (roll_id, place, rank)
  CREATE INDEX candidate_in_doubt ON rolls.candidate USING btree (roll_id) WHERE is_doubt
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy unit_handed_on for all to dinhdanh_app using (EXISTS ( SELECT
   FROM rolls.referral h
  WHERE ((h.roll_id = candidate.roll_id) AND (h.place = candidate.place) AND (h.settled_at IS NULL) AND (h.to_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table rolls.claim (row security forced) -- A row that somebody looks at now: nobody else is given it until it is decided, left, or the time is over.
  roll_id                uuid not null -- Of which roll. [public]
  place                  integer not null -- Which row. [public]
  school_id              uuid not null -- The roll's school: who may see it. [public]
  held_by                text not null -- Which officer. [personal]
  unit_id                uuid -- Acting in which unit. [public]
  claimed_at             timestamp with time zone not null -- Since when. [public]
  until                  timestamp with time zone not null -- Until when, unless it is renewed. [public]
  CHECK ((held_by <> ''::text)) -- claim_held_by_check
  CHECK ((until > claimed_at)) -- claim_check
  FOREIGN KEY (roll_id, place) REFERENCES rolls."row"(roll_id, place) ON DELETE CASCADE -- claim_roll_id_place_fkey
  PRIMARY KEY (roll_id, place) -- claim_pkey
  CREATE INDEX claim_by_officer ON rolls.claim USING btree (held_by)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy unit_handed_on for all to dinhdanh_app using (EXISTS ( SELECT
   FROM rolls.referral h
  WHERE ((h.roll_id = claim.roll_id) AND (h.place = claim.place) AND (h.settled_at IS NULL) AND (h.to_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table rolls.error_model -- A model of the errors in rolls: how often each way of agreeing is met in pairs of one person, and of two.
  hash                   text not null -- Names it: decisions record it. [public]
  name                   text not null -- From what it was learnt. [public]
  model                  jsonb not null -- The rates, in linkage's format. [public]
  rows_seen              integer not null -- From how many rows. [public]
  learnt_at              timestamp with time zone not null -- When. [public]
  learnt_on              date not null -- On which day of the house. [public]
  in_use                 boolean not null default false -- Whether rolls are compared by it from now on. [public]
  CHECK ((hash ~ '^[0-9a-f]{12}$'::text)) -- error_model_hash_check
  CHECK ((rows_seen >= 0)) -- error_model_rows_seen_check
  PRIMARY KEY (hash) -- error_model_pkey
  CREATE UNIQUE INDEX one_error_model_in_use ON rolls.error_model USING btree (in_use) WHERE in_use
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table rolls.file (row security forced) -- The file of a roll as it was sent, to be read again under another mapping.
  roll_id                uuid not null -- Of which roll. [public]
  school_id              uuid not null -- The roll's school: who may see it. [public]
  content                bytea not null -- The bytes. [personal]
  FOREIGN KEY (roll_id) REFERENCES rolls.roll(id) ON DELETE CASCADE -- file_roll_id_fkey
  PRIMARY KEY (roll_id) -- file_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION rolls.followed_communes(ids uuid[])
 RETURNS TABLE(row_id uuid, commune_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select w.id, w.commune_id
  from follow_ups.follow_up f
  join rolls.row w on w.roll_id = f.source_id and w.place = f.source_place
  where f.id = any (ids) and f.kind = 'roll-defect' and f.reason = 'residence-differs' and f.state = 'open'
    and (platform.sees_house() or f.owner_unit_id = any ((select platform.scope())::uuid[]) or f.scope_id = any ((select platform.scope())::uuid[]))
$function$


table rolls.leaver (row security forced) -- A line of a roll whose words say that the pupil left: no row of the roll, and evidence for who is out of school.
  roll_id                uuid not null -- On which roll. [public]
  place                  integer not null -- Its place among those who left, from 1. [public]
  school_id              uuid not null -- The roll's school: who may see it. [public]
  sheet                  text not null -- The sheet it stands on. [public]
  sheet_row              integer not null -- Its row in that sheet, from 1. [public]
  class                  text -- The class, as written. [public]
  name                   text not null -- The name, decoded and cleaned. [personal]
  name_plain             text not null -- The name without case and marks. [personal]
  birth_y                smallint -- Year of birth as read. [personal]
  birth_m                smallint -- Month of birth as read. [personal]
  birth_d                smallint -- Day of birth as read. [personal]
  number                 text -- Twelve digits as read. [personal]
  status                 text not null -- How the pupil left; struck-out: the line is struck through; left: an officer said so. [personal]
  left_y                 smallint -- In which year, as the roll says. [personal]
  left_m                 smallint -- In which month. [personal]
  left_d                 smallint -- On which day. [personal]
  said                   text not null -- The words that say so. [personal]
  person_id              uuid -- Whose number, or whose name and birth date, it is, where that is one person. [personal]
  CHECK ((place > 0)) -- leaver_place_check
  CHECK ((status = ANY (ARRAY['transferred'::text, 'withdrew'::text, 'dropped-out'::text, 'expelled'::text, 'graduated'::text, 'struck-out'::text, 'left'::text]))) -- leaver_status_check
  FOREIGN KEY (roll_id) REFERENCES rolls.roll(id) ON DELETE CASCADE -- leaver_roll_id_fkey
  PRIMARY KEY (roll_id, place) -- leaver_pkey
  CREATE INDEX leaver_by_person ON rolls.leaver USING btree (person_id) WHERE (person_id IS NOT NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table rolls.ledger_event (row security forced) -- What became of each entry, and why; rows are added and never changed.
  row_id                 uuid not null -- Of which entry. [public]
  id                     uuid not null default gen_random_uuid() -- The event. [public]
  roll_id                uuid not null -- On which roll it stood then. [public]
  school_id              uuid not null -- The roll's school: who may see it. [public]
  person_id              uuid -- Who it was held to be afterwards, where it was anyone. [personal]
  state_before           text -- The state before; empty for a new entry. [public]
  state_after            text not null -- The state after. [public]
  contested              boolean not null default false -- Whether it then waited for a person to decide anew. [public]
  why                    text not null -- roll-sent, re-scored, decided, undone, person-changed, left or came-back. [public]
  by_kind                text not null -- What kind of actor answers for it. [public]
  by_id                  text not null -- Who answers for it. [personal]
  at                     timestamp with time zone not null -- When. [public]
  on_day                 date not null -- On which day of the house. [public]
  model_hash             text -- By which linkage model, where it was compared. [public]
  CHECK ((why = ANY (ARRAY['roll-sent'::text, 're-scored'::text, 'decided'::text, 'undone'::text, 'person-changed'::text, 'left'::text, 'came-back'::text]))) -- ledger_event_why_check
  PRIMARY KEY (row_id, id) -- ledger_event_pkey
  CREATE INDEX ledger_event_by_roll ON rolls.ledger_event USING btree (roll_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select to dinhdanh_app

CREATE OR REPLACE FUNCTION rolls.matched_alone(asked uuid)
 RETURNS TABLE(rows integer, expected_false double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*)::integer, coalesce(sum(1 - w.probability::float8), 0)
  from rolls.roll r join rolls.row w on w.roll_id = r.id and w.state = 'matched-automatically' and w.decision is null
  where r.in_force and r.state = 'reconciled' and (asked is null or r.id = asked) and (platform.sees_house() or r.school_id = any ((select platform.scope())::uuid[]))
$function$


CREATE OR REPLACE FUNCTION rolls.outcome_counts(asked uuid[])
 RETURNS TABLE(roll_id uuid, outcome text, rows integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with seen as (
    select r.id, r.row_count, r.in_force and r.state = 'reconciled' as is_compared from rolls.roll r
    where r.id = any (asked) and ((select platform.sees_house()) or r.school_id = any ((select platform.scope())::uuid[]))
  ), others as (
    select w.roll_id, w.outcome, count(*)::integer as rows from seen s
    join rolls.row w on w.roll_id = s.id and w.outcome is distinct from 'matched' group by w.roll_id, w.outcome
  )
  select o.roll_id, o.outcome, o.rows from others o where o.outcome is not null
  union all
  select s.id, 'matched', s.row_count - coalesce(sum(o.rows), 0)::integer from seen s left join others o on o.roll_id = s.id
  where s.is_compared group by s.id, s.row_count having s.row_count > coalesce(sum(o.rows), 0)
  union all
  select w.roll_id, w.outcome, count(*)::integer from seen s join rolls.row w on w.roll_id = s.id and w.outcome = 'matched'
  where not s.is_compared group by w.roll_id, w.outcome
$function$


CREATE OR REPLACE FUNCTION rolls.own_rows()
 RETURNS TABLE(school text, school_year text, kind text, as_of date, class text, grade smallint, given jsonb, defects text[], in_force boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.name, l.school_year, l.kind, l.as_of, r.class, r.grade,
    jsonb_build_object('name', r.given -> 'name', 'birth', r.given -> 'birth', 'number', r.given -> 'number', 'sex', r.given -> 'sex', 'residence', r.given -> 'residence'),
    r.defects, l.in_force and r.left_on is null
  from rolls.row r join rolls.roll l on l.id = r.roll_id
  left join lateral (select n.name from units.published_school n where n.id = r.school_id and n.valid @> l.as_of limit 1) s on true
  where r.person_id = platform.person()
  order by l.school_year desc, l.as_of desc, l.id, r.place
$function$


view rolls.published_release -- Whose numbers which officer gave to which school, and why, for contexts above.
  person_id              uuid
  school_id              uuid
  released_by            text
  released_on            date
  why                    text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT person_id,
    school_id,
    released_by,
    released_on,
    why
   FROM rolls.released_number n;

view rolls.published_roll -- The rolls that schools sent.
  id                     uuid
  school_id              uuid
  school_year            text
  as_of                  date
  state                  text
  in_force               boolean
  row_count              integer
  sent_at                timestamp with time zone
  sent_on                date
  reconciled_at          timestamp with time zone
  kind                   text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT id,
    school_id,
    school_year,
    as_of,
    state,
    in_force,
    row_count,
    sent_at,
    sent_on,
    reconciled_at,
    kind
   FROM rolls.roll;

view rolls.published_row -- The rows of the rolls in force, for contexts above.
  roll_id                uuid
  place                  integer
  row_id                 uuid
  school_id              uuid
  school_year            text
  as_of                  date
  in_force               boolean
  sheet                  text
  sheet_row              integer
  class                  text
  grade                  smallint
  name                   text
  sort_key               text
  birth_y                smallint
  birth_m                smallint
  birth_d                smallint
  sex                    text
  number                 text
  outcome                text
  person_id              uuid
  probability            real
  defects                text[]
  decision               text
  kind                   text
  state                  text
  contested              boolean
  commune_id             uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT w.roll_id,
    w.place,
    w.id AS row_id,
    r.school_id,
    r.school_year,
    r.as_of,
    r.in_force,
    w.sheet,
    w.sheet_row,
    w.class,
    w.grade,
    w.name,
    w.sort_key,
    w.birth_y,
    w.birth_m,
    w.birth_d,
    w.sex,
    w.number,
    w.outcome,
    w.person_id,
    w.probability,
    w.defects,
    w.decision,
    r.kind,
    w.state,
    w.contested,
    w.commune_id
   FROM (rolls.roll r
     JOIN rolls."row" w ON ((w.roll_id = r.id)))
  WHERE r.in_force;

table rolls.referral (row security forced) -- A doubtful row that was referred to a unit, or to one officer of it, to be decided there.
  id                     uuid not null -- The referral. [public]
  roll_id                uuid not null -- Of which roll; of the one in force, when the school sent another. [public]
  place                  integer not null -- Which row of it. [public]
  row_id                 uuid not null -- The pupil's entry, the same on the next roll. [public]
  school_id              uuid not null -- The roll's school. [public]
  from_officer           text not null -- Who referred it. [personal]
  from_unit_id           uuid -- Acting in which unit. [public]
  to_unit_id             uuid not null -- To which unit. [public]
  to_officer             text -- To which officer of it, where one is named. [personal]
  note                   text not null default ''::text -- What the one should look at. [personal]
  referred_at            timestamp with time zone not null -- When. [public]
  settled                text -- How it ended: decided, handed-back (returned), taken-back, handed-on (referred further), or overtaken by another comparison. [public]
  settled_by             text -- Who ended it. [personal]
  settled_at             timestamp with time zone -- When; empty while it is open. [public]
  answer                 text not null default ''::text -- What was said when it was returned. [personal]
  CHECK (((settled IS NULL) = (settled_at IS NULL))) -- referral_check
  CHECK ((from_officer <> ''::text)) -- referral_from_officer_check
  CHECK ((length(answer) <= 1000)) -- referral_answer_check
  CHECK ((length(note) <= 1000)) -- referral_note_check
  CHECK ((settled = ANY (ARRAY['decided'::text, 'handed-back'::text, 'taken-back'::text, 'handed-on'::text, 'overtaken'::text]))) -- referral_settled_check
  FOREIGN KEY (roll_id) REFERENCES rolls.roll(id) ON DELETE CASCADE -- referral_roll_id_fkey
  PRIMARY KEY (id) -- referral_pkey
  CREATE INDEX referral_by_sender ON rolls.referral USING btree (from_officer, referred_at)
  CREATE INDEX referral_open_to ON rolls.referral USING btree (to_unit_id) WHERE (settled_at IS NULL)
  CREATE UNIQUE INDEX one_open_referral ON rolls.referral USING btree (roll_id, place) WHERE (settled_at IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy units for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (to_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (from_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (to_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (from_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table rolls.refusal (row security forced) -- Who a person said an entry is not; it goes with the entry from roll to roll, and to the next year's.
  person_id              uuid not null -- Who it is not. [personal]
  row_id                 uuid not null -- Of which entry. [public]
  school_id              uuid not null -- The roll's school: who may see it. [public]
  refused_by             text not null -- Who said so. [personal]
  refused_at             timestamp with time zone not null -- When. [public]
  refused_on             date not null -- On which day of the house. [public]
  PRIMARY KEY (person_id, row_id) -- refusal_pkey
  CREATE INDEX refusal_by_row ON rolls.refusal USING btree (row_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table rolls.released_number (row security forced) -- Numbers that an officer of the police gave to a school for named rows of its roll.
  person_id              uuid not null -- Whose. [personal]
  row_id                 uuid not null -- The pupil's entry. [public]
  school_id              uuid not null -- To which school. [public]
  number                 text not null -- The number in force on that day. [personal]
  reason                 text not null -- What for, in words, as the person's history has it. [personal]
  released_by            text not null -- The officer. [personal]
  released_on            date not null -- On which day of the house. [public]
  why                    text -- The reason, of those that the officer chooses from; empty for numbers that were given before there was a list. [public]
  CHECK ((number ~ '^\d{12}$'::text)) -- released_number_number_check
  CHECK ((reason <> ''::text)) -- released_number_reason_check
  CHECK ((why <> ''::text)) -- released_number_why_check
  PRIMARY KEY (person_id, row_id) -- released_number_pkey
  CREATE INDEX released_number_by_school ON rolls.released_number USING btree (school_id, row_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

table rolls.roll (row security forced) -- A roll that a school sent for a school year, from the file to its reconciliation.
  id                     uuid not null -- The roll. [public]
  school_id              uuid not null -- Of which school. [public]
  school_year            text not null -- As 2022-2023. [public]
  as_of                  date not null -- The day on which units are read, and for which the roll speaks. [public]
  state                  text not null -- draft (sent, not taken in), queued, comparing, held (held_for says for what), reconciled, or failed. [public]
  in_force               boolean not null default false -- Whether it is the roll that counts for its school and year. [public]
  file_name              text not null -- The name of the file as sent. [personal]
  file_hash              text not null -- SHA-256 of the file, hexadecimal. [public]
  file_bytes             integer not null -- The size of the file. [public]
  mapping                jsonb not null default '[]'::jsonb -- What a person said of sheets, headers and columns, over what was found. [public]
  reading                jsonb not null default '{}'::jsonb -- How the file was read: sheets, headers, columns, and the rows that are no pupils, by number and reason. [public]
  row_count              integer not null default 0 -- Rows of pupils. [public]
  progress               smallint not null default 0 -- Percent of the comparison that is done. [public]
  model_hash             text -- Which linkage model decided. [public]
  sent_by_kind           text not null -- What kind of actor sent it. [public]
  sent_by                text not null -- Who sent it. [personal]
  sent_unit_id           uuid -- From which unit. [public]
  sent_at                timestamp with time zone not null -- When. [public]
  sent_on                date not null -- On which day of the house. [public]
  reconciled_at          timestamp with time zone -- When it was last compared. [public]
  kind                   text not null default 'pupils'::text -- pupils (class rolls of a year), candidates (who registers for an exam through the school) or staff (who works there). [public]
  stale_at               timestamp with time zone -- Since when it waits to be compared whole, after a change of a great part of the register. [public]
  strangers              integer -- How many of its rows are people of elsewhere, where it is held. [public]
  accepted_by            text -- The police officer who accepted a roll of strangers. [personal]
  accepted_on            date -- On which day of the house. [public]
  held_for               text -- strangers (the police accept it first), unlike (its sender says first whether it may take the place of the roll in force). [public]
  unknown_rows           integer -- How many of its rows are nobody of the register, where it is held as unlike. [public]
  leaving_rows           integer -- How many rows of the roll in force it would end, where it is held as unlike. [public]
  confirmed_by           text -- Who said that an unlike roll takes the place of the one in force. [personal]
  confirmed_on           date -- On which day of the house. [public]
  replaced_by_id         uuid -- The roll that took its place. [public]
  replaced_at            timestamp with time zone -- When it did. [public]
  restores_id            uuid -- The former roll whose file this one takes into force again. [public]
  CHECK (((NOT in_force) OR (state = 'reconciled'::text))) -- roll_check
  CHECK (((progress >= 0) AND (progress <= 100))) -- roll_progress_check
  CHECK (((state <> 'reconciled'::text) OR (reconciled_at IS NOT NULL))) -- roll_check1
  CHECK ((accepted_by <> sent_by)) -- roll_accepted_by_another
  CHECK ((file_hash ~ '^[0-9a-f]{64}$'::text)) -- roll_file_hash_check
  CHECK ((file_name <> ''::text)) -- roll_file_name_check
  CHECK ((held_for = ANY (ARRAY['strangers'::text, 'unlike'::text]))) -- roll_held_for_check
  CHECK ((kind = ANY (ARRAY['pupils'::text, 'candidates'::text, 'staff'::text]))) -- roll_kind_check
  CHECK ((leaving_rows >= 0)) -- roll_leaving_rows_check
  CHECK ((school_year ~ '^\d{4}-\d{4}$'::text)) -- roll_school_year_check
  CHECK ((state = ANY (ARRAY['draft'::text, 'queued'::text, 'comparing'::text, 'held'::text, 'reconciled'::text, 'failed'::text]))) -- roll_state_check
  CHECK ((strangers >= 0)) -- roll_strangers_check
  CHECK ((unknown_rows >= 0)) -- roll_unknown_rows_check
  PRIMARY KEY (id) -- roll_pkey
  CREATE INDEX roll_by_file ON rolls.roll USING btree (file_hash, school_id)
  CREATE INDEX roll_by_replacement ON rolls.roll USING btree (replaced_by_id) WHERE (replaced_by_id IS NOT NULL)
  CREATE INDEX roll_by_school ON rolls.roll USING btree (school_id, school_year, sent_at)
  CREATE INDEX roll_by_year ON rolls.roll USING btree (school_year, sent_at)
  CREATE UNIQUE INDEX one_roll_in_force ON rolls.roll USING btree (school_id, school_year, kind) WHERE in_force
  policy homeroom for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (kind = 'pupils'::text) AND in_force AND (EXISTS ( SELECT
   FROM classes.classes_in_part() c(school_id, school_year, class, roll_id)
  WHERE (c.roll_id = roll.id))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy unit_handed_on for all to dinhdanh_app using (EXISTS ( SELECT
   FROM rolls.referral h
  WHERE ((h.roll_id = roll.id) AND (h.settled_at IS NULL) AND (h.to_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table rolls.row (row security forced) -- A row of a roll: a pupil as the school wrote it, who that is, and what is wrong.
  roll_id                uuid not null -- Of which roll. [public]
  place                  integer not null -- Its place among the pupils of the roll, from 1, by sheet and row. [public]
  id                     uuid not null -- The pupil's entry in the ledger: the same for the same pupil's line on each roll of a school, year and kind. [public]
  school_id              uuid not null -- The roll's school: who may see it. [public]
  sheet                  text not null -- The sheet it stands on. [public]
  sheet_row              integer not null -- Its row in that sheet, from 1. [public]
  class                  text -- The class, as written. [public]
  grade                  smallint -- The grade, where the class or the sheet tells it. [public]
  name                   text not null -- The name, decoded and cleaned; empty where none is given. [personal]
  sort_key               text not null -- Sorts by given name, family name, middle names. [personal]
  birth_y                smallint -- Year of birth as read. [personal]
  birth_m                smallint -- Month of birth as read. [personal]
  birth_d                smallint -- Day of birth as read. [personal]
  birth_unreadable       boolean not null default false -- A birth date is given and is no date. [personal]
  sex                    text -- M or F. [personal]
  number_kind            text not null -- What stands in the place of the number. [public]
  number                 text -- Twelve digits, a lost zero restored. [personal]
  commune_id             uuid -- The commune of the residence given, where the text tells it. [personal]
  district_id            uuid -- Its district. [personal]
  residence_kind         text -- Whether the column asks for the permanent residence, or for any. [public]
  encoding               text -- The old encoding in which the name came. [public]
  given                  jsonb not null -- What stands in the cells: name, birth, number, sex, residence, father, mother, phone, old number. [personal]
  line_hash              uuid not null -- Hash of what is given: a decision holds for the same line of the next roll. [personal]
  holder_id              uuid -- Whose the number is or was in the register. [personal]
  outcome                text -- matched, review, not-found or duplicate. [public]
  person_id              uuid -- Who it is, when matched or duplicate. [personal]
  probability            real -- How likely the best candidate is the one. [public]
  reasons                jsonb not null default '[]'::jsonb -- Why: field, code, weight, words. [personal]
  defects                text[] not null default '{}'::text[] -- What is wrong, by the codes of interfaces.md. [public]
  found                  jsonb -- What was found before a person decided: outcome, person, probability. [personal]
  decision               text -- What a person said: same, different, later. [public]
  decided_by             text -- Who said so. [personal]
  decided_at             timestamp with time zone -- When. [public]
  decided_on             date -- On which day of the house. [public]
  name_plain             text -- The name without case and marks: a changed person is looked for by it. [personal]
  father_plain           text -- The father's name in the same way. [personal]
  mother_plain           text -- The mother's name in the same way. [personal]
  margin                 real -- By how many bits the best candidate is ahead of the next. [public]
  model_hash             text -- Which linkage model compared it last. [public]
  compared_at            timestamp with time zone -- When it was compared last. [public]
  contested              boolean not null default false -- A person decided, and what changed since speaks against it: a person has to decide anew. [public]
  left_on                date -- On the last roll that has the pupil: the day of the next roll, which has not. [public]
  followed_from          uuid -- The same pupil's entry of the school year before, at any school. [public]
  followed_by            uuid -- The same pupil's entry of the school year after, at any school. [public]
  state                  text default
CASE
    WHEN (left_on IS NOT NULL) THEN 'left-school'::text
    WHEN (outcome = ANY (ARRAY['matched'::text, 'duplicate'::text])) THEN
    CASE
        WHEN (decision = 'same'::text) THEN 'matched-by-person'::text
        ELSE 'matched-automatically'::text
    END
    WHEN (outcome = 'review'::text) THEN 'to-review'::text
    WHEN (outcome = 'not-found'::text) THEN
    CASE
        WHEN (decision = 'different'::text) THEN 'refused-by-person'::text
        ELSE 'not-found'::text
    END
    ELSE NULL::text
END -- matched-automatically, matched-by-person, refused-by-person, to-review, not-found or left-school. [public]
  in_doubt               boolean not null default ((left_on IS NULL) AND (outcome IS NOT NULL) AND ((outcome = ANY (ARRAY['review'::text, 'not-found'::text])) OR (decision IS NOT NULL) OR (COALESCE(margin, (0)::real) < (12)::double precision))) -- Whether somebody else's change may change who it is. [public]
  withheld_id            uuid -- Whom the comparison finds it to be, while another row of the school year has that person's place: a person has to look. [personal]
  residence_settled      uuid -- A key of the two residences of which the police said that nobody has to act; other residences differ again. [public]
  CHECK (((NOT contested) OR (decision = ANY (ARRAY['same'::text, 'different'::text])))) -- row_check3
  CHECK (((decision IS NULL) OR ((decided_by IS NOT NULL) AND (decided_at IS NOT NULL)))) -- row_check2
  CHECK (((grade >= 1) AND (grade <= 12))) -- row_grade_check
  CHECK (((left_on IS NULL) OR (NOT contested))) -- row_check4
  CHECK (((outcome <> ALL (ARRAY['matched'::text, 'duplicate'::text])) OR (person_id IS NOT NULL))) -- row_check
  CHECK (((outcome <> ALL (ARRAY['review'::text, 'not-found'::text])) OR (person_id IS NULL))) -- row_check1
  CHECK (((probability >= (0)::double precision) AND (probability <= (1)::double precision))) -- row_probability_check
  CHECK (((withheld_id IS NULL) OR (outcome = 'review'::text))) -- row_check5
  CHECK ((decision = ANY (ARRAY['same'::text, 'different'::text, 'later'::text]))) -- row_decision_check
  CHECK ((number ~ '^\d{12}$'::text)) -- row_number_check
  CHECK ((number_kind = ANY (ARRAY['number'::text, 'lost-zero'::text, 'malformed'::text, 'missing'::text]))) -- row_number_kind_check
  CHECK ((outcome = ANY (ARRAY['matched'::text, 'review'::text, 'not-found'::text, 'duplicate'::text]))) -- row_outcome_check
  CHECK ((place > 0)) -- row_place_check
  CHECK ((residence_kind = ANY (ARRAY['permanent'::text, 'any'::text]))) -- row_residence_kind_check
  CHECK ((sex = ANY (ARRAY['M'::text, 'F'::text]))) -- row_sex_check
  CHECK ((sheet_row > 0)) -- row_sheet_row_check
  CHECK ((state = ANY (ARRAY['matched-automatically'::text, 'matched-by-person'::text, 'refused-by-person'::text, 'to-review'::text, 'not-found'::text, 'left-school'::text]))) -- row_state_check
  FOREIGN KEY (roll_id) REFERENCES rolls.roll(id) ON DELETE CASCADE -- row_roll_id_fkey
  PRIMARY KEY (roll_id, place) -- row_pkey
  CREATE INDEX row_by_decider ON rolls."row" USING btree (decided_by, decided_at) WHERE (decided_by IS NOT NULL)
  CREATE INDEX row_by_holder ON rolls."row" USING btree (holder_id) WHERE (holder_id IS DISTINCT FROM person_id)
  CREATE INDEX row_by_id ON rolls."row" USING btree (id)
  CREATE INDEX row_by_number ON rolls."row" USING btree (number) WHERE (number IS NOT NULL)
  CREATE INDEX row_by_outcome ON rolls."row" USING btree (roll_id, outcome) WHERE (outcome IS NOT NULL)
  CREATE INDEX row_by_person ON rolls."row" USING btree (person_id, roll_id) WHERE (person_id IS NOT NULL)
  CREATE INDEX row_by_state ON rolls."row" USING btree (roll_id, state) INCLUDE (school_id, contested)
  CREATE INDEX row_by_withheld ON rolls."row" USING btree (withheld_id) WHERE (withheld_id IS NOT NULL)
  CREATE INDEX row_contested ON rolls."row" USING btree (roll_id, place) WHERE contested
  CREATE INDEX row_in_doubt ON rolls."row" USING btree (birth_y, birth_m, birth_d) WHERE in_doubt
  CREATE INDEX row_in_doubt_by_name ON rolls."row" USING btree (name_plain, birth_y) WHERE in_doubt
  CREATE INDEX row_in_doubt_by_old_number ON rolls."row" USING btree (((given ->> 'oldNumber'::text))) WHERE (in_doubt AND ((given ->> 'oldNumber'::text) <> ''::text))
  CREATE INDEX row_left ON rolls."row" USING btree (school_id, roll_id) INCLUDE (state) WHERE (left_on IS NOT NULL)
  CREATE INDEX row_looked_at ON rolls."row" USING btree (roll_id, place) WHERE ((outcome = 'review'::text) OR contested OR (decision IS NOT NULL))
  CREATE INDEX row_matched_alone ON rolls."row" USING btree (roll_id) INCLUDE (probability) WHERE ((state = 'matched-automatically'::text) AND (decision IS NULL))
  CREATE INDEX row_not_matched ON rolls."row" USING btree (roll_id, outcome) WHERE (outcome IS DISTINCT FROM 'matched'::text)
  CREATE INDEX row_undecided ON rolls."row" USING btree (roll_id) WHERE (outcome = ANY (ARRAY['review'::text, 'not-found'::text]))
  policy homeroom for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (left_on IS NULL) AND (EXISTS ( SELECT
   FROM classes.classes_in_part() c(school_id, school_year, class, roll_id)
  WHERE ((c.roll_id = "row".roll_id) AND (c.school_id = "row".school_id) AND (c.class = "row".class)))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  policy unit_handed_on for all to dinhdanh_app using (EXISTS ( SELECT
   FROM rolls.referral h
  WHERE ((h.roll_id = "row".roll_id) AND (h.place = "row".place) AND (h.settled_at IS NULL) AND (h.to_unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table rolls.visit (row security forced) -- The day on which a team comes to a school in a school year, as an officer said it.
  school_id              uuid not null -- Which school. [public]
  school_year            text not null -- As 2022-2023. [public]
  on_day                 date not null -- The day. [public]
  said_by                text not null -- Who said so. [personal]
  said_at                timestamp with time zone not null -- When. [public]
  CHECK ((school_year ~ '^\d{4}-\d{4}$'::text)) -- visit_school_year_check
  PRIMARY KEY (school_id, school_year) -- visit_pkey
  policy homeroom for select to dinhdanh_app using (( SELECT (cardinality(platform.parts()) > 0)) AND (EXISTS ( SELECT
   FROM classes.classes_in_part() c(school_id, school_year, class, roll_id)
  WHERE ((c.school_id = visit.school_id) AND (c.school_year = visit.school_year)))))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table rolls.watermark -- How far somebody who follows another context's changes has come.
  name                   text not null -- Who follows: register; and what is derived, which knows everything until then: doubts and the school year. [public]
  position               jsonb -- The place in the order of changes, as the other context gives it. [public]
  moved_at               timestamp with time zone not null -- When it moved. [public]
  PRIMARY KEY (name) -- watermark_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION signin.api_tokens_with_clients(hashes bytea[])
 RETURNS TABLE(id_hash bytea, payload jsonb, expires_at timestamp with time zone, client_id text, party_id uuid, name_vi text, name_en text, legal_basis boolean, party_state text, state text, sandbox boolean, settings jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  return query
  select a.id_hash, a.payload, a.expires_at, c.client_id, c.party_id, c.name_vi, c.name_en, c.legal_basis, c.party_state, c.state, c.sandbox, c.settings
  from signin.artifact a left join lateral parties.client_in_force(a.payload->>'clientId') c on true
  where a.kind = 'ClientCredentials' and a.id_hash = any (hashes);
end
$function$


table signin.artifact (row security forced) -- What the OpenID provider keeps for a while: codes, tokens, grants, interactions, pushed requests, assertions that were seen. Keyed by the hash of what its bearer holds.
  kind                   text not null -- The provider's name of it. [public]
  id_hash                bytea not null -- SHA-256 of what its bearer holds. [secret]
  payload                jsonb not null -- What it says, without what its bearer holds; of sessions of the provider and what is given in them also in which session of ours (ours), and of what a code gave its line. [personal]
  person_id              uuid -- Whose it is, where anybody's: the parent's, where it is for a child. [personal]
  client_id              text -- Given to which client. [public]
  grant_id               text -- Under which grant; its own for a grant. [public]
  uid                    text -- Of a session of the provider: by which tokens know it; of a refresh token: the hash of the one that it was changed for. [public]
  expires_at             timestamp with time zone not null -- Until when its row is kept at least; what it says itself tells until when it counts. [public]
  consumed_at            timestamp with time zone -- When it was used, of what may be used once. [public]
  CHECK ((length(id_hash) = 32)) -- artifact_id_hash_check
  PRIMARY KEY (kind, id_hash) -- artifact_pkey
  CREATE INDEX artifact_by_expiry ON signin.artifact USING btree (expires_at)
  CREATE INDEX artifact_by_grant ON signin.artifact USING btree (grant_id) WHERE (grant_id IS NOT NULL)
  CREATE INDEX artifact_by_person ON signin.artifact USING btree (person_id) WHERE (person_id IS NOT NULL)
  CREATE INDEX artifact_by_uid ON signin.artifact USING btree (uid) WHERE (uid IS NOT NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy sign_in for all to dinhdanh_app using ( SELECT signin.in_sign_in_scope() AS in_sign_in_scope) with check ( SELECT signin.in_sign_in_scope() AS in_sign_in_scope)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table signin.consent (row security forced) -- What a person let a relying party see, and until when (NĐ69/2024 Art. 19).
  person_id              uuid not null -- Who consented: the parent, where it is about a child. [personal]
  id                     uuid not null -- The consent. [public]
  account_id             uuid not null -- With which account. [public]
  child_id               uuid -- About which child, where about one. [personal]
  client_id              text not null -- To which client. [public]
  party_id               uuid not null -- Of which party. [public]
  scopes                 text[] not null -- To what. [public]
  refused                text[] not null -- To what not, of what was asked for. [public]
  given_at               timestamp with time zone not null -- When. [public]
  ends_at                timestamp with time zone not null -- Until when, unless it is withdrawn. [public]
  grant_id               text not null -- The provider's grant that rests on it. [public]
  ended_at               timestamp with time zone -- When it ended. [public]
  ended_why              text -- withdrawn, replaced, account, or expired. [public]
  purposes               jsonb -- For what, of each scope that was asked for, in the sentences of that moment: {scope: {"vi", "en"}}; empty where it was given before they were kept. [public]
  CHECK (((ended_at IS NULL) = (ended_why IS NULL))) -- consent_check
  PRIMARY KEY (person_id, id) -- consent_pkey
  CREATE INDEX consent_by_grant ON signin.consent USING btree (grant_id)
  CREATE UNIQUE INDEX one_consent_per_client ON signin.consent USING btree (person_id, COALESCE(child_id, person_id), client_id) WHERE (ended_at IS NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy sign_in for all to dinhdanh_app using ( SELECT signin.in_sign_in_scope() AS in_sign_in_scope) with check ( SELECT signin.in_sign_in_scope() AS in_sign_in_scope)
  grant delete, insert, select, update to dinhdanh_maintenance
  grant insert, select, update to dinhdanh_app

CREATE OR REPLACE FUNCTION signin.in_sign_in_scope()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('dinhdanh.in_sign_in_scope', true), '') = 'yes' $function$


table signin.key (row security forced) -- The keys by which ID tokens and logout tokens are signed: published first, then active, then retired until nothing signed by it counts any more.
  kid                    text not null -- RFC 7638 thumbprint. [public]
  public_jwk             jsonb not null -- What is published. [public]
  sealed                 bytea not null -- The private part, AES-256-GCM under the house's key outside the database. [secret]
  made_at                timestamp with time zone not null -- Since when it is published. [public]
  active_at              timestamp with time zone -- Since when it signs. [public]
  retired_at             timestamp with time zone -- Until when it signed. [public]
  gone_at                timestamp with time zone -- Until when it was published. [public]
  CHECK (((active_at IS NOT NULL) OR (retired_at IS NULL))) -- key_check
  PRIMARY KEY (kid) -- key_pkey
  CREATE UNIQUE INDEX one_active_key ON signin.key USING btree ((true)) WHERE ((active_at IS NOT NULL) AND (retired_at IS NULL))
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy sign_in for all to dinhdanh_app using ( SELECT signin.in_sign_in_scope() AS in_sign_in_scope) with check ( SELECT signin.in_sign_in_scope() AS in_sign_in_scope)
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table signin.session (row security forced) -- From the moment that a person signed in to the end of it. Everything that the provider gave within it ends with it.
  person_id              uuid not null -- Who is signed in: the parent, where it is for a child. [personal]
  id                     uuid not null -- The session. [public]
  account_id             uuid not null -- With which account. [public]
  child_id               uuid -- For which child the person acts, where for one. [personal]
  token_hash             bytea not null -- SHA-256 of the token in the cookie. [secret]
  factors                jsonb not null -- What was proved, and when: [{"kind", "at"}]. [public]
  browser                text not null -- How the browser calls itself, for the person's own list. [personal]
  began_at               timestamp with time zone not null -- When it began. [public]
  seen_at                timestamp with time zone not null -- Last used, to the minute. [public]
  ends_at                timestamp with time zone not null -- When it ends whatever happens. [public]
  ended_at               timestamp with time zone -- When it was ended. [public]
  ended_why              text -- Why it was ended. [public]
  CHECK (((ended_at IS NULL) = (ended_why IS NULL))) -- session_check
  CHECK ((length(token_hash) = 32)) -- session_token_hash_check
  PRIMARY KEY (person_id, id) -- session_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy sign_in for all to dinhdanh_app using ( SELECT signin.in_sign_in_scope() AS in_sign_in_scope) with check ( SELECT signin.in_sign_in_scope() AS in_sign_in_scope)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table signin.visit (row security forced) -- Where a person signed in: usage history, kept five years (NĐ59/2022 Art. 21).
  person_id              uuid not null -- Who: the parent, where it was for a child. [personal]
  id                     uuid not null -- The visit. [public]
  child_id               uuid -- For which child, where for one. [personal]
  client_id              text not null -- To which client. [public]
  party_id               uuid not null -- Of which party. [public]
  at                     timestamp with time zone not null -- When. [public]
  level                  smallint not null -- The level of the account that was told. [public]
  strength               smallint not null -- How strongly they had signed in (NĐ69/2024). [public]
  scopes                 text[] not null -- What could be seen. [public]
  PRIMARY KEY (person_id, id) -- visit_pkey
  CREATE INDEX visit_by_person ON signin.visit USING btree (person_id, at DESC)
  CREATE INDEX visit_by_time ON signin.visit USING brin (at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy sign_in for all to dinhdanh_app using ( SELECT signin.in_sign_in_scope() AS in_sign_in_scope) with check ( SELECT signin.in_sign_in_scope() AS in_sign_in_scope)
  grant delete, insert, select to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table staff.appointment (row security forced) -- A role in a unit, for a period.
  id                     uuid not null -- The appointment. [public]
  officer_id             uuid not null -- Who is appointed. [personal]
  role                   text not null -- To what; a name of src/staff/role.ts. [public]
  unit_id                uuid not null -- Where. Of an education officer: the unit whose schools they answer for. [public]
  from_on                date -- First day; empty = since ever. [public]
  to_on                  date -- The day after the last; empty = open. [public]
  valid                  daterange not null default daterange(from_on, to_on) -- The same two days as a range. [public]
  basis                  text not null default 'house'::text -- two-officers (an accepted proposal), founding (one of the first two of an empty installation), house (the demonstration), earlier (before two officers were needed). [public]
  founding               smallint -- Which of the first two of an empty installation. [public]
  proposal_id            uuid -- The proposal that was accepted. [public]
  proposal_state         text default
CASE
    WHEN (proposal_id IS NOT NULL) THEN 'accepted'::text
    ELSE NULL::text
END -- Accepted, for the key to compare. [public]
  school_id              uuid -- Of a school's staff: which school; empty of all others. [public]
  CHECK (((basis = 'founding'::text) = (founding IS NOT NULL))) -- appointment_check1
  CHECK (((basis = 'two-officers'::text) = (proposal_id IS NOT NULL))) -- appointment_check2
  CHECK ((basis = ANY (ARRAY['earlier'::text, 'house'::text, 'founding'::text, 'two-officers'::text]))) -- appointment_basis_check
  CHECK ((founding = ANY (ARRAY[1, 2]))) -- appointment_founding_check
  CHECK ((from_on < to_on)) -- appointment_check
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- appointment_officer_id_fkey
  FOREIGN KEY (proposal_id, officer_id, proposal_state) REFERENCES staff.proposal(id, officer_id, state) -- appointment_proposal_id_officer_id_proposal_state_fkey
  FOREIGN KEY (school_id) REFERENCES units.school(id) -- appointment_school_id_fkey
  PRIMARY KEY (id) -- appointment_pkey
  UNIQUE (founding) -- appointment_founding_key
  UNIQUE (proposal_id) -- appointment_proposal_id_key
  CREATE INDEX appointment_by_officer ON staff.appointment USING btree (officer_id)
  CREATE INDEX appointment_by_school ON staff.appointment USING btree (school_id) WHERE (school_id IS NOT NULL)
  CREATE INDEX appointment_by_unit ON staff.appointment USING btree (unit_id)
  CREATE UNIQUE INDEX appointment_founding_key ON staff.appointment USING btree (founding)
  CREATE UNIQUE INDEX appointment_proposal_id_key ON staff.appointment USING btree (proposal_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy school for select to dinhdanh_app using (school_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT staff.signing_in() AS signing_in) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table staff.credential (row security forced) -- What an officer proves themselves by.
  officer_id             uuid not null -- Whose it is. [personal]
  password               text not null -- argon2id in PHC form, salt and cost included. [secret]
  must_change            boolean not null -- Someone else chose it, so it opens only the page on which it is changed. [public]
  set_at                 timestamp with time zone not null -- Since when. [public]
  may_enrol              boolean not null default false -- Whether the password alone leads to adding a first second factor: since it was chosen by a link, or since before there were any. [public]
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- credential_officer_id_fkey
  PRIMARY KEY (officer_id) -- credential_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT staff.signing_in() AS signing_in) with check ( SELECT staff.signing_in() AS signing_in)
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table staff.device_officer (row security forced) -- Which officers have signed in from a browser: it is known to be theirs, and offers them for a quick change.
  device_hash            bytea not null -- SHA-256 of the browser's device cookie. [secret]
  officer_id             uuid not null -- Who signed in. [personal]
  signed_in_at           timestamp with time zone not null -- Last time. [public]
  CHECK ((length(device_hash) = 32)) -- device_officer_device_hash_check
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- device_officer_officer_id_fkey
  PRIMARY KEY (device_hash, officer_id) -- device_officer_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT staff.signing_in() AS signing_in) with check ( SELECT staff.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION staff.education_office(unit uuid)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select overlay(overlay(h.text placing '8' from 13) placing '8' from 17)::uuid
  from (select md5('education office ' || unit::text) as text) h
$function$


table staff.factor (row security forced) -- What an officer proves themselves by beside the password.
  id                     uuid not null -- The factor. [public]
  officer_id             uuid not null -- Whose. [personal]
  kind                   text not null -- passkey, or totp: the app of a phone. [public]
  name                   text not null -- As its officer calls it. [personal]
  sealed                 bytea -- Of an app: its secret, sealed under the sealing key. [secret]
  last_step              bigint -- Of an app: the last time step that a code was used of. [public]
  credential_id          text -- Of a passkey: the authenticator's own name of it. [personal]
  public_key             bytea -- Of a passkey: the key its signatures are checked with (COSE). [public]
  counter                bigint -- Of a passkey: how often it was used; less than before is a copy. [public]
  transports             text[] -- Of a passkey: how a browser reaches it. [public]
  backed_up              boolean -- Of a passkey: whether it is kept with its maker too. [public]
  added_at               timestamp with time zone not null -- When. [public]
  used_at                timestamp with time zone -- When it was used last; empty = never. [public]
  rests_until            timestamp with time zone -- Until when it opens nothing, since it was added by a code by mail alone; empty = it never rested. [public]
  CHECK (((credential_id ~ '^[A-Za-z0-9_-]+$'::text) AND ((length(credential_id) >= 16) AND (length(credential_id) <= 1400)))) -- factor_credential_id_check
  CHECK (((kind = 'passkey'::text) = ((credential_id IS NOT NULL) AND (public_key IS NOT NULL) AND (counter IS NOT NULL) AND (transports IS NOT NULL) AND (backed_up IS NOT NULL)))) -- factor_check1
  CHECK (((kind = 'totp'::text) = ((sealed IS NOT NULL) AND (last_step IS NOT NULL)))) -- factor_check
  CHECK (((name <> ''::text) AND (length(name) <= 100))) -- factor_name_check
  CHECK ((counter >= 0)) -- factor_counter_check
  CHECK ((kind = ANY (ARRAY['passkey'::text, 'totp'::text]))) -- factor_kind_check
  CHECK ((rests_until > added_at)) -- factor_check2
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- factor_officer_id_fkey
  PRIMARY KEY (id) -- factor_pkey
  UNIQUE (credential_id) -- factor_credential_id_key
  CREATE INDEX factor_by_officer ON staff.factor USING btree (officer_id, added_at)
  CREATE UNIQUE INDEX factor_credential_id_key ON staff.factor USING btree (credential_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT staff.signing_in() AS signing_in) with check ( SELECT staff.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table staff.factor_challenge (row security forced) -- What a browser is to sign with a passkey, answered once.
  hash                   bytea not null -- SHA-256 of the challenge. [secret]
  officer_id             uuid not null -- Who is to answer. [personal]
  ends_at                timestamp with time zone not null -- From when on it takes no answer. [public]
  CHECK ((length(hash) = 32)) -- factor_challenge_hash_check
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- factor_challenge_officer_id_fkey
  PRIMARY KEY (hash) -- factor_challenge_pkey
  CREATE INDEX factor_challenge_by_end ON staff.factor_challenge USING btree (ends_at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT staff.signing_in() AS signing_in) with check ( SELECT staff.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table staff.factor_offer (row security forced) -- The secret that an app is given: no factor before its first code was typed.
  officer_id             uuid not null -- Whose. [personal]
  sealed                 bytea not null -- The secret, sealed under the sealing key. [secret]
  ends_at                timestamp with time zone not null -- From when on another is offered. [public]
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- factor_offer_officer_id_fkey
  PRIMARY KEY (officer_id) -- factor_offer_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT staff.signing_in() AS signing_in) with check ( SELECT staff.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table staff.founding_link (row security forced) -- A link by which whoever started an empty installation enters its first two officers, once.
  id                     uuid not null -- The link. [public]
  token_hash             bytea not null -- SHA-256 of its secret, which the start printed. [secret]
  drawn_at               timestamp with time zone not null -- When the start printed it. [public]
  expires_at             timestamp with time zone not null -- From when on it opens nothing. [public]
  used_at                timestamp with time zone -- When the first two officers were entered by it. [public]
  ended_at               timestamp with time zone -- When another took its place, or officers were entered otherwise. [public]
  CHECK (((used_at IS NULL) OR (ended_at IS NULL))) -- founding_link_check1
  CHECK ((expires_at > drawn_at)) -- founding_link_check
  CHECK ((length(token_hash) = 32)) -- founding_link_token_hash_check
  PRIMARY KEY (id) -- founding_link_pkey
  UNIQUE (token_hash) -- founding_link_token_hash_key
  CREATE UNIQUE INDEX founding_link_token_hash_key ON staff.founding_link USING btree (token_hash)
  CREATE UNIQUE INDEX one_open_founding_link ON staff.founding_link USING btree ((true)) WHERE ((used_at IS NULL) AND (ended_at IS NULL))
  CREATE UNIQUE INDEX one_used_founding_link ON staff.founding_link USING btree ((true)) WHERE (used_at IS NOT NULL)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT staff.signing_in() AS signing_in) with check ( SELECT staff.signing_in() AS signing_in)
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION staff.names_of(asked uuid[])
 RETURNS TABLE(id uuid, full_name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select o.id, o.full_name from staff.officer o where o.id = any (asked) $function$


table staff.officer (row security forced) -- Someone who works with this house.
  id                     uuid not null -- The officer. [public]
  login                  text not null -- What they sign in with. [personal]
  full_name              text not null -- Their name. [personal]
  unit_id                uuid not null -- The unit that keeps their record. [public]
  added_at               timestamp with time zone not null -- Since when they are known here. [public]
  left_at                timestamp with time zone -- When they left; they cannot sign in any more. [public]
  phone                  text -- The officer's own phone, in E.164, to which links go. [personal]
  email                  text -- The officer's own e-mail address, to which links go. [personal]
  contact_set_at         timestamp with time zone -- Since when phone and address are others than when the officer was added; empty = never changed. [public]
  CHECK ((email <> ''::text)) -- officer_email_check
  CHECK ((full_name <> ''::text)) -- officer_full_name_check
  CHECK ((login ~ '^[a-z0-9][a-z0-9._-]{2,39}$'::text)) -- officer_login_check
  CHECK ((phone <> ''::text)) -- officer_phone_check
  PRIMARY KEY (id) -- officer_pkey
  UNIQUE (login) -- officer_login_key
  CREATE INDEX officer_by_unit ON staff.officer USING btree (unit_id)
  CREATE UNIQUE INDEX officer_login_key ON staff.officer USING btree (login)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT staff.signing_in() AS signing_in) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])) OR (EXISTS ( SELECT
   FROM staff.appointment a
  WHERE ((a.officer_id = officer.id) AND (a.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table staff.password_link (row security forced) -- A link by which an officer chooses their own password, once.
  id                     uuid not null -- The link. [public]
  officer_id             uuid not null -- Whose password. [personal]
  proposal_id            uuid -- The accepted proposal it comes of; empty of the first two officers of an installation. [public]
  delivery               text not null -- phone, email, or paper. [public]
  token_hash             bytea -- SHA-256 of its token; empty until it is sent or printed. [secret]
  tries                  integer not null default 0 -- How often a login was typed there that is not the officer's. [public]
  granted_by             text not null -- Who accepted the proposal; they alone print the paper. [personal]
  granted_at             timestamp with time zone not null -- When. [public]
  expires_at             timestamp with time zone not null -- From when on it opens nothing. [public]
  used_at                timestamp with time zone -- When the password was chosen. [public]
  ended_at               timestamp with time zone -- When another took its place, or too many logins were tried. [public]
  drops_factors          boolean not null -- Whether its use removes the officer's second factors, so that they add new ones. [public]
  CHECK (((used_at IS NULL) OR (ended_at IS NULL))) -- password_link_check2
  CHECK (((used_at IS NULL) OR (token_hash IS NOT NULL))) -- password_link_check1
  CHECK ((delivery = ANY (ARRAY['phone'::text, 'email'::text, 'paper'::text]))) -- password_link_delivery_check
  CHECK ((expires_at > granted_at)) -- password_link_check
  CHECK ((granted_by <> ''::text)) -- password_link_granted_by_check
  CHECK ((length(token_hash) = 32)) -- password_link_token_hash_check
  CHECK ((tries >= 0)) -- password_link_tries_check
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- password_link_officer_id_fkey
  FOREIGN KEY (proposal_id) REFERENCES staff.proposal(id) -- password_link_proposal_id_fkey
  PRIMARY KEY (id) -- password_link_pkey
  UNIQUE (token_hash) -- password_link_token_hash_key
  CREATE INDEX password_link_by_proposal ON staff.password_link USING btree (proposal_id)
  CREATE UNIQUE INDEX one_open_link ON staff.password_link USING btree (officer_id) WHERE ((used_at IS NULL) AND (ended_at IS NULL))
  CREATE UNIQUE INDEX password_link_token_hash_key ON staff.password_link USING btree (token_hash)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT staff.signing_in() AS signing_in) with check ( SELECT staff.signing_in() AS signing_in)
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table staff.proposal (row security forced) -- What one officer proposes about another, and whether a third accepted it.
  id                     uuid not null -- The proposal. [public]
  kind                   text not null -- appointment (to a role), stand-in (to act in another's appointment), reset (a new password), factor-reset (a new password, and second factors added anew), contact (another phone or e-mail address). [public]
  officer_id             uuid not null -- Whom it concerns: who gets the post, the password or the address. [personal]
  unit_id                uuid not null -- Whose officers see it: the unit of the appointment, else the one that keeps the officer's record. [public]
  role                   text -- Of an appointment: to what. [public]
  appointment_id         uuid -- Of a stand-in: in which appointment. [public]
  from_on                date -- First day; empty = since ever. [public]
  to_on                  date -- The day after the last; empty = open. [public]
  phone                  text -- The new phone; empty = none. [personal]
  email                  text -- The new e-mail address; empty = none. [personal]
  former_phone           text -- The phone that an accepted one replaced. [personal]
  former_email           text -- The e-mail address that an accepted one replaced. [personal]
  note                   text -- Why, in the words of who proposes. [personal]
  state                  text not null default 'pending'::text -- pending, accepted, refused, withdrawn, expired. [public]
  proposed_by_kind       text not null -- officer, or operator: the command line. [public]
  proposed_by            text not null -- Who proposed it. [personal]
  proposed_for           text -- For whom that officer stood in, where they did. [personal]
  proposed_at            timestamp with time zone not null -- When. [public]
  expires_at             timestamp with time zone not null -- From when on nobody can accept it. [public]
  decided_by             text -- Who accepted, refused or withdrew it. [personal]
  decided_for            text -- For whom that officer stood in, where they did. [personal]
  decided_at             timestamp with time zone -- When. [public]
  batch_id               uuid -- The file in which it was proposed with others; empty of one that stands alone. [public]
  school_id              uuid -- Of an appointment to a school's staff: which school. [public]
  CHECK ((((decided_at IS NULL) = (state = ANY (ARRAY['pending'::text, 'expired'::text]))) AND ((decided_at IS NULL) = (decided_by IS NULL)))) -- proposal_check6
  CHECK (((kind <> 'stand-in'::text) OR ((from_on IS NOT NULL) AND (to_on IS NOT NULL)))) -- proposal_check4
  CHECK (((kind = 'appointment'::text) = (role IS NOT NULL))) -- proposal_check2
  CHECK (((kind = 'contact'::text) OR ((phone IS NULL) AND (email IS NULL)))) -- proposal_check5
  CHECK (((kind = 'stand-in'::text) = (appointment_id IS NOT NULL))) -- proposal_check3
  CHECK (((state <> 'accepted'::text) OR ((decided_by <> proposed_by) AND (decided_by <> (officer_id)::text) AND (decided_by IS DISTINCT FROM proposed_for) AND (decided_for IS DISTINCT FROM proposed_by) AND (decided_for IS DISTINCT FROM (officer_id)::text) AND ((decided_for <> proposed_for) IS NOT FALSE)))) -- accepted_by_another
  CHECK ((decided_by <> ''::text)) -- proposal_decided_by_check
  CHECK ((decided_for <> ''::text)) -- proposal_decided_for_check
  CHECK ((email <> ''::text)) -- proposal_email_check
  CHECK ((expires_at > proposed_at)) -- proposal_check1
  CHECK ((from_on < to_on)) -- proposal_check
  CHECK ((kind = ANY (ARRAY['appointment'::text, 'stand-in'::text, 'reset'::text, 'contact'::text, 'factor-reset'::text]))) -- proposal_kind_check
  CHECK ((note <> ''::text)) -- proposal_note_check
  CHECK ((phone <> ''::text)) -- proposal_phone_check
  CHECK ((proposed_by <> ''::text)) -- proposal_proposed_by_check
  CHECK ((proposed_by_kind = ANY (ARRAY['officer'::text, 'operator'::text]))) -- proposal_proposed_by_kind_check
  CHECK ((proposed_for <> ''::text)) -- proposal_proposed_for_check
  CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'refused'::text, 'withdrawn'::text, 'expired'::text]))) -- proposal_state_check
  FOREIGN KEY (appointment_id) REFERENCES staff.appointment(id) -- proposal_appointment_id_fkey
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- proposal_officer_id_fkey
  FOREIGN KEY (school_id) REFERENCES units.school(id) -- proposal_school_id_fkey
  PRIMARY KEY (id) -- proposal_pkey
  UNIQUE (id, officer_id, state) -- proposal_id_officer_id_state_key
  CREATE INDEX proposal_by_batch ON staff.proposal USING btree (batch_id) WHERE (batch_id IS NOT NULL)
  CREATE INDEX proposal_by_officer ON staff.proposal USING btree (officer_id)
  CREATE INDEX proposal_by_unit ON staff.proposal USING btree (unit_id, proposed_at)
  CREATE UNIQUE INDEX one_pending_proposal ON staff.proposal USING btree (officer_id, kind, unit_id, COALESCE(role, ''::text), COALESCE(appointment_id, officer_id), COALESCE(school_id, unit_id)) WHERE (state = 'pending'::text)
  CREATE UNIQUE INDEX proposal_id_officer_id_state_key ON staff.proposal USING btree (id, officer_id, state)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))) with check (( SELECT platform.sees_house() AS sees_house) OR (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

view staff.published_officer -- Names of officers, for contexts above.
  id                     uuid
  full_name              text
  unit_id                uuid
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT id,
    full_name,
    unit_id
   FROM staff.officer;

view staff.published_post -- Which officers hold which posts, also as stand-ins: from a day, until the day before another.
  id                     uuid
  officer_id             uuid
  for_id                 uuid
  role                   text
  unit_id                uuid
  from_on                date
  to_on                  date
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT a.id,
    a.officer_id,
    NULL::uuid AS for_id,
    a.role,
    a.unit_id,
    a.from_on,
    a.to_on
   FROM staff.appointment a
UNION ALL
 SELECT a.id,
    s.officer_id,
    a.officer_id AS for_id,
    a.role,
    a.unit_id,
    s.from_on,
    s.to_on
   FROM (staff.stand_in s
     JOIN staff.appointment a ON ((a.id = s.appointment_id)));

table staff.session (row security forced) -- From a sign-in to its end.
  id                     uuid not null -- The session. [public]
  token_hash             bytea not null -- SHA-256 of the token in the cookie. [secret]
  officer_id             uuid not null -- Who is signed in. [personal]
  appointment_id         uuid -- In which appointment they act; empty until they choose one. [public]
  stand_in_id            uuid -- By which stand-in, where it is another's appointment. [public]
  scope                  uuid[] not null -- Units and schools whose rows it sees, computed when the appointment was chosen. [public]
  device_hash            bytea not null -- SHA-256 of the browser's device cookie. [secret]
  browser                text not null -- How the browser calls itself, for the officer's own list of sessions. [personal]
  began_at               timestamp with time zone not null -- When it began. [public]
  seen_at                timestamp with time zone not null -- Last used, to the minute. [public]
  ends_at                timestamp with time zone not null -- When it ends whatever happens. [public]
  ended_at               timestamp with time zone -- When it was ended. [public]
  factor                 text not null -- By which second factor the officer signed in, or proved themselves last; none = before there were any. [public]
  factor_at              timestamp with time zone -- When they last did. [public]
  CHECK (((factor <> 'none'::text) OR (ended_at IS NOT NULL))) -- session_check1
  CHECK (((factor = 'none'::text) = (factor_at IS NULL))) -- session_check
  CHECK ((factor = ANY (ARRAY['none'::text, 'passkey'::text, 'totp'::text, 'mail'::text]))) -- session_factor_check
  CHECK ((length(device_hash) = 32)) -- session_device_hash_check
  CHECK ((length(token_hash) = 32)) -- session_token_hash_check
  FOREIGN KEY (appointment_id) REFERENCES staff.appointment(id) -- session_appointment_id_fkey
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- session_officer_id_fkey
  FOREIGN KEY (stand_in_id) REFERENCES staff.stand_in(id) -- session_stand_in_id_fkey
  PRIMARY KEY (id) -- session_pkey
  UNIQUE (token_hash) -- session_token_hash_key
  CREATE INDEX session_by_officer ON staff.session USING btree (officer_id, began_at)
  CREATE UNIQUE INDEX session_token_hash_key ON staff.session USING btree (token_hash)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT staff.signing_in() AS signing_in) with check ( SELECT staff.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION staff.session_standing(id uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select md5(concat_ws(' ', s.token_hash, s.ended_at, s.appointment_id, s.stand_in_id, s.factor_at,
      hash_array(s.scope), o.xmin, c.xmin, a.xmin, i.xmin, b.xmin))
  from staff.session s
  join staff.officer o on o.id = s.officer_id
  join staff.credential c on c.officer_id = s.officer_id
  left join staff.stand_in i on i.id = s.stand_in_id
  left join staff.appointment a on a.id = s.appointment_id
  left join staff.officer b on b.id = a.officer_id
  where s.id = session_standing.id
$function$


table staff.sign_in (row security forced) -- A sign-in whose password was right and whose second factor is asked.
  id                     uuid not null -- The sign-in. [public]
  token_hash             bytea not null -- SHA-256 of the token in the browser's cookie. [secret]
  officer_id             uuid not null -- Whose. [personal]
  device_hash            bytea not null -- SHA-256 of the browser's device token. [secret]
  mail_code_hash         bytea -- SHA-256 of the sign-in's id and the code that was sent by mail; empty = none. [secret]
  began_at               timestamp with time zone not null -- When the password was right. [public]
  ends_at                timestamp with time zone not null -- From when on it leads nowhere. [public]
  CHECK ((length(device_hash) = 32)) -- sign_in_device_hash_check
  CHECK ((length(mail_code_hash) = 32)) -- sign_in_mail_code_hash_check
  CHECK ((length(token_hash) = 32)) -- sign_in_token_hash_check
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- sign_in_officer_id_fkey
  PRIMARY KEY (id) -- sign_in_pkey
  UNIQUE (token_hash) -- sign_in_token_hash_key
  CREATE INDEX sign_in_by_end ON staff.sign_in USING btree (ends_at)
  CREATE UNIQUE INDEX sign_in_token_hash_key ON staff.sign_in USING btree (token_hash)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT staff.signing_in() AS signing_in) with check ( SELECT staff.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION staff.signing_in()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('dinhdanh.signing_in', true), '') = 'yes' $function$


table staff.slowdown (row security forced) -- How long to wait after wrong passwords, by login and where the attempts come from.
  key                    bytea not null -- SHA-256 of the login and the address, or of the login and a device known to be its officer's. [secret]
  failures               integer not null -- Attempts since the last success, each counted before its password is looked at. [public]
  failed_at              timestamp with time zone not null -- The last of them. [public]
  free_at                timestamp with time zone not null -- When the next is allowed. [public]
  CHECK ((failures > 0)) -- slowdown_failures_check
  CHECK ((length(key) = 32)) -- slowdown_key_check
  PRIMARY KEY (key) -- slowdown_pkey
  CREATE INDEX slowdown_by_age ON staff.slowdown USING btree (failed_at)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy signing_in for all to dinhdanh_app using ( SELECT staff.signing_in() AS signing_in) with check ( SELECT staff.signing_in() AS signing_in)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table staff.stand_in (row security forced) -- An officer who acts in another's appointment for some days.
  id                     uuid not null -- The stand-in. [public]
  appointment_id         uuid not null -- In which appointment. [public]
  officer_id             uuid not null -- Who stands in. [personal]
  from_on                date not null -- First day. [public]
  to_on                  date not null -- The day after the last. [public]
  valid                  daterange not null default daterange(from_on, to_on) -- The same two days as a range. [public]
  basis                  text not null default 'house'::text -- two-officers (an accepted proposal), house (the demonstration), earlier (before two officers were needed). [public]
  proposal_id            uuid -- The proposal that was accepted. [public]
  proposal_state         text default
CASE
    WHEN (proposal_id IS NOT NULL) THEN 'accepted'::text
    ELSE NULL::text
END -- Accepted, for the key to compare. [public]
  CHECK (((basis = 'two-officers'::text) = (proposal_id IS NOT NULL))) -- stand_in_check1
  CHECK ((basis = ANY (ARRAY['earlier'::text, 'house'::text, 'two-officers'::text]))) -- stand_in_basis_check
  CHECK ((from_on < to_on)) -- stand_in_check
  FOREIGN KEY (appointment_id) REFERENCES staff.appointment(id) -- stand_in_appointment_id_fkey
  FOREIGN KEY (officer_id) REFERENCES staff.officer(id) -- stand_in_officer_id_fkey
  FOREIGN KEY (proposal_id, officer_id, proposal_state) REFERENCES staff.proposal(id, officer_id, state) -- stand_in_proposal_id_officer_id_proposal_state_fkey
  PRIMARY KEY (id) -- stand_in_pkey
  UNIQUE (proposal_id) -- stand_in_proposal_id_key
  CREATE INDEX stand_in_by_appointment ON staff.stand_in USING btree (appointment_id)
  CREATE INDEX stand_in_by_officer ON staff.stand_in USING btree (officer_id)
  CREATE UNIQUE INDEX stand_in_proposal_id_key ON staff.stand_in USING btree (proposal_id)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT staff.signing_in() AS signing_in) OR (EXISTS ( SELECT
   FROM staff.appointment a
  WHERE ((a.id = stand_in.appointment_id) AND (a.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM staff.appointment a
  WHERE ((a.id = stand_in.appointment_id) AND (a.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))))))
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION statistics.analyze_counts()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ begin analyze campaign.member; analyze statistics.milestone; analyze statistics.balance; end $function$


table statistics.balance -- How many had come to each thing by the end of a day, as known now; a row where a day changed something. Whoever asks of a day takes the last row by then.
  campaign_id            uuid not null -- Of which campaign. [public]
  unit_id                uuid not null -- In which commune, as written; the nil UUID stands for the campaign as a whole. [public]
  band                   smallint not null -- In which part; 0 = all. [public]
  day                    date not null -- By the end of which day. [public]
  members                integer not null -- People whom the campaign means. [public]
  number_known           integer not null -- Of them, with a number. [public]
  card_applied           integer not null -- With a card applied for. [public]
  card_approved          integer not null -- Approved. [public]
  card_produced          integer not null -- Made. [public]
  card_returned          integer not null -- Come back to the unit. [public]
  card_handed_over       integer not null -- Handed over. [public]
  account_received       integer not null -- With an account asked for. [public]
  account_received_2     integer not null -- Of level 2. [public]
  account_approved       integer not null -- Approved. [public]
  account_approved_2     integer not null -- Of level 2. [public]
  account_activated      integer not null -- Activated. [public]
  account_activated_2    integer not null -- Of level 2. [public]
  PRIMARY KEY (campaign_id, band, unit_id, day) -- balance_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table statistics.former_milestone (row security forced) -- How it stood in earlier editions.
  person_id              uuid not null -- Whose. [personal]
  until                  integer not null -- The edition from which it was otherwise. [public]
  number_known_on        date -- A number in force is known. [personal]
  card_applied_on        date -- A card was applied for. [personal]
  card_approved_on       date -- It was approved. [personal]
  card_produced_on       date -- It was made. [personal]
  card_returned_on       date -- It came back to the unit. [personal]
  card_handed_over_on    date -- It was handed over. [personal]
  account_received_on    date -- A request for an account was received, of either level. [personal]
  account_received_2_on  date -- The same of level 2. [personal]
  account_approved_on    date -- An account was approved, of either level. [personal]
  account_approved_2_on  date -- The same of level 2. [personal]
  account_activated_on   date -- It was activated, at either level. [personal]
  account_activated_2_on date -- It is activated and of level 2. [personal]
  since                  integer not null -- Since which edition it is so. [public]
  CHECK ((since < until)) -- former_milestone_check
  PRIMARY KEY (person_id, until) -- former_milestone_pkey
  CREATE INDEX former_milestone_by_edition ON statistics.former_milestone USING btree (until)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = former_milestone.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = former_milestone.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM campaign.former_member f
  WHERE ((f.person_id = former_milestone.person_id) AND (f.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM campaign.member m
  WHERE ((m.person_id = former_milestone.person_id) AND (m.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = former_milestone.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = former_milestone.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM campaign.former_member f
  WHERE ((f.person_id = former_milestone.person_id) AND (f.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM campaign.member m
  WHERE ((m.person_id = former_milestone.person_id) AND (m.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
 OFFSET 0)))
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table statistics.milestone (row security forced) -- The first day of each thing that a person has and that still holds, as known now; of those whom a campaign means. Derived from register, cards and accounts.
  person_id              uuid not null -- Whose. [personal]
  number_known_on        date -- A number in force is known. [personal]
  card_applied_on        date -- A card was applied for. [personal]
  card_approved_on       date -- It was approved. [personal]
  card_produced_on       date -- It was made. [personal]
  card_returned_on       date -- It came back to the unit. [personal]
  card_handed_over_on    date -- It was handed over. [personal]
  account_received_on    date -- A request for an account was received, of either level. [personal]
  account_received_2_on  date -- The same of level 2. [personal]
  account_approved_on    date -- An account was approved, of either level. [personal]
  account_approved_2_on  date -- The same of level 2. [personal]
  account_activated_on   date -- It was activated, at either level. [personal]
  account_activated_2_on date -- It is activated and of level 2. [personal]
  since                  integer not null -- Since which edition it is so. [public]
  PRIMARY KEY (person_id) -- milestone_pkey
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy visible for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = milestone.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = milestone.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM campaign.former_member f
  WHERE ((f.person_id = milestone.person_id) AND (f.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM campaign.member m
  WHERE ((m.person_id = milestone.person_id) AND (m.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = milestone.person_id)
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM register.access_case c
  WHERE ((c.person_id = milestone.person_id) AND ((c.until >= CURRENT_DATE) AND ((c.grade = 'whole'::text) OR ( SELECT platform.reads_needs() AS reads_needs))))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM campaign.former_member f
  WHERE ((f.person_id = milestone.person_id) AND (f.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
 OFFSET 0)) OR (EXISTS ( SELECT
   FROM campaign.member m
  WHERE ((m.person_id = milestone.person_id) AND (m.unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[])))
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table statistics.opening_balance -- What a unit brought along from the system before: people of whom this installation has counts alone. Added to what is counted here; the last day by then counts.
  campaign_id            uuid not null -- For which campaign. [public]
  unit_id                uuid not null -- Of which commune, as written. [public]
  day                    date not null -- By the end of which day. [public]
  since                  integer not null -- In which edition it came; of several, the last that the asked edition knows. [public]
  members                integer not null -- People whom the campaign means and who are not in the register here. [public]
  number_known           integer not null -- Of them, with a number. [public]
  card_applied           integer not null -- With a card applied for. [public]
  card_approved          integer not null -- Approved. [public]
  card_produced          integer not null -- Made. [public]
  card_returned          integer not null -- Come back to the unit. [public]
  card_handed_over       integer not null -- Handed over. [public]
  account_received       integer not null -- With an account asked for. [public]
  account_received_2     integer not null -- Of level 2. [public]
  account_approved       integer not null -- Approved. [public]
  account_approved_2     integer not null -- Of level 2. [public]
  account_activated      integer not null -- Activated. [public]
  account_activated_2    integer not null -- Of level 2. [public]
  CHECK ((members >= 0)) -- opening_balance_members_check
  PRIMARY KEY (campaign_id, unit_id, day, since) -- opening_balance_pkey
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table statistics.outside_figure -- A figure that another system or the level above reports; it stands beside ours and is never mixed in. Source "opening" is the balance with which a unit began.
  unit_id                uuid not null -- Of which unit. [public]
  day                    date not null -- By the end of which day. [public]
  metric                 text not null -- Of what. [public]
  source                 text not null -- Who says so. [public]
  value                  integer not null -- How many. [public]
  note                   text -- What explains a difference, in words. [public]
  entered_at             timestamp with time zone not null -- When it was taken in. [public]
  CHECK ((source <> ''::text)) -- outside_figure_source_check
  PRIMARY KEY (unit_id, day, metric, source) -- outside_figure_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table statistics.recount (row security forced) -- A person whose counts a deed may have changed; gone when they are counted anew.
  person_id              uuid not null -- Whose. [personal]
  id                     uuid not null -- The deed. [public]
  deed                   text not null -- What was done. [public]
  at                     timestamp with time zone not null -- When. [public]
  PRIMARY KEY (person_id, id) -- recount_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy say for insert to dinhdanh_app with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table statistics.recount_set -- Many people whose counts a deed may have changed: everyone an import changed, a school's pupils, a new campaign's people; everyone, where units or schools changed.
  id                     uuid not null -- The deed. [public]
  kind                   text not null -- Of what kind. [public]
  subject_id             uuid -- The school or campaign. [public]
  at                     timestamp with time zone not null -- The work's moment: an import's transitions bear it. [public]
  CHECK ((kind = ANY (ARRAY['register'::text, 'cards'::text, 'accounts'::text, 'school'::text, 'campaign'::text, 'everyone'::text]))) -- recount_set_kind_check
  PRIMARY KEY (id) -- recount_set_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table statistics.report -- A published sheet of quick statistics, signed and kept as it was.
  id                     uuid not null -- The report. [public]
  code                   text not null -- What stands on paper to compare by. [public]
  campaign_id            uuid not null -- Of which campaign. [public]
  unit_id                uuid not null -- Of which unit. [public]
  metric                 text not null -- Of what. [public]
  day                    date not null -- Of which day. [public]
  issue                  integer not null -- How often that day was published. [public]
  edition                integer not null -- What was known then. [public]
  document               text not null -- The sheet as JSON, byte for byte as it was signed. [public]
  sha256                 bytea not null -- Hash of the document. [public]
  key                    text not null -- Public key of the signer, SPKI DER in base64. [public]
  signature              text not null -- Ed25519 over the document, base64. [public]
  published_at           timestamp with time zone not null -- When. [public]
  CHECK ((issue > 0)) -- report_issue_check
  CHECK ((length(sha256) = 32)) -- report_sha256_check
  PRIMARY KEY (id) -- report_pkey
  UNIQUE (campaign_id, unit_id, metric, day, issue) -- report_campaign_id_unit_id_metric_day_issue_key
  UNIQUE (code) -- report_code_key
  CREATE UNIQUE INDEX report_campaign_id_unit_id_metric_day_issue_key ON statistics.report USING btree (campaign_id, unit_id, metric, day, issue)
  CREATE UNIQUE INDEX report_code_key ON statistics.report USING btree (code)
  grant insert, select to dinhdanh_app
  grant insert, select to dinhdanh_maintenance

table statistics.watermark -- How far this context has followed the register.
  reader                 text not null -- Of what. [public]
  mark                   text not null -- The register's mark. [public]
  PRIMARY KEY (reader) -- watermark_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table units.edition -- How often units were changed, so that processes know when what they keep in memory is old; imports hold its row.
  only_one               boolean not null default true -- There is one row. [public]
  number                 integer not null -- Grows with each import that changes something. [public]
  CHECK (only_one) -- edition_only_one_check
  PRIMARY KEY (only_one) -- edition_pkey
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table units.lineage -- Which units stand below which, and when: a subtree on a day is one read of one index. Rewritten by each import of units.
  ancestor_id            uuid not null -- The upper unit. [public]
  unit_id                uuid not null -- The lower unit; each unit stands below itself at depth 0. [public]
  depth                  smallint not null -- How many levels lie between. [public]
  valid                  daterange not null -- The days on which it is so. [public]
  CHECK (((depth >= 0) AND (depth <= 2))) -- lineage_depth_check
  CHECK ((NOT isempty(valid))) -- lineage_valid_check
  FOREIGN KEY (ancestor_id) REFERENCES units.unit(id) -- lineage_ancestor_id_fkey
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- lineage_unit_id_fkey
  PRIMARY KEY (ancestor_id, unit_id, valid) -- lineage_pkey
  CREATE INDEX lineage_by_unit ON units.lineage USING btree (unit_id)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table units.police_rule -- Where and when no police stands at an administrative unit; else one stands at each.
  level                  text not null -- At units of this level. [public]
  code                   text not null -- At the units of this code; empty = at all of the level. [public]
  absent_from            date -- Since which day; empty = since ever. [public]
  absent_to              date -- Until which day, itself not included; empty = from then on. [public]
  source                 text not null -- Where this is known from. [public]
  absent                 daterange not null default daterange(absent_from, absent_to) -- The same two days as a range. [public]
  CHECK ((absent_from < absent_to)) -- police_rule_check
  CHECK ((level = ANY (ARRAY['province'::text, 'district'::text, 'commune'::text]))) -- police_rule_level_check
  PRIMARY KEY (level, code) -- police_rule_pkey
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table units.police_unit -- The police of an administrative unit, for a period. Rewritten by each import of units.
  id                     uuid not null -- Computed from the unit and the first day. [public]
  unit_id                uuid not null -- The administrative unit at which it stands. [public]
  name                   text not null -- Its name. [public]
  valid                  daterange not null -- The days on which it stands. [public]
  CHECK ((NOT isempty(valid))) -- police_unit_valid_check
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- police_unit_unit_id_fkey
  PRIMARY KEY (id) -- police_unit_pkey
  CREATE INDEX police_unit_by_unit ON units.police_unit USING btree (unit_id)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

view units.published_lineage -- Which units stand below which, and when, for contexts above.
  ancestor_id            uuid
  unit_id                uuid
  depth                  smallint
  valid                  daterange
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT ancestor_id,
    unit_id,
    depth,
    valid
   FROM units.lineage;

view units.published_school -- Schools with their standing on the days of valid, for contexts above.
  id                     uuid
  code                   text
  name                   text
  kind                   text
  unit_id                uuid
  valid                  daterange
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT s.id,
    s.code,
    t.name,
    t.kind,
    t.unit_id,
    t.valid
   FROM (units.school s
     JOIN units.school_standing t ON ((t.school_id = s.id)));

view units.published_succession -- What became of units, for contexts above.
  old_id                 uuid
  new_id                 uuid
  effective_on           date
  extent                 text
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT old_id,
    new_id,
    effective_on,
    extent
   FROM units.succession;

view units.published_unit -- Units, for contexts above.
  id                     uuid
  code                   text
  name                   text
  level                  text
  parent_code            text
  valid_from             date
  valid_to               date
  valid                  daterange
  grant select to dinhdanh_app
  grant select to dinhdanh_maintenance
 SELECT id,
    code,
    name,
    level,
    parent_code,
    valid_from,
    valid_to,
    valid
   FROM units.unit;

table units.school -- A school, which keeps its code through changes of name, kind and place.
  id                     uuid not null -- Computed from the code, so that all houses agree. [public]
  code                   text not null -- Code of the ministry's school database. [public]
  CHECK ((code <> ''::text)) -- school_code_check
  PRIMARY KEY (id) -- school_pkey
  UNIQUE (code) -- school_code_key
  CREATE UNIQUE INDEX school_code_key ON units.school USING btree (code)
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

table units.school_standing -- Name, kind and commune of a school, for a period.
  school_id              uuid not null -- The school. [public]
  name                   text not null -- Its name. [public]
  kind                   text not null -- What it teaches. [public]
  unit_id                uuid not null -- The commune in which it stands. [public]
  valid_from             date -- First day; empty = since ever. [public]
  valid_to               date -- The day from which it is otherwise; empty = still so. [public]
  as_of                  date not null -- The day of the latest extract that says so; an older one changes nothing. [public]
  valid                  daterange not null default daterange(valid_from, valid_to) -- The same two days as a range. [public]
  CHECK ((kind = ANY (ARRAY['preschool'::text, 'primary'::text, 'lower-secondary'::text, 'upper-secondary'::text, 'multi-level'::text, 'boarding'::text, 'continuing-education'::text, 'vocational'::text]))) -- school_standing_kind_check
  CHECK ((name <> ''::text)) -- school_standing_name_check
  CHECK ((valid_from < valid_to)) -- school_standing_check
  FOREIGN KEY (school_id) REFERENCES units.school(id) -- school_standing_school_id_fkey
  FOREIGN KEY (unit_id) REFERENCES units.unit(id) -- school_standing_unit_id_fkey
  UNIQUE NULLS NOT DISTINCT (school_id, valid_from) -- school_standing_school_id_valid_from_key
  CREATE INDEX school_standing_by_unit ON units.school_standing USING btree (unit_id)
  CREATE UNIQUE INDEX school_standing_school_id_valid_from_key ON units.school_standing USING btree (school_id, valid_from) NULLS NOT DISTINCT
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table units.succession -- What became of a unit. A part or a rest needs an address or an officer's decision.
  old_id                 uuid not null -- The unit that was. [public]
  new_id                 uuid not null -- The unit that it, or a part of it, belongs to since. [public]
  effective_on           date not null -- Since which day. [public]
  extent                 text not null -- whole, part or rest of the old unit. [public]
  source                 text not null -- The resolution. [public]
  CHECK ((extent = ANY (ARRAY['whole'::text, 'part'::text, 'rest'::text]))) -- succession_extent_check
  CHECK ((old_id <> new_id)) -- succession_check
  FOREIGN KEY (new_id) REFERENCES units.unit(id) -- succession_new_id_fkey
  FOREIGN KEY (old_id) REFERENCES units.unit(id) -- succession_old_id_fkey
  PRIMARY KEY (old_id, new_id, effective_on) -- succession_pkey
  CREATE INDEX succession_by_new ON units.succession USING btree (new_id)
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table units.unit -- An administrative unit under one name, rank and code, for a period.
  id                     uuid not null -- Computed from code and first day, so that all houses agree. [public]
  code                   text not null -- Code of the General Statistics Office; reused for other units later. [public]
  name                   text not null -- Full name with its rank. [public]
  level                  text not null -- province, district or commune. [public]
  parent_code            text -- Code of the unit above; which unit that is depends on the day. [public]
  valid_from             date -- First day; empty = since ever. [public]
  valid_to               date -- The day it ended, itself no longer included; empty = still stands. [public]
  source                 text not null -- Where this is known from. [public]
  valid                  daterange not null default daterange(valid_from, valid_to) -- The same two days as a range. [public]
  CHECK (((level = 'province'::text) = (parent_code IS NULL))) -- unit_check1
  CHECK ((code ~ '^[0-9A-Za-z-]{1,12}$'::text)) -- unit_code_check
  CHECK ((level = ANY (ARRAY['province'::text, 'district'::text, 'commune'::text]))) -- unit_level_check
  CHECK ((name <> ''::text)) -- unit_name_check
  CHECK ((valid_from < valid_to)) -- unit_check
  PRIMARY KEY (id) -- unit_pkey
  UNIQUE NULLS NOT DISTINCT (code, valid_from) -- unit_code_valid_from_key
  CREATE INDEX unit_by_parent ON units.unit USING btree (parent_code)
  CREATE UNIQUE INDEX unit_code_valid_from_key ON units.unit USING btree (code, valid_from) NULLS NOT DISTINCT
  grant insert, select, update to dinhdanh_app
  grant insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION units.whole_province_in_scope()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select case when coalesce(current_setting('dinhdanh.whole', true), '') = 'yes'
    then exists (select from units.unit u where u.level = 'commune')
     and not exists (select from units.unit u where u.level = 'commune' and not exists (select from unnest(platform.scope()) s (id) where s.id = u.id))
    else false end
$function$


table verification.batch (row security forced) -- A batch of checks, from the first piece that is sent to the end of its files. What was read of it, and what was written, move in one transaction.
  id                     uuid not null -- The batch, as the party named it. [public]
  client_id              text not null -- Which client sends it. [public]
  party_id               uuid not null -- Of which party. [public]
  purpose                text not null -- For which approved purpose. [public]
  format                 text not null -- ndjson or csv, in and out. [public]
  bytes                  bigint not null -- How long it will be. [public]
  received               bigint not null -- How much of it is here. [public]
  state                  text not null -- receiving, waiting (for its turn, or for quota), running, done or refused. [public]
  reason                 text -- Why it was refused: a code. [public]
  columns                text[] -- The columns of a CSV, once its header was read. [public]
  delimiter              text -- What stands between them. [public]
  read_bytes             bigint not null -- How far it was read. [public]
  read_rows              bigint not null -- How many rows that were. [public]
  wrong_rows             bigint not null -- How many of them could not be checked. [public]
  result_bytes           bigint not null -- How long the result is by now. [public]
  error_bytes            bigint not null -- How long the file of errors is by now. [public]
  waits_until            timestamp with time zone -- Until when it waits for quota. [public]
  made_at                timestamp with time zone not null -- When it was begun. [public]
  changed_at             timestamp with time zone not null -- When it last moved. [public]
  ends_at                timestamp with time zone not null -- When its files are deleted, if the party has not done so before. [public]
  CHECK (((read_bytes >= 0) AND (read_bytes <= received))) -- batch_check1
  CHECK (((received >= 0) AND (received <= bytes))) -- batch_check
  CHECK (((state <> 'done'::text) OR (read_bytes = bytes))) -- batch_check4
  CHECK (((state = 'refused'::text) = (reason IS NOT NULL))) -- batch_check2
  CHECK (((state = ANY (ARRAY['receiving'::text, 'refused'::text])) OR (received = bytes))) -- batch_check3
  CHECK ((bytes > 0)) -- batch_bytes_check
  CHECK ((format = ANY (ARRAY['ndjson'::text, 'csv'::text]))) -- batch_format_check
  CHECK ((purpose <> ''::text)) -- batch_purpose_check
  CHECK ((state = ANY (ARRAY['receiving'::text, 'waiting'::text, 'running'::text, 'done'::text, 'refused'::text]))) -- batch_state_check
  PRIMARY KEY (id) -- batch_pkey
  CREATE INDEX batch_by_client ON verification.batch USING btree (client_id, made_at)
  CREATE INDEX batch_by_end ON verification.batch USING btree (ends_at)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION verification.count(by_client text, by_guesser text, today date, at timestamp with time zone, asked_more bigint, again_more bigint, wrong_more bigint, strange_more bigint, about uuid[], wrongs_now integer[], refused_more integer[], free_from timestamp with time zone[], stopped_from timestamp with time zone[], told_more uuid[], under integer[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  if asked_more > 0 then
    insert into verification.tally as known (client_id, on_day, hand, guesser, asked, again, wrong, strange, wrong_at)
    values (by_client, today, (pg_backend_pid() % 1024)::smallint, by_guesser, asked_more, again_more, wrong_more, strange_more, case when wrong_more > 0 then at end)
    on conflict (client_id, on_day, hand) do update set
      guesser = excluded.guesser, asked = known.asked + excluded.asked, again = known.again + excluded.again, wrong = known.wrong + excluded.wrong,
      strange = known.strange + excluded.strange, wrong_at = coalesce(excluded.wrong_at, known.wrong_at);
  end if;
  if cardinality(about) > 0 then
    insert into verification.wrong as known (person_id, client_id, on_day, wrongs, refused, free_at, stopped_at)
    select r.person_id, by_client, today, r.wrongs, r.refused, r.free_at, r.stopped_at
    from unnest(about, wrongs_now, refused_more, free_from, stopped_from) as r (person_id, wrongs, refused, free_at, stopped_at)
    order by r.person_id
    on conflict (person_id, client_id, on_day) do update set
      wrongs = greatest(known.wrongs, excluded.wrongs), refused = known.refused + excluded.refused, free_at = greatest(known.free_at, excluded.free_at),
      stopped_at = coalesce(known.stopped_at, excluded.stopped_at);
  end if;
  if cardinality(told_more) > 0 then
    insert into verification.tried as known (on_day, guesser, told, numbers, seen)
    select today, by_guesser, m.told, count(*)::integer, coalesce(array_agg(m.number) filter (where m.number is not null), '{}')
    from unnest(told_more, under) as m (told, number)
    group by m.told
    order by m.told
    on conflict (on_day, guesser, told) do update set numbers = known.numbers + excluded.numbers, seen = known.seen || excluded.seen;
  end if;
end
$function$


CREATE OR REPLACE FUNCTION verification.find(asked text[], sought uuid[], by_client text, by_guesser text, by_party text, today date, day_begins uuid, held text)
 RETURNS TABLE(number text, person_id uuid, number_state text, full_name text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, life_status text, wrongs integer, free_at timestamp with time zone, stopped boolean, wrongs_of_all integer, known boolean, client_asked bigint, client_again bigint, client_wrong bigint, client_wrong_at timestamp with time zone, guesser_wrong bigint, guesser_strange bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
AS $function$
begin
  if not platform.sees_house() then
    raise exception 'verification.find is for a work that sees the house';
  end if;
  if held = 'client' then
    perform pg_advisory_xact_lock(hashtextextended('verification ' || by_guesser, 0));
  else
    perform pg_advisory_xact_lock(hashtextextended(l.name, 1))
    from (select by_client || ' ' || a.number as name from unnest(asked) as a (number) union select by_guesser || ' ' || s.told from unnest(sought) as s (told) order by 1) l;
  end if;
  -- A statement of its own: it sees what was committed while the first one waited.
  return query
  with own as materialized (
    select coalesce(sum(t.asked), 0)::bigint as asked, coalesce(sum(t.again), 0)::bigint as again, coalesce(sum(t.wrong), 0)::bigint as wrong,
           max(t.wrong_at) as wrong_at
    from verification.tally t where t.client_id = by_client and t.on_day = today
  ), whole as materialized (
    select coalesce(sum(t.wrong), 0)::bigint as wrong, coalesce(sum(t.strange), 0)::bigint as strange
    from verification.tally t where t.guesser = by_guesser and t.on_day = today
  )
  select a.number, i.person_id, i.number_state, i.full_name, i.birth_y, i.birth_m, i.birth_d, i.sex, i.life_status,
         coalesce(w.wrongs, 0), w.free_at, coalesce(w.stopped, false), coalesce(w.wrongs_of_all, 0),
         coalesce(k.known, false),
         own.asked, own.again, own.wrong, own.wrong_at, whole.wrong, whole.strange
  from unnest(asked) with ordinality as a (number, place)
  cross join own
  cross join whole
  left join register.published_identity i on i.number = a.number
  left join lateral (
    select sum(o.wrongs)::integer as wrongs_of_all, max(o.wrongs) filter (where o.client_id = by_client) as wrongs,
           max(o.free_at) filter (where o.client_id = by_client) as free_at, bool_or(o.stopped_at is not null) filter (where o.client_id = by_client) as stopped
    from verification.wrong o where o.person_id = i.person_id and o.on_day + 0 = today) w on true
  left join lateral (
    select true as known from audit.published_reading r
    where r.person_id = i.person_id and r.id >= day_begins and r.by_id || '' = by_party and r.purpose = 'verification' limit 1) k on true
  order by a.place;
end
$function$


CREATE OR REPLACE FUNCTION verification.find_tried(sought uuid[], by_guesser text, today date)
 RETURNS TABLE(place integer, numbers integer, seen integer[])
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
AS $function$
begin
  if not platform.sees_house() then
    raise exception 'verification.find_tried is for a work that sees the house';
  end if;
  return query
  select s.place::integer, t.numbers, t.seen
  from unnest(sought) with ordinality as s (told, place)
  cross join lateral (
    select o.numbers, o.seen from verification.tried o where o.on_day = today and o.guesser = by_guesser and o.told = s.told offset 0) t;
end
$function$


CREATE OR REPLACE FUNCTION verification.find_within_quota(amount integer, at timestamp with time zone, usual_live integer[], usual_sandbox integer[], asked text[], sought uuid[], by_client text, by_guesser text, by_party text, today date, day_begins uuid)
 RETURNS TABLE(resets_at timestamp with time zone, number text, person_id uuid, number_state text, full_name text, birth_y smallint, birth_m smallint, birth_d smallint, sex text, life_status text, wrongs integer, free_at timestamp with time zone, stopped boolean, wrongs_of_all integer, known boolean, client_asked bigint, client_again bigint, client_wrong bigint, client_wrong_at timestamp with time zone, guesser_wrong bigint, guesser_strange bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  spent record;
begin
  if not platform.sees_house() then
    raise exception 'verification.find_within_quota is for a work that sees the house';
  end if;
  select s.allowed, s.resets_at into strict spent from parties.spend(by_client, 'verification', amount, at, usual_live, usual_sandbox) s;
  if not spent.allowed then
    resets_at := spent.resets_at;
    return next;
    return;
  end if;
  return query
  select null::timestamptz, f.* from verification.find(asked, sought, by_client, by_guesser, by_party, today, day_begins, 'numbers') f;
end
$function$


table verification.piece (row security forced) -- What was sent of a batch, what came of it, and its errors, in pieces. Of the input each is deleted in the transaction in which its last row is answered.
  batch_id               uuid not null -- Of which batch. [public]
  kind                   text not null -- input, result or errors. [public]
  at_byte                bigint not null -- Where in it the piece begins. [public]
  bytes                  integer not null -- How long the piece is. [public]
  sealed                 bytea not null -- The piece: AES-256-GCM under the house's key outside the database. [secret]
  CHECK ((at_byte >= 0)) -- piece_at_byte_check
  CHECK ((bytes > 0)) -- piece_bytes_check
  CHECK ((kind = ANY (ARRAY['input'::text, 'result'::text, 'errors'::text]))) -- piece_kind_check
  PRIMARY KEY (batch_id, kind, at_byte) -- piece_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table verification.tally (row security forced) -- How much a client asked on a day, and how much of it was wrong: by this trying numbers out is slowed, then stopped.
  client_id              text not null -- Which client. [public]
  on_day                 date not null -- On which day of the province. [public]
  hand                   smallint not null -- By which of the connections it was counted. [public]
  asked                  bigint not null -- How many were answered. [public]
  wrong                  bigint not null -- How many of the answers were no. [public]
  wrong_at               timestamp with time zone -- When the last of those was given. [public]
  guesser                text not null default ''::text -- Among whose it counts besides: the party's, or a sandbox client's own. Empty before this was told apart. [public]
  again                  bigint not null default 0 -- How many of the answers were yes about somebody whom the party had looked up before on that day. [public]
  strange                bigint not null default 0 -- How many of the answers were no since nobody has the number, or somebody of another name and another birth date. [public]
  CHECK ((again >= 0)) -- tally_again_check
  CHECK ((asked >= 0)) -- tally_asked_check
  CHECK ((strange >= 0)) -- tally_strange_check
  CHECK ((wrong >= 0)) -- tally_wrong_check
  PRIMARY KEY (client_id, on_day, hand) -- tally_pkey
  CREATE INDEX tally_by_age ON verification.tally USING btree (on_day)
  CREATE INDEX tally_by_guesser ON verification.tally USING btree (guesser, on_day)
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table verification.tried (row security forced) -- Under how many numbers of nobody, or of somebody else altogether, a party tried a name, a birth date, or both on a day. Deleted once the day is over.
  on_day                 date not null -- On which day of the province. [public]
  guesser                text not null -- Who tried: the party, or a sandbox client. [public]
  told                   uuid not null -- What was tried: 128 bits of a hash under a secret of the day and the guesser, which only the key outside the database makes. [secret]
  numbers                integer not null -- Under how many numbers. [public]
  seen                   integer[] not null -- Under which, of a name with a birth date: 32 bits of the same hash of each. [secret]
  CHECK ((numbers > 0)) -- tried_numbers_check
  PRIMARY KEY (on_day, guesser, told) -- tried_pkey
  policy house for all to dinhdanh_app using ( SELECT platform.sees_house() AS sees_house) with check ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance

table verification.wrong (row security forced) -- How often a client said something wrong about a person on a day: by this guessing is slowed, then stopped.
  person_id              uuid not null -- About whom. [personal]
  client_id              text not null -- Which client. [public]
  on_day                 date not null -- On which day of the province. [public]
  wrongs                 integer not null -- How many answers were no. [public]
  refused                integer not null -- How often it asked while it was slowed or stopped, and was told nothing. [public]
  free_at                timestamp with time zone not null -- From when it is answered again. [public]
  stopped_at             timestamp with time zone -- Since when it is answered no more that day. [public]
  CHECK ((refused >= 0)) -- wrong_refused_check
  CHECK ((wrongs >= 0)) -- wrong_wrongs_check
  PRIMARY KEY (person_id, client_id, on_day) -- wrong_pkey
  CREATE INDEX wrong_by_age ON verification.wrong USING btree (on_day)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy own for select to dinhdanh_app using (person_id = ( SELECT platform.person() AS person))
  policy scope for all to dinhdanh_app using (( SELECT platform.sees_house() AS sees_house) OR ( SELECT units.whole_province_in_scope() AS whole_province_in_scope) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = wrong.person_id)
 OFFSET 0))) with check (( SELECT platform.sees_house() AS sees_house) OR (EXISTS ( SELECT
   FROM register.person_scope s
  WHERE (s.person_id = wrong.person_id)
 OFFSET 0)))
  grant delete, insert, select, update to dinhdanh_app
  grant delete, insert, select, update to dinhdanh_maintenance
