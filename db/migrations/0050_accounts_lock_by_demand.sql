-- One lock a demand: each agency's stands by itself, and is ended by the agency that asked (NĐ69/2024 Art. 15).
drop index accounts.one_open_lock_a_reason;
create unique index one_open_lock_a_reason on accounts.lock (person_id, account_id, reason) where ended_at is null and reason <> 'agency';
create unique index one_open_lock_a_demand on accounts.lock (person_id, account_id, demand_id) where ended_at is null and reason = 'agency';
drop index accounts.one_open_demand_a_kind;
create unique index one_open_demand_a_kind on accounts.demand (person_id, account_id, kind, coalesce(agency, '')) where decided_at is null;
