import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { RollId } from '../roll.ts'
import type { FollowUp, FollowUpId } from './errand.ts'
import type { FollowUpOwner } from './errand-word.ts'

export type FollowUpRow = {
  readonly [Key in keyof FollowUp]: undefined extends FollowUp[Key]
    ? Exclude<FollowUp[Key], undefined> | null
    : FollowUp[Key]
}

export const followUpColumns =
  sql.raw(`e.id, e.school_id as "schoolId", e.school_year as "schoolYear", e.roll_id as "rollId", e.place,
      e.row_id as "rowId",
  e.person_id as "personId", e.defect, e.evidence, e.about, e.owner, e.owner_unit_id as "ownerUnitId",
    e.correction_id as "correctionId", e.due_on as "dueOn",
  e.state, e.said, e.said_on as "saidOn", e.papers, e.corrected_on as "correctedOn", e.made_on as "madeOn"`)

/** No known value of a follow-up is falsy: the table refuses empty texts. */
export const followUpFrom = (row: FollowUpRow): FollowUp =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? undefined])) as unknown as FollowUp

export async function insertFollowUps({ tx, now }: Work, errands: readonly FollowUp[]): Promise<void> {
  if (errands.length === 0) return
  await sql`
    insert into rolls.errand (school_id, id, school_year, roll_id, place, row_id, person_id, defect, evidence, about,
        owner, owner_unit_id, correction_id,
      due_on, state, made_at, made_on)
    select t."schoolId", t.id, t."schoolYear", t."rollId", t.place, t."rowId", t."personId", t.defect, t.evidence,
      t.about, t.owner, t."ownerUnitId",
      t."correctionId", t."dueOn", 'open', ${now}, t."madeOn"
    from json_to_recordset(${JSON.stringify(errands)}::json) as t
      ("schoolId" uuid, id uuid, "schoolYear" text, "rollId" uuid, place integer, "rowId" uuid,
      "personId" uuid, defect text, evidence text, about uuid, owner text, "ownerUnitId" uuid, "correctionId" uuid,
          "dueOn" date, "madeOn" date)`.execute(tx)
}

/** Writes changes of open follow-ups. An answer is cleared where the values that it was about have changed. */
export async function updateFollowUps({ tx }: Work, errands: readonly FollowUp[]): Promise<void> {
  if (errands.length === 0) return
  await sql`
    update rolls.errand e
    set roll_id = t."rollId", place = t.place, evidence = t.evidence, about = t.about, owner = t.owner,
      owner_unit_id = t."ownerUnitId",
        correction_id = t."correctionId", due_on = t."dueOn",
        said         = case when e.about = t.about then e.said end,    said_on      =
          case when e.about = t.about then e.said_on end,
        said_by      = case when e.about = t.about then e.said_by end, papers       =
          case when e.about = t.about then e.papers end,
        corrected_on = case when e.about = t.about then e.corrected_on end, corrected_by =
          case when e.about = t.about then e.corrected_by end
    from json_to_recordset(${JSON.stringify(errands)}::json) as t
      ("schoolId" uuid, id uuid, "rollId" uuid, place integer, evidence text, about uuid, owner text,
      "ownerUnitId" uuid, "correctionId" uuid, "dueOn" date)
    where e.school_id = t."schoolId" and e.id = t.id`.execute(tx)
}

export type ClosedFollowUp = { readonly id: string; readonly state: 'done' | 'dropped' }

export async function closeFollowUps(
  { tx, now, today, by }: Work,
  schoolId: string,
  settled: readonly ClosedFollowUp[],
): Promise<void> {
  if (settled.length === 0) return
  await sql`
    update rolls.errand e set state = t.state, settled_at = ${now}, settled_on = ${today}::date, settled_by = ${by.id}
    from unnest(${settled.map(({ id }) => id)}::uuid[], ${settled.map(({ state }) => state)}::text[]) as t (id, state)
    where e.school_id = ${schoolId} and e.id = t.id and e.state = 'open'`.execute(tx)
}

/** Those of some corrections that another open follow-up relies on. */
export async function findCorrectionsStillNeeded(
  { tx }: Work,
  correctionIds: readonly string[],
  besides: readonly string[],
): Promise<Set<string>> {
  if (correctionIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select distinct correction_id as id from rolls.errand
    where correction_id = any (${correctionIds}::uuid[]) and state = 'open' and id <> all (${besides}::uuid[])`.execute(
    tx,
  )
  return new Set(rows.map(({ id }) => id))
}

/** The follow-up as the scope sees it, locked until the work ends. */
export async function holdFollowUp({ tx }: Work, id: FollowUpId): Promise<FollowUp | undefined> {
  const { rows } =
    await sql<FollowUpRow>`select ${followUpColumns} from rolls.errand e where e.id = ${id} for update of e`.execute(tx)
  return rows[0] && followUpFrom(rows[0])
}

export async function setAnswer(
  { tx, today, by }: Work,
  ids: readonly string[],
  said: 'papers' | 'register',
  papers?: string,
  saidBy = by.id,
) {
  await sql`
    update rolls.errand
    set said = ${said}, said_by = ${saidBy}, said_on = ${today}::date, papers = ${papers ?? null}, corrected_by = null,
      corrected_on = null
    where id = any (${ids}::uuid[]) and state = 'open'`.execute(tx)
}

export async function setAnnouncedCorrection({ tx, today, by }: Work, id: string): Promise<void> {
  await sql`update rolls.errand set corrected_by = ${by.id}, corrected_on = ${today}::date
    where id = ${id} and state = 'open'`.execute(tx)
}

export async function findFollowUpsOfCorrection({ tx }: Work, correctionId: string): Promise<FollowUp[]> {
  const { rows } = await sql<FollowUpRow>`
    select ${followUpColumns} from rolls.errand e where e.correction_id = ${correctionId} and e.state = 'open'
    order by e.id`.execute(tx)
  return rows.map(followUpFrom)
}

export type SchoolVisit = { readonly onDay: Day; readonly saidBy: string }

export async function findVisit({ tx }: Work, schoolId: string, schoolYear: string): Promise<SchoolVisit | undefined> {
  const { rows } = await sql<SchoolVisit>`
    select on_day as "onDay", said_by as "saidBy" from rolls.visit
    where school_id = ${schoolId} and school_year = ${schoolYear}`.execute(tx)
  return rows[0]
}

export async function setVisit({ tx, now, by }: Work, schoolId: string, schoolYear: string, onDay: Day): Promise<void> {
  await sql`
    insert into rolls.visit (school_id, school_year, on_day, said_by, said_at)
    values (${schoolId}, ${schoolYear}, ${onDay}, ${by.id}, ${now})
    on conflict (school_id, school_year)
    do update set on_day = excluded.on_day, said_by = excluded.said_by, said_at = excluded.said_at`.execute(tx)
}

export async function deleteVisit({ tx }: Work, schoolId: string, schoolYear: string): Promise<void> {
  await sql`delete from rolls.visit where school_id = ${schoolId} and school_year = ${schoolYear}`.execute(tx)
}

/** The days on which a school's open follow-ups were made, by defect: their last days are counted from these. */
export async function findDaysMade(
  { tx }: Work,
  schoolId: string,
  schoolYear: string,
): Promise<{ defect: FollowUp['defect']; madeOn: Day }[]> {
  const { rows } = await sql<{ defect: FollowUp['defect']; madeOn: Day }>`
    select distinct defect, made_on as "madeOn" from rolls.errand
    where school_id = ${schoolId} and school_year = ${schoolYear} and state = 'open'`.execute(tx)
  return rows
}

export async function updateDueDays(
  { tx }: Work,
  schoolId: string,
  schoolYear: string,
  due: readonly { readonly defect: string; readonly madeOn: Day; readonly dueOn: Day }[],
): Promise<void> {
  await sql`
    update rolls.errand e set due_on = t.due_on
    from unnest(${due.map(one => one.defect)}::text[], ${due.map(one => one.madeOn)}::date[],
        ${due.map(one => one.dueOn)}::date[]) as t (defect, made_on, due_on)
    where e.school_id = ${schoolId} and e.school_year = ${schoolYear} and e.state = 'open' and e.defect = t.defect
      and e.made_on = t.made_on`.execute(tx)
}

export type FollowUpFilter = {
  readonly owner?: FollowUpOwner | undefined
  readonly schoolId?: string | undefined
  readonly rollId?: string | undefined
  readonly class?: string | undefined
  readonly dueBy?: Day | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

const matchesFilter = ({ owner, schoolId, rollId, class: inClass, dueBy }: FollowUpFilter) => sql`e.state = 'open'
  and (${owner ?? null}::text is null or e.owner = ${owner ?? null}::text)
  and (${schoolId ?? null}::uuid is null or e.school_id = ${schoolId ?? null}::uuid)
  and (${rollId ?? null}::uuid is null or e.roll_id = ${rollId ?? null}::uuid)
  and (${dueBy ?? null}::date is null or e.due_on <= ${dueBy ?? null}::date)
  and (${inClass ?? null}::text is null
      or exists (select from rolls.row w
      where w.roll_id = e.roll_id and w.place = e.place and w.class = ${inClass ?? null}::text))`

/**
 * Open follow-ups that the scope sees, the soonest due first; of one day those last that one change of the file
 * settles.
 */
export async function findFollowUps(
  { tx }: Work,
  filter: FollowUpFilter,
): Promise<{ errands: FollowUp[]; total: number }> {
  const { rows } = await sql<FollowUpRow>`
    select ${followUpColumns} from rolls.errand e where ${matchesFilter(filter)}
    order by e.due_on, e.defect in ('text-legacy-encoded', 'number-lost-zero'), e.school_id, e.place, e.id
    limit ${filter.limit ?? 200} offset ${filter.offset ?? 0}`.execute(tx)
  const counted = await sql<{
    total: number
  }>`select count(*) as total from rolls.errand e where ${matchesFilter(filter)}`.execute(tx)
  return { errands: rows.map(followUpFrom), total: counted.rows[0]?.total ?? 0 }
}

/** All open follow-ups of a roll. */
export async function findOpenFollowUpsOfRoll({ tx }: Work, rollId: RollId): Promise<FollowUp[]> {
  const { rows } = await sql<FollowUpRow>`
    select ${followUpColumns} from rolls.errand e where e.roll_id = ${rollId} and e.state = 'open'
    order by e.place, e.id`.execute(tx)
  return rows.map(followUpFrom)
}

export type FollowUpCount = {
  readonly owner: FollowUpOwner
  readonly overdue: number
  readonly today: number
  readonly later: number
  readonly nextOn: Day
}

export async function findFollowUpCounts({ tx, today }: Work, filter: FollowUpFilter): Promise<FollowUpCount[]> {
  const { rows } = await sql<FollowUpCount>`
    select e.owner, count(*) filter (where e.due_on < ${today}::date) as overdue,
      count(*) filter (where e.due_on = ${today}::date) as today,
      count(*) filter (where e.due_on > ${today}::date) as later, min(e.due_on) as "nextOn"
    from rolls.errand e where ${matchesFilter(filter)} group by e.owner`.execute(tx)
  return rows
}
