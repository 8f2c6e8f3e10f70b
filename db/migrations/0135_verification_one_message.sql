-- A check of personal data in two messages, and its token in one: what each waited for besides was the way there and back.

-- A token and the client that it was given to, as signin.api_tokens and parties.client_in_force give them.
create function signin.api_tokens_with_clients(hashes bytea[])
returns table (id_hash bytea, payload jsonb, expires_at timestamptz, client_id text, party_id uuid, name_vi text, name_en text, legal_basis boolean, party_state text, state text,
               sandbox boolean, settings jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as
$$
begin
  return query
  select a.id_hash, a.payload, a.expires_at, c.client_id, c.party_id, c.name_vi, c.name_en, c.legal_basis, c.party_state, c.state, c.sandbox, c.settings
  from signin.artifact a left join lateral parties.client_in_force(a.payload->>'clientId') c on true
  where a.kind = 'ClientCredentials' and a.id_hash = any (hashes);
end
$$;
comment on function signin.api_tokens_with_clients is
  'Access tokens of relying parties for the house''s API, by the hash of what their bearer holds, each with its client in force.';
grant create on schema signin to dinhdanh_maintenance;
alter function signin.api_tokens_with_clients(bytea[]) owner to dinhdanh_maintenance;
revoke create on schema signin from dinhdanh_maintenance;
revoke all on function signin.api_tokens_with_clients(bytea[]) from public;
grant execute on function signin.api_tokens_with_clients(bytea[]) to dinhdanh_app, dinhdanh_maintenance;
drop function signin.api_tokens(bytea[]);

-- The quota is spent first, and of nobody anything is read or held where too little of it is left.
create function verification.find_within_quota(
  amount integer, at timestamptz, usual_live integer[], usual_sandbox integer[],
  asked text[], sought uuid[], by_client text, by_guesser text, by_party text, today date, day_begins uuid)
returns table (resets_at timestamptz, number text, person_id uuid, number_state text, full_name text, birth_y smallint, birth_m smallint, birth_d smallint, sex text,
               life_status text, wrongs integer, free_at timestamptz, stopped boolean, wrongs_of_all integer, known boolean, client_asked bigint, client_again bigint,
               client_wrong bigint, client_wrong_at timestamptz, guesser_wrong bigint, guesser_strange bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as
$$
declare
  spent record;
begin
  if not platform.sees_house() then
    raise exception 'verification.find_within_quota is for a work that sees the house';
  end if;
  select s.allowed, s.resets_at into strict spent from parties.spend(by_client, 'verification', amount, at, usual_live, usual_sandbox) s;
  if not spent.allowed then
    resets_at := spent.resets_at;
    return next;
    return;
  end if;
  return query
  select null::timestamptz, f.* from verification.find(asked, sought, by_client, by_guesser, by_party, today, day_begins, 'numbers') f;
end
$$;
comment on function verification.find_within_quota is
  'Spends a client''s quota, then finds whom its questions mean (verification.find). One row that says when the quota begins anew, and nothing else, where it is used up.';
grant create on schema verification to dinhdanh_maintenance;
alter function verification.find_within_quota owner to dinhdanh_maintenance;
revoke create on schema verification from dinhdanh_maintenance;
revoke all on function verification.find_within_quota from public;
grant execute on function verification.find_within_quota to dinhdanh_app, dinhdanh_maintenance;
