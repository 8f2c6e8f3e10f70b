-- The officers' desk of accounts: who asked and by when it is decided, what the holder was told, raising, locks and what asks for them or for their end, phones, and level 1 that a
-- citizen asks for by themselves (NĐ59/2022, NĐ69/2024, LCC Art. 34).

alter table accounts.account
  add column requested_at      timestamptz,
  add column requested_by      text,
  add column asked_via         text check (asked_via in ('desk', 'session', 'application', 'self')),
  add column unit_id           uuid,
  add column due_on            date,
  add column representative_id uuid,
  add column approved_by       text,
  add column notified_at       timestamptz,
  add column activate_by       date,
  add column lapse_told_at     timestamptz,
  add column locked_for        text check (locked_for in ('holder', 'lost-device', 'terms', 'card-revoked', 'card-expired', 'death', 'agency', 'phone-owner')),
  add check (requested_by <> approved_by);
create index account_by_due on accounts.account (due_on, id) where state = 'requested';
create index account_by_representative on accounts.account (representative_id) where representative_id is not null;
create index account_to_activate on accounts.account (activate_by, id) where state = 'approved';
comment on column accounts.account.requested_at      is 'When it was asked for here. [public]';
comment on column accounts.account.requested_by      is 'The officer who captured or entered the request, who never approves it; empty where the holder asked, or an extract told of it. [public]';
comment on column accounts.account.asked_via         is 'desk, session, application (for a card), or self: by the holder on the web. [public]';
comment on column accounts.account.unit_id           is 'The unit that took the request. [public]';
comment on column accounts.account.due_on            is 'The last day to decide the request (NĐ59/2022 Art. 15, NĐ69/2024 Art. 13). [public]';
comment on column accounts.account.representative_id is 'Father, mother or guardian who acts for a child. [personal]';
comment on column accounts.account.approved_by       is 'The officer who approved it. [public]';
comment on column accounts.account.notified_at       is 'When the holder was told of the approval: the message was queued, or a slip handed out. [public]';
comment on column accounts.account.activate_by       is 'The last day to activate it without the hotline (NĐ59/2022 Art. 18, NĐ69/2024 Art. 14). [public]';
comment on column accounts.account.lapse_told_at     is 'When the holder was told that this day is over. [public]';
comment on column accounts.account.locked_for        is 'Why it is locked; of several reasons the gravest. Tells nothing of an account that is not locked. [personal]';

create or replace view accounts.published_account with (security_invoker = true) as
select person_id, id, level, state, phone, approved_at, activated_at, state_on,
       (approved_at  at time zone 'Asia/Ho_Chi_Minh')::date as approved_on,
       (activated_at at time zone 'Asia/Ho_Chi_Minh')::date as activated_on,
       requested_at, asked_via, unit_id, due_on, representative_id, notified_at, activate_by, locked_for
from accounts.account;

-- What stands against the use of an account. Several may stand at once; it is unlocked when the last has ended.
create table accounts.lock (
  person_id  uuid        not null,
  id         uuid        not null,
  account_id uuid        not null,
  reason     text        not null check (reason in ('holder', 'lost-device', 'terms', 'card-revoked', 'card-expired', 'death', 'agency', 'phone-owner')),
  note       text,
  demand_id  uuid,
  at         timestamptz not null,
  on_day     date        not null,
  by_kind    text        not null,
  by_id      text        not null,
  ended_at   timestamptz,
  ended_by   text,
  ended_for  text        check (ended_for in ('asked', 'new-card', 'extract', 'cancelled')),
  primary key (person_id, id),
  foreign key (person_id, account_id) references accounts.account (person_id, id),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_for is null))
);
create unique index one_open_lock_a_reason on accounts.lock (person_id, account_id, reason) where ended_at is null;
comment on table  accounts.lock            is 'A reason for which an account is or was locked (NĐ59/2022 Art. 19, LCC Art. 34, NĐ69/2024 Art. 15).';
comment on column accounts.lock.person_id  is 'Whose. [personal]';
comment on column accounts.lock.id         is 'The lock. [public]';
comment on column accounts.lock.account_id is 'Which account. [public]';
comment on column accounts.lock.reason     is 'holder, lost-device, terms, card-revoked, card-expired, death, agency, phone-owner. [personal]';
comment on column accounts.lock.note       is 'What the officer wrote. [personal]';
comment on column accounts.lock.demand_id  is 'The demand of an agency that was granted. [public]';
comment on column accounts.lock.at         is 'Since when. [public]';
comment on column accounts.lock.on_day     is 'The day of it, in the house''s own counting. [public]';
comment on column accounts.lock.by_kind    is 'Who locked: officer, or the house by itself. [public]';
comment on column accounts.lock.by_id      is 'Which one. [public]';
comment on column accounts.lock.ended_at   is 'Until when; empty while it stands. [public]';
comment on column accounts.lock.ended_by   is 'Who ended it. [public]';
comment on column accounts.lock.ended_for  is 'asked, new-card, extract, or cancelled with the account. [public]';

-- TK03: somebody asks that an account be locked, or unlocked, and is answered in time.
create table accounts.demand (
  person_id    uuid        not null,
  id           uuid        not null,
  account_id   uuid        not null,
  kind         text        not null check (kind in ('lock', 'unlock')),
  asked_by     text        not null check (asked_by in ('holder', 'agency', 'service')),
  agency       text        check (agency <> ''),
  document     text        check (document <> ''),
  reason       text        not null check (reason <> ''),
  unit_id      uuid        not null,
  received_at  timestamptz not null,
  received_on  date        not null,
  received_by  text        not null,
  forward_by   date,
  forwarded_at timestamptz,
  forwarded_by text,
  decide_by    date        not null,
  decided_at   timestamptz,
  decided_by   text,
  decided_on   date,
  outcome      text        check (outcome in ('granted', 'refused')),
  answer       text        check (answer <> ''),
  primary key (person_id, id),
  foreign key (person_id, account_id) references accounts.account (person_id, id),
  check ((asked_by = 'holder') = (agency is null) and (asked_by = 'holder') = (document is null)),
  check (kind = 'unlock' or asked_by <> 'holder'),
  check ((decided_at is null) = (outcome is null) and (decided_at is null) = (decided_by is null) and (decided_at is null) = (decided_on is null)),
  check (outcome <> 'refused' or answer is not null),
  check (decided_by <> received_by)
);
create unique index one_open_demand_a_kind on accounts.demand (person_id, account_id, kind) where decided_at is null;
create index demand_by_id on accounts.demand (id);
create index demand_open on accounts.demand (decide_by, id) where decided_at is null;
comment on table  accounts.demand              is 'A demand to lock or unlock an account (form TK03), from its receipt to its answer.';
comment on column accounts.demand.person_id    is 'Whose account. [personal]';
comment on column accounts.demand.id           is 'The demand. [public]';
comment on column accounts.demand.account_id   is 'Which account. [public]';
comment on column accounts.demand.kind         is 'lock or unlock. [public]';
comment on column accounts.demand.asked_by     is 'The holder, an agency of proceedings or another competent one, or a service that uses accounts. [personal]';
comment on column accounts.demand.agency       is 'Which agency or service. [personal]';
comment on column accounts.demand.document     is 'Number and day of its document. [personal]';
comment on column accounts.demand.reason       is 'Why, in its words. [personal]';
comment on column accounts.demand.unit_id      is 'The unit that received it. [public]';
comment on column accounts.demand.received_at  is 'When. [public]';
comment on column accounts.demand.received_on  is 'On which day, in the house''s own counting. [public]';
comment on column accounts.demand.received_by  is 'By whom; who received does not decide. [public]';
comment on column accounts.demand.forward_by   is 'The last day to forward it, where it must be (NĐ69/2024 Art. 15: one working day). [public]';
comment on column accounts.demand.forwarded_at is 'When it was forwarded. [public]';
comment on column accounts.demand.forwarded_by is 'By whom. [public]';
comment on column accounts.demand.decide_by    is 'The last day to decide (two working days). [public]';
comment on column accounts.demand.decided_at   is 'When it was decided. [public]';
comment on column accounts.demand.decided_by   is 'By whom. [public]';
comment on column accounts.demand.decided_on   is 'On which day, in the house''s own counting. [public]';
comment on column accounts.demand.outcome      is 'granted or refused. [personal]';
comment on column accounts.demand.answer       is 'The reason of a refusal, in writing to whoever asked. [personal]';

-- Level 1 asks to become level 2: with the card shown to an officer, or together with an application for one. Another officer decides.
create table accounts.raising (
  person_id  uuid        not null,
  id         uuid        not null,
  account_id uuid        not null,
  proof      text        not null check (proof in ('card', 'application')),
  card_id    uuid,
  asked_by   text,
  asked_via  text        not null check (asked_via in ('desk', 'session', 'application')),
  unit_id    uuid,
  asked_at   timestamptz not null,
  due_on     date        not null,
  decided_at timestamptz,
  decided_by text,
  outcome    text        check (outcome in ('granted', 'refused', 'lapsed')),
  primary key (person_id, id),
  foreign key (person_id, account_id) references accounts.account (person_id, id),
  check ((decided_at is null) = (outcome is null)),
  check (asked_by <> decided_by or outcome <> 'granted')
);
create unique index one_open_raising on accounts.raising (person_id, account_id) where decided_at is null;
create index raising_due on accounts.raising (due_on, id) where decided_at is null;
comment on table  accounts.raising            is 'A request that an account of level 1 become one of level 2.';
comment on column accounts.raising.person_id  is 'Whose. [personal]';
comment on column accounts.raising.id         is 'The request. [public]';
comment on column accounts.raising.account_id is 'Which account. [public]';
comment on column accounts.raising.proof      is 'card: it was shown and its serial read; application: face and fingers were taken for a card. [public]';
comment on column accounts.raising.card_id    is 'The card that was shown. [public]';
comment on column accounts.raising.asked_by   is 'The officer before whom the holder stood, who does not decide. [public]';
comment on column accounts.raising.asked_via  is 'desk, session or application. [public]';
comment on column accounts.raising.unit_id    is 'The unit that took it. [public]';
comment on column accounts.raising.asked_at   is 'When. [public]';
comment on column accounts.raising.due_on     is 'The last day to decide. [public]';
comment on column accounts.raising.decided_at is 'When it was decided. [public]';
comment on column accounts.raising.decided_by is 'By whom. [public]';
comment on column accounts.raising.outcome    is 'granted, refused, or lapsed since the account ended or was locked meanwhile. [public]';

create table accounts.phone_change (
  person_id  uuid        not null,
  id         uuid        not null,
  account_id uuid        not null,
  old_phone  text,
  new_phone  text,
  proof      text        not null check (proof in ('card', 'face-known', 'given-up', 'representative')),
  at         timestamptz not null,
  by_id      text        not null,
  primary key (person_id, id),
  foreign key (person_id, account_id) references accounts.account (person_id, id)
);
comment on table  accounts.phone_change            is 'Each change of an account''s phone; former values are kept (LCC Art. 8(6)).';
comment on column accounts.phone_change.person_id  is 'Whose. [personal]';
comment on column accounts.phone_change.id         is 'The change. [public]';
comment on column accounts.phone_change.account_id is 'Which account. [public]';
comment on column accounts.phone_change.old_phone  is 'The phone before, E.164. [personal]';
comment on column accounts.phone_change.new_phone  is 'The phone since, E.164; empty where it went to its owner. [personal]';
comment on column accounts.phone_change.proof      is 'How the officer knew whom they had before them: card, face-known (by the register''s data, without a card); given-up: the number''s owner registered it; representative: who acts for a child has another, or is another. [public]';
comment on column accounts.phone_change.at         is 'When. [public]';
comment on column accounts.phone_change.by_id      is 'By whom. [public]';

-- A portrait that a citizen sent with a request of level 1, encrypted to the centre.
create table accounts.portrait (
  person_id  uuid        not null,
  account_id uuid        not null,
  sealed     bytea       not null,
  sha256     text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
  width      integer     not null check (width > 0),
  height     integer     not null check (height > 0),
  sent_at    timestamptz not null,
  primary key (person_id, account_id),
  foreign key (person_id, account_id) references accounts.account (person_id, id)
);
comment on table  accounts.portrait            is 'The portrait of a request by self-service.';
comment on column accounts.portrait.person_id  is 'Whose. [personal]';
comment on column accounts.portrait.account_id is 'Which account it was asked with. [public]';
comment on column accounts.portrait.sealed     is 'The JPEG, encrypted to the centre''s key (HPKE, RFC 9180). [personal]';
comment on column accounts.portrait.sha256     is 'SHA-256 of the JPEG. [public]';
comment on column accounts.portrait.width      is 'Pixels. [public]';
comment on column accounts.portrait.height     is 'Pixels. [public]';
comment on column accounts.portrait.sent_at    is 'When it was sent. [public]';

-- What was sent in and nobody has looked at: number, phone and portrait in one sealed piece. Who it is, and whether they may, is found out later by a job, so that the answer tells nothing.
create table accounts.asking (
  id     uuid        primary key,
  sealed bytea       not null,
  at     timestamptz not null
);
comment on table  accounts.asking        is 'Requests of level 1 that came in and are not taken up; gone when they are.';
comment on column accounts.asking.id     is 'The request. [public]';
comment on column accounts.asking.sealed is 'Number, phone and portrait, encrypted to the centre''s key. [personal]';
comment on column accounts.asking.at     is 'When it came in. [public]';

-- How often one number, phone or address asked within a day, by a keyed hash of it.
create table accounts.asking_count (
  key    bytea    not null,
  on_day date     not null,
  count  integer  not null check (count > 0),
  primary key (key, on_day)
);
comment on table  accounts.asking_count        is 'How often level 1 was asked for with one number, for one phone, from one address within a day.';
comment on column accounts.asking_count.key    is 'SHA-256 of a secret of the house and what was asked with. [secret]';
comment on column accounts.asking_count.on_day is 'The day. [public]';
comment on column accounts.asking_count.count  is 'How often. [public]';

do $$
declare
  one text;
begin
  foreach one in array array['lock', 'demand', 'raising', 'phone_change', 'portrait']
  loop
    execute format('alter table accounts.%I enable row level security', one);
    execute format('alter table accounts.%I force  row level security', one);
    execute format($policy$
      create policy visible on accounts.%1$I to dinhdanh_application using (
        (select platform.sees_house())
        or exists (select from register.person_scope s where s.person_id = %1$I.person_id offset 0)
        or exists (select from register.access_case c where c.person_id = %1$I.person_id and (c.until is null or c.until >= current_date) offset 0))$policy$, one);
    execute format('create policy maintenance on accounts.%I to dinhdanh_maintenance using (true) with check (true)', one);
  end loop;
  foreach one in array array['asking', 'asking_count']
  loop
    execute format('alter table accounts.%I enable row level security', one);
    execute format('alter table accounts.%I force  row level security', one);
    execute format('create policy house on accounts.%I to dinhdanh_application using ((select platform.sees_house())) with check ((select platform.sees_house()))', one);
    execute format('create policy maintenance on accounts.%I to dinhdanh_maintenance using (true) with check (true)', one);
  end loop;
end
$$;

grant select, insert, update         on accounts.lock, accounts.demand, accounts.raising, accounts.portrait to dinhdanh_application, dinhdanh_maintenance;
grant select, insert                 on accounts.phone_change to dinhdanh_application, dinhdanh_maintenance;
grant select, insert, update, delete on accounts.asking, accounts.asking_count to dinhdanh_application, dinhdanh_maintenance;
