-- What gave up in the queue of jobs, and where people signed in long ago, go by the rules of retention.

create function platform.count_failed_jobs(before timestamptz) returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as
$$
begin
  return (select count(*)::integer from graphile_worker._private_jobs j
    where j.attempts >= j.max_attempts and j.locked_at is null and j.updated_at < before);
end
$$;
comment on function platform.count_failed_jobs is 'How many jobs gave up before a moment.';

create function platform.drop_failed_jobs(before timestamptz, most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as
$$
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
$$;
comment on function platform.drop_failed_jobs is 'Drops some jobs that gave up before a moment, a week ago at least; gives how many.';
revoke execute on function platform.count_failed_jobs(timestamptz), platform.drop_failed_jobs(timestamptz, integer)
  from public;
grant execute on function platform.count_failed_jobs(timestamptz), platform.drop_failed_jobs(timestamptz, integer)
  to dinhdanh_app, dinhdanh_maintenance;

grant delete on signin.visit to dinhdanh_app;
create index visit_by_time on signin.visit using brin (at);
