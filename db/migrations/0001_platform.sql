-- What every context stands on: how a transaction says whose rows it may see, and the one door to the job queue.

create schema if not exists platform;

-- The settings are literals of SET LOCAL, sent with BEGIN (house.md 9.1). Unset, or left empty by an earlier transaction: no rows.
create function platform.scope() returns uuid[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('dinhdanh.scope', true), ''), '{}')::uuid[] $$;

create function platform.sees_house() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('dinhdanh.sees', true), '') = 'house' $$;

comment on function platform.scope()      is 'The units whose rows this transaction may see.';
comment on function platform.sees_house() is 'Whether this transaction acts for the whole house (system, operator).';

-- The queue has a schema and an owner of its own; the application may add to it, and nothing else.
create function platform.queue_job(name text, payload json, queue text, key text, run_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
  perform graphile_worker.add_job(
    identifier => name, payload => payload, queue_name => queue, run_at => coalesce(queue_job.run_at, now()), job_key => key);
end
$$;
comment on function platform.queue_job is 'Queues a job in the caller''s transaction.';
revoke execute on function platform.queue_job from public;

grant usage on schema platform to dinhdanh_application, dinhdanh_maintenance;
grant select on platform.migration to dinhdanh_application, dinhdanh_maintenance;
grant execute on function platform.queue_job to dinhdanh_application, dinhdanh_maintenance;
