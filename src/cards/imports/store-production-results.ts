import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

export async function prepareResultStaging({ tx }: Work): Promise<void> {
  await sql`create temporary table staged (
    line integer, raw text, card_id uuid, serial text collate "C", issued_on date, expires_on date, state text,
      fault text, box text, chip_id text collate "C", of_batch uuid,
    person_id uuid, batch_id uuid, unit_id uuid, batch_unit_id uuid, known boolean not null default false, reason text
  ) on commit drop`.execute(tx)
}

/** What became of one card; `fault` says why it was rejected. */
export type ProductionResult = {
  readonly cardId: string
  readonly state: 'made' | 'rejected'
  readonly serial?: string | undefined
  readonly chipId?: string | undefined
  readonly issuedOn?: Day | undefined
  readonly expiresOn?: Day | undefined
  readonly fault?: string | undefined
  readonly box?: string | undefined
}

/** Of a report on one batch: each card must wait in that. */
export async function stageResults({ tx }: Work, batchId: string, results: readonly ProductionResult[]): Promise<void> {
  await sql`
    insert into staged (line, raw, card_id, serial, issued_on, expires_on, state, fault, box, chip_id, of_batch)
    select r.line, '', r."cardId", r.serial, r."issuedOn", r."expiresOn", r.state, r.fault, r.box, r."chipId",
      ${batchId}::uuid
    from jsonb_to_recordset(${JSON.stringify(results.map((result, at) => ({ ...result, line: at + 1 })))}::jsonb)
      as r (line integer, "cardId" uuid, serial text, "issuedOn" date, "expiresOn" date, state text, fault text,
        box text, "chipId" text)`.execute(tx)
}

export type RefusedResult = { readonly cardId: string; readonly reason: string }

export async function findRefusedResults({ tx }: Work): Promise<RefusedResult[]> {
  const { rows } = await sql<RefusedResult>`
    select card_id as "cardId", reason from staged where reason is not null order by line`.execute(tx)
  return rows
}

/**
 * Finds whose each card is and in which batch of a centre it waits; a row that was taken in before is known, and
 * changes nothing.
 */
export async function resolveStagedResults({ tx }: Work): Promise<void> {
  await sql`create index on staged (card_id)`.execute(tx)
  await sql`analyze staged`.execute(tx)
  await sql`update staged s set person_id = o.person_id, unit_id = o.unit_id from cards.card_order o
    where o.card_id = s.card_id`.execute(tx)
  // The cards of the batches are held, so that nobody cancels one meanwhile.
  await sql`select from cards.card c
    where exists (select from staged s where s.person_id = c.person_id and s.card_id = c.id) order by c.person_id, c.id
    for update`.execute(tx)
  await sql`
    update staged s set batch_id = l.batch_id, batch_unit_id = b.unit_id from cards.batch_card l
    join cards.batch b on b.id = l.batch_id
    where l.person_id = s.person_id and l.card_id = s.card_id and l.state = 'waiting' and b.maker = 'centre'
      and b.state = 'ordered'`.execute(tx)
  await sql`
    update staged s set known = true from cards.production p
    join cards.card c on c.person_id = p.person_id and c.id = p.card_id
    where p.person_id = s.person_id and p.card_id = s.card_id and p.maker = 'centre'
      and p.serial is not distinct from s.serial
      and p.quality = case s.state when 'made' then 'passed' else 'rejected' end
      and p.batch_id = coalesce(s.of_batch, p.batch_id)
      and case s.state when 'made' then s.chip_id is null or s.chip_id = c.chip_id
        else p.fault = s.fault and (s.of_batch is not null or s.batch_id is null) end`.execute(tx)
}

/** Says of each row why it cannot be taken. */
export async function rejectStagedResults({ tx, today }: Work): Promise<void> {
  const refuse = (reason: string, of: ReturnType<typeof sql>) =>
    sql`update staged s set reason = ${reason} where s.reason is null and not s.known and (${of})`.execute(tx)
  await refuse('card-unknown', sql`s.person_id is null`)
  await sql`update staged s set reason = 'card-twice'
    from (select line, row_number() over (partition by card_id order by line) as place from staged) o
    where o.line = s.line and o.place > 1`.execute(tx)
  // What is decided stays so: a second answer that says otherwise is for an officer to read.
  await refuse(
    'answered-otherwise',
    sql`exists (select from cards.production p
        where p.person_id = s.person_id and p.card_id = s.card_id and p.maker = 'centre'
          and (p.quality = 'passed' or p.batch_id = s.of_batch))`,
  )
  await refuse(
    'card-cancelled',
    sql`exists (select from cards.card c
        where c.person_id = s.person_id and c.id = s.card_id and c.state = 'cancelled')`,
  )
  await refuse('card-not-ordered', sql`s.batch_id is null or s.batch_id <> s.of_batch`)
  await refuse(
    'card-moved-on',
    sql`exists (select from cards.card c
        where c.person_id = s.person_id and c.id = s.card_id and c.state <> 'approved')`,
  )
  await refuse('day-to-come', sql`s.issued_on > ${today}`)
  await refuse(
    'serial-used',
    sql`exists (select from cards.serial_lookup l where l.serial = s.serial)
        or exists (select from cards.blank b where b.serial = s.serial)
        or exists (select from cards.card c where c.person_id = s.person_id and c.serial = s.serial)`,
  )
  await sql`update staged s set reason = 'serial-used' from (
      select line, row_number() over (partition by serial order by line) as place from staged
      where serial is not null and reason is null
    ) o where o.line = s.line and o.place > 1`.execute(tx)
  await refuse('chip-used', sql`exists (select from cards.chip_lookup l where l.chip_id = s.chip_id)`)
  await sql`update staged s set reason = 'chip-used' from (
      select line, row_number() over (partition by chip_id order by line) as place from staged
      where chip_id is not null and reason is null and not known
    ) o where o.line = s.line and o.place > 1`.execute(tx)
  await refuse(
    'box-of-others',
    sql`s.box is not null and s.state = 'made' and exists (
      select from cards.box b where b.code = s.box
          and (b.from_kind <> 'centre' or b.to_id <> s.unit_id or b.state <> 'sent'))`,
  )
  await refuse(
    'box-of-several-units',
    sql`s.box is not null and s.state = 'made' and exists (
      select from staged o where o.box = s.box and o.state = 'made' and o.reason is null and o.unit_id <> s.unit_id)`,
  )
}

export async function countStagedResults({ tx }: Work): Promise<{ added: number; changed: number; unchanged: number }> {
  const { rows } = await sql<{ changed: number; unchanged: number }>`
    select count(*) filter (where not known)::int as changed, count(*) filter (where known)::int as unchanged
    from staged where reason is null`.execute(tx)
  return { added: 0, changed: rows[0]?.changed ?? 0, unchanged: rows[0]?.unchanged ?? 0 }
}

/** The new rows that were not rejected; each attempt gets its id here. */
export async function keepAcceptedResults({ tx }: Work): Promise<void> {
  await sql`
    create temporary table taken on commit drop as
    select s.*, gen_random_uuid() as production_id,
           (select count(*) from cards.production p
             where p.person_id = s.person_id and p.card_id = s.card_id) + 1 as attempt
    from staged s where s.reason is null and not s.known`.execute(tx)
}

export async function insertAttempts({ tx, now, today, by }: Work): Promise<void> {
  await sql`insert into cards.serial_lookup (serial, person_id, card_id, production_id)
    select serial, person_id, card_id, production_id from taken where serial is not null`.execute(tx)
  await sql`insert into cards.chip_lookup (chip_id, person_id, card_id)
    select chip_id, person_id, card_id from taken where chip_id is not null`.execute(tx)
  await sql`
    insert into cards.production
      (person_id, id, card_id, attempt, batch_id, maker, serial, made_by, made_on, made_at, quality, fault, checked_by,
        checked_at)
    select person_id, production_id, card_id, attempt, batch_id, 'centre', serial, ${by.id},
      coalesce(issued_on, ${today}::date), ${now}::timestamptz,
           case state when 'made' then 'passed' else 'rejected' end,
             case when state = 'rejected' then fault end, 'centre', ${now}::timestamptz
    from taken`.execute(tx)
}

/** Made cards are produced; a rejected one waits for another batch, with its order as it was. */
export async function updateCardsWithResults({ tx, now, today }: Work): Promise<void> {
  await sql`
    update cards.batch_card l set state = t.state, reason = t.fault, ended_at = ${now}
    from taken t where l.person_id = t.person_id and l.batch_id = t.batch_id and l.card_id = t.card_id`.execute(tx)
  await sql`
    with moved as (
      update cards.card c
      set state = 'produced', serial = t.serial, chip_id = t.chip_id, issued_on = t.issued_on,
        expires_on = t.expires_on,
        state_on = ${today}, changed_at = ${now}
      from taken t where t.state = 'made' and c.person_id = t.person_id and c.id = t.card_id returning c.person_id, c.id
    )
    insert into cards.transition (person_id, id, card_id, state, on_day, at)
    select person_id, gen_random_uuid(), id, 'produced', ${today}::date, ${now}::timestamptz from moved`.execute(tx)
}

/** The boxes in which a centre sent them are on their way; one that is known gets more. */
export async function insertBoxes({ tx, now, by }: Work): Promise<number> {
  const { rows } = await sql`
    insert into cards.box (id, code, from_kind, to_kind, to_id, unit_id, state, opened_at, sent_at)
    select gen_random_uuid(), box, 'centre', 'unit', min(unit_id::text)::uuid, min(unit_id::text)::uuid, 'sent',
      ${now}::timestamptz, ${now}::timestamptz
    from taken where box is not null and state = 'made' group by box on conflict (code) do nothing
    returning id`.execute(tx)
  await sql`
    insert into cards.box_card (person_id, box_id, card_id, state, put_by, put_at)
    select t.person_id, b.id, t.card_id, 'in', ${by.id}, ${now}::timestamptz from taken t
    join cards.box b on b.code = t.box where t.state = 'made'`.execute(tx)
  return rows.length
}

/** How many of each batch were made and rejected. */
export async function countResultsByBatch({
  tx,
}: Work): Promise<{ batchId: string; unitId: Id<'unit'>; made: number; rejected: number }[]> {
  const { rows } = await sql<{ batchId: string; unitId: Id<'unit'>; made: number; rejected: number }>`
    select batch_id as "batchId", batch_unit_id as "unitId", count(*) filter (where state = 'made')::int as made,
      count(*) filter (where state = 'rejected')::int as rejected
    from taken group by batch_id, batch_unit_id order by batch_id`.execute(tx)
  return rows
}
