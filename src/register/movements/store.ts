import { sql } from 'kysely'
import type { Sex } from '../../names/numbers/numbers.ts'
import { withoutNulls } from '../../platform/database-row.ts'
import { type Day, type PartialDay, partialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PersonId } from '../person.ts'
import type {
  AbsenceEnd,
  AbsenceId,
  MovementKind,
  MovementWay,
  Stay,
  StayEnd,
  StayId,
  TemporaryAbsence,
} from './movement.ts'

/** The commune of the scope in which a person lives, the permanent residence before the others. */
export async function findHomeInScope({ tx }: Work, personId: PersonId): Promise<Id<'unit'> | undefined> {
  const { rows } = await sql<{ unit_id: Id<'unit'> }>`
    select r.unit_id from register.residence r
    join register.person_scope s on s.person_id = r.person_id and s.unit_id = r.unit_id
    where r.person_id = ${personId} and r.to_on is null
    order by array_position(array['permanent', 'temporary', 'current'], r.kind) limit 1`.execute(tx)
  return rows[0]?.unit_id
}

export async function hasAbsenceWithin({ tx }: Work, personId: PersonId, from: Day, to: Day): Promise<boolean> {
  const { rows } = await sql`
    select 1 from register.published_absence
    where person_id = ${personId} and from_on <= ${to} and until_on >= ${from} limit 1`.execute(tx)
  return rows.length > 0
}

export async function insertAbsence({ tx, by }: Work, absence: TemporaryAbsence): Promise<void> {
  const { personId, id, unitId, from, to, reason, destination, declaredBy, way, recordedOn } = absence
  await sql`
    insert into register.absence
      (person_id, id, unit_id, from_on, to_on, reason, destination, declared_by, way, recorded_on, recorded_by)
    values (${personId}, ${id}, ${unitId}, ${from}, ${to}, ${reason}, ${destination}, ${declaredBy}, ${way},
      ${recordedOn}, ${by.id})`.execute(tx)
}

const absenceColumns = sql.raw(`id, person_id as "personId", unit_id as "unitId", from_on as "from", to_on as "to",
  reason, destination, declared_by as "declaredBy", way, recorded_on as "recordedOn", ended_on as "endedOn",
  ended_how as "endedHow"`)

export async function findAbsences({ tx }: Work, personId: PersonId): Promise<TemporaryAbsence[]> {
  const { rows } = await sql<TemporaryAbsence>`
    select ${absenceColumns} from register.absence where person_id = ${personId} order by from_on desc, id`.execute(tx)
  return rows.map(withoutNulls) as TemporaryAbsence[]
}

export async function holdAbsence({ tx }: Work, id: AbsenceId): Promise<TemporaryAbsence | undefined> {
  const { rows } = await sql<TemporaryAbsence>`
    select ${absenceColumns} from register.absence where id = ${id} for update`.execute(tx)
  return rows.map(withoutNulls)[0] as TemporaryAbsence | undefined
}

export async function setAbsenceEnd(
  { tx }: Work,
  { personId, id }: Pick<TemporaryAbsence, 'personId' | 'id'>,
  on: Day,
  how: AbsenceEnd,
): Promise<void> {
  await sql`update register.absence set ended_on = ${on}, ended_how = ${how}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

export async function livesIn({ tx }: Work, personId: PersonId, unitIds: readonly Id<'unit'>[]): Promise<boolean> {
  const { rows } = await sql`
    select 1 from register.residence
    where person_id = ${personId} and to_on is null and unit_id = any (${unitIds}::uuid[]) limit 1`.execute(tx)
  return rows.length > 0
}

export async function insertStay({ tx, by, now }: Work, stay: Stay): Promise<void> {
  const { y = null, m = null, d = null } = stay.born ?? {}
  await sql`
    insert into register.stay (person_id, id, unit_id, guest_name, birth_y, birth_m, birth_d, number, known, from_on,
      to_on, address, lodging, host, reason, notified_by, way, notified_at, recorded_by)
    values (${stay.personId}, ${stay.id}, ${stay.unitId}, ${stay.name}, ${y}, ${m}, ${d}, ${stay.number ?? null},
      ${stay.known}, ${stay.from}, ${stay.to}, ${stay.address}, ${stay.lodging}, ${stay.host ?? null}, ${stay.reason},
      ${stay.notifiedBy}, ${stay.way}, ${now}, ${by.id})`.execute(tx)
}

/** The stays of a person of the register, the latest first. */
export async function findStaysOf(
  { tx }: Work,
  personId: PersonId,
): Promise<Pick<Stay, 'address' | 'from' | 'to' | 'lodging' | 'reason'>[]> {
  const { rows } = await sql<Pick<Stay, 'address' | 'from' | 'to' | 'lodging' | 'reason'>>`
    select address, from_on as "from", to_on as "to", lodging, reason from register.stay
    where person_id = ${personId} and known and ended_how is distinct from 'mistaken'
    order by from_on desc, id`.execute(tx)
  return rows
}

type HeldStay = Pick<Stay, 'id' | 'personId' | 'unitId' | 'known' | 'from' | 'to' | 'endedOn'>

export async function holdStay({ tx }: Work, id: StayId): Promise<HeldStay | undefined> {
  const { rows } = await sql<HeldStay>`
    select id, person_id as "personId", unit_id as "unitId", known, from_on as "from", to_on as "to",
      ended_on as "endedOn"
    from register.stay where id = ${id} for update`.execute(tx)
  return rows.map(withoutNulls)[0] as HeldStay | undefined
}

export async function setStayEnd(
  { tx }: Work,
  { personId, id }: Pick<Stay, 'personId' | 'id'>,
  on: Day,
  how: StayEnd,
): Promise<void> {
  await sql`update register.stay set ended_on = ${on}, ended_how = ${how}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** Deletes so many at most. Gives how many. */
export async function deleteStaysBefore({ tx }: Work, before: Day, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from register.stay where ctid = any (array(
      select ctid from register.stay where to_on < ${before} limit ${most}))`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

export type MovementSpan = { readonly places: readonly Id<'unit'>[]; readonly from: Day; readonly to: Day }

export type Movement = {
  readonly id: string
  readonly way: MovementWay
  readonly kind: MovementKind
  readonly personId: PersonId
  /** Whether the scope sees the person's record. */
  readonly listed: boolean
  readonly name: string
  readonly born?: PartialDay | undefined
  readonly sex?: Sex | undefined
  readonly on: Day
  readonly to?: Day | undefined
  readonly place?: string | undefined
  readonly otherUnitId?: Id<'unit'> | undefined
}

type MovementRow = Omit<Movement, 'born'> & {
  readonly birth_y: number | null
  readonly birth_m: number | null
  readonly birth_d: number | null
}

/** The latest first. */
export async function findMovements(
  { tx }: Work,
  { places, from, to }: MovementSpan,
  way: MovementWay,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<Movement[]> {
  const { rows } = await sql<MovementRow>`
    select id, way, kind, person_id as "personId", listed, name, birth_y, birth_m, birth_d, sex, on_day as "on",
      to_on as "to", place, other_unit_id as "otherUnitId"
    from register.moved(${places}::uuid[], ${from}::date, ${to}::date) where way = ${way}
    order by on_day desc, name, id limit ${limit} offset ${offset}`.execute(tx)
  return rows.map(({ birth_y, birth_m, birth_d, ...row }) => ({
    ...(withoutNulls(row) as Omit<Movement, 'born'>),
    ...(birth_y !== null && { born: partialDay(birth_y, birth_m, birth_d) }),
  }))
}

export type MovementCount = { readonly way: MovementWay; readonly kind: MovementKind; readonly people: number }

/** How many of each kind; of somebody who came twice, twice. */
export async function countMovements({ tx }: Work, { places, from, to }: MovementSpan): Promise<MovementCount[]> {
  const { rows } = await sql<MovementCount>`
    select way, kind, count(*)::integer as people
    from register.moved(${places}::uuid[], ${from}::date, ${to}::date) group by way, kind order by way, kind`.execute(
    tx,
  )
  return rows
}
