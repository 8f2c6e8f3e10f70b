-- Written from the catalog by `npm run schema`; read it in review, never run it.

table audit.access (row security forced) -- Who read whose data, when and why (kept at least five years: NĐ59/2022 Art. 21).
  person_id              uuid not null -- Whose data were read. [personal]
  id                     uuid not null -- The reading. [public]
  batch_id               uuid not null -- The batch that a Merkle root seals. [public]
  at                     timestamp with time zone not null -- When. [public]
  by_kind                text not null -- What kind of actor read. [public]
  by_id                  text not null -- Who read. [personal]
  unit_id                uuid -- In which unit they acted. [public]
  purpose                text not null -- Why. [public]
  fields                 text not null -- Which groups of fields, separated by commas. [public]
  request_id             text -- The request it was done for. [public]
  PRIMARY KEY (person_id, id) -- access_pkey
  CREATE INDEX access_by_batch ON audit.access USING btree (batch_id)
  CREATE INDEX access_by_reader ON audit.access USING btree (by_id, at)
  policy house for all to dinhdanh_application using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for select to dinhdanh_application using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  policy written for insert to dinhdanh_application with check true
  grant insert, select to dinhdanh_application
  grant insert, select to dinhdanh_maintenance

table audit.deed (row security forced) -- Every change, in the order of its chain.
  chain                  smallint not null -- One of sixteen, by hash of the work's id. [public]
  seq                    bigint not null -- Place in the chain, without gaps. [public]
  id                     uuid not null -- The deed. [public]
  work_id                uuid not null -- The transaction that did it. [public]
  at                     timestamp with time zone not null -- The work's moment. [public]
  day                    date not null -- The house's day. [public]
  by_kind                text not null -- What kind of actor answers for it. [public]
  by_id                  text not null -- Who answers for it. [personal]
  on_behalf_of           text -- For whom it was done. [personal]
  purpose                text not null -- Why. [public]
  deed                   text not null -- What was done, noun.past. [public]
  subject_kind           text not null -- To what kind of thing. [public]
  subject_id             text not null -- To which thing. [public]
  person_id              uuid -- The person whom it concerns. [personal]
  unit_id                uuid -- The unit in which it counts. [public]
  facts                  jsonb not null -- What else is to be remembered; old and new values. [personal]
  seal                   bytea not null -- SHA-256 over the seal before and the canonical form of this row. [public]
  CHECK (((chain >= 0) AND (chain <= 15))) -- deed_chain_check
  CHECK ((by_kind = ANY (ARRAY['officer'::text, 'citizen'::text, 'party'::text, 'class-link'::text, 'station'::text, 'operator'::text, 'system'::text]))) -- deed_by_kind_check
  CHECK ((deed ~ '^[a-z-]+\.[a-z-]+$'::text)) -- deed_deed_check
  CHECK ((length(seal) = 32)) -- deed_seal_check
  CHECK ((seq > 0)) -- deed_seq_check
  PRIMARY KEY (chain, seq) -- deed_pkey
  CREATE INDEX deed_by_person ON audit.deed USING btree (person_id, at) WHERE (person_id IS NOT NULL)
  CREATE INDEX deed_by_subject ON audit.deed USING btree (subject_id, at)
  CREATE INDEX deed_by_unit ON audit.deed USING btree (unit_id, day) WHERE (unit_id IS NOT NULL)
  policy house for all to dinhdanh_application using ( SELECT platform.sees_house() AS sees_house)
  policy maintenance for all to dinhdanh_maintenance using true with check true
  policy unit for select to dinhdanh_application using (unit_id = ANY (( SELECT platform.scope() AS scope)::uuid[]))
  policy written for insert to dinhdanh_application with check true
  grant insert, select to dinhdanh_application
  grant insert, select to dinhdanh_maintenance

table audit.head -- The last seal of each chain; locked while a work seals its deeds.
  chain                  smallint not null -- Which chain. [public]
  seq                    bigint not null -- Its last place. [public]
  seal                   bytea not null -- Its last seal. [public]
  CHECK (((chain >= 0) AND (chain <= 15))) -- head_chain_check
  CHECK ((length(seal) = 32)) -- head_seal_check
  PRIMARY KEY (chain) -- head_pkey
  grant select, update to dinhdanh_application
  grant select, update to dinhdanh_maintenance

table platform.migration -- The migrations that this database has.
  number                 integer not null -- Place in the one sequence. [public]
  name                   text not null -- File name without number. [public]
  checksum               text not null -- SHA-256 of the file. [public]
  applied_at             timestamp with time zone not null default clock_timestamp() -- When it was applied. [public]
  PRIMARY KEY (number) -- migration_pkey
  grant select to dinhdanh_application
  grant select to dinhdanh_maintenance

CREATE OR REPLACE FUNCTION platform.queue_job(name text, payload json, queue text, key text, run_at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform graphile_worker.add_job(
    identifier => name, payload => payload, queue_name => queue, run_at => coalesce(queue_job.run_at, now()), job_key => key);
end
$function$


CREATE OR REPLACE FUNCTION platform.scope()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(nullif(current_setting('dinhdanh.scope', true), ''), '{}')::uuid[] $function$


CREATE OR REPLACE FUNCTION platform.sees_house()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('dinhdanh.sees', true), '') = 'house' $function$

