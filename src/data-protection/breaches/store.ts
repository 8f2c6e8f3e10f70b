import { sql } from 'kysely'
import { withoutNulls } from '../../platform/database-row.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { BreachDataKind, BreachId } from './breach.ts'

export type DataBreach = {
  readonly id: BreachId
  readonly unitId: Id<'unit'>
  readonly what: string
  readonly place: string
  readonly happenedAt: Date
  readonly discoveredAt: Date
  readonly dataKinds: readonly BreachDataKind[]
  readonly people: number
  readonly peopleKnown: boolean
  readonly harm: string
  readonly measures: string
  readonly mustNotify: boolean
  readonly whyNot?: string | undefined
  readonly notifyBy: Date
  readonly recordedBy: string
  readonly recordedAt: Date
  readonly recordedOn: Day
  readonly notifiedAt?: Date | undefined
  readonly notifiedBy?: string | undefined
  readonly noticeNumber?: string | undefined
  readonly lateReason?: string | undefined
  readonly peopleToldAt?: Date | undefined
  readonly peopleToldHow?: string | undefined
  readonly endedAt?: Date | undefined
  readonly endedHow?: string | undefined
}

const columns = sql.raw(`id, unit_id as "unitId", what, place, happened_at as "happenedAt",
  discovered_at as "discoveredAt", data_kinds as "dataKinds", people, people_known as "peopleKnown", harm, measures,
  must_notify as "mustNotify", why_not as "whyNot", notify_by as "notifyBy", recorded_by as "recordedBy",
  recorded_at as "recordedAt", recorded_on as "recordedOn", notified_at as "notifiedAt", notified_by as "notifiedBy",
  notice_number as "noticeNumber", late_reason as "lateReason", people_told_at as "peopleToldAt",
  people_told_how as "peopleToldHow", ended_at as "endedAt", ended_how as "endedHow"`)

export type BreachFacts = Pick<
  DataBreach,
  | 'what'
  | 'place'
  | 'happenedAt'
  | 'discoveredAt'
  | 'dataKinds'
  | 'people'
  | 'peopleKnown'
  | 'harm'
  | 'measures'
  | 'mustNotify'
  | 'whyNot'
  | 'notifyBy'
>

export async function insertBreach(
  { tx, now, today, by }: Work,
  one: BreachFacts & Pick<DataBreach, 'id' | 'unitId'>,
): Promise<void> {
  await sql`
    insert into data_protection.breach (id, unit_id, what, place, happened_at, discovered_at, data_kinds, people,
      people_known, harm, measures, must_notify, why_not, notify_by, recorded_by, recorded_at, recorded_on)
    values (${one.id}, ${one.unitId}, ${one.what}, ${one.place}, ${one.happenedAt}, ${one.discoveredAt},
      ${one.dataKinds}::text[], ${one.people}, ${one.peopleKnown}, ${one.harm}, ${one.measures}, ${one.mustNotify},
      ${one.whyNot ?? null}, ${one.notifyBy}, ${by.id}, ${now}, ${today})`.execute(tx)
}

/** What is known later takes the place of what was known; each state stands in the deeds. */
export async function setFacts({ tx }: Work, id: BreachId, one: BreachFacts): Promise<void> {
  await sql`
    update data_protection.breach set what = ${one.what}, place = ${one.place}, happened_at = ${one.happenedAt},
      discovered_at = ${one.discoveredAt}, data_kinds = ${one.dataKinds}::text[], people = ${one.people},
      people_known = ${one.peopleKnown}, harm = ${one.harm}, measures = ${one.measures},
      must_notify = ${one.mustNotify}, why_not = ${one.whyNot ?? null}, notify_by = ${one.notifyBy}
    where id = ${id}`.execute(tx)
}

const asBreaches = (rows: readonly DataBreach[]): DataBreach[] => rows.map(withoutNulls) as DataBreach[]

export async function holdBreach({ tx }: Work, id: BreachId): Promise<DataBreach | undefined> {
  const { rows } = await sql<DataBreach>`
    select ${columns} from data_protection.breach where id = ${id} for update`.execute(tx)
  return asBreaches(rows)[0]
}

export async function findBreach({ tx }: Work, id: BreachId): Promise<DataBreach | undefined> {
  const { rows } = await sql<DataBreach>`select ${columns} from data_protection.breach where id = ${id}`.execute(tx)
  return asBreaches(rows)[0]
}

/** Those that are not ended, by the end of their clock; then the ended ones, the latest first. */
export async function findBreaches({ tx }: Work, limit: number): Promise<DataBreach[]> {
  const { rows } = await sql<DataBreach>`
    select ${columns} from data_protection.breach
    order by ended_at is not null, ended_at desc, notify_by, id limit ${limit}`.execute(tx)
  return asBreaches(rows)
}

/** Whose notice is still to be sent, the soonest first. */
export async function findUnnotified({ tx }: Work): Promise<Pick<DataBreach, 'id' | 'notifyBy'>[]> {
  const { rows } = await sql<Pick<DataBreach, 'id' | 'notifyBy'>>`
    select id, notify_by as "notifyBy" from data_protection.breach
    where must_notify and notified_at is null order by notify_by limit 1000`.execute(tx)
  return rows
}

export async function setNotified(
  { tx, now, by }: Work,
  id: BreachId,
  { number, lateReason }: { readonly number: string; readonly lateReason?: string | undefined },
): Promise<void> {
  await sql`
    update data_protection.breach set notified_at = ${now}, notified_by = ${by.id}, notice_number = ${number},
      late_reason = ${lateReason ?? null} where id = ${id}`.execute(tx)
}

export async function setPeopleTold({ tx, now }: Work, id: BreachId, how: string): Promise<void> {
  await sql`
    update data_protection.breach set people_told_at = ${now}, people_told_how = ${how} where id = ${id}`.execute(tx)
}

export async function setBreachEnded({ tx, now }: Work, id: BreachId, how: string): Promise<void> {
  await sql`update data_protection.breach set ended_at = ${now}, ended_how = ${how} where id = ${id}`.execute(tx)
}
