-- A number that a merge or a renewal cancelled here is cancelled at the national centre too, or put in force again.
alter table exchange.question
  drop constraint question_kind_check,
  add constraint question_kind_check check (kind in ('number.request', 'number.cancellation', 'number.reinstatement',
    'account.request', 'person.look-up'));
comment on column exchange.question.kind       is 'What is asked: number.request, number.cancellation, number.reinstatement, account.request or person.look-up. [public]';
comment on column exchange.question.subject_id is 'The collection, merge, account or request for level 2 that it is about. [public]';

-- A new key of the centre's, announced in an envelope that the former one signed; for some days both count.
alter table exchange.centre
  add column former_sign_key jsonb,
  add column former_until    timestamptz,
  add check ((former_sign_key is null) = (former_until is null));
comment on column exchange.centre.former_sign_key is 'The public key that signed before the one of now, a JWK. [public]';
comment on column exchange.centre.former_until    is 'Until when an envelope that it signed is taken. [public]';
