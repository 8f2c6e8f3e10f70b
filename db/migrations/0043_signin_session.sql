-- A session of ours may have had several of the provider's, so these name it, and so does all that is given in it; not one of them is named by it, which the next replaced.
set local role dinhdanh_maintenance;
update signin.artifact a set payload = a.payload || jsonb_build_object('ours', s.id)
  from signin.session s
  where a.kind = 'Session' and a.uid = s.provider_uid and a.person_id = s.person_id and s.ended_at is null;
update signin.artifact a set payload = a.payload || jsonb_build_object('ours', p.payload->'ours')
  from signin.artifact p
  where a.kind in ('AuthorizationCode', 'AccessToken', 'RefreshToken') and p.kind = 'Session' and p.uid = a.payload->>'sessionUid' and p.payload ? 'ours';
reset role;
alter table signin.session drop column provider_uid;
comment on column signin.artifact.payload is 'What it says, without what its bearer holds; of sessions of the provider and what is given in them also in which session of ours (ours), and of what a code gave its line. [personal]';
