-- One phone, one account (domain.md 3.8): asked beyond the caller's scope, for the other account may be anyone's. Children are under a parent's phone.

create index account_by_phone on accounts.account (phone) where phone is not null and state <> 'cancelled';

create function accounts.phone_taken(asked text, by_person uuid, adult_born_by date) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
  select exists (
    select from accounts.account a join register.published_birth b on b.person_id = a.person_id
    where a.phone = asked and a.state <> 'cancelled' and a.person_id <> by_person
      and make_date(b.birth_y, coalesce(b.birth_m, 1), coalesce(b.birth_d, 1)) <= adult_born_by)
$$;
comment on function accounts.phone_taken is 'Whether the phone is that of another grown person''s account; says nothing of whose.';

grant create on schema accounts to dinhdanh_maintenance;
alter function accounts.phone_taken(text, uuid, date) owner to dinhdanh_maintenance;
revoke create on schema accounts from dinhdanh_maintenance;
revoke execute on function accounts.phone_taken(text, uuid, date) from public;
grant execute on function accounts.phone_taken(text, uuid, date) to dinhdanh_application, dinhdanh_maintenance;
