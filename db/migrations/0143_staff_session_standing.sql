-- Several processes serve one installation, and each keeps for some seconds who has signed in. In what state a session
-- was read is told by one text, which a work compares as it begins: what another process ended or changed meanwhile
-- opens nothing.

create function staff.session_standing(id uuid) returns text language sql stable security definer
set search_path to 'pg_catalog', 'pg_temp'
as $$
  select md5(concat_ws(' ', s.token_hash, s.ended_at, s.appointment_id, s.stand_in_id, s.factor_at,
      hash_array(s.scope), o.xmin, c.xmin, a.xmin, i.xmin, b.xmin))
  from staff.session s
  join staff.officer o on o.id = s.officer_id
  join staff.credential c on c.officer_id = s.officer_id
  left join staff.stand_in i on i.id = s.stand_in_id
  left join staff.appointment a on a.id = s.appointment_id
  left join staff.officer b on b.id = a.officer_id
  where s.id = session_standing.id
$$;
comment on function staff.session_standing(uuid) is 'A text that changes with whatever decides what a session opens: its end, its post, its factor, what it sees, and each change of the officer, the password or the appointments behind it.';

grant create on schema staff to dinhdanh_maintenance;
alter function staff.session_standing(uuid) owner to dinhdanh_maintenance;
revoke create on schema staff from dinhdanh_maintenance;
revoke execute on function staff.session_standing(uuid) from public;
grant execute on function staff.session_standing(uuid) to dinhdanh_app;
