-- A residence that differs has somebody who acts; where nobody has to, the row remembers of which values that was said.

alter table rolls.row add column residence_settled uuid;
comment on column rolls.row.residence_settled is 'A key of the two residences of which the police said that nobody has to act; other residences differ again. [public]';

-- The ward that acts on it does not see the school's roll: of its own follow-ups it is told where the roll says that the pupil lives.
create function rolls.followed_communes(ids uuid[])
returns table (row_id uuid, commune_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select w.id, w.commune_id
  from follow_ups.follow_up f
  join rolls.row w on w.roll_id = f.source_id and w.place = f.source_place
  where f.id = any (ids) and f.kind = 'roll-defect' and f.reason = 'residence-differs' and f.state = 'open'
    and (platform.sees_house() or f.owner_unit_id = any (platform.scope()::uuid[]) or f.scope_id = any (platform.scope()::uuid[]))
$$;
comment on function rolls.followed_communes is 'The communes that rolls name for the pupils of open follow-ups about a residence, for whom acts on them.';
grant create on schema rolls to dinhdanh_maintenance;
alter function rolls.followed_communes(uuid[]) owner to dinhdanh_maintenance;
revoke create on schema rolls from dinhdanh_maintenance;
revoke execute on function rolls.followed_communes(uuid[]) from public;
grant execute on function rolls.followed_communes(uuid[]) to dinhdanh_app, dinhdanh_maintenance;
