import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Activity, ActivityId, ActivityKind, ActivityPlace } from './activity.ts'

type ActivityRow = Omit<Activity, 'content' | 'withdrawnReason' | 'places'> & {
  readonly content: string | null
  readonly withdrawnReason: string | null
  readonly places: readonly { readonly unitId: Id<'unit'>; readonly schoolId: Id<'school'> | null }[]
}

const columns = sql.raw(`a.id, a.campaign_id as "campaignId", a.unit_id as "unitId", a.kind, a.audiences,
  a.held_on as "heldOn", a.people, a.counted, a.done_by as "doneBy", a.content, a.withdrawn_reason as "withdrawnReason",
  (select json_agg(json_build_object('unitId', p.unit_id, 'schoolId', p.school_id) order by p.unit_id, p.school_id)
    from awareness.activity_place p where p.activity_id = a.id) as places`)

const activityFrom = ({ content, withdrawnReason, places, ...row }: ActivityRow): Activity => ({
  ...row,
  places: places.map(({ unitId, schoolId }) => ({ unitId, ...(schoolId && { schoolId }) })),
  ...(content !== null && { content }),
  ...(withdrawnReason !== null && { withdrawnReason }),
})

/** A page of what was done in the places in sight, the latest first. */
export async function findActivities(
  { tx }: Work,
  campaignId: Id<'campaign'>,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<Activity[]> {
  const { rows } = await sql<ActivityRow>`
    select ${columns} from awareness.activity a where a.campaign_id = ${campaignId}
    order by a.held_on desc, a.written_at desc, a.id offset ${offset} limit ${limit}`.execute(tx)
  return rows.map(activityFrom)
}

export type ReachedRow = { readonly kind: ActivityKind; readonly activities: number; readonly people: number }

export async function countReached({ tx }: Work, campaignId: Id<'campaign'>): Promise<ReachedRow[]> {
  const { rows } = await sql<ReachedRow>`
    select kind, count(*)::integer as activities, least(sum(people), 2000000000)::integer as people
    from awareness.activity where campaign_id = ${campaignId} and withdrawn_at is null group by kind
    order by kind`.execute(tx)
  return rows
}

export async function countActivities({ tx }: Work, campaignId: Id<'campaign'>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from awareness.activity where campaign_id = ${campaignId}`.execute(tx)
  return rows[0]?.n ?? 0
}

export type HeldRow = ActivityPlace & { readonly id: ActivityId; readonly heldOn: Day }

/** Where and when something was done that was not withdrawn, in all places that the work sees. */
export async function findHeld({ tx }: Work, campaignId: Id<'campaign'>): Promise<HeldRow[]> {
  const { rows } = await sql<Omit<HeldRow, 'schoolId'> & { readonly schoolId: Id<'school'> | null }>`
    select a.id, a.held_on as "heldOn", p.unit_id as "unitId", p.school_id as "schoolId"
    from awareness.activity a join awareness.activity_place p on p.activity_id = a.id
    where a.campaign_id = ${campaignId} and a.withdrawn_at is null`.execute(tx)
  return rows.map(({ schoolId, ...row }) => ({ ...row, ...(schoolId && { schoolId }) }))
}

export async function findActivity({ tx }: Work, id: ActivityId): Promise<Activity | undefined> {
  const { rows } = await sql<ActivityRow>`select ${columns} from awareness.activity a where a.id = ${id}`.execute(tx)
  return rows[0] && activityFrom(rows[0])
}

/** Two who withdraw one at once wait for each other. */
export async function holdActivity(work: Work, id: ActivityId): Promise<Activity | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`activity ${id}`}, 0))`.execute(work.tx)
  return findActivity(work, id)
}

export async function insertActivity({ tx, now, by }: Work, one: Activity): Promise<void> {
  await sql`
    insert into awareness.activity
      (id, campaign_id, unit_id, kind, audiences, held_on, people, counted, done_by, content, written_by, written_at)
    values (${one.id}, ${one.campaignId}, ${one.unitId}, ${one.kind}, ${[...one.audiences]}::text[],
      ${one.heldOn}::date, ${one.people}, ${one.counted}, ${[...one.doneBy]}::text[], ${one.content ?? null}, ${by.id},
      ${now})`.execute(tx)
  await sql`
    insert into awareness.activity_place (activity_id, unit_id, school_id)
    select ${one.id}::uuid, p."unitId", p."schoolId"
    from json_to_recordset(${JSON.stringify(one.places)}::json) as p ("unitId" uuid, "schoolId" uuid)`.execute(tx)
}

export async function setWithdrawn({ tx, now, by }: Work, id: ActivityId, reason: string): Promise<void> {
  await sql`
    update awareness.activity set withdrawn_at = ${now}, withdrawn_by = ${by.id}, withdrawn_reason = ${reason}
    where id = ${id}`.execute(tx)
}
