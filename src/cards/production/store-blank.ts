import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { BlankBalance, BlankLot } from './blank.ts'

export async function insertLot(
  { tx, now, today, by }: Work,
  { id, unitId, code, size, numbered }: Omit<BlankLot, keyof BlankBalance> & { readonly size: number },
): Promise<void> {
  await sql`
    insert into cards.blank_lot (id, unit_id, code, size, numbered, received_by, received_on, received_at)
    values (${id}, ${unitId}, ${code}, ${size}, ${numbered}, ${by.id}, ${today}, ${now})`.execute(tx)
}

export async function isLotKnown({ tx }: Work, unitId: Id<'unit'>, code: string): Promise<boolean> {
  const { rows } = await sql`select from cards.blank_lot where unit_id = ${unitId} and code = ${code}`.execute(tx)
  return rows.length > 0
}

/** Serials are the first's letters and its number, counted on. */
export type SerialRun = { readonly letters: string; readonly first: number; readonly digits: number }

export async function insertBlanks(
  { tx, now, by }: Work,
  { id, unitId, size }: { id: string; unitId: Id<'unit'>; size: number },
  run: SerialRun | undefined,
): Promise<void> {
  const serial = run
    ? sql`${run.letters} || lpad((${run.first}::bigint + place - 1)::text, ${run.digits}::int, '0')`
    : sql`null`
  await sql`
    insert into cards.blank (lot_id, place, unit_id, lot_size, serial, state, changed_by, changed_at)
    select ${id}::uuid, place, ${unitId}::uuid, ${size}::int, ${serial}, 'in-stock', ${by.id}, ${now}::timestamptz
    from generate_series(1, ${size}::int) as place`.execute(tx)
}

/** Serials of a run that are on a blank or a card already. */
export async function countTakenSerials(
  { tx }: Work,
  { letters, first, digits }: SerialRun,
  size: number,
): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    with run as (select ${letters} || lpad((${first}::bigint + place - 1)::text, ${digits}::int, '0') as serial
      from generate_series(1, ${size}::int) as place)
    select count(*)::int as taken from run
    where exists (select from cards.blank b where b.serial = run.serial)
      or exists (select from cards.serial_lookup l where l.serial = run.serial)`.execute(tx)
  return rows[0]?.taken ?? 0
}

const balanceColumns =
  sql.raw(`count(*)::int as received, count(*) filter (where b.state = 'in-stock')::int as "inStock",
      count(*) filter (where b.state = 'used')::int as used,
  count(*) filter (where b.state = 'spoiled')::int as spoiled,
    count(*) filter (where b.state = 'missing')::int as missing`)

export async function findBalance({ tx }: Work): Promise<BlankBalance> {
  const { rows } = await sql<BlankBalance>`select ${balanceColumns} from cards.blank b`.execute(tx)
  return rows[0] ?? { received: 0, inStock: 0, used: 0, spoiled: 0, missing: 0 }
}

export async function findLots(
  { tx }: Work,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<BlankLot[]> {
  const { rows } = await sql<BlankLot>`
    select l.id, l.unit_id as "unitId", l.code, l.numbered, l.received_on as "receivedOn", n.*
    from cards.blank_lot l cross join lateral (select ${balanceColumns} from cards.blank b where b.lot_id = l.id) n
    ${after ? sql`where l.id < ${after}` : sql``} order by l.id desc limit ${limit}`.execute(tx)
  return rows
}

export type HeldLot = {
  readonly id: string
  readonly unitId: Id<'unit'>
  readonly numbered: boolean
  readonly inStock: number
  readonly missing: number
}

/** Two who count or spoil one lot at once wait for each other here; a lot itself never changes. */
export async function holdLot({ tx }: Work, id: string): Promise<HeldLot | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('cards.blank-lot ' || ${id}, 0))`.execute(tx)
  const { rows } = await sql<HeldLot>`
    select l.id, l.unit_id as "unitId", l.numbered,
      (select count(*)::int from cards.blank b where b.lot_id = l.id and b.state = 'in-stock') as "inStock",
           (select count(*)::int from cards.blank b where b.lot_id = l.id and b.state = 'missing') as missing
    from cards.blank_lot l where l.id = ${id}`.execute(tx)
  return rows[0]
}

export type HeldBlank = {
  readonly lotId: string
  readonly place: number
  readonly unitId: Id<'unit'>
  readonly state: string
  readonly serial: string | null
}
const blankColumns = sql.raw(`b.lot_id as "lotId", b.place, b.unit_id as "unitId", b.state, b.serial`)

export async function holdBlank({ tx }: Work, serial: string): Promise<HeldBlank | undefined> {
  const { rows } =
    await sql<HeldBlank>`select ${blankColumns} from cards.blank b where b.serial = ${serial} for update`.execute(tx)
  return rows[0]
}

/** A blank without serial of the oldest lot that has one in stock; two who take one at once take two. */
export async function holdNextUnnumbered({ tx }: Work): Promise<HeldBlank | undefined> {
  const { rows } = await sql<HeldBlank>`
    select ${blankColumns} from cards.blank b where b.serial is null and b.state = 'in-stock' order by b.lot_id, b.place
    limit 1 for update skip locked`.execute(tx)
  return rows[0]
}

export async function setBlankUsed(
  { tx, now, by }: Work,
  { lotId, place }: HeldBlank,
  serial: string,
  productionId: string,
): Promise<void> {
  await sql`
    update cards.blank
    set state = 'used', serial = ${serial}, production_id = ${productionId}, changed_by = ${by.id}, changed_at = ${now}
    where lot_id = ${lotId} and place = ${place}`.execute(tx)
}

export async function spoilSerials(
  { tx, now, by }: Work,
  serials: readonly string[],
  from: 'in-stock' | 'used',
  reason: string,
): Promise<number> {
  const { rows } = await sql`
    update cards.blank set state = 'spoiled', reason = ${reason}, changed_by = ${by.id}, changed_at = ${now}
    where serial = any (${[...serials]}::text[]) and state = ${from} returning place`.execute(tx)
  return rows.length
}

/** Some blanks of a lot that bear no serial. */
export async function spoilUnnumbered(
  { tx, now, by }: Work,
  lotId: string,
  count: number,
  reason: string,
): Promise<number> {
  const { rows } = await sql`
    update cards.blank b set state = 'spoiled', reason = ${reason}, changed_by = ${by.id}, changed_at = ${now}
    where b.lot_id = ${lotId} and b.place in (select place from cards.blank
      where lot_id = ${lotId} and state = 'in-stock' and serial is null order by place desc limit ${count})
    returning place`.execute(tx)
  return rows.length
}

export type StockTake = {
  readonly id: string
  readonly lotId: string
  readonly unitId: Id<'unit'>
  readonly expected: number
  readonly counted: number
  readonly reason?: string | undefined
  readonly secondChecker: string
}

export async function insertStockTake(
  { tx, now, today, by }: Work,
  { id, lotId, unitId, expected, counted, reason, secondChecker }: StockTake,
): Promise<void> {
  await sql`
    insert into cards.stock_take (id, lot_id, unit_id, expected, counted, reason, taken_by, second_checker,
      taken_on, at)
    values (${id}, ${lotId}, ${unitId}, ${expected}, ${counted}, ${reason ?? null}, ${by.id}, ${secondChecker},
        ${today}, ${now})`.execute(tx)
}

/** Moves blanks between stock and missing by a count: those named, or of a lot without serials as many as it says. */
export async function moveBetweenStockAndMissing(
  { tx, now, by }: Work,
  { id, lotId }: StockTake,
  to: 'missing' | 'in-stock',
  blanks: { readonly serials: readonly string[] } | { readonly count: number },
): Promise<number> {
  const from = to === 'missing' ? 'in-stock' : 'missing'
  const those =
    'serials' in blanks
      ? sql`b.serial = any (${[...blanks.serials]}::text[])`
      : sql`b.place in (select place from cards.blank where lot_id = ${lotId} and state = ${from} and serial is null
          order by place desc limit ${blanks.count})`
  const { rows } = await sql`
    update cards.blank b
    set state = ${to}, stock_take_id = ${to === 'missing' ? id : null}::uuid, changed_by = ${by.id}, changed_at = ${now}
    where b.lot_id = ${lotId} and b.state = ${from} and ${those} returning place`.execute(tx)
  return rows.length
}
