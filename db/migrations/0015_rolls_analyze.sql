-- What many rolls bring in one go is told to the planner at once: autovacuum comes a minute later, and until then figures of a whole province would take minutes.

create function rolls.analyze_tables() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
  analyze rolls.roll, rolls.row, rolls.candidate, rolls.errand, rolls.ledger_event;
end
$$;
comment on function rolls.analyze_tables is 'Tells the planner what a province''s rolls brought.';
revoke execute on function rolls.analyze_tables() from public;
grant execute on function rolls.analyze_tables() to dinhdanh_application, dinhdanh_maintenance;
