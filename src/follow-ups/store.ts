import { sql } from 'kysely'
import { type DatabaseRow, withoutNulls } from '../platform/database-row.ts'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { FollowUp, FollowUpAnswer, FollowUpId, FollowUpOwner, KeptKind } from './follow-up.ts'

type FollowUpRow = DatabaseRow<FollowUp>

const columns = sql.raw(`f.id, f.kind, f.scope_id as "scopeId", f.period, f.source_id as "sourceId",
  f.source_place as "sourcePlace", f.source_part as "sourcePart", f.subject_id as "subjectId",
  f.person_id as "personId", f.reason, f.evidence, f.values_key as "valuesKey", f.owner,
  f.owner_unit_id as "ownerUnitId", f.correction_id as "correctionId", f.due_on as "dueOn", f.state, f.answer,
  f.answered_on as "answeredOn", f.papers, f.announced_on as "announcedOn", f.opened_on as "openedOn"`)

const followUpFrom = (row: FollowUpRow): FollowUp => withoutNulls(row)

export async function insertFollowUps({ tx, now }: Work, followUps: readonly FollowUp[]): Promise<void> {
  if (followUps.length === 0) return
  await sql`
    insert into follow_ups.follow_up (scope_id, id, kind, period, source_id, source_place, source_part, subject_id,
      person_id, reason, evidence, values_key, owner, owner_unit_id, correction_id, due_on, state, opened_at, opened_on)
    select t."scopeId", t.id, t.kind, t.period, t."sourceId", t."sourcePlace", t."sourcePart", t."subjectId",
      t."personId", t.reason, t.evidence, t."valuesKey", t.owner, t."ownerUnitId", t."correctionId", t."dueOn", 'open',
      ${now}, t."openedOn"
    from json_to_recordset(${JSON.stringify(followUps)}::json) as t
      ("scopeId" uuid, id uuid, kind text, period text, "sourceId" uuid, "sourcePlace" integer, "sourcePart" text,
       "subjectId" uuid, "personId" uuid, reason text, evidence text, "valuesKey" uuid, owner text, "ownerUnitId" uuid,
       "correctionId" uuid, "dueOn" date, "openedOn" date)`.execute(tx)
}

/** Writes changes of open follow-ups. An answer is cleared where the values that it was about have changed. */
export async function updateFollowUps({ tx }: Work, followUps: readonly FollowUp[]): Promise<void> {
  if (followUps.length === 0) return
  await sql`
    update follow_ups.follow_up f
    set source_id = t."sourceId", source_place = t."sourcePlace", source_part = t."sourcePart",
      evidence = t.evidence, values_key = t."valuesKey", owner = t.owner, owner_unit_id = t."ownerUnitId",
      correction_id = t."correctionId", due_on = t."dueOn",
      answer = case when f.values_key = t."valuesKey" then f.answer end,
      answered_on = case when f.values_key = t."valuesKey" then f.answered_on end,
      answered_by = case when f.values_key = t."valuesKey" then f.answered_by end,
      papers = case when f.values_key = t."valuesKey" then f.papers end,
      announced_on = case when f.values_key = t."valuesKey" then f.announced_on end,
      announced_by = case when f.values_key = t."valuesKey" then f.announced_by end
    from json_to_recordset(${JSON.stringify(followUps)}::json) as t
      ("scopeId" uuid, id uuid, "sourceId" uuid, "sourcePlace" integer, "sourcePart" text, evidence text,
       "valuesKey" uuid, owner text, "ownerUnitId" uuid, "correctionId" uuid, "dueOn" date)
    where f.scope_id = t."scopeId" and f.id = t.id`.execute(tx)
}

export type ClosedFollowUp = { readonly id: string; readonly state: 'done' | 'dropped' }

export async function closeFollowUps(
  { tx, now, today, by }: Work,
  scopeId: string,
  closed: readonly ClosedFollowUp[],
): Promise<void> {
  if (closed.length === 0) return
  await sql`
    update follow_ups.follow_up f
    set state = t.state, closed_at = ${now}, closed_on = ${today}::date, closed_by = ${by.id}
    from unnest(${closed.map(({ id }) => id)}::uuid[], ${closed.map(({ state }) => state)}::text[]) as t (id, state)
    where f.scope_id = ${scopeId} and f.id = t.id and f.state = 'open'`.execute(tx)
}

export type MovedFollowUp = { readonly id: string; readonly sourcePlace: number }

export async function moveFollowUps(
  { tx }: Work,
  scopeId: string,
  sourceId: string,
  moved: readonly MovedFollowUp[],
): Promise<void> {
  if (moved.length === 0) return
  await sql`
    update follow_ups.follow_up f set source_id = ${sourceId}, source_place = t.place
    from unnest(${moved.map(({ id }) => id)}::uuid[],
      ${moved.map(({ sourcePlace }) => sourcePlace)}::integer[]) as t (id, place)
    where f.scope_id = ${scopeId} and f.id = t.id and f.state = 'open'`.execute(tx)
}

/** Those of some corrections that an open follow-up other than `besides` relies on. */
export async function findCorrectionsInUse(
  { tx }: Work,
  correctionIds: readonly string[],
  besides: readonly string[],
): Promise<Set<string>> {
  if (correctionIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select distinct correction_id as id from follow_ups.follow_up
    where correction_id = any (${correctionIds}::uuid[]) and state = 'open'
      and id <> all (${besides}::uuid[])`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** The follow-up as the scope sees it, locked until the work ends. */
export async function holdFollowUp({ tx }: Work, id: FollowUpId): Promise<FollowUp | undefined> {
  const { rows } = await sql<FollowUpRow>`
    select ${columns} from follow_ups.follow_up f where f.id = ${id} for update of f`.execute(tx)
  return rows[0] && followUpFrom(rows[0])
}

/** `answeredBy` is another than the actor where the answer was given by a deed elsewhere. */
export async function setAnswer(
  { tx, today, by }: Work,
  ids: readonly string[],
  answer: FollowUpAnswer,
  { papers, answeredBy = by.id }: { readonly papers?: string; readonly answeredBy?: string | undefined } = {},
): Promise<void> {
  await sql`
    update follow_ups.follow_up
    set answer = ${answer}, answered_by = ${answeredBy}, answered_on = ${today}::date, papers = ${papers ?? null},
      announced_by = null, announced_on = null
    where id = any (${ids}::uuid[]) and state = 'open'`.execute(tx)
}

export async function setAnnounced({ tx, today, by }: Work, id: string): Promise<void> {
  await sql`
    update follow_ups.follow_up set announced_by = ${by.id}, announced_on = ${today}::date
    where id = ${id} and state = 'open'`.execute(tx)
}

export async function setLastDays(
  { tx }: Work,
  scopeId: string,
  lastDays: readonly { readonly id: string; readonly dueOn: Day }[],
): Promise<void> {
  if (lastDays.length === 0) return
  await sql`
    update follow_ups.follow_up f set due_on = t.due_on
    from unnest(${lastDays.map(({ id }) => id)}::uuid[],
      ${lastDays.map(({ dueOn }) => dueOn)}::date[]) as t (id, due_on)
    where f.scope_id = ${scopeId} and f.id = t.id and f.state = 'open'`.execute(tx)
}

export type FollowUpFilter = {
  readonly kind?: KeptKind | undefined
  readonly ids?: readonly string[] | undefined
  readonly personId?: string | undefined
  readonly owner?: FollowUpOwner | undefined
  readonly scopeId?: string | undefined
  readonly period?: string | undefined
  readonly sourceId?: string | undefined
  readonly sourcePart?: string | undefined
  readonly correctionId?: string | undefined
  readonly dueBy?: Day | undefined
  readonly exceptReasons?: readonly string[] | undefined
  /** Without those whose owner has answered a moment ago, and may still undo the answer. */
  readonly exceptHeld?: boolean | undefined
}

const matches = (filter: FollowUpFilter) => sql`f.state = 'open'
  and (${filter.kind ?? null}::text is null or f.kind = ${filter.kind ?? null}::text)
  and (${filter.ids ?? null}::uuid[] is null or f.id = any (${filter.ids ?? null}::uuid[]))
  and (${filter.personId ?? null}::uuid is null or f.person_id = ${filter.personId ?? null}::uuid)
  and (${filter.owner ?? null}::text is null or f.owner = ${filter.owner ?? null}::text)
  and (${filter.scopeId ?? null}::uuid is null or f.scope_id = ${filter.scopeId ?? null}::uuid)
  and (${filter.period ?? null}::text is null or f.period = ${filter.period ?? null}::text)
  and (${filter.sourceId ?? null}::uuid is null or f.source_id = ${filter.sourceId ?? null}::uuid)
  and (${filter.sourcePart ?? null}::text is null or f.source_part = ${filter.sourcePart ?? null}::text)
  and (${filter.correctionId ?? null}::uuid is null or f.correction_id = ${filter.correctionId ?? null}::uuid)
  and (${filter.dueBy ?? null}::date is null or f.due_on <= ${filter.dueBy ?? null}::date)
  and (not ${filter.exceptHeld ?? false}::boolean
    or not exists (select from decisions.published_held h where h.subject_id = f.id))
  and f.reason <> all (${filter.exceptReasons ?? []}::text[])`

/**
 * Open follow-ups that the scope sees, the soonest due first, of one day those of `lastOfDay` last; all of them where
 * `page` is left out.
 */
export async function findFollowUps(
  { tx }: Work,
  filter: FollowUpFilter,
  page?: { readonly offset: number; readonly limit: number },
): Promise<FollowUp[]> {
  const { rows } = await sql<FollowUpRow>`
    select ${columns} from follow_ups.follow_up f where ${matches(filter)}
    order by f.due_on, f.reason = any (${lastOfDay}::text[]), f.scope_id, f.source_place, f.id
    limit ${page?.limit ?? null} offset ${page?.offset ?? 0}`.execute(tx)
  return rows.map(followUpFrom)
}

export type FollowUpCounts = {
  readonly owner: FollowUpOwner
  readonly overdue: number
  readonly today: number
  readonly later: number
  readonly nextOn: Day
}

export async function countByOwner({ tx, today }: Work, filter: FollowUpFilter): Promise<FollowUpCounts[]> {
  const { rows } = await sql<FollowUpCounts>`
    select f.owner, count(*) filter (where f.due_on < ${today}::date) as overdue,
      count(*) filter (where f.due_on = ${today}::date) as today,
      count(*) filter (where f.due_on > ${today}::date) as later, min(f.due_on) as "nextOn"
    from follow_ups.follow_up f where ${matches(filter)} group by f.owner order by f.owner`.execute(tx)
  return rows
}

/** The same by kind, in one statement; `withheld`: reasons that are told to nobody today, by kind. */
export async function countByKindAndOwner(
  { tx, today }: Work,
  filter: Omit<FollowUpFilter, 'kind' | 'exceptReasons'>,
  kinds: readonly { readonly kind: KeptKind; readonly withheld: readonly string[] }[],
): Promise<(FollowUpCounts & { readonly kind: KeptKind })[]> {
  if (kinds.length === 0) return []
  const withheld = kinds.flatMap(({ kind, withheld: reasons }) => reasons.map(reason => `${kind} ${reason}`))
  const { rows } = await sql<FollowUpCounts & { readonly kind: KeptKind }>`
    select f.kind, f.owner, count(*) filter (where f.due_on < ${today}::date) as overdue,
      count(*) filter (where f.due_on = ${today}::date) as today,
      count(*) filter (where f.due_on > ${today}::date) as later, min(f.due_on) as "nextOn"
    from follow_ups.follow_up f
    where ${matches(filter)} and f.kind = any (${kinds.map(({ kind }) => kind)}::text[])
      and f.kind || ' ' || f.reason <> all (${withheld}::text[])
    group by f.kind, f.owner order by f.kind, f.owner`.execute(tx)
  return rows
}

/** How many of each kind are open, of the whole scope, and how many are past their day. */
export async function countOpenByKind({
  tx,
  today,
}: Work): Promise<{ readonly kind: KeptKind; readonly open: number; readonly overdue: number }[]> {
  const { rows } = await sql<{ kind: KeptKind; open: number; overdue: number }>`
    select kind, count(*)::integer as open, (count(*) filter (where due_on < ${today}::date))::integer as overdue
    from follow_ups.follow_up where state = 'open' group by kind order by kind`.execute(tx)
  return rows
}

/** Reasons that come last on their due day: one change of a whole file settles all of them. */
export const lastOfDay: readonly string[] = ['text-legacy-encoded', 'number-lost-zero']

/** The open ones of a kind about some subjects. */
export async function findFollowUpsOfSubjects(
  { tx }: Work,
  kind: KeptKind,
  subjectIds: readonly string[],
): Promise<FollowUp[]> {
  if (subjectIds.length === 0) return []
  const { rows } = await sql<FollowUpRow>`
    select ${columns} from follow_ups.follow_up f
    where f.state = 'open' and f.kind = ${kind} and f.source_id = any (${[...subjectIds]}::uuid[])
    order by f.id for update`.execute(tx)
  return rows.map(followUpFrom)
}

/** The open ones of a kind about a person. */
export async function findFollowUpsOfPerson({ tx }: Work, kind: KeptKind, personId: string): Promise<FollowUp[]> {
  const { rows } = await sql<FollowUpRow>`
    select ${columns} from follow_ups.follow_up f
    where f.state = 'open' and f.kind = ${kind} and f.person_id = ${personId} order by f.id for update`.execute(tx)
  return rows.map(followUpFrom)
}
